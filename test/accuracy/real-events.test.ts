import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {accountId, logRecord, logText, writeTrail} from '../support/trail-records.js';
import {administrators, analyse, isOnlyConditional, readUsage, replayed, type Replayed} from './replay.js';

/**
Event names written down by hand, a source a line: of public log collections, of detection rules, of AWS's pages on the logs of its services,
of consoles and agents. Independent of the SDK's models, from which the catalog's tools learn.
*/
const events = readFileSync(new URL('real-events.txt', import.meta.url), 'utf8').trim().split('\n').flatMap(line => {
	const [source = '', ...names] = line.split(' ');
	return names.map(eventName => ({eventSource: `${source}.amazonaws.com`, eventName}));
});

/** What no page of AWS that was found gives an action for. */
const mapsToNothing = [
	'cloudtrail.amazonaws.com:ListInsightsMetricData',
	'logs.amazonaws.com:GetLogObject',
	'monitoring.amazonaws.com:DescribeAlarmContributors',
	'resource-explorer-2.amazonaws.com:ListResources',
];

const catalog = loadCatalog();
const mapEvent = createEventMapper(catalog);

let folder = '';
let answer: Replayed;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'real-events-'));
	await writeTrail(path.join(folder, 'trail'), {'real.json.gz': logText(events.map((event, index) => logRecord(`real-${index}`, event)))});
	const usage = await readUsage(path.join(folder, 'trail'), accountId, folder);
	answer = replayed(analyse(administrators(usage.rows, accountId), usage, catalog));
});
afterAll(async () => {
	await rm(folder, {recursive: true, force: true});
});

test('there are more than 3,000 of them', () => {
	expect(events.length).toBeGreaterThan(3000);
	expect(new Set(events.map(({eventSource, eventName}) => `${eventSource}:${eventName}`)).size).toBe(events.length);
});

test('none is a use that is not granted', () => {
	expect(answer.ungranted).toEqual([]);
});

test('only what AWS gives no action for is unmapped', () => {
	expect([...answer.unmapped].toSorted()).toEqual(mapsToNothing);
});

test('every other one is used, needs no permission, or is one of several actions', () => {
	const lost = events.filter(({eventSource, eventName}) => {
		const key = `${eventSource}:${eventName}`;
		const mapping = mapEvent({eventSource, eventName, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false});
		return !answer.used.has(key) && !answer.noPermissionNeeded.has(key) && !answer.unmapped.has(key) && !isOnlyConditional(mapping);
	});
	expect(lost).toEqual([]);
});
