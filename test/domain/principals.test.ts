import {describe, expect, test} from 'vitest';
import type {Catalog} from '../../source/domain/action.js';
import {judgeCoverage} from '../../source/domain/coverage.js';
import type {EventMapping} from '../../source/domain/event-mapping.js';
import {createGrantEvaluator} from '../../source/domain/grants.js';
import {observeTrail} from '../../source/domain/trail-facts.js';
import {foldUsage} from '../../source/domain/principal-usage.js';
import {summarizePrincipal, type PrincipalSummary} from '../../source/domain/principals.js';
import type {IamPrincipal, IamUser} from '../../source/domain/snapshot.js';
import type {AssumptionRow, UsageRow} from '../../source/domain/usage.js';
import {fakeCatalog} from './fake-catalog.js';
import {usageRow} from './rows.js';
import {role, snapshotOf, user} from './snapshots.js';

const catalog = fakeCatalog(['ec2:DescribeInstances', {name: 's3:GetObject', trailClass: 'data'}, {name: 'logs:PutLogEvents', trailClass: 'never'}]);
const window = {start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'};

/** With a catalog of its own, and each event an action of its name. */
function summarizeWith(given: Catalog, principal: IamUser, rows: ReadonlyArray<Partial<UsageRow>>): PrincipalSummary {
	const snapshot = snapshotOf([principal]);
	const mapEvent = ({eventSource, eventName}: Pick<UsageRow, 'eventSource' | 'eventName'>): EventMapping => ({
		kind: 'actions', certain: [given.idOf(`${eventSource.split('.')[0] ?? ''}:${eventName}`) ?? -1], conditional: [],
	});
	const account = foldUsage({snapshot, rows: rows.map(row => usageRow({principalId: null, ...row})), assumptions: [], catalog: given, mapEvent});
	const coverage = judgeCoverage(
		given,
		{events: 10, daysCovered: 31, daysInWindow: 31, unreadableFiles: 0, regions: ['us-east-1'], observed: {...observeTrail([], snapshot.accountId, given, mapEvent), reads: true, writes: true}},
		{strict: false, settings: [], partition: 'aws'},
	);
	const subject = {grants: createGrantEvaluator(snapshot, given)(principal), usage: account.principals.get(principal.arn)};
	return summarizePrincipal({principal, ...subject, assumed: undefined, coverage, window, anyLogs: true, strictGaps: false}, {catalog: given, coverage, ...subject});
}

function summarize(principal: IamPrincipal, rows: ReadonlyArray<Partial<UsageRow>> = [], more: {assumptions?: AssumptionRow[]; anyLogs?: boolean; strictGaps?: boolean} = {}): PrincipalSummary {
	const anyLogs = more.anyLogs ?? true;
	const snapshot = principal.kind === 'user' ? snapshotOf([principal]) : snapshotOf([], [principal]);
	const account = foldUsage({
		snapshot,
		rows: rows.map(row => usageRow({identityType: 'IAMUser', identityArn: principal.arn, principalId: null, ...row})),
		assumptions: more.assumptions ?? [],
		catalog,
		mapEvent: () => ({kind: 'unmapped'}),
	});
	const coverage = judgeCoverage(
		catalog,
		{events: anyLogs ? 10 : 0, daysCovered: 31, daysInWindow: 31, unreadableFiles: 0, regions: ['us-east-1'], observed: {...observeTrail([], snapshot.accountId, catalog, () => ({kind: 'unmapped'})), reads: true, writes: true}},
		{strict: false, settings: [], partition: 'aws'},
	);
	const grants = createGrantEvaluator(snapshot, catalog)(principal);
	const usage = account.principals.get(principal.arn);
	const assumed = account.assumed.get(principal.arn);
	return summarizePrincipal({principal, grants, usage, assumed, coverage, window, anyLogs, strictGaps: more.strictGaps ?? false}, {catalog, coverage, grants, usage});
}

const seeing = ['ec2:DescribeInstances'];
const missing = {attachedPolicies: [{name: 'Gone', arn: 'arn:aws:iam::aws:policy/Gone'}]};
const alice = user('alice', seeing);
const deploy = role('deploy', seeing);
const assumed = [{roleArn: deploy.arn, caller: null, count: 2, first: '2026-01-03T00:00:00Z', last: '2026-01-09T00:00:00Z'}];

const dated = (last: string | null, complete = true) => user('alice', seeing, {credentialsUsed: {last, by: last === null ? null : 'password', complete}});

describe('whether a principal is unused (Domain rules, section 6)', () => {
	const cases: Array<{name: string; found: PrincipalSummary; expected: string}> = [
		{name: 'an event of its own', found: summarize(alice, [{}]), expected: 'used used'},
		{name: 'an event that failed', found: summarize(alice, [{errorCode: 'ValidationException'}]), expected: 'used used'},
		{name: 'only denied events', found: summarize(alice, [{errorCode: 'AccessDenied'}]), expected: 'used only-denied'},
		{name: 'only failed sign-ins are no use', found: summarize(alice, [{signInFailed: true}]), expected: 'unused no-events'},
		{name: 'only calls with an expired token are no use', found: summarize(alice, [{errorCode: 'ExpiredToken'}]), expected: 'unused no-events'},
		{name: 'denied events beside failed sign-ins', found: summarize(alice, [{signInFailed: true}, {errorCode: 'AccessDenied'}]), expected: 'used only-denied'},
		{name: 'somebody assumed the role', found: summarize(deploy, [], {assumptions: assumed}), expected: 'used assumed'},
		{name: 'no event', found: summarize(alice), expected: 'unused no-events'},
		{name: 'no event, and nothing granted', found: summarize(user('bob')), expected: 'unused no-events'},
		{name: 'no event, and gaps that --strict does not take', found: summarize(user('bob'), [], {strictGaps: true}), expected: 'unknown strict-gaps'},
		{name: 'no logs at all', found: summarize(alice, [], {anyLogs: false}), expected: 'unknown no-logs'},
		{name: 'IAM says that the role was used inside the window', found: summarize(role('deploy', seeing, {lastUsed: '2026-01-05T00:00:00Z'})), expected: 'unknown iam-last-used'},
		{name: 'IAM says that the role was used after the window', found: summarize(role('deploy', seeing, {lastUsed: '2026-03-05T00:00:00Z'})), expected: 'unknown iam-last-used'},
		{name: 'IAM says that the role was used before the window', found: summarize(role('deploy', seeing, {lastUsed: '2025-12-05T00:00:00Z'})), expected: 'unused no-events'},
		{name: 'IAM says that the user\'s password was used inside the window', found: summarize(dated('2026-01-05T00:00:00Z')), expected: 'unknown iam-last-used'},
		{name: 'IAM says so, and does not know all of its keys', found: summarize(dated('2026-01-05T00:00:00Z', false)), expected: 'unknown iam-last-used'},
		{name: 'IAM says that the user\'s key was used after the window', found: summarize(dated('2026-03-05T00:00:00Z')), expected: 'unknown iam-last-used'},
		{name: 'IAM says that the user\'s password was used before the window', found: summarize(dated('2025-12-05T00:00:00Z')), expected: 'unused no-events'},
		{name: 'IAM knows of no use of the user\'s credentials', found: summarize(dated(null)), expected: 'unused no-events'},
		{name: 'all it may do lies where the trail is blind', found: summarize(role('reader', ['s3:GetObject', 'logs:PutLogEvents'])), expected: 'unknown trail-is-blind'},
		{name: 'one action of what it may do would have been seen', found: summarize(role('reader', ['s3:GetObject', ...seeing])), expected: 'unused no-events'},
		{name: 'nothing it may do is in the catalog', found: summarize(role('odd', ['madeup:Thing'])), expected: 'unknown trail-is-blind'},
		{name: 'what it may do is not in the snapshot', found: summarize(user('bob', [], missing)), expected: 'unknown trail-is-blind'},
		{name: 'part of what it may do is not in the snapshot, the rest would have been seen', found: summarize(user('bob', seeing, missing)), expected: 'unused no-events'},
	];
	test.each(cases)('$name', ({found, expected}) => {
		expect(`${found.verdict} ${found.reasonCode}`).toBe(expected);
	});

	test.each([
		['inside the window', dated('2026-01-05T00:00:00Z'), /IAM says its password was last used 2026-01-05T00:00:00Z$/],
		['before it', dated('2025-12-05T00:00:00Z'), /; IAM's own last-used date is 2025-12-05$/],
		['never', dated(null), /; IAM knows of no use of a password or an access key$/],
		['not all is known: no date', dated('2025-12-05T00:00:00Z', false), /; IAM's own last-used date was not given$/],
		['nobody asked', alice, /; IAM's own last-used date was not given$/],
	])('the reason says what IAM knows of a user\'s credentials: %s', (_, principal, reason) => {
		expect(summarize(principal).reason).toMatch(reason);
	});

	test('the reason says since when, how old and what IAM says', () => {
		expect(summarize(alice).reason).toBe('no event since 2026-01-01; created 2017-09-02; IAM\'s own last-used date was not given');
		expect(summarize(role('deploy', seeing, {created: '2026-01-20T00:00:00Z', lastUsed: '2025-12-05T00:00:00Z'})).reason)
			.toBe('no event since 2026-01-01; created 2026-01-20, inside the window; IAM\'s own last-used date is 2025-12-05');
		expect(summarize(alice, [{signInFailed: true, count: 3}]).reason).toContain('3 unauthenticated calls (a failed sign-in, an expired token)');
	});
});

test('last used is the last event that was not denied, or the last assumption', () => {
	expect(summarize(alice, [{last: '2026-01-04T00:00:00Z'}, {errorCode: 'AccessDenied', last: '2026-01-09T00:00:00Z'}])).toMatchObject({lastUsed: '2026-01-04T00:00:00Z', events: 2, denied: 1});
	expect(summarize(deploy, [], {assumptions: assumed}).lastUsed).toBe('2026-01-09T00:00:00Z');
	expect(summarize(alice, [{errorCode: 'AccessDenied'}]).lastUsed).toBeNull();
});

test('flags say what stands out', () => {
	const everything = user('root-like', ['*']);
	expect(summarize(everything).flags).toEqual(['admin']);
	expect(summarize(role('AWSServiceRoleForX', seeing, {path: '/aws-service-role/x.amazonaws.com/'})).flags).toEqual(['service-linked']);
	expect(summarize(role('AWSReservedSSO_x', seeing, {path: '/aws-reserved/sso.amazonaws.com/eu-west-1/'})).flags).toEqual(['sso']);
	expect(summarize(user('bob', seeing, {...missing, boundaryArn: 'arn:aws:iam::111122223333:policy/B'})).flags).toEqual(['boundary', 'incomplete']);
});

test('unused dangerous grants are those of the table of risky actions that silence proves unused', () => {
	const risky = fakeCatalog(['ec2:DescribeInstances', 'ec2:RunInstances', 'iam:CreateAccessKey', {name: 's3:GetObject', trailClass: 'data'}]);
	const all = user('ann', ['ec2:*', 'iam:CreateAccessKey', 's3:GetObject']);
	const runs = {eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', identityArn: all.arn};
	expect(summarizeWith(risky, all, []).unusedDangerous).toBe(2);
	expect(summarizeWith(risky, all, [runs]).unusedDangerous).toBe(1);
});
