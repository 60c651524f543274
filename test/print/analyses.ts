import type {ActionRow, Analysis, PrincipalDetail, PrincipalSummary} from '../../source/app/analysis.js';
import type {Grant} from '../../source/domain/grants.js';

/** A principal row; alice, used, unless told otherwise. */
export function principal(changes: Partial<PrincipalSummary> = {}): PrincipalSummary {
	const {name = 'alice', kind = 'user'} = changes;
	return {
		arn: `arn:aws:iam::123456789012:${kind === 'root' ? 'root' : `${kind}/${name}`}`,
		id: 'AIDAEXAMPLE',
		name,
		kind,
		created: '2017-09-02T18:02:14Z',
		verdict: 'used',
		reasonCode: 'used',
		reason: '3 events in the window',
		lastUsed: '2018-05-01T10:00:00Z',
		events: 3,
		denied: 1,
		flags: [],
		counts: {used: 1, unused: 0, unknown: 0, ungranted: 0, granted: 1},
		unusedDangerous: 0,
		...changes,
	};
}

/** An action row; used twice, unless told otherwise. */
export function row(action: string, changes: Partial<ActionRow> = {}): ActionRow {
	return {
		action,
		lower: action.toLowerCase(),
		verdict: 'used',
		reasonCode: 'used',
		reason: '2 events in the window',
		count: 2,
		failed: 1,
		denied: 0,
		firstUsed: '2018-04-01T10:00:00Z',
		lastUsed: '2018-05-01T10:00:00Z',
		events: [`${action.split(':')[0] ?? ''}.amazonaws.com:${action.split(':')[1] ?? ''}`],
		deniedInPart: false,
		blockedBy: [],
		accessLevel: 'Read',
		risk: null,
		...changes,
	};
}

export const grant: Grant = {
	policy: 'Readers',
	policyArn: 'arn:aws:iam::123456789012:policy/Readers',
	policyType: 'managed',
	via: {kind: 'group', name: 'developers'},
	statement: 0,
	sid: null,
	conditional: false,
	resources: ['*'],
	notResources: null,
};

/** What follows in the files is DESIGN.md's own example of a printed user. */
export const aliceRows: readonly ActionRow[] = [
	row('cloudwatch:DescribeAlarmHistory'),
	row('cloudwatch:DescribeAlarms'),
	row('cloudwatch:DescribeAlarmsForMetric', {verdict: 'unused', reasonCode: 'not-used', count: 0, failed: 0, firstUsed: null, lastUsed: null, events: []}),
	row('cloudwatch:GetDashboard', {verdict: 'unused', reasonCode: 'not-used', count: 0, failed: 0, firstUsed: null, lastUsed: null, events: []}),
	row('cloudwatch:GetMetricData', {verdict: 'unknown', reasonCode: 'data-event', count: 0, failed: 0, firstUsed: null, lastUsed: null, events: []}),
	row('s3:CreateBucket', {verdict: 'ungranted', reasonCode: 'blocked', blockedBy: ['Deny in Guard', 'boundary Limits']}),
];

/** An account of three users, a role and root. */
export function analysis(changes: Partial<Analysis> = {}, detail: Partial<PrincipalDetail> = {}): Analysis {
	const principals: readonly PrincipalSummary[] = [
		principal({kind: 'root', name: '<root>', reasonCode: 'root', created: null, id: '123456789012'}),
		principal(),
		principal({name: 'bob', verdict: 'unused', reasonCode: 'no-events', lastUsed: null, events: 0, denied: 0}),
		principal({name: 'charlie', id: null, created: null}),
		principal({name: 'admin', kind: 'role', verdict: 'unknown', reasonCode: 'iam-last-used'}),
	];
	return {
		account: {id: '123456789012', name: 'demo'},
		window: {start: '2018-01-01T00:00:00Z', end: '2018-06-01T00:00:00Z'},
		snapshotAge: null,
		coverage: {
			missingDays: [], regions: ['us-east-1'], readOnlyEvents: true, writeEvents: true, kmsEvents: false, rdsDataEvents: false, dataEvents: [{service: 's3', events: 12}], configuration: [],
		},
		plan() {
			throw new RangeError('this made-up account has no policies');
		},
		accountsInTrail: [{accountId: '123456789012', events: 1000, firstEvent: '2018-01-01T03:00:00Z', lastEvent: '2018-05-30T03:00:00Z'}],
		rolesAssumed: () => [],
		trust: () => ({rows: [], notes: []}),
		inRole(arn) {
			return this.principal(arn);
		},
		eventsToLookFor: () => [],
		explain: (_, action) => ({
			action, verdict: 'unused', reasonCode: 'not-used', reason: 'none was seen', deniedInPart: false, grantedBy: [], blockedBy: [], provedBy: [], seen: [], changes: [],
		}),
		trail: {
			source: 'files',
			location: '/logs',
			events: 1000,
			firstEvent: '2018-01-01T03:00:00Z',
			lastEvent: '2018-05-30T03:00:00Z',
			daysCovered: 150,
			daysInWindow: 151,
			unreadableFiles: 1,
			unattributed: [{kind: 'deleted', events: 2}],
		},
		warnings: [{code: 'unreadable-files', message: '1 of 20 files could not be read'}],
		unreadable: [{path: '/logs/a.json.gz', reason: 'truncated'}],
		principals,
		unmapped: [{eventSource: 'new.amazonaws.com', eventName: 'Invent', count: 12}],
		principal(arn) {
			const found = principals.find(one => one.arn === arn);
			if (!found) {
				throw new RangeError(arn);
			}

			return {
				principal: found,
				actions: aliceRows,
				grantedBy: ({verdict}) => verdict === 'ungranted' ? [] : [grant],
				attempted: [{action: 'iam:CreateUser', denied: 3}],
				noPermissionNeeded: [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity', count: 1}],
				unmapped: [],
				notes: [],
				...detail,
			};
		},
		...changes,
	};
}
