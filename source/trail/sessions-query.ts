/**
SQL that tells who was behind the sessions of roles: over Athena's lower-case CloudTrail columns, in the common ground of Trino and DuckDB
(see query.ts). Each function takes names of relations and gives one SELECT; an engine may put each into a table, or nest them.
*/
import {assumeRoleCalls, ordinals, usageColumns, usageKeys} from './query.js';

/** Roles that a chain of sessions is followed back through. */
export const longestChain = 8;

const issuerArn = 'useridentity.sessioncontext.sessionissuer.arn';

/** SQL for the part of `text` after the first `mark`; null where it has none. */
function after(text: string, mark: string): string {
	return `CASE WHEN strpos(${text}, '${mark}') > 0 THEN substr(${text}, strpos(${text}, '${mark}') + 1) END`;
}

/** Whose call it was, as columns of a call. */
const caller = {
	callerType: 'useridentity.type',
	callerArn: `coalesce(nullif(${issuerArn}, ''), nullif(useridentity.arn, ''))`,
	callerAccount: 'useridentity.accountid',
	callerSession: after('useridentity.principalid', ':'),
	callerName: 'useridentity.username',
	callerService: 'useridentity.invokedby',
	callerKey: 'nullif(useridentity.accesskeyid, \'\')',
} as const;

const callerColumns = Object.keys(caller);

/**
Session names that a machine makes, each a pattern that takes the place of the names it matches: a role that a fleet of machines assumes has as
many names as sessions. Instance ids (IAM user guide, "IAM roles for Amazon EC2"), the SDKs' own names, and names that hold a UUID or a long number.
*/
const machineNames: ReadonlyArray<readonly [pattern: string, folded: string]> = [
	['^i-[0-9a-f]{8,17}$', 'i-*'],
	['^botocore-session-[0-9]+$', 'botocore-session-*'],
	['^aws-sdk-(js|java|dotnet|go|php|cpp)-?[0-9a-zA-Z-]*[0-9]{6,}[0-9a-zA-Z-]*$', 'aws-sdk-*'],
	['^[0-9]{10,}$', '(number)'],
	['^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$', '(uuid)'],
	['^[0-9a-fA-F]{24,64}$', '(hex)'],
];

/** Ends that a machine counted, each with its length: an instant in seconds, milli-, micro- or nanoseconds, a UUID, a hash. What stands before it is kept. */
const machineEnds: ReadonlyArray<readonly [pattern: string, length: number]> = [
	...[10, 13, 16, 19].map(length => [`[^0-9][0-9]{${length}}$`, length] as const),
	['[^0-9a-fA-F][0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$', 36],
	['[^0-9a-fA-F][0-9a-fA-F]{32}$', 32],
];

/** SQL for a session name in which what a machine made is folded, so that it stands for all names of its kind; people's names stay. */
export function foldedName(name: string): string {
	return `CASE WHEN NOT regexp_like(${name}, '[0-9a-fA-F]{6}') THEN ${name}
	${machineNames.map(([pattern, folded]) => `WHEN regexp_like(${name}, '${pattern}') THEN '${folded}'`).join('\n\t')}
	${machineEnds.map(([pattern, length]) => `WHEN regexp_like(${name}, '${pattern}') THEN substr(${name}, 1, length(${name}) - ${length}) || '*'`).join('\n\t')}
	ELSE ${name} END`;
}

const parameter = (name: string): string => `json_extract_scalar(requestparameters, '$.${name}')`;

const newKey = 'json_extract_scalar(responseelements, \'$.credentials.accessKeyId\')';

/** What a record of a call that opens sessions tells. Records of one call share `call`. */
const callColumns = {
	call: `coalesce(nullif(sharedeventid, ''), nullif(eventid, ''), ${newKey}, eventtime)`,
	isShared: 'nullif(sharedeventid, \'\') IS NOT NULL',
	recipient: 'recipientaccountid',
	calledAt: 'eventtime',
	roleArn: parameter('roleArn'),
	sessionName: parameter('roleSessionName'),
	sessionIdentity: `coalesce(${parameter('sourceIdentity')}, useridentity.sessioncontext.sourceidentity)`,
	sessionKey: newKey,
	sourceAddress: 'sourceipaddress',
	...caller,
} as const;

const opensSession = `eventsource = 'sts.amazonaws.com' AND eventname IN ${assumeRoleCalls} AND nullif(errorcode, '') IS NULL AND nullif(errormessage, '') IS NULL`;

/** What an event in a role's session tells, beside its usage row. `deedCall` is the call of which several accounts may have a record. */
const deedColumns = {
	deedKey: 'useridentity.accesskeyid',
	deedName: after('useridentity.principalid', ':'),
	deedDay: 'substr(eventtime, 1, 10)',
	deedIdentity: 'useridentity.sessioncontext.sourceidentity',
	deedCall: 'nullif(sharedeventid, \'\')',
} as const;

/** Parameters: the role's ARN, the length of the next, the ARN of its sessions up to their names. */
const inRole = `(${issuerArn} = ? OR nullif(${issuerArn}, '') IS NULL AND substr(useridentity.arn, 1, CAST(? AS INTEGER)) = ?)`;

const selected = (columns: Readonly<Record<string, string>>): string => Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`).join(',\n\t');

/** Records of successful calls that open sessions of roles. Parameters: first instant, instant after the last. */
export function callRecordsSql(relation: string): string {
	return `SELECT ${selected(callColumns)}
FROM ${relation}
WHERE ${opensSession} AND eventtime >= ? AND eventtime < ?`;
}

/** Events in a role's sessions, each a group of one. Parameters: first instant, instant after the last, the role's ARN, the length of the next, the ARN of its sessions up to their names. */
export function deedsSql(relation: string): string {
	return `SELECT ${selected(deedColumns)},
	${usageColumns.join(',\n\t')},
	1 AS records, eventtime AS firstEvent, eventtime AS lastEvent
FROM ${relation}
WHERE eventtime >= ? AND eventtime < ? AND eventsource IS NOT NULL AND eventname IS NOT NULL AND ${inRole}`;
}

/** Columns that {@link sessionScanSql} gives. */
export const sessionScanColumns = ['isCall', 'isDeed', ...Object.keys(callColumns), ...Object.keys(deedColumns), ...usageKeys, 'records', 'firstEvent', 'lastEvent'];

/**
All that {@link callRecordsSql} and {@link deedsSql} tell, out of one scan, for an engine that is paid by the scan: calls (`isCall`) one by one, deeds
(`isDeed`) grouped by session and day. Parameters: the role's ARN, the length of the next, the ARN of its sessions up to their names, the instant from
which deeds count, first instant, instant after the last.
*/
export function sessionScanSql(relation: string): string {
	const only = (flag: string, columns: Readonly<Record<string, string>>): string => Object.entries(columns).map(([name, sql]) => `CASE WHEN ${flag} THEN ${sql} END AS ${name}`).join(',\n\t');
	return `SELECT isCall, isDeed, ${only('isCall', callColumns)},
	${only('isDeed', deedColumns)},
	${usageColumns.join(',\n\t')},
	count(*) AS records, min(eventtime) AS firstEvent, max(eventtime) AS lastEvent
FROM (SELECT *, coalesce(${opensSession}, false) AS isCall, coalesce(${inRole} AND eventtime >= ?, false) AS isDeed
	FROM ${relation} WHERE eventtime >= ? AND eventtime < ? AND eventsource IS NOT NULL AND eventname IS NOT NULL) AS r
WHERE isCall OR isDeed
GROUP BY ${ordinals(sessionScanColumns.slice(0, -3))}`;
}

/**
The assumptions of roles, one row a call: whose it was, under which name, and the access key that it gave. Records that share a
sharedEventID are one call: the caller's own account knows the caller, the role's account may know it by its account alone.
`linked` is true where the caller is known from another account's record. `records` are rows of {@link callRecordsSql}.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (sharedEventID)
*/
export function roleCallsSql(records: string): string {
	const kept = ['call', 'roleArn', 'sessionKey', 'sessionName', 'sessionIdentity', 'sourceAddress', 'calledAt', ...callerColumns];
	const account = 'substr(roleArn, strpos(roleArn, \'::\') + 2, 12)';
	return `SELECT ${kept.join(', ')}, false AS linked FROM ${records} WHERE NOT isShared AND nullif(roleArn, '') IS NOT NULL
UNION ALL SELECT ${kept.join(', ')}, recipient <> ${account} AND callerArn IS NOT NULL AND records > 1 AS linked
FROM (SELECT call, roleArn, recipient, calledAt, sessionName, sessionIdentity, sourceAddress, ${callerColumns.join(', ')},
	max(sessionKey) OVER (PARTITION BY call) AS sessionKey, count(*) OVER (PARTITION BY call) AS records,
	row_number() OVER (PARTITION BY call ORDER BY CASE WHEN callerArn IS NULL THEN 1 ELSE 0 END, recipient, calledAt) AS place
	FROM ${records} WHERE isShared AND nullif(roleArn, '') IS NOT NULL) AS b
WHERE place = 1`;
}

/** Columns that say where a chain of sessions began. */
const originColumns = ['originType', 'originArn', 'originAccount', 'originName', 'originService', 'originRole', 'originFolded', 'via'] as const;

/** What tells openings of one role apart; of the same of these are one origin. */
const openingColumns = [...originColumns, 'sessionFolded', 'sessionIdentity', 'linked'] as const;

/** Calls whose sessions opened others, each key once, out of rows of {@link roleCallsSql}: few, where most sessions only work. */
export function parentsSql(calls: string): string {
	return `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY sessionKey ORDER BY call) AS copy FROM ${calls}
	WHERE sessionKey IN (SELECT callerKey FROM ${calls} WHERE callerKey IS NOT NULL)) AS k
WHERE copy = 1`;
}

/**
The openings of one role's sessions, each with its origin: where the caller was a session of a role itself, whoever opened that one, and
so on, at most {@link longestChain} roles back. `via` holds the ARNs of the roles between, the last first, each before a space.
`originRole` is the first role of the chain, where it is one of IAM Identity Center; `originFolded` the name of its session,
and where the first caller is a role's session that no call in the log opened, its own name. Lambda names a session after its function: those are one line, too.
`calls` are rows of {@link roleCallsSql}, `parents` of {@link parentsSql}. Parameter: the role's ARN.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
*/
export function openingsSql(calls: string, parents: string): string {
	const levels = Array.from({length: longestChain}, (_, level) => level);
	const deepest = (column: (level: number) => string): string => `CASE ${levels.slice(1).toReversed().map(level => `WHEN c${level}.call IS NOT NULL THEN ${column(level)}`).join(' ')} ELSE ${column(0)} END`;
	const joins = levels.slice(1).map(level => `LEFT JOIN ${parents} AS c${level} ON c${level}.sessionKey = c${level - 1}.callerKey AND c${level}.calledAt <= c${level - 1}.calledAt AND c${level}.call <> c${level - 1}.call`);
	const via = levels.slice(1).map(level => `coalesce(c${level}.roleArn || ' ', '')`).join(' || ');
	const kept = ['sessionKey', 'sessionName', 'sourceAddress', 'calledAt'];
	return `SELECT ${[...kept, ...openingColumns].join(', ')}
FROM (SELECT ${[...kept, ...openingColumns.filter(column => !column.endsWith('Folded'))].join(', ')}, ${foldedName('originSession')} AS originFolded,
	CASE WHEN originService = 'lambda.amazonaws.com' AND via = '' THEN '(function)' ELSE ${foldedName('sessionName')} END AS sessionFolded
	FROM (SELECT c0.sessionKey, c0.sessionName, c0.sessionIdentity, c0.sourceAddress, c0.calledAt, c0.linked,
		${deepest(level => `c${level}.callerType`)} AS originType,
		${deepest(level => `c${level}.callerArn`)} AS originArn,
		${deepest(level => `c${level}.callerAccount`)} AS originAccount,
		${deepest(level => `c${level}.callerName`)} AS originName,
		${deepest(level => `c${level}.callerService`)} AS originService,
		${deepest(level => `CASE WHEN strpos(c${level}.roleArn, '/AWSReservedSSO_') > 0 THEN c${level}.roleArn END`)} AS originRole,
		${deepest(level => `CASE WHEN c${level}.callerType IN ('AssumedRole', 'AWSAccount') THEN c${level}.callerSession ELSE c${level}.sessionName END`)} AS originSession,
		${via} AS via
		FROM ${calls} AS c0
		${joins.join('\n\t\t')}
		WHERE c0.roleArn = ?) AS o) AS f`;
}

/**
Who opened sessions of the role, out of rows of {@link openingsSql}: the columns of an origin, how often, first and last. Openings before the window
count only where their session was used in it, which the events tell. Parameter: the window's first instant.
*/
export function openersSql(openings: string): string {
	return `SELECT row_number() OVER (ORDER BY ${openingColumns.join(', ')}) AS origin, *
FROM (SELECT ${openingColumns.join(', ')}, count_if(calledAt >= ?) AS assumed, min(calledAt) AS firstOpened, max(calledAt) AS lastOpened
	FROM ${openings} GROUP BY ${ordinals(openingColumns)}) AS g`;
}

/** Openings with the numbers of their origins; `openers` are rows of {@link openersSql}. */
export function numberedSql(openings: string, openers: string): string {
	return `SELECT o.sessionKey, o.sessionName, o.sourceAddress, o.calledAt, n.origin
FROM ${openings} AS o JOIN ${openers} AS n ON ${openingColumns.map(column => `n.${column} IS NOT DISTINCT FROM o.${column}`).join(' AND ')}`;
}

/** Addresses from which most sessions of each origin were opened, at most `most` an origin, out of rows of {@link numberedSql}. */
export function openerAddressesSql(openings: string, most: number): string {
	return `SELECT origin, sourceAddress FROM (SELECT origin, sourceAddress, row_number() OVER (PARTITION BY origin ORDER BY opened DESC, sourceAddress) AS place
	FROM (SELECT origin, sourceAddress, count(*) AS opened FROM ${openings} WHERE nullif(sourceAddress, '') IS NOT NULL GROUP BY 1, 2) AS a) AS b
WHERE place <= ${most} ORDER BY origin, place`;
}

/**
Names under which the role's sessions were opened by one origin alone on a day or the day before, out of rows of {@link numberedSql}: columns
sessionName, day, origin. A session lives twelve hours at most.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html (maximum session duration)
*/
export function namedOriginsSql(openings: string): string {
	const dayAfter = 'substr(CAST(try_cast(substr(calledAt, 1, 10) AS DATE) + INTERVAL \'1\' DAY AS VARCHAR), 1, 10)';
	return `SELECT sessionName, day, min(origin) AS origin
FROM (SELECT sessionName, substr(calledAt, 1, 10) AS day, origin FROM ${openings}
	UNION ALL SELECT sessionName, ${dayAfter} AS day, origin FROM ${openings}) AS n
WHERE sessionName IS NOT NULL GROUP BY 1, 2 HAVING min(origin) = max(origin)`;
}

/** Keys that sessions were opened with, out of rows of {@link numberedSql}: columns sessionKey, origin. */
export function keyOriginsSql(openings: string): string {
	return `SELECT sessionKey, min(origin) AS origin FROM ${openings} WHERE sessionKey IS NOT NULL GROUP BY 1`;
}

/**
What was done in the role's sessions, by origin: `origin` of the opening with the session's access key, else (`inferred`) of the only one that
opened sessions of that name then, else null with the session's own folded name. Then the columns of a usage row, eventCount, firstEvent, lastEvent.
`deeds` are rows of {@link deedsSql}, `keys` and `names` of {@link keyOriginsSql} and {@link namedOriginsSql}.
*/
export function sessionEventsSql(deeds: string, keys: string, names: string): string {
	const columns = ['origin', 'inferred', 'sessionFolded', 'sessionIdentity'];
	const unknown = 'k.origin IS NULL AND n.origin IS NULL';
	return `SELECT origin, inferred, ${foldedName('sessionName')} AS sessionFolded, sessionIdentity, ${usageKeys.join(', ')},
	sum(records) AS eventCount, min(firstEvent) AS firstEvent, max(lastEvent) AS lastEvent
FROM (SELECT coalesce(k.origin, n.origin) AS origin, k.origin IS NULL AS inferred,
	CASE WHEN ${unknown} THEN e.deedName END AS sessionName,
	CASE WHEN ${unknown} THEN e.deedIdentity END AS sessionIdentity,
	${usageKeys.map(key => `e.${key}`).join(', ')}, e.records, e.firstEvent, e.lastEvent
FROM ${deeds} AS e
LEFT JOIN ${keys} AS k ON k.sessionKey = e.deedKey
LEFT JOIN ${names} AS n ON n.sessionName = CASE WHEN k.origin IS NULL THEN e.deedName END AND n.day = e.deedDay) AS g
GROUP BY ${ordinals([...columns, ...usageKeys])}`;
}
