import {auditorAccountId, iamArn} from './account.js';
import {allow, document} from './policies.js';

type Inline = Readonly<Record<string, unknown>>;

/** A user, group or role of the demo, in few words. */
export type DemoEntity = {
	readonly name: string;
	/** With slashes at both ends. */
	readonly path: string;
	/** Names of demo policies. */
	readonly attached: readonly string[];
	/** Inline policies: name to document. */
	readonly inline: Inline;
};

export type DemoUser = DemoEntity & {readonly created: string; readonly groups: readonly string[]; readonly boundary: string | null};

export type DemoRole = DemoEntity & {
	/** An instant, or days before the end of the logs. */
	readonly created: string | number;
	readonly boundary: string | null;
	readonly trust: unknown;
	/** RoleLastUsed in days before the end of the logs; null where IAM gives none. */
	readonly lastUsed: number | null;
};

const entity = {path: '/', attached: [], inline: {}, boundary: null} as const;

export const demoUsers: readonly DemoUser[] = [
	{
		...entity, name: 'alice', created: '2017-09-02T18:02:14Z', groups: ['monitoring'],
		inline: {'assume-admin': document(allow('sts:AssumeRole', iamArn('role/admin')))},
	},
	{
		...entity, name: 'bob', created: '2019-03-11T09:40:03Z', groups: ['reporting'],
		inline: {'export-reports': document(allow(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'glue:GetTable', 'glue:GetPartitions']))},
	},
	{...entity, name: 'charlie', created: '2020-06-24T13:15:47Z', groups: ['developers'], boundary: 'DeveloperBoundary'},
];

export const demoGroups: readonly DemoEntity[] = [
	{...entity, name: 'monitoring', attached: ['CloudWatchDashboards']},
	{...entity, name: 'reporting', attached: ['AmazonS3ReadOnlyAccess']},
	{
		...entity, name: 'developers', attached: ['DeveloperAccess'],
		inline: {'own-credentials': document(allow(['iam:ChangePassword', 'iam:GetUser'], ['arn:aws:iam::*:user/', '{aws:username}'].join('$')))},
	},
];

function trustOf(Principal: unknown, Action = 'sts:AssumeRole', Condition?: unknown): unknown {
	return document({Effect: 'Allow', Principal, Action, ...(Condition === undefined ? {} : {Condition})});
}

const byService = (service: string): unknown => trustOf({Service: `${service}.amazonaws.com`});
const bySaml = trustOf({Federated: iamArn('saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE')}, 'sts:AssumeRoleWithSAML', {StringEquals: {'SAML:aud': 'https://signin.aws.amazon.com/saml'}});
const byPipeline = (branch: string): unknown => trustOf({Federated: iamArn('oidc-provider/token.actions.githubusercontent.com')}, 'sts:AssumeRoleWithWebIdentity', {
	StringLike: {'token.actions.githubusercontent.com:sub': `repo:example/shop:${branch}`},
});
const ssoPath = '/aws-reserved/sso.amazonaws.com/';
const role = {...entity, lastUsed: 1};

export const demoRoles: readonly DemoRole[] = [
	{
		...role, name: 'admin', created: '2017-09-02T18:20:00Z', attached: ['AdministratorAccess'],
		trust: trustOf({AWS: [iamArn('user/alice'), iamArn('user/charlie')]}, 'sts:AssumeRole', {Bool: {'aws:MultiFactorAuthPresent': 'true'}}),
	},
	{...role, name: 'AWSReservedSSO_AdministratorAccess_3f2a9c41d07be685', path: ssoPath, created: '2022-02-14T08:00:11Z', attached: ['AdministratorAccess'], trust: bySaml},
	{
		...role, name: 'AWSReservedSSO_ReadOnly_9be0417c52d8fa36', path: ssoPath, created: '2022-02-14T08:00:14Z', trust: bySaml,
		attached: ['AmazonEC2ReadOnlyAccess', 'AmazonS3ReadOnlyAccess', 'IAMReadOnlyAccess'],
	},
	{...role, name: 'github-deploy', created: '2022-05-03T10:31:00Z', attached: ['ShopDeploy'], trust: byPipeline('ref:refs/heads/main')},
	{
		...role, name: 'github-plan', created: '2022-05-03T10:31:05Z', attached: ['AmazonEC2ReadOnlyAccess'], trust: byPipeline('*'),
		inline: {plan: document(allow(['cloudformation:Describe*', 'cloudformation:List*', 'cloudformation:GetTemplate', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:DescribeParameters']))},
	},
	{
		...role, name: 'orders-api', path: '/app/', created: '2021-11-08T15:45:30Z', attached: ['AWSLambdaBasicExecutionRole'], trust: byService('lambda'),
		inline: {
			orders: document(
				allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:DescribeTable'], 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'),
				allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'], 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-*'),
				allow(['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage', 'sqs:GetQueueUrl']),
			),
		},
	},
	// All it may do are data events and events that are never recorded: its silence proves nothing.
	{
		...role, name: 'access-log-reader', path: '/app/', created: '2021-04-19T07:12:00Z', trust: byService('ecs-tasks'), lastUsed: null,
		inline: {'read-and-report': document(allow('s3:GetObject', 'arn:aws:s3:::example-access-logs/*'), allow('logs:PutLogEvents'))},
	},
	{
		...role, name: 'reporting', path: '/app/', created: 18, trust: byService('lambda'), lastUsed: null,
		inline: {report: document(allow(['athena:StartQueryExecution', 'athena:GetQueryResults', 'glue:GetTable', 'ses:SendEmail']))},
	},
	{
		...role, name: 'web-server', path: '/app/', created: '2019-10-01T12:00:00Z', attached: ['AmazonSSMManagedInstanceCore'], trust: byService('ec2'),
		inline: {web: document(
			allow(['ec2:DescribeTags', 'ec2:DescribeInstances', 'autoscaling:CompleteLifecycleAction', 'secretsmanager:GetSecretValue', 'route53:ChangeResourceRecordSets']),
			allow('s3:GetObject', 'arn:aws:s3:::example-web-assets/*'),
		)},
	},
	{
		...role, name: 'backup-operator', path: '/app/', created: '2020-08-30T22:00:00Z', trust: byService('lambda'),
		inline: {
			snapshots: document(
				allow(['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:CreateSnapshot', 'ec2:CreateTags', 'rds:DescribeDBInstances', 'rds:CreateDBSnapshot', 'rds:DeleteDBSnapshot']),
				allow('ec2:DeleteSnapshot', '*', {Condition: {StringEquals: {'aws:ResourceTag/made-by': 'backup-operator'}}}),
				{Sid: 'KeepLegalHolds', Effect: 'Deny', Action: ['ec2:DeleteSnapshot', 'rds:DeleteDBSnapshot'], Resource: ['arn:aws:ec2:*::snapshot/snap-0legal*', 'arn:aws:rds:*:*:snapshot:legal-*']},
			),
		},
	},
	{
		...role, name: 'platform-engineer', created: '2021-01-20T09:00:00Z', attached: ['DeveloperAccess'], boundary: 'DeveloperBoundary',
		trust: trustOf({AWS: iamArn('user/charlie')}),
	},
	{
		...role, name: 'security-audit', created: '2020-02-17T16:00:00Z', attached: ['AuditReader', 'IAMReadOnlyAccess'],
		trust: trustOf({AWS: `arn:aws:iam::${auditorAccountId}:root`}, 'sts:AssumeRole', {StringEquals: {'sts:ExternalId': 'demo-audit'}}),
	},
	{...role, name: 'data-export', created: '2018-07-05T11:11:00Z', attached: ['AmazonS3ReadOnlyAccess'], trust: byService('glue'), lastUsed: 512, inline: {catalog: document(allow('glue:*'))}},
	{
		...role, name: 'legacy-importer', created: '2018-04-12T14:30:00Z', trust: trustOf({AWS: iamArn('root')}), lastUsed: null,
		inline: {import: document(allow(['redshift:*', 'redshift-data:*', 's3:ListAllMyBuckets', 's3:GetBucketLocation']))},
	},
	{
		...role, name: 'AWSServiceRoleForAutoScaling', path: '/aws-service-role/autoscaling.amazonaws.com/', created: '2019-10-01T12:03:00Z', attached: ['AutoScalingServiceRolePolicy'],
		trust: byService('autoscaling'),
	},
];
