import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createAttribution} from '../../source/domain/attribution.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {judgeOutcome} from '../../source/domain/outcome.js';
import {sdkExceptions} from '../data/sdk-exceptions.js';
import {accountId, logRecord, logText, writeTrail} from '../support/trail-records.js';
import {administrators, analyse, isOnlyConditional, principalsOf, readUsage, replayed, type Replayed} from './replay.js';

const samples = '../shared/samples/trails';
const pool = '../shared/generate/pool/records.jsonl.gz';

const catalog = loadCatalog();
const mapEvent = createEventMapper(catalog);

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'administrator-'));
});
afterAll(async () => {
	await rm(folder, {recursive: true, force: true});
});

type Tree = {
	/** Distinct events of users and roles that succeeded, as "source:name". */
	readonly succeeded: ReadonlySet<string>;
	readonly replayed: Replayed;
	readonly principals: number;
};

/** Reads every account of a trail as if all its users and roles were administrators, and adds the answers up. */
async function replayTree(trail: string, cacheFolder: string): Promise<Tree> {
	const {accounts} = await readUsage(trail, '000000000000', cacheFolder);
	const succeeded = new Set<string>();
	const all = {used: new Set<string>(), noPermissionNeeded: new Set<string>(), unmapped: new Set<string>(), ungranted: new Array<string>()};
	let principals = 0;
	const usages = await Promise.all(accounts.map(async ({accountId: id}) => ({id, usage: await readUsage(trail, id, cacheFolder)})));
	for (const {id, usage} of usages) {
		const snapshot = administrators(usage.rows, id);
		const attribute = createAttribution(snapshot);
		for (const row of usage.rows) {
			if (attribute(row).kind === 'principal' && judgeOutcome(row) === 'succeeded') {
				succeeded.add(`${row.eventSource}:${row.eventName}`);
			}
		}

		const one = replayed(analyse(snapshot, usage, catalog));
		for (const key of ['used', 'noPermissionNeeded', 'unmapped'] as const) {
			for (const event of one[key]) {
				all[key].add(event);
			}
		}

		all.ungranted.push(...one.ungranted);
		principals += principalsOf(snapshot).length;
	}

	return {succeeded, replayed: all, principals};
}

/** Events that are neither in a used row nor known to need no permission nor listed as unmapped nor wholly conditional. */
function lost({succeeded, replayed: {used, noPermissionNeeded, unmapped}}: Tree): string[] {
	return [...succeeded].filter(event => {
		const at = event.indexOf(':');
		const mapping = mapEvent({
			eventSource: event.slice(0, at), eventName: event.slice(at + 1), eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
		});
		return !used.has(event) && !noPermissionNeeded.has(event) && !unmapped.has(event) && !isOnlyConditional(mapping);
	});
}

function describeTree(name: string, distinct: number, replay: () => Promise<Tree>): void {
	describe(name, () => {
		let tree: Tree;
		beforeAll(async () => {
			tree = await replay();
		});

		test('there is something to hold', () => {
			expect(tree.principals).toBeGreaterThan(3);
			expect(tree.succeeded.size).toBeGreaterThanOrEqual(distinct);
		});

		test('no action is used without being granted', () => {
			expect(tree.replayed.ungranted).toEqual([]);
		});

		test('at most 1% of the distinct events are unmapped', () => {
			const unmapped = [...tree.replayed.unmapped].filter(event => tree.succeeded.has(event));
			expect(unmapped.length, unmapped.join(', ')).toBeLessThanOrEqual(tree.succeeded.size / 100);
		});

		test('every successful event is used, needs no permission, or is listed as unmapped', () => {
			expect(lost(tree)).toEqual([]);
		});
	});
}

describe.skipIf(!existsSync(samples))('real trails under administrators (skipped where ../shared/samples is absent)', () => {
	describeTree('the samples', 125, async () => replayTree(samples, folder));
});

describe.skipIf(!existsSync(pool))('the generator\'s pool of real records under administrators (skipped where ../shared/generate is absent)', () => {
	describeTree('the pool', 100, async () => {
		const records = gunzipSync(readFileSync(pool)).toString().trim().split('\n').map((line): unknown => JSON.parse(line));
		await writeTrail(path.join(folder, 'pool'), {'pool.json.gz': logText(records)});
		return replayTree(path.join(folder, 'pool'), path.join(folder, 'pool-cache'));
	});
});

/** Operations by "label,label". */
const services = readFileSync(new URL('../data/sdk-operations.txt', import.meta.url), 'utf8').trim().split('\n').map(line => {
	const [labels = '', ...operations] = line.split(' ');
	return {labels: labels.split(','), operations};
});

describe('every operation of the SDK\'s models as a successful event of an administrator, from a log file', () => {
	/** A model has two labels where its signing name is not its endpoint prefix; CloudTrail uses one of them: the event comes under the one that is known. */
	const events = services.flatMap(({labels, operations}) => operations.map(eventName => {
		const sources = labels.map(label => `${label}.amazonaws.com`);
		const known = sources.find(eventSource => mapEvent({
			eventSource, eventName, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
		}).kind !== 'unmapped');
		return {eventSource: known ?? sources[0] ?? '', eventName, labels: labels.join(',')};
	}));
	let tree: Tree;
	beforeAll(async () => {
		const records = events.map(({eventSource, eventName}, index) => logRecord(`sdk-${index}`, {eventSource, eventName}));
		await writeTrail(path.join(folder, 'sdk'), {'sdk.json.gz': logText(records)});
		const usage = await readUsage(path.join(folder, 'sdk'), accountId, path.join(folder, 'sdk-cache'));
		const snapshot = administrators(usage.rows, accountId);
		tree = {
			succeeded: new Set(usage.rows.map(row => `${row.eventSource}:${row.eventName}`)),
			replayed: replayed(analyse(snapshot, usage, catalog)),
			principals: principalsOf(snapshot).length,
		};
	});

	test('all of them come back from the file', () => {
		expect(events.length).toBeGreaterThan(15_300);
		expect(tree.succeeded).toEqual(new Set(events.map(({eventSource, eventName}) => `${eventSource}:${eventName}`)));
		expect(tree.principals).toBe(1);
	});

	test('no action is used without being granted', () => {
		expect(tree.replayed.ungranted).toEqual([]);
	});

	test('only the listed exceptions are unmapped', () => {
		const exceptions = new Set(sdkExceptions.flatMap(({label, operations}) => operations.map(name => `${label}:${name}`)));
		const expected = events.filter(({labels, eventName}) => exceptions.has(`${labels}:${eventName}`)).map(({eventSource, eventName}) => `${eventSource}:${eventName}`);
		expect([...tree.replayed.unmapped].toSorted()).toEqual(expected.toSorted());
	});

	test('every event is used, needs no permission, or is listed as unmapped', () => {
		expect(lost(tree)).toEqual([]);
	});
});
