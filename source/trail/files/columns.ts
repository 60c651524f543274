import {type Measures, ordinals, sharedSources} from '../query.js';
import {literal, literalList} from './duckdb.js';

/**
Event sources whose request parameters are kept whole: later questions (who assumed what, who changed which policy) read them.
*/
const wholeParameters = ['sts.amazonaws.com', 'iam.amazonaws.com', 'sso.amazonaws.com', 'organizations.amazonaws.com'];

/** Longest error message that CloudTrail writes, in characters (record contents, errorMessage: "truncated" at 1 KB). */
const messageHead = 1024;

/**
The record fields that are read, as DuckDB's types. Texts are VARCHAR whatever the log says, so that no odd value breaks a file;
everything whose shape is a service's own is JSON.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
*/
const recordFields = {
	eventID: 'VARCHAR',
	eventTime: 'VARCHAR',
	eventSource: 'VARCHAR',
	eventName: 'VARCHAR',
	eventCategory: 'VARCHAR',
	eventType: 'VARCHAR',
	readOnly: 'VARCHAR',
	managementEvent: 'VARCHAR',
	awsRegion: 'VARCHAR',
	errorCode: 'VARCHAR',
	errorMessage: 'VARCHAR',
	recipientAccountId: 'VARCHAR',
	sourceIPAddress: 'VARCHAR',
	userAgent: 'VARCHAR',
	sharedEventID: 'VARCHAR',
	userIdentity: {
		type: 'VARCHAR',
		arn: 'VARCHAR',
		userName: 'VARCHAR',
		principalId: 'VARCHAR',
		accountId: 'VARCHAR',
		accessKeyId: 'VARCHAR',
		invokedBy: 'VARCHAR',
		sessionContext: {
			sourceIdentity: 'VARCHAR',
			sessionIssuer: {arn: 'VARCHAR', type: 'VARCHAR', principalId: 'VARCHAR'},
		},
	},
	tlsDetails: {clientProvidedHostHeader: 'VARCHAR'},
	requestParameters: 'JSON',
	responseElements: 'JSON',
} as const;

/** A field's type: a DuckDB scalar type, or the fields of an object. */
export type FieldShape = 'VARCHAR' | 'JSON' | {readonly [name: string]: FieldShape};

/** The fields of a record that the store reads; the plain reader brings odd values into this shape. */
export const recordShape: Readonly<Record<string, FieldShape>> = recordFields;

function typeOf(shape: FieldShape): string {
	return typeof shape === 'string' ? shape : `STRUCT(${Object.entries(shape).map(([name, field]) => `"${name}" ${typeOf(field)}`).join(', ')})`;
}

/** Largest JSON document that DuckDB reads, in bytes; larger files go to the plain reader. */
export const maximumObjectSize = 64 * 1024 * 1024;

/** An instant as "YYYY-MM-DDTHH:MM:SSZ"; null for what is none. The usual form is passed through, all others are converted. */
const eventTime = `CASE
	WHEN r.eventTime LIKE '____-__-__T__:__:__Z' AND try_cast(r.eventTime AS TIMESTAMP) IS NOT NULL THEN r.eventTime
	WHEN r.eventTime LIKE '____-__-__%' THEN strftime(try_cast(r.eventTime AS TIMESTAMPTZ) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')
END`;

/** In China some services write their source with another ending; all questions know one. */
const eventSource = 'CASE WHEN suffix(r.eventSource, \'.cn\') THEN replace(r.eventSource, \'.amazonaws.com.cn\', \'.amazonaws.com\') ELSE nullif(r.eventSource, \'\') END';

/** Not IN: DuckDB joins a longer list instead of comparing, and then does not know how far it is. */
function isSource(sources: readonly string[]): string {
	return sources.flatMap(source => [source, `${source}.cn`]).map(source => `r.eventSource = ${literal(source)}`).join(' OR ');
}

/**
Fields that take few values together, and where each comes from in a record `r`. They are kept as one text: a column costs every row the same, whatever
it holds, and events are grouped by one text much faster than by many. Empty is taken as absent.
*/
const contextFields: ReadonlyArray<readonly [name: string, sql: string]> = [
	['eventcategory', 'r.eventCategory'],
	['eventtype', 'r.eventType'],
	['readonly', 'r.readOnly'],
	['managementevent', 'r.managementEvent'],
	['awsregion', 'r.awsRegion'],
	['errorcode', 'r.errorCode'],
	['recipientaccountid', 'r.recipientAccountId'],
	['identitytype', 'r.userIdentity."type"'],
	['username', 'r.userIdentity.userName'],
	['accountid', 'r.userIdentity.accountId'],
	['invokedby', 'r.userIdentity.invokedBy'],
	['issuerarn', 'r.userIdentity.sessionContext.sessionIssuer.arn'],
	['issuertype', 'r.userIdentity.sessionContext.sessionIssuer."type"'],
	['issuerid', 'r.userIdentity.sessionContext.sessionIssuer.principalId'],
	['clienthost', `CASE WHEN ${isSource(sharedSources)} THEN r.tlsDetails.clientProvidedHostHeader END`],
];

/** Stands between the fields of a context: U+001F, the unit separator. */
export const contextSeparator = '\u001F';

const separatorSql = 'chr(31)';

/** Condition for a context in which a field holds a separator itself, so that it cannot be taken apart. */
export const isTornContext = `length(context) - length(replace(context, ${separatorSql}, '')) <> ${contextFields.length - 1}`;

/** Columns of a segment and where each comes from in a record `r`, whose event id as a UUID is `uuid`. */
const projection: ReadonlyArray<readonly [name: string, sql: string]> = [
	// A UUID takes 16 bytes where its text takes 36; an id of another form is kept as text and compared by its hash.
	['eventid', 'coalesce(uuid, CAST(md5(nullif(r.eventID, \'\')) AS UUID))'],
	['eventidtext', 'CASE WHEN uuid IS NULL THEN nullif(r.eventID, \'\') END'],
	['eventtime', eventTime],
	['eventsource', eventSource],
	['eventname', 'nullif(r.eventName, \'\')'],
	['context', `concat(${contextFields.map(([, sql]) => sql).join(`, ${separatorSql}, `)})`],
	['errormessage', `substr(r.errorMessage, 1, ${messageHead})`],
	['sourceipaddress', 'r.sourceIPAddress'],
	['useragent', 'r.userAgent'],
	['sharedeventid', 'nullif(r.sharedEventID, \'\')'],
	['identityarn', 'nullif(r.userIdentity.arn, \'\')'],
	['principalid', 'r.userIdentity.principalId'],
	['accesskeyid', 'r.userIdentity.accessKeyId'],
	['sourceidentity', 'r.userIdentity.sessionContext.sourceIdentity'],
	['requestparameters', `CASE
		WHEN ${isSource(wholeParameters)} THEN r.requestParameters::VARCHAR
		WHEN (${isSource(sharedSources)}) AND json_exists(r.requestParameters, '$.serviceNamespace')
			THEN json_object('serviceNamespace', json_extract_string(r.requestParameters, '$.serviceNamespace'))::VARCHAR
	END`],
	['responseelements', `CASE
		WHEN ${isSource(['signin.amazonaws.com'])} THEN r.responseElements::VARCHAR
		WHEN ${isSource(['sts.amazonaws.com'])} AND r.responseElements IS NOT NULL
			THEN json_object('credentials', json_object('accessKeyId', json_extract_string(r.responseElements, '$.credentials.accessKeyId')))::VARCHAR
	END`],
];

/** DuckDB reads into a buffer of twice the largest document: one that fits the files is kept from file to file, a larger one is mapped anew for each. */
function objectSize(documentSize: number): number {
	const smallest = 1024 * 1024;
	return Math.min(maximumObjectSize, Math.max(smallest, 2 ** Math.ceil(Math.log2(documentSize + 1))));
}

/**
SQL that reads CloudTrail files and gives a segment's rows. `paths` must exist and be free of glob characters; the row's `file`
is `firstNumber` plus the file's place in `paths`. `documentSize` is the size of the largest file's JSON in bytes; a larger one is an error that names
the file. The columns are declared, and that each document is an object of them, or DuckDB would read 32 files beforehand to find out. A document without Records gives one row of nulls, so that nothing is lost unseen: two
lists that are unnested side by side give as many rows as the longer.
*/
export function readFilesSql(paths: readonly string[], firstNumber: number, documentSize: number): string {
	const columns = projection.map(([name, sql]) => `${sql} AS ${name}`).join(',\n');
	return `SELECT (${firstNumber} + file_index)::INTEGER AS file, NULL::INTEGER AS keeper, ${columns}
FROM (SELECT *, try_cast(r.eventID AS UUID) AS uuid FROM (
	SELECT unnest(Records) AS r, unnest(CASE WHEN Records IS NULL THEN [true] END) AS no_records, file_index
	FROM read_json(${literalList(paths)}, format = 'newline_delimited', columns = {Records: ${literal(typeOf(recordFields) + '[]')}},
		auto_detect = false, records = true, hive_partitioning = false, maximum_object_size = ${objectSize(documentSize)})
))`;
}

/** A relation of segment rows with the fields of their contexts as columns. */
function unpacked(relation: string): string {
	const fields = contextFields.map(([name], index) => `nullif(fields[${index + 1}], '') AS ${name}`);
	return `(SELECT *, ${fields.join(', ')} FROM (SELECT *, string_split(context, ${separatorSql}) AS fields FROM ${relation}))`;
}

/** What `callersSql` asks of a relation of segment rows. DuckDB fills a struct whole: all of an identity would be read for one field of it. */
export function callShape(relation: string): string {
	return `SELECT sharedeventid, recipientaccountid, struct_pack(accountid := accountid) AS useridentity FROM ${unpacked(relation)}`;
}

/** Athena's lower-case CloudTrail columns over a relation of segment rows, and the relation's own columns that are named in `more`. */
export function athenaShape(relation: string, more: readonly string[] = []): string {
	const columns = ['eventtime', 'eventsource', 'eventname', 'eventcategory', 'eventtype', 'awsregion', 'errorcode', 'errormessage', 'recipientaccountid',
		'sourceipaddress', 'useragent', 'sharedeventid', 'requestparameters', 'responseelements', ...more];
	return `SELECT coalesce(eventidtext, CAST(eventid AS VARCHAR)) AS eventid, ${columns.join(', ')},
	try_cast(readonly AS BOOLEAN) AS readonly, try_cast(managementevent AS BOOLEAN) AS managementevent,
	struct_pack("type" := identitytype, arn := identityarn, username := username, principalid := principalid, accountid := accountid,
		accesskeyid := accesskeyid, invokedby := invokedby,
		sessioncontext := struct_pack(sourceidentity := sourceidentity,
			sessionissuer := struct_pack(arn := issuerarn, "type" := issuertype, principalid := issuerid))) AS useridentity,
	struct_pack(clientprovidedhostheader := clienthost) AS tlsdetails
FROM ${unpacked(relation)}`;
}

/** What `groupedEventsSql` needs to count {@link collapsedShape}. */
export const collapsedMeasures: Measures = {count: 'sum(events)', last: 'max(lasttime)'};

/**
Athena's columns over a relation of segment rows, where rows that differ only in what no group tells apart stand as one: in `eventtime` its first time,
in `lasttime` its last, in `events` how many they are. Grouping these few is several times faster than working out the groups' columns for every event.
*/
export function collapsedShape(relation: string): string {
	// Functions alone: DuckDB then works them out once for each value of a dictionary, which it does not do for a CASE.
	const field = (name: string) => `split_part(context, ${separatorSql}, ${contextFields.findIndex(field => field[0] === name) + 1})`;
	const grouped = {
		context: 'context',
		eventsource: 'eventsource',
		eventname: 'eventname',
		errormessage: 'errormessage',
		requestparameters: 'requestparameters',
		responseelements: 'responseelements',
		identityarn: String.raw`regexp_replace(identityarn, '^([^/]*:assumed-role/[^/]+)/.*$', '\1')`,
		principalid: 'split_part(principalid, \':\', 1)',
		sharedeventid: `CASE WHEN sharedeventid IS NOT NULL AND ${field('accountid')} NOT IN ('', ${field('recipientaccountid')}) THEN sharedeventid END`,
		eventday: 'substr(eventtime, 1, 10)',
	};
	const unseen = ['eventid', 'eventidtext', 'sourceipaddress', 'useragent', 'accesskeyid', 'sourceidentity'].map(name => `NULL::VARCHAR AS ${name}`);
	return athenaShape(`(SELECT ${Object.entries(grouped).map(([name, sql]) => `${sql} AS ${name}`).join(', ')}, ${unseen.join(', ')},
		min(eventtime) AS eventtime, max(eventtime) AS lasttime, count(*) AS events
	FROM ${relation} GROUP BY ${ordinals(Object.keys(grouped))})`, ['lasttime', 'events']);
}
