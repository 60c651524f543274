import {setTimeout as delay} from 'node:timers/promises';
import type {AthenaClient, QueryExecution} from '@aws-sdk/client-athena';
import {CancelledError, throwIfCancelled, UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import type {Clients} from './clients.js';
import {dollarsFor} from './cost.js';
import {callFailure, executionFailure} from './failures.js';
import type {AthenaOptions, ScanReport} from './options.js';
import {leftExecutions, noteExecution, watchExecution} from './running.js';
import type {WorkgroupSettings} from './workgroup.js';

/** Milliseconds between two looks at a running query, at first and at most. */
const firstWait = 250;
const longestWait = 2000;

/** Milliseconds for which the answer to a stop is waited for: where the network is gone, nobody wants to wait for the SDK's retries. */
const stopPatience = 3000;

/** A wait as a share of the time that the query has run: whoever waited a minute waits a second or two for its end, and is looked after cheaply. */
const waitShare = 1 / 40;

/** How long an answer may be reused that holds days which are still filling, and one that does not (a week, Athena's most), in minutes. */
const reuseMinutes = {open: 5, settled: 7 * 24 * 60};

/** Milliseconds until the next look at a query that has run for `elapsed` milliseconds; never less than `first`. */
export function waitAfter(elapsed: number, first = firstWait): number {
	return Math.min(longestWait, Math.max(first, elapsed * waitShare));
}

/** What is run: `open` where the answer may change within the hour, `database` is what names in it refer to, `started` is called when Athena works on it. */
export type Statement = {readonly sql: string; readonly open: boolean; readonly stage: string; readonly database: string | null; readonly started: () => void};

/** An execution that is looked at, and since when (milliseconds since 1970). */
type Watched = {readonly id: string; readonly stage: string; readonly started: number};

/** Runs statements at Athena, one at a time, and stops what is cancelled. */
export class Executor {
	readonly #clients: Clients;
	readonly #options: AthenaOptions;

	constructor(clients: Clients, options: AthenaOptions) {
		this.#clients = clients;
		this.#options = options;
	}

	/** Resolves when the statement has succeeded. Throws UserError, and CancelledError when the task was cancelled: then it has been stopped at Athena. */
	async run(statement: Statement, workgroup: WorkgroupSettings, task: Task): Promise<ScanReport> {
		const client = await this.#clients.athena();
		throwIfCancelled(task.signal);
		await this.#stopLeft(client);
		task.progress({stage: `${statement.stage}: starting`, done: 0, total: null, unit: null, bytes: null});
		const starting = this.#start(client, statement, workgroup);
		let stopping: Promise<boolean> | undefined;
		const stop = async (): Promise<boolean> => {
			stopping ??= this.#stop(client, starting);
			return stopping;
		};

		const forget = watchExecution(stop);
		const onAbort = () => {
			void stop();
		};

		task.signal.addEventListener('abort', onAbort, {once: true});
		try {
			return await this.#watch(client, await starting, statement, task);
		} catch (error) {
			if (error instanceof EndedError) {
				throw error.failure;
			}

			// Whatever went wrong here, nobody waits for the query any more: it is paid for while it runs.
			const isStopped = await stop();
			throw error instanceof CancelledError && isStopped ? new CancelledError(`the query at Athena (${await starting})`) : error;
		} finally {
			task.signal.removeEventListener('abort', onAbort);
			forget();
		}
	}

	async #watch(client: AthenaClient, id: string, {stage, started}: Statement, task: Task): Promise<ScanReport> {
		const forgetLeftover = await noteExecution(this.#options.cacheFolder, this.#options.region, id);
		try {
			throwIfCancelled(task.signal);
			started();
			return report(id, await this.#ended(client, {id, stage, started: Date.now()}, task));
		} finally {
			await forgetLeftover();
		}
	}

	/** Not told of the signal: a request that is cut off may have started the query all the same, and then nobody would know its id. */
	async #start(client: AthenaClient, {sql, open, database}: Statement, {outputLocation, mayReuse}: WorkgroupSettings): Promise<string> {
		const {StartQueryExecutionCommand} = await import('@aws-sdk/client-athena');
		const {workgroup} = this.#options;
		try {
			const {QueryExecutionId: id} = await client.send(new StartQueryExecutionCommand({
				QueryString: sql,
				WorkGroup: workgroup,
				...database !== null && {QueryExecutionContext: {Database: database}},
				...outputLocation !== null && {ResultConfiguration: {OutputLocation: outputLocation}},
				...mayReuse && {ResultReuseConfiguration: {ResultReuseByAgeConfiguration: {Enabled: true, MaxAgeInMinutes: open ? reuseMinutes.open : reuseMinutes.settled}}},
			}));
			if (id === undefined) {
				throw new Error('the answer names no execution');
			}

			return id;
		} catch (error) {
			throw /output location|no output/i.test(String(error))
				? new UserError(`Athena has no place for its results: ${String(error)}`, {hint: 'name an output location in the account, or give the workgroup one', exitCode: 3, cause: error})
				: callFailure(error, {action: 'athena:StartQueryExecution', on: `workgroup ${workgroup}`});
		}
	}

	/** Stops what a copy of the program left behind that was killed, in this region; what could not be stopped is tried again the next time. */
	async #stopLeft(client: AthenaClient): Promise<void> {
		const {cacheFolder, region} = this.#options;
		const left = await leftExecutions(cacheFolder, region);
		await Promise.all(left.map(async ({id, hasEnded, forget}) => {
			if (hasEnded || await this.#stop(client, id)) {
				await forget();
			}
		}));
	}

	/** Waits for the id where the query is only being started. Says whether it is known to run no more. */
	async #stop(client: AthenaClient, execution: string | Promise<string>): Promise<boolean> {
		try {
			const {StopQueryExecutionCommand} = await import('@aws-sdk/client-athena');
			const id = await execution;
			await client.send(new StopQueryExecutionCommand({QueryExecutionId: id}), {abortSignal: AbortSignal.timeout(stopPatience)});
			return true;
		} catch (error) {
			// Athena answers so for an execution that it does not know; one that has ended is stopped without an error.
			return error instanceof Error && error.name === 'InvalidRequestException';
		}
	}

	async #ended(client: AthenaClient, {id, stage, started}: Watched, task: Task): Promise<QueryExecution> {
		try {
			await delay(waitAfter(Date.now() - started, this.#options.firstWait), undefined, {signal: task.signal});
		} catch {
			throw new CancelledError();
		}

		const {GetQueryExecutionCommand} = await import('@aws-sdk/client-athena');
		let execution: QueryExecution;
		try {
			const found = await client.send(new GetQueryExecutionCommand({QueryExecutionId: id}), {abortSignal: task.signal});
			execution = found.QueryExecution ?? {};
		} catch (error) {
			throw callFailure(error, {action: 'athena:GetQueryExecution', on: `execution ${id}`}, task.signal);
		}

		throwIfCancelled(task.signal);
		const state = execution.Status?.State ?? 'QUEUED';
		const bytes = execution.Statistics?.DataScannedInBytes ?? 0;
		task.progress({stage: `${stage}: ${state.toLowerCase()} for ${Math.round((Date.now() - started) / 1000)} s`, done: 0, total: null, unit: null, bytes});
		throwIfCancelled(task.signal);
		if (state === 'SUCCEEDED') {
			return execution;
		}

		if (state === 'FAILED' || state === 'CANCELLED') {
			throw new EndedError(executionFailure(state, execution.Status?.StateChangeReason ?? execution.Status?.AthenaError?.ErrorMessage ?? '', id));
		}

		return this.#ended(client, {id, stage, started}, task);
	}
}

/** The execution has ended by itself: there is nothing to stop. */
class EndedError extends Error {
	readonly failure: UserError;

	constructor(failure: UserError) {
		super(failure.message);
		this.name = 'EndedError';
		this.failure = failure;
	}
}

function report(executionId: string, {Statistics: statistics}: QueryExecution): ScanReport {
	const reused = statistics?.ResultReuseInformation?.ReusedPreviousResult === true;
	const bytes = statistics?.DataScannedInBytes ?? 0;
	return {executionId, bytes, reused, dollars: reused ? 0 : dollarsFor(bytes), milliseconds: statistics?.TotalExecutionTimeInMillis ?? statistics?.EngineExecutionTimeInMillis ?? 0};
}
