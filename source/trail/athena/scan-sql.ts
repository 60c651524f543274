import {callsSql, hasUsualTime, namedEventsSql, packedGroupsSql, packedKeys, sampledRowsSql} from '../query.js';
import {addDays, foldersOf, rangesOf} from './days.js';
import {bind, identifier, literal} from './literals.js';

/** What a query must know of the table that it asks. */
export type TableShape = {
	readonly database: string;
	readonly table: string;
	/** The partition of accounts; null where the table holds one account or does not tell them apart. */
	readonly account: {readonly column: string; readonly value: string} | null;
	/** How partitions tell the day: one text "2026/03/01" or "2026-03-01", or columns year, month and perhaps day. */
	readonly day: {readonly kind: 'text'; readonly column: string; readonly separator: string} | {readonly kind: 'parts'; readonly hasDay: boolean};
	/** Columns that the table lacks and a query does not need. */
	readonly absent: readonly string[];
	/** Whether tlsdetails tells the host that was called. */
	readonly hasHost: boolean;
};

/** Columns that {@link scanSql} gives. */
export const scanColumns = [...packedKeys, 'oddTime', 'days'] as const;

/** Longest error message that CloudTrail writes, in characters (record contents, errorMessage: "truncated" at 1 KB). */
const messageHead = 1024;

const chinaEnding = '.amazonaws.com.cn';

/** In China some services write their source with another ending; all questions know one. */
const eventSource = `CASE WHEN strpos(eventsource, '${chinaEnding}') > 0 THEN substr(eventsource, 1, strpos(eventsource, '${chinaEnding}') + ${chinaEnding.length - 4}) ELSE nullif(eventsource, '') END`;

/** The folder's day as YYYY-MM-DD. */
function logDay({day}: TableShape): string {
	if (day.kind === 'parts') {
		return `${identifier('year')} || '-' || ${identifier('month')} || '-' || ${day.hasDay ? identifier('day') : '\'01\''}`;
	}

	const column = identifier(day.column);
	return `substr(${column}, 1, 4) || '-' || substr(${column}, 6, 2) || '-' || substr(${column}, 9, 2)`;
}

function or(conditions: readonly string[]): string {
	return `(${conditions.join(' OR ')})`;
}

/** Which folders are read: comparisons of the partition columns with texts, so that the engine leaves all others out. */
function inFolders({day}: TableShape, folders: readonly string[]): string {
	if (day.kind === 'text') {
		const text = (folder: string) => literal(folder.replaceAll('-', day.separator));
		const column = identifier(day.column);
		return or(rangesOf(folders).map(({first, last}) => `(${column} >= ${text(first)} AND ${column} <= ${text(last)})`));
	}

	const months = [...new Set(folders.map(folder => folder.slice(0, 7)))];
	return or(months.map(month => {
		const days = folders.filter(folder => folder.startsWith(month)).map(folder => literal(folder.slice(8)));
		return `("year" = ${literal(month.slice(0, 4))} AND "month" = ${literal(month.slice(5))}${day.hasDay ? ` AND "day" IN (${days.join(', ')})` : ''})`;
	}));
}

/**
The account's events of the given UTC days (YYYY-MM-DD, sorted), each event id once, in Athena's columns and `logday`. Folders are read to a day
after, the time is compared exactly. A record whose time is in no usual form belongs to its folder's day.
*/
export function eventsOfDays(shape: TableShape, days: readonly string[]): string {
	const ranges = rangesOf(days);
	const times = or(ranges.map(({first, last}) => `(eventtime >= ${literal(first)} AND eventtime < ${literal(addDays(last, 1))})`));
	const folderDay = or(ranges.map(({first, last}) => `(${logDay(shape)} >= ${literal(first)} AND ${logDay(shape)} <= ${literal(last)})`));
	const columns = [
		'nullif(eventid, \'\') AS eventid', 'eventtime', `${eventSource} AS eventsource`, 'nullif(eventname, \'\') AS eventname', 'eventtype', 'readonly', 'awsregion', 'errorcode',
		...['eventcategory', 'managementevent'].map(name => shape.absent.includes(name) ? `CAST(NULL AS varchar) AS ${name}` : name),
		`substr(errormessage, 1, ${messageHead}) AS errormessage`, 'recipientaccountid', 'sourceipaddress', 'useragent', 'nullif(sharedeventid, \'\') AS sharedeventid',
		'useridentity', ...shape.hasHost ? ['tlsdetails'] : [], 'requestparameters', 'responseelements',
		`${logDay(shape)} AS logday`,
		'row_number() OVER (PARTITION BY nullif(eventid, \'\')) AS eventcopy',
	];
	const conditions = [
		...shape.account ? [`${identifier(shape.account.column)} = ${literal(shape.account.value)}`] : [],
		inFolders(shape, foldersOf(days)),
		`((${hasUsualTime} AND ${times}) OR (NOT ${hasUsualTime} AND ${folderDay}))`,
	];
	return `(SELECT * FROM (SELECT ${columns.join(',\n\t')}
FROM ${identifier(shape.database)}.${identifier(shape.table)}
WHERE ${conditions.join('\n\tAND ')}) AS found
WHERE eventid IS NULL OR eventcopy = 1) AS events`;
}

/** A table whose tlsdetails does not tell the host has no host to ask for. */
export function withHost(sql: string, {hasHost}: TableShape): string {
	return hasHost ? sql : sql.replaceAll('tlsdetails.clientprovidedhostheader', 'CAST(NULL AS varchar)');
}

/** The one scan that answers for the whole account and the days. */
export function scanSql(shape: TableShape, days: readonly string[]): string {
	return withHost(packedGroupsSql(eventsOfDays(shape, days)), shape);
}

/** Source and name of events ("s3.amazonaws.com:ListBuckets"), one after the other. */
function namesOf(events: readonly string[]): string[] {
	return events.flatMap(event => [event.slice(0, event.indexOf(':')), event.slice(event.indexOf(':') + 1)]);
}

/** Days as the instants before and after them. */
function instants(days: readonly string[]): [string, string] {
	return [days[0] ?? '', addDays(days.at(-1) ?? '', 1)];
}

/** Columns that {@link samplesSql} gives. */
export const sampleColumns = [
	...packedKeys.filter(key => key !== 'assumedRole' && key !== 'region'), 'eventCount', 'firstEvent', 'lastEvent', 'sampleId', 'sampleRegion', 'sampleAddress', 'sampleAgent',
] as const;

/** Rows of the named events of the days, each with its latest event. `repeated` are calls that count for another account's record. */
export function samplesSql(shape: TableShape, days: readonly string[], {events, repeated, accountId}: {readonly events: readonly string[]; readonly repeated: readonly string[]; readonly accountId: string}): string {
	const named = bind(namedEventsSql(eventsOfDays(shape, days), events.length), [...instants(days), ...namesOf(events)]);
	const counted = repeated.length === 0
		? named
		: `SELECT * FROM (${named}) AS named
WHERE NOT (coalesce(recipientaccountid <> useridentity.accountid, false) AND coalesce(sharedeventid IN (${repeated.map(id => literal(id)).join(', ')}), false))`;
	return withHost(bind(sampledRowsSql(`(${counted}) AS counted`), [accountId, accountId]), shape);
}

/** Columns that {@link changesSql} gives. */
export const changeColumns = ['eventtime', 'eventsource', 'eventname', 'eventid', 'actor', 'requestparameters'] as const;

/** The successful calls of the named events that the account received on the days, with their parameters. */
export function changesSql(shape: TableShape, days: readonly string[], {events, accountId}: {readonly events: readonly string[]; readonly accountId: string}): string {
	const named = bind(namedEventsSql(eventsOfDays(shape, days), events.length), [...instants(days), ...namesOf(events)]);
	return bind(callsSql(`(${named}) AS named`), [accountId]);
}
