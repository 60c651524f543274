import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {gzipSync} from 'node:zlib';

const accountId = '012345678901';

type Call = {readonly by: string; readonly event: string; readonly source: string; readonly time: string; readonly error?: string};

const calls: readonly Call[] = [
	{by: 'alice', source: 's3.amazonaws.com', event: 'ListBuckets', time: '2024-03-01T10:00:00Z'},
	{by: 'alice', source: 's3.amazonaws.com', event: 'CreateBucket', time: '2024-03-02T10:00:00Z'},
	{by: 'alice', source: 'iam.amazonaws.com', event: 'CreateUser', time: '2024-03-02T11:00:00Z', error: 'AccessDenied'},
	{by: 'alice', source: 'invented.amazonaws.com', event: 'Invent', time: '2024-03-03T10:00:00Z'},
	{by: 'alice', source: 'invented.amazonaws.com', event: 'Invent', time: '2024-03-03T11:00:00Z'},
];

function record({by, event, source, time, error}: Call, index: number) {
	return {
		eventVersion: '1.08',
		userIdentity: {type: 'IAMUser', principalId: `AIDA${by.toUpperCase()}`, arn: `arn:aws:iam::${accountId}:user/${by}`, accountId, userName: by},
		eventTime: time,
		eventSource: source,
		eventName: event,
		awsRegion: 'us-east-1',
		sourceIPAddress: '198.51.100.7',
		userAgent: 'aws-cli/2',
		...(error !== undefined && {errorCode: error}),
		eventID: `00000000-0000-0000-0000-00000000000${index}`,
		readOnly: event.startsWith('List'),
		eventType: 'AwsApiCall',
		managementEvent: true,
		eventCategory: 'Management',
		recipientAccountId: accountId,
	};
}

const allow = (...actions: string[]) => ({Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: '*'}]});

function user(name: string, actions: readonly string[]) {
	return {
		Path: '/',
		UserName: name,
		UserId: `AIDA${name.toUpperCase()}`,
		Arn: `arn:aws:iam::${accountId}:user/${name}`,
		CreateDate: '2017-09-02T18:02:14+00:00',
		UserPolicyList: [{PolicyName: 'own', PolicyDocument: allow(...actions)}],
		GroupList: [],
		AttachedManagedPolicies: [],
		Tags: [],
	};
}

function role(name: string, actions: readonly string[]) {
	return {
		Path: '/',
		RoleName: name,
		RoleId: `AROA${name.toUpperCase()}`,
		Arn: `arn:aws:iam::${accountId}:role/${name}`,
		CreateDate: '2017-09-02T18:02:14+00:00',
		AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []},
		InstanceProfileList: [],
		RolePolicyList: [{PolicyName: 'own', PolicyDocument: allow(...actions)}],
		AttachedManagedPolicies: [],
		Tags: [],
		RoleLastUsed: {},
	};
}

const snapshot = {
	UserDetailList: [user('alice', ['s3:ListAllMyBuckets', 's3:DeleteBucket', 's3:GetObject']), user('bob', ['s3:ListAllMyBuckets'])],
	GroupDetailList: [],
	RoleDetailList: [role('admin', ['*']), role('reader', ['s3:ListAllMyBuckets'])],
	Policies: [],
};

/** The window of the small account's events, as flags. */
export const smallWindow = ['--start', '2024-03-01', '--end', '2024-03-03'];

/** The same as {@link smallWindow}, with the flags that name the files. */
export type SmallAccount = {readonly iam: string; readonly trail: string; readonly flags: readonly string[]};

/** Writes an account of two users and two roles, with three days of logs, as real files below `folder`. */
export async function writeSmallAccount(folder: string): Promise<SmallAccount> {
	const iam = path.join(folder, 'iam.json');
	const trail = path.join(folder, 'logs');
	const day = path.join(trail, 'AWSLogs', accountId, 'CloudTrail', 'us-east-1', '2024', '03', '01');
	await mkdir(day, {recursive: true});
	await writeFile(iam, JSON.stringify(snapshot));
	await writeFile(
		path.join(day, `${accountId}_CloudTrail_us-east-1_20240301T1005Z_abcdefghijklmnop.json.gz`),
		gzipSync(JSON.stringify({Records: calls.map((call, index) => record(call, index))})),
	);
	return {iam, trail, flags: ['--iam', iam, '--trail', trail, ...smallWindow]};
}
