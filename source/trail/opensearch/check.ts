import {plural} from '../../domain/words.js';
import {CancelledError, UserError} from '../../lib/errors.js';
import {isObject, type Json, objectsOf} from '../../lib/json-fields.js';
import {type Column, columns} from './columns.js';
import {Connection} from './connection.js';
import {all, any, Dsl, not} from './dsl.js';
import {instant} from './fold.js';
import {findLayout, type Layout, type Place} from './layout.js';
import {askMappings, ignoreAbove, type IndexMapping} from './mappings.js';
import type {OpenSearchSourceOptions} from './options.js';
import {Searcher} from './searcher.js';
import {askIndices, askServer, type IndexState, requireOpen} from './server.js';
import {placeOf} from './source.js';

/** One line of `doctor`; text from the server must be made safe before it is shown. */
export type CheckLine = {
	readonly check: string;
	readonly ok: boolean;
	readonly detail: string;
	/** What to do about it; null where all is well. */
	readonly next: string | null;
};

/** What a column is to a user, where its absence matters. */
const matters: Readonly<Partial<Record<Column, string>>> = {
	eventId: 'repeated events cannot be told',
	recipientAccount: 'which account a record is of: nothing can be proved without it',
	identityAccount: 'which account made a call',
	errorCode: 'whether calls failed: all count as successful',
	errorMessage: 'which permission was denied',
	region: 'which regions the log covers',
	issuerId: 'a role that was deleted and made again',
	eventType: 'records of services',
	readOnly: 'whether reading calls are recorded',
	managementEvent: 'whether management events are recorded',
	sharedEventId: 'calls between accounts may count twice',
	clientHost: 'services that write under one event source',
};

/** Values that are shorter than this are nothing to worry about: ARNs and messages are longer. */
const longEnough = 1024;

function line(check: string, ok: boolean, detail: string, next: string | null = null): CheckLine {
	return {check, ok, detail, next: ok ? null : next};
}

function indexLine(indices: readonly IndexState[] | undefined): CheckLine {
	if (indices === undefined) {
		return line('index', true, 'its state may not be asked (no right to GET _cat/indices); a search says so where it is closed');
	}

	const documents = indices.reduce((sum, index) => sum + index.documents, 0);
	const red = indices.filter(({health}) => health === 'red');
	const names = indices.slice(0, 3).map(({name}) => name).join(', ');
	const count = indices.length === 1 ? '1 index' : `${indices.length} indices`;
	const detail = `${count} (${names}${indices.length > 3 ? ', …' : ''}), ${plural(documents, 'document')}${red.length > 0 ? `, ${red.length} red` : ''}`;
	return line('index', red.length === 0, detail, 'GET _cluster/health?level=indices tells which shards are missing');
}

function layoutLines(layout: Layout, caps: readonly IndexMapping[]): CheckLine[] {
	const {fields, others} = layout;
	const place = (column: Column) => fields[column]?.exact ?? fields[column]?.path ?? 'none';
	const lacking = columns.filter(column => matters[column] !== undefined && fields[column] === null);
	const missing = lacking.map(column => `no ${layout.table[column][0] ?? column} (${matters[column] ?? ''})`).join('; ') || 'all that is asked for is mapped';
	const short = columns.flatMap(column => {
		const field = fields[column];
		const limits = field?.exact ? caps.flatMap(({mapping}) => ignoreAbove(mapping, field.exact ?? '') ?? []) : [];
		const least = Math.min(...limits);
		return ['arn', 'issuerArn', 'errorMessage', 'assumedRole'].includes(column) && least < longEnough ? [`${field?.exact ?? ''} (${least})`] : [];
	});
	return [
		line('layout', true, `${layout.name}: source ${place('eventSource')}, name ${place('eventName')}, time ${place('time')}, identity ${place('arn')}, issuer ${place('issuerArn')}`),
		line('fields', lacking.length === 0, missing, 'let the shipper write these fields, or load the files with: cloudtracker-tui ingest opensearch'),
		line('long values', true, short.length === 0 ? 'no field cuts what matters' : `cut at so many characters (ignore_above): ${short.join(', ')}; events with longer values are read one by one`),
		...layout.hidesParameters ? [line('request parameters', true, 'they are not indexed: assumptions of roles are read one by one')] : [],
		...layout.hidesAccessKeys ? [line('access keys', true, 'they are not indexed: what was done in a role\'s sessions is read one by one')] : [],
		...others.length > 0 ? [line('other indices', true, `${plural(others.length, 'index').replace(/indexs$/, 'indices')} of the pattern without CloudTrail events: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`)] : [],
	];
}

function bucket(aggregations: Json, name: string): Json {
	const {[name]: value} = aggregations;
	return isObject(value) ? value : {};
}

async function eventLines(searcher: Searcher, dsl: Dsl, accountId: string): Promise<CheckLine[]> {
	const {time} = dsl;
	const accounts = dsl.exact('recipientAccount');
	const facts = await searcher.aggregate(dsl.events(), {
		own: {filter: all(dsl.received(), not(dsl.incomplete())), aggs: {first: {min: {field: time}}, last: {max: {field: time}}}},
		incomplete: {filter: dsl.incomplete()},
		cut: {filter: any(...dsl.unindexed())},
		...accounts === undefined ? {} : {accounts: {terms: {field: accounts, size: 10}}},
	});
	const own = bucket(facts, 'own');
	const count = Number(own.doc_count ?? 0);
	const [cut, incomplete] = [Number(bucket(facts, 'cut').doc_count ?? 0), Number(bucket(facts, 'incomplete').doc_count ?? 0)];
	const found = objectsOf(bucket(facts, 'accounts').buckets).map(({key}) => String(key).padStart(12, '0'));
	return [
		count > 0
			? line('events', true, `${plural(count, 'event')} of account ${accountId}, ${instant(Number(bucket(own, 'first').value))} to ${instant(Number(bucket(own, 'last').value))}`)
			: line('events', false, `no event of account ${accountId}${found.length > 0 ? `; the index holds ${found.join(', ')}` : ''}`, 'check the account\'s id and the index'),
		line('incomplete records', incomplete === 0, `${plural(incomplete, 'record')} without a valid time, event source or event name`, 'they are not counted; look at the shipper\'s pipeline'),
		line('read one by one', true, `${plural(cut, 'event')} with values that the index cut off or does not index`),
	];
}

/**
What `doctor` says of a server and index: whether it answers, which layout it holds, which fields are missing or cut, which events it has.
Failures are lines, too; rejects with CancelledError alone.
*/
export async function checkOpenSearch(options: OpenSearchSourceOptions, signal: AbortSignal): Promise<CheckLine[]> {
	const lines: CheckLine[] = [];
	const place: Place = placeOf(options);
	let step = 'server';
	let connection: Connection | undefined;
	try {
		connection = await Connection.open(options);
		const {product, version} = await askServer(connection, signal);
		lines.push(line('server', true, `${product} ${version} at ${connection.url}`));
		step = 'index';
		const indices = await askIndices(connection, place, signal);
		requireOpen(indices, place);
		lines.push(indexLine(indices));
		step = 'layout';
		const layout = await findLayout(connection, place, options, signal);
		if (layout === undefined) {
			return [...lines, line('layout', false, 'the index holds no document', 'load files with: cloudtracker-tui ingest opensearch')];
		}

		lines.push(...layoutLines(layout, await askMappings(connection, place, signal)));
		step = 'events';
		lines.push(...await eventLines(new Searcher(connection, place, {signal, progress() {}}), new Dsl(layout, options.accountId), options.accountId));
		return lines;
	} catch (error) {
		if (error instanceof CancelledError || !(error instanceof UserError)) {
			throw error;
		}

		return [...lines, line(step, false, error.message, error.hint ?? null)];
	} finally {
		await connection?.close();
	}
}
