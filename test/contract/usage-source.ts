import {describe, expect, it} from 'vitest';
import type {AssumptionRow, Usage, UsageRow} from '../../source/domain/usage.js';
import {CancelledError} from '../../source/lib/errors.js';
import {silentTask} from '../../source/lib/task.js';
import {accountId, eventCounts, logRecord, type LogRecord, roleIdentity, totalEvents, wholeWindow} from '../support/trail-records.js';
import {otherAccount, sourcesOf, type SourceFactory} from './harness.js';
import {describeNamedEvents} from './named-events.js';

type RowCase = {readonly name: string; readonly record: LogRecord; readonly expected: Partial<UsageRow>};

const denial = (action: string, rest = ' on resource: * because no identity-based policy allows it') => `User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: ${action}${rest}`;

/** What a row says of one record. */
const rowCases: RowCase[] = [
	{
		name: 'a user is told by type, ARN, account and id', record: logRecord('1'),
		expected: {
			identityType: 'IAMUser', identityArn: `arn:aws:iam::${accountId}:user/alice`, identityAccount: accountId, principalId: 'AIDAALICE', userName: null, issuerArn: null, issuerType: null, issuerId: null,
			recipientAccount: accountId, eventSource: 's3.amazonaws.com', eventName: 'ListBuckets', eventType: 'AwsApiCall', eventCategory: 'Management', managementEvent: true, readOnly: true,
			errorCode: null, hasErrorMessage: false, deniedAction: null, messageDenies: false, signInFailed: false, serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
			count: 1, first: '2026-03-01T10:00:00Z', last: '2026-03-01T10:00:00Z',
		},
	},
	{name: 'a role session is told by its issuer, not by its session', record: logRecord('1', {userIdentity: roleIdentity('deploy', 'me')}), expected: {identityType: 'AssumedRole', identityArn: null, principalId: 'AROADEPLOY', issuerArn: `arn:aws:iam::${accountId}:role/app/deploy`, issuerType: 'Role', issuerId: 'AROADEPLOY'}},
	{name: 'a role session without issuer keeps its role name', record: logRecord('1', {userIdentity: {...roleIdentity('deploy', 'me'), sessionContext: undefined}}), expected: {identityArn: `arn:aws:sts::${accountId}:assumed-role/deploy`, issuerArn: null}},
	{name: 'an empty issuer is none', record: logRecord('1', {userIdentity: {...roleIdentity('deploy', 'a/b'), sessionContext: {sessionIssuer: {}}}}), expected: {identityArn: `arn:aws:sts::${accountId}:assumed-role/deploy`, issuerArn: null}},
	{name: 'a failed sign-in has a user name and no ARN', record: logRecord('1', {userIdentity: {type: 'IAMUser', accountId, accessKeyId: '', userName: 'bob'}, eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: {ConsoleLogin: 'Failure'}, errorMessage: 'Failed authentication'}), expected: {userName: 'bob', identityArn: null, signInFailed: true, hasErrorMessage: true, errorCode: null}},
	{name: 'a successful sign-in did not fail', record: logRecord('1', {eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: {ConsoleLogin: 'Success'}}), expected: {signInFailed: false}},
	{name: 'a record without identity', record: logRecord('1', {userIdentity: undefined}), expected: {identityType: null, identityArn: null, identityAccount: null, recipientAccount: accountId}},
	{name: 'a null identity', record: logRecord('1', {userIdentity: null}), expected: {identityType: null, identityAccount: null}},
	{name: 'a denial names the denied action', record: logRecord('1', {errorCode: 'AccessDenied', errorMessage: denial('iam:PassRole')}), expected: {errorCode: 'AccessDenied', hasErrorMessage: true, deniedAction: 'iam:PassRole', messageDenies: true}},
	{name: 'a denied action may end the message', record: logRecord('1', {errorCode: 'AccessDenied', errorMessage: denial('s3:ListAllMyBuckets', '')}), expected: {deniedAction: 's3:ListAllMyBuckets', messageDenies: true}},
	{name: 'an explicit deny denies', record: logRecord('1', {errorCode: 'AccessDenied', errorMessage: 'Access Denied with an explicit deny in an identity-based policy'}), expected: {deniedAction: null, messageDenies: true}},
	{name: 'another error denies nothing', record: logRecord('1', {errorCode: 'NoSuchEntity', errorMessage: 'The user cannot be found.'}), expected: {errorCode: 'NoSuchEntity', hasErrorMessage: true, deniedAction: null, messageDenies: false}},
	{name: 'an empty error code is none', record: logRecord('1', {errorCode: '', errorMessage: ''}), expected: {errorCode: null, hasErrorMessage: false}},
	{name: 'an action denied after a long ARN is found', record: logRecord('1', {errorCode: 'AccessDenied', errorMessage: `User: arn:aws:iam::${accountId}:user/${'long/'.repeat(100)}bob is not authorized to perform: ec2:RunInstances on x`}), expected: {deniedAction: 'ec2:RunInstances'}},
	{name: 'a shared source tells the namespace', record: logRecord('1', {eventSource: 'autoscaling.amazonaws.com', eventName: 'PutScalingPolicy', requestParameters: {serviceNamespace: 'ecs', x: {y: 1}}, tlsDetails: {clientProvidedHostHeader: 'application-autoscaling.eu-west-1.amazonaws.com'}}), expected: {serviceNamespace: 'ecs', clientHost: 'application-autoscaling.eu-west-1.amazonaws.com'}},
	{name: 'another source does not', record: logRecord('1', {requestParameters: {serviceNamespace: 'ecs'}, tlsDetails: {clientProvidedHostHeader: 's3.amazonaws.com'}}), expected: {serviceNamespace: null, clientHost: null}},
	{name: 'an assumption with session tags', record: logRecord('1', {eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: 'r', tags: [{key: 'a', value: 'b'}]}}), expected: {sessionTags: true, sourceIdentity: false}},
	{name: 'an assumption with a source identity', record: logRecord('1', {eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: 'r', sourceIdentity: 'me', tags: []}}), expected: {sessionTags: false, sourceIdentity: true}},
	{name: 'tags of another service are no session tags', record: logRecord('1', {eventSource: 'ec2.amazonaws.com', eventName: 'CreateTags', requestParameters: {tags: [{key: 'a'}], sourceIdentity: 'x'}}), expected: {sessionTags: false, sourceIdentity: false}},
	{name: 'fractions of a second are cut', record: logRecord('1', {eventTime: '2026-03-01T10:00:00.987Z'}), expected: {first: '2026-03-01T10:00:00Z'}},
	{name: 'an offset is UTC in the end', record: logRecord('1', {eventTime: '2026-03-02T01:30:00+02:00'}), expected: {first: '2026-03-01T23:30:00Z'}},
	{name: 'missing fields are null', record: {eventID: '1', eventTime: '2026-03-01T10:00:00Z', eventSource: 'x.amazonaws.com', eventName: 'Y', recipientAccountId: accountId}, expected: {identityType: null, eventType: null, eventCategory: null, managementEvent: null, readOnly: null, errorCode: null}},
	{name: 'an event is known by its identity\'s account alone', record: logRecord('1', {recipientAccountId: otherAccount}), expected: {recipientAccount: otherAccount, identityAccount: accountId}},
	{name: 'an event is known by its recipient alone', record: logRecord('1', {userIdentity: {type: 'AWSAccount', principalId: 'AROAX:s', accountId: otherAccount}}), expected: {identityType: 'AWSAccount', identityAccount: otherAccount, principalId: 'AROAX', recipientAccount: accountId}},
];

/** Assumptions by role, whoever called. */
export function byRole(assumptions: Usage['assumptions']): ReadonlyArray<Omit<AssumptionRow, 'caller'>> {
	const roles = new Map<string, Omit<AssumptionRow, 'caller'>>();
	for (const {roleArn, count, first, last} of assumptions) {
		const known = roles.get(roleArn) ?? {roleArn, count: 0, first, last};
		const times = [known.first, known.last, first, last].toSorted();
		roles.set(roleArn, {roleArn, count: known.count + count, first: times[0] ?? first, last: times.at(-1) ?? last});
	}

	return [...roles.values()].toSorted((a, b) => a.roleArn < b.roleArn ? -1 : 1);
}

/** The suite that every trail source passes. `name` names the source. */
export function describeUsageSource(name: string, open: SourceFactory): void {
	describe(`${name}: the contract of a usage source`, () => {
		const sourceOf = sourcesOf(open);

		async function usageOf(records: readonly unknown[], window = wholeWindow): Promise<Usage> {
			const source = await sourceOf(records);
			return source.usage(window, silentTask());
		}

		it.each(rowCases)('$name', async ({record, expected}) => {
			const {rows} = await usageOf([record]);
			expect(rows).toHaveLength(1);
			expect(rows[0]).toMatchObject(expected);
		});

		it('groups what one principal did, with the first and the last time', async () => {
			const {rows} = await usageOf([
				logRecord('1', {eventTime: '2026-03-02T10:00:00Z'}),
				logRecord('2', {eventTime: '2026-03-01T10:00:00Z'}),
				logRecord('3', {eventTime: '2026-03-05T10:00:00Z'}),
				logRecord('4', {eventName: 'GetObject'}),
				logRecord('5', {userIdentity: roleIdentity('deploy', 'one')}),
				logRecord('6', {userIdentity: roleIdentity('deploy', 'two')}),
			]);
			const lines = rows.map(({eventName, issuerId, count, first, last}) => [eventName, issuerId, count, first.slice(0, 10), last.slice(0, 10)].join(' '));
			expect(new Set(lines)).toEqual(new Set([
				'GetObject  1 2026-03-01 2026-03-01',
				'ListBuckets AROADEPLOY 2 2026-03-01 2026-03-01',
				'ListBuckets  3 2026-03-01 2026-03-05',
			]));
		});

		it('knows the sources of the China partition by their usual names', async () => {
			const roleArn = 'arn:aws-cn:iam::111122223333:role/deploy';
			const usage = await usageOf([logRecord('1', {eventSource: 'sts.amazonaws.com.cn', eventName: 'AssumeRole', requestParameters: {roleArn}})]);
			expect(usage.rows.map(row => row.eventSource)).toEqual(['sts.amazonaws.com']);
			expect(usage.assumptions.map(row => row.roleArn)).toEqual([roleArn]);
		});

		it('counts records with one eventID once, and each record without one', async () => {
			const {rows} = await usageOf([logRecord('1'), logRecord('1'), logRecord('2'), logRecord(null), logRecord(null), logRecord('')]);
			expect(totalEvents(rows)).toBe(5);
		});

		it('counts only the window: its start is in, its end is not', async () => {
			const {rows, days, elsewhere} = await usageOf(
				['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z'].map((eventTime, index) => logRecord(String(index), {eventTime})),
				{start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'},
			);
			expect(rows.map(({count, first, last}) => [count, first, last])).toEqual([[2, '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z']]);
			expect(days).toEqual(['2026-03-01']);
			expect(elsewhere).toEqual([]);
		});

		it('leaves out events that neither came from nor went to the account, and names their account', async () => {
			const foreign = {userIdentity: roleIdentity('x', 'y', otherAccount), recipientAccountId: otherAccount};
			const {rows, accounts, days} = await usageOf([logRecord('1'), logRecord('2', {...foreign, eventTime: '2026-04-01T00:00:00Z'}), logRecord('3', {...foreign, eventTime: '2026-04-03T00:00:00Z'})]);
			expect(totalEvents(rows)).toBe(1);
			expect(accounts.toSorted((a, b) => a.accountId.localeCompare(b.accountId))).toEqual([
				{accountId, events: 1, firstEvent: '2026-03-01T10:00:00Z', lastEvent: '2026-03-01T10:00:00Z'},
				{accountId: otherAccount, events: 2, firstEvent: '2026-04-01T00:00:00Z', lastEvent: '2026-04-03T00:00:00Z'},
			]);
			expect(days).toEqual(['2026-03-01']);
		});

		it('counts a call that two accounts saw once, for the caller', async () => {
			const call = {sharedEventID: 'shared-1', eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole'};
			const fromOther = {userIdentity: {type: 'AWSAccount', principalId: 'AROAX:y', accountId: otherAccount}};
			const {rows} = await usageOf([
				// The account calls into another one: both records are in the trail.
				logRecord('1', call), logRecord('2', {...call, recipientAccountId: otherAccount}),
				// Another account calls into this one: both records are in the trail.
				logRecord('3', {...call, ...fromOther, sharedEventID: 'shared-2', recipientAccountId: otherAccount}), logRecord('4', {...call, ...fromOther, sharedEventID: 'shared-2'}),
				// Another account calls and only this account's record is here.
				logRecord('5', {...call, ...fromOther, sharedEventID: 'shared-3'}),
			]);
			const lines = rows.map(({identityAccount, recipientAccount, count}) => `${identityAccount} ${recipientAccount} ${count}`);
			expect(new Set(lines)).toEqual(new Set([`${accountId} ${accountId} 1`, `${otherAccount} ${accountId} 1`]));
		});

		it('counts assumptions of roles by whoever, where they succeeded', async () => {
			const assume = (role: string) => ({eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: `arn:aws:iam::${accountId}:role/${role}`}});
			const {assumptions} = await usageOf([
				logRecord('1', assume('a')),
				logRecord('2', {...assume('a'), eventTime: '2026-03-04T10:00:00Z', userIdentity: {type: 'AWSService', invokedBy: 'ec2.amazonaws.com'}}),
				logRecord('3', {...assume('a'), eventTime: '2026-03-09T10:00:00Z', errorCode: 'AccessDenied'}),
				logRecord('4', {...assume('b'), eventName: 'AssumeRoleWithSAML'}),
				logRecord('5', {...assume('b'), eventName: 'AssumeRoleWithWebIdentity'}),
				logRecord('6', {...assume('c'), eventName: 'GetCallerIdentity'}),
			]);
			expect(byRole(assumptions)).toEqual([
				{roleArn: `arn:aws:iam::${accountId}:role/a`, count: 2, first: '2026-03-01T10:00:00Z', last: '2026-03-04T10:00:00Z'},
				{roleArn: `arn:aws:iam::${accountId}:role/b`, count: 2, first: '2026-03-01T10:00:00Z', last: '2026-03-01T10:00:00Z'},
			]);
		});

		it('tells who assumed a role, a session by its role', async () => {
			const assume = (eventID: string, userIdentity: unknown) => logRecord(eventID, {
				eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: 'r'}, ...userIdentity === undefined ? {} : {userIdentity},
			});
			const {assumptions} = await usageOf([
				assume('1', undefined), assume('2', undefined), assume('3', roleIdentity('deploy', 'one')), assume('4', roleIdentity('deploy', 'two')),
				assume('5', {type: 'AWSService', invokedBy: 'ec2.amazonaws.com'}),
			]);
			const callers = assumptions.map(({caller, count}) => [caller, count]);
			const told = [[`arn:aws:iam::${accountId}:user/alice`, 2], [`arn:aws:iam::${accountId}:role/app/deploy`, 2], [null, 1]];
			expect(new Set(callers)).toEqual(new Set(told));
		});

		it('names the regions of the events that the account received in the window, each once, sorted', async () => {
			const foreign = {userIdentity: roleIdentity('x', 'y', otherAccount), recipientAccountId: otherAccount};
			const {regions} = await usageOf([
				logRecord('1', {awsRegion: 'us-east-1'}), logRecord('2', {awsRegion: 'eu-west-1'}), logRecord('3', {awsRegion: 'us-east-1'}),
				logRecord('4', {awsRegion: undefined}), logRecord('5', {awsRegion: ''}),
				// Somebody else's events, and one outside the window.
				logRecord('6', {...foreign, awsRegion: 'sa-east-1'}), logRecord('7', {awsRegion: 'ap-south-1', recipientAccountId: otherAccount}),
				logRecord('8', {awsRegion: 'ca-central-1', eventTime: '2020-01-01T00:00:00Z'}),
				// A service's call in the account shows that the trail records its region.
				logRecord('9', {awsRegion: 'us-west-2', userIdentity: {type: 'AWSService', invokedBy: 'ec2.amazonaws.com'}}),
			]);
			expect(regions).toEqual(['eu-west-1', 'us-east-1', 'us-west-2']);
		});

		it('says how many records have no time, source or name, and counts the rest', async () => {
			const {rows, warnings} = await usageOf([logRecord('1'), logRecord('2', {eventTime: 'yesterday'}), logRecord('3', {eventTime: undefined}), logRecord('4', {eventName: null}), logRecord('5', {eventSource: ''})]);
			expect(totalEvents(rows)).toBe(1);
			expect(warnings.map(({code}) => code)).toEqual(['records-without-time']);
			expect(warnings[0]?.message).toMatch(/^4 records/);
		});

		it('takes text of any kind as it is', async () => {
			const odd = 'a\'b"c\\d\u0000e\u001B[31m\u202E\u{1F600}';
			const {rows} = await usageOf([logRecord('1', {eventName: odd, requestParameters: 'text', responseElements: [1], resources: 'none', readOnly: 'maybe'})]);
			expect(eventCounts(rows)).toEqual({[`s3.amazonaws.com:${odd}`]: 1});
		});

		it('has no rows for a log without events', async () => {
			const usage = await usageOf([]);
			expect(usage).toMatchObject({rows: [], assumptions: [], accounts: [], days: [], regions: [], elsewhere: []});
		});

		it('names every account of the trail and its dates where the account has no event in the window', async () => {
			const {accounts, elsewhere} = await usageOf([
				logRecord('1', {eventTime: '2020-01-01T00:00:00Z'}),
				logRecord('2', {eventTime: '2020-03-01T00:00:00Z', recipientAccountId: '999988887777'}),
			], {start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'});
			expect(accounts).toEqual([]);
			expect(elsewhere).toEqual([
				{accountId, events: 1, firstEvent: '2020-01-01T00:00:00Z', lastEvent: '2020-01-01T00:00:00Z'},
				{accountId: '999988887777', events: 1, firstEvent: '2020-03-01T00:00:00Z', lastEvent: '2020-03-01T00:00:00Z'},
			]);
		});

		it('answers the same when asked again, and another window from the same source', async () => {
			const source = await sourceOf([logRecord('1'), logRecord('2', {eventTime: '2026-05-01T00:00:00Z'})]);
			const first = await source.usage(wholeWindow, silentTask());
			expect(await source.usage(wholeWindow, silentTask())).toEqual(first);
			const later = await source.usage({start: '2026-04-01T00:00:00Z', end: '2026-06-01T00:00:00Z'}, silentTask());
			expect(totalEvents(later.rows)).toBe(1);
			await source.close();
			await source.close();
		});

		it('rejects with CancelledError when it is cancelled before it begins', async () => {
			const source = await sourceOf([logRecord('1')]);
			await expect(source.usage(wholeWindow, {signal: AbortSignal.abort(), progress() {}})).rejects.toBeInstanceOf(CancelledError);
		});

		it('rejects with CancelledError wherever it is cancelled, and answers in full afterwards', async () => {
			const source = await sourceOf([logRecord('1')]);
			const stages: string[] = [];
			await source.usage(wholeWindow, {signal: new AbortController().signal, progress({stage}) {
				stages.push(stage);
			}});
			const cancelAt = async (at: number) => {
				const cancelled = await sourceOf([logRecord('1')]);
				const controller = new AbortController();
				let seen = 0;
				const asked = cancelled.usage(wholeWindow, {signal: controller.signal, progress() {
					if (seen++ === at) {
						controller.abort();
					}
				}});
				await expect(asked, `at ${stages[at]}`).rejects.toBeInstanceOf(CancelledError);
				const {rows} = await cancelled.usage(wholeWindow, silentTask());
				expect(totalEvents(rows)).toBe(1);
			};

			expect(stages.length).toBeGreaterThan(0);
			await Promise.all(stages.map(async (_, index) => cancelAt(index)));
		});

		describeNamedEvents(sourceOf, rowCases.map(({record}) => record));
	});
}
