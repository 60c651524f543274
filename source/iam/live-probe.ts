import process from 'node:process';
import type {IAMClient, IAMClientConfig} from '@aws-sdk/client-iam';
import {awsError, callOf} from '../aws/errors.js';
import {UserError} from '../lib/errors.js';

export type ProbeOptions = {
	/** Undefined: what the SDK's own chain finds. */
	readonly credentials?: IAMClientConfig['credentials'];
	readonly region: string;
	/** Where IAM answers, when that is not AWS's own address. */
	readonly endpoint?: string;
};

/** What came of one call. */
export type ProbedCall = {
	/** The permission that it needs. */
	readonly action: string;
	readonly ok: boolean;
	readonly detail: string;
	readonly next: string | null;
};

/** A report that is not there yet was not denied. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html */
const notYet = /^(?:CredentialReport(?:NotPresent|NotReady|Expired)|ReportNotPresent|ReportInProgress|ReportExpired)/;

async function probe(action: string, work: () => Promise<string>): Promise<ProbedCall> {
	try {
		return {action, ok: true, detail: await work(), next: null};
	} catch (error) {
		if (error instanceof Error && notYet.test(error.name)) {
			return {action, ok: true, detail: 'allowed; the report is still being made', next: null};
		}

		const problem = awsError(error, callOf(action));
		if (!(problem instanceof UserError)) {
			throw problem;
		}

		return {action, ok: false, detail: problem.message, next: problem.hint ?? null};
	}
}

/** The dates of credentials user by user: the way that is taken where the report is denied. */
async function probeUsers(client: IAMClient, abortSignal: AbortSignal): Promise<ProbedCall[]> {
	const {ListUsersCommand, ListAccessKeysCommand, GetAccessKeyLastUsedCommand} = await import('@aws-sdk/client-iam');
	let user: string | undefined;
	let key: string | undefined;
	const users = await probe('iam:ListUsers', async () => {
		const {Users: found = []} = await client.send(new ListUsersCommand({MaxItems: 1}), {abortSignal});
		user = found[0]?.UserName;
		return 'allowed';
	});
	if (user === undefined) {
		return [users];
	}

	const keys = await probe('iam:ListAccessKeys', async () => {
		const {AccessKeyMetadata: found = []} = await client.send(new ListAccessKeysCommand({UserName: user, MaxItems: 1}), {abortSignal});
		key = found[0]?.AccessKeyId;
		return 'allowed';
	});
	const uses = key === undefined
		? []
		: [await probe('iam:GetAccessKeyLastUsed', async () => {
			await client.send(new GetAccessKeyLastUsedCommand({AccessKeyId: key}), {abortSignal});
			return 'allowed';
		})];
	return [users, keys, ...uses];
}

/** Makes each call of live IAM once, as small as it can be: the whole of IAM is not read. Throws CancelledError. */
export async function probeLiveIam({credentials, region, endpoint}: ProbeOptions, abortSignal: AbortSignal): Promise<readonly ProbedCall[]> {
	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
	const {IAMClient: Client, GetAccountAuthorizationDetailsCommand, GenerateCredentialReportCommand, GetCredentialReportCommand} = await import('@aws-sdk/client-iam');
	const client = new Client({region, ...credentials && {credentials}, ...endpoint !== undefined && {endpoint}});
	try {
		const details = await probe('iam:GetAccountAuthorizationDetails', async () => {
			await client.send(new GetAccountAuthorizationDetailsCommand({MaxItems: 1}), {abortSignal});
			return 'allowed';
		});
		const generate = await probe('iam:GenerateCredentialReport', async () => {
			const {State: state} = await client.send(new GenerateCredentialReportCommand({}), {abortSignal});
			return `allowed; the report is ${state === 'COMPLETE' ? 'there' : 'being made'}`;
		});
		const report = generate.ok
			? await probe('iam:GetCredentialReport', async () => {
				await client.send(new GetCredentialReportCommand({}), {abortSignal});
				return 'allowed';
			})
			: undefined;
		const calls = [details, generate, ...report ? [report] : []];
		if (generate.ok && report?.ok) {
			return calls;
		}

		const users = await probeUsers(client, abortSignal);
		// One way is enough: a denied report is no failure where the dates can be had user by user.
		return users.every(({ok}) => ok)
			? [...calls.map(call => call.ok || call === details ? call : {...call, ok: true, detail: `${call.detail}; the dates are read user by user instead`, next: null}), ...users]
			: [...calls, ...users];
	} finally {
		client.destroy();
	}
}

/** The ARN of a user or role of the account, as its snapshot has it; none where it has neither. Throws UserError and CancelledError. */
export async function anyPrincipal({credentials, region, endpoint}: ProbeOptions, abortSignal: AbortSignal): Promise<string[]> {
	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
	const {IAMClient, paginateGetAccountAuthorizationDetails} = await import('@aws-sdk/client-iam');
	const client = new IAMClient({region, ...credentials && {credentials}, ...endpoint !== undefined && {endpoint}});
	try {
		for await (const {UserDetailList: users = [], RoleDetailList: roles = []} of paginateGetAccountAuthorizationDetails({client, pageSize: 1}, {Filter: ['User', 'Role']}, {abortSignal})) {
			const arn = [...users, ...roles].find(({Arn}) => Arn !== undefined)?.Arn;
			if (arn !== undefined) {
				return [arn];
			}
		}

		return [];
	} catch (error) {
		throw awsError(error, callOf('iam:GetAccountAuthorizationDetails'));
	} finally {
		client.destroy();
	}
}
