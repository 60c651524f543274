import {describe, expect, it} from 'vitest';
import type {SessionUsage} from '../../source/domain/sessions.js';
import {silentTask} from '../../source/lib/task.js';
import {deed, opening, roleArnOf, sessionOf, userOf} from '../support/session-records.js';
import {accountId, eventCounts, type LogRecord, wholeWindow} from '../support/trail-records.js';
import {otherAccount, sourcesOf, type SourceFactory} from './harness.js';

/** "alice > first > second: name link 2x [ListBuckets 3, …]": all that a test mostly asks of an answer. */
function lineOf({originator, via, sessions, rows}: SessionUsage): string {
	const chain = [`${originator.kind} ${originator.name ?? '-'}`, ...via.map(arn => arn.slice(arn.lastIndexOf('/') + 1))].join(' > ');
	const groups = sessions.map(({name, link, assumed}) => `${name ?? '-'} ${link} ${assumed}x`).toSorted().join(', ');
	const deeds = Object.entries(eventCounts(rows)).map(([event, count]) => `${event.slice(event.indexOf(':') + 1)} ${count}`).toSorted().join(', ');
	return `${chain}: ${groups} [${deeds}]`;
}

type Case = {readonly name: string; readonly records: readonly LogRecord[]; readonly expected: readonly string[]; readonly role?: string};

const alice = userOf('alice');
const bob = userOf('bob');
const lambda = {type: 'AWSService', invokedBy: 'lambda.amazonaws.com'};
const saml = (name: string) => ({type: 'SAMLUser', principalId: `abc=:${name}`, userName: name, identityProvider: 'abc='});
const pipeline = {type: 'WebIdentityUser', principalId: 'arn:aws:iam::1:oidc-provider/x:sts.amazonaws.com:repo:example/shop', userName: 'repo:example/shop', identityProvider: 'arn:aws:iam::1:oidc-provider/x'};
const foreign = {type: 'AWSAccount', principalId: 'AROAFOREIGN:jane', accountId: otherAccount};
const longPath = `${'division/'.repeat(40)}admin`;
const inLongPath = {...sessionOf('admin', 'a', 'ASIAA'), sessionContext: {sessionIssuer: {type: 'Role', principalId: 'AROAADMIN', arn: roleArnOf(longPath), accountId, userName: 'admin'}}};
const sso = 'AWSReservedSSO_Admin_0123456789abcdef';

const cases: readonly Case[] = [
	{
		name: 'two users of one role are told apart by the access keys of their sessions, though the name is the same',
		records: [
			opening('1', {by: alice, role: 'admin', session: 'cli', key: 'ASIAA'}), opening('2', {by: bob, role: 'admin', session: 'cli', key: 'ASIAB'}),
			deed('3', sessionOf('admin', 'cli', 'ASIAA')), deed('4', sessionOf('admin', 'cli', 'ASIAB'), 'CreateBucket'), deed('5', sessionOf('admin', 'cli', 'ASIAB'), 'CreateBucket'),
		],
		expected: ['user alice: cli access-key 1x [ListBuckets 1]', 'user bob: cli access-key 1x [CreateBucket 2]'],
	},
	{
		name: 'what the opener did as himself, and in another role, is not his use of this one',
		records: [
			opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}), opening('2', {by: alice, role: 'other', session: 'a', key: 'ASIAO'}),
			deed('3', alice, 'CreateBucket'), deed('4', sessionOf('other', 'a', 'ASIAO'), 'DeleteBucket'), deed('5', sessionOf('admin', 'a', 'ASIAA')),
		],
		expected: ['user alice: a access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'a session that was opened and not used is told with no deeds',
		records: [opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'})],
		expected: ['user alice: a access-key 1x []'],
	},
	{
		name: 'a refused assumption opens nothing',
		records: [opening('1', {by: alice, role: 'admin', session: 'a'}, {errorCode: 'AccessDenied', errorMessage: 'no'})],
		expected: [],
	},
	{
		name: 'a session opened up to twelve hours before the window belongs to its opener, and is not counted as opened in it',
		records: [
			opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}, {eventTime: '2025-12-31T13:00:00Z'}),
			opening('2', {by: bob, role: 'admin', session: 'b', key: 'ASIAB'}, {eventTime: '2025-12-31T11:00:00Z'}),
			deed('3', sessionOf('admin', 'a', 'ASIAA'), 'ListBuckets', {eventTime: '2026-01-01T00:30:00Z'}),
		],
		expected: ['user alice: a access-key 0x [ListBuckets 1]'],
	},
	{
		name: 'a chain user > role > role is told with the person at its beginning',
		records: [
			opening('1', {by: alice, role: 'first', session: 'a', key: 'ASIA1'}),
			opening('2', {by: sessionOf('first', 'a', 'ASIA1'), role: 'admin', session: 'hop', key: 'ASIA2'}, {eventTime: '2026-03-01T10:30:00Z'}),
			deed('3', sessionOf('admin', 'hop', 'ASIA2')),
		],
		expected: ['user alice > first: hop access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'a chain of three roles across two accounts, each crossing in two records, is told with its person',
		role: roleArnOf('admin', otherAccount),
		records: [
			opening('1', {by: alice, role: 'first', session: 'a', key: 'ASIA1'}),
			opening('2', {by: sessionOf('first', 'a', 'ASIA1'), role: 'second', session: 'b', key: 'ASIA2', account: otherAccount}, {sharedEventID: 's1'}),
			opening('3', {by: {type: 'AWSAccount', principalId: 'AROAFIRST:a', accountId}, role: 'second', session: 'b', key: 'ASIA2', account: otherAccount}, {sharedEventID: 's1', recipientAccountId: otherAccount}),
			opening('4', {by: sessionOf('second', 'b', 'ASIA2', otherAccount), role: 'admin', session: 'c', key: 'ASIA3', account: otherAccount}, {eventTime: '2026-03-01T10:10:00Z', recipientAccountId: otherAccount}),
			deed('5', sessionOf('admin', 'c', 'ASIA3', otherAccount), 'CreateBucket', {recipientAccountId: otherAccount}),
		],
		expected: ['user alice > first > second: c access-key 1x [CreateBucket 1]'],
	},
	{
		name: 'an assumption across accounts is one assumption, known by the record of the caller\'s account',
		role: roleArnOf('backup', otherAccount),
		records: [
			opening('1', {by: alice, role: 'backup', session: 'a', key: 'ASIA1', account: otherAccount}, {sharedEventID: 's1'}),
			opening('2', {by: {type: 'AWSAccount', principalId: 'AIDAALICE', accountId}, role: 'backup', session: 'a', key: 'ASIA1', account: otherAccount}, {sharedEventID: 's1', recipientAccountId: otherAccount}),
			deed('3', sessionOf('backup', 'a', 'ASIA1', otherAccount), 'ListBuckets', {recipientAccountId: otherAccount}),
		],
		expected: ['user alice: a shared-event 1x [ListBuckets 1]'],
	},
	{
		name: 'the key may stand in the one record, the caller in the other',
		role: roleArnOf('backup', otherAccount),
		records: [
			opening('1', {by: alice, role: 'backup', session: 'a', account: otherAccount}, {sharedEventID: 's1'}),
			opening('2', {by: {type: 'AWSAccount', principalId: 'AIDAALICE', accountId}, role: 'backup', session: 'a', key: 'ASIA1', account: otherAccount}, {sharedEventID: 's1', recipientAccountId: otherAccount}),
			deed('3', sessionOf('backup', 'a', 'ASIA1', otherAccount), 'ListBuckets', {recipientAccountId: otherAccount}),
		],
		expected: ['user alice: a shared-event 1x [ListBuckets 1]'],
	},
	{
		name: 'where only the role\'s account has a record, the caller is known by its account alone',
		records: [opening('1', {by: foreign, role: 'admin', session: 'jane', key: 'ASIA1'}, {sharedEventID: 's1'}), deed('2', sessionOf('admin', 'jane', 'ASIA1'))],
		expected: [`account ${otherAccount}: jane access-key 1x [ListBuckets 1]`],
	},
	{
		name: 'a missing access key: the only one who opened that name that day is inferred',
		records: [opening('1', {by: alice, role: 'admin', session: 'alice'}), deed('2', sessionOf('admin', 'alice', 'ASIAX'))],
		expected: ['user alice: alice access-key 1x, alice inferred 0x [ListBuckets 1]'],
	},
	{
		name: 'a missing access key: a session may go on past midnight',
		records: [opening('1', {by: alice, role: 'admin', session: 'alice'}, {eventTime: '2026-03-01T23:00:00Z'}), deed('2', sessionOf('admin', 'alice', 'ASIAX'), 'ListBuckets', {eventTime: '2026-03-02T01:00:00Z'})],
		expected: ['user alice: alice access-key 1x, alice inferred 0x [ListBuckets 1]'],
	},
	{
		name: 'a missing access key: two who opened that name are not guessed between',
		records: [opening('1', {by: alice, role: 'admin', session: 'cli'}), opening('2', {by: bob, role: 'admin', session: 'cli'}), deed('3', sessionOf('admin', 'cli', 'ASIAX'))],
		expected: ['unknown -: cli inferred 0x [ListBuckets 1]', 'user alice: cli access-key 1x []', 'user bob: cli access-key 1x []'],
	},
	{
		name: 'a session of which no opening is in the log has no known originator',
		records: [deed('1', sessionOf('admin', 'x', 'ASIAX'))],
		expected: ['unknown -: x inferred 0x [ListBuckets 1]'],
	},
	{
		name: 'a session without an issuer is known by its ARN',
		records: [opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}), deed('2', {...sessionOf('admin', 'a', 'ASIAA'), sessionContext: undefined})],
		expected: ['user alice: a access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'a role whose name begins alike is another role',
		records: [opening('1', {by: alice, role: 'admin2', session: 'a', key: 'ASIAA'}), deed('2', {...sessionOf('admin2', 'a', 'ASIAA'), sessionContext: undefined})],
		expected: [],
	},
	{
		name: 'a service: Lambda names each session after its function, which is folded',
		records: [opening('1', {by: lambda, role: 'admin', session: 'orders', key: 'ASIA1'}), deed('2', sessionOf('admin', 'orders', 'ASIA1'))],
		expected: ['service lambda.amazonaws.com: (function) access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'a pipeline by web identity',
		records: [opening('1', {by: pipeline, role: 'admin', session: 'GitHubActions', key: 'ASIA1'}, {eventName: 'AssumeRoleWithWebIdentity'}), deed('2', sessionOf('admin', 'GitHubActions', 'ASIA1'))],
		expected: ['federated repo:example/shop: GitHubActions access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'people of one Identity Center role are told by their session names',
		role: roleArnOf(sso),
		records: [
			opening('1', {by: saml('jane@example.com'), role: sso, session: 'jane@example.com', key: 'ASIA1'}, {eventName: 'AssumeRoleWithSAML'}),
			opening('2', {by: saml('joe@example.com'), role: sso, session: 'joe@example.com', key: 'ASIA2'}, {eventName: 'AssumeRoleWithSAML'}),
			deed('3', sessionOf(sso, 'jane@example.com', 'ASIA1')), deed('4', sessionOf(sso, 'joe@example.com', 'ASIA2'), 'CreateBucket'),
			// The opening is in no log of this trail: the session name is the person all the same.
			deed('5', sessionOf(sso, 'jill@example.com', 'ASIA3'), 'DeleteBucket'),
		],
		expected: ['sso jane@example.com: jane@example.com access-key 1x [ListBuckets 1]', 'sso jill@example.com: jill@example.com inferred 0x [DeleteBucket 1]', 'sso joe@example.com: joe@example.com access-key 1x [CreateBucket 1]'],
	},
	{
		name: 'a person of Identity Center who goes on into another role',
		records: [
			opening('1', {by: sessionOf(sso, 'jane@example.com', 'ASIAX'), role: 'admin', session: 'botocore-session-1700000001', key: 'ASIA1'}),
			deed('2', sessionOf('admin', 'botocore-session-1700000001', 'ASIA1')),
		],
		expected: [`sso jane@example.com > ${sso}: botocore-session-* access-key 1x [ListBuckets 1]`],
	},
	{
		name: 'machine-made names are folded into one line with a count',
		records: ['i-0a4f7c2be81d93560', 'i-0123456789abcdef0', 'i-0fedcba9876543210'].flatMap((session, index) => [
			opening(`o${index}`, {by: alice, role: 'admin', session, key: `ASIA${index}`}), deed(`d${index}`, sessionOf('admin', session, `ASIA${index}`)),
		]),
		expected: ['user alice: i-* access-key 3x [ListBuckets 3]'],
	},
	{
		name: 'a role whose path is so long that an index leaves its ARN out',
		role: roleArnOf(longPath),
		records: [opening('1', {by: alice, role: longPath, session: 'a', key: 'ASIAA'}), deed('2', inLongPath), deed('3', sessionOf('admin', 'a', 'ASIAB'), 'CreateBucket')],
		expected: ['user alice: a access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'a session name with a comma, an equals sign and an at sign',
		records: [opening('1', {by: alice, role: 'admin', session: 'a,b=c@d', key: 'ASIAA'}), deed('2', sessionOf('admin', 'a,b=c@d', 'ASIAA'))],
		expected: ['user alice: a,b=c@d access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'what a session did in another account left a record with both, and counts once',
		records: [
			opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}),
			deed('2', sessionOf('admin', 'a', 'ASIAA'), 'GetObject', {sharedEventID: 's1'}),
			deed('3', sessionOf('admin', 'a', 'ASIAA'), 'GetObject', {sharedEventID: 's1', recipientAccountId: otherAccount}),
			deed('4', sessionOf('admin', 'a', 'ASIAA'), 'PutObject', {sharedEventID: 's2', recipientAccountId: otherAccount}),
		],
		expected: ['user alice: a access-key 1x [GetObject 1, PutObject 1]'],
	},
	{
		name: 'the same, of a role of another account',
		role: roleArnOf('admin', otherAccount),
		records: [
			deed('2', sessionOf('admin', 'a', 'ASIAA', otherAccount), 'GetObject', {sharedEventID: 's1', recipientAccountId: otherAccount}),
			deed('3', sessionOf('admin', 'a', 'ASIAA', otherAccount), 'GetObject', {sharedEventID: 's1', recipientAccountId: '777788889999'}),
		],
		expected: ['unknown -: a inferred 0x [GetObject 1]'],
	},
	{
		name: 'a repeated event counts once',
		records: [opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIA1'}), opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIA1'}), deed('2', sessionOf('admin', 'a', 'ASIA1')), deed('2', sessionOf('admin', 'a', 'ASIA1'))],
		expected: ['user alice: a access-key 1x [ListBuckets 1]'],
	},
	{
		name: 'records without an id are calls of their own',
		records: [opening('', {by: alice, role: 'admin', session: 'a', key: 'ASIA1'}), opening('', {by: bob, role: 'admin', session: 'b', key: 'ASIA2'}), deed('', sessionOf('admin', 'b', 'ASIA2'))],
		expected: ['user alice: a access-key 1x []', 'user bob: b access-key 1x [ListBuckets 1]'],
	},
];

/** The part of the contract that is about who was behind a role. */
export function describeSessions(name: string, open: SourceFactory): void {
	describe(`${name}: the sessions of a role`, () => {
		const sourceOf = sourcesOf(open);

		const sessionsOf = async (records: readonly LogRecord[], role = roleArnOf('admin')) => {
			const source = await sourceOf(records);
			return source.sessions(wholeWindow, role, silentTask());
		};

		it.each(cases)('$name', async ({records, expected, role}) => {
			const found = await sessionsOf(records, role);
			expect(found.map(usage => lineOf(usage)).toSorted()).toEqual(expected);
		});

		it('tells first and last, source identity and the addresses they were opened from, the most frequent first', async () => {
			const by = (id: string, address: string, eventTime: string) => opening(id, {by: alice, role: 'admin', session: 'a', key: `ASIA${id}`}, {
				sourceIPAddress: address, eventTime, requestParameters: {roleArn: roleArnOf('admin'), roleSessionName: 'a', sourceIdentity: 'alice@example.com'},
			});
			const [found] = await sessionsOf([
				by('1', '192.0.2.9', '2026-03-01T10:00:00Z'), by('2', '192.0.2.1', '2026-03-02T10:00:00Z'), by('3', '192.0.2.1', '2026-03-03T10:00:00Z'),
				deed('4', sessionOf('admin', 'a', 'ASIA3'), 'ListBuckets', {eventTime: '2026-03-03T11:00:00Z'}),
			]);
			expect(found?.originator).toEqual({kind: 'user', arn: `arn:aws:iam::${accountId}:user/alice`, name: 'alice'});
			expect(found?.sessions).toEqual([{
				name: 'a', sourceIdentity: 'alice@example.com', link: 'access-key', assumed: 3, first: '2026-03-01T10:00:00Z', last: '2026-03-03T11:00:00Z', sourceAddresses: ['192.0.2.1', '192.0.2.9'],
			}]);
		});

		it('tells whoever used the role last first', async () => {
			const found = await sessionsOf([
				opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}), opening('2', {by: bob, role: 'admin', session: 'b', key: 'ASIAB'}),
				deed('3', sessionOf('admin', 'a', 'ASIAA'), 'ListBuckets', {eventTime: '2026-03-01T11:00:00Z'}), deed('4', sessionOf('admin', 'b', 'ASIAB'), 'ListBuckets', {eventTime: '2026-03-01T12:00:00Z'}),
			]);
			expect(found.map(({originator}) => originator.name)).toEqual(['bob', 'alice']);
		});

		it('has the very rows of usage, whoever they are split among', async () => {
			const records = [
				opening('1', {by: alice, role: 'admin', session: 'a', key: 'ASIAA'}), deed('2', sessionOf('admin', 'a', 'ASIAA')),
				deed('3', sessionOf('admin', 'a', 'ASIAA'), 'CreateBucket', {errorCode: 'AccessDenied', errorMessage: 'User: x is not authorized to perform: s3:CreateBucket'}),
			];
			const source = await sourceOf(records);
			const [found] = await source.sessions(wholeWindow, roleArnOf('admin'), silentTask());
			const {rows} = await source.usage(wholeWindow, silentTask());
			const byName = (a: {readonly eventName: string}, b: {readonly eventName: string}) => a.eventName.localeCompare(b.eventName);
			expect(found?.rows.toSorted(byName)).toEqual(rows.filter(({issuerArn}) => issuerArn === roleArnOf('admin')).toSorted(byName));
		});

		it('says nothing for a role that nobody used, nor for an empty log', async () => {
			expect(await sessionsOf([deed('1', alice)])).toEqual([]);
			expect(await sessionsOf([])).toEqual([]);
		});
	});
}
