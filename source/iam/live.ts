import type {GetAccountAuthorizationDetailsResponse} from '@aws-sdk/client-iam';
import {awsError} from '../aws/errors.js';
import {clientOptions, type AwsSession} from '../aws/session.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Warning} from '../domain/warning.js';
import {throwIfCancelled, UserError} from '../lib/errors.js';
import {documentOf, isObject, objectsOf, textOf, type Json} from '../lib/json-fields.js';
import type {Task} from '../lib/task.js';
import {allLists, readDetails} from './authorization-details.js';
import {findCredentialsUsed} from './credentials-live.js';
import type {CredentialsByUser} from './credentials-used.js';

/** An account's IAM as JSON: the AWS CLI's output of get-account-authorization-details, and what we know beside it. */
export type LiveDetails = {
	readonly AccountId: string;
	/** ISO 8601 UTC with Z. */
	readonly TakenAt: string;
	readonly UserDetailList: readonly Json[];
	readonly GroupDetailList: readonly Json[];
	readonly RoleDetailList: readonly Json[];
	readonly Policies: readonly Json[];
	/** What could not be had. */
	readonly Warnings: readonly Warning[];
};

export type LiveOptions = {
	readonly session: AwsSession;
	/** Twelve digits: who the session is. */
	readonly accountId: string;
	readonly now: Date;
	readonly task: Task;
};

/** Principals a page may hold: the most that IAM gives. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const pageSize = 1000;

/** Keys of policy documents, which the API gives URL-encoded and the AWS CLI as objects. */
const documentKeys: ReadonlySet<string> = new Set(['AssumeRolePolicyDocument', 'PolicyDocument', 'Document']);

/** A value of the SDK as the AWS CLI would print it. */
function plain(value: unknown, key = ''): unknown {
	if (value instanceof Date) {
		return value.toISOString();
	}

	if (Array.isArray(value)) {
		return value.map(item => plain(item));
	}

	if (isObject(value)) {
		return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined).map(([name, field]) => [name, plain(field, name)]));
	}

	return documentKeys.has(key) ? documentOf(value) ?? value : value;
}

function dated(user: Json, credentials: CredentialsByUser): Json {
	const found = credentials.get(textOf(user.Arn) ?? '');
	return found ? {...user, CredentialsLastUsed: {Password: found.password, AccessKeys: found.keys, Complete: found.complete}} : user;
}

/**
Takes an account's IAM from the account: every page of GetAccountAuthorizationDetails, and when the credentials of users were last used.
@throws UserError, CancelledError
*/
export async function fetchLiveDetails({session, accountId, now, task}: LiveOptions): Promise<LiveDetails> {
	throwIfCancelled(task.signal);
	const {IAMClient, paginateGetAccountAuthorizationDetails} = await import('@aws-sdk/client-iam');
	const client = new IAMClient(clientOptions(session));
	const where = {profile: session.profile, region: session.region, service: 'iam', call: 'GetAccountAuthorizationDetails'};
	const lists = {UserDetailList: [] as Json[], GroupDetailList: [] as Json[], RoleDetailList: [] as Json[], Policies: [] as Json[]};
	try {
		let last: GetAccountAuthorizationDetailsResponse | undefined;
		for await (const page of paginateGetAccountAuthorizationDetails({client, pageSize}, {}, {abortSignal: task.signal})) {
			for (const list of allLists) {
				lists[list].push(...objectsOf(plain(page[list])));
			}

			last = page;
			task.progress({stage: 'reading IAM from the account', done: lists.UserDetailList.length + lists.RoleDetailList.length, total: null, unit: 'principals', bytes: null});
		}

		// A page may be short or empty; only a missing marker ends them, and then nothing may be left.
		if (last?.IsTruncated === true) {
			throw new UserError('IAM ended its answer in the middle: it says that there is more, and not where', {exitCode: 3, hint: 'try again'});
		}

		const {credentials, warnings} = lists.UserDetailList.length === 0 ? {credentials: new Map() as CredentialsByUser, warnings: []} : await findCredentialsUsed(client, where, task);
		return {
			AccountId: accountId, TakenAt: `${now.toISOString().slice(0, 19)}Z`,
			...lists, UserDetailList: lists.UserDetailList.map(user => dated(user, credentials)),
			Warnings: warnings,
		};
	} catch (error) {
		throw awsError(error, where);
	} finally {
		client.destroy();
	}
}

/** The snapshot of what was fetched, by the way that a file's JSON goes. */
export function snapshotOf(details: LiveDetails): IamSnapshot {
	return readDetails([details], details.AccountId);
}
