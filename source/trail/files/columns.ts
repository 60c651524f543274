import {sharedSources} from '../query.js';
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
	resources: 'JSON',
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

/** Columns of a segment and where each comes from in a record `r`. */
const projection: ReadonlyArray<readonly [name: string, sql: string]> = [
	// A UUID takes 16 bytes where its text takes 36; an id of another form is kept as text and compared by its hash.
	['eventid', 'coalesce(try_cast(r.eventID AS UUID), CAST(md5(nullif(r.eventID, \'\')) AS UUID))'],
	['eventidtext', 'CASE WHEN try_cast(r.eventID AS UUID) IS NULL THEN nullif(r.eventID, \'\') END'],
	['eventtime', eventTime],
	['eventsource', eventSource],
	['eventname', 'nullif(r.eventName, \'\')'],
	['eventcategory', 'r.eventCategory'],
	['eventtype', 'r.eventType'],
	['readonly', 'try_cast(r.readOnly AS BOOLEAN)'],
	['managementevent', 'try_cast(r.managementEvent AS BOOLEAN)'],
	['awsregion', 'r.awsRegion'],
	['errorcode', 'r.errorCode'],
	['errormessage', `substr(r.errorMessage, 1, ${messageHead})`],
	['recipientaccountid', 'r.recipientAccountId'],
	['sourceipaddress', 'r.sourceIPAddress'],
	['useragent', 'r.userAgent'],
	['sharedeventid', 'nullif(r.sharedEventID, \'\')'],
	['identitytype', 'r.userIdentity."type"'],
	['identityarn', 'nullif(r.userIdentity.arn, \'\')'],
	['username', 'r.userIdentity.userName'],
	['principalid', 'r.userIdentity.principalId'],
	['accountid', 'r.userIdentity.accountId'],
	['accesskeyid', 'r.userIdentity.accessKeyId'],
	['invokedby', 'r.userIdentity.invokedBy'],
	['sourceidentity', 'r.userIdentity.sessionContext.sourceIdentity'],
	['issuerarn', 'nullif(r.userIdentity.sessionContext.sessionIssuer.arn, \'\')'],
	['issuertype', 'r.userIdentity.sessionContext.sessionIssuer."type"'],
	['issuerid', 'r.userIdentity.sessionContext.sessionIssuer.principalId'],
	['clienthost', 'r.tlsDetails.clientProvidedHostHeader'],
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
	['resources', 'CASE WHEN r.resources IS NOT NULL THEN json_transform(r.resources, \'[{"ARN":"VARCHAR","type":"VARCHAR"}]\') END'],
];

/** DuckDB reads into a buffer of twice the largest document: one that fits the files is kept from file to file, a larger one is mapped anew for each. */
function objectSize(documentSize: number): number {
	const smallest = 1024 * 1024;
	return Math.min(maximumObjectSize, Math.max(smallest, 2 ** Math.ceil(Math.log2(documentSize + 1))));
}

/**
SQL that reads CloudTrail files and gives a segment's rows. `paths` must exist and be free of glob characters; the row's `file`
is `firstNumber` plus the file's place in `paths`. `documentSize` is the size of the largest file's JSON in bytes; a larger one is an error that names
the file. The columns are declared, so DuckDB is told not to sample files for them. A document without Records gives one row of nulls, so that nothing is lost unseen: two
lists that are unnested side by side give as many rows as the longer.
*/
export function readFilesSql(paths: readonly string[], firstNumber: number, documentSize: number): string {
	const columns = projection.map(([name, sql]) => `${sql} AS ${name}`).join(',\n');
	return `SELECT (${firstNumber} + file_index)::INTEGER AS file, NULL::INTEGER AS keeper, ${columns}
FROM (
	SELECT unnest(Records) AS r, unnest(CASE WHEN Records IS NULL THEN [true] END) AS no_records, file_index
	FROM read_json(${literalList(paths)}, format = 'newline_delimited', columns = {Records: ${literal(typeOf(recordFields) + '[]')}},
		auto_detect = false, hive_partitioning = false, maximum_object_size = ${objectSize(documentSize)})
)`;
}

/** Athena's lower-case CloudTrail columns over a relation of segment rows. Struct fields that a query does not ask for cost nothing. */
export function athenaShape(relation: string): string {
	return `SELECT
	coalesce(eventidtext, CAST(eventid AS VARCHAR)) AS eventid, eventtime, eventsource, eventname, eventcategory, eventtype,
	readonly, managementevent, awsregion, errorcode, errormessage, recipientaccountid, sourceipaddress, useragent, sharedeventid,
	struct_pack("type" := identitytype, arn := identityarn, username := username, principalid := principalid, accountid := accountid,
		accesskeyid := accesskeyid, invokedby := invokedby,
		sessioncontext := struct_pack(sourceidentity := sourceidentity,
			sessionissuer := struct_pack(arn := issuerarn, "type" := issuertype, principalid := issuerid))) AS useridentity,
	struct_pack(clientprovidedhostheader := clienthost) AS tlsdetails, requestparameters, responseelements, resources
FROM ${relation}`;
}
