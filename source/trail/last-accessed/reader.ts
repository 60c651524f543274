import {setMaxListeners} from 'node:events';
import type {LastAccessed, LastAccessedReport} from '../../domain/last-accessed.js';
import type {Warning} from '../../domain/warning.js';
import {plural} from '../../domain/words.js';
import {throwIfCancelled, UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import {openClient, type LastAccessedOptions} from './client.js';
import {runJob, type JobResult} from './job.js';
import {keptFile, readKept, writeKept} from './kept.js';

/** Jobs that run at a time. */
const jobsAtOnce = 8;

/** How many principals a warning names. */
const namesSaid = 3;

function warning(code: string, arns: readonly string[], words: string): Warning[] {
	const names = arns.slice(0, namesSaid).map(arn => arn.split(':').slice(5).join(':'));
	const more = arns.length > namesSaid ? ` and ${arns.length - namesSaid} more` : '';
	return arns.length === 0 ? [] : [{code, message: `${plural(arns.length, 'principal')} ${words}: ${names.join(', ')}${more}`}];
}

/** Runs the work for each item, a few at a time. The first failure stops the rest and is thrown when all have come to rest. */
async function inTurns<Item>(items: readonly Item[], work: (item: Item, signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
	const failed = new AbortController();
	const either = AbortSignal.any([signal, failed.signal]);
	// Each lane waits, and each call of the SDK listens: Node would warn of a leak in the middle of the screen.
	setMaxListeners(0, either);
	const queue = items.values();
	let failure: {readonly error: unknown} | undefined;
	const lane = async () => {
		for (const item of queue) {
			if (either.aborted) {
				return;
			}

			try {
				// A lane does one thing after another.
				// eslint-disable-next-line no-await-in-loop
				await work(item, either);
			} catch (error) {
				failure ??= {error};
				failed.abort();
			}
		}
	};

	await Promise.all(Array.from({length: jobsAtOnce}, lane));
	throwIfCancelled(signal);
	if (failure) {
		throw failure.error;
	}
}

/**
IAM's report on every principal: those that are kept and fresh, the others asked for. What was read before a failure or a cancel is kept.
@throws UserError, CancelledError
*/
export async function readLastAccessed(options: LastAccessedOptions, {signal, progress}: Task): Promise<LastAccessed> {
	throwIfCancelled(signal);
	const {accountId, principals} = options;
	const file = keptFile(options.cacheFolder, accountId);
	const reports = options.refresh ? new Map<string, LastAccessedReport>() : await readKept(file, new Date());
	const missing = principals.filter(arn => !reports.has(arn));
	const without: Array<Exclude<JobResult, {kind: 'report'}>> = [];
	let done = principals.length - missing.length;
	const say = () => {
		progress({stage: 'asking IAM for last accessed data', done, total: principals.length, unit: 'principals', bytes: null});
	};

	say();
	if (missing.length > 0) {
		const client = await openClient(options);
		try {
			await inTurns(missing, async (arn, stopped) => {
				const result = await runJob(client, arn, stopped);
				if (result.kind === 'report') {
					reports.set(arn, result.report);
				} else {
					without.push(result);
				}

				done++;
				say();
			}, signal);
		} finally {
			client.destroy();
			await writeKept(file, reports.values());
		}
	}

	const failed = without.filter(result => result.kind === 'failed');
	if (failed.length > 0 && failed.length === principals.length) {
		throw new UserError(`IAM could make no report of account ${accountId}: ${failed[0]?.reason ?? ''}`, {exitCode: 3, hint: 'try again in a few minutes'});
	}

	return {
		location: `IAM of account ${accountId}`,
		reports: principals.flatMap(arn => reports.get(arn) ?? []),
		warnings: [
			...warning('last-accessed-failed', failed.map(({arn}) => arn), `of which IAM could make no report (${failed[0]?.reason ?? ''})`),
			...warning('last-accessed-gone', without.filter(({kind}) => kind === 'gone').map(({arn}) => arn), 'of the snapshot that IAM does not know any more'),
		],
	};
}
