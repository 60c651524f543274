import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand} from '@aws-sdk/client-iam';
import {beforeEach, describe, expect, test} from 'vitest';
import {callerIdentity} from '../../source/aws/identity.js';
import {clientOptions, openAwsSession, type AwsSession} from '../../source/aws/session.js';
import {loadIamFile, parseIamSnapshot} from '../../source/iam/file.js';
import {fetchLiveDetails, snapshotOf} from '../../source/iam/live.js';
import {silentTask} from '../../source/lib/task.js';
import {setEnvironment} from '../support/aws-query-server.js';
import {runCli} from '../support/run-cli.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {matching} from '../support/user-error.js';
import {motoAccountId, motoEnvironment, motoUrl, resetMoto} from './moto-account.js';

const listing = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]};

/** A user with an inline and a managed policy and a key, and a role. */
async function fill(session: AwsSession): Promise<void> {
	const iam = new IAMClient(clientOptions(session));
	const {Policy: policy} = await iam.send(new CreatePolicyCommand({PolicyName: 'reading', PolicyDocument: JSON.stringify(listing)}));
	await iam.send(new CreateUserCommand({UserName: 'alice'}));
	await iam.send(new PutUserPolicyCommand({UserName: 'alice', PolicyName: 'own', PolicyDocument: JSON.stringify(listing)}));
	await iam.send(new AttachUserPolicyCommand({UserName: 'alice', PolicyArn: policy?.Arn}));
	await iam.send(new CreateAccessKeyCommand({UserName: 'alice'}));
	await iam.send(new CreateRoleCommand({RoleName: 'ci', AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: []})}));
	iam.destroy();
}

describe.skipIf(motoUrl === null)('STS and IAM', () => {
	beforeEach(async () => {
		await resetMoto();
	});

	test('who the credentials are', async () => {
		setEnvironment(motoEnvironment);
		expect(await callerIdentity(await openAwsSession({}), silentTask().signal)).toMatchObject({accountId: motoAccountId});
	});

	test('a role of a profile is assumed', async () => {
		const config = path.join(await temporaryFolder(), 'config');
		await writeFile(config, '[profile keys]\naws_access_key_id = testing\naws_secret_access_key = testing\n[profile other]\nrole_arn = arn:aws:iam::210987654321:role/audit\nsource_profile = keys\nregion = eu-west-1\n');
		setEnvironment({...motoEnvironment, AWS_CONFIG_FILE: config});
		expect(await callerIdentity(await openAwsSession({profile: 'other'}), silentTask().signal)).toMatchObject({
			accountId: '210987654321', arn: matching(/assumed-role\/audit\//),
		});
	});

	test('an account is read whole, and reads back from its file', async () => {
		setEnvironment(motoEnvironment);
		const session = await openAwsSession({});
		await fill(session);
		const details = await fetchLiveDetails({session, accountId: motoAccountId, now: new Date('2024-03-10T11:12:13Z'), task: silentTask()});
		const snapshot = snapshotOf(details);
		expect(snapshot).toMatchObject({
			accountId: motoAccountId,
			users: [{name: 'alice', inlinePolicies: [{name: 'own', document: listing}], attachedPolicies: [{name: 'reading'}], credentialsUsed: {last: null, by: null, complete: true}}],
			roles: [{name: 'ci'}],
		});
		expect(snapshot.policies.find(({name}) => name === 'reading')?.document).toEqual(listing);
		expect(snapshot.warnings).toEqual([]);
		const file = path.join(await temporaryFolder(), 'iam.json');
		await writeFile(file, JSON.stringify(details));
		expect(await loadIamFile(file)).toEqual(snapshot);
	});

	test('`iam snapshot` prints what --iam reads', async () => {
		setEnvironment(motoEnvironment);
		await fill(await openAwsSession({}));
		const {code, stdout, stderr} = await runCli(['iam', 'snapshot'], await temporaryFolder());
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(parseIamSnapshot(stdout, 'stdout').users.map(({name}) => name)).toEqual(['alice']);
	});
});
