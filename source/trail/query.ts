/**
The SQL that every SQL engine runs: the common ground of Trino (Athena) and DuckDB, over Athena's lower-case CloudTrail columns.
A test parses it with Trino's grammar and holds its functions to those that mean the same on both. Values go in as parameters.
*/

/** Event sources under which several services (IAM prefixes) write: only their events are told apart by namespace or host. */
export const sharedSources = [
	'autoscaling', 'billingconsole', 'codewhisperer', 'identitystore', 'iot', 'participant-connect', 'ssm', 'sso', 'sso-directory',
].map(label => `${label}.amazonaws.com`);

/** Not IN: DuckDB joins a longer list instead of comparing. */
const isSharedSource = `(${sharedSources.map(source => `eventsource = '${source}'`).join(' OR ')})`;

export const assumeRoleCalls = '(\'AssumeRole\', \'AssumeRoleWithSAML\', \'AssumeRoleWithWebIdentity\')';

const phrase = 'is not authorized to perform';

/** The error message after "is not authorized to perform: ", or null. */
const afterPhrase = `CASE WHEN strpos(errormessage, '${phrase}: ') > 0 THEN substr(errormessage, strpos(errormessage, '${phrase}: ') + ${phrase.length + 2}) END`;

/** SQL for the part of `text` before the first `mark`, or all of it. */
export function before(text: string, mark: string): string {
	return `CASE WHEN strpos(${text}, '${mark}') > 0 THEN substr(${text}, 1, strpos(${text}, '${mark}') - 1) ELSE ${text} END`;
}

const arn = 'useridentity.arn';
const issuerArn = 'useridentity.sessioncontext.sessionissuer.arn';
const afterSlash = `substr(${arn}, strpos(${arn}, '/') + 1)`;

/** "arn:…:assumed-role/NAME/SESSION" without the session; other ARNs as they are. */
const roleArn = `CASE WHEN strpos(${arn}, ':assumed-role/') > 0 AND strpos(${afterSlash}, '/') > 0
	THEN substr(${arn}, 1, strpos(${arn}, '/') + strpos(${afterSlash}, '/') - 1) ELSE ${arn} END`;

/** The columns by which events are grouped, with their SQL. */
const keys = {
	identityType: 'useridentity.type',
	identityArn: `CASE WHEN nullif(${issuerArn}, '') IS NULL THEN ${roleArn} END`,
	identityAccount: 'useridentity.accountid',
	principalId: before('useridentity.principalid', ':'),
	userName: `CASE WHEN nullif(${issuerArn}, '') IS NULL AND nullif(${arn}, '') IS NULL THEN useridentity.username END`,
	issuerArn,
	issuerType: 'useridentity.sessioncontext.sessionissuer.type',
	issuerId: 'useridentity.sessioncontext.sessionissuer.principalid',
	recipientAccount: 'recipientaccountid',
	eventSource: 'eventsource',
	eventName: 'eventname',
	eventType: 'eventtype',
	eventCategory: 'eventcategory',
	managementEvent: 'managementevent',
	readOnly: 'readonly',
	errorCode: 'errorcode',
	hasErrorMessage: 'nullif(errormessage, \'\') IS NOT NULL',
	deniedAction: `CASE WHEN errormessage IS NOT NULL THEN ${before(`(${afterPhrase})`, ' ')} END`,
	messageDenies: `CASE WHEN errormessage IS NULL THEN false
	ELSE strpos(lower(errormessage), '${phrase}') > 0 OR strpos(lower(errormessage), 'explicit deny') > 0 END`,
	signInFailed: 'CASE WHEN eventsource = \'signin.amazonaws.com\' AND responseelements IS NOT NULL THEN strpos(responseelements, \'"Failure"\') > 0 ELSE false END',
	serviceNamespace: `CASE WHEN requestparameters IS NOT NULL AND ${isSharedSource} THEN json_extract_scalar(requestparameters, '$.serviceNamespace') END`,
	clientHost: `CASE WHEN tlsdetails.clientprovidedhostheader IS NOT NULL AND ${isSharedSource} THEN tlsdetails.clientprovidedhostheader END`,
	sessionTags: 'CASE WHEN eventsource = \'sts.amazonaws.com\' THEN json_extract_scalar(requestparameters, \'$.tags[0].key\') IS NOT NULL ELSE false END',
	sourceIdentity: 'CASE WHEN eventsource = \'sts.amazonaws.com\' THEN json_extract_scalar(requestparameters, \'$.sourceIdentity\') IS NOT NULL ELSE false END',
	assumedRole: `CASE WHEN eventsource = 'sts.amazonaws.com' AND eventname IN ${assumeRoleCalls} THEN json_extract_scalar(requestparameters, '$.roleArn') END`,
	region: 'awsregion',
	guestCall: 'CASE WHEN recipientaccountid <> useridentity.accountid THEN sharedeventid END',
	eventDay: 'substr(eventtime, 1, 10)',
} as const;

/** Names of the columns that `groupedEventsSql` gives before eventCount, firstEvent and lastEvent. */
export const groupKeys = Object.keys(keys);

/** Those of them that make a usage row. */
export const usageKeys = groupKeys.filter(key => !['assumedRole', 'region', 'guestCall', 'eventDay'].includes(key));

/** Those that are flags: an engine that gives texts gives the text of a boolean, or of what the log has in a boolean's place. */
export const flagColumns: ReadonlySet<string> = new Set(['managementEvent', 'readOnly', 'hasErrorMessage', 'messageDenies', 'signInFailed', 'sessionTags', 'sourceIdentity']);

/** SELECT items of the columns that make a usage row, over a relation in Athena's shape. */
export const usageColumns: readonly string[] = Object.entries(keys).filter(([key]) => usageKeys.includes(key)).map(([key, sql]) => `${sql} AS ${key}`);

/** "1, 2, 3" for that many columns. */
export function ordinals(columns: readonly unknown[]): string {
	return columns.map((_, index) => index + 1).join(', ');
}

/** SQL for how many events rows stand for, and for the last time of them. */
export type Measures = {readonly count: string; readonly last: string};

/** A row is an event. */
const eventMeasures: Measures = {count: 'count(*)', last: 'max(eventtime)'};

/**
Groups the events of `relation` (a table, view or parenthesized query in Athena's shape) by identity, event, outcome and UTC day: the
columns of `groupKeys`, then eventCount, firstEvent and lastEvent. `guestCall` is the call of which another account left a record in the
recipient's trail; records without a time, a source or a name are left out. `measures` say how rows are counted that stand for several events.
No parameters.
*/
export function groupedEventsSql(relation: string, {count, last}: Measures = eventMeasures): string {
	return `SELECT ${Object.entries(keys).map(([key, sql]) => `${sql} AS ${key}`).join(',\n\t')},
	${count} AS eventCount, min(eventtime) AS firstEvent, ${last} AS lastEvent
FROM ${relation}
WHERE eventtime IS NOT NULL AND eventsource IS NOT NULL AND eventname IS NOT NULL
GROUP BY ${ordinals(groupKeys)}`;
}

/**
The calls of `relation` that left a record with the caller's own account, where another account may have one too: columns sharedeventid and account.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (sharedEventID)
*/
export function callersSql(relation: string): string {
	return `SELECT DISTINCT sharedeventid, recipientaccountid AS account FROM ${relation}
WHERE sharedeventid IS NOT NULL AND recipientaccountid = useridentity.accountid`;
}

/**
The events of `relation` that count where one call was seen by two accounts: records that share a sharedEventID count once, for the caller.
A record that another account received is left out when `callers` (of {@link callersSql}) says that the caller's own account has its record too.
The join is on equalities alone: with any other condition DuckDB compares each event with each caller.
*/
export function countedEventsSql(relation: string, callers: string): string {
	return `SELECT e.* FROM ${relation} AS e
LEFT JOIN (SELECT DISTINCT sharedeventid, account FROM ${callers}) AS c
	ON c.sharedeventid = e.sharedeventid AND c.account = CASE WHEN e.recipientaccountid <> e.useridentity.accountid THEN e.useridentity.accountid END
WHERE c.sharedeventid IS NULL`;
}

/**
The groups of {@link groupedEventsSql} without the records that {@link countedEventsSql} would leave out: each call of another account is a
group of its own.
*/
export function countedGroupsSql(relation: string, callers: string): string {
	return `SELECT g.* FROM ${relation} AS g
LEFT JOIN (SELECT DISTINCT sharedeventid, account FROM ${callers}) AS c ON c.sharedeventid = g.guestCall AND c.account = g.identityAccount
WHERE c.sharedeventid IS NULL`;
}

/** Names of the columns that {@link packedGroupsSql} gives before oddTime and days. */
export const packedKeys = groupKeys.filter(key => key !== 'guestCall' && key !== 'eventDay');

/** A time in the form that CloudTrail writes: "2026-03-01T10:00:00Z". */
export const hasUsualTime = 'coalesce(eventtime LIKE \'____-__-__T__:__:__Z\' AND strpos(eventtime, \' \') = 0 AND strpos(eventtime, \',\') = 0, false)';

/** The id of a call of which several accounts may have a record; empty where there is none. */
const sharedCall = 'coalesce(CASE WHEN recipientaccountid IS NOT NULL AND useridentity.accountid IS NOT NULL AND strpos(sharedeventid, \' \') = 0 THEN sharedeventid END, \'\')';

/**
All that {@link groupedEventsSql} and {@link callersSql} tell, in few rows and out of one scan: the columns of `packedKeys`, then `oddTime` (null,
or the time as it stands in records whose time has another form than CloudTrail's) and `days`, a list of "DAY COUNT FIRST LAST CALL" (2026-03-01 12
10:00:00 11:30:00 and an id or nothing). `relation` has a column `logday` (YYYY-MM-DD), the day of a record whose own time tells none. Records without
a time, a source or a name are in it too: whoever reads the rows counts them. No parameters.
*/
export function packedGroupsSql(relation: string): string {
	const time = `CASE WHEN ${hasUsualTime} THEN substr(eventtime, 12, 8) END`;
	const columns = Object.entries(keys).filter(([key]) => packedKeys.includes(key));
	const inner = [...columns.map(([key, sql]) => `${sql} AS ${key}`), `CASE WHEN ${hasUsualTime} THEN NULL ELSE coalesce(eventtime, '') END AS oddTime`];
	const grouped = [...inner, `CASE WHEN ${hasUsualTime} THEN substr(eventtime, 1, 10) ELSE logday END AS eventDay`, `${sharedCall} AS sharedCall`];
	return `SELECT ${packedKeys.join(', ')}, oddTime,
	array_agg(eventDay || ' ' || CAST(eventCount AS varchar) || ' ' || firstTime || ' ' || lastTime || ' ' || sharedCall) AS days
FROM (SELECT ${grouped.join(',\n\t')},
	count(*) AS eventCount, coalesce(min(${time}), '') AS firstTime, coalesce(max(${time}), '') AS lastTime
FROM ${relation}
GROUP BY ${ordinals(grouped)}) AS grouped
GROUP BY ${ordinals(inner)}`;
}

/** A page of usage out of grouped rows: who did what how often. Parameters: first day, day after the last (YYYY-MM-DD), account, account. */
export function usageRowsSql(relation: string): string {
	const columns = usageKeys;
	return `SELECT ${columns.join(', ')}, sum(eventCount) AS eventCount, min(firstEvent) AS firstEvent, max(lastEvent) AS lastEvent
FROM ${relation}
WHERE eventDay >= ? AND eventDay < ? AND (identityAccount = ? OR recipientAccount = ?)
GROUP BY ${ordinals(columns)}`;
}

/** Successful assumptions of roles, by role and caller. Parameters: first day, day after the last. */
export function assumptionsSql(relation: string): string {
	return `SELECT assumedRole AS roleArn, coalesce(nullif(issuerArn, ''), nullif(identityArn, '')) AS caller, sum(eventCount) AS eventCount, min(firstEvent) AS firstEvent, max(lastEvent) AS lastEvent
FROM ${relation}
WHERE eventDay >= ? AND eventDay < ? AND nullif(assumedRole, '') IS NOT NULL AND nullif(errorCode, '') IS NULL AND NOT hasErrorMessage
GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Events by receiving account and day. Parameters: first day, day after the last. */
export function accountDaysSql(relation: string): string {
	return `SELECT recipientAccount AS account, eventDay, sum(eventCount) AS eventCount, min(firstEvent) AS firstEvent, max(lastEvent) AS lastEvent
FROM ${relation}
WHERE eventDay >= ? AND eventDay < ? AND nullif(recipientAccount, '') IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Regions of the events that an account received. Parameters: first day, day after the last, account. */
export function regionsSql(relation: string): string {
	return `SELECT DISTINCT region FROM ${relation}
WHERE eventDay >= ? AND eventDay < ? AND recipientAccount = ? AND nullif(region, '') IS NOT NULL ORDER BY 1`;
}

/** Condition for one of `count` events. Parameters: source and name of each. */
function namedEvents(count: number): string {
	return `(${Array.from({length: count}, () => '(eventsource = ? AND eventname = ?)').join(' OR ')})`;
}

/** The events of `relation` with one of `count` names inside a window. Parameters: start, end (instants), source and name of each. */
export function namedEventsSql(relation: string, count: number): string {
	return `SELECT * FROM ${relation} WHERE eventtime >= ? AND eventtime < ? AND ${namedEvents(count)}`;
}

/** A column's value in the latest event; the id makes it one event for all columns. DuckDB's max_by passes over nulls, Trino's does not: there are none. */
function latest(column: string): string {
	return `max_by(coalesce(${column}, ''), eventtime || coalesce(eventid, ''))`;
}

/** Usage rows out of events, each with its latest event as a sample. Parameters: account, account. */
export function sampledRowsSql(relation: string): string {
	return `SELECT ${usageColumns.join(',\n\t')},
	count(*) AS eventCount, min(eventtime) AS firstEvent, max(eventtime) AS lastEvent,
	${latest('eventid')} AS sampleId, ${latest('awsregion')} AS sampleRegion, ${latest('sourceipaddress')} AS sampleAddress, ${latest('useragent')} AS sampleAgent
FROM ${relation}
WHERE useridentity.accountid = ? OR recipientaccountid = ?
GROUP BY ${ordinals(usageKeys)} ORDER BY ${ordinals(usageKeys)}`;
}

/** Successful calls with their parameters, oldest first. Parameter: the account that received them. */
export function callsSql(relation: string): string {
	return `SELECT eventtime, eventsource, eventname, eventid, coalesce(${arn}, useridentity.principalid) AS actor, requestparameters
FROM ${relation}
WHERE recipientaccountid = ? AND nullif(errorcode, '') IS NULL AND nullif(errormessage, '') IS NULL
ORDER BY eventtime, eventid`;
}
