import type {Identity} from '../aws/identity.js';
import type {AwsSession} from '../aws/session.js';
import {cachePart} from '../config/cache.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import {UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import {snapshotAge} from './snapshot-age.js';

/** An account as the configuration and the command line know it. */
export type Expected = {readonly name: string | null; readonly id: string | null};

/**
Asks AWS who the session is, before anything is read through it.
@throws UserError when it is another account than the expected one; CancelledError
*/
export async function identify(session: AwsSession, expected: Expected, signal: AbortSignal): Promise<Identity> {
	const {callerIdentity} = await import('../aws/identity.js');
	const identity = await callerIdentity(session, signal);
	if (expected.id !== null && identity.accountId !== expected.id) {
		const who = session.profile === undefined ? 'the AWS credentials found here belong' : `profile ${session.profile} belongs`;
		throw new UserError(
			`${who} to account ${identity.accountId} (${identity.arn}), but account ${expected.name ?? expected.id} has the id ${expected.id}`,
			{hint: `name a profile of ${expected.id} with --profile`},
		);
	}

	return identity;
}

/** What {@link readLiveIam} needs. */
export type LiveRequest = {
	readonly session: AwsSession;
	readonly expected: Expected;
	readonly cacheFolder: string;
	/** Take it from the account, whatever is kept. */
	readonly anew: boolean;
	readonly now: Date;
	readonly task: Task;
};

/**
An account's IAM from the account itself, or the copy that is kept of it: then its age is among the warnings.
@throws UserError, CancelledError
*/
export async function readLiveIam({session, expected, cacheFolder, anew, now, task}: LiveRequest): Promise<IamSnapshot> {
	task.progress({stage: 'asking AWS which account this is', done: 0, total: null, unit: null, bytes: null});
	const {accountId} = await identify(session, expected, task.signal);
	const [{fetchLiveDetails, snapshotOf}, {keep, readKept}] = await Promise.all([import('../iam/live.js'), import('../iam/live-cache.js')]);
	const folder = await cachePart(cacheFolder, 'iam');
	const kept = anew ? undefined : await readKept(folder, accountId, now);
	if (kept) {
		const snapshot = snapshotOf(kept);
		const age = {code: 'iam-snapshot-age', message: `${snapshotAge(snapshot.takenAt, now) ?? ''}: --refresh (r on the screen) takes it anew`};
		return {...snapshot, warnings: [...snapshot.warnings, age]};
	}

	const details = await fetchLiveDetails({session, accountId, now, task});
	// What this profile may not read, another may: a poorer copy must not answer for it.
	if (details.Warnings.length === 0) {
		await keep(folder, details);
	}

	return snapshotOf(details);
}
