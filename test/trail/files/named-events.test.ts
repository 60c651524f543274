import {rm} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {silentTask} from '../../../source/lib/task.js';
import {inOrder} from '../../../source/trail/files/in-order.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {accountId, inTemporaryFolder, logRecord, logText, totalEvents, wholeWindow, writeTrail} from '../../support/trail-records.js';

const put = (eventID: string) => logRecord(eventID, {eventSource: 'iam.amazonaws.com', eventName: 'PutUserPolicy', requestParameters: {userName: 'bob'}});

/** What a trail says of named events after each step; every step sees the store as the one before left it. */
async function following(steps: ReadonlyArray<(trail: string) => Promise<void>>): Promise<string[]> {
	const answers: string[] = [];
	await inTemporaryFolder(async folder => {
		const trail = path.join(folder, 'trail');
		const source = openFilesSource({path: trail, accountId, cacheFolder: path.join(folder, 'cache')});
		const asked = inOrder(steps, async step => {
			await step(trail);
			const rows = await source.samples(wholeWindow, ['s3.amazonaws.com:ListBuckets'], silentTask());
			const calls = await source.calls(wholeWindow, ['iam.amazonaws.com:PutUserPolicy'], silentTask());
			return `${totalEvents(rows)} events, last ${rows[0]?.sample.eventId ?? 'none'}; ${calls.map(({eventId}) => eventId).join(' ') || 'no'} calls`;
		});
		for await (const answer of asked) {
			answers.push(answer);
		}
	});
	return answers;
}

describe('named events of a trail that changes', () => {
	it('an event in two files counts once; where the file that kept it is gone, it counts in the other', async () => {
		const both = [logRecord('both'), put('call')];
		const answers = await following([
			async trail => writeTrail(trail, {'a.json': logText(both), 'b.json': logText(both)}),
			async trail => rm(path.join(trail, 'a.json')),
			async trail => writeTrail(trail, {'a.json': logText(both)}),
			async trail => rm(path.join(trail, 'b.json')),
		]);
		expect(answers).toEqual(Array.from({length: 4}, () => '1 events, last both; call calls'));
	});

	it('an event of a file that is gone, or that was written anew without it, is no sample and no call', async () => {
		const answers = await following([
			async trail => writeTrail(trail, {'a.json': logText([logRecord('1'), put('c1')]), 'b.json': logText([logRecord('2', {eventTime: '2026-03-02T00:00:00Z'}), put('c2')])}),
			async trail => writeTrail(trail, {'b.json': logText([logRecord('another', {eventTime: '2026-03-03T00:00:00Z'})])}),
			async trail => rm(path.join(trail, 'b.json')),
		]);
		expect(answers).toEqual(['2 events, last 2; c1 c2 calls', '2 events, last another; c1 calls', '1 events, last 1; c1 calls']);
	});

	it('new files are read by the question itself', async () => {
		const answers = await following([
			async trail => writeTrail(trail, {'a.json': logText([])}),
			async trail => writeTrail(trail, {'b.json': logText([logRecord('1'), put('c1')])}),
		]);
		expect(answers).toEqual(['0 events, last none; no calls', '1 events, last 1; c1 calls']);
	});
});
