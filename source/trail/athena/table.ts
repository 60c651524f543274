import type {TableMetadata} from '@aws-sdk/client-athena';
import {UserError} from '../../lib/errors.js';
import type {Clients} from './clients.js';
import {columns, mark, tableLocation, tableProperties} from './ddl.js';
import {callFailure, isNotFound} from './failures.js';
import type {AthenaOptions, TrailPlace} from './options.js';
import type {TableShape} from './scan-sql.js';

/** Athena's own catalog, which is Glue's. */
const catalog = 'AwsDataCatalog';

/** Columns without which no verdict can be given; the others may be missing in a table that somebody made by an older page of AWS's. */
const needed = [
	'useridentity', 'eventtime', 'eventsource', 'eventname', 'awsregion', 'sourceipaddress', 'useragent', 'errorcode', 'errormessage', 'requestparameters', 'responseelements', 'eventid', 'readonly', 'eventtype',
	'recipientaccountid', 'sharedeventid',
];

/** Fields of useridentity that are asked. */
const identityFields = ['type:string', 'principalid:string', 'arn:string', 'accountid:string', 'username:string', 'sessionissuer:struct<'];

/** Reads what the catalog holds; undefined where there is no such table (or database). */
export async function readTable(clients: Clients, {database, table, workgroup}: AthenaOptions, signal: AbortSignal): Promise<TableMetadata | undefined> {
	const [{GetTableMetadataCommand}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	try {
		const {TableMetadata: found} = await client.send(new GetTableMetadataCommand({CatalogName: catalog, DatabaseName: database, TableName: table, WorkGroup: workgroup}), {abortSignal: signal});
		return found;
	} catch (error) {
		if (isNotFound(error)) {
			return undefined;
		}

		throw callFailure(error, {action: 'athena:GetTableMetadata', on: `table ${database}.${table}`}, signal);
	}
}

/** Properties of a database; undefined where there is none. */
export async function readDatabase(clients: Clients, {database, workgroup}: Pick<AthenaOptions, 'database' | 'workgroup'>, signal: AbortSignal): Promise<Readonly<Record<string, string>> | undefined> {
	const [{GetDatabaseCommand}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	try {
		const {Database: found} = await client.send(new GetDatabaseCommand({CatalogName: catalog, DatabaseName: database, WorkGroup: workgroup}), {abortSignal: signal});
		return found?.Parameters ?? {};
	} catch (error) {
		if (isNotFound(error)) {
			return undefined;
		}

		throw callFailure(error, {action: 'athena:GetDatabase', on: `database ${database}`}, signal);
	}
}

/** Whether this program has made it. */
export function isOurs(properties: Readonly<Record<string, string>> | undefined): boolean {
	return properties?.[mark.name] === mark.value;
}

const typesOf = (list: TableMetadata['Columns']): Map<string, string> => new Map((list ?? []).map(({Name: name = '', Type: type = ''}) => [name.toLowerCase(), type.toLowerCase().replaceAll(/\s/g, '')]));

/** The values of an enum property; blanks count, as they do for Athena. */
function enumOf(properties: Readonly<Record<string, string>>, key: string): string[] {
	return (properties[`projection.${key}.values`] ?? '').split(',').filter(Boolean);
}

/** An end of a range that leaves no day out; NOW-7DAYS does. https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html */
const endsNow = /^now\s*(?:\+\s*\d+\s*[a-z]+)?$/i;

/** What the bucket holds, against which a table is held. */
export type Prefixes = {readonly accounts: readonly string[]; readonly regions: readonly string[]};

/** How a table differs from the one that this program would make. */
export type TableDifferences = {
	/** In words; none where the table gives the right answer. */
	readonly differs: readonly string[];
	/** Properties that a table of ours lacks since the bucket has grown; empty where nothing is missing. */
	readonly growth: ReadonlyArray<readonly [name: string, value: string]>;
};

/** Holds a table against the bucket and the days that will be asked (YYYY-MM-DD): whatever would make a query miss logs silently is a difference. */
export function compareTable(found: TableMetadata, options: AthenaOptions, {accounts, regions}: Prefixes, firstDay: string): TableDifferences {
	const properties = found.Parameters ?? {};
	const differs: string[] = [];
	const location = (properties.location ?? '').replace(/\/*$/, '/');
	if (location !== tableLocation(options)) {
		differs.push(`its location is ${properties.location ?? 'not told'}, not ${tableLocation(options)}`);
	}

	const keys = (found.PartitionKeys ?? []).map(({Name: name}) => name).join(', ');
	if (keys !== 'account, region, timestamp') {
		differs.push(`it is partitioned by ${keys === '' ? 'nothing' : keys}, not by account, region, timestamp`);
	}

	const enums = new Set(['projection.account.values', 'projection.region.values', 'projection.timestamp.range']);
	for (const [name, value] of tableProperties(options, accounts, regions).filter(([name]) => !enums.has(name))) {
		if (properties[name]?.toLowerCase() !== value.toLowerCase()) {
			differs.push(`${name} is ${properties[name] ?? 'missing'}, not ${value}`);
		}
	}

	const [from = '', to = ''] = (properties['projection.timestamp.range'] ?? '').split(',').map(end => end.trim());
	if (from > firstDay.replaceAll('-', '/') || !endsNow.test(to)) {
		differs.push(`projection.timestamp.range is ${properties['projection.timestamp.range'] ?? 'missing'}: it must begin by ${firstDay.replaceAll('-', '/')} and end NOW`);
	}

	differs.push(...columnDifferences(found));
	const grown = [
		...missing('account', [options.accountId], accounts, enumOf(properties, 'account')),
		...missing('region', regions, regions, enumOf(properties, 'region')),
	];
	if (grown.length > 0 && !isOurs(properties)) {
		differs.push(...grown.map(({key, lacks}) => `projection.${key}.values lacks ${lacks.join(', ')}, which the bucket holds`));
	}

	return {differs, growth: grown.map(({key, all}) => [`projection.${key}.values`, all.join(',')])};
}

function missing(key: string, wanted: readonly string[], held: readonly string[], values: readonly string[]): Array<{key: string; lacks: string[]; all: string[]}> {
	const lacks = wanted.filter(value => !values.includes(value));
	return lacks.length === 0 ? [] : [{key, lacks, all: [...new Set([...values.map(value => value.trim()), ...held])].toSorted()}];
}

function columnDifferences({Columns: list}: TableMetadata): string[] {
	const types = typesOf(list);
	const identity = types.get('useridentity');
	return [
		...columns.filter(([name]) => !types.has(name)).map(([name]) => `it has no column ${name}`),
		...identity === undefined ? [] : identityFields.filter(field => !identity.includes(field)).map(field => `its useridentity has no ${field.split(':')[0]}`),
	];
}

/** "[prefix/]AWSLogs/[o-…/][ACCOUNT/[CloudTrail/[REGION/]]]". */
const trailFolder = /^(?:(.*?)\/)?AWSLogs\/(?:(o-[a-z\d]{10,32})\/)?(?:(\d{12})\/(?:CloudTrail\/(?:([a-z\d-]+)\/)?)?)?$/;

/** What a table's location says of where its logs lie. */
export type TableLocation = {
	readonly bucket: string;
	/** The folder itself, with a slash at its end; empty for the whole bucket. */
	readonly folder: string;
	/** The same as a trail's place, and what of it the location names; null where it is no folder of a trail's. */
	readonly trail: {readonly place: TrailPlace; readonly accountId: string | null; readonly region: string | null} | null;
};

/** Where a table's logs lie: its template up to the first partition, else its location. Undefined where it is no place in S3. */
export function locationOf({Parameters: properties = {}}: TableMetadata): TableLocation | undefined {
	const text = (properties['storage.location.template'] ?? properties.location ?? '').replace(/\${.*$/, '');
	const [, bucket, rest = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(text) ?? [];
	if (bucket === undefined) {
		return undefined;
	}

	const folder = rest === '' || rest.endsWith('/') ? rest : `${rest}/`;
	const found = trailFolder.exec(folder);
	const [, prefix = '', organizationId = null, accountId = null, region = null] = found ?? [];
	return {bucket, folder, trail: found ? {place: {bucket, prefix, organizationId}, accountId, region} : null};
}

/** What a query must know of a table. Throws UserError where the table cannot be asked by day. */
export function shapeOf({PartitionKeys: keys, Columns: list, Parameters: properties}: TableMetadata, {database, table, accountId}: AthenaOptions): TableShape {
	const types = typesOf(list);
	const lacks = needed.filter(name => !types.has(name));
	if (lacks.length > 0) {
		throw new UserError(`the table ${database}.${table} is none of CloudTrail logs: it has no ${lacks.join(', ')}`, {hint: 'name another table, or leave --skip-setup out and let the program make its own'});
	}

	const names = (keys ?? []).map(({Name: name = ''}) => name);
	const dayKey = names.find(name => /^(?:timestamp|date|day|dt|log_?date|event_?date)$/.test(name));
	const byParts = names.includes('year') && names.includes('month');
	if (dayKey === undefined && !byParts) {
		throw new UserError(`the table ${database}.${table} has no partition that tells the day: every question would read all logs`, {hint: 'name another table, or leave --skip-setup out and let the program make its own'});
	}

	const account = names.find(name => /^account(?:_?id)?$/.test(name));
	return {
		database, table,
		account: account === undefined ? null : {column: account, value: accountId},
		day: byParts ? {kind: 'parts', hasDay: names.includes('day')} : {kind: 'text', column: dayKey!, separator: (properties?.[`projection.${dayKey!}.format`] ?? 'yyyy/MM/dd').includes('-') ? '-' : '/'},
		absent: ['eventcategory', 'managementevent'].filter(name => !types.has(name)),
		hasHost: types.get('tlsdetails')?.includes('clientprovidedhostheader') ?? false,
	};
}
