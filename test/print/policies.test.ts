import {describe, expect, test} from 'vitest';
import type {RemediationPlan} from '../../source/app/remediation.js';
import {printPlan} from '../../source/print/policies.js';
import {objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {analysis} from './analyses.js';

const arn = 'arn:aws:iam::123456789012:user/alice';
const check = {stillGranted: [], lost: [], usedLost: [], gained: [], unknownLost: []};
const replay = {events: 48_112, deniedEvents: 0, perhapsEvents: 0, principals: [{arn, events: 48_112, denied: [], perhaps: []}]};
const before = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: ['s3:Get\u001B[2J', 's3:Put'], Resource: '*'}]};
const after = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: ['s3:Put'], Resource: '*'}]};

const plan: RemediationPlan = {
	arn, name: 'alice', kind: 'user', removed: ['s3:GetObject'], silent: ['s3:GetObject'], notEditable: null,
	policies: [{
		kind: 'inline', name: 'own', arn: null, places: [{kind: 'user', name: 'alice'}], outcome: 'edited', notes: ['a note'], before, after: [{name: 'own', document: after, size: 90}],
		diff: [{kind: 'same', text: '{'}, {kind: 'removed', text: '  "s3:Get\u001B[2J"'}, {kind: 'added', text: '  "s3:Put"'}], alsoAffects: [],
	}],
	check, replay, notes: ['a warning'],
	standalone: {form: 'inline', documents: [{name: 'alice-least-privilege', document: after, size: 90}], limit: 2048, fits: true, options: [], extras: ['s3:Extra'], check, replay},
	files: [],
};
const print = (changes: Partial<RemediationPlan> = {}, color = false): string => printPlan(analysis(), {...plan, ...changes}, {format: 'text', color, written: ['out/edit/apply.sh']}).text;

describe('a plan in words', () => {
	test('says what goes, the checks, the replay, each policy with its difference, and the new policy', () => {
		const lines = print().split('\n').map(line => line.trim());
		expect(lines).toEqual(expect.arrayContaining([
			'user alice: 1 action to go: s3:GetObject',
			'a warning',
			'check: evaluated again, the marked actions are gone, and nothing else changed',
			'replay: 0 of 48,112 events would have been denied',
			'the replay cannot vouch for s3:GetObject: the log\'s silence proves nothing there',
			'inline policy own of user alice: edited (own: 90 characters)',
			'a note',
			'as a new policy in place of all: 1 inline document, 90 of 2048 characters each',
			'its wildcards keep beside: s3:Extra',
			'written: out/edit/apply.sh',
		]));
	});

	test('says who would have been denied what, and when', () => {
		const events = {event: 's3.amazonaws.com:GetObject', actions: ['s3:GetObject'], count: 3, first: '2018-01-01T00:00:00Z', last: '2018-02-01T00:00:00Z'};
		const text = print({replay: {...replay, deniedEvents: 3, perhapsEvents: 1, principals: [{arn, events: 48_112, denied: [events], perhaps: [{...events, count: 1, actions: []}]}]}});
		expect(text).toContain('replay: 3 of 48,112 events would have been denied, 1 more may have been');
		expect(text).toContain(`denied: s3.amazonaws.com:GetObject (s3:GetObject), 3 times, by ${arn}, first 2018-01-01T00:00:00Z, last 2018-02-01T00:00:00Z`);
		expect(text).toContain(`perhaps denied: s3.amazonaws.com:GetObject, 1 time, by ${arn}`);
	});

	test('says what a check found, and why nothing can be edited', () => {
		expect(print({check: {...check, usedLost: ['s3:Used'], stillGranted: ['s3:Still']}})).toMatch(/check: marked and still granted: s3:Still\n.*check: used and lost: s3:Used\n/);
		expect(print({notEditable: 'AWS keeps it'})).toContain('nothing can be edited in IAM: AWS keeps it');
		expect(print({standalone: {...plan.standalone, fits: false, options: ['mark more']}})).toMatch(/it does not fit under IAM's limits:\n\s+mark more\n/);
	});

	test('colours what goes and what comes, and lets nothing of a policy act on the terminal', () => {
		expect(print({}, true)).toContain('\u001B[32m+   "s3:Put"\u001B[39m');
		expect(print({}, true)).toContain('\u001B[31m-   "s3:Get');
		expect(print()).not.toContain('\u001B');
	});
});

test('the JSON is what docs/ says', () => {
	const {text} = printPlan(analysis(), plan, {format: 'json', color: false, written: ['out/edit/apply.sh']});
	const document = objectOf(text);
	expect(schemaErrors('policy', document)).toEqual([]);
	expect(schemaErrors('policy', {...document, more: 1})).not.toEqual([]);
	expect(Object.keys(document).slice(6)).toEqual(['principal', 'removed', 'silent', 'notEditable', 'notes', 'policies', 'check', 'replay', 'standalone', 'files']);
});
