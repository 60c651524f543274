import {describe, expect, test} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';
import type {EventMapping} from '../../source/domain/event-mapping.js';
import {replay, replayWords, type PrincipalReplay} from '../../source/domain/replay.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {fakeCatalog} from './fake-catalog.js';
import {usageRow} from './rows.js';
import {snapshotOf, user} from './snapshots.js';

const catalog = fakeCatalog(['ec2:RunInstances', 'iam:PassRole', 's3:GetObject', 's3:GetObjectVersion', 's3:ListAllMyBuckets', 'sts:GetCallerIdentity']);
const id = (name: string): number => catalog.idOf(name) ?? -1;
const mapEvent = ({eventName}: UsageRow): EventMapping => {
	switch (eventName) {
		case 'ListBuckets': {
			return {kind: 'actions', certain: [id('s3:ListAllMyBuckets')], conditional: []};
		}

		case 'RunInstances': {
			return {kind: 'actions', certain: [id('ec2:RunInstances')], conditional: [id('iam:PassRole')]};
		}

		case 'GetObject': {
			return {kind: 'actions', certain: [id('s3:GetObject')], conditional: []};
		}

		case 'GetCallerIdentity': {
			return {kind: 'no-permission', certain: [id('sts:GetCallerIdentity')]};
		}

		default: {
			return {kind: 'unmapped'};
		}
	}
};

const alice = user('alice');
const bob = user('bob');

function play(rows: ReadonlyArray<Partial<UsageRow>>, lost: readonly string[], granted: readonly string[] = lost): PrincipalReplay | undefined {
	const setOf = (names: readonly string[]): ActionSet => ActionSet.of(catalog.size, names.map(name => id(name)));
	const losses = [alice, bob].map(({arn}) => ({arn, granted: setOf(granted), lost: setOf(lost), losesUnknown: (lower: string) => lower === 's3:invented'}));
	return replay({snapshot: snapshotOf([alice, bob]), rows: rows.map(row => usageRow({principalId: null, ...row})), catalog, mapEvent, losses}).principals[0];
}

describe('an event of the window', () => {
	test.each([
		{name: 'whose action is not removed goes on', rows: [{}], lost: ['ec2:RunInstances'], denied: [], perhaps: []},
		{name: 'that needed a removed action would have been denied', rows: [{}], lost: ['s3:ListAllMyBuckets'], denied: ['s3.amazonaws.com:ListBuckets'], perhaps: []},
		{name: 'that failed after authorization would have been denied', rows: [{errorCode: 'NoSuchEntity'}], lost: ['s3:ListAllMyBuckets'], denied: ['s3.amazonaws.com:ListBuckets'], perhaps: []},
		{name: 'that was denied anyway is no loss', rows: [{errorCode: 'AccessDenied'}], lost: ['s3:ListAllMyBuckets'], denied: [], perhaps: []},
		{name: 'whose end proves nothing may have been denied', rows: [{errorCode: 'ThrottlingException'}], lost: ['s3:ListAllMyBuckets'], denied: [], perhaps: ['s3.amazonaws.com:ListBuckets']},
		{name: 'that may have needed a removed action may have been denied', rows: [{eventName: 'RunInstances'}], lost: ['iam:PassRole'], denied: [], perhaps: ['s3.amazonaws.com:RunInstances']},
		{name: 'that reads an object may have read a version', rows: [{eventName: 'GetObject'}], lost: ['s3:GetObjectVersion'], denied: [], perhaps: ['s3.amazonaws.com:GetObject']},
		{name: 'that needs no permission goes on', rows: [{eventName: 'GetCallerIdentity'}], lost: ['sts:GetCallerIdentity'], denied: [], perhaps: []},
		{name: 'that maps to nothing may be denied where its name is no longer allowed', rows: [{eventName: 'Invented'}], lost: [], denied: [], perhaps: ['s3.amazonaws.com:Invented']},
		{name: 'that maps to nothing goes on where its name still is', rows: [{eventName: 'Other'}], lost: [], denied: [], perhaps: []},
		{name: 'of another principal is its own', rows: [{identityArn: bob.arn}], lost: ['s3:ListAllMyBuckets'], denied: [], perhaps: []},
	])('$name', ({rows, lost, denied, perhaps}) => {
		const found = play(rows, lost);
		expect(found?.denied.map(({event}) => event)).toEqual(denied);
		expect(found?.perhaps.map(({event}) => event)).toEqual(perhaps);
	});

	test('a granted read of the object itself needs no version', () => {
		expect(play([{eventName: 'GetObject'}], ['s3:GetObjectVersion'], ['s3:GetObject', 's3:GetObjectVersion'])?.perhaps).toEqual([]);
	});

	test('rows of one event add up, with the first and the last time and what they needed', () => {
		const rows = [{count: 3, first: '2026-01-02T00:00:00Z', last: '2026-01-04T00:00:00Z'}, {count: 2, first: '2026-01-01T00:00:00Z', last: '2026-01-03T00:00:00Z', errorCode: 'NoSuchKey'}];
		expect(play(rows, ['s3:ListAllMyBuckets'])).toEqual({
			arn: alice.arn, events: 5, perhaps: [],
			denied: [{event: 's3.amazonaws.com:ListBuckets', actions: ['s3:ListAllMyBuckets'], count: 5, first: '2026-01-01T00:00:00Z', last: '2026-01-04T00:00:00Z'}],
		});
	});
});

test.each([
	[{events: 48_112, deniedEvents: 0, perhapsEvents: 0}, '0 of 48,112 events would have been denied'],
	[{events: 1, deniedEvents: 1, perhapsEvents: 0}, '1 of 1 event would have been denied'],
	[{events: 20, deniedEvents: 2, perhapsEvents: 1500}, '2 of 20 events would have been denied, 1,500 more may have been'],
	[{events: 0, deniedEvents: 0, perhapsEvents: 0}, 'no event in the window to play: this proves nothing'],
])('%j in words', (counts, words) => {
	expect(replayWords(counts)).toBe(words);
});
