import type {EventSample, SampledRow} from '../../domain/evidence.js';
import type {UsageRow} from '../../domain/usage.js';
import type {Window} from '../../domain/window.js';
import type {Engine, SqlRow} from '../files/duckdb.js';
import {flagColumns} from '../query.js';
import type {ResultRow} from '../row-file.js';

const booleans: ReadonlyMap<string, boolean> = new Map([['true', true], ['false', false]]);

/** A row of Athena's texts with its columns' names and types. */
export function typed(columns: readonly string[], row: ResultRow): SqlRow {
	return Object.fromEntries(columns.map((column, index) => {
		const value = row[index] ?? null;
		return [column, flagColumns.has(column) ? booleans.get((value ?? '').toLowerCase()) ?? null : value];
	}));
}

const nothing: EventSample = {eventId: null, region: null, sourceAddress: null, userAgent: null};

/** What makes two rows one group. */
function keyOf({count: _count, first: _first, last: _last, ...key}: UsageRow): string {
	return JSON.stringify(Object.entries(key).toSorted(([a], [b]) => Number(a > b) - Number(a < b)));
}

/** Puts to each row the latest event that was found for its group; `found` counts only the days that were asked. */
export function withSamples(rows: readonly UsageRow[], found: readonly SampledRow[]): SampledRow[] {
	const samples = new Map<string, SampledRow[]>();
	for (const {sample, ...row} of found) {
		const key = keyOf(row);
		samples.set(key, [...samples.get(key) ?? [], {...row, sample}]);
	}

	return rows.map(row => {
		const group = samples.get(keyOf(row)) ?? [];
		return {...row, sample: (group.find(({last}) => last === row.last) ?? group[0])?.sample ?? nothing};
	});
}

/** The days of the window on which the account received a successful call of one of the events, out of `day_groups`. */
export async function daysOfCalls(engine: Engine, {window, events, accountId}: {readonly window: Window; readonly events: readonly string[]; readonly accountId: string}, signal: AbortSignal): Promise<string[]> {
	const names = events.map(() => 'eventSource || \':\' || eventName = ?').join(' OR ');
	const rows = await engine.rows(
		`SELECT DISTINCT eventDay FROM day_groups WHERE eventDay >= ? AND eventDay < ? AND recipientAccount = ? AND nullif(errorCode, '') IS NULL AND NOT hasErrorMessage AND (${names}) ORDER BY 1`,
		signal,
		[window.start.slice(0, 10), window.end.slice(0, 10), accountId, ...events],
	);
	return rows.map(({eventDay}) => String(eventDay));
}
