import path from 'node:path';
import type {SampledRow} from '../../domain/evidence.js';
import type {PolicyChange} from '../../domain/policy-changes.js';
import type {SessionUsage} from '../../domain/sessions.js';
import type {Window} from '../../domain/window.js';
import {callersSql, callsSql, countedEventsSql, countedGroupsSql, groupedEventsSql, namedEventsSql, sampledRowsSql} from '../query.js';
import {askSessions, recordValues, roleValues} from '../sessions-answers.js';
import {callRecordsSql, deedsSql} from '../sessions-query.js';
import {askGroups, policyChange, sampledRow, type SqlUsage} from '../sql-answers.js';
import {athenaShape, collapsedMeasures, collapsedShape} from './columns.js';
import {type Engine, literalList} from './duckdb.js';
import type {KnownFile, LoadedSegment, Segment, StoredFile} from './manifest.js';
import {repeatPaths, rowPaths, rowsSql} from './segment.js';

/** What is asked: the segments in a store's folder, and the files that are in the trail as they were read. */
export type StoreView = {
	readonly folder: string;
	readonly segments: readonly LoadedSegment[];
	readonly standing: ReadonlySet<KnownFile>;
};

/** Asks the segments of one store. */
export class UsageQuery {
	readonly #engine: Engine;
	readonly #folder: string;
	readonly #clean: readonly Segment[];
	readonly #dirty: readonly Segment[];
	readonly #live: ReadonlySet<number>;
	readonly #dead: readonly number[];
	readonly #signal: AbortSignal;

	constructor(engine: Engine, {folder, segments, standing}: StoreView, signal: AbortSignal) {
		this.#engine = engine;
		this.#folder = folder;
		this.#signal = signal;
		this.#live = new Set([...standing].map(({number}) => number));
		const filled = segments.filter(({segment}) => segment.rows.length > 0);
		const dirty = new Set(filled.filter(({files}) => files.some(file => !standing.has(file))));
		this.#clean = filled.filter(segment => !dirty.has(segment)).map(({segment}) => segment);
		this.#dirty = [...dirty].map(({segment}) => segment);
		this.#dead = [...dirty].flatMap(({files}) => files.filter(file => !standing.has(file)).map(({number}) => number));
	}

	/** Rejects with CancelledError, and with DuckDB's error where a segment cannot be read. */
	async run(window: Window, accountId: string): Promise<SqlUsage> {
		if (this.#clean.length + this.#dirty.length === 0) {
			return {rows: [], assumptions: [], accounts: [], days: [], regions: [], elsewhere: []};
		}

		await this.#prepare();
		return askGroups(this.#engine, window, accountId, this.#signal);
	}

	/** Rows of the named events ("source:name") alone, each with its latest event. Rejects as `run` does. */
	async samples(window: Window, accountId: string, events: readonly string[]): Promise<SampledRow[]> {
		if (!await this.#prepareNamed(window, events)) {
			return [];
		}

		const counted = countedEventsSql('named_events', `(${callersSql('named_events')})`);
		const rows = await this.#engine.rows(sampledRowsSql(`(${counted})`), this.#signal, [accountId, accountId]);
		return rows.map(row => sampledRow(row));
	}

	/** The successful calls of the named events, oldest first. Rejects as `run` does. */
	async calls(window: Window, accountId: string, events: readonly string[]): Promise<PolicyChange[]> {
		if (!await this.#prepareNamed(window, events)) {
			return [];
		}

		const rows = await this.#engine.rows(callsSql('named_events'), this.#signal, [accountId]);
		return rows.map(row => policyChange(row));
	}

	/** Who was behind a role, and what each did. Rejects as `run` does. */
	async sessions(window: Window, roleArn: string): Promise<SessionUsage[]> {
		const all = await this.#allEvents();
		if (all === undefined) {
			return [];
		}

		await this.#run(`CREATE OR REPLACE TEMP VIEW all_events AS ${all}`);
		const callerFiles = this.#paths(({callers}) => callers);
		const counted = callerFiles.length > 0 || this.#dirty.length > 0 ? countedEventsSql('all_events', `(${callersSql('all_events')})`) : 'SELECT * FROM all_events';
		await this.#run(`CREATE OR REPLACE TEMP VIEW counted_events AS ${counted}`);
		return askSessions(this.#engine, {
			window, roleArn,
			records: {sql: `(${callRecordsSql('all_events')}) AS r`, values: recordValues(window)},
			deeds: {sql: `(${deedsSql('counted_events')})`, values: [window.start, window.end, ...roleValues(roleArn)]},
		}, this.#signal);
	}

	/** SQL for all events of the store in Athena's shape, each once; undefined when there can be none. */
	async #allEvents(): Promise<string | undefined> {
		if (this.#clean.length + this.#dirty.length === 0) {
			return undefined;
		}

		const rest = await this.#rowsWithoutRollup();
		const clean = this.#clean.length > 0 ? [`SELECT * FROM (${this.#rows(this.#clean)}) WHERE keeper IS NULL`] : [];
		return athenaShape(`(${[...clean, ...rest === undefined ? [] : [rest]].join(' UNION ALL ')})`);
	}

	/** A table `named_events` of the events of that name, each once; false when there can be none. */
	async #prepareNamed(window: Window, events: readonly string[]): Promise<boolean> {
		const all = events.length === 0 ? undefined : await this.#allEvents();
		if (all === undefined) {
			return false;
		}

		const names = events.flatMap(event => [event.slice(0, event.indexOf(':')), event.slice(event.indexOf(':') + 1)]);
		await this.#engine.run(`CREATE OR REPLACE TEMP TABLE named_events AS ${namedEventsSql(`(${all})`, events.length)}`, this.#signal, [window.start, window.end, ...names]);
		return true;
	}

	/**
	Views over the store: `all_groups` groups every event once, `counted_groups` leaves out what another account's record repeats.
	Segments whose files all stand as they were answer from their rollups; of the others the rows of files that still stand are grouped anew.
	*/
	async #prepare(): Promise<void> {
		const regrouped = await this.#rowsWithoutRollup();
		const rollups = this.#paths(({rollup}) => rollup);
		const groups = rollups.length > 0 ? [`SELECT * FROM read_parquet(${literalList(rollups)})`] : [];
		if (regrouped) {
			await this.#run(`CREATE OR REPLACE TEMP VIEW regrouped_events AS ${athenaShape(`(${regrouped})`)}`);
			await this.#run(`CREATE OR REPLACE TEMP TABLE regrouped AS ${groupedEventsSql(`(${collapsedShape(`(${regrouped})`)})`, collapsedMeasures)}`);
			groups.push('SELECT * FROM regrouped');
		}

		await this.#run(`CREATE OR REPLACE TEMP VIEW all_groups AS ${groups.join(' UNION ALL ')}`);
		await this.#run('CREATE OR REPLACE TEMP VIEW day_groups AS SELECT * FROM all_groups');
		const callerFiles = this.#paths(({callers}) => callers);
		const callers = [
			...callerFiles.length > 0 ? [`SELECT * FROM read_parquet(${literalList(callerFiles)})`] : [],
			...regrouped ? [callersSql('regrouped_events')] : [],
		];
		await this.#run(`CREATE OR REPLACE TEMP VIEW counted_groups AS ${callers.length > 0 ? countedGroupsSql('all_groups', `(${callers.join(' UNION ALL ')})`) : 'SELECT * FROM all_groups'}`);
	}

	/** SQL for the rows that count and that no rollup covers, each event once; undefined where there are none. */
	async #rowsWithoutRollup(): Promise<string | undefined> {
		const sources: string[] = [];
		await this.#run(`CREATE OR REPLACE TEMP TABLE dead AS SELECT unnest([${this.#dead.join(',')}]::INTEGER[]) AS file`);
		if (this.#dirty.length > 0) {
			sources.push(`SELECT * FROM (${this.#rows(this.#dirty)}) WHERE keeper IS NULL AND file NOT IN (FROM dead)`);
		}

		if (await this.#promote()) {
			const repeated = [...this.#clean, ...this.#dirty].filter(({repeats}) => repeats !== null);
			sources.push(`SELECT r.* FROM (${this.#rows(repeated)}) AS r SEMI JOIN promoted AS p ON p.file = r.file AND p.place = r.file_row_number`);
		}

		return sources.length > 0 ? sources.join(' UNION ALL ') : undefined;
	}

	/** Where the file that kept an event is dead, one of its repeats in a file that still stands counts instead. */
	async #promote(): Promise<boolean> {
		const paths = repeatPaths(this.#folder, [...this.#clean, ...this.#dirty]);
		if (paths.length === 0) {
			return false;
		}

		const keepers = await this.#engine.rows(`SELECT DISTINCT keeper FROM read_parquet(${literalList(paths)})`, this.#signal);
		const dead = keepers.map(row => Number(row.keeper)).filter(keeper => !this.#live.has(keeper));
		if (dead.length === 0) {
			return false;
		}

		await this.#run(`CREATE OR REPLACE TEMP TABLE promoted AS SELECT chosen.file, chosen.place FROM (
			SELECT min(struct_pack(file := file, place := place)) AS chosen FROM read_parquet(${literalList(paths)})
			WHERE keeper IN (${dead.join(',')}) AND file NOT IN (FROM dead) GROUP BY eventid)`);
		return true;
	}

	/** Paths of one kind of file of the segments that answer from their rollups. */
	#paths(kind: (segment: Segment) => StoredFile | null): string[] {
		return this.#clean.flatMap(segment => {
			const file = kind(segment);
			return file ? [path.join(this.#folder, file.name)] : [];
		});
	}

	#rows(segments: readonly Segment[]): string {
		return rowsSql(rowPaths(this.#folder, segments), repeatPaths(this.#folder, segments));
	}

	async #run(sql: string): Promise<void> {
		await this.#engine.run(sql, this.#signal);
	}
}
