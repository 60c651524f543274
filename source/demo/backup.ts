import {awsPolicyArn, backupAccountId, demoAccountId, homeRegion, iamArn, uniqueId} from './account.js';
import {read, write, type DemoCall} from './calls.js';
import {recordOf, type DemoEvent} from './events.js';
import {userIdentity} from './identities.js';
import {allow, demoPolicies, document} from './policies.js';
import type {Random} from './random.js';

/** The demo's second account: its copies of backups are made by a service, and charlie comes over from the first account now and then. */
const arnOf = (resource: string): string => `arn:aws:iam::${backupAccountId}:${resource}`;

const idOf = (role: string): string => uniqueId('AROA', `backup ${role}`);

const visitor = 'charlie';
const visitorAddress = '203.0.113.77';
const visitorAgent = 'aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux md/arch#x86_64 lang/python#3.11.8';

/** Days before the last day on which the account has logs: once a week, for twelve weeks. */
const isCopyDay = (offset: number): boolean => offset < 90 && offset % 7 === 2;

const visitDays: ReadonlySet<number> = new Set([9, 23, 44]);

const copying: readonly DemoCall[] = [read('ec2', 'DescribeSnapshots'), write('ec2', 'CopySnapshot', {sourceRegion: homeRegion}), read('kms', 'ListAliases')];

const visiting: readonly DemoCall[] = [read('backup', 'ListBackupVaults'), read('backup', 'ListRecoveryPointsByBackupVault', {backupVaultName: 'orders'}), read('ec2', 'DescribeSnapshots'), read('s3', 'ListBuckets')];

/** The output of `aws iam get-account-authorization-details` for the backup account. */
export function backupIam(): unknown {
	const role = (name: string, principal: unknown, policies: Readonly<Record<string, unknown>>) => ({
		Path: '/', RoleName: name, RoleId: idOf(name), Arn: arnOf(`role/${name}`), CreateDate: '2021-05-04T09:00:00+00:00',
		AssumeRolePolicyDocument: document({Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole'}), InstanceProfileList: [], Tags: [], RoleLastUsed: {}, ...policies,
	});
	const administrator = demoPolicies.find(({name}) => name === 'AdministratorAccess');
	return {
		UserDetailList: [],
		GroupDetailList: [],
		RoleDetailList: [
			role('admin', {AWS: iamArn(`user/${visitor}`)}, {RolePolicyList: [], AttachedManagedPolicies: [{PolicyName: 'AdministratorAccess', PolicyArn: awsPolicyArn('AdministratorAccess')}]}),
			role('snapshot-copier', {Service: 'lambda.amazonaws.com'}, {
				RolePolicyList: [{PolicyName: 'copy', PolicyDocument: document(allow(['ec2:DescribeSnapshots', 'ec2:CopySnapshot', 'ec2:DeleteSnapshot', 'kms:ListAliases', 'kms:CreateGrant']))}], AttachedManagedPolicies: [],
			}),
		],
		Policies: [{
			PolicyName: 'AdministratorAccess', PolicyId: uniqueId('ANPA', 'AdministratorAccess'), Arn: awsPolicyArn('AdministratorAccess'), Path: '/', DefaultVersionId: 'v1',
			AttachmentCount: 1, PermissionsBoundaryUsageCount: 0, IsAttachable: true, CreateDate: '2017-09-02T18:00:00+00:00', UpdateDate: '2017-09-02T18:00:00+00:00',
			PolicyVersionList: [{Document: administrator?.document, VersionId: 'v1', IsDefaultVersion: true, CreateDate: '2017-09-02T18:00:00+00:00'}],
		}],
	};
}

type Fields = Readonly<Record<string, unknown>>;

type Visit = {readonly role: string; readonly session: string; readonly key: string; readonly opened: string};

const sessionArn = ({role, session}: Visit): string => `arn:aws:sts::${backupAccountId}:assumed-role/${role}/${session}`;

function callerOf(visit: Visit, address: string, agent: string) {
	const {role, session, key, opened} = visit;
	return {
		who: sessionArn(visit), address, agent, account: backupAccountId,
		identity: {
			type: 'AssumedRole', principalId: `${idOf(role)}:${session}`, arn: sessionArn(visit), accountId: backupAccountId, accessKeyId: key,
			sessionContext: {
				sessionIssuer: {type: 'Role', principalId: idOf(role), arn: arnOf(`role/${role}`), accountId: backupAccountId, userName: role},
				attributes: {creationDate: opened, mfaAuthenticated: 'false'},
			},
		},
	};
}

/** A record of the call that opened a session, as one account has it. */
function openingRecord(visit: Visit, identity: Fields, {account, address, agent, shared}: {readonly account: string; readonly address: string; readonly agent: string; readonly shared: string | null}, random: Random): DemoEvent {
	const call: DemoCall = {
		...read('sts', 'AssumeRole', {roleArn: arnOf(`role/${visit.role}`), roleSessionName: visit.session, durationSeconds: 3600}),
		response: {
			credentials: {accessKeyId: visit.key, expiration: new Date(Date.parse(visit.opened) + 3_600_000).toISOString()},
			assumedRoleUser: {assumedRoleId: `${idOf(visit.role)}:${visit.session}`, arn: sessionArn(visit)},
		},
	};
	return {...recordOf(call, {identity, who: '', address, agent, account}, visit.opened, random), ...(shared === null ? {} : {sharedEventID: shared})};
}

/** What the backup account brings to one day: records of its own, and (`abroad`) those that its visitor's account has. */
export function backupEventsOfDay(offset: number, lastDay: number, random: Random): {readonly own: readonly DemoEvent[]; readonly abroad: readonly DemoEvent[]} {
	if (!isCopyDay(offset)) {
		return {own: [], abroad: []};
	}

	let seconds = 79_200;
	const clock = (): string => {
		seconds += 1 + random.next(60);
		return `${new Date(lastDay - offset * 86_400_000 + seconds * 1000).toISOString().slice(0, 19)}Z`;
	};

	const newKey = (): string => `ASIA${random.text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
	const host = 'lambda.amazonaws.com';
	const copy = {role: 'snapshot-copier', session: 'copy-snapshots', key: newKey(), opened: clock()};
	const own = [
		openingRecord(copy, {type: 'AWSService', invokedBy: host}, {account: backupAccountId, address: host, agent: host, shared: null}, random),
		...copying.map(call => recordOf(call, callerOf(copy, '192.0.2.63', 'Boto3/1.34.150'), clock(), random)),
	];
	if (!visitDays.has(offset)) {
		return {own, abroad: []};
	}

	// A call across accounts leaves a record in both: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (sharedEventID)
	const visit = {role: 'admin', session: visitor, key: newKey(), opened: clock()};
	const from = {address: visitorAddress, agent: visitorAgent, shared: random.uuid()};
	return {
		own: [
			...own,
			openingRecord(visit, {type: 'AWSAccount', principalId: uniqueId('AIDA', visitor), accountId: demoAccountId}, {...from, account: backupAccountId}, random),
			...visiting.map(call => recordOf(call, callerOf(visit, visitorAddress, visitorAgent), clock(), random)),
		],
		abroad: [openingRecord(visit, userIdentity(visitor), {...from, account: demoAccountId}, random)],
	};
}
