import {awsPolicyArn, demoAccountId, iamArn} from './account.js';

type Statement = Readonly<Record<string, unknown>>;

/** A policy document of the given statements. */
export function document(...statements: readonly Statement[]): unknown {
	return {Version: '2012-10-17', Statement: statements};
}

/** An Allow statement, on everything unless resources are given. */
export function allow(Action: string | readonly string[], Resource: string | readonly string[] = '*', more: Statement = {}): Statement {
	return {Effect: 'Allow', Action, Resource, ...more};
}

/** A managed policy of the demo account, or one of AWS's where `aws` is set. `path` has slashes at both ends. */
export type DemoPolicy = {readonly name: string; readonly path: string; readonly aws: boolean; readonly document: unknown};

const own = (name: string, policy: unknown): DemoPolicy => ({name, path: '/', aws: false, document: policy});
const byAws = (name: string, policy: unknown, path = '/'): DemoPolicy => ({name, path, aws: true, document: policy});

/** ARN of a demo policy. */
export function policyArn({name, path, aws}: DemoPolicy): string {
	return aws ? awsPolicyArn(`${path.slice(1)}${name}`) : iamArn(`policy${path}${name}`);
}

const production = {StringEquals: {'aws:ResourceTag/stage': 'production'}};

/** The managed policies of the account. AWS's are as AWS publishes them (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/). */
export const demoPolicies: readonly DemoPolicy[] = [
	byAws('AdministratorAccess', document(allow('*'))),
	byAws('AmazonEC2ReadOnlyAccess', document(
		allow(['ec2:Describe*', 'ec2:GetSecurityGroupsForVpc']),
		allow('elasticloadbalancing:Describe*'),
		allow(['cloudwatch:ListMetrics', 'cloudwatch:GetMetricStatistics', 'cloudwatch:Describe*']),
		allow('autoscaling:Describe*'),
	)),
	byAws('AmazonS3ReadOnlyAccess', document(allow(['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*']))),
	byAws('IAMReadOnlyAccess', document(allow([
		'iam:GenerateCredentialReport', 'iam:GenerateServiceLastAccessedDetails', 'iam:Get*', 'iam:List*', 'iam:SimulateCustomPolicy', 'iam:SimulatePrincipalPolicy',
	]))),
	byAws('AmazonSSMManagedInstanceCore', document(
		allow([
			'ssm:DescribeAssociation', 'ssm:GetDeployablePatchSnapshotForInstance', 'ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:GetManifest', 'ssm:GetParameter',
			'ssm:GetParameters', 'ssm:ListAssociations', 'ssm:ListInstanceAssociations', 'ssm:PutInventory', 'ssm:PutComplianceItems', 'ssm:PutConfigurePackageResult',
			'ssm:UpdateAssociationStatus', 'ssm:UpdateInstanceAssociationStatus', 'ssm:UpdateInstanceInformation',
		]),
		allow(['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel']),
		allow(['ec2messages:AcknowledgeMessage', 'ec2messages:DeleteMessage', 'ec2messages:FailMessage', 'ec2messages:GetEndpoint', 'ec2messages:GetMessages', 'ec2messages:SendReply']),
	)),
	byAws('AWSLambdaBasicExecutionRole', document(allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])), '/service-role/'),
	byAws('AutoScalingServiceRolePolicy', document(
		{
			Sid: 'EC2InstanceManagement', ...allow([
				'ec2:CreateFleet', 'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:Describe*', 'ec2:GetInstanceTypesFromInstanceRequirements', 'ec2:GetSecurityGroupsForVpc',
				'ec2:ModifyInstanceAttribute', 'ec2:RequestSpotInstances', 'ec2:RunInstances', 'ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances',
			]),
		},
		{Sid: 'ELBManagement', ...allow(['elasticloadbalancing:Register*', 'elasticloadbalancing:Deregister*', 'elasticloadbalancing:Describe*'])},
		{Sid: 'CWManagement', ...allow(['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'cloudwatch:PutMetricAlarm'])},
		{Sid: 'SNSManagement', ...allow('sns:Publish')},
	), '/aws-service-role/'),
	own('CloudWatchDashboards', document({
		Sid: 'Dashboards', ...allow(['cloudwatch:DescribeAlarmHistory', 'cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmsForMetric', 'cloudwatch:GetDashboard', 'cloudwatch:GetMetricData']),
	})),
	// Attached to nobody any more: alice had it until an administrator detached it.
	own('BucketMaker', document(allow(['s3:CreateBucket', 's3:PutBucketTagging']))),
	own('DeveloperAccess', document(
		{Sid: 'AllButIdentities', Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*'},
		{Sid: 'PassAppRoles', ...allow('iam:PassRole', iamArn('role/app/*'))},
		{Sid: 'KeepProduction', Effect: 'Deny', Action: ['ec2:TerminateInstances', 'ec2:StopInstances', 'lambda:DeleteFunction', 'dynamodb:DeleteTable'], Resource: '*', Condition: production},
	)),
	own('DeveloperBoundary', document(
		{Sid: 'Services', ...allow(['cloudformation:*', 'cloudwatch:*', 'dynamodb:*', 'ec2:*', 'iam:PassRole', 'lambda:*', 'logs:*', 's3:*', 'sqs:*', 'sts:AssumeRole'])},
		{Sid: 'NoPublicBuckets', Effect: 'Deny', Action: ['s3:DeleteBucketPublicAccessBlock', 's3:PutBucketAcl', 's3:PutAccountPublicAccessBlock'], Resource: '*'},
	)),
	own('AuditReader', document(
		{Sid: 'Configuration', ...allow(['config:Describe*', 'config:Get*', 'config:List*', 'guardduty:Get*', 'guardduty:List*', 'kms:DescribeKey', 'kms:List*', 'kms:GetKeyRotationStatus'])},
		{Sid: 'Trails', ...allow(['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:LookupEvents', 's3:GetBucket*', 's3:ListAllMyBuckets', 's3:GetEncryptionConfiguration'])},
	)),
	own('ShopDeploy', document(
		{Sid: 'Stacks', ...allow('cloudformation:*', `arn:aws:cloudformation:*:${demoAccountId}:stack/shop-*/*`)},
		{Sid: 'Images', ...allow(['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:PutImage'])},
		{Sid: 'Functions', ...allow(['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:GetFunction', 'lambda:PublishVersion'])},
		{Sid: 'Services', ...allow(['ecs:DescribeServices', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService'])},
		{Sid: 'PassAppRoles', ...allow('iam:PassRole', iamArn('role/app/*'), {Condition: {StringEquals: {'iam:PassedToService': ['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com']}}})},
	)),
];
