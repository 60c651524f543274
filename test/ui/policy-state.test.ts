import {describe, expect, test} from 'vitest';
import type {RemediationPlan} from '../../source/app/remediation.js';
import {appReducer} from '../../source/ui/app-reducer.js';
import {initApp, planOf, topOf, type AppState} from '../../source/ui/app-state.js';
import {defaultKeys} from '../../source/ui/keys.js';
import {policyDocument} from '../../source/ui/screens/policy/document.js';
import {demoChoice, fakeAnalysis, fakeExporter, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {afterKeys} from '../support/press.js';

const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const accounts = [prodChoice, demoChoice];
const analysis = fakeAnalysis(smallAccount, window);
const arn = 'arn:aws:iam::123456789012:user/alice';
const check = {stillGranted: [], lost: [], usedLost: [], gained: [], unknownLost: []};
const calm = {events: 48_112, deniedEvents: 0, perhapsEvents: 0, principals: [{arn, events: 48_112, denied: [], perhaps: []}]};
const hurting = {
	events: 48_112, deniedEvents: 3, perhapsEvents: 0, principals: [{
		arn, events: 48_112, perhaps: [],
		denied: [{event: 's3.amazonaws.com:ListBuckets', actions: ['s3:ListAllMyBuckets'], count: 3, first: '2026-01-02T03:04:05Z', last: '2026-08-19T10:03:27Z'}],
	}],
};

const plan: RemediationPlan = {
	arn, name: 'alice', kind: 'user', removed: ['s3:ListAllMyBuckets'], silent: [], notEditable: null, check, replay: calm, notes: [],
	policies: [{
		kind: 'inline', name: 'own', arn: null, places: [{kind: 'user', name: 'alice'}], outcome: 'edited', notes: [], before: {}, after: [{name: 'own', document: {}, size: 120}],
		diff: [{kind: 'same', text: '{'}, {kind: 'removed', text: '  "s3:ListAllMyBuckets",'}, {kind: 'added', text: '  "s3:Get*"'}], alsoAffects: [{arn, name: 'bob', kind: 'user'}],
	}],
	standalone: {
		form: 'inline', documents: [{name: 'alice-least', document: {Version: '2012-10-17'}, size: 90}], limit: 2048, fits: true, options: [],
		extras: ['s3:GetBucketAcl'], check, replay: calm,
	},
	files: [{path: 'edit/apply.sh', text: 'aws …'}],
};

const options = {
	size: {columns: 100, rows: 30}, keys: defaultKeys, exporter: fakeExporter, today: new Date('2026-11-23T12:00:00Z'), accounts, account: prodChoice, start: undefined,
	end: undefined, toggles: {usedOnly: false, hideBenign: false, hideUnknown: false},
};
const principal = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis, accounts}), 'enter');
const opened = afterKeys(principal, 'a', 'p');
const planned = (state: AppState, answer = plan) => appReducer(state, {type: 'planned', request: planOf(state)?.request ?? 0, answer: {status: 'ready', plan: answer}});
const linesOf = (state: AppState) => {
	const screen = topOf(state);
	return screen.name === 'policy' ? policyDocument(screen.state, 100).map(({text}) => text) : expect.fail('no policies');
};

describe('the policies without what is marked', () => {
	test('without a mark there is nothing to show, and that is said', () => {
		const state = afterKeys(principal, 'p');
		expect(topOf(state).name).toBe('principal');
		expect(state.notice).toContain('nothing is marked');
	});

	test('are asked for by principal and marks, and what is worked out is said meanwhile', () => {
		expect(planOf(opened)).toMatchObject({analysis, arn, marks: ['cloudwatch:getdashboard', 's3:listallmybuckets']});
		expect(linesOf(opened)[0]).toContain('without 2 marked actions');
	});

	test('of many actions the services are counted, so that the replay is seen at once; all stand at the end', () => {
		const removed = [...Array.from({length: 30}, (_, index) => `s3:Get${index}`), 'ec2:RunInstances'];
		const lines = linesOf(planned(opened, {...plan, removed, silent: removed}));
		expect(lines[0]).toBe('31 actions to go: 30 of s3, 1 of ec2 (all are below)');
		expect(lines[1]).toContain('replay: 0 of 48,112 events');
		expect(lines[2]).toContain('cannot vouch for 30 of s3, 1 of ec2');
		const text = lines.join('\n');
		expect(text.slice(text.indexOf('all actions to go:')).replaceAll(/\s+/g, ' ')).toContain('s3:Get29, ec2:RunInstances');
		expect(lines.indexOf('all actions to go:')).toBeGreaterThan(lines.findIndex(line => line.includes('policy own')));
	});

	test('an older plan is dropped; one that is there is not asked for again', () => {
		const late = appReducer(opened, {type: 'planned', request: 1, answer: {status: 'ready', plan}});
		expect(planOf(late)).not.toBeNull();
		expect(planOf(planned(opened))).toBeNull();
	});

	test('show replay, check, and each policy with signs before what goes and comes', () => {
		expect(linesOf(planned(opened))).toEqual([
			'1 action to go: s3:ListAllMyBuckets', 'replay: 0 of 48,112 events would have been denied',
			'evaluated again: the marked actions are gone, and nothing else changed',
			'', 'inline policy own of user alice: edited (own: 120 characters)', '  also changes: user bob', '  {', '-   "s3:ListAllMyBuckets",', '+   "s3:Get*"',
		]);
	});

	test('name every event that would have been denied, by whom and when', () => {
		const words = linesOf(planned(opened, {...plan, replay: hurting})).join(' ').replaceAll(/\s+/g, ' ');
		expect(words).toContain(`denied: s3.amazonaws.com:ListBuckets (s3:ListAllMyBuckets), 3 times, last 2026-08-19 10:03:27Z, by ${arn}`);
	});

	test('Tab shows the new policy, with every extra action that a wildcard keeps', () => {
		const lines = linesOf(afterKeys(planned(opened), 'tab'));
		expect(lines).toEqual(expect.arrayContaining([
			'a new policy in place of all: 1 inline document, 90 of 2048 characters each', 'its wildcards keep 1 more action: s3:GetBucketAcl', '+   "Version": "2012-10-17"',
		]));
	});

	test('e asks for the folder of the files', () => {
		const screen = topOf(afterKeys(planned(opened), 'e'));
		expect(screen.name === 'export' && [screen.state.what.kind, screen.state.field.text]).toEqual(['plan', 'policies-alice']);
		expect(topOf(afterKeys(opened, 'e')).name).toBe('policy');
	});

	test('a refresh works them out anew; Escape goes back to the marks', () => {
		const ready = planned(opened);
		const reading = afterKeys(ready, 'r');
		const fresh = appReducer(reading, {type: 'analyzed', job: reading.job?.id ?? 0, analysis: fakeAnalysis(smallAccount, window), accounts});
		expect(planOf(fresh)).not.toBeNull();
		const screen = topOf(afterKeys(ready, 'escape'));
		expect(screen.name === 'principal' ? [...screen.state.marked] : []).toHaveLength(2);
	});
});
