import {throwIfCancelled} from '../lib/errors.js';
import {awsError} from './errors.js';
import {clientOptions, type AwsSession} from './session.js';

/** Who the credentials of a session are. */
export type Identity = {
	/** Twelve digits. */
	readonly accountId: string;
	readonly arn: string;
};

/** It is the first call: without a network its failure should not be long in coming. */
const identityAttempts = 3;

/**
Asks AWS whose credentials the session has; needs no permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
@throws UserError, CancelledError
*/
export async function callerIdentity(session: AwsSession, signal: AbortSignal): Promise<Identity> {
	throwIfCancelled(signal);
	const {STSClient, GetCallerIdentityCommand} = await import('@aws-sdk/client-sts');
	const client = new STSClient({...clientOptions(session), maxAttempts: identityAttempts});
	try {
		const {Account: accountId, Arn: arn} = await client.send(new GetCallerIdentityCommand({}), {abortSignal: signal});
		return {accountId: accountId ?? '', arn: arn ?? ''};
	} catch (error) {
		throw awsError(error, {profile: session.profile, region: session.region, service: 'sts', call: 'GetCallerIdentity'});
	} finally {
		client.destroy();
	}
}
