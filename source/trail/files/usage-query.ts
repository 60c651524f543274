import path from 'node:path';
import type {AccountInTrail, AssumptionRow, UsageRow} from '../../domain/usage.js';
import type {SampledRow} from '../../domain/evidence.js';
import type {PolicyChange} from '../../domain/policy-changes.js';
import type {Window} from '../../domain/window.js';
import {isObject} from '../../lib/json-fields.js';
import {
	accountDaysSql, assumptionsSql, callersSql, callsSql, countedEventsSql, countedGroupsSql, groupedEventsSql, namedEventsSql, regionsSql, sampledRowsSql, usageRowsSql,
} from '../query.js';
import {athenaShape} from './columns.js';
import {type Engine, literalList, type SqlRow, type SqlValue} from './duckdb.js';
import type {KnownFile, LoadedSegment, Segment, StoredFile} from './manifest.js';
import {repeatPaths, rowPaths, rowsSql} from './segment.js';

/** What a store answers about one account and window. */
export type StoreUsage = {
	readonly rows: UsageRow[];
	readonly assumptions: AssumptionRow[];
	readonly accounts: AccountInTrail[];
	readonly days: string[];
	readonly regions: string[];
	readonly elsewhere: AccountInTrail[];
};

function text(value: SqlValue | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function flag(value: SqlValue | undefined): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

function span(row: SqlRow): {readonly count: number; readonly first: string; readonly last: string} {
	return {count: Number(row.eventCount), first: String(row.firstEvent), last: String(row.lastEvent)};
}

function usageRow(row: SqlRow): UsageRow {
	return {
		identityType: text(row.identityType),
		identityArn: text(row.identityArn),
		identityAccount: text(row.identityAccount),
		principalId: text(row.principalId),
		userName: text(row.userName),
		issuerArn: text(row.issuerArn),
		issuerType: text(row.issuerType),
		issuerId: text(row.issuerId),
		recipientAccount: text(row.recipientAccount),
		eventSource: String(row.eventSource),
		eventName: String(row.eventName),
		eventType: text(row.eventType),
		eventCategory: text(row.eventCategory),
		managementEvent: flag(row.managementEvent),
		readOnly: flag(row.readOnly),
		errorCode: text(row.errorCode),
		hasErrorMessage: row.hasErrorMessage === true,
		deniedAction: text(row.deniedAction),
		messageDenies: row.messageDenies === true,
		signInFailed: row.signInFailed === true,
		serviceNamespace: text(row.serviceNamespace),
		clientHost: text(row.clientHost),
		sessionTags: row.sessionTags === true,
		sourceIdentity: row.sourceIdentity === true,
		...span(row),
	};
}

function parametersOf(value: SqlValue | undefined): PolicyChange['parameters'] {
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : null;
		return isObject(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function accountsOf(rows: readonly SqlRow[]): AccountInTrail[] {
	const accounts = new Map<string, AccountInTrail>();
	// The rows come sorted by account and day: a later row never begins earlier nor ends earlier.
	for (const row of rows) {
		const accountId = String(row.account);
		const {count, first, last} = span(row);
		const known = accounts.get(accountId);
		accounts.set(accountId, {accountId, events: (known?.events ?? 0) + count, firstEvent: known?.firstEvent ?? first, lastEvent: last});
	}

	return [...accounts.values()];
}

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
	async run(window: Window, accountId: string): Promise<StoreUsage> {
		if (this.#clean.length + this.#dirty.length === 0) {
			return {rows: [], assumptions: [], accounts: [], days: [], regions: [], elsewhere: []};
		}

		await this.#prepare();
		const days = [window.start.slice(0, 10), window.end.slice(0, 10)];
		const usage = await this.#engine.rows(usageRowsSql('counted_groups'), this.#signal, [...days, accountId, accountId]);
		const assumptions = await this.#engine.rows(assumptionsSql('counted_groups'), this.#signal, days);
		const accountDays = await this.#engine.rows(accountDaysSql('all_groups'), this.#signal, days);
		const regions = await this.#engine.rows(regionsSql('all_groups'), this.#signal, [...days, accountId]);
		const own = accountDays.filter(row => row.account === accountId);
		const everywhere = own.length > 0 ? [] : await this.#engine.rows(accountDaysSql('all_groups'), this.#signal, ['0000-01-01', '9999-12-31']);
		return {
			rows: usage.map(row => usageRow(row)),
			assumptions: assumptions.map(row => ({roleArn: String(row.roleArn), ...span(row)})),
			accounts: accountsOf(accountDays),
			days: own.map(row => String(row.eventDay)),
			regions: regions.map(row => String(row.region)),
			elsewhere: accountsOf(everywhere),
		};
	}

	/** Rows of the named events ("source:name") alone, each with its latest event. Rejects as `run` does. */
	async samples(window: Window, accountId: string, events: readonly string[]): Promise<SampledRow[]> {
		if (!await this.#prepareNamed(window, events)) {
			return [];
		}

		const counted = countedEventsSql('named_events', `(${callersSql('named_events')})`);
		const rows = await this.#engine.rows(sampledRowsSql(`(${counted})`), this.#signal, [accountId, accountId]);
		return rows.map(row => ({
			...usageRow(row),
			sample: {eventId: text(row.sampleId), region: text(row.sampleRegion), sourceAddress: text(row.sampleAddress), userAgent: text(row.sampleAgent)},
		}));
	}

	/** The successful calls of the named events, oldest first. Rejects as `run` does. */
	async calls(window: Window, accountId: string, events: readonly string[]): Promise<PolicyChange[]> {
		if (!await this.#prepareNamed(window, events)) {
			return [];
		}

		const rows = await this.#engine.rows(callsSql('named_events'), this.#signal, [accountId]);
		return rows.map(row => ({
			time: String(row.eventtime),
			eventSource: String(row.eventsource),
			eventName: String(row.eventname),
			actor: text(row.actor),
			eventId: text(row.eventid),
			parameters: parametersOf(row.requestparameters),
		}));
	}

	/** A table `named_events` of the events of that name, each once; false when there can be none. */
	async #prepareNamed(window: Window, events: readonly string[]): Promise<boolean> {
		if (this.#clean.length + this.#dirty.length === 0 || events.length === 0) {
			return false;
		}

		const rest = await this.#rowsWithoutRollup();
		const clean = this.#clean.length > 0 ? [`SELECT * FROM (${this.#rows(this.#clean)}) WHERE keeper IS NULL`] : [];
		const all = athenaShape(`(${[...clean, ...rest === undefined ? [] : [rest]].join(' UNION ALL ')})`);
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
			await this.#run(`CREATE OR REPLACE TEMP TABLE regrouped AS ${groupedEventsSql('regrouped_events')}`);
			groups.push('SELECT * FROM regrouped');
		}

		await this.#run(`CREATE OR REPLACE TEMP VIEW all_groups AS ${groups.join(' UNION ALL ')}`);
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
