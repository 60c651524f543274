import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {PrincipalDetail} from '../../source/app/analysis.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {role, snapshotOf, user} from '../domain/snapshots.js';
import {accountId, logRecord, logText, roleIdentity, writeTrail, type LogRecord} from '../support/trail-records.js';
import {analyse, readUsage} from './replay.js';

const roleSession = `arn:aws:sts::${accountId}:assumed-role/deploy/ci`;

/** IAM's words for a refusal. */
const refusal = (action: string, resource: string, why = '') => `User: ${roleSession} is not authorized to perform: ${action} on resource: ${resource}${why}`;
const ec2Refusal = (action: string, why = '') => `You are not authorized to perform this operation. ${refusal(action, `arn:aws:ec2:eu-west-1:${accountId}:instance/*`, why)}`;

/** Raw records, as AWS writes them, and the rows that come of them: "verdict reasonCode count failed denied" by action. */
const cases: ReadonlyArray<{
	readonly name: string;
	readonly granted: readonly string[];
	readonly record: LogRecord;
	readonly expected: Readonly<Record<string, string>>;
	readonly attempted?: readonly string[];
}> = [
	{
		name: 'ecs:RunTask refused for iam:PassRole denies iam:PassRole, and proves nothing of ecs:RunTask',
		granted: ['ecs:RunTask', 'iam:PassRole'],
		record: {
			eventSource: 'ecs.amazonaws.com', eventName: 'RunTask', readOnly: false, errorCode: 'AccessDenied',
			errorMessage: refusal('iam:PassRole', `arn:aws:iam::${accountId}:role/task`, ' because no identity-based policy allows the iam:PassRole action'),
		},
		expected: {'ecs:runtask': 'unknown tried 0 0 0', 'iam:passrole': 'unknown tried 0 0 1'},
	},
	{
		name: 'the same without iam:PassRole granted: an attempt, and no row of it',
		granted: ['ecs:RunTask'],
		record: {
			eventSource: 'ecs.amazonaws.com', eventName: 'RunTask', readOnly: false, errorCode: 'ClientException',
			errorMessage: refusal('iam:PassRole', `arn:aws:iam::${accountId}:role/task`),
		},
		expected: {'ecs:runtask': 'unknown tried 0 0 0', 'iam:passrole': 'no row'},
		attempted: ['iam:PassRole 1'],
	},
	{
		name: 'a successful ecs:RunTask may have needed iam:PassRole',
		granted: ['ecs:RunTask', 'iam:PassRole'],
		record: {eventSource: 'ecs.amazonaws.com', eventName: 'RunTask', readOnly: false},
		expected: {'ecs:runtask': 'used used 1 0 0', 'iam:passrole': 'unknown may-have-been-needed 0 0 0'},
	},
	{
		name: 'EC2\'s refusal, which names its own action after another sentence',
		granted: ['ec2:RunInstances'],
		record: {
			eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false, errorCode: 'Client.UnauthorizedOperation',
			errorMessage: ec2Refusal('ec2:RunInstances', ' with an explicit deny in a service control policy. Encoded authorization failure message: x'),
		},
		expected: {'ec2:runinstances': 'unknown tried 0 0 1'},
	},
	{
		name: 'ec2:RunInstances refused for ec2:CreateTags',
		granted: ['ec2:RunInstances', 'ec2:CreateTags'],
		record: {
			eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false, errorCode: 'Client.UnauthorizedOperation',
			errorMessage: ec2Refusal('ec2:CreateTags'),
		},
		expected: {'ec2:runinstances': 'unknown tried 0 0 0', 'ec2:createtags': 'unknown tried 0 0 1'},
	},
	{
		name: 'S3\'s refusal, which names nothing',
		granted: ['s3:ListAllMyBuckets'],
		record: {errorCode: 'AccessDenied', errorMessage: 'Access Denied'},
		expected: {'s3:listallmybuckets': 'unknown tried 0 0 1'},
	},
	{
		name: 'a refusal of what is not granted is an attempt, never a +',
		granted: ['s3:ListAllMyBuckets'],
		record: {eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', readOnly: false, errorCode: 'AccessDenied', errorMessage: refusal('iam:CreateUser', 'user x')},
		expected: {'iam:createuser': 'no row'},
		attempted: ['iam:CreateUser 1'],
	},
	{
		name: 'an error of state comes after authorization: used',
		granted: ['iam:GetRole'],
		record: {eventSource: 'iam.amazonaws.com', eventName: 'GetRole', errorCode: 'NoSuchEntityException', errorMessage: 'The role with name x cannot be found.'},
		expected: {'iam:getrole': 'used used-failed 1 1 0'},
	},
	{
		name: 'an error of state of what is not granted: a +',
		granted: ['s3:ListAllMyBuckets'],
		record: {eventSource: 'iam.amazonaws.com', eventName: 'GetRole', errorCode: 'NoSuchEntityException', errorMessage: 'The role with name x cannot be found.'},
		expected: {'iam:getrole': 'ungranted not-granted 1 1 0'},
	},
	{
		name: 'a dry run proves the permission',
		granted: ['ec2:RunInstances'],
		record: {
			eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false, errorCode: 'Client.DryRunOperation',
			errorMessage: 'Request would have succeeded, but DryRun flag is set.',
		},
		expected: {'ec2:runinstances': 'used used 1 0 0'},
	},
	{
		name: 'validation proves nothing',
		granted: ['ec2:RunInstances'],
		record: {eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false, errorCode: 'Client.InvalidParameterValue', errorMessage: 'Invalid value'},
		expected: {'ec2:runinstances': 'unknown tried 0 0 0'},
	},
	{
		name: 'throttling of what is not granted leaves no trace of a grant',
		granted: ['s3:ListAllMyBuckets'],
		record: {eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false, errorCode: 'Client.RequestLimitExceeded', errorMessage: 'Request limit exceeded.'},
		expected: {'ec2:runinstances': 'no row'},
	},
	{
		name: 'the refusal of a key is not that of the call',
		granted: ['secretsmanager:GetSecretValue'],
		record: {eventSource: 'secretsmanager.amazonaws.com', eventName: 'GetSecretValue', errorCode: 'KMSAccessDeniedException', errorMessage: 'Access to KMS is not allowed'},
		expected: {'secretsmanager:getsecretvalue': 'unknown tried 0 0 0'},
	},
];

describe('from a raw record in a log file to the row', () => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'outcomes-'));
	});
	afterAll(async () => {
		await rm(folder, {recursive: true, force: true});
	});

	/** The role's detail after one record of it and one of a write of somebody else. */
	async function detailOf(index: number): Promise<PrincipalDetail> {
		const one = cases[index];
		const trail = path.join(folder, String(index));
		await writeTrail(trail, {'log.json.gz': logText([
			logRecord('1', {userIdentity: roleIdentity('deploy', 'ci'), ...one?.record}),
			logRecord('2', {eventSource: 'ec2.amazonaws.com', eventName: 'StopInstances', readOnly: false}),
			logRecord('3'),
		])});
		const usage = await readUsage(trail, accountId, path.join(folder, 'cache'));
		const deploy = role('deploy', one?.granted ?? [], {arn: `arn:aws:iam::${accountId}:role/app/deploy`, path: '/app/'});
		return analyse(snapshotOf([user('alice', ['ec2:*'])], [deploy]), usage, loadCatalog()).principal(deploy.arn);
	}

	test.each(cases.map(({name, expected, attempted}, index) => ({name, expected, attempted, index})))('$name', async ({index, expected, attempted}) => {
		const detail = await detailOf(index);
		const rows = Object.fromEntries(Object.keys(expected).map(action => {
			const row = detail.actions.find(({lower}) => lower === action);
			return [action, row ? `${row.verdict} ${row.reasonCode} ${row.count} ${row.failed} ${row.denied}` : 'no row'];
		}));
		expect(rows).toEqual(expected);
		expect(detail.attempted.map(({action, denied}) => `${action} ${denied}`)).toEqual(attempted ?? []);
	});
});
