import type {Engine} from '../files/duckdb.js';
import {countedGroupsSql, packedKeys} from '../query.js';

/** The time of a record with an odd one, as the files source reads it; null for what is no time. */
const oddInstant = 'CASE WHEN oddTime LIKE \'____-__-__%\' THEN strftime(try_cast(oddTime AS TIMESTAMPTZ) AT TIME ZONE \'UTC\', \'%Y-%m-%dT%H:%M:%SZ\') END';

/** An instant of a usual entry; null where the calendar has none such. */
function instant(part: number): string {
	const text = `entry[1] || 'T' || entry[${part}] || 'Z'`;
	return `CASE WHEN oddTime IS NOT NULL THEN ${oddInstant} WHEN try_cast(${text} AS TIMESTAMP) IS NOT NULL THEN ${text} END`;
}

/** A relation of no rows in the shape of grouped events. */
const noGroups = `SELECT ${packedKeys.map(key => `NULL::VARCHAR AS ${key}`).join(', ')}, NULL::VARCHAR AS oddTime, NULL::VARCHAR[] AS entry WHERE false`;

/**
Makes `all_groups` and `counted_groups` of what is kept (SQL of DayCache.rowsSql), in the shape of groupedEventsSql and countedGroupsSql.
Resolves to the number of records without a valid time, source or name, which are in neither.
*/
export async function defineGroups(engine: Engine, rows: string | undefined, signal: AbortSignal): Promise<number> {
	await engine.run(`CREATE OR REPLACE TEMP TABLE kept_groups AS SELECT ${packedKeys.join(', ')},
		CAST(entry[2] AS BIGINT) AS eventCount, ${instant(3)} AS firstEvent, ${instant(4)} AS lastEvent, nullif(entry[5], '') AS sharedCall FROM (${rows ?? noGroups})`, signal);
	const timeless = 'firstEvent IS NULL OR eventSource IS NULL OR eventName IS NULL';
	await engine.run(`CREATE OR REPLACE TEMP VIEW all_groups AS SELECT * EXCLUDE (sharedCall),
		CASE WHEN recipientAccount <> identityAccount THEN sharedCall END AS guestCall, substr(firstEvent, 1, 10) AS eventDay FROM kept_groups WHERE NOT (${timeless})`, signal);
	const [counts] = await engine.rows(`SELECT sum(eventCount) FILTER (WHERE ${timeless}) AS timeless, count_if(sharedCall IS NOT NULL AND recipientAccount <> identityAccount) AS guests FROM kept_groups`, signal);
	await engine.run(`CREATE OR REPLACE TEMP VIEW callers AS SELECT DISTINCT sharedCall AS sharedeventid, recipientAccount AS account
		FROM kept_groups WHERE sharedCall IS NOT NULL AND recipientAccount = identityAccount`, signal);
	await engine.run(`CREATE OR REPLACE TEMP VIEW counted_groups AS ${Number(counts?.guests) > 0 ? countedGroupsSql('all_groups', 'callers') : 'SELECT * FROM all_groups'}`, signal);
	return Number(counts?.timeless ?? 0);
}

/** Calls that another account received and that do not count, because the caller's own account has their record too. */
export async function repeatedCalls(engine: Engine, signal: AbortSignal): Promise<string[]> {
	const rows = await engine.rows('SELECT DISTINCT g.guestCall AS id FROM all_groups AS g JOIN callers AS c ON c.sharedeventid = g.guestCall AND c.account = g.identityAccount ORDER BY 1', signal);
	return rows.map(({id}) => String(id));
}
