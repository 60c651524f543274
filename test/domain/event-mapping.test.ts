import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper, type EventFacts} from '../../source/domain/event-mapping.js';

const catalog = loadCatalog();
const map = createEventMapper(catalog);

function facts(event: string, more: Partial<EventFacts> = {}): EventFacts {
	const [source = '', name = ''] = event.split(':');
	return {
		eventSource: source.toLowerCase().includes('.amazonaws') ? source : `${source}.amazonaws.com`,
		eventName: name,
		eventType: 'AwsApiCall',
		serviceNamespace: null,
		clientHost: null,
		sessionTags: false,
		sourceIdentity: false,
		...more,
	};
}

function names(ids: readonly number[]): readonly string[] {
	return ids.map(id => catalog.at(id).name);
}

/** What an event certainly proves: names, or the kind where it is no action. */
function certain(event: string, more: Partial<EventFacts> = {}): readonly string[] | string {
	const mapping = map(facts(event, more));
	return mapping.kind === 'actions' ? names(mapping.certain) : mapping.kind;
}

function conditional(event: string, more: Partial<EventFacts> = {}): readonly string[] {
	const mapping = map(facts(event, more));
	return mapping.kind === 'actions' ? names(mapping.conditional) : [];
}

describe('what an event certainly proves', () => {
	test.each<[rule: string, event: string, actions: readonly string[]]>([
		['same source and name', 'ec2:DescribeInstances', ['ec2:DescribeInstances']],
		['case of the name is ignored', 's3:GetBucketCors', ['s3:GetBucketCORS']],
		['case of the source is ignored', 'IAM.AmazonAWS.com:ListUsers', ['iam:ListUsers']],
		['a source of another partition', 'iam.amazonaws.com.cn:ListUsers', ['iam:ListUsers']],
		['the source has another prefix: monitoring', 'monitoring:PutMetricAlarm', ['cloudwatch:PutMetricAlarm']],
		['the source has another prefix: amazonmq', 'amazonmq:CreateBroker', ['mq:CreateBroker']],
		['the source has another prefix: tagging', 'tagging:GetResources', ['tag:GetResources']],
		['the source has another prefix: elasticloadbalancing v2 shares v1\'s', 'elasticloadbalancing:DescribeTargetGroups', ['elasticloadbalancing:DescribeTargetGroups']],
		['the source has another prefix: streams.dynamodb', 'streams.dynamodb:ListStreams', ['dynamodb:ListStreams']],
		['the source has another prefix: Pinpoint', 'pinpoint:GetApps', ['mobiletargeting:GetApps']],
		['the source has another prefix: Neptune and DocumentDB are rds', 'rds:CreateDBCluster', ['rds:CreateDBCluster']],
		['the source is an endpoint of the SDK: email', 'email:SendEmail', ['ses:SendEmail']],
		['the source is an endpoint of the SDK: a service in two labels', 'runtime.sagemaker:InvokeEndpoint', ['sagemaker:InvokeEndpoint']],
		['RDS Data Service', 'rdsdata:ExecuteStatement', ['rds-data:ExecuteStatement']],
		['API version in the name: 20150331', 'lambda:ListFunctions20150331', ['lambda:ListFunctions']],
		['API version in the name: 20150331v2', 'lambda:UpdateFunctionCode20150331v2', ['lambda:UpdateFunctionCode']],
		['API version in the name: 20211031', 'lambda:CreateFunctionUrlConfig20211031', ['lambda:CreateFunctionUrlConfig']],
		['API version in the name: 2020_05_31', 'cloudfront:CreateDistribution2020_05_31', ['cloudfront:CreateDistribution']],
		['API version and another name', 'lambda:GetLayerVersionByArn20181031', ['lambda:GetLayerVersion']],
		['a batch of calls needs the action of one: Batch', 'batch:TerminateJobs', ['batch:TerminateJob']],
		['a batch of calls needs the action of one: Connect Cases', 'cases:BatchUpdateCase', ['cases:UpdateCase']],
		['a batch of calls needs the action of one: Verified Permissions', 'verifiedpermissions:BatchGetPolicy', ['verifiedpermissions:GetPolicy']],
		['the page of the call names another action: ECR', 'ecr:ListImageReferrers', ['ecr:BatchGetImage']],
		['the page of the call names another action: Lake Formation', 'lakeformation:GetTemporaryDataLocationCredentials', ['lakeformation:GetDataAccess']],
		['the page of the call names another action: tax settings', 'tax:ListTaxExemptions', ['tax:GetExemptions']],
		['the page of the call names two actions: Systems Manager', 'ssm:RegisterDefaultHostManagementConfiguration', ['ssm:GetServiceSetting', 'ssm:UpdateServiceSetting']],
		['several sources stand for one prefix: Partner Central', 'partnercentral-channel:ListRelationships', ['partnercentral:ListRelationships']],
		['a call of the S3 model that only directory buckets have', 's3:RenameObject', ['s3express:CreateSession']],
		['a console\'s own source, and an action of that name', 'billingconsole:GetBillingNotifications', ['billing:GetBillingNotifications']],
		['Lambda\'s old name with an API version', 'lambda:GetFunctionConfiguration20150331v2', ['lambda:GetFunctionConfiguration']],
		['the agent\'s channel comes under Systems Manager', 'ssm:OpenDataChannel', ['ssmmessages:OpenDataChannel']],
		['S3: ListBuckets', 's3:ListBuckets', ['s3:ListAllMyBuckets']],
		['S3: HeadBucket', 's3:HeadBucket', ['s3:ListBucket']],
		['S3: ListObjects', 's3:ListObjects', ['s3:ListBucket']],
		['S3: ListObjectsV2', 's3:ListObjectsV2', ['s3:ListBucket']],
		['S3: ListObjectVersions', 's3:ListObjectVersions', ['s3:ListBucketVersions']],
		['S3: ListMultipartUploads', 's3:ListMultipartUploads', ['s3:ListBucketMultipartUploads']],
		['S3: ListParts', 's3:ListParts', ['s3:ListMultipartUploadParts']],
		['S3: HeadObject reads', 's3:HeadObject', ['s3:GetObject']],
		['S3: SelectObjectContent reads', 's3:SelectObjectContent', ['s3:GetObject']],
		['S3: every part of a multipart upload writes', 's3:UploadPart', ['s3:PutObject']],
		['S3: CopyObject reads and writes', 's3:CopyObject', ['s3:GetObject', 's3:PutObject']],
		['S3: DeleteObjects', 's3:DeleteObjects', ['s3:DeleteObject']],
		['S3: a configuration without "Bucket"', 's3:GetBucketEncryption', ['s3:GetEncryptionConfiguration']],
		['S3: deleting a configuration is putting one', 's3:DeleteBucketLifecycle', ['s3:PutLifecycleConfiguration']],
		['S3: deleting tags is putting them', 's3:DeleteBucketTagging', ['s3:PutBucketTagging']],
		['S3: replication', 's3:PutBucketReplication', ['s3:PutReplicationConfiguration']],
		['S3 Express: object calls are authorized by the session', 's3express:PutObject', ['s3express:CreateSession']],
		['S3 Express: CreateSession of the S3 model', 's3:CreateSession', ['s3express:CreateSession']],
		['S3 Object Lambda: its own source', 's3-object-lambda:ListObjectsV2', ['s3-object-lambda:ListBucket']],
		['S3 on Outposts: its own source', 's3-outposts:HeadObject', ['s3-outposts:GetObject']],
		['KMS: ReEncrypt needs both', 'kms:ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
		['KMS: data keys by their own name', 'kms:GenerateDataKeyWithoutPlaintext', ['kms:GenerateDataKeyWithoutPlaintext']],
		['DynamoDB: TransactGetItems', 'dynamodb:TransactGetItems', ['dynamodb:GetItem']],
		['DynamoDB: which items a transaction writes is not known', 'dynamodb:TransactWriteItems', []],
		['DynamoDB: which statement PartiQL ran is not known', 'dynamodb:ExecuteStatement', []],
		['SQS: batch', 'sqs:SendMessageBatch', ['sqs:SendMessage']],
		['SQS: batch', 'sqs:ChangeMessageVisibilityBatch', ['sqs:ChangeMessageVisibility']],
		['SNS: batch', 'sns:PublishBatch', ['sns:Publish']],
		['Budgets: every change is ModifyBudget', 'budgets:CreateSubscriber', ['budgets:ModifyBudget']],
		['Budgets: every look is ViewBudget', 'budgets:DescribeBudgets', ['budgets:ViewBudget']],
		['Keyspaces: CQL verbs', 'cassandra:CreateTable', ['cassandra:Create']],
		['Keyspaces: reads of the schema', 'cassandra:ListTables', ['cassandra:Select']],
		['Bedrock: Converse', 'bedrock:Converse', ['bedrock:InvokeModel']],
		['Bedrock: ConverseStream', 'bedrock:ConverseStream', ['bedrock:InvokeModelWithResponseStream']],
		['Bedrock: the runtime\'s endpoint', 'bedrock-runtime:InvokeModel', ['bedrock:InvokeModel']],
		['Cost Explorer', 'ce:GetCostAndUsage', ['ce:GetCostAndUsage']],
		['Lambda: Invoke', 'lambda:Invoke', ['lambda:InvokeFunction']],
		['API Gateway: a POST', 'apigateway:CreateRestApi', ['apigateway:POST']],
		['API Gateway: a GET', 'apigateway:GetResource', ['apigateway:GET']],
		['API Gateway: a PATCH', 'apigateway:UpdateStage', ['apigateway:PATCH']],
		['API Gateway: a PUT', 'apigateway:PutMethod', ['apigateway:PUT']],
		['API Gateway: a DELETE that says flush', 'apigateway:FlushStageCache', ['apigateway:DELETE']],
		['API Gateway: an operation newer than the SDK', 'apigateway:GetDomainNameAccessAssociations', ['apigateway:GET']],
		['API Gateway: version 1 puts tags, version 2 posts them', 'apigateway:TagResource', []],
		['CloudFront: with tags', 'cloudfront:CreateDistributionWithTags', ['cloudfront:CreateDistribution', 'cloudfront:TagResource']],
		['Session Manager channels come from ssm', 'ssm:OpenDataChannel', ['ssmmessages:OpenDataChannel']],
		['Identity Center: the directory behind sso', 'sso-directory:CreateUser', ['sso-directory:CreateUser']],
		['Identity Center: permission sets', 'sso:CreatePermissionSet', ['sso:CreatePermissionSet']],
		['Cloud Control', 'cloudcontrolapi:ListResources', ['cloudformation:ListResources']],
		['a console-only action', 'eks:AccessKubernetesApi', ['eks:AccessKubernetesApi']],
	])('%s: %s', (_rule, event, actions) => {
		expect(certain(event)).toEqual(actions);
	});
});

describe('autoscaling.amazonaws.com is three services', () => {
	test.each<[rule: string, event: string, more: Partial<EventFacts>, action: string]>([
		['an event of EC2 Auto Scaling alone', 'autoscaling:CreateAutoScalingGroup', {}, 'autoscaling:CreateAutoScalingGroup'],
		['an event of Application Auto Scaling alone', 'autoscaling:RegisterScalableTarget', {}, 'application-autoscaling:RegisterScalableTarget'],
		['an event of scaling plans alone', 'autoscaling:CreateScalingPlan', {}, 'autoscaling-plans:CreateScalingPlan'],
		['a shared name without a hint is EC2 Auto Scaling', 'autoscaling:PutScalingPolicy', {}, 'autoscaling:PutScalingPolicy'],
		['a shared name with a service namespace', 'autoscaling:PutScalingPolicy', {serviceNamespace: 'ecs'}, 'application-autoscaling:PutScalingPolicy'],
		[
			'a shared name with Application Auto Scaling\'s host',
			'autoscaling:PutScalingPolicy',
			{clientHost: 'application-autoscaling.us-east-1.amazonaws.com'},
			'application-autoscaling:PutScalingPolicy',
		],
		['a shared name with EC2 Auto Scaling\'s host', 'autoscaling:PutScalingPolicy', {clientHost: 'autoscaling.eu-west-1.amazonaws.com'}, 'autoscaling:PutScalingPolicy'],
		['a host of another service tells nothing', 'autoscaling:PutScalingPolicy', {clientHost: 'dynamodb.eu-west-1.amazonaws.com'}, 'autoscaling:PutScalingPolicy'],
		['the hint of another service does not hide the only one that knows the event', 'autoscaling:CreateAutoScalingGroup', {serviceNamespace: 'ecs'}, 'autoscaling:CreateAutoScalingGroup'],
	])('%s', (_rule, event, more, action) => {
		expect(certain(event, more)).toEqual([action]);
	});
});

test('the host of another service changes nothing where the source is not shared', () => {
	expect(certain('s3:GetObject', {clientHost: 'dynamodb.us-east-1.amazonaws.com'})).toEqual(['s3:GetObject']);
});

describe('events that need no permission', () => {
	test.each<[rule: string, event: string, granted: readonly string[]]>([
		['GetCallerIdentity is used where it is granted', 'sts:GetCallerIdentity', ['sts:GetCallerIdentity']],
		['GetSessionToken', 'sts:GetSessionToken', ['sts:GetSessionToken']],
		['identity pools: GetId', 'cognito-identity:GetId', ['cognito-identity:GetId']],
		['user pools: InitiateAuth', 'cognito-idp:InitiateAuth', ['cognito-idp:InitiateAuth']],
		['sign-in: ConsoleLogin', 'signin:ConsoleLogin', []],
		['sign-in: SwitchRole', 'signin:SwitchRole', []],
		['sign-in: CheckMfa', 'signin:CheckMfa', []],
		['sign-in: a name nobody knows', 'signin:SomethingNew', []],
		['access portal: Federate', 'sso:Federate', []],
		['access portal: GetRoleCredentials', 'sso:GetRoleCredentials', []],
		['OIDC: CreateToken', 'sso-oauth:CreateToken', []],
		['a chat participant\'s token', 'participant.connect:SendMessage', []],
		['a service without IAM: CodeCatalyst', 'codecatalyst:CreateProject', []],
		['a CORS preflight request', 's3:PreflightObject', []],
		['a session by certificate', 'rolesanywhere:CreateSession', []],
		['a source that has no IAM prefix', 'iot1click:ListProjects', []],
	])('%s', (_rule, event, granted) => {
		const mapping = map(facts(event));
		expect(mapping.kind).toBe('no-permission');
		expect(mapping.kind === 'no-permission' && names(mapping.certain)).toEqual(granted);
	});

	test('an IAM action of a source that otherwise needs no permission is an action', () => {
		expect(certain('codecatalyst:ListConnections')).toEqual(['codecatalyst:ListConnections']);
	});

	test('a console sign-in from a source nobody knows', () => {
		expect(map(facts('somewhere:Login', {eventType: 'AwsConsoleSignIn'})).kind).toBe('no-permission');
	});
});

describe('actions that a call may have needed besides', () => {
	test.each<[rule: string, event: string, needed: string]>([
		['a task may take a role', 'ecs:RunTask', 'iam:PassRole'],
		['a function may take a role', 'lambda:CreateFunction20150331', 'iam:PassRole'],
		['an instance may take a profile', 'ec2:RunInstances', 'iam:PassRole'],
		['a stack may take a role', 'cloudformation:CreateStack', 'iam:PassRole'],
		['an instance may be tagged in RunInstances', 'ec2:RunInstances', 'ec2:CreateTags'],
		['a fleet may be tagged', 'ec2:CreateFleet', 'ec2:CreateTags'],
		['whatever is made may be tagged: roles', 'iam:CreateRole', 'iam:TagRole'],
		['whatever is made may be tagged: load balancers', 'elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:AddTags'],
		['whatever is made may be tagged: parameters', 'ssm:PutParameter', 'ssm:AddTagsToResource'],
		['a version of an object', 's3:GetObject', 's3:GetObjectVersion'],
		['an ACL at writing', 's3:PutObject', 's3:PutObjectAcl'],
		['governance mode at deleting', 's3:DeleteObject', 's3:BypassGovernanceRetention'],
		['one of the statements of PartiQL', 'dynamodb:ExecuteStatement', 'dynamodb:PartiQLSelect'],
		['one of the writes of a transaction', 'dynamodb:TransactWriteItems', 'dynamodb:ConditionCheckItem'],
		['API Gateway\'s tags', 'apigateway:TagResource', 'apigateway:PUT'],
		['tags of an earlier session pass on', 'sts:AssumeRole', 'sts:TagSession'],
		['a dependent action of the Service Authorization Reference', 'dax:CreateCluster', 'ec2:DescribeSubnets'],
	])('%s: %s may need %s', (_rule, event, needed) => {
		expect(conditional(event)).toContain(needed);
		expect(certain(event)).not.toContain(needed);
	});

	test('reading makes nothing, so it tags nothing', () => {
		expect(conditional('iam:ListRoles')).toEqual([]);
		expect(conditional('ec2:DescribeInstances')).toEqual([]);
	});

	test('making a thing takes no tags away', () => {
		expect(conditional('iam:CreateRole').filter(name => /untag/i.test(name))).toEqual([]);
	});
});

describe('what an assumed session proves', () => {
	test('session tags prove sts:TagSession', () => {
		expect(certain('sts:AssumeRole', {sessionTags: true})).toEqual(['sts:AssumeRole', 'sts:TagSession']);
		expect(conditional('sts:AssumeRole', {sessionTags: true})).not.toContain('sts:TagSession');
	});

	test('a source identity proves sts:SetSourceIdentity', () => {
		expect(certain('sts:AssumeRole', {sourceIdentity: true})).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity']);
	});

	test('both', () => {
		expect(certain('sts:AssumeRole', {sessionTags: true, sourceIdentity: true})).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']);
	});

	test('neither proves neither', () => {
		expect(certain('sts:AssumeRole')).toEqual(['sts:AssumeRole']);
	});

	test('tags of another service\'s call prove nothing of sts', () => {
		expect(certain('ec2:RunInstances', {sessionTags: true})).toEqual(['ec2:RunInstances']);
	});
});

describe('what maps to nothing is unmapped, never an invented name', () => {
	test.each([
		'ec2:NoSuchCall', 'nosuch:ListThings', 's3:GetObjects', 's3:', ':ListBuckets', 'ec2:20150331',
		'ec2:constructor', '__proto__:toString', 'constructor:name', 's3:a b|c=d,e\n',
	])('%j', event => {
		expect(map(facts(event)).kind).toBe('unmapped');
	});
});

describe('the answer', () => {
	test('ids are sorted, each once, and no conditional one is certain', () => {
		for (const event of ['ec2:RunInstances', 's3:CopyObject', 'sts:AssumeRole', 'kms:ReEncrypt', 'cloudfront:CreateDistributionWithTags']) {
			const mapping = map(facts(event, {sessionTags: true}));
			const sure: readonly number[] = mapping.kind === 'actions' ? mapping.certain : [];
			const maybe: readonly number[] = mapping.kind === 'actions' ? mapping.conditional : [];
			expect(sure).toEqual([...new Set(sure)].toSorted((a, b) => a - b));
			expect(maybe).toEqual([...new Set(maybe)].toSorted((a, b) => a - b));
			expect(maybe.filter(id => sure.includes(id))).toEqual([]);
		}
	});

	test('is remembered by the distinct facts, not by the event name alone', () => {
		expect(map(facts('ec2:RunInstances'))).toBe(map(facts('ec2:RunInstances')));
		expect(map(facts('sts:AssumeRole'))).not.toBe(map(facts('sts:AssumeRole', {sessionTags: true})));
	});
});

describe('calls of consoles that AWS names without their action', () => {
	test.each<[rule: string, event: string, may: readonly string[], never: readonly string[]]>([
		['billing: any action of the billing services may have been needed', 'billingconsole:GetBillsForBillingPeriod', ['billing:GetBillingDetails', 'aws-portal:ViewBilling', 'payments:GetPaymentStatus'], ['s3:GetObject']],
		['billing: a name with a dot', 'billingconsole:AWSPaymentPreferenceGateway.Get', ['payments:ListPaymentPreferences'], []],
		['taxes', 'taxconsole:UpdateTaxRegistration', ['tax:PutTaxRegistration'], ['billing:GetBillingDetails']],
		['Identity Center: a call whose action left the reference', 'sso:DescribePermissionsPolicies', ['sso:DescribePermissionSet', 'sso-directory:SearchUsers'], []],
	])('%s', (_rule, event, may, never) => {
		expect(certain(event)).toEqual([]);
		expect(conditional(event)).toEqual(expect.arrayContaining([...may]));
		expect(conditional(event).filter(name => never.includes(name))).toEqual([]);
	});

	test('Identity Center: a name nobody knows stays unmapped', () => {
		expect(certain('sso:SomethingNew')).toBe('unmapped');
	});
});
