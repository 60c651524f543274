import {iamArn} from './account.js';
import {elsewhere, read, refused, signIn, write, type DemoCall} from './calls.js';

/** What an actor does on some days: every so many days, or on the named days before the last. */
export type Habit = {readonly every: number; readonly calls: readonly DemoCall[]} | {readonly on: readonly number[]; readonly calls: readonly DemoCall[]};

/** Who opened a role session. `instance`: credentials of an instance profile, delivered without a call of anybody. */
export type Opener
	= | {readonly kind: 'user'; readonly name: string}
		| {readonly kind: 'service'; readonly host: string}
		| {readonly kind: 'saml'}
		| {readonly kind: 'pipeline'; readonly subject: string}
		| {readonly kind: 'auditor'}
		| {readonly kind: 'instance'};

export type Actor = {
	/** A user by name, or a role's session. */
	readonly identity: {readonly user: string} | {readonly role: string; readonly session: string; readonly opener: Opener};
	readonly address: string;
	readonly agent: string;
	readonly habits: readonly Habit[];
};

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const cli = 'aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux md/arch#x86_64 lang/python#3.11.8';
const sdk = 'aws-sdk-js/3.620.0 ua/2.1 os/linux lang/js md/nodejs#20.15.1 exec-env/AWS_Lambda_nodejs20.x';
const agentOfInstance = 'aws-sdk-go/1.55.5 (go1.22.7; linux; amd64) amazon-ssm-agent/';
const table = {tableName: 'orders'};
const stack = {stackName: 'shop-web'};

const adminHabits: readonly Habit[] = [
	{every: 1, calls: [
		read('iam', 'ListUsers'),
		read('iam', 'ListAttachedRolePolicies', {roleName: 'github-deploy'}),
		read('cloudtrail', 'DescribeTrails'),
		read('ec2', 'DescribeSecurityGroups'),
	]},
	{every: 2, calls: [
		read('cloudtrail', 'LookupEvents', {maxResults: 50}), write('ec2', 'AuthorizeSecurityGroupIngress', {groupId: 'sg-0d3c6a1f4be27a590'}), read('organizations', 'DescribeOrganization'),
		read('route53', 'ListHostedZones'), read('kms', 'ListAliases'), read('config', 'DescribeConfigurationRecorderStatus'), read('guardduty', 'ListDetectors'),
	]},
];

const admin = (user: string, address: string, habits: readonly Habit[]): Actor => ({
	identity: {role: 'admin', session: user, opener: {kind: 'user', name: user}}, address, agent: user === 'alice' ? browser : cli, habits,
});

/** Everybody who does something in the demo account. Bob does nothing; nor do five roles. */
export const actors: readonly Actor[] = [
	{
		identity: {user: 'alice'}, address: '198.51.100.23', agent: browser,
		habits: [
			{every: 3, calls: [read('monitoring', 'DescribeAlarms', {maxRecords: 100}), read('monitoring', 'DescribeAlarms', {stateValue: 'ALARM'})]},
			{every: 9, calls: [signIn('Success')]},
			{on: [36], calls: [signIn('Failure')]},
			{every: 9, calls: [read('monitoring', 'DescribeAlarmHistory', {alarmName: 'checkout-errors'})]},
			{on: [61, 47], calls: [write('s3', 'CreateBucket', {bucketName: 'example-incident-notes', Host: 's3.amazonaws.com'})]},
			{on: [12, 26], calls: [refused(write('ec2', 'RebootInstances', {instancesSet: {items: [{instanceId: 'i-0a4f7c2be81d93560'}]}}), 'ec2:RebootInstances')]},
		],
	},
	admin('alice', '198.51.100.23', [
		{on: [5, 33, 71, 153, 243], calls: adminHabits.flatMap(({calls}) => calls)},
		{on: [71], calls: [write('s3', 'PutBucketPolicy', {bucketName: 'example-access-logs'}), write('kms', 'CreateAlias', {aliasName: 'alias/orders'})]},
	]),
	admin('charlie', '203.0.113.77', [
		{on: [2, 8, 20, 40, 60, 99, 198], calls: adminHabits.flatMap(({calls}) => calls)},
		{on: [60], calls: [write('iam', 'DeleteRolePolicy', {roleName: 'github-deploy', policyName: 'bootstrap'})]},
		{on: [40], calls: [write('iam', 'DetachUserPolicy', {userName: 'alice', policyArn: iamArn('policy/BucketMaker')})]},
		{on: [18], calls: [
			write('iam', 'CreateRole', {roleName: 'reporting', path: '/app/'}), write('iam', 'PutRolePolicy', {roleName: 'reporting', policyName: 'report'}),
			write('lambda', 'CreateFunction20150331', {functionName: 'reporting', role: iamArn('role/app/reporting')}),
		]},
		{on: [8], calls: [write('route53', 'ChangeResourceRecordSets', {hostedZoneId: 'Z0DEMO111122223333'}), write('ec2', 'CreateTags'), read('sts', 'GetCallerIdentity')]},
	]),
	{
		identity: {user: 'charlie'}, address: '203.0.113.77', agent: cli,
		habits: [
			{every: 2, calls: [
				read('sts', 'GetCallerIdentity'),
				read('ec2', 'DescribeInstances', {instancesSet: {}}),
				read('logs', 'DescribeLogGroups'),
				read('lambda', 'ListFunctions20150331'),
			]},
			{every: 6, calls: [
				read('s3', 'ListBuckets'), read('dynamodb', 'DescribeTable', table), read('sqs', 'GetQueueAttributes'), read('cloudformation', 'DescribeStacks', stack),
				write('lambda', 'UpdateFunctionCode20150331v2', {functionName: 'orders-api'}),
			]},
			{every: 9, calls: [
				read('logs', 'FilterLogEvents', {logGroupName: '/aws/lambda/orders-api'}),
				write('ec2', 'RunInstances', {instanceType: 't3.micro'}),
				write('ec2', 'CreateTags'),
				write('cloudformation', 'UpdateStack', stack),
			]},
			{on: [3, 10, 17, 24, 31, 38, 45], calls: [elsewhere(read('ec2', 'DescribeInstances', {instancesSet: {}})), elsewhere(read('cloudformation', 'ListStacks'))]},
			{on: [6, 14, 29], calls: [refused(write('ec2', 'TerminateInstances'), 'ec2:TerminateInstances', 'with an explicit deny in an identity-based policy for the')]},
			{on: [14, 44], calls: [
				refused(write('iam', 'CreateUser', {userName: 'deploy'}), 'iam:CreateUser'),
				refused(read('rds', 'DescribeDBInstances'), 'rds:DescribeDBInstances', 'because no permissions boundary allows the'),
			]},
		],
	},
	{
		identity: {role: 'platform-engineer', session: 'charlie', opener: {kind: 'user', name: 'charlie'}}, address: '203.0.113.77', agent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2',
		habits: [{on: [4, 11, 25, 52, 80, 126, 180], calls: [
			read('ec2', 'DescribeVpcs'),
			read('ec2', 'DescribeSubnets'),
			write('ec2', 'CreateSecurityGroup', {groupName: 'shop-web'}),
			read('s3', 'GetBucketVersioning', {bucketName: 'example-web-assets'}),
			read('dynamodb', 'DescribeTable', table),
			read('lambda', 'GetFunction20150331v2', {functionName: 'orders-api'}),
			write('sqs', 'SetQueueAttributes'),
			write('logs', 'PutRetentionPolicy'),
		]}],
	},
	{
		identity: {role: 'AWSReservedSSO_AdministratorAccess_3f2a9c41d07be685', session: 'charlie@example.com', opener: {kind: 'saml'}}, address: '203.0.113.77', agent: browser,
		habits: [{every: 6, calls: [
			read('ec2', 'DescribeRegions'),
			read('cloudformation', 'ListStacks'),
			read('health', 'DescribeEventAggregates'),
			read('ce', 'GetCostAndUsage'),
			read('s3', 'GetBucketPublicAccessBlock'),
			read('iam', 'GetAccountSummary'), read('lambda', 'ListFunctions20150331'),
		]}],
	},
	{
		identity: {role: 'AWSReservedSSO_ReadOnly_9be0417c52d8fa36', session: 'alice@example.com', opener: {kind: 'saml'}}, address: '198.51.100.23', agent: browser,
		habits: [{every: 6, calls: [
			read('ec2', 'DescribeInstances'), read('ec2', 'DescribeVolumes'), read('elasticloadbalancing', 'DescribeLoadBalancers'), read('s3', 'ListBuckets'), read('s3', 'GetBucketLocation'),
			read('iam', 'ListRoles'), refused(read('rds', 'DescribeDBInstances'), 'rds:DescribeDBInstances'),
		]}],
	},
	{
		identity: {role: 'github-deploy', session: 'shop-deploy', opener: {kind: 'pipeline', subject: 'repo:example/shop:ref:refs/heads/main'}},
		address: '192.0.2.140',
		agent: 'aws-sdk-js/3.600.0 configure-aws-credentials-for-github-actions',
		habits: [
			{every: 6, calls: [
				read('ecr', 'GetAuthorizationToken'), write('ecr', 'InitiateLayerUpload'), write('ecr', 'UploadLayerPart'), write('ecr', 'CompleteLayerUpload'), write('ecr', 'PutImage'),
				write('cloudformation', 'CreateChangeSet', stack),
				read('cloudformation', 'DescribeChangeSet', stack),
				write('cloudformation', 'ExecuteChangeSet', stack),
				write('lambda', 'UpdateFunctionCode20150331v2'),
			]},
			{on: [70], calls: [write('iam', 'CreateRole', {roleName: 'shop-worker', path: '/app/'})]},
		],
	},
	{
		identity: {role: 'github-plan', session: 'shop-plan', opener: {kind: 'pipeline', subject: 'repo:example/shop:pull_request'}},
		address: '192.0.2.140',
		agent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2',
		habits: [{every: 6, calls: [
			read('ec2', 'DescribeVpcs'),
			read('ec2', 'DescribeSecurityGroups'),
			read('cloudformation', 'DescribeStacks', stack),
			read('cloudformation', 'GetTemplate', stack),
			read('ssm', 'GetParameters'),
			refused(read('secretsmanager', 'GetSecretValue', {secretId: 'orders-database'}), 'secretsmanager:GetSecretValue'),
		]}],
	},
	{
		identity: {role: 'orders-api', session: 'orders-api', opener: {kind: 'service', host: 'lambda.amazonaws.com'}}, address: '192.0.2.61', agent: sdk,
		habits: [
			{every: 2, calls: [
				read('secretsmanager', 'GetSecretValue', {secretId: 'orders-database'}),
				read('kms', 'Decrypt'),
				write('logs', 'CreateLogStream', {logGroupName: '/aws/lambda/orders-api'}),
			]},
			{every: 9, calls: [read('sqs', 'GetQueueUrl', {queueName: 'orders'}), read('dynamodb', 'DescribeTable', table)]},
		],
	},
	{
		identity: {role: 'web-server', session: 'i-0a4f7c2be81d93560', opener: {kind: 'instance'}}, address: '192.0.2.17', agent: agentOfInstance,
		habits: [
			{every: 1, calls: [
				write('ssm', 'UpdateInstanceInformation', {instanceId: 'i-0a4f7c2be81d93560', agentStatus: 'Active'}),
				read('ssm', 'ListInstanceAssociations', {instanceId: 'i-0a4f7c2be81d93560'}),
			]},
			{every: 5, calls: [read('ec2', 'DescribeTags'), read('secretsmanager', 'GetSecretValue', {secretId: 'web-session-key'}), refused(read('s3', 'ListBuckets'), 's3:ListAllMyBuckets')]},
		],
	},
	{
		identity: {role: 'backup-operator', session: 'nightly', opener: {kind: 'service', host: 'lambda.amazonaws.com'}}, address: '192.0.2.62', agent: sdk,
		habits: [{every: 3, calls: [read('ec2', 'DescribeVolumes'),
			write('ec2', 'CreateSnapshot', {volumeId: 'vol-0c9e2d7fa41b58360'}),
			write('ec2', 'CreateTags'),
			read('ec2', 'DescribeSnapshots')]}],
	},
	{
		identity: {role: 'security-audit', session: 'weekly-audit', opener: {kind: 'auditor'}},
		address: '192.0.2.200',
		agent: 'Boto3/1.34.150 md/Botocore#1.34.150 ua/2.0 os/linux lang/python#3.12.4',
		habits: [{on: [7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 99, 126, 162, 189, 225, 252, 297], calls: [
			write('iam', 'GenerateCredentialReport'), read('iam', 'GetCredentialReport'), read('iam', 'GetAccountAuthorizationDetails'), read('iam', 'ListRoles'), read('s3', 'ListBuckets'),
			read('s3', 'GetBucketPolicy', {bucketName: 'example-access-logs'}),
			read('cloudtrail', 'DescribeTrails'),
			read('cloudtrail', 'GetTrailStatus'),
			read('kms', 'ListKeys'),
			read('guardduty', 'ListDetectors'),
		]}],
	},
	{
		identity: {role: 'AWSServiceRoleForAutoScaling', session: 'AutoScaling', opener: {kind: 'service', host: 'autoscaling.amazonaws.com'}},
		address: 'autoscaling.amazonaws.com',
		agent: 'autoscaling.amazonaws.com',
		habits: [{every: 4, calls: [read('ec2', 'DescribeInstances'),
			write('ec2', 'RunInstances', {instanceType: 't3.small'}),
			write('ec2', 'TerminateInstances'),
			write('elasticloadbalancing', 'RegisterTargets')]}],
	},
];
