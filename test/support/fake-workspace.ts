import type {ActionEvidence, ActionRow, Analysis, PrincipalDetail, PrincipalSummary} from '../../source/app/analysis.js';
import type {AccountChoice, Workspace} from '../../source/app/workspace.js';
import type {Grant} from '../../source/domain/grants.js';
import type {Verdict} from '../../source/domain/verdict.js';
import type {Window} from '../../source/domain/window.js';
import type {Exporter} from '../../source/ui/exporter.js';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import type {Task} from '../../source/lib/task.js';

/** Exports that say what they are of. */
export const fakeExporter: Exporter = {
	document: async ({kind, rows, filter}, format) => `${kind} ${rows.length} /${filter} as ${format}`,
	fileName: ({kind}, format) => `${kind}.${format}`,
};

export const demoChoice: AccountChoice = {key: 'demo', name: 'demo', id: null, iam: null, trail: null, profile: null, region: null, origin: 'demo'};

export const prodChoice: AccountChoice = {
	key: 'stored:prod', name: 'prod', id: '123456789012', iam: {kind: 'file', path: '/data/iam.json'}, trail: {kind: 'files', path: '/data/cloudtrail/AWSLogs'}, profile: null, region: null, origin: 'stored',
};

const reasons: Readonly<Record<Verdict, string>> = {
	used: 'seen in the logs',
	unused: 'CloudTrail logs it by default, and no event was seen in the window',
	unknown: 's3 object events are in no log of this trail',
	ungranted: 'used in the window, granted by no policy today',
};

/** An action's row; a used one has 12 events. */
export function fakeRow(action: string, verdict: Verdict, changes: Partial<ActionRow> = {}): ActionRow {
	const isUsed = verdict === 'used' || verdict === 'ungranted';
	return {
		action,
		lower: action.toLowerCase(),
		verdict,
		reasonCode: verdict,
		reason: reasons[verdict],
		count: isUsed ? 12 : 0,
		failed: 0,
		denied: 0,
		firstUsed: isUsed ? '2026-01-02T03:04:05Z' : null,
		lastUsed: isUsed ? '2026-08-19T10:03:27Z' : null,
		events: isUsed ? [action.replace(':', '.amazonaws.com:')] : [],
		deniedInPart: false,
		blockedBy: [],
		accessLevel: 'Read',
		risk: null,
		...changes,
	};
}

/** A principal whose counts are those of its rows. */
export function fakePrincipal(name: string, kind: 'user' | 'role', rows: readonly ActionRow[], changes: Partial<PrincipalSummary> = {}): PrincipalSummary {
	const count = (verdict: Verdict) => rows.filter(row => row.verdict === verdict).length;
	const events = rows.reduce((sum, row) => sum + row.count, 0);
	return {
		arn: `arn:aws:iam::123456789012:${kind}/${name}`,
		id: null,
		name,
		kind,
		created: '2017-09-02T18:02:14Z',
		verdict: events > 0 ? 'used' : 'unused',
		reasonCode: 'fake',
		reason: events > 0 ? 'its own events are in the logs' : 'no event since 2025-11-23',
		lastUsed: events > 0 ? '2026-08-19T10:03:27Z' : null,
		events,
		denied: 0,
		flags: [],
		counts: {
			used: count('used'), unused: count('unused'), unknown: count('unknown'), ungranted: count('ungranted'),
			granted: rows.length - count('ungranted'),
		},
		unusedDangerous: rows.filter(row => row.verdict === 'unused' && row.risk !== null).length,
		...changes,
	};
}

export const fakeGrants: readonly Grant[] = [
	{
		policy: 'ReadOnlyAccess', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', policyType: 'managed', via: {kind: 'group', name: 'engineers'},
		statement: 0, sid: null, conditional: false, resources: ['*'], notResources: null,
	},
	{
		policy: 'own', policyArn: null, policyType: 'inline', via: {kind: 'user', name: 'alice'},
		statement: 2, sid: 'Logs', conditional: true, resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'], notResources: null,
	},
];

export type FakeAccount = ReadonlyArray<{readonly summary: PrincipalSummary; readonly rows: readonly ActionRow[]}>;

const aliceRows = [
	fakeRow('cloudwatch:DescribeAlarms', 'used'),
	fakeRow('cloudwatch:GetDashboard', 'unused'),
	fakeRow('cloudwatch:GetMetricData', 'unknown'),
	fakeRow('s3:CreateBucket', 'ungranted', {count: 3, lastUsed: '2026-08-20T00:00:00Z'}),
	fakeRow('s3:ListAllMyBuckets', 'unused', {denied: 4}),
];

const adminRows = [fakeRow('iam:CreateUser', 'unused'), fakeRow('iam:GetUser', 'used')];

/** alice with five actions, bob without any, and one role. */
export const smallAccount: FakeAccount = [
	{summary: fakePrincipal('alice', 'user', aliceRows, {denied: 4}), rows: aliceRows},
	{summary: fakePrincipal('bob', 'user', []), rows: []},
	{summary: fakePrincipal('Admin', 'role', adminRows, {flags: ['admin', 'boundary']}), rows: adminRows},
];

/** What the log holds of a row: one kind of event for a used one, and the change behind an ungranted one. */
export function fakeEvidence(row: ActionRow, changes: Partial<ActionEvidence> = {}): ActionEvidence {
	const {action, verdict, reasonCode, reason, deniedInPart, blockedBy, events, count, firstUsed, lastUsed} = row;
	const sample = {eventId: 'f4592e26', region: 'eu-west-1', sourceAddress: '198.51.100.23', userAgent: 'aws-cli/2.9'};
	return {
		action, verdict, reasonCode, reason, deniedInPart, blockedBy,
		grantedBy: verdict === 'ungranted' ? [] : fakeGrants,
		provedBy: [action.replace(':', '.amazonaws.com:')],
		seen: events.map(event => ({event, relation: 'proof', outcome: 'succeeded', errorCode: null, count, first: firstUsed ?? '', last: lastUsed ?? '', sample})),
		changes: verdict === 'ungranted'
			? [{certain: true, change: {
				time: '2026-10-14T07:44:42Z', eventSource: 'iam.amazonaws.com', eventName: 'DetachUserPolicy', actor: 'arn:aws:iam::123456789012:user/charlie',
				eventId: '3f8d3d0d', parameters: null,
			}}]
			: [],
		...changes,
	};
}

/** An analysis of made-up principals; `changes` replaces any part. */
export function fakeAnalysis(account: FakeAccount, window: Window, changes: Partial<Analysis> = {}): Analysis {
	return {
		account: {id: '123456789012', name: 'prod'},
		window,
		snapshotAge: null,
		trail: {
			source: 'files', location: '/data/cloudtrail/AWSLogs', events: 42, firstEvent: '2026-01-02T03:04:05Z', lastEvent: '2026-08-19T10:03:27Z',
			daysCovered: 365, daysInWindow: 365, unreadableFiles: 0, unattributed: [],
		},
		warnings: [],
		unreadable: [],
		principals: account.map(({summary}) => summary),
		coverage: {
			missingDays: [], regions: ['us-east-1'], readOnlyEvents: true, writeEvents: true, kmsEvents: false, rdsDataEvents: false, dataEvents: [{service: 's3', events: 12}],
			configuration: [],
		},
		plan() {
			throw new RangeError('this made-up account has no policies');
		},
		accountsInTrail: [{accountId: '123456789012', events: 42, firstEvent: '2026-01-02T03:04:05Z', lastEvent: '2026-08-19T10:03:27Z'}],
		rolesAssumed: () => [],
		trust: () => ({rows: [], notes: []}),
		inRole(arn): PrincipalDetail {
			return this.principal(arn);
		},
		eventsToLookFor: () => [],
		explain(arn, action) {
			const rows = account.find(({summary}) => summary.arn === arn)?.rows;
			return fakeEvidence(rows?.find(row => row.action === action) ?? fakeRow(action, 'unused'));
		},
		unmapped: [{eventSource: 'odd.amazonaws.com', eventName: 'DoOdd', count: 3}],
		principal(arn): PrincipalDetail {
			const found = account.find(({summary}) => summary.arn === arn);
			if (!found) {
				throw new RangeError(arn);
			}

			return {
				principal: found.summary,
				actions: found.rows,
				grantedBy: row => row.verdict === 'ungranted' ? [] : fakeGrants,
				attempted: [{action: 'iam:PassRole', denied: 2}],
				noPermissionNeeded: [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity', count: 5}],
				unmapped: [],
				notes: [],
			};
		},
		...changes,
	};
}

/** A workspace that does what the test says; `analyze` answers at once. */
export function fakeWorkspace(changes: Partial<Workspace> = {}): Workspace {
	let accounts = [prodChoice, demoChoice];
	return {
		explain: async (_choice, analysis, {arn, action}) => analysis.explain(arn, action, {rows: [], changes: []}),
		sessions: async () => [],
		accounts: () => accounts,
		async checkIamFile(path) {
			if (!path.endsWith('iam.json')) {
				throw new UserError(`${path}: no such file`);
			}

			return {accountId: '210987654321', users: 3, roles: 1};
		},
		async checkTrailPath(path) {
			if (!path.endsWith('logs')) {
				throw new UserError(`${path}: holds no CloudTrail file`);
			}

			return {files: 1234};
		},
		async profiles() {
			return [{name: 'default', region: 'eu-west-1', source: 'SSO'}, {name: 'prod', region: undefined, source: 'access key'}];
		},
		async checkProfile() {
			return {accountId: '210987654321', arn: 'arn:aws:iam::210987654321:user/alice'};
		},
		checkConfigFile: async () => ({names: ['prod', 'dev'], trail: null}),
		async addConfigFile() {
			throw new UserError('these accounts are made up');
		},
		async addAccount({name, iam, trail, profile, region}) {
			const added: AccountChoice = {key: `stored:${name}`, name, id: '210987654321', iam, trail, profile: profile ?? null, region: region ?? null, origin: 'stored'};
			accounts = [added, ...accounts];
			return added;
		},
		analyze: async (_choice, window) => fakeAnalysis(smallAccount, window),
		async close() {},
		...changes,
	};
}

/** An analysis that says how far it is and then waits until it is cancelled. */
export async function endlessAnalysis(task: Task): Promise<never> {
	task.progress({stage: 'reading CloudTrail files', done: 1234, total: 30_449, unit: 'files', bytes: 512_000_000});
	return new Promise((_resolve, reject) => {
		task.signal.addEventListener('abort', () => {
			reject(new CancelledError());
		});
	});
}
