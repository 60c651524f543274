import {describe, expect, test} from 'vitest';
import {evidenceLines, grantWords, type ActionEvidence, type SeenEvents} from '../../source/domain/evidence.js';
import type {Grant} from '../../source/domain/grants.js';

const grant: Grant = {
	policy: 'Work', policyArn: 'arn:aws:iam::111122223333:policy/Work', policyType: 'managed', via: {kind: 'user', name: 'alice'},
	statement: 0, sid: null, conditional: false, resources: ['*'], notResources: null,
};

const seen: SeenEvents = {
	event: 's3.amazonaws.com:CreateBucket', relation: 'proof', outcome: 'succeeded', errorCode: null, count: 3, first: '2026-01-01T00:00:00Z', last: '2026-01-09T00:00:00Z',
	sample: {eventId: 'e1', region: 'eu-west-1', sourceAddress: '192.0.2.1', userAgent: 'aws-cli/2'},
};

const evidence = (changes: Partial<ActionEvidence> = {}): ActionEvidence => ({
	action: 's3:CreateBucket', verdict: 'used', reasonCode: 'used', reason: '3 events in the window', deniedInPart: false,
	grantedBy: [grant], blockedBy: [], provedBy: ['s3.amazonaws.com:CreateBucket'], seen: [seen], changes: [], ...changes,
});

const change = {
	time: '2026-01-10T00:00:00Z', eventSource: 'iam.amazonaws.com', eventName: 'DetachUserPolicy', actor: 'arn:aws:iam::111122223333:user/bob', eventId: 'c1', parameters: null,
};

test('the evidence of a used action, whole', () => {
	expect(evidenceLines(evidence())).toEqual([
		's3:CreateBucket: granted and used',
		'why: 3 events in the window',
		'granted by:',
		'  managed policy Work, statement 0, on *',
		'proved by:',
		'  s3.amazonaws.com:CreateBucket',
		'seen:',
		'  s3.amazonaws.com:CreateBucket succeeded: 3 times, first 2026-01-01T00:00:00Z, last 2026-01-09T00:00:00Z',
		'    for instance event e1 in eu-west-1 from 192.0.2.1 by aws-cli/2',
	]);
});

test.each([
	['used', 'granted and used'],
	['unused', 'granted, not used (-)'],
	['unknown', 'granted, not known whether it was used (?)'],
	['ungranted', 'used, not granted today (+)'],
	[null, 'neither granted nor used'],
] as const)('the verdict %s is told as "%s"', (verdict, words) => {
	expect(evidenceLines(evidence({verdict}))[0]).toBe(`s3:CreateBucket: ${words}`);
});

test.each([
	['proof', /2026-01-09T00:00:00Z$/],
	['may-have-needed', /; it may have needed this action$/],
	['unmapped', /; it maps to no known action$/],
] as const)('an event that is %s says so', (relation, words) => {
	expect(evidenceLines(evidence({seen: [{...seen, relation}]}))[7]).toMatch(words);
});

describe('a granting statement', () => {
	test.each<[string, Partial<Grant>, string]>([
		['with a Sid', {sid: 'Logs', statement: 2}, 'managed policy Work, statement 2 "Logs", on *'],
		['inline', {policyType: 'inline', policyArn: null, policy: 'own'}, 'inline policy own, statement 0, on *'],
		['through a group', {via: {kind: 'group', name: 'developers'}}, 'managed policy Work, statement 0, through group developers, on *'],
		['of narrow resources', {resources: ['arn:a', 'arn:b', 'arn:c']}, 'managed policy Work, statement 0, on arn:a, arn:b, arn:c'],
		['of one resource more than are named', {resources: ['arn:a', 'arn:b', 'arn:c', 'arn:d']}, 'managed policy Work, statement 0, on arn:a, arn:b, arn:c and 1 more'],
		['of many resources', {resources: ['arn:a', 'arn:b', 'arn:c', 'arn:d', 'arn:e']}, 'managed policy Work, statement 0, on arn:a, arn:b, arn:c and 2 more'],
		['with NotResource', {resources: null, notResources: ['arn:a']}, 'managed policy Work, statement 0, on all but arn:a'],
		['with a condition', {conditional: true}, 'managed policy Work, statement 0, on *, with a condition'],
	])('%s', (_, changes, words) => {
		expect(grantWords({...grant, ...changes})).toBe(words);
	});

	test('none is said', () => {
		expect(evidenceLines(evidence({grantedBy: []}))).toContain('granted by: no statement of an identity policy');
	});
});

describe('what takes it away', () => {
	test('nothing: no line', () => {
		expect(evidenceLines(evidence()).filter(line => line.includes('blocked') || line.includes('denied in part'))).toEqual([]);
	});

	test('all of it', () => {
		const lines = evidenceLines(evidence({verdict: 'ungranted', blockedBy: ['Deny of policy Guard', 'permissions boundary Limits']}));
		expect(lines.slice(lines.indexOf('blocked by:'), lines.indexOf('blocked by:') + 3)).toEqual(['blocked by:', '  Deny of policy Guard', '  permissions boundary Limits']);
	});

	test('a part of it', () => {
		expect(evidenceLines(evidence({deniedInPart: true, blockedBy: ['Deny of policy Guard']}))).toContain('denied in part by:');
	});
});

describe('what was seen', () => {
	const words = (changes: Partial<SeenEvents>): readonly string[] => {
		const lines = evidenceLines(evidence({seen: [{...seen, ...changes}]}));
		return lines.slice(lines.indexOf('seen:') + 1).map(line => line.slice(2));
	};

	test.each<[string, Partial<SeenEvents>, string]>([
		['one event has one time', {count: 1, last: '2026-01-01T00:00:00Z'}, 's3.amazonaws.com:CreateBucket succeeded: 1 time, at 2026-01-01T00:00:00Z'],
		[
			'failed, with its code', {outcome: 'failed', errorCode: 'BucketAlreadyExists', count: 1},
			's3.amazonaws.com:CreateBucket failed after authorization (BucketAlreadyExists): 1 time, at 2026-01-01T00:00:00Z',
		],
		['denied', {relation: 'proof', outcome: 'denied', errorCode: 'AccessDenied', count: 1}, 's3.amazonaws.com:CreateBucket denied (AccessDenied): 1 time, at 2026-01-01T00:00:00Z'],
		['no proof', {outcome: 'no-proof', errorCode: 'SlowDown', count: 1}, 's3.amazonaws.com:CreateBucket failed, which proves nothing (SlowDown): 1 time, at 2026-01-01T00:00:00Z'],
		['not authenticated', {outcome: 'unauthenticated', errorCode: 'ExpiredToken', count: 1}, 's3.amazonaws.com:CreateBucket not authenticated (ExpiredToken): 1 time, at 2026-01-01T00:00:00Z'],
	])('%s', (_, changes, expected) => {
		expect(words(changes)[0]).toBe(expected);
	});

	test('what the sample lacks is left out', () => {
		expect(words({sample: {eventId: null, region: 'eu-west-1', sourceAddress: null, userAgent: 'aws-cli/2'}})[1]).toBe('  for instance in eu-west-1 by aws-cli/2');
		expect(words({sample: {eventId: null, region: null, sourceAddress: null, userAgent: null}})).toHaveLength(1);
	});

	test('nothing, and no event that could be', () => {
		const lines = evidenceLines(evidence({provedBy: [], seen: []}));
		expect(lines).toContain('proved by: no event that CloudTrail records');
		expect(lines).toContain('seen: no such event of this principal in the window');
	});
});

describe('what may have taken a used action away', () => {
	const after = (changes: ActionEvidence['changes'], verdict: ActionEvidence['verdict'] = 'ungranted'): readonly string[] => {
		const lines = evidenceLines(evidence({verdict, changes}));
		return lines.slice(lines.indexOf('taken away by:'));
	};

	test('a change that names the principal, with time, actor and event', () => {
		expect(after([{change, certain: true}])).toEqual(['taken away by:', '  DetachUserPolicy at 2026-01-10T00:00:00Z by arn:aws:iam::111122223333:user/bob (event c1)']);
	});

	test('one that may concern it is "perhaps"; what the record lacks is left out', () => {
		expect(after([{change: {...change, actor: null, eventId: null}, certain: false}])).toEqual(['taken away by:', '  perhaps DetachUserPolicy at 2026-01-10T00:00:00Z']);
	});

	test('without any: that the log has none, and what leaves no event there', () => {
		const lines = after([]);
		expect(lines).toHaveLength(3);
		expect(lines[1]).toContain('no change of its policies after the last use is in this log');
		expect(lines[2]).toMatch(/updates of AWS managed policies leave no event$/);
	});

	test.each(['used', 'unused', 'unknown', null] as const)('of an action that is %s, nothing is said of changes', verdict => {
		expect(evidenceLines(evidence({verdict})).some(line => line.startsWith('taken away by'))).toBe(false);
	});
});
