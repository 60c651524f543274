import {mkdirSync, readdirSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {CancelledError} from '../../../source/lib/errors.js';
import {silentTask} from '../../../source/lib/task.js';
import {stopRunningExecutions} from '../../../source/trail/athena/running.js';
import {type BucketFixture, bucketOf} from '../../servers/athena/bucket-fixture.js';
import {logRecord, totalEvents} from '../../support/trail-records.js';

const march = {start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'};

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async close => close()));
});

/** A bucket whose queries run until they are stopped; the program looks at them every minute only. */
async function endless(firstWait: number): Promise<BucketFixture> {
	const made = await bucketOf({'2026-03-01': [logRecord('1')]}, {source: {firstWait}, server: {isHeld: false}});
	closing.push(made.close);
	made.server.fate = 'runs-on';
	return made;
}

/** Asks, and does something as soon as the query runs at Athena. */
async function whileRunning({source, server}: BucketFixture, act: (controller: AbortController) => void): Promise<unknown> {
	const controller = new AbortController();
	const asked = source.usage(march, {signal: controller.signal, progress() {}}).then(() => 'answered', (error: unknown) => error);
	await vi.waitUntil(() => server.executions.length > 0, {timeout: 20_000});
	act(controller);
	return asked;
}

const states = ({server}: BucketFixture) => server.executions.map(({state}) => state);

describe('cancelling', () => {
	it.each([
		['between two looks at the query', 1900],
		['while it is looked at', 1],
	])('%s stops it at Athena', async (_, firstWait) => {
		const made = await endless(firstWait);
		const outcome = await whileRunning(made, controller => {
			controller.abort();
		});
		expect(outcome).toBeInstanceOf(CancelledError);
		expect(outcome).toMatchObject({stopped: `the query at Athena (${made.server.executions[0]?.id ?? ''})`});
		expect(states(made)).toEqual(['CANCELLED']);
		expect(made.server.count('StopQueryExecution')).toBe(1);
	});

	it('while the query is being started: it is stopped as soon as its id is known', async () => {
		const made = await bucketOf({'2026-03-01': [logRecord('1')]}, {server: {isHeld: false}});
		closing.push(made.close);
		made.server.fate = 'runs-on';
		const controller = new AbortController();
		made.server.onRequest = operation => {
			if (operation === 'StartQueryExecution') {
				controller.abort();
			}
		};

		await expect(made.source.usage(march, {signal: controller.signal, progress() {}})).rejects.toBeInstanceOf(CancelledError);
		expect(states(made)).toEqual(['CANCELLED']);
	});

	it('while the bucket is listed: no query is started', async () => {
		const made = await endless(5);
		const controller = new AbortController();
		made.server.onRequest = operation => {
			if (operation === 'ListObjectsV2') {
				controller.abort();
			}
		};

		await expect(made.source.usage(march, {signal: controller.signal, progress() {}})).rejects.toBeInstanceOf(CancelledError);
		expect(states(made)).toEqual([]);
	});

	it('leaves nothing behind: the next question is answered', async () => {
		const made = await endless(1900);
		await whileRunning(made, controller => {
			controller.abort();
		});
		made.server.fate = undefined;
		const {rows} = await made.source.usage(march, silentTask());
		expect(totalEvents(rows)).toBe(1);
	});
});

describe('the end of the program', () => {
	it('stops all that runs at Athena', async () => {
		const made = await endless(1);
		const outcome = await whileRunning(made, () => {
			void stopRunningExecutions();
		});
		expect(String(outcome)).toMatch(/was cancelled at Athena/);
		expect(states(made)).toEqual(['CANCELLED']);
	});

	it('has nothing to stop after a query has ended', async () => {
		const made = await bucketOf({'2026-03-01': [logRecord('1')]});
		closing.push(made.close);
		await made.source.usage(march, silentTask());
		await stopRunningExecutions();
		expect(made.server.count('StopQueryExecution')).toBe(0);
		expect(readdirSync(path.join(made.options.cacheFolder, 'trails', 'athena-running'))).toEqual([]);
	});

	it('that was no end at all (killed): the next start stops what it left running', async () => {
		const made = await bucketOf({'2026-03-01': [logRecord('1')]});
		closing.push(made.close);
		const folder = path.join(made.options.cacheFolder, 'trails', 'athena-running');
		mkdirSync(folder, {recursive: true});
		// No process has so high a number.
		writeFileSync(path.join(folder, '99999999.us-east-1.left-behind'), '');
		writeFileSync(path.join(folder, '99999999.eu-west-1.of-another-region'), '');
		await made.source.usage(march, silentTask());
		expect(made.server.requests.filter(({operation}) => operation === 'StopQueryExecution').map(({body}) => body.QueryExecutionId)).toEqual(['left-behind']);
		expect(readdirSync(folder)).toEqual(['99999999.eu-west-1.of-another-region']);
	});

	it('and that could not be stopped, or not yet, is not forgotten before it must have ended', async () => {
		const made = await bucketOf({'2026-03-01': [logRecord('1')]});
		closing.push(made.close);
		const folder = path.join(made.options.cacheFolder, 'trails', 'athena-running');
		mkdirSync(folder, {recursive: true});
		const note = path.join(folder, '99999999.us-east-1.left-behind');
		writeFileSync(note, '');
		made.server.fail({operation: 'StopQueryExecution', kind: 'error', status: 400, code: 'AccessDeniedException', message: 'not today'});
		await made.source.usage(march, silentTask());
		expect(readdirSync(folder)).toEqual(['99999999.us-east-1.left-behind']);
		const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
		utimesSync(note, twoDaysAgo, twoDaysAgo);
		await made.source.usage({...march, start: '2026-02-20T00:00:00Z'}, silentTask());
		expect(readdirSync(folder)).toEqual([]);
	});
});
