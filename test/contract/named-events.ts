import {describe, expect, it} from 'vitest';
import type {UsageRow} from '../../source/domain/usage.js';
import {CancelledError} from '../../source/lib/errors.js';
import {silentTask} from '../../source/lib/task.js';
import type {UsageSource} from '../../source/trail/usage-source.js';
import {accountId, logRecord, type LogRecord, roleIdentity, totalEvents, wholeWindow} from '../support/trail-records.js';
import {otherAccount} from './harness.js';

const list = 's3.amazonaws.com:ListBuckets';
const detach = 'iam.amazonaws.com:DetachUserPolicy';

/** Event names that would end a string, a comment or a statement if they were put into SQL as text. */
const oddNames = ['it\'s', 'x\' OR \'1\'=\'1', 'a"b', 'a;--', 'a\\', 'a:b', '%', '?', '$1', 'ä\u{1F600}'];

const oddParameters = {userName: 'a\'b"c\u0000\u001B', deep: {list: [1, null, true]}};

const march = {start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'};

/** Alice detaching one of bob's policies. */
function detaching(eventID: string | null, changes: LogRecord = {}): LogRecord {
	return logRecord(eventID, {
		eventSource: 'iam.amazonaws.com', eventName: 'DetachUserPolicy', readOnly: false, requestParameters: {userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}, ...changes,
	});
}

const eventOf = ({eventSource, eventName}: UsageRow): string => `${eventSource}:${eventName}`;

/** The part of the contract that is about events asked for by name. `variety` are records of every kind. */
export function describeNamedEvents(sourceOf: (records: readonly unknown[]) => Promise<UsageSource>, variety: readonly LogRecord[]): void {
	describe('samples: rows of named events, each with its latest event', () => {
		const samplesOf = async (records: readonly unknown[], events: readonly string[] = [list], window = wholeWindow) => {
			const source = await sourceOf(records);
			return source.samples(window, events, silentTask());
		};

		it('are the very rows of usage', async () => {
			const source = await sourceOf(variety.map((record, index) => ({...record, eventID: `v${index}`})));
			const {rows} = await source.usage(wholeWindow, silentTask());
			const samples = await source.samples(wholeWindow, [...new Set(rows.map(row => eventOf(row)))], silentTask());
			const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b));
			expect(samples.map(({sample: _sample, ...row}) => row).toSorted(byText)).toEqual(rows.toSorted(byText));
			expect(rows.length).toBeGreaterThan(10);
		});

		it('only of the named events, by source and name together', async () => {
			const rows = await samplesOf([
				logRecord('1'), logRecord('2', {eventName: 'CreateBucket'}), logRecord('3', {eventSource: 'ec2.amazonaws.com'}),
				logRecord('4', {eventName: 'RunInstances'}), logRecord('5', {eventName: 'listbuckets'}),
			], [list, 'ec2.amazonaws.com:RunInstances']);
			expect(rows.map(row => `${eventOf(row)} ${row.count}`)).toEqual([`${list} 1`]);
		});

		it('only of the window: its start is in, its end is not', async () => {
			const times = ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z'];
			const rows = await samplesOf(times.map((eventTime, index) => logRecord(String(index), {eventTime})), [list], march);
			expect(rows.map(({count, first, last, sample}) => [count, first, last, sample.eventId])).toEqual([[2, '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', '2']]);
		});

		it('each eventID once, and each record without one', async () => {
			const rows = await samplesOf([logRecord('1'), logRecord('1'), logRecord('2'), logRecord(null), logRecord(null)]);
			expect(totalEvents(rows)).toBe(4);
		});

		it('the sample is one event, the latest, in all its fields', async () => {
			const rows = await samplesOf([
				logRecord('zz', {eventTime: '2026-03-01T00:00:00Z', awsRegion: 'us-east-1', sourceIPAddress: '192.0.2.9', userAgent: 'zz-first'}),
				logRecord('aa', {eventTime: '2026-03-03T00:00:00Z', awsRegion: 'eu-west-1', sourceIPAddress: '192.0.2.1', userAgent: 'aa-last'}),
				logRecord('mm', {eventTime: '2026-03-02T00:00:00Z', awsRegion: 'us-west-2', sourceIPAddress: '192.0.2.5', userAgent: 'mm-between'}),
			]);
			expect(rows.map(({sample}) => sample)).toEqual([{eventId: 'aa', region: 'eu-west-1', sourceAddress: '192.0.2.1', userAgent: 'aa-last'}]);
		});

		it('the sample of two events of one second is one of the two, not a mixture', async () => {
			const rows = await samplesOf(['a', 'b'].map((id, index) => logRecord(id, {awsRegion: `region-${id}`, sourceIPAddress: `192.0.2.${9 - index}`, userAgent: `agent-${id}`})));
			expect(rows.map(({sample}) => sample)).toEqual([{eventId: 'b', region: 'region-b', sourceAddress: '192.0.2.8', userAgent: 'agent-b'}]);
		});

		it('what the latest event lacks is null, not an earlier event\'s', async () => {
			const rows = await samplesOf([logRecord('1'), logRecord(null, {eventTime: '2026-03-09T00:00:00Z', awsRegion: undefined, sourceIPAddress: null, userAgent: ''})]);
			expect(rows.map(({count, sample}) => [count, sample])).toEqual([[2, {eventId: null, region: null, sourceAddress: null, userAgent: null}]]);
		});

		it('each identity and end has its own', async () => {
			const rows = await samplesOf([logRecord('1'), logRecord('2', {errorCode: 'AccessDenied'}), logRecord('3', {userIdentity: roleIdentity('deploy', 'me')})]);
			expect(new Set(rows.map(({sample, errorCode, issuerId}) => [sample.eventId, errorCode, issuerId].join(' ')))).toEqual(new Set(['1  ', '2 AccessDenied ', '3  AROADEPLOY']));
		});

		it('a call that two accounts saw counts once, and a foreign call to a foreign account does not', async () => {
			const call = {sharedEventID: 'shared-1', eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole'};
			const rows = await samplesOf([
				logRecord('1', call), logRecord('2', {...call, recipientAccountId: otherAccount}),
				logRecord('3', {...call, sharedEventID: 'shared-2', userIdentity: roleIdentity('x', 'y', otherAccount), recipientAccountId: otherAccount}),
			], ['sts.amazonaws.com:AssumeRole']);
			expect(rows.map(({count, sample}) => [count, sample.eventId])).toEqual([[1, '1']]);
		});

		it('event names of any kind are names, never SQL', async () => {
			const records = [logRecord('plain'), ...oddNames.map((eventName, index) => logRecord(String(index), {eventName}))];
			const source = await sourceOf(records);
			const all = await source.samples(wholeWindow, oddNames.map(name => `s3.amazonaws.com:${name}`), silentTask());
			expect(new Set(all.map(({eventName}) => eventName))).toEqual(new Set(oddNames));
			const answers = await Promise.all(oddNames.map(async name => source.samples(wholeWindow, [`s3.amazonaws.com:${name}`], silentTask())));
			expect(answers.map(rows => rows.map(({eventName}) => eventName))).toEqual(oddNames.map(name => [name]));
		});

		it('no name, or a name that nothing bears: no row', async () => {
			expect(await samplesOf([logRecord('1')], [])).toEqual([]);
			expect(await samplesOf([logRecord('1')], ['s3.amazonaws.com:Nothing'])).toEqual([]);
			expect(await samplesOf([], [list])).toEqual([]);
		});
	});

	describe('calls: successful calls of named events, with their parameters', () => {
		const callsOf = async (records: readonly unknown[], events: readonly string[] = [detach], window = wholeWindow) => {
			const source = await sourceOf(records);
			return source.calls(window, events, silentTask());
		};

		it('a call with its time, its actor and its parameters', async () => {
			expect(await callsOf([detaching('1')])).toEqual([{
				time: '2026-03-01T10:00:00Z', eventSource: 'iam.amazonaws.com', eventName: 'DetachUserPolicy', actor: `arn:aws:iam::${accountId}:user/alice`, eventId: '1',
				parameters: {userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess'},
			}]);
		});

		it('oldest first, over all the names', async () => {
			const calls = await callsOf([
				detaching('3', {eventTime: '2026-03-03T00:00:00Z'}), detaching('1', {eventTime: '2026-03-01T00:00:00Z'}),
				detaching('2', {eventTime: '2026-03-02T00:00:00Z', eventName: 'PutUserPolicy'}), detaching('4', {eventName: 'AttachUserPolicy'}),
			], [detach, 'iam.amazonaws.com:PutUserPolicy']);
			expect(calls.map(({eventId}) => eventId)).toEqual(['1', '2', '3']);
		});

		it('only those that succeeded', async () => {
			const calls = await callsOf([detaching('1'), detaching('2', {errorCode: 'AccessDenied'}), detaching('3', {errorMessage: 'no'}), detaching('4', {errorCode: '', errorMessage: ''})]);
			expect(calls.map(({eventId}) => eventId)).toEqual(['1', '4']);
		});

		it('only those that the account received, whoever made them', async () => {
			const calls = await callsOf([detaching('1', {recipientAccountId: otherAccount}), detaching('2', {userIdentity: roleIdentity('x', 'y', otherAccount)})]);
			expect(calls.map(({eventId, actor}) => [eventId, actor])).toEqual([['2', `arn:aws:sts::${otherAccount}:assumed-role/x/y`]]);
		});

		it('only of the window, and each eventID once', async () => {
			const times = ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', '2026-03-02T00:00:00Z'];
			const records = times.map((eventTime, index) => detaching(String(index), {eventTime}));
			const calls = await callsOf([...records, ...records], [detach], march);
			expect(calls.map(({eventId}) => eventId)).toEqual(['1', '2']);
		});

		it.each<[string, LogRecord, {readonly actor?: string | null; readonly parameters?: unknown; readonly eventId?: string | null}]>([
			['an identity without ARN is told by its id', {userIdentity: {type: 'IAMUser', principalId: 'AIDABOB', accountId}}, {actor: 'AIDABOB'}],
			['a record without identity has no actor', {userIdentity: undefined}, {actor: null}],
			['a record without id has none', {eventID: undefined}, {eventId: null}],
			['no parameters are null', {requestParameters: null}, {parameters: null}],
			['parameters that are a text are null', {requestParameters: 'userName=bob'}, {parameters: null}],
			['parameters that are a list are null', {requestParameters: ['bob']}, {parameters: null}],
			['odd parameters come as they are', {requestParameters: oddParameters}, {parameters: oddParameters}],
		])('%s', async (_, changes, expected) => {
			expect(await callsOf([detaching('1', changes)])).toMatchObject([expected]);
		});

		it.each(['iam', 'sts', 'sso', 'organizations'])('%s events keep their parameters', async service => {
			const calls = await callsOf([detaching('1', {eventSource: `${service}.amazonaws.com`, eventName: 'Call', requestParameters: {a: 'b'}})], [`${service}.amazonaws.com:Call`]);
			expect(calls.map(({parameters}) => parameters)).toEqual([{a: 'b'}]);
		});

		it('no name, or a name that nothing bears: no call', async () => {
			expect(await callsOf([detaching('1')], [])).toEqual([]);
			expect(await callsOf([detaching('1')], ['iam.amazonaws.com:\' OR 1=1 --'])).toEqual([]);
			expect(await callsOf([], [detach])).toEqual([]);
		});
	});

	describe('cancelling a question about named events', () => {
		it.each([
			['samples', async (source: UsageSource, signal: AbortSignal, progress: () => void) => source.samples(wholeWindow, [list], {signal, progress})],
			['calls', async (source: UsageSource, signal: AbortSignal, progress: () => void) => source.calls(wholeWindow, [list], {signal, progress})],
		])('%s reject with CancelledError, and answer afterwards', async (_, ask) => {
			const source = await sourceOf([logRecord('1')]);
			await expect(ask(source, AbortSignal.abort(), () => {})).rejects.toBeInstanceOf(CancelledError);
			const controller = new AbortController();
			const abort = () => {
				controller.abort();
			};

			await expect(ask(source, controller.signal, abort)).rejects.toBeInstanceOf(CancelledError);
			expect(await ask(source, new AbortController().signal, () => {})).toHaveLength(1);
		});
	});
}
