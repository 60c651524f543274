import process from 'node:process';
import {UserError} from '../lib/errors.js';
import type {OpenSearchAuth, OpenSearchSourceOptions} from '../trail/opensearch/options.js';
import type {AwsSession} from '../aws/session.js';
import type {TrailPlace} from './places.js';

export type SearchPlace = Extract<TrailPlace, {kind: 'opensearch'}>;

/** The value of the environment variable that the account names. Throws UserError where it is not set. */
function secret(variable: string): string {
	const value = process.env[variable];
	if (value === undefined || value === '') {
		throw new UserError(`the environment variable ${variable} is not set`, {hint: `set ${variable} to the secret of the search server: it is kept in no file`});
	}

	return value;
}

async function authOf({auth, profile, region}: SearchPlace, session: () => Promise<AwsSession>): Promise<OpenSearchAuth> {
	switch (auth.kind) {
		case 'none': {
			return auth;
		}

		case 'basic': {
			return {kind: 'basic', username: auth.user, password: secret(auth.passwordVariable)};
		}

		case 'api-key': {
			return {kind: 'api-key', apiKey: secret(auth.keyVariable)};
		}

		case 'sigv4': {
			const {credentials, region: own} = await session();
			return {kind: 'sigv4', service: auth.service, region: region ?? own, credentials, ...profile !== undefined && {profile}};
		}
	}
}

/** What a search server is asked with. Throws UserError. */
export async function searchOptions(place: SearchPlace, accountId: string, session: () => Promise<AwsSession>): Promise<OpenSearchSourceOptions> {
	const {url, index, caFile, keyPrefix, timestampField} = place;
	return {
		accountId, url, index, auth: await authOf(place, session), caFile: caFile ?? null, keyPrefix: keyPrefix ?? null, timestampField: timestampField ?? null,
	};
}
