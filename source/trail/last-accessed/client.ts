import process from 'node:process';
import type {IAMClient, IAMClientConfig} from '@aws-sdk/client-iam';

export type LastAccessedOptions = {
	/** Undefined: what the SDK's own chain finds. */
	readonly credentials?: IAMClientConfig['credentials'];
	readonly region: string;
	/** Twelve digits. */
	readonly accountId: string;
	/** ARNs of the users and roles to ask about. */
	readonly principals: readonly string[];
	/** Folder that keeps the reports of the last hours. */
	readonly cacheFolder: string;
	/** Ask again for reports that are kept. */
	readonly refresh?: boolean;
	/** Where IAM answers, when that is not AWS's own address. */
	readonly endpoint?: string;
};

/** How often a throttled or failed call is made in all. */
const maxAttempts = 8;

/** A client of IAM that backs off when AWS throttles; the SDK is loaded here. */
export async function openClient({credentials, region, endpoint}: LastAccessedOptions): Promise<IAMClient> {
	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
	const {IAMClient: Client} = await import('@aws-sdk/client-iam');
	return new Client({region, retryMode: 'adaptive', maxAttempts, ...credentials && {credentials}, ...endpoint !== undefined && {endpoint}});
}
