import {describe, expect, test} from 'vitest';
import {buildAnalysis, type AnalysisInput} from '../../source/app/analyse.js';
import type {Analysis} from '../../source/app/analysis.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {usageWithoutTrail, type LastAccessed, type LastAccessedReport, type ServiceAccess} from '../../source/domain/last-accessed.js';
import type {IamPrincipal} from '../../source/domain/snapshot.js';
import type {Usage, UsageRow} from '../../source/domain/usage.js';
import {access, heard, report, reported} from '../domain/last-accessed-reports.js';
import {account, usageRow} from '../domain/rows.js';
import {role, snapshotOf, user} from '../domain/snapshots.js';

const window = {start: '2026-01-01T00:00:00Z', end: '2026-02-02T00:00:00Z'};
const inside = '2026-01-20T12:00:00Z';
const earlier = '2025-12-20T12:00:00Z';
const later = '2026-02-02T00:00:00Z';

type More = Partial<AnalysisInput>;

function analyse(principal: IamPrincipal, usage: Usage, more: More = {}): Analysis {
	return buildAnalysis({
		snapshot: principal.kind === 'user' ? snapshotOf([principal]) : snapshotOf([], [principal]),
		usage,
		window,
		accountName: null,
		catalog: loadCatalog(),
		strict: false,
		...more,
	});
}

/** "unused not-accessed" of one action. */
function markOf(analysis: Analysis, action: string): string {
	const row = analysis.principal(analysis.principals[0]!.arn).actions.find(({lower}) => lower === action.toLowerCase());
	return row ? `${row.verdict} ${row.reasonCode}` : 'no row';
}

const principalMark = (analysis: Analysis): string => `${analysis.principals[0]!.verdict} ${analysis.principals[0]!.reasonCode}`;

describe('without a trail, an action is', () => {
	const mark = (granted: readonly string[], services: readonly ServiceAccess[] | undefined, action: string, {made, more}: {made?: Partial<LastAccessedReport>; more?: More} = {}) => {
		const deploy = role('deploy', granted);
		const reports: LastAccessed = services ? heard(report(deploy.arn, services, made)) : heard();
		return markOf(analyse(deploy, usageWithoutTrail(reports, more?.window ?? window), more), action);
	};

	const cases: Array<[rule: string, found: string, expected: string]> = [
		['used where IAM names an attempt in the window', mark(['s3:CreateBucket'], [access('s3', inside, {CreateBucket: inside})], 's3:CreateBucket'), 'used last-accessed'],
		['used on the first instant of the window', mark(['s3:CreateBucket'], [access('s3', window.start, {CreateBucket: window.start})], 's3:CreateBucket'), 'used last-accessed'],
		['used where IAM names its event', mark(['s3:ListAllMyBuckets'], [access('s3', inside, {ListBuckets: inside})], 's3:ListAllMyBuckets'), 'used last-accessed'],
		['unused where IAM tracks it and knows of no attempt', mark(['s3:*'], [access('s3', inside, {CreateBucket: inside, DeleteBucketPolicy: null})], 's3:DeleteBucketPolicy'), 'unused not-accessed'],
		['unused where the last attempt was before the window', mark(['s3:*'], [access('s3', inside, {DeleteBucketPolicy: earlier})], 's3:DeleteBucketPolicy'), 'unused not-accessed'],
		['unused where nothing of the service was accessed', mark(['kms:*'], [access('kms')], 'kms:CreateKey'), 'unused service-not-accessed'],
		['unused where the service was last accessed before the window', mark(['kms:*'], [access('kms', earlier)], 'kms:CreateKey'), 'unused service-not-accessed'],
		['unknown where the service was accessed and IAM does not say how', mark(['kms:*'], [access('kms', inside)], 'kms:CreateKey'), 'unknown not-tracked'],
		['unknown where IAM tracks other actions of the service', mark(['s3:*'], [access('s3', inside, {CreateBucket: inside})], 's3:PutBucketPolicy'), 'unknown not-tracked'],
		['unknown where the service was last accessed after the window', mark(['kms:*'], [access('kms', later)], 'kms:CreateKey'), 'unknown last-accessed-later'],
		['unknown where it was last accessed after the window', mark(['s3:*'], [access('s3', later, {CreateBucket: later})], 's3:CreateBucket'), 'unknown last-accessed-later'],
		['unknown where it is a data event, even of a service that was not accessed', mark(['s3:*'], [access('s3')], 's3:GetObject'), 'unknown data-event'],
		['unknown where it is iam:PassRole, even of a service that was not accessed', mark(['iam:*'], [access('iam')], 'iam:PassRole'), 'unknown not-tracked'],
		['unknown where a call that IAM names may have needed it', mark(['ec2:*'], [access('ec2', inside, {RunInstances: inside, CreateTags: null})], 'ec2:CreateTags'), 'unknown may-have-been-needed'],
		['unknown where a call of an accessed service may have needed it', mark(['ec2:CreateTags', 'autoscaling:*'], [access('ec2', null, {CreateTags: null}), access('autoscaling', inside)], 'ec2:CreateTags'), 'unknown may-have-been-needed'],
		['unused where a call that may need it was tracked and not made', mark(['ec2:CreateTags', 'ec2:RunInstances'], [access('ec2', earlier, {RunInstances: earlier, CreateTags: null})], 'ec2:CreateTags'), 'unused not-accessed'],
		['unknown where the report does not list the service', mark(['kms:*'], [access('s3')], 'kms:CreateKey'), 'unknown not-in-report'],
		['unknown where there is no report', mark(['kms:*'], undefined, 'kms:CreateKey'), 'unknown no-last-accessed-report'],
		['unknown where the window begins before the data', mark(['kms:*'], [access('kms')], 'kms:CreateKey', {more: {window: {start: '2024-12-01T00:00:00Z', end: window.end}}}), 'unknown before-tracking'],
		['unknown where the report is older than the window', mark(['kms:*'], [access('kms')], 'kms:CreateKey', {made: {created: '2026-01-10T00:00:00Z'}}), 'unknown report-too-old'],
		['unknown under --strict, which takes no assumption', mark(['kms:*'], [access('kms')], 'kms:CreateKey', {more: {strict: true}}), 'unknown strict-assumed'],
		['used under --strict where it was seen', mark(['s3:*'], [access('s3', inside, {CreateBucket: inside})], 's3:CreateBucket', {more: {strict: true}}), 'used last-accessed'],
		['no row where it was attempted, maybe denied, and is not granted', mark(['s3:ListAllMyBuckets'], [access('s3', inside, {CreateBucket: inside})], 's3:CreateBucket'), 'no row'],
	];
	test.each(cases)('%s', (_, found, expected) => {
		expect(found).toBe(expected);
	});

	test('never unused in the hours before the report', () => {
		const fresh = role('fresh', ['kms:*'], {created: '2026-02-01T07:00:00Z'});
		expect(markOf(analyse(fresh, usageWithoutTrail(heard(report(fresh.arn, [access('kms')])), window)), 'kms:CreateKey')).toBe('unknown report-too-early');
	});

	test('used without a number: the row has a last time, no count and no event', () => {
		const deploy = role('deploy', ['s3:CreateBucket']);
		const analysis = analyse(deploy, usageWithoutTrail(heard(report(deploy.arn, [access('s3', inside, {CreateBucket: inside})])), window));
		expect(analysis.principal(deploy.arn).actions[0]).toMatchObject({
			count: 0, failed: 0, denied: 0, firstUsed: null, lastUsed: inside, events: [], reason: `IAM says it was last attempted ${inside} (denied attempts count, too); how often is not known`,
		});
	});
});

describe('without a trail, a principal is', () => {
	const mark = (principal: IamPrincipal, services: readonly ServiceAccess[] | undefined, made: Partial<LastAccessedReport> = {}, more: More = {}) =>
		principalMark(analyse(principal, usageWithoutTrail(services ? heard(report(principal.arn, services, made)) : heard(), more.window ?? window), more));
	const deploy = role('deploy', ['kms:*']);
	const cases: Array<[rule: string, found: string, expected: string]> = [
		['used where a service was accessed in the window', mark(deploy, [access('kms', inside)]), 'used last-accessed'],
		['used where an action was', mark(deploy, [access('kms', later, {CreateKey: inside})]), 'used last-accessed'],
		['unused where none was', mark(deploy, [access('kms', earlier)]), 'unused not-accessed'],
		['unused where it may do nothing', mark(role('idle'), []), 'unused not-accessed'],
		['unknown where IAM\'s own date of the role is in the window', mark(role('deploy', ['kms:*'], {lastUsed: inside}), [access('kms')]), 'unknown iam-last-used'],
		['unknown where the last access came after the window', mark(deploy, [access('kms', later)]), 'unknown last-accessed-later'],
		['unknown where there is no report', mark(deploy, undefined), 'unknown no-last-accessed-report'],
		['unknown where pages are missing', mark(deploy, [access('kms')], {complete: false}), 'unknown report-cut-off'],
		['unknown where the window begins before the data', mark(deploy, [access('kms')], {}, {window: {start: '2024-12-01T00:00:00Z', end: window.end}}), 'unknown before-tracking'],
		['unknown where nothing it may do is tracked', mark(role('reader', ['s3:GetObject']), [access('s3')]), 'unknown not-tracked'],
		['unknown under --strict', mark(deploy, [access('kms')], {}, {strict: true}), 'unknown strict-assumed'],
		['unknown where it is a user: resource policies may let it in elsewhere, and no date of its own speaks', mark(user('alice', ['kms:*']), [access('kms')]), 'unknown no-own-date'],
		['unused where it is a user, and its password and keys were asked for', mark(user('alice', ['kms:*'], {credentialsUsed: {last: earlier, by: 'password', complete: true}}), [access('kms')]), 'unused not-accessed'],
		['unknown where not all of its keys were asked for', mark(user('alice', ['kms:*'], {credentialsUsed: {last: null, by: null, complete: false}}), [access('kms')]), 'unknown no-own-date'],
		['unknown where a user\'s key was used in the window', mark(user('alice', ['kms:*'], {credentialsUsed: {last: inside, by: 'access key', complete: false}}), [access('kms')]), 'unknown iam-last-used'],
		['used where it is a user that accessed a service', mark(user('alice', ['kms:*']), [access('kms', inside)]), 'used last-accessed'],
	];
	test.each(cases)('%s', (_, found, expected) => {
		expect(found).toBe(expected);
	});
});

test('every granted action is unused only where its reason says that silence proves it, and the other way round', () => {
	const names = {s3: ['CreateBucket', 'DeleteBucket', 'GetObject'], ec2: ['RunInstances', 'CreateTags'], kms: ['CreateKey'], iam: ['PassRole', 'CreateRole'], sqs: []};
	const times = [null, earlier, inside, later];
	const admin = role('admin', ['*']);
	for (let turn = 0; turn < 16; turn++) {
		const services = Object.entries(names).map(([service, actions], at) => access(service, times[(turn + at) % 4] ?? null, actions.length === 0 ? undefined : Object.fromEntries(actions.map((name, index) => [name, times[(Math.floor(turn / 4) + at + index) % 4] ?? null]))));
		const {actions} = analyse(admin, usageWithoutTrail(heard(report(admin.arn, services)), window)).principal(admin.arn);
		const proving = new Set(['not-accessed', 'service-not-accessed']);
		expect(actions.filter(({verdict, reasonCode}) => (verdict === 'unused') !== proving.has(reasonCode))).toEqual([]);
		expect(actions.some(({verdict}) => verdict === 'unused')).toBe(true);
	}
});

describe('an account without a trail', () => {
	const deploy = role('deploy', ['kms:*', 's3:*']);
	const analysis = analyse(deploy, usageWithoutTrail(heard(report(deploy.arn, [access('kms', earlier), access('s3', inside, {CreateBucket: inside})])), window));

	test('says where its data is from, and its limits', () => {
		expect(analysis.trail).toMatchObject({source: 'last-accessed', location: 'IAM of account 111122223333', events: 0, daysCovered: 32, daysInWindow: 32});
		expect(analysis.warnings.map(({code}) => code)).toEqual(['last-accessed-limits']);
		expect(analysis.warnings[0]?.message).toContain(`as of ${reported}`);
		expect(analysis.principals[0]).toMatchObject({lastUsed: inside, events: 0, denied: 0});
	});

	test('the counts of the list are the rows of the detail', () => {
		const {actions} = analysis.principal(deploy.arn);
		for (const verdict of ['used', 'unused', 'unknown', 'ungranted'] as const) {
			expect(actions.filter(row => row.verdict === verdict).length, verdict).toBe(analysis.principals[0]?.counts[verdict]);
		}
	});

	test('explains a row as the row does', () => {
		expect(analysis.explain(deploy.arn, 'kms:CreateKey', {rows: [], changes: []})).toMatchObject({verdict: 'unused', reasonCode: 'service-not-accessed'});
	});
});

describe('beside a trail', () => {
	const alice = user('alice', ['s3:*', 'kms:*', 'ec2:*']);
	const other = `arn:aws:iam::${account}:user/other`;
	const trailOf = (rows: ReadonlyArray<Partial<UsageRow>>, lastAccessed: LastAccessed): Usage => ({
		source: 'files', location: '/logs',
		// Somebody else's call: the log is no empty one, and knows reads and writes.
		rows: [
			usageRow({identityArn: other, principalId: null}),
			usageRow({identityArn: other, principalId: null, readOnly: false, eventSource: 'kms.amazonaws.com', eventName: 'CreateKey'}),
			...rows.map(row => usageRow({principalId: null, ...row})),
		],
		assumptions: [],
		accounts: [{accountId: account, events: 9, firstEvent: window.start, lastEvent: inside}],
		days: ['2026-01-01'], regions: ['us-east-1'], elsewhere: [], unreadable: [], files: 1, warnings: [], lastAccessed,
	});
	const mark = (services: readonly ServiceAccess[], action: string, rows: ReadonlyArray<Partial<UsageRow>> = []) =>
		markOf(analyse(alice, trailOf(rows, heard(report(alice.arn, services)))), action);
	const s3Row = (last: string): Partial<UsageRow> => ({eventName: 'CreateBucket', first: last, last});

	const cases: Array<[rule: string, found: string, expected: string]> = [
		['no report leaves a mark as it is', mark([], 'kms:CreateKey'), 'unused not-used'],
		['an attempt that the log does not hold is never unused', mark([access('s3', inside, {DeleteBucket: inside})], 's3:DeleteBucket', [s3Row(inside)]), 'unknown last-accessed-disagrees'],
		['an attempt outside the window says nothing', mark([access('s3', later, {DeleteBucket: later})], 's3:DeleteBucket'), 'unused not-used'],
		['an attempt that the log holds is used', mark([access('s3', inside, {CreateBucket: inside})], 's3:CreateBucket', [s3Row(inside)]), 'used used'],
		['a denied attempt that the log holds stays one', mark([access('s3', inside, {CreateBucket: inside})], 's3:CreateBucket', [{...s3Row(inside), errorCode: 'AccessDenied'}]), 'unknown tried'],
		['an access of a service of which the log holds no event makes its actions unknown', mark([access('kms', inside)], 'kms:CreateKey'), 'unknown last-accessed-disagrees'],
		['but not those that IAM tracks and saw no attempt of', mark([access('kms', inside, {CreateKey: null})], 'kms:CreateKey'), 'unused not-used'],
		['nor those of another service', mark([access('kms', inside)], 'ec2:RunInstances'), 'unused not-used'],
		['an access about as late as the service\'s last event agrees', mark([access('s3', inside)], 's3:DeleteBucket', [s3Row('2026-01-20T08:00:00Z')]), 'unused not-used'],
		['an access days after the service\'s last event does not', mark([access('s3', inside)], 's3:DeleteBucket', [s3Row('2026-01-10T08:00:00Z')]), 'unknown last-accessed-disagrees'],
		['an event that needs no permission is an event of its service', mark([access('sts', inside)], 'kms:CreateKey', [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity', last: inside}]), 'unused not-used'],
		['an event that maps to no action is an event of its service', mark([access('kms', inside)], 'kms:CreateKey', [{eventSource: 'kms.amazonaws.com', eventName: 'Unheard', last: inside}]), 'unused not-used'],
		['what is unknown by itself keeps its reason where only the service was accessed', mark([access('s3', inside)], 's3:GetObject'), 'unknown data-event'],
		['what another call may have needed says that IAM knows of an attempt', mark([access('ec2', inside, {CreateTags: inside})], 'ec2:CreateTags', [{eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', last: inside}]), 'unknown last-accessed-disagrees'],
	];
	test.each(cases)('%s', (_, found, expected) => {
		expect(found).toBe(expected);
	});

	test('the row says what IAM says', () => {
		const analysis = analyse(alice, trailOf([], heard(report(alice.arn, [access('s3', inside, {DeleteBucket: inside}), access('kms', inside)]))));
		const reasonOf = (action: string) => analysis.principal(alice.arn).actions.find(row => row.action === action)?.reason;
		expect(reasonOf('s3:DeleteBucket')).toBe(`IAM says it was last accessed ${inside}, but no event of it is in these logs`);
		expect(reasonOf('kms:CreateKey')).toBe(`IAM says kms was last accessed ${inside}, but no event of kms is in these logs`);
	});

	const principals: Array<[rule: string, services: readonly ServiceAccess[], rows: ReadonlyArray<Partial<UsageRow>>, expected: string]> = [
		['without an event, but accessed in the window, is unknown', [access('kms', inside)], [], 'unknown last-accessed-disagrees'],
		['without an event, accessed before the window, is unused', [access('kms', earlier)], [], 'unused no-events'],
		['with an event is used', [access('kms', inside)], [s3Row(inside)], 'used used'],
	];
	test.each(principals)('a principal %s', (_, services, rows, expected) => {
		const analysis = analyse(alice, trailOf(rows, heard(report(alice.arn, services))));
		expect(principalMark(analysis)).toBe(expected);
		expect(analysis.warnings.map(({code}) => code)).not.toContain('last-accessed-limits');
	});

	test('an empty trail stays unknown for want of logs', () => {
		const analysis = analyse(alice, {...trailOf([], heard(report(alice.arn, [access('kms')]))), rows: [], accounts: [], days: []});
		expect(principalMark(analysis)).toBe('unknown no-logs');
		expect(markOf(analysis, 'kms:CreateKey')).toBe('unknown no-logs');
	});
});
