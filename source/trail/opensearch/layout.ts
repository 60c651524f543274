import {UserError} from '../../lib/errors.js';
import type {Connection} from './connection.js';
import {added, cloudTrailNames, type Column, eachColumn, elasticCommonSchema, type LayoutTable} from './columns.js';
import {type Field, FieldCaps} from './field-caps.js';
import {askMappings, ignoreAbove, type IndexMapping, wouldBeIndexed} from './mappings.js';

/** How CloudTrail's events lie in the documents of an index. */
export type Layout = {
	/** In words for the user: "ECS (Filebeat, Elastic Agent)". */
	readonly name: string;
	/** Where each column may stand in a document. */
	readonly table: LayoutTable;
	/** Each column's place in the index; null where it has none. */
	readonly fields: Readonly<Record<Column, Field | null>>;
	/** Fields that hold how a sign-in ended. */
	readonly signIns: readonly string[];
	/** Whether what stands in request parameters can be asked: else assumptions of roles are read one by one. */
	readonly hidesParameters: boolean;
	/** The same for the parameter that tells apart the services under one event source. */
	readonly hidesNamespace: boolean;
	/** The same for the result of a sign-in. */
	readonly hidesSignIns: boolean;
	/** The same for the access key of whoever called. */
	readonly hidesAccessKeys: boolean;
	/** Whether an error message that was too long for the index leaves no trace in it. */
	readonly cutsMessages: boolean;
	/** Whether our own ingest wrote it: an event's id is its document's, so that none is there twice. */
	readonly isOurs: boolean;
	/** Indices of the pattern that hold no CloudTrail events. */
	readonly others: readonly string[];
};

/** Where to look. `where` names it in messages. */
export type Place = {readonly index: string; readonly where: string};

export type LayoutOptions = {readonly keyPrefix: string | null; readonly timestampField: string | null};

/** Longest error message that CloudTrail writes (record contents, errorMessage: 1 KB). */
const longestMessage = 1024;

/** Columns without which no event can be told. */
const required = ['eventSource', 'eventName', 'identityType', 'arn', 'issuerArn', 'identityAccount', 'recipientAccount', 'errorCode'] as const;

type Candidate = {readonly name: string; readonly table: LayoutTable};

function nameOf(prefix: string, isOurs: boolean): string {
	if (isOurs) {
		return 'CloudTrail\'s own names, as cloudtracker-tui ingests them';
	}

	if (prefix === 'aws.cloudtrail.') {
		return 'OpenSearch Integrations (aws.cloudtrail.eventName)';
	}

	return prefix === '' ? 'CloudTrail\'s own names' : `CloudTrail's own names below "${prefix.slice(0, -1)}"`;
}

/** The layouts of which the index has both the event's source and its name. */
function candidatesOf(caps: FieldCaps, keyPrefix: string | null): Candidate[] {
	const prefixes = caps.names().filter(name => name === 'eventName' || name.endsWith('.eventName')).map(name => name.slice(0, -'eventName'.length));
	const wanted = keyPrefix === null ? prefixes : prefixes.filter(prefix => prefix === keyPrefix.replace(/\.*$/, keyPrefix === '' ? '' : '.'));
	const isOurs = caps.isMapped(`${added}.denial`);
	const raw = wanted.filter(prefix => caps.isMapped(`${prefix}eventSource`)).map(prefix => ({name: nameOf(prefix, prefix === '' && isOurs), table: cloudTrailNames(prefix)}));
	const isEcs = keyPrefix === null && caps.isMapped('event.provider') && caps.isMapped('event.action') && caps.isMapped('aws.cloudtrail.event_type');
	return isEcs ? [...raw, {name: 'ECS (Filebeat, Elastic Agent)', table: elasticCommonSchema}] : raw;
}

function noLayout({where}: Place, keyPrefix: string | null): UserError {
	return new UserError(`${where}: no CloudTrail events are found by their fields${keyPrefix === null ? '' : ` below the key prefix "${keyPrefix}"`}`, {
		hint: 'looked for eventName and eventSource, with and without a prefix, and for ECS\'s event.action, event.provider and aws.cloudtrail.event_type; '
			+ 'check the index, or load CloudTrail files with: cloudtracker-tui ingest opensearch',
		exitCode: 3,
	});
}

function timeField(caps: FieldCaps, table: LayoutTable, {timestampField}: LayoutOptions, {where}: Place): Field {
	const names = timestampField === null ? table.time : [timestampField];
	const date = names.find(name => caps.isMapped(name) && caps.types(name).every(type => type === 'date' || type === 'date_nanos'));
	// A text of the event's own time means that "@timestamp" may be the time of its arrival.
	const first = names.find(name => caps.isMapped(name));
	if (first === undefined || date !== first) {
		throw new UserError(`${where}: ${first === undefined ? `there is no field ${names.join(' or ')}` : `${first} is ${caps.types(first).join(' and ')}, not a date`}`, {
			hint: 'name the date field that holds the event\'s time as timestamp_field',
			exitCode: 3,
		});
	}

	return {path: first, exact: first};
}

function requireFields(fields: Layout['fields'], caps: FieldCaps, {where}: Place): void {
	for (const column of required) {
		const field = fields[column];
		if (field?.exact === null) {
			const types = caps.types(field.path);
			throw new UserError(`${where}: ${field.path} cannot be grouped by: it is ${types.join(' in some indices and ')}${types.length === 1 ? ' without a keyword field below it' : ''}`, {
				hint: 'index it anew with a mapping that has keywords, or load the files with: cloudtracker-tui ingest opensearch',
				exitCode: 3,
			});
		}
	}
}

/** Whether documents may hold values at a column's paths that the index does not know. */
function hides(field: Field | null, paths: readonly string[], caps: FieldCaps, mappings: readonly IndexMapping[]): boolean {
	if (field?.exact === null) {
		return true;
	}

	const own = paths.filter(path => !path.startsWith(`${added}.`));
	const lacking = new Set(field ? caps.indicesWithout(field.path) : caps.indices);
	return mappings.some(({index, mapping}) => lacking.has(index) && !(field && caps.isFlattened(field.path)) && !own.every(path => wouldBeIndexed(mapping, path)));
}

/**
Finds out how an index or pattern holds CloudTrail's events; undefined where it holds no field at all. Rejects with UserError where it holds
something else, more than one layout, or cannot be grouped by what every question needs.
*/
export async function findLayout(connection: Connection, place: Place, options: LayoutOptions, signal: AbortSignal): Promise<Layout | undefined> {
	const {keyPrefix} = options;
	const first = await FieldCaps.ask(connection, place, ['eventName', '*.eventName', 'eventSource', '*.eventSource', 'event.provider', 'event.action', 'aws.cloudtrail.event_type', `${added}.denial`], signal);
	const [candidate, another] = candidatesOf(first, keyPrefix);
	if (!candidate) {
		if (first.names().length === 0 && await isEmpty(connection, place, signal)) {
			return undefined;
		}

		throw noLayout(place, keyPrefix);
	}

	if (another) {
		throw new UserError(`${place.where}: it holds events in more than one layout: ${candidate.name}, and ${another.name}`, {
			hint: 'name one of them (key_prefix), or an index or pattern that holds one alone',
			exitCode: 3,
		});
	}

	return describeLayout(connection, {place, options}, candidate, signal);
}

async function isEmpty(connection: Connection, {index, where}: Place, signal: AbortSignal): Promise<boolean> {
	const {count} = await connection.ask({method: 'GET', path: `/${encodeURIComponent(index)}/_count`, query: {ignore_unavailable: 'false', allow_no_indices: 'false'}}, where, signal);
	return count === 0;
}

async function describeLayout(connection: Connection, {place, options}: {readonly place: Place; readonly options: LayoutOptions}, {name, table}: Candidate, signal: AbortSignal): Promise<Layout> {
	const paths = [...Object.values(table).flat(), ...options.timestampField === null ? [] : [options.timestampField]];
	const parents = paths.flatMap(path => path.split('.').slice(0, -1).map((_, index, parts) => parts.slice(0, index + 1).join('.')));
	const caps = await FieldCaps.ask(connection, place, [...parents, ...paths.flatMap(path => [path, `${path}.keyword`, `${path}.raw`])], signal);
	const indices = caps.indicesWith(table.eventName[0] ?? '');
	const find = (column: Column) => caps.field(table[column].filter(path => path.startsWith(`${added}.`)), indices) ?? caps.field(table[column].filter(path => !path.startsWith(`${added}.`)));
	const fields: Layout['fields'] = {...eachColumn(column => find(column)), time: timeField(caps, table, options, place)};
	requireFields(fields, caps, place);
	const isOurs = fields.denial !== null;
	const everyMapping = isOurs ? [] : await askMappings(connection, place, signal);
	const mappings = everyMapping.filter(({index}) => indices.includes(index));
	const hidden = (column: Column) => !isOurs && hides(fields[column], table[column], caps, mappings);
	const signIns = table.signIn.flatMap(path => caps.field([path], path.startsWith(`${added}.`) ? indices : [])?.exact ?? []);
	const message = fields.errorMessage;
	return {
		name,
		table,
		fields,
		signIns: isOurs ? signIns.slice(0, 1) : signIns,
		hidesParameters: hidden('assumedRole') || hidden('sessionTag') || hidden('sourceIdentity'),
		hidesNamespace: hidden('serviceNamespace'),
		hidesSignIns: hidden('signIn'),
		hidesAccessKeys: hidden('accessKey'),
		cutsMessages: message !== null && message.exact === message.path && mappings.some(({mapping}) => (ignoreAbove(mapping, message.path) ?? longestMessage) < longestMessage),
		isOurs,
		others: caps.indices.filter(index => !indices.includes(index)),
	};
}
