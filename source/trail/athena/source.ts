import {randomBytes} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import type {SampledRow} from '../../domain/evidence.js';
import type {PolicyChange} from '../../domain/policy-changes.js';
import type {SessionUsage} from '../../domain/sessions.js';
import type {AccountInTrail, Usage} from '../../domain/usage.js';
import type {Warning} from '../../domain/warning.js';
import type {Window} from '../../domain/window.js';
import {CancelledError, throwIfCancelled, UserError} from '../../lib/errors.js';
import {instantOf} from '../../lib/json-fields.js';
import type {Task} from '../../lib/task.js';
import type {Engine} from '../files/duckdb.js';
import {spillFolder} from '../files/store.js';
import {type ResultRow, writeRows} from '../row-file.js';
import {askEverywhere, askGroups, policyChange, sampledRow, type SqlUsage} from '../sql-answers.js';
import {answerSessions} from '../session-scan.js';
import {sessionScanColumns} from '../sessions-query.js';
import type {UsageSource} from '../usage-source.js';
import {Clients} from './clients.js';
import {DayCache} from './day-cache.js';
import {addDays, dayOf, daysOfWindow} from './days.js';
import {logsElsewhere} from './elsewhere.js';
import {closedLater, warmEngine} from './local-engine.js';
import {defineGroups, repeatedCalls} from './local-groups.js';
import {daysOfCalls, typed, withSamples} from './named-answers.js';
import type {AthenaOptions} from './options.js';
import {resultPages, withWholeDays} from './results.js';
import {changeColumns, changesSql, sampleColumns, samplesSql, scanColumns, scanSql, type TableShape} from './scan-sql.js';
import {say, Scanner} from './scanner.js';
import {daysOfSessions, roleScanSql} from './session-answers.js';

/** More calls than this that count for another account are not told to Athena: a query's text has an end, and only a sample would differ. */
const mostRepeated = 2000;

/** What one answer works with; DuckDB is opened when it is first needed. */
type Opened = {readonly engine: () => Promise<Engine>; readonly cache: DayCache};

/** A question about named events. */
type NamedQuestion = {readonly days: readonly string[]; readonly columns: readonly string[]; readonly sql: (shape: TableShape) => string};

class AthenaSource implements UsageSource {
	readonly #options: AthenaOptions;
	readonly #clients: Clients;
	readonly #scanner: Scanner;
	/** Days that this source has asked, also those that were still filling: what the screen shows is not asked again for its details. */
	readonly #askedHere = new Set<string>();
	/** Engines of questions that were answered. */
	#closing: Promise<unknown> = Promise.resolve();
	/** Answers about named events, by query. */
	readonly #answers = new Map<string, readonly ResultRow[]>();

	constructor(options: AthenaOptions) {
		this.#options = options;
		this.#clients = new Clients(options);
		this.#scanner = new Scanner(this.#clients, options);
	}

	async usage(window: Window, task: Task): Promise<Usage> {
		return this.#open(task, async opened => {
			const {usage, timeless} = await this.#answer(opened, {window, isEnoughHere: false}, task);
			if (usage.days.length > 0) {
				return this.#result(usage, this.#warnings(timeless));
			}

			const {elsewhere, warning} = await this.#elsewhere(opened, window, task);
			return this.#result({...usage, elsewhere}, [...this.#warnings(timeless), warning]);
		});
	}

	async samples(window: Window, events: readonly string[], task: Task): Promise<readonly SampledRow[]> {
		throwIfCancelled(task.signal);
		if (events.length === 0) {
			return [];
		}

		return this.#open(task, async opened => {
			const {usage} = await this.#answer(opened, {window, isEnoughHere: true}, task);
			const wanted = new Set(events);
			const rows = usage.rows.filter(row => wanted.has(`${row.eventSource}:${row.eventName}`));
			// Counts are known from the scan; the latest event of each row lies in the row's last day.
			const days = [...new Set(rows.map(({last}) => last.slice(0, 10)))].toSorted();
			const calls = await repeatedCalls(await opened.engine(), task.signal);
			const repeated = calls.slice(0, mostRepeated);
			const {accountId} = this.#options;
			const found = await this.#ask({days, columns: sampleColumns, sql: shape => samplesSql(shape, days, {events, repeated, accountId})}, task);
			return withSamples(rows, found.map(row => sampledRow(typed(sampleColumns, row))));
		});
	}

	async calls(window: Window, events: readonly string[], task: Task): Promise<readonly PolicyChange[]> {
		throwIfCancelled(task.signal);
		if (events.length === 0) {
			return [];
		}

		return this.#open(task, async opened => {
			await this.#answer(opened, {window, isEnoughHere: true}, task);
			const {accountId} = this.#options;
			const days = await daysOfCalls(await opened.engine(), {window, events, accountId}, task.signal);
			const found = await this.#ask({days, columns: changeColumns, sql: shape => changesSql(shape, days, {events, accountId})}, task);
			return found.map(row => policyChange(typed(changeColumns, row)))
				.map(change => ({...change, time: instantOf(change.time) ?? change.time}))
				.filter(({time}) => time >= window.start && time < window.end);
		});
	}

	async sessions(window: Window, roleArn: string, task: Task): Promise<readonly SessionUsage[]> {
		return this.#open(task, async ({engine, cache}) => {
			const days = daysOfSessions(window, this.#now());
			const plan = {days, knownDays: 0, isFirst: false};
			const {shape} = await this.#scanner.ready(plan, task);
			const question = {...plan, sql: roleScanSql(shape, days, {window, roleArn}), open: this.#isOpen(days)};
			const {executionId} = await this.#scanner.ask(question, task, () => {});
			const file = path.join(cache.folder, `sessions-${randomBytes(4).toString('hex')}.tmp`);
			try {
				say(task, 'fetching Athena\'s answer');
				await writeRows(resultPages(this.#clients, executionId, sessionScanColumns.length, task), file);
				return await answerSessions(await engine(), file, {window, roleArn}, task.signal);
			} finally {
				await rm(file, {force: true});
			}
		});
	}

	async close(): Promise<void> {
		await this.#closing;
		await this.#clients.close();
	}

	async #open<T>(task: Task, question: (opened: Opened) => Promise<T>): Promise<T> {
		throwIfCancelled(task.signal);
		// Listings run side by side, and each of them listens.
		setMaxListeners(0, task.signal);
		say(task, 'looking at what was read before');
		const cache = new DayCache(this.#options);
		await cache.load();
		let opening: Promise<Engine> | undefined;
		const engine = async (): Promise<Engine> => {
			opening ??= warmEngine(spillFolder(cache.folder), task.signal);
			return opening;
		};

		try {
			return await question({engine, cache});
		} finally {
			// Nobody waits for the answer until its engine has given its memory back.
			this.#closing = Promise.all([this.#closing, closedLater(opening)]);
		}
	}

	#now(): Date {
		return this.#options.now?.() ?? new Date();
	}

	/** Answers from what is kept, after Athena was asked for the rest; once more from the beginning where what was kept is damaged. */
	async #answer(opened: Opened, {window, isEnoughHere}: {readonly window: Window; readonly isEnoughHere: boolean}, task: Task, isLast = false): Promise<{usage: SqlUsage; timeless: number}> {
		const days = daysOfWindow(window, this.#now());
		await this.#fill(opened, days, task, isEnoughHere);
		const engine = await opened.engine();
		say(task, 'comparing what was read');
		try {
			const timeless = await defineGroups(engine, opened.cache.rowsOf(days), {first: window.start.slice(0, 10), end: window.end.slice(0, 10)}, task.signal);
			return {timeless, usage: await askGroups(engine, window, this.#options.accountId, task.signal)};
		} catch (error) {
			if (isLast || error instanceof CancelledError || error instanceof UserError) {
				throw error;
			}

			await opened.cache.forget();
			this.#askedHere.clear();
			return this.#answer(opened, {window, isEnoughHere}, task, true);
		}
	}

	/** Asks Athena for the days that are not kept, and for those that were still filling when they were asked. */
	async #fill({engine, cache}: Opened, days: readonly string[], task: Task, isEnoughHere: boolean): Promise<void> {
		const due = days.filter(day => !cache.isSettled(day) && !(isEnoughHere && cache.asked(day) && this.#askedHere.has(day)));
		if (due.length === 0) {
			return;
		}

		const plan = {days: due, knownDays: days.length - due.length, isFirst: cache.isEmpty};
		const {shape} = await this.#scanner.ready(plan, task);
		const asked = this.#now();
		const question = {...plan, sql: scanSql(shape, due), open: this.#isOpen(due)};
		const {executionId} = await this.#scanner.ask(question, task, () => {
			// DuckDB is loaded while Athena works.
			engine().catch(() => {});
		});
		const file = path.join(cache.folder, `rows-${randomBytes(4).toString('hex')}.tmp`);
		try {
			say(task, 'fetching Athena\'s answer');
			const rows = await writeRows(withWholeDays(resultPages(this.#clients, executionId, scanColumns.length, task), executionId), file);
			throwIfCancelled(task.signal);
			await cache.add({engine: await engine(), rowsFile: rows === 0 ? null : file, days: due, asked, signal: task.signal});
		} finally {
			await rm(file, {force: true});
		}

		for (const day of due) {
			this.#askedHere.add(day);
		}
	}

	/** Asks Athena about named events on the days on which the scan saw them. */
	async #ask({days, columns, sql}: NamedQuestion, task: Task): Promise<readonly ResultRow[]> {
		if (days.length === 0) {
			return [];
		}

		const plan = {days, knownDays: 0, isFirst: false};
		const {shape} = await this.#scanner.ready(plan, task);
		const text = sql(shape);
		const known = this.#answers.get(text);
		if (known) {
			return known;
		}

		const {executionId} = await this.#scanner.ask({...plan, sql: text, open: this.#isOpen(days)}, task, () => {});
		const rows: ResultRow[] = [];
		for await (const page of resultPages(this.#clients, executionId, columns.length, task)) {
			rows.push(...page);
		}

		this.#answers.set(text, rows);
		return rows;
	}

	/** Whether logs of the days may still arrive. */
	#isOpen(days: readonly string[]): boolean {
		const yesterday = addDays(dayOf(this.#now()), -1);
		return days.some(day => day >= yesterday);
	}

	/** No event of the account in the window is never "unused": looks where its logs are, at their first and last days, and says what was found. */
	async #elsewhere(opened: Opened, window: Window, task: Task): Promise<{elsewhere: AccountInTrail[]; warning: Warning}> {
		say(task, 'looking for logs outside of the window');
		const {warning, days} = await logsElsewhere(this.#scanner.bucket, this.#options, window, task.signal);
		if (days.length === 0) {
			return {elsewhere: [], warning};
		}

		try {
			await this.#fill(opened, days, task, true);
		} catch (error) {
			if (error instanceof UserError) {
				return {elsewhere: [], warning};
			}

			throw error;
		}

		const engine = await opened.engine();
		await defineGroups(engine, opened.cache.rowsOf(), {first: '0000-01-01', end: '9999-12-31'}, task.signal);
		return {elsewhere: await askEverywhere(engine, task.signal), warning};
	}

	#warnings(timeless: number): Warning[] {
		const {note} = this.#scanner;
		return [
			...note === null ? [] : [{code: 'athena-results', message: note}],
			...timeless === 0 ? [] : [{code: 'records-without-time', message: `${timeless} ${timeless === 1 ? 'record' : 'records'} without a valid time, event source or event name: not counted.`}],
		];
	}

	#result(usage: SqlUsage, warnings: readonly Warning[]): Usage {
		const {database, table, trailSettings} = this.#options;
		return {source: 'athena', location: `${database}.${table}`, ...usage, unreadable: [], files: 0, warnings, ...trailSettings && {trailSettings}};
	}
}

/**
Usage from a trail's bucket, asked through Athena: one scan for all principals, and later only for the days that are not kept.
Nothing happens until it is asked. It rejects with UserError, and with CancelledError when the task was cancelled: what ran at Athena is stopped then.
*/
export function openAthenaSource(options: AthenaOptions): UsageSource {
	return new AthenaSource(options);
}
