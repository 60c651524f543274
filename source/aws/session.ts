import process from 'node:process';
import type {fromIni} from '@aws-sdk/credential-providers';
import {awsError} from './errors.js';

/** Which credentials, and where; undefined: what the SDK's own chain finds. */
export type SessionOptions = {readonly profile?: string | undefined; readonly region?: string | undefined};

/** Gives credentials whenever a client asks for them. */
export type CredentialProvider = ReturnType<typeof fromIni>;

/** What every client of one account is made of. The credentials stay in the provider: nobody stores or prints them. */
export type AwsSession = {
	/** Undefined where the SDK's own chain decides. */
	readonly profile: string | undefined;
	readonly region: string;
	readonly partition: Partition;
	readonly credentials: CredentialProvider;
};

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f' | 'aws-eusc';

/** The region where nothing names one; IAM and STS answer there for every account of the partition `aws`. */
const fallbackRegion = 'us-east-1';

/** Milliseconds before their end from which temporary credentials are fetched anew. */
const refreshBefore = 300_000;

/** How regions of a partition begin. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const partitionPrefixes: ReadonlyArray<readonly [prefix: string, partition: Partition]> = [
	['cn-', 'aws-cn'],
	['us-gov-', 'aws-us-gov'],
	['us-isob-', 'aws-iso-b'],
	['us-isof-', 'aws-iso-f'],
	['us-iso-', 'aws-iso'],
	['eu-isoe-', 'aws-iso-e'],
	['eusc-', 'aws-eusc'],
];

/** The partition that a region lies in. */
export function partitionOf(region: string): Partition {
	return partitionPrefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** The SDK says on standard error that it will leave Node 20 behind: no concern of who uses the program. To be called before the SDK is imported. */
export function quietSdk(): void {
	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
}

/** The region of the profile, as AWS's own tools look for it. */
async function findRegion(profile: string | undefined): Promise<string> {
	const {loadConfig, NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS} = await import('@smithy/core/config');
	// AWS_DEFAULT_REGION is what the AWS CLI reads; the SDK does not.
	const find = loadConfig(
		{...NODE_REGION_CONFIG_OPTIONS, default: process.env.AWS_DEFAULT_REGION ?? ''},
		{...NODE_REGION_CONFIG_FILE_OPTIONS, ignoreCache: true, ...profile !== undefined && {profile}},
	);
	return await find() || fallbackRegion;
}

/** The SDK's warnings would stand in the middle of the screen. */
const silent = {debug() {}, info() {}, warn() {}, error() {}};

/** A named profile is taken or fails: the chain would go on to whatever the machine has, which may be another account. */
async function findCredentials(profile: string | undefined, region: string): Promise<CredentialProvider> {
	const [{fromIni: fromProfile, fromNodeProviderChain}, {memoize}] = await Promise.all([import('@aws-sdk/credential-providers'), import('@smithy/core/config')]);
	const clientConfig = {region};
	if (profile === undefined) {
		return saying(fromNodeProviderChain({clientConfig, logger: silent}), profile);
	}

	const expiresSoon = ({expiration}: {readonly expiration?: Date}): boolean => expiration !== undefined && expiration.getTime() - Date.now() < refreshBefore;
	const remembered = memoize(fromProfile({profile, clientConfig, logger: silent, ignoreCache: true}), expiresSoon, ({expiration}) => expiration !== undefined);
	return saying(async () => remembered(), profile);
}

/** Credentials that say of which profile they are when they cannot be had: whoever calls AWS with them does not know it. */
function saying(credentials: CredentialProvider, profile: string | undefined): CredentialProvider {
	return async identity => {
		try {
			return await credentials(identity);
		} catch (error) {
			throw awsError(error, {profile});
		}
	};
}

/**
A session through a profile of ~/.aws, or through what the SDK's own chain finds: static keys, assumed roles, SSO, credential_process, web identity, instance roles.
Asks AWS for nothing yet. AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE> hold for all of its clients: they are the SDK's own.
@throws UserError when the files of ~/.aws cannot be read
*/
export async function openAwsSession({profile, region}: SessionOptions): Promise<AwsSession> {
	quietSdk();
	try {
		const chosen = region ?? await findRegion(profile);
		return {profile, region: chosen, partition: partitionOf(chosen), credentials: await findCredentials(profile, chosen)};
	} catch (error) {
		throw awsError(error, {profile});
	}
}

/** How often a throttled or failed call is made in all. */
export const maxAttempts = 8;

/** Options of any client of the session: it backs off when AWS throttles. */
export function clientOptions({region, credentials}: AwsSession): {region: string; credentials: CredentialProvider; retryMode: 'adaptive'; maxAttempts: number} {
	return {region, credentials, retryMode: 'adaptive', maxAttempts};
}
