import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {actionsOf, objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {runCli, type CliResult} from '../support/run-cli.js';
import {accountId, logRecord, logText, roleIdentity, writeTrail} from '../support/trail-records.js';

const document = (...statements: ReadonlyArray<Readonly<Record<string, unknown>>>) => ({Version: '2012-10-17', Statement: statements});

const alice = {
	Path: '/', UserName: 'alice', UserId: 'AIDAALICE', Arn: `arn:aws:iam::${accountId}:user/alice`, CreateDate: '2017-09-02T18:02:14+00:00', GroupList: [], AttachedManagedPolicies: [], Tags: [],
	UserPolicyList: [{PolicyName: 'own', PolicyDocument: document({Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 's3:DeleteBucket', 's3:GetObject', 'iam:PassRole'], Resource: '*'})}],
};
const admin = {
	Path: '/app/', RoleName: 'admin', RoleId: 'AROAADMIN', Arn: `arn:aws:iam::${accountId}:role/app/admin`, CreateDate: '2017-09-02T18:02:14+00:00', AssumeRolePolicyDocument: document(),
	InstanceProfileList: [], RolePolicyList: [{PolicyName: 'own', PolicyDocument: document({Effect: 'Allow', Action: '*', Resource: '*'})}], AttachedManagedPolicies: [], Tags: [], RoleLastUsed: {},
};

const createBucket = {eventName: 'CreateBucket', readOnly: false, awsRegion: 'eu-west-1', sourceIPAddress: '198.51.100.7', userAgent: 'aws-cli/2 \u001B[31m'};
const records = [
	logRecord('list-1', {eventTime: '2026-03-01T09:00:00Z'}),
	logRecord('create-1', {...createBucket, eventTime: '2026-03-01T10:00:00Z'}),
	logRecord('create-2', {...createBucket, eventTime: '2026-03-01T11:00:00Z'}),
	logRecord('create-3', {...createBucket, eventTime: '2026-03-01T12:00:00Z', errorCode: 'AccessDenied'}),
	logRecord('detach-1', {
		eventSource: 'iam.amazonaws.com', eventName: 'DetachUserPolicy', readOnly: false, eventTime: '2026-03-02T10:00:00Z', userIdentity: roleIdentity('admin', 'bob'),
		requestParameters: {userName: 'alice', policyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess'},
	}),
];

const trailArn = `arn:aws:cloudtrail:us-east-1:${accountId}:trail/main`;

/** What the AWS CLI writes of a trail that records every management event and the S3 objects that `values` name. */
const trailConfig = (values: readonly string[]): string => [
	{trailList: [{Name: 'main', TrailARN: trailArn, HomeRegion: 'us-east-1', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true}]},
	{TrailARN: trailArn, EventSelectors: [{ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [{Type: 'AWS::S3::Object', Values: values}]}]},
].map(page => JSON.stringify(page, null, 4)).join('\n');

let home = '';
let flags: readonly string[] = [];

/** A file below the test's folder. */
const fileOf = (name: string): string => path.join(home, name);

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
	await writeTrail(fileOf('logs'), {'a.json.gz': logText(records)});
	await writeTrail(home, {
		'iam.json': JSON.stringify({UserDetailList: [alice], GroupDetailList: [], RoleDetailList: [admin], Policies: []}),
		'every-object.json': trailConfig(['arn:aws:s3']),
		'one-bucket.json': trailConfig(['arn:aws:s3:::logs/']),
		'all.json': JSON.stringify(document({Effect: 'Allow', Action: '*', Resource: '*'})),
		'no-s3.json': JSON.stringify({Policy: {
			PolicySummary: {Name: 'NoS3'},
			Content: JSON.stringify(document({Effect: 'Allow', Action: '*', Resource: '*'}, {Effect: 'Deny', Action: 's3:*', Resource: '*'})),
		}}),
		'unit/only-iam.json': JSON.stringify(document({Effect: 'Allow', Action: 'iam:*', Resource: '*'})),
		'unit/only-s3.json': JSON.stringify(document({Effect: 'Allow', Action: 's3:List*', Resource: '*'})),
		'damaged.json': '{"trailList": [',
	});
	await mkdir(fileOf('empty'));
	flags = ['--iam', fileOf('iam.json'), '--trail', fileOf('logs'), '--start', '2026-03-01', '--end', '2026-03-02'];
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

const run = async (...words: readonly string[]): Promise<CliResult> => runCli([...flags, ...words], home);

describe('--explain', () => {
	test('a "+" as text: why, what proves it, what was seen, and the change that took it away', async () => {
		const {code, stdout} = await run('--user', 'alice', '--explain', 'S3:createbucket');
		expect(stdout.split('\n')).toEqual([
			's3:CreateBucket: used, not granted today (+)',
			'why: used in the window, granted by no identity policy today (a resource policy or a service-linked grant may allow it)',
			'granted by: no statement of an identity policy',
			'proved by:',
			'  s3.amazonaws.com:CreateBucket',
			'seen:',
			'  s3.amazonaws.com:CreateBucket denied (AccessDenied): 1 time, at 2026-03-01T12:00:00Z',
			String.raw`    for instance event create-3 in eu-west-1 from 198.51.100.7 by aws-cli/2 \x1b[31m`,
			'  s3.amazonaws.com:CreateBucket succeeded: 2 times, first 2026-03-01T10:00:00Z, last 2026-03-01T11:00:00Z',
			String.raw`    for instance event create-2 in eu-west-1 from 198.51.100.7 by aws-cli/2 \x1b[31m`,
			'taken away by:',
			`  DetachUserPolicy at 2026-03-02T10:00:00Z by arn:aws:sts::${accountId}:assumed-role/admin/bob (event detach-1)`,
			'',
		]);
		expect(code).toBe(0);
	});

	test.each([
		[
			'a user\'s "+"', ['--user', 'alice', '--explain', 's3:CreateBucket'],
			{action: 's3:CreateBucket', verdict: 'ungranted', changes: [{event: 'iam.amazonaws.com:DetachUserPolicy', certain: true, eventId: 'detach-1'}]},
		],
		[
			'a user\'s "-"', ['--user', 'alice', '--explain', 's3:DeleteBucket'],
			{verdict: 'unused', reasonCode: 'not-used', provedBy: ['s3.amazonaws.com:DeleteBucket'], seen: [], grantedBy: [{policy: 'own', statement: 0}]},
		],
		['a user\'s "?"', ['--user', 'alice', '--explain', 's3:GetObject'], {verdict: 'unknown', reasonCode: 'data-event'}],
		['a role\'s use', ['--role', 'admin', '--explain', 'iam:DetachUserPolicy'], {verdict: 'used', seen: [{outcome: 'succeeded', count: 1, sample: {eventId: 'detach-1', region: 'us-east-1'}}]}],
		['what is neither granted nor used', ['--user', 'alice', '--explain', 'ec2:RunInstances'], {verdict: null, reasonCode: 'not-granted', grantedBy: []}],
	])('%s as JSON is what docs/evidence.schema.json says', async (_, words, expected) => {
		const {code, stdout} = await run(...words, '--format', 'json');
		expect(code).toBe(0);
		expect(schemaErrors('evidence', JSON.parse(stdout))).toEqual([]);
		expect(objectOf(stdout).evidence).toMatchObject(expected);
	});

	test('CSV has a row for each piece of the evidence', async () => {
		const {stdout} = await run('--user', 'alice', '--explain', 's3:ListAllMyBuckets', '--format', 'csv');
		const rows = stdout.split('\r\n').slice(1).map(line => line.split(',').slice(0, 3).join(','));
		expect(rows).toEqual(expect.arrayContaining(['why', 'granted-by', 'proved-by', 'seen'].map(evidence => `s3:ListAllMyBuckets,used,${evidence}`)));
		expect(stdout).toContain('seen,s3.amazonaws.com:ListBuckets,proof,succeeded,,1,2026-03-01T09:00:00Z,2026-03-01T09:00:00Z,list-1,us-east-1,192.0.2.1,aws-cli,\r\n');
	});

	test.each([
		[
			'an action that is none: the nearest', ['--user', 'alice', '--explain', 's3:CreateBuket'],
			/^error: no IAM action "s3:CreateBuket" is known \(did you mean s3:CreateBucket\b.*\)\n {2}name it as in a policy: s3:CreateBucket\n$/m,
		],
		['a user that is none: the nearest', ['--user', 'alcie', '--explain', 's3:CreateBucket'], /^error: .* has no user "alcie" \(did you mean alice\?\)\n$/m],
		['no user and no role', ['--explain', 's3:CreateBucket'], /^error: --explain needs --user or --role beside it\n$/],
		['an action with control characters', ['--user', 'alice', '--explain', 's3:\u001B[31mX'], /^error: no IAM action "s3:\\x1b\[31mX" is known/m],
	])('%s is an error, exit code 2', async (_, words, message) => {
		const {code, stdout, stderr} = await run(...words);
		expect(stderr).toMatch(message);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});

	test('the demo: the change behind its "+", and the same in JSON', async () => {
		const words = ['--demo', '--user', 'alice', '--explain', 's3:createbucket'];
		const {code, stdout} = await runCli(words, home);
		expect(stdout).toMatch(/^s3:CreateBucket: used, not granted today \(\+\)\n[\s\S]*^taken away by:\n {2}DetachUserPolicy at \S+Z by \S+\/charlie \(event \S+\)\n$/m);
		expect(code).toBe(0);
		const json = await runCli([...words, '--format', 'json'], home);
		expect(schemaErrors('evidence', JSON.parse(json.stdout))).toEqual([]);
	});
});

describe('--scp', () => {
	const verdicts = async (...words: readonly string[]): Promise<string[]> => {
		const {code, stdout} = await run('--user', 'alice', '--quiet', ...words);
		expect(code).toBe(0);
		return stdout.split('\n').slice(0, -1);
	};

	test('without one', async () => {
		expect(await verdicts()).toEqual(['? iam:passrole', '+ s3:createbucket', '- s3:deletebucket', '? s3:getobject', '  s3:listallmybuckets']);
	});

	test('one that allows everything changes nothing', async () => {
		expect(await verdicts('--scp', fileOf('all.json'))).toEqual(await verdicts());
	});

	test('one that denies s3: what was used is "+", the rest is gone', async () => {
		expect(await verdicts('--scp', fileOf('no-s3.json'))).toEqual(['? iam:passrole', '+ s3:createbucket', '+ s3:listallmybuckets']);
	});

	test('a folder is one level: its policies add up', async () => {
		expect(await verdicts('--scp', fileOf('all.json'), '--scp', fileOf('unit'))).toEqual(['? iam:passrole', '+ s3:createbucket', '  s3:listallmybuckets']);
	});

	test('two files are two levels: only what both allow stays', async () => {
		expect(await verdicts('--scp', fileOf('unit/only-iam.json'), '--scp', fileOf('unit/only-s3.json'))).toEqual(['+ s3:createbucket', '+ s3:listallmybuckets']);
	});

	test('the evidence and the rows name it, and the statement behind it', async () => {
		const {stdout} = await run('--scp', fileOf('no-s3.json'), '--user', 'alice', '--explain', 's3:ListAllMyBuckets', '--format', 'json');
		expect(objectOf(stdout).evidence).toMatchObject({verdict: 'ungranted', reasonCode: 'blocked', blockedBy: [expect.stringContaining('NoS3') as unknown], grantedBy: [{policy: 'own'}]});
		const listed = await run('--scp', fileOf('no-s3.json'), '--user', 'alice', '--format', 'json');
		expect(actionsOf(listed.stdout).find(({action}) => action === 's3:ListAllMyBuckets')).toBeDefined();
		expect(listed.stdout).toContain('NoS3');
	});

	test('an unused action that it takes away says so', async () => {
		const {stdout} = await run('--scp', fileOf('all.json'), '--scp', fileOf('unit'), '--user', 'alice', '--explain', 's3:DeleteBucket');
		expect(stdout).toContain('s3:DeleteBucket: neither granted nor used\nwhy: granted by an identity policy, but taken away');
		expect(stdout).toContain('blocked by:\n  service control policies of level 2: none allows it\n');
	});
});

describe('--trail-config', () => {
	const ofObjects = async (...words: readonly string[]) => {
		const {stdout} = await run('--user', 'alice', '--format', 'json', ...words);
		expect(schemaErrors('principal', JSON.parse(stdout))).toEqual([]);
		return [actionsOf(stdout).find(({action}) => action === 's3:GetObject')?.verdict, objectOf(stdout).coverage];
	};

	test('selecting every S3 object: reading one is "-", and the JSON names the trail', async () => {
		expect(await ofObjects('--trail-config', fileOf('every-object.json'))).toEqual(['unused', expect.objectContaining({configuration: ['main']})]);
	});

	test('selecting one bucket: it stays "?"', async () => {
		expect(await ofObjects('--trail-config', fileOf('one-bucket.json'))).toEqual(['unknown', expect.objectContaining({configuration: ['main']})]);
	});

	test('not given: "?"', async () => {
		expect(await ofObjects()).toEqual(['unknown', expect.objectContaining({configuration: [], regions: ['eu-west-1', 'us-east-1'], readOnlyEvents: true, writeEvents: true, dataEvents: []})]);
	});

	test('the evidence says what the selectors leave out', async () => {
		const narrow = await run('--trail-config', fileOf('one-bucket.json'), '--user', 'alice', '--explain', 's3:GetObject');
		expect(narrow.stdout).toContain('why: the trail\'s event selectors let only a part of these events through');
		const whole = await run('--trail-config', fileOf('every-object.json'), '--user', 'alice', '--explain', 's3:GetObject');
		expect(whole.stdout).toContain('s3:GetObject: granted, not used (-)\nwhy: the trail records every AWS::S3::Object event');
	});
});

describe('a wrong file is an error that names it and says how to make one, exit code 2', () => {
	test.each([
		['--trail-config that is not there', '--trail-config', 'nowhere.json', /could not be read/],
		['--trail-config that is damaged', '--trail-config', 'damaged.json', /is not JSON/],
		['--trail-config that is an IAM snapshot', '--trail-config', 'iam.json', /describes no trail/],
		['--trail-config that is a folder', '--trail-config', 'unit', /could not be read/],
		['--scp that is not there', '--scp', 'nowhere.json', /could not be read/],
		['--scp that is damaged', '--scp', 'damaged.json', /could not be read as a service control policy/],
		['--scp that is an IAM snapshot', '--scp', 'iam.json', /is no service control policy/],
		['--scp that is an empty folder', '--scp', 'empty', /is a folder without a \.json file/],
	])('%s', async (_, flag, name, message) => {
		const {code, stdout, stderr} = await run('--list', 'users', flag, fileOf(name));
		expect(stderr).toMatch(message);
		expect(stderr).toContain(fileOf(name));
		expect(stderr).toMatch(/\n {2}(?:Make|Give) .*: .*aws \w+/);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});

	test('one wrong level among others', async () => {
		const {code, stderr} = await run('--user', 'alice', '--scp', fileOf('all.json'), '--scp', fileOf('nowhere.json'));
		expect(stderr).toContain(fileOf('nowhere.json'));
		expect(code).toBe(2);
	});
});

describe('log files that cannot be read', () => {
	let broken: readonly string[] = [];

	beforeAll(async () => {
		const trail = fileOf('broken-logs');
		await writeTrail(trail, {'a.json.gz': logText(records)});
		await Promise.all(Array.from({length: 12}, async (_, index) => writeFile(path.join(trail, `broken-${String(index).padStart(2, '0')}.json.gz`), 'no gzip at all')));
		broken = ['--iam', fileOf('iam.json'), '--trail', trail, '--start', '2026-03-01', '--end', '2026-03-02', '--list', 'users'];
	});

	test('ten of them are named on stderr with their reasons, and how many are left', async () => {
		const {code, stdout, stderr} = await runCli(broken, home);
		expect(stdout).toBe('  alice\n');
		expect(code).toBe(0);
		const lines = stderr.split('\n').slice(0, -1);
		expect(lines[0]).toBe('warning: 12 of 13 files could not be read');
		expect(lines.slice(1, 11)).toEqual(Array.from({length: 10}, (_, index) => expect.stringMatching(new RegExp(String.raw`^warning: .*/broken-logs/broken-0${index}\.json\.gz: .+$`)) as unknown));
		expect(lines[11]).toBe('warning: and 2 more: see --format json or w on the screen');
	});

	test('where none can be read the answer is printed, and the source has failed: exit code 3', async () => {
		const trail = fileOf('nothing-but-broken-logs');
		await mkdir(trail);
		await writeFile(path.join(trail, 'broken.json.gz'), 'no gzip at all');
		const {code, stdout, stderr} = await runCli(['--iam', fileOf('iam.json'), '--trail', trail, '--start', '2026-03-01', '--end', '2026-03-02', '--list', 'users'], home);
		expect(stdout).toBe('? alice\n');
		expect(stderr).toContain('warning: 1 of 1 files could not be read');
		expect(code).toBe(3);
	});

	test('JSON names all of them', async () => {
		const {stdout} = await runCli([...broken, '--format', 'json'], home);
		expect(schemaErrors('list', JSON.parse(stdout))).toEqual([]);
		expect(objectOf(stdout).warnings).toEqual([
			{code: 'unreadable-files', message: '12 of 13 files could not be read'},
			...Array.from({length: 12}, (_, index) => ({code: 'unreadable-file', message: expect.stringContaining(`broken-${String(index).padStart(2, '0')}.json.gz: `) as unknown})),
		]);
	});
});
