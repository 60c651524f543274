import {setTimeout as wait} from 'node:timers/promises';
import type {IAMClient} from '@aws-sdk/client-iam';
import {awsError, type AwsCall} from '../aws/errors.js';
import type {Warning} from '../domain/warning.js';
import {messageOf, throwIfCancelled, UserError} from '../lib/errors.js';
import {instantOf} from '../lib/json-fields.js';
import type {Task} from '../lib/task.js';
import {parseCredentialReport} from './credential-report.js';
import type {CredentialsByUser, UserCredentials} from './credentials-used.js';

export type CredentialsFound = {readonly credentials: CredentialsByUser; readonly warnings: readonly Warning[]};

/** How one call of IAM is made: its failure becomes the user's error. */
type Ask = <T>(call: string, run: () => Promise<T>) => Promise<T>;

/** Milliseconds between two looks at a report in the making; it takes seconds. */
const reportInterval = 1000;

/** How often a report in the making is looked at before the other way is taken. */
const reportLooks = 60;

/** Users whose keys are asked for at a time. */
const usersAtOnce = 4;

function createAsk(where: AwsCall, signal: AbortSignal): Ask {
	return async (call, run) => {
		throwIfCancelled(signal);
		try {
			return await run();
		} catch (error) {
			throw awsError(error, {...where, service: 'iam', call});
		}
	};
}

/** One report holds the dates of all users. AWS keeps one for four hours. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html */
async function fromReport(client: IAMClient, ask: Ask, {signal}: Task): Promise<CredentialsByUser> {
	const {GenerateCredentialReportCommand, GetCredentialReportCommand} = await import('@aws-sdk/client-iam');
	for (let look = 1; look <= reportLooks; look++) {
		// eslint-disable-next-line no-await-in-loop -- the next look waits for this one
		const {State: state} = await ask('GenerateCredentialReport', async () => client.send(new GenerateCredentialReportCommand({}), {abortSignal: signal}));
		if (state === 'COMPLETE') {
			break;
		}

		// eslint-disable-next-line no-await-in-loop
		await ask('GenerateCredentialReport', async () => wait(reportInterval, undefined, {signal}));
	}

	const {Content: content} = await ask('GetCredentialReport', async () => client.send(new GetCredentialReportCommand({}), {abortSignal: signal}));
	return parseCredentialReport(new TextDecoder().decode(content), 'the credential report');
}

/** The same user by user; where the keys of one cannot be had, its dates are not whole. */
async function fromUsers(client: IAMClient, ask: Ask, task: Task): Promise<CredentialsFound> {
	const {GetAccessKeyLastUsedCommand, paginateListAccessKeys, paginateListUsers} = await import('@aws-sdk/client-iam');
	const {signal} = task;
	const users = new Map<string, UserCredentials>();
	const names = new Map<string, string>();
	await ask('ListUsers', async () => {
		for await (const page of paginateListUsers({client}, {}, {abortSignal: signal})) {
			for (const {Arn: arn = '', UserName: name = '', PasswordLastUsed: used} of page.Users ?? []) {
				users.set(arn, {password: instantOf(used?.toISOString()), keys: [], complete: false});
				names.set(arn, name);
			}
		}
	});

	const keyUses = async (name: string): Promise<Array<string | null>> => {
		const ids: string[] = [];
		await ask('ListAccessKeys', async () => {
			for await (const page of paginateListAccessKeys({client}, {UserName: name}, {abortSignal: signal})) {
				ids.push(...(page.AccessKeyMetadata ?? []).map(key => key.AccessKeyId ?? ''));
			}
		});
		return Promise.all(ids.map(async id => ask('GetAccessKeyLastUsed', async () => {
			const {AccessKeyLastUsed: used} = await client.send(new GetAccessKeyLastUsedCommand({AccessKeyId: id}), {abortSignal: signal});
			return instantOf(used?.LastUsedDate?.toISOString());
		})));
	};

	let done = 0;
	let refusal: unknown;
	const queue = [...names];
	const work = async (): Promise<void> => {
		for (let next = queue.pop(); next !== undefined && refusal === undefined; next = queue.pop()) {
			const [arn, name] = next;
			try {
				// eslint-disable-next-line no-await-in-loop -- each worker takes one user after another
				const keys = await keyUses(name);
				users.set(arn, {password: users.get(arn)?.password ?? null, keys, complete: true});
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				// A user may be deleted meanwhile. What the keys of one are refused with otherwise, those of all are.
				refusal = isGone(error) ? undefined : error;
			}

			task.progress({stage: 'asking IAM when keys were last used', done: ++done, total: names.size, unit: 'principals', bytes: null});
		}
	};

	await Promise.all(Array.from({length: usersAtOnce}, async () => work()));
	return {credentials: users, warnings: refusal === undefined ? [] : [warning('access keys', refusal)]};
}

const isGone = ({cause}: UserError): boolean => cause instanceof Error && cause.name === 'NoSuchEntityException';

function warning(what: string, error: unknown): Warning {
	return {code: 'iam-no-last-used', message: `IAM's own last-used dates of ${what} are not known: ${messageOf(error)}`};
}

/**
When the passwords and access keys of all users were last used: from the credential report, else user by user. What cannot be had is said in `warnings`:
the analysis goes without it.
@throws CancelledError
*/
export async function findCredentialsUsed(client: IAMClient, where: AwsCall, task: Task): Promise<CredentialsFound> {
	const ask = createAsk(where, task.signal);
	task.progress({stage: 'asking IAM when passwords and keys were last used', done: 0, total: null, unit: null, bytes: null});
	try {
		return {credentials: await fromReport(client, ask, task), warnings: []};
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
	}

	try {
		return await fromUsers(client, ask, task);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		return {credentials: new Map(), warnings: [warning('users', error)]};
	}
}
