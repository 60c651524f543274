import type {Engine} from '../files/duckdb.js';
import {countedGroupsSql, packedKeys} from '../query.js';
import {entriesSql, type KeptRows} from './day-cache.js';

/** The time of a record with an odd one, as the files source reads it; null for what is no time. */
const oddInstant = 'CASE WHEN oddTime LIKE \'____-__-__%\' THEN strftime(try_cast(oddTime AS TIMESTAMPTZ) AT TIME ZONE \'UTC\', \'%Y-%m-%dT%H:%M:%SZ\') END';

/** An instant of an entry; null where the calendar has none such. */
function instant(part: number): string {
	const text = `entry[1] || 'T' || entry[${part}] || 'Z'`;
	return `CASE WHEN oddTime IS NOT NULL THEN ${oddInstant} WHEN try_cast(${text} AS TIMESTAMP) IS NOT NULL THEN ${text} END`;
}

/** What is kept where nothing is. */
const nothing: KeptRows = {
	rows: `SELECT ${packedKeys.map(key => `NULL::VARCHAR AS ${key}`).join(', ')}, NULL::VARCHAR AS oddTime, NULL::VARCHAR AS days, 0 AS source WHERE false`,
	days: 'SELECT 0, NULL::VARCHAR WHERE false',
};

/** UTC days "YYYY-MM-DD", the last one exclusive. */
export type DaySpan = {readonly first: string; readonly end: string};

/**
Makes `all_groups`, `counted_groups` and `day_groups` of what is kept, of the events of a span of days alone. Wide rows stay few: days are summed by
the number of their row before anything else is asked of them.
Resolves to the number of records without a valid time, source or name, which are in none of the three.
*/
export async function defineGroups(engine: Engine, kept: KeptRows | undefined, {first, end}: DaySpan, signal: AbortSignal): Promise<number> {
	const {rows, days} = kept ?? nothing;
	const run = async (sql: string) => engine.run(sql, signal);
	await run(`CREATE OR REPLACE TEMP TABLE kept_rows AS SELECT row_number() OVER () AS id, * FROM (${rows})`);
	await run(`CREATE OR REPLACE TEMP TABLE kept_days AS SELECT id, isNamed, isGuest, isCaller, recipientAccount,
		CAST(entry[2] AS BIGINT) AS eventCount, ${instant(3)} AS firstEvent, ${instant(4)} AS lastEvent, nullif(entry[5], '') AS sharedCall
	FROM (SELECT * EXCLUDE (one), string_split(one, ' ') AS entry FROM (
		SELECT id, source, oddTime, recipientAccount, eventSource IS NOT NULL AND eventName IS NOT NULL AS isNamed,
			coalesce(recipientAccount <> identityAccount, false) AS isGuest, coalesce(recipientAccount = identityAccount, false) AS isCaller, unnest(${entriesSql}) AS one
		FROM kept_rows)) AS e
	JOIN (${days}) AS w (source, day) ON w.source = e.source AND w.day = entry[1]`);
	const [counts] = await engine.rows('SELECT sum(eventCount) FILTER (WHERE firstEvent IS NULL OR NOT isNamed) AS timeless, count_if(isGuest AND sharedCall IS NOT NULL) AS guests FROM kept_days', signal);
	const wanted = `firstEvent >= '${first}' AND firstEvent < '${end}' AND isNamed`;
	const guestCall = 'CASE WHEN isGuest THEN sharedCall END AS guestCall';
	await run(`CREATE OR REPLACE TEMP VIEW day_groups AS SELECT r.* EXCLUDE (id, days, oddTime, source), eventCount, firstEvent, lastEvent, ${guestCall}, substr(firstEvent, 1, 10) AS eventDay
		FROM kept_days AS d JOIN kept_rows AS r ON r.id = d.id WHERE ${wanted}`);
	await run(`CREATE OR REPLACE TEMP TABLE all_groups AS SELECT r.* EXCLUDE (id, days, oddTime, source), s.* EXCLUDE (id) FROM (
		SELECT id, ${guestCall}, CAST(sum(eventCount) AS BIGINT) AS eventCount, min(firstEvent) AS firstEvent, max(lastEvent) AS lastEvent, min(substr(firstEvent, 1, 10)) AS eventDay
		FROM kept_days WHERE ${wanted} GROUP BY 1, 2) AS s JOIN kept_rows AS r ON r.id = s.id`);
	await run('CREATE OR REPLACE TEMP VIEW callers AS SELECT DISTINCT sharedCall AS sharedeventid, recipientAccount AS account FROM kept_days WHERE isCaller AND sharedCall IS NOT NULL');
	await run(`CREATE OR REPLACE TEMP VIEW counted_groups AS ${Number(counts?.guests) > 0 ? countedGroupsSql('all_groups', 'callers') : 'SELECT * FROM all_groups'}`);
	return Number(counts?.timeless ?? 0);
}

/** Calls that another account received and that do not count, because the caller's own account has their record too. */
export async function repeatedCalls(engine: Engine, signal: AbortSignal): Promise<string[]> {
	const rows = await engine.rows('SELECT DISTINCT g.guestCall AS id FROM all_groups AS g JOIN callers AS c ON c.sharedeventid = g.guestCall AND c.account = g.identityAccount ORDER BY 1', signal);
	return rows.map(({id}) => String(id));
}
