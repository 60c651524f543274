import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {callerIdentity} from '../../source/aws/identity.js';
import {openAwsSession, type AwsSession} from '../../source/aws/session.js';
import type {IamSnapshot} from '../../source/domain/snapshot.js';
import {loadIamFile} from '../../source/iam/file.js';
import {fetchLiveDetails, snapshotOf, type LiveDetails} from '../../source/iam/live.js';
import {CancelledError} from '../../source/lib/errors.js';
import {silentTask, type Progress, type Task} from '../../source/lib/task.js';
import {startQueryServer, testKeys, setEnvironment, type QueryAnswer, type QueryCall, type QueryServer} from '../support/aws-query-server.js';
import {accountId, answers, denied, detailsXml, identityXml, roleXml, userXml} from '../support/iam-answers.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {containing, matching, userErrorOf} from '../support/user-error.js';

type Answers = (call: QueryCall, before: number) => QueryAnswer;

async function connect(answer: Answers): Promise<{server: QueryServer; session: AwsSession}> {
	const server = await startQueryServer(answer);
	setEnvironment({...testKeys, AWS_ENDPOINT_URL: server.url});
	return {server, session: await openAwsSession({})};
}

async function fetchDetails(session: AwsSession, task: Task = silentTask()): Promise<LiveDetails> {
	return fetchLiveDetails({session, accountId, now: new Date('2024-03-10T11:12:13.456Z'), task});
}

const usesOf = ({users}: IamSnapshot) => Object.fromEntries(users.map(({name, credentialsUsed}) => [name, credentialsUsed]));

describe('GetAccountAuthorizationDetails', () => {
	test('every page is read, empty and short ones too, with the progress told in principals', async () => {
		const pages = [
			detailsXml({users: [userXml('alice')], marker: 'a'}),
			detailsXml({marker: 'b'}),
			detailsXml({roles: [roleXml('ci')], users: [userXml('bob')]}),
		];
		const {server, session} = await connect(answers({GetAccountAuthorizationDetails: (_call, before) => ({xml: pages[before] ?? ''})}));
		const seen: number[] = [];
		const details = await fetchDetails(session, {...silentTask(), progress({unit, done}: Progress) {
			if (unit === 'principals') {
				seen.push(done);
			}
		}});
		const snapshot = snapshotOf(details);
		expect(snapshot.users.map(({name}) => name)).toEqual(['alice', 'bob']);
		expect(snapshot.roles.map(({name, lastUsed}) => [name, lastUsed])).toEqual([['ci', '2024-02-03T04:05:06Z']]);
		expect(seen).toEqual([1, 1, 3]);
		expect(server.calls.filter(({Action}) => Action === 'GetAccountAuthorizationDetails').map(({Marker}) => Marker)).toEqual([undefined, 'a', 'b']);
	});

	test('documents that come URL-encoded are read, all of RFC 3986\'s characters', async () => {
		const document = {Version: '2012-10-17', Statement: [{Sid: 'it\'s (a) *!', Effect: 'Allow', Action: ['s3:Get*', 'ec2:Describe*'], Resource: ['arn:aws:s3:::b%20c/*?x=ä€']}]};
		const {session} = await connect(answers({GetAccountAuthorizationDetails: () => ({xml: detailsXml({users: [userXml('alice', document)]})})}));
		const snapshot = snapshotOf(await fetchDetails(session));
		expect(snapshot.users[0]?.inlinePolicies).toEqual([{name: 'own', document}]);
		expect(snapshot.warnings).toEqual([]);
	});

	test('a throttled call is made again', async () => {
		const {server, session} = await connect(answers({
			GetAccountAuthorizationDetails: (_call, before) => before < 2 ? {error: 'Throttling', message: 'Rate exceeded'} : {xml: detailsXml({users: [userXml('alice')]})},
		}));
		expect(snapshotOf(await fetchDetails(session)).users).toHaveLength(1);
		expect(server.calls.filter(({Action}) => Action === 'GetAccountAuthorizationDetails')).toHaveLength(3);
	});

	test('an answer that ends where it says that there is more is an error, not a smaller account', async () => {
		const {session} = await connect(answers({GetAccountAuthorizationDetails: () => ({xml: '<UserDetailList/><RoleDetailList/><GroupDetailList/><Policies/><IsTruncated>true</IsTruncated>'})}));
		await expect(fetchDetails(session)).rejects.toThrow(/ended its answer in the middle/);
	});

	test('an abort between two pages ends the call on the wire', async () => {
		const {server, session} = await connect(answers({GetAccountAuthorizationDetails: (_call, before) => before === 0 ? {xml: detailsXml({users: [userXml('alice')], marker: 'a'})} : 'never'}));
		const abort = new AbortController();
		const fetching = fetchDetails(session, {signal: abort.signal, progress() {}});
		await expect.poll(() => server.calls.filter(({Marker}) => Marker === 'a').length, {timeout: 20_000}).toBe(1);
		abort.abort();
		await expect(fetching).rejects.toThrow(CancelledError);
		await expect.poll(() => server.left.length, {timeout: 20_000}).toBe(1);
	});
});

describe('what goes wrong is said with the next step, exit code 3', () => {
	test.each<[string, QueryAnswer, RegExp, RegExp]>([
		['denied: the permission is named', denied({Action: 'GetAccountAuthorizationDetails'}), /AWS denies iam:GetAccountAuthorizationDetails/, /^allow iam:GetAccountAuthorizationDetails/],
		['an expired token', {error: 'ExpiredToken', status: 403}, /AWS credentials have expired/, /aws sso login/],
		['an unknown key', {error: 'InvalidClientTokenId', status: 403}, /does not accept AWS credentials in us-east-1/, /--region us-gov-west-1/],
		['a signature that is too old', {error: 'SignatureDoesNotMatch', status: 403, message: 'Signature expired: 20240301T000000Z is now earlier than 20240302T000000Z'}, /clock of this machine is wrong/, /set the clock/],
	])('%s', async (_, answer, message, hint) => {
		const {session} = await connect(answers({GetAccountAuthorizationDetails: () => answer}));
		const error = await userErrorOf(fetchDetails(session));
		expect(error).toMatchObject({exitCode: 3, message: matching(message), hint: matching(hint)});
	});

	test('a signature\'s canonical text, which holds the session token, is never repeated', async () => {
		const {session} = await connect(answers({GetAccountAuthorizationDetails: () => ({error: 'SignatureDoesNotMatch', status: 403, message: 'The request signature does not match. x-amz-security-token:SECRETTOKEN'})}));
		const error = await userErrorOf(fetchDetails(session));
		expect(`${error.message} ${error.hint ?? ''}`).not.toContain('SECRETTOKEN');
	});

	test('no network', async () => {
		setEnvironment({...testKeys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1'});
		const session = await openAwsSession({});
		await expect(callerIdentity(session, silentTask().signal)).rejects.toThrow(/AWS cannot be reached for sts:GetCallerIdentity in us-east-1/);
	});

	test('no credentials', async () => {
		setEnvironment({AWS_REGION: 'us-east-1'});
		const session = await openAwsSession({});
		const error = await userErrorOf(callerIdentity(session, silentTask().signal));
		expect(error).toMatchObject({exitCode: 3, message: 'no AWS credentials were found', hint: matching(/--profile NAME/)});
	});
});

test('whose credentials they are', async () => {
	const {session} = await connect(() => ({xml: identityXml('210987654321')}));
	expect(await callerIdentity(session, silentTask().signal)).toEqual({accountId: '210987654321', arn: 'arn:aws:iam::210987654321:user/auditor'});
});

describe('when passwords and access keys were last used', () => {
	test('from the credential report, once it is made', async () => {
		const {server, session} = await connect(answers({GenerateCredentialReport: (_call, before) => ({xml: `<State>${before === 0 ? 'STARTED' : 'COMPLETE'}</State>`})}));
		const snapshot = snapshotOf(await fetchDetails(session));
		expect(usesOf(snapshot)).toEqual({
			alice: {last: '2024-03-02T01:02:03Z', by: 'password', complete: true},
			bob: {last: null, by: null, complete: true},
		});
		expect(server.calls.map(({Action}) => Action)).not.toContain('ListUsers');
	});

	test('user by user where the report is denied', async () => {
		const {session} = await connect(answers({GenerateCredentialReport: denied}));
		const snapshot = snapshotOf(await fetchDetails(session));
		expect(usesOf(snapshot)).toEqual({
			alice: {last: '2024-03-02T01:02:03Z', by: 'password', complete: true},
			bob: {last: '2024-03-05T06:07:08Z', by: 'access key', complete: true},
		});
		expect(snapshot.warnings).toEqual([]);
	});

	test('where the report may be made and not read, the same', async () => {
		const {session} = await connect(answers({GetCredentialReport: denied}));
		expect(usesOf(snapshotOf(await fetchDetails(session))).bob?.last).toBe('2024-03-05T06:07:08Z');
	});

	test.each(['ListAccessKeys', 'GetAccessKeyLastUsed'])('%s is denied, too: the dates are not whole, and that is said', async action => {
		const {session} = await connect(answers({GenerateCredentialReport: denied, [action]: denied}));
		const snapshot = snapshotOf(await fetchDetails(session));
		expect(usesOf(snapshot)).toEqual({
			alice: {last: '2024-03-02T01:02:03Z', by: 'password', complete: false},
			bob: {last: null, by: null, complete: false},
		});
		expect(snapshot.warnings).toMatchObject([{code: 'iam-no-last-used', message: containing(`AWS denies iam:${action}`)}]);
	});

	test('nothing is allowed: nothing is known, that is said, and the analysis goes on', async () => {
		const {session} = await connect(answers({GenerateCredentialReport: denied, ListUsers: denied}));
		const snapshot = snapshotOf(await fetchDetails(session));
		expect(usesOf(snapshot)).toEqual({alice: undefined, bob: undefined});
		expect(snapshot.warnings).toMatchObject([{code: 'iam-no-last-used', message: containing('AWS denies iam:ListUsers')}]);
	});

	test('an account without users is not asked', async () => {
		const {server, session} = await connect(answers({GetAccountAuthorizationDetails: () => ({xml: detailsXml({roles: [roleXml('ci')]})})}));
		await fetchDetails(session);
		expect(server.calls.map(({Action}) => Action)).toEqual(['GetAccountAuthorizationDetails']);
	});
});

test.each<[string, Answers]>([
	['an account', answers()],
	['an account whose dates are denied: its warnings, too', answers({GenerateCredentialReport: denied, ListUsers: denied})],
	['an account with nobody in it', answers({GetAccountAuthorizationDetails: () => ({xml: detailsXml({})})})],
])('a file of what was fetched reads back as the same snapshot: %s', async (_, answer) => {
	const {session} = await connect(answer);
	const details = await fetchDetails(session);
	const file = path.join(await temporaryFolder(), 'iam.json');
	await writeFile(file, JSON.stringify(details, undefined, 4));
	const read = await loadIamFile(file);
	expect(read).toEqual(snapshotOf(details));
	expect(read.takenAt).toBe('2024-03-10T11:12:13Z');
	expect(JSON.stringify(details)).not.toContain('%22');
});
