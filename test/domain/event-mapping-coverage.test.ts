import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {noPermissionEvents} from '../../source/data/no-permission-events.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {iamPrefixesOf} from '../../source/domain/event-source.js';
import {sdkExceptions} from '../data/sdk-exceptions.js';

const catalog = loadCatalog();
const map = createEventMapper(catalog);
const noHints = {serviceNamespace: null, clientHost: null};

function kindOf(source: string, eventName: string): string {
	return map({
		eventSource: source, eventName, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
	}).kind;
}

describe('operations of the AWS SDK\'s models', () => {
	const services = readFileSync(new URL('../data/sdk-operations.txt', import.meta.url), 'utf8').trim().split('\n').map(line => {
		const [labels = '', ...operations] = line.split(' ');
		return {labels: labels.split(','), operations};
	});
	const total = services.reduce((sum, {operations}) => sum + operations.length, 0);
	const unresolved = services.flatMap(({labels, operations}) => operations
		.filter(operation => labels.every(label => kindOf(`${label}.amazonaws.com`, operation) === 'unmapped'))
		.map(operation => `${labels.join(',')}:${operation}`));

	test('all of the models are there', () => {
		expect(total).toBeGreaterThan(15_300);
	});

	test('every source is an IAM service, or is listed as having none', () => {
		const known = new Set(catalog.services);
		const without = services.flatMap(({labels}) => labels)
			.filter(label => !iamPrefixesOf(`${label}.amazonaws.com`, noHints).some(prefix => known.has(prefix)));
		expect(without.filter(label => noPermissionEvents[label] !== '*')).toEqual([]);
	});

	test('at least 99.5% resolve', () => {
		expect(1 - unresolved.length / total).toBeGreaterThan(0.995);
	});

	test('each that does not stands in the exceptions with its reason, and no other', () => {
		expect(unresolved).toEqual(sdkExceptions.flatMap(({label, operations}) => operations.map(operation => `${label}:${operation}`)));
		expect(sdkExceptions.every(({reason}) => reason.length > 10)).toBe(true);
	});
});

test('a source that is named like an IAM prefix is that prefix', () => {
	expect(catalog.services.filter(service => iamPrefixesOf(`${service}.amazonaws.com`, noHints)[0] !== service)).toEqual([]);
});

const samples = new URL('../../../shared/samples/trails/', import.meta.url);
const pool = new URL('../../../shared/generate/pool/records.jsonl.gz', import.meta.url);

type Entry = {
	readonly eventSource: string;
	readonly eventName: string;
	readonly errorCode?: string | null;
	readonly errorMessage?: string | null;
	readonly userIdentity?: {readonly type?: string};
};

function isEntry(value: unknown): value is Entry {
	return typeof value === 'object' && value !== null && 'eventSource' in value && typeof value.eventSource === 'string' && 'eventName' in value && typeof value.eventName === 'string';
}

function parse(text: string): readonly unknown[] {
	const document: unknown = JSON.parse(text);
	if (Array.isArray(document)) {
		return document;
	}

	return typeof document === 'object' && document !== null && 'Records' in document && Array.isArray(document.Records) ? document.Records : [];
}

function readTree(folder: URL): readonly unknown[] {
	return readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => /\.json(\.gz)?$/.test(name)).flatMap(name => {
		const bytes = readFileSync(new URL(name, folder));
		try {
			return parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
		} catch {
			// The samples hold a broken file on purpose; reading is not what is tested here.
			return [];
		}
	});
}

/** Distinct events that a user or a role called without an error. */
function distinctEvents(records: readonly unknown[]): ReadonlySet<string> {
	const principals = new Set(['IAMUser', 'AssumedRole', 'Role', 'FederatedUser', 'Root']);
	return new Set(records.filter(record => isEntry(record))
		.filter(record => !record.errorCode && !record.errorMessage && principals.has(record.userIdentity?.type ?? ''))
		.map(record => `${record.eventSource} ${record.eventName}`));
}

function unmapped(events: ReadonlySet<string>): readonly string[] {
	return [...events].filter(event => {
		const [source = '', name = ''] = event.split(' ');
		return kindOf(source, name) === 'unmapped';
	});
}

describe.skipIf(!existsSync(samples))('real trails (skipped where ../shared/samples is absent)', () => {
	test('every distinct successful event of a user or role maps', () => {
		const events = distinctEvents(readTree(samples));
		expect(events.size).toBeGreaterThan(100);
		expect(unmapped(events)).toEqual([]);
	});
});

describe.skipIf(!existsSync(pool))('the generator\'s pool of real records (skipped where ../shared/generate is absent)', () => {
	test('every distinct successful event of a user or role maps', () => {
		const records = gunzipSync(readFileSync(pool)).toString().trim().split('\n').map((line): unknown => JSON.parse(line));
		const events = distinctEvents(records);
		expect(events.size).toBeGreaterThan(50);
		expect(unmapped(events)).toEqual([]);
	});
});
