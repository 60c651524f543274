import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {SampledRow} from '../../domain/evidence.js';
import type {PolicyChange} from '../../domain/policy-changes.js';
import type {SessionUsage} from '../../domain/sessions.js';
import type {Usage} from '../../domain/usage.js';
import type {Window} from '../../domain/window.js';
import {throwIfCancelled} from '../../lib/errors.js';
import {textOf} from '../../lib/json-fields.js';
import type {Task} from '../../lib/task.js';
import {Engine} from '../files/duckdb.js';
import {spillFolder} from '../files/store.js';
import {writeRows} from '../row-file.js';
import {answerSessions} from '../session-scan.js';
import type {UsageSource} from '../usage-source.js';
import {Collector} from './collect.js';
import {Connection, shownUrl} from './connection.js';
import {all, Dsl, not} from './dsl.js';
import {columnOf, columnPaths, eventOf, noSample} from './event.js';
import {instant, rowOf} from './fold.js';
import {findLayout, type Layout, type Place} from './layout.js';
import type {OpenSearchSourceOptions} from './options.js';
import {Searcher} from './searcher.js';
import {pagesOfRole} from './sessions.js';
import {askIndices, askServer, intervalName, requireOpen, type Server} from './server.js';
import {UsageQuestion} from './usage.js';

/** The index and server as messages and results name them. */
export function placeOf({url, index}: Pick<OpenSearchSourceOptions, 'url' | 'index'>): Place {
	return {index, where: `${shownUrl(url)}/${index}`};
}

/** What is known of an index before it is asked; undefined layout: it holds nothing. */
type Known = {readonly server: Server; readonly layout: Layout | undefined};

class OpenSearchSource implements UsageSource {
	readonly #options: OpenSearchSourceOptions;
	readonly #place: Place;
	#connection: Promise<Connection> | undefined;

	constructor(options: OpenSearchSourceOptions) {
		this.#options = options;
		this.#place = placeOf(options);
	}

	async usage(window: Window, task: Task): Promise<Usage> {
		const about = {source: 'opensearch', location: this.#place.where, unreadable: [], files: 0};
		return this.#ask(task, {...about, rows: [], assumptions: [], accounts: [], days: [], regions: [], elsewhere: [], warnings: []}, async (searcher, dsl, server) => {
			const answer = await new UsageQuestion(searcher, dsl, intervalName(server)).answer(window, this.#options.accountId);
			return {...about, ...answer};
		});
	}

	async samples(window: Window, events: readonly string[], task: Task): Promise<readonly SampledRow[]> {
		return this.#ask(task, [], async (searcher, dsl) => {
			const filter = all(dsl.events(), dsl.inWindow(window), dsl.named(events), dsl.ofAccount());
			const {rows} = await new Collector(searcher, dsl, {sampled: true}).collect(filter);
			return rows;
		});
	}

	async calls(window: Window, events: readonly string[], task: Task): Promise<readonly PolicyChange[]> {
		return this.#ask(task, [], async (searcher, dsl) => {
			const calls: PolicyChange[] = [];
			const filter = all(dsl.events(), dsl.inWindow(window), dsl.named(events), dsl.received(), not(dsl.has('errorCode')));
			for await (const {source} of searcher.documents(filter, columnPaths(dsl.layout))) {
				const call = callOf(dsl.layout, source);
				if (call) {
					calls.push(call);
				}
			}

			return calls.toSorted((a, b) => (a.time === b.time ? compare(a.eventId ?? '', b.eventId ?? '') : compare(a.time, b.time)));
		});
	}

	async sessions(window: Window, roleArn: string, task: Task): Promise<readonly SessionUsage[]> {
		return this.#ask(task, [], async (searcher, {layout}, server) => {
			// Which calls left a record with two accounts is asked from the role's side.
			const dsl = new Dsl(layout, roleArn.split(':')[4] ?? '');
			const folder = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-'));
			try {
				const file = path.join(folder, 'rows');
				await writeRows(pagesOfRole(searcher, dsl, {window, roleArn, interval: intervalName(server)}), file);
				task.progress({stage: 'comparing what was read', done: 0, total: null, unit: null, bytes: null});
				return await Engine.during(spillFolder(folder), async engine => answerSessions(engine, file, {window, roleArn}, task.signal));
			} finally {
				await rm(folder, {recursive: true, force: true});
			}
		});
	}

	async close(): Promise<void> {
		const connection = await this.#connection?.catch(() => undefined);
		this.#connection = undefined;
		await connection?.close();
	}

	async #ask<T>(task: Task, nothing: T, question: (searcher: Searcher, dsl: Dsl, server: Server) => Promise<T>): Promise<T> {
		throwIfCancelled(task.signal);
		task.progress({stage: 'asking OpenSearch for its fields', done: 0, total: null, unit: null, bytes: null});
		throwIfCancelled(task.signal);
		this.#connection ??= Connection.open(this.#options);
		const connection = await this.#connection;
		const {server, layout} = await this.#know(connection, task.signal);
		return layout === undefined ? nothing : question(new Searcher(connection, this.#place, task), new Dsl(layout, this.#options.accountId), server);
	}

	/** Found out for each question anew: a pattern may hold another index meanwhile. */
	async #know(connection: Connection, signal: AbortSignal): Promise<Known> {
		const server = await askServer(connection, signal);
		const indices = await askIndices(connection, this.#place, signal);
		requireOpen(indices, this.#place);
		return {server, layout: await findLayout(connection, this.#place, this.#options, signal)};
	}
}

function compare(a: string, b: string): number {
	return Number(a > b) - Number(a < b);
}

/** A successful call with its parameters; undefined for one that failed. */
function callOf(layout: Layout, source: Readonly<Record<string, unknown>>): PolicyChange | undefined {
	const event = eventOf(layout, source);
	if (!event) {
		return undefined;
	}

	const row = rowOf(event.values, event.flags, {count: 1, first: event.time, last: event.time}, noSample);
	if (row?.errorCode !== null || row.hasErrorMessage) {
		return undefined;
	}

	return {
		time: instant(event.time),
		eventSource: row.eventSource,
		eventName: row.eventName,
		actor: textOf(columnOf(layout, source, 'arn')) ?? textOf(columnOf(layout, source, 'principalId')),
		eventId: textOf(columnOf(layout, source, 'eventId')),
		parameters: event.parameters,
	};
}

/**
Usage from an index of CloudTrail events in OpenSearch or Elasticsearch. Nothing is asked until a question is. It rejects with UserError where the
server cannot be reached, does not let us in, or would answer with a part only.
*/
export function openOpenSearchSource(options: OpenSearchSourceOptions): UsageSource {
	return new OpenSearchSource(options);
}
