import {describe, expect, test} from 'vitest';
import {buildAnalysis, type AnalysisInput} from '../../source/app/analyse.js';
import type {ActionEvidence, Analysis} from '../../source/app/analysis.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import type {EventSample, SampledRow} from '../../source/domain/evidence.js';
import type {PolicyChange} from '../../source/domain/policy-changes.js';
import type {IamPrincipal, IamSnapshot, IamUser} from '../../source/domain/snapshot.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {account, usageRow} from '../domain/rows.js';
import {role, snapshotOf, user} from '../domain/snapshots.js';

const aliceArn = `arn:aws:iam::${account}:user/alice`;
const rootArn = `arn:aws:iam::${account}:root`;
const boundaryArn = `arn:aws:iam::${account}:policy/Limits`;

type Statement = Readonly<Record<string, unknown>>;

const statement = (effect: 'Allow' | 'Deny', actions: string | readonly string[], more: Statement = {}): Statement => ({Effect: effect, Action: actions, Resource: '*', ...more});
const document = (...statements: readonly Statement[]) => ({Version: '2012-10-17', Statement: statements});

/** Alice with an inline policy of the given statements. */
const alice = (...statements: readonly Statement[]): IamUser => user('alice', [], {inlinePolicies: statements.length === 0 ? [] : [{name: 'own', document: document(...statements)}]});

type Case = {
	readonly principal?: IamPrincipal;
	readonly arn?: string;
	readonly snapshot?: Partial<IamSnapshot>;
	readonly rows?: ReadonlyArray<Partial<SampledRow>>;
	readonly changes?: readonly PolicyChange[];
	readonly scps?: AnalysisInput['serviceControlPolicies'];
	readonly action: string;
};

const emptySample: EventSample = {eventId: null, region: null, sourceAddress: null, userAgent: null};

const sampled = (row: Partial<SampledRow>): SampledRow => ({...usageRow(row), sample: row.sample ?? emptySample});

function analysisOf({principal = alice(), snapshot, rows = [], scps}: Case): Analysis {
	const usageRows: UsageRow[] = rows.map(row => usageRow(row));
	return buildAnalysis({
		snapshot: {...(principal.kind === 'user' ? snapshotOf([principal]) : snapshotOf([], [principal])), ...snapshot},
		usage: {
			source: 'files', location: '/logs', rows: usageRows, assumptions: [], accounts: [{accountId: account, events: 9, firstEvent: '2026-01-01T00:00:00Z', lastEvent: '2026-01-31T00:00:00Z'}],
			days: Array.from({length: 31}, (_, day) => `2026-01-${String(day + 1).padStart(2, '0')}`), regions: ['us-east-1'], elsewhere: [], unreadable: [], files: 1, warnings: [],
		},
		window: {start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'},
		accountName: null,
		catalog: loadCatalog(),
		strict: false,
		...scps && {serviceControlPolicies: scps},
	});
}

/** The evidence as the program comes by it: of the log only the events that it asks for. */
function evidenceOf(one: Case): ActionEvidence {
	const analysis = analysisOf(one);
	const arn = one.arn ?? one.principal?.arn ?? aliceArn;
	const wanted = new Set(analysis.eventsToLookFor(arn, one.action));
	const rows = (one.rows ?? []).map(row => sampled(row)).filter(row => wanted.has(`${row.eventSource}:${row.eventName}`));
	return analysis.explain(arn, one.action, {rows, changes: one.changes ?? []});
}

const createBucket = {eventName: 'CreateBucket', readOnly: false};
const runTask = {eventSource: 'ecs.amazonaws.com', eventName: 'RunTask', readOnly: false};
const refusedPassRole = {...runTask, errorCode: 'AccessDenied', messageDenies: true, hasErrorMessage: true, deniedAction: 'iam:PassRole'};

const change = (eventName: string, parameters: Statement, more: Partial<PolicyChange> = {}): PolicyChange => ({
	time: '2026-01-10T00:00:00Z', eventSource: 'iam.amazonaws.com', eventName, actor: `arn:aws:iam::${account}:user/bob`, eventId: 'c1', parameters, ...more,
});

const seenOf = ({seen}: ActionEvidence): string[] => seen.map(({event, outcome, errorCode, count}) => `${event} ${outcome} ${errorCode ?? '-'} ${count}`);

describe('the verdict, and what was seen of the action', () => {
	const cases: Array<Case & {readonly name: string; readonly verdict: string; readonly seen: readonly string[]}> = [
		{name: 'used', principal: alice(statement('Allow', 's3:*')), rows: [createBucket], action: 's3:CreateBucket', verdict: 'used used', seen: ['s3.amazonaws.com:CreateBucket succeeded - 1']},
		{
			name: 'used under another event name', principal: alice(statement('Allow', 's3:*')), rows: [{eventName: 'ListBuckets'}], action: 's3:ListAllMyBuckets',
			verdict: 'used used', seen: ['s3.amazonaws.com:ListBuckets succeeded - 1'],
		},
		{
			name: 'used, and every call failed after authorization', principal: alice(statement('Allow', 's3:*')),
			rows: [{...createBucket, errorCode: 'BucketAlreadyExists'}], action: 's3:CreateBucket',
			verdict: 'used used-failed', seen: ['s3.amazonaws.com:CreateBucket failed BucketAlreadyExists 1'],
		},
		{name: 'unused', principal: alice(statement('Allow', 's3:*')), rows: [{eventName: 'ListBuckets'}, createBucket], action: 's3:DeleteBucket', verdict: 'unused not-used', seen: []},
		{
			name: 'tried: denied and throttled', principal: alice(statement('Allow', 's3:*')),
			rows: [{...createBucket, errorCode: 'AccessDenied', count: 3}, {...createBucket, errorCode: 'SlowDown', last: '2026-01-02T00:00:00Z'}],
			action: 's3:CreateBucket', verdict: 'unknown tried', seen: ['s3.amazonaws.com:CreateBucket no-proof SlowDown 1', 's3.amazonaws.com:CreateBucket denied AccessDenied 3'],
		},
		{
			name: 'denied by the refusal of another event', principal: alice(statement('Allow', ['ecs:*', 'iam:PassRole'])), rows: [refusedPassRole], action: 'iam:PassRole',
			verdict: 'unknown tried', seen: ['ecs.amazonaws.com:RunTask denied AccessDenied 1'],
		},
		{
			name: 'a refusal that names another action says nothing of the event\'s own', principal: alice(statement('Allow', ['ecs:*', 'iam:PassRole'])), rows: [refusedPassRole],
			action: 'ecs:RunTask', verdict: 'unknown tried', seen: ['ecs.amazonaws.com:RunTask no-proof AccessDenied 1'],
		},
		{
			name: 'needs no permission: used, not granted, no "+"', principal: alice(), rows: [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity'}],
			action: 'sts:GetCallerIdentity', verdict: 'null no-permission-needed', seen: ['sts.amazonaws.com:GetCallerIdentity succeeded - 1'],
		},
		{
			name: 'denied by the refusal of another event, and not granted', principal: alice(statement('Allow', 'ecs:*')), rows: [refusedPassRole], action: 'iam:PassRole',
			verdict: 'null not-granted', seen: ['ecs.amazonaws.com:RunTask denied AccessDenied 1'],
		},
		{
			name: 'conditional: another call may have needed it', principal: alice(statement('Allow', ['ecs:*', 'iam:PassRole'])), rows: [runTask], action: 'iam:PassRole',
			verdict: 'unknown may-have-been-needed', seen: ['ecs.amazonaws.com:RunTask succeeded - 1'],
		},
		{
			name: 'not known: an event of the service that maps to no action may have been it', principal: alice(statement('Allow', 'xray:*')),
			rows: [{eventSource: 'xray.amazonaws.com', eventName: 'Unheard'}, {readOnly: true}, createBucket], action: 'xray:GetGroup',
			verdict: 'unknown unmapped-event', seen: ['xray.amazonaws.com:Unheard succeeded - 1'],
		},
		{name: 'used, not granted', principal: alice(), rows: [createBucket], action: 's3:CreateBucket', verdict: 'ungranted not-granted', seen: ['s3.amazonaws.com:CreateBucket succeeded - 1']},
		{name: 'neither granted nor used', principal: alice(), rows: [createBucket], action: 's3:DeleteBucket', verdict: 'null not-granted', seen: []},
		{
			name: 'not granted and only denied', principal: alice(), rows: [{...createBucket, errorCode: 'AccessDenied'}],
			action: 's3:CreateBucket', verdict: 'null not-granted', seen: ['s3.amazonaws.com:CreateBucket denied AccessDenied 1'],
		},
		{name: 'not in the catalog', principal: alice(statement('Allow', 'madeup:Thing')), action: 'madeup:Thing', verdict: 'unknown not-in-catalog', seen: []},
		{
			name: 'somebody else\'s calls are not its own', principal: alice(),
			rows: [{...createBucket, identityArn: `arn:aws:iam::${account}:user/bob`, principalId: 'AIDABOB'}], snapshot: {users: [alice(), user('bob')]},
			action: 's3:CreateBucket', verdict: 'null not-granted', seen: [],
		},
		{
			name: 'calls of an earlier user of that name are not its own', principal: {...alice(), id: 'AIDANEW'}, rows: [{...createBucket, principalId: 'AIDAOLD'}],
			action: 's3:CreateBucket', verdict: 'null not-granted', seen: [],
		},
		{
			name: 'a role\'s sessions are the role\'s', principal: role('deploy', ['s3:*']), action: 's3:CreateBucket', verdict: 'used used', seen: ['s3.amazonaws.com:CreateBucket succeeded - 1'],
			rows: [{...createBucket, identityType: 'AssumedRole', identityArn: null, issuerArn: `arn:aws:iam::${account}:role/deploy`, issuerType: 'Role', issuerId: 'AROADEPLOY'}],
		},
		{
			name: 'the root user\'s', principal: alice(), arn: rootArn, rows: [{...createBucket, identityType: 'Root', identityArn: rootArn, principalId: account}],
			action: 's3:CreateBucket', verdict: 'used root', seen: ['s3.amazonaws.com:CreateBucket succeeded - 1'],
		},
		{
			name: 'what the root user did not do: it may all the same', principal: alice(), arn: rootArn, rows: [{...createBucket, identityType: 'Root', identityArn: rootArn, principalId: account}],
			action: 's3:DeleteBucket', verdict: 'null root', seen: [],
		},
	];
	test.each(cases)('$name', ({verdict, seen, ...one}) => {
		const evidence = evidenceOf(one);
		expect(`${evidence.verdict} ${evidence.reasonCode}`).toBe(verdict);
		expect(seenOf(evidence)).toEqual(seen);
	});

	test('the verdict and its reason are those of the row, whatever the case of the name', () => {
		const one: Case = {principal: alice(statement('Allow', 's3:*')), rows: [createBucket], action: 'S3:CREATEBUCKET'};
		const row = analysisOf(one).principal(aliceArn).actions.find(({lower}) => lower === 's3:createbucket');
		const {action, verdict, reasonCode, reason} = evidenceOf(one);
		expect({action, verdict, reasonCode, reason}).toEqual({action: row?.action, verdict: row?.verdict, reasonCode: row?.reasonCode, reason: row?.reason});
		expect(action).toBe('s3:CreateBucket');
	});

	test('an action outside the catalog, in another case, has the row\'s spelling and its statement', () => {
		const evidence = evidenceOf({principal: alice(statement('Allow', 'MadeUp:Thing')), action: 'madeup:thing'});
		expect(evidence).toMatchObject({action: 'MadeUp:Thing', provedBy: [], grantedBy: [{policy: 'own', statement: 0}]});
	});

	test('rows that ended alike are summed: first of all, last of all, the sample of the last', () => {
		const late = {...emptySample, eventId: 'late'};
		const [seen, ...others] = evidenceOf({
			action: 's3:CreateBucket',
			rows: [
				{...createBucket, count: 2, first: '2026-01-03T00:00:00Z', last: '2026-01-04T00:00:00Z', sample: {...emptySample, eventId: 'early'}},
				{...createBucket, count: 3, first: '2026-01-05T00:00:00Z', last: '2026-01-09T00:00:00Z', sample: late, eventCategory: null},
				{...createBucket, count: 4, first: '2026-01-01T00:00:00Z', last: '2026-01-02T00:00:00Z', sample: {...emptySample, eventId: 'first'}, readOnly: null},
			],
		}).seen;
		expect(others).toEqual([]);
		expect(seen).toEqual({
			event: 's3.amazonaws.com:CreateBucket', relation: 'proof', outcome: 'succeeded', errorCode: null, count: 9, first: '2026-01-01T00:00:00Z', last: '2026-01-09T00:00:00Z', sample: late,
		});
	});
});

describe('what grants it, and what stands in its way', () => {
	const boundary = (...statements: readonly Statement[]) => ({policies: [{name: 'Limits', arn: boundaryArn, document: document(...statements)}]});
	const limited = (...statements: readonly Statement[]): IamPrincipal => ({...alice(...statements), boundaryArn});
	const cases: Array<Case & {readonly name: string; readonly verdict: string; readonly blockedBy: readonly string[]; readonly inPart?: boolean; readonly grants: number}> = [
		{name: 'nothing', principal: alice(statement('Allow', 's3:*'), statement('Allow', '*')), rows: [{eventName: 'ListBuckets'}, createBucket], action: 's3:DeleteBucket', verdict: 'unused not-used', blockedBy: [], grants: 2},
		{
			name: 'a Deny, of a used action', principal: alice(statement('Allow', 's3:*'), statement('Deny', 's3:CreateBucket')), rows: [createBucket], action: 's3:CreateBucket',
			verdict: 'ungranted blocked', blockedBy: ['Deny'], grants: 1,
		},
		{
			name: 'a Deny, of an action that was not used', principal: alice(statement('Allow', 's3:*'), statement('Deny', 's3:CreateBucket')), action: 's3:CreateBucket',
			verdict: 'null blocked', blockedBy: ['Deny'], grants: 1,
		},
		{
			name: 'a boundary', principal: limited(statement('Allow', 's3:*')), snapshot: boundary(statement('Allow', 'ec2:*')), rows: [createBucket], action: 's3:CreateBucket',
			verdict: 'ungranted blocked', blockedBy: ['permissions boundary Limits'], grants: 1,
		},
		{
			name: 'a service control policy', principal: alice(statement('Allow', 's3:*')),
			scps: {levels: [[{name: 'NoS3', document: document(statement('Allow', '*'), statement('Deny', 's3:*'))}]]}, rows: [createBucket],
			action: 's3:CreateBucket', verdict: 'ungranted blocked', blockedBy: ['service control policy NoS3'], grants: 1,
		},
		{
			name: 'a level of service control policies that does not allow it', principal: alice(statement('Allow', 's3:*')),
			scps: {levels: [[{name: 'OnlyEc2', document: document(statement('Allow', 'ec2:*'))}]]}, rows: [createBucket],
			action: 's3:CreateBucket', verdict: 'ungranted blocked', blockedBy: ['service control policies of level 1: none allows it'], grants: 1,
		},
		{
			name: 'a Deny of narrower reach: in part', principal: alice(statement('Allow', 's3:*'), statement('Deny', 's3:CreateBucket', {Resource: 'arn:aws:s3:::secret'})),
			rows: [createBucket], action: 's3:CreateBucket',
			verdict: 'used used', blockedBy: ['Deny'], inPart: true, grants: 1,
		},
		{
			name: 'a level that does not allow it, and no policy that grants it: it is not taken away, it was never there', principal: alice(statement('Allow', 'kms:*')),
			scps: {levels: [[{name: 'OnlyEc2', document: document(statement('Allow', 'ec2:*'))}]]}, action: 's3:CreateBucket',
			verdict: 'null not-granted', blockedBy: ['service control policies of level 1: none allows it'], grants: 0,
		},
		{name: 'no statement at all', principal: alice(), rows: [createBucket], action: 's3:CreateBucket', verdict: 'ungranted not-granted', blockedBy: [], grants: 0},
	];
	test.each(cases)('$name', ({verdict, blockedBy, inPart = false, grants, ...one}) => {
		const evidence = evidenceOf(one);
		expect(`${evidence.verdict} ${evidence.reasonCode}`).toBe(verdict);
		expect(evidence.blockedBy).toHaveLength(blockedBy.length);
		for (const [index, words] of blockedBy.entries()) {
			expect(evidence.blockedBy[index]).toContain(words);
		}

		expect(evidence.deniedInPart).toBe(inPart);
		expect(evidence.grantedBy).toHaveLength(grants);
	});
});

describe('why a "+" is one', () => {
	const boundary = {policies: [{name: 'Limits', arn: boundaryArn, document: document(statement('Allow', 'ec2:*'))}]};
	const ec2Only: AnalysisInput['serviceControlPolicies'] = {levels: [[{name: 'OnlyEc2', document: document(statement('Allow', 'ec2:*'))}]]};
	test.each<[rule: string, one: Partial<Case>, reason: string]>([
		['no policy grants it', {}, 'used in the window, granted by no identity policy today (a resource policy or a service-linked grant may allow it)'],
		[
			'its own Deny blocks it', {principal: alice(statement('Allow', '*'), statement('Deny', 's3:*'))},
			'used in the window, blocked now by Deny in inline policy own, statement 1 (no resource policy can allow it)',
		],
		[
			'no policy grants it, and a level of service control policies does not allow it', {scps: ec2Only},
			'used in the window, granted by no identity policy today, and blocked now by service control policies of level 1: none allows it (no resource policy can allow it)',
		],
		[
			'a boundary of a user does not allow it', {principal: {...alice(statement('Allow', '*')), boundaryArn}, snapshot: boundary},
			'used in the window, blocked now by permissions boundary Limits (a resource policy that names the user may allow it)',
		],
	])('%s', (_, one, reason) => {
		expect(evidenceOf({action: 's3:CreateBucket', rows: [createBucket], ...one})).toMatchObject({verdict: 'ungranted', reason});
	});
});

describe('the change behind a "+"', () => {
	const used = {...createBucket, last: '2026-01-05T00:00:00Z'};
	const detach = change('DetachUserPolicy', {userName: 'alice'});
	const cases: Array<Partial<Case> & {readonly name: string; readonly expected: readonly string[]}> = [
		{name: 'one that names the principal is certain', changes: [detach], expected: ['DetachUserPolicy certain']},
		{name: 'an organization\'s policy may concern it', changes: [change('AttachPolicy', {}, {eventSource: 'organizations.amazonaws.com'})], expected: ['AttachPolicy perhaps']},
		{name: 'one before the last use is not named', changes: [{...detach, time: '2026-01-04T23:59:59Z'}], expected: []},
		{name: 'one of somebody else is not named', changes: [change('DetachUserPolicy', {userName: 'bob'})], expected: []},
		{name: 'none in the log', changes: [], expected: []},
		{
			name: 'several, oldest first',
			changes: [change('PutUserPolicy', {userName: 'alice'}, {time: '2026-01-20T00:00:00Z'}), detach], expected: ['DetachUserPolicy certain', 'PutUserPolicy certain'],
		},
		{name: 'what is still granted was not taken away', principal: alice(statement('Allow', 's3:*')), changes: [detach], expected: []},
		{name: 'an attached policy takes nothing away', changes: [change('AttachUserPolicy', {userName: 'alice'})], expected: []},
		{
			name: 'where a Deny blocks it now, an attached policy may have brought it', principal: alice(statement('Allow', 's3:*'), statement('Deny', 's3:*')),
			changes: [change('AttachUserPolicy', {userName: 'alice'})],
			expected: ['AttachUserPolicy certain'],
		},
	];
	test.each(cases)('$name', ({expected, ...one}) => {
		const {changes} = evidenceOf({rows: [used], action: 's3:CreateBucket', ...one});
		expect(changes.map(link => `${link.change.eventName} ${link.certain ? 'certain' : 'perhaps'}`)).toEqual(expected);
	});

	test('what was not used has no change behind it', () => {
		expect(evidenceOf({action: 's3:CreateBucket', changes: [detach]}).changes).toEqual([]);
	});
});

describe('which events the log is asked for', () => {
	const wanted = (one: Case) => analysisOf(one).eventsToLookFor(one.arn ?? aliceArn, one.action);

	test('those that would prove the action', () => {
		expect(wanted({action: 's3:listallmybuckets'})).toContain('s3.amazonaws.com:ListBuckets');
	});

	test('and those that were seen of it, each once', () => {
		expect(wanted({action: 'iam:PassRole', rows: [refusedPassRole]})).toEqual(['ecs.amazonaws.com:RunTask']);
		const events = wanted({action: 's3:ListAllMyBuckets', rows: [{eventName: 'ListBuckets'}]});
		expect(new Set(events).size).toBe(events.length);
	});

	test('none for what the catalog does not know', () => {
		expect(wanted({action: 'madeup:Thing', principal: alice(statement('Allow', 'madeup:Thing'))})).toEqual([]);
	});

	test('a principal that is not there is a RangeError', () => {
		const analysis = analysisOf({action: 's3:CreateBucket'});
		const nobody = `arn:aws:iam::${account}:user/nobody`;
		expect(() => analysis.eventsToLookFor(nobody, 's3:CreateBucket')).toThrow(RangeError);
		expect(() => analysis.explain(nobody, 's3:CreateBucket', {rows: [], changes: []})).toThrow(RangeError);
	});
});
