import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {judgeCoverage} from '../../source/domain/coverage.js';
import type {TrailSettings} from '../../source/domain/trail-config.js';
import type {ObservedTrail, TrailFacts} from '../../source/domain/trail-facts.js';
import {parseTrailConfig} from '../../source/trail/trail-config-file.js';

const catalog = loadCatalog();

/** A log that shows all that a log can show: reads and writes, every region and source, all days. */
const observed: ObservedTrail = {
	asManagement: new Set(),
	reads: true,
	writes: true,
	managementSources: new Set(['kms.amazonaws.com', 'rdsdata.amazonaws.com']),
	dataServices: new Map(),
	configurationChanges: new Map(),
};
const seesAll: TrailFacts = {events: 100_000, daysCovered: 365, daysInWindow: 365, unreadableFiles: 0, regions: ['eu-west-1', 'us-east-1', 'us-west-2'], observed};

type Trail = {readonly facts?: Partial<Omit<TrailFacts, 'observed'>>; readonly observed?: Partial<ObservedTrail>; readonly settings?: readonly TrailSettings[]};

/** "-" where silence proves something, "?" where it does not, and the code. */
function silence(action: string, {facts = {}, observed: seen = {}, settings = []}: Trail = {}): string {
	const id = catalog.idOf(action);
	if (id === undefined) {
		throw new Error(`${action} is not in the catalog`);
	}

	const {proves, code} = judgeCoverage(catalog, {...seesAll, ...facts, observed: {...observed, ...seen}}, {strict: false, settings, partition: 'aws'}).silence(id);
	return `${proves ? '-' : '?'} ${code}`;
}

const arn = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main';
const field = (name: string, condition: Record<string, string[]>) => ({Field: name, ...condition});
const management = {FieldSelectors: [field('eventCategory', {Equals: ['Management']})]};
const data = (type: string, ...more: unknown[]) => ({FieldSelectors: [field('eventCategory', {Equals: ['Data']}), field('resources.type', {Equals: [type]}), ...more]});
const advanced = (...selectors: unknown[]) => parseTrailConfig(JSON.stringify([{TrailARN: arn, AdvancedEventSelectors: selectors}]), 'trail.json');
const basic = (selector: object) => parseTrailConfig(JSON.stringify([{
	TrailARN: arn, EventSelectors: [{ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ...selector}],
}]), 'trail.json');
const oneRegion = (globalEvents: boolean) => parseTrailConfig(JSON.stringify([{
	trailList: [{Name: 'main', IsMultiRegionTrail: false, IncludeGlobalServiceEvents: globalEvents}],
}]), 'trail.json');

/** Actions whose calls are data events, and the resource types that may hold them. */
const dataActions: ReadonlyArray<readonly [action: string, ...types: string[]]> = [
	['s3:GetObject', 'AWS::S3::Object'],
	['s3:PutObject', 'AWS::S3::Object'],
	['s3:DeleteObject', 'AWS::S3::Object'],
	['s3:ListBucket', 'AWS::S3::Object'],
	['s3:GetObjectTagging', 'AWS::S3::Object'],
	['lambda:InvokeFunction', 'AWS::Lambda::Function'],
	['lambda:InvokeFunctionUrl', 'AWS::Lambda::Function'],
	['dynamodb:GetItem', 'AWS::DynamoDB::Table'],
	['dynamodb:Query', 'AWS::DynamoDB::Table'],
	['dynamodb:PartiQLSelect', 'AWS::DynamoDB::Table'],
	['dynamodb:GetRecords', 'AWS::DynamoDB::Stream'],
	['sqs:SendMessage', 'AWS::SQS::Queue'],
	['sqs:ReceiveMessage', 'AWS::SQS::Queue'],
	['sqs:DeleteMessage', 'AWS::SQS::Queue'],
	['kinesis:PutRecord', 'AWS::Kinesis::Stream'],
	['kinesis:SubscribeToShard', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer'],
	['firehose:PutRecord', 'AWS::KinesisFirehose::DeliveryStream'],
	['cloudwatch:PutMetricData', 'AWS::CloudWatch::Metric'],
	['cognito-identity:GetCredentialsForIdentity', 'AWS::Cognito::IdentityPool'],
	['rds-data:ExecuteStatement', 'AWS::RDS::DBCluster'],
	['ssmmessages:OpenControlChannel', 'AWS::SSMMessages::ControlChannel'],
	['ebs:GetSnapshotBlock', 'AWS::EC2::Snapshot'],
	['states:StartSyncExecution', 'AWS::StepFunctions::StateMachine'],
	['xray:PutTraceSegments', 'AWS::XRay::Trace'],
	['bedrock:InvokeModel', 'AWS::Bedrock::Model', 'AWS::Bedrock::AsyncInvoke'],
	['bedrock:InvokeAgent', 'AWS::Bedrock::AgentAlias'],
	['bedrock:InvokeFlow', 'AWS::Bedrock::FlowAlias'],
	['bedrock:Retrieve', 'AWS::Bedrock::KnowledgeBase'],
	['sagemaker:InvokeEndpoint', 'AWS::SageMaker::Endpoint'],
	['timestream:Select', 'AWS::Timestream::Table', 'AWS::Timestream::Database', 'AWS::Timestream::RegionalEndpoint'],
	['events:PutEvents', 'AWS::Events::EventBus', 'AWS::Events::Endpoint', 'AWS::Events::EventSource', 'AWS::Events::Rule'],
	['ses:SendEmail', 'AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSet', 'AWS::SES::Template'],
	['verifiedpermissions:IsAuthorized', 'AWS::VerifiedPermissions::PolicyStore'],
	['cloudtrail-data:PutAuditEvents', 'AWS::CloudTrail::Channel'],
];

/** Conditions that let a part of the events through (CloudTrail API reference, AdvancedFieldSelector). */
const narrower: ReadonlyArray<readonly [what: string, condition: unknown]> = [
	['one bucket, function or table', field('resources.ARN', {StartsWith: ['arn:aws:s3:::one-bucket/']})],
	['all resources but one', field('resources.ARN', {NotStartsWith: ['arn:aws:s3:::logs/']})],
	['some event names', field('eventName', {Equals: ['PutObject']})],
	['reads', field('readOnly', {Equals: ['true']})],
	['writes', field('readOnly', {Equals: ['false']})],
	['some identities', field('userIdentity.arn', {NotStartsWith: ['arn:aws:sts::111122223333:assumed-role/backup/']})],
	['sessions from the console', field('sessionCredentialFromConsole', {Equals: ['true']})],
];

describe.each(dataActions)('%s', (action, ...types) => {
	test('is not known to be unused where no configuration says what the trail records', () => {
		expect(silence(action)).toBe('? data-event');
		expect(silence(action, {observed: {dataServices: new Map([[action.split(':')[0] ?? '', 5]])}})).toBe('? data-event-seen');
	});

	test('is not known to be unused where the trail records management events only', () => {
		expect(silence(action, {settings: advanced(management)})).toBe('? not-selected');
		expect(silence(action, {settings: basic({})})).toBe('? not-selected');
	});

	test(`is unused where the trail selects every ${types.join(', ')}`, () => {
		expect(silence(action, {settings: advanced(management, ...types.map(type => data(type)))})).toBe('- not-used-data');
	});

	test.each(narrower)('is not known to be unused where the selector lets only %s through', (_what, condition) => {
		expect(silence(action, {settings: advanced(management, ...types.map(type => data(type, condition)))})).toBe('? narrow-selector');
	});

	test.each(types.length > 1 ? types : [])('is not known to be unused where %s is not selected', left => {
		expect(silence(action, {settings: advanced(management, ...types.filter(type => type !== left).map(type => data(type)))})).toBe('? narrow-selector');
	});
});

describe('actions of which a part leaves no event, whatever is selected', () => {
	test.each([
		['sns:Publish', ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint']],
		['cloudwatch:GetMetricData', ['AWS::CloudWatch::Metric']],
		['cloudwatch:ListMetrics', ['AWS::CloudWatch::Metric']],
	])('%s', (action, types) => {
		expect(silence(action, {settings: advanced(management, ...types.map(type => data(type)))})).toBe('? partly-recorded');
	});

	test.each(['bedrock:InvokeModel', 'rds-data:ExecuteStatement'])('%s has management events, too: they must be recorded', action => {
		const types = dataActions.find(([name]) => name === action)?.slice(1) ?? [];
		expect(silence(action, {settings: advanced(...types.map(type => data(type)))})).toBe('? not-selected');
	});
});

describe('actions that leave no event of their own, whatever is selected', () => {
	const everything = advanced(management, ...dataActions.flatMap(([, ...types]) => types.map(type => data(type))));
	test.each([
		'iam:PassRole',
		'logs:PutLogEvents',
		'sts:TagSession',
		'sts:SetSourceIdentity',
		'execute-api:Invoke',
		'execute-api:ManageConnections',
		'ec2messages:GetMessages',
		'ec2messages:SendReply',
		'ssmmessages:CreateDataChannel',
		'ssmmessages:OpenDataChannel',
		'ssm:UpdateInstanceInformation',
		'es:ESHttpGet',
		'es:ESHttpPost',
		'aoss:APIAccessAll',
		'rds-db:connect',
		'neptune-db:connect',
		'kafka-cluster:Connect',
		'kafka-cluster:ReadData',
		'elasticfilesystem:ClientMount',
		'eks:AccessKubernetesApi',
		'codecommit:GitPull',
		'codecommit:GitPush',
		'dax:GetItem',
		'elasticache:Connect',
		'memorydb:Connect',
		'iot:Publish',
		'iot:Connect',
		'iot:ListThings',
		'iot:DescribeThing',
		'iot:DescribeEndpoint',
		's3:ReplicateObject',
		's3:BypassGovernanceRetention',
		'ses:SendRawEmail',
		'cloudsearch:search',
		'importexport:CreateJob',
		'workspaces:Stream',
		'chime:SendChannelMessage',
		'comprehend:DetectToxicContent',
		'lakeformation:GetWorkUnitResults',
		'mobiletargeting:VerifyOTPMessage',
		'networkflowmonitor:Publish',
		'timestream:WriteRecords',
		'dynamodb:DescribeEndpoints',
		'aws-portal:ViewBilling',
		'trustedadvisor:DescribeChecks',
	])('%s', action => {
		expect(silence(action, {settings: everything})).toMatch(/^\? (never-logged|no-public-api)$/);
	});
});

/** Trails that leave some management events out: what a log of theirs shows, or what their configuration says. */
const blindTrails: ReadonlyArray<{readonly name: string; readonly trail: Trail; readonly blind: readonly string[]; readonly sees: readonly string[]}> = [
	{
		name: 'a log without a read-only event', trail: {observed: {reads: false}},
		blind: [
			'ec2:DescribeInstances', 's3:ListAllMyBuckets', 'iam:GetUser', 'kms:Decrypt', 'sts:AssumeRole', 'secretsmanager:GetSecretValue', 'ssm:GetParameter',
			'iam:GenerateCredentialReport',
		],
		sees: ['ec2:RunInstances', 'iam:CreateUser', 's3:PutBucketPolicy', 'kms:CreateKey'],
	},
	{
		name: 'a log of read-only events alone', trail: {observed: {writes: false}},
		blind: ['ec2:RunInstances', 'iam:CreateUser', 'kms:Decrypt', 'sts:AssumeRole', 'rekognition:DetectFaces', 'bedrock:InvokeModelWithResponseStream'],
		sees: ['ec2:DescribeInstances', 'iam:GetUser', 'secretsmanager:GetSecretValue'],
	},
	{
		name: 'a trail of writes only', trail: {settings: basic({ReadWriteType: 'WriteOnly'})},
		blind: ['ec2:DescribeInstances', 'iam:ListUsers', 'kms:Decrypt', 'sts:AssumeRole', 'iam:SimulatePrincipalPolicy'],
		sees: ['ec2:RunInstances', 'iam:CreateUser', 'kms:CreateKey'],
	},
	{
		name: 'a trail of reads only', trail: {settings: basic({ReadWriteType: 'ReadOnly'})},
		blind: ['ec2:RunInstances', 'iam:CreateUser', 'kms:Decrypt', 'comprehend:ClassifyDocument', 'bedrock:InvokeModelWithResponseStream'],
		sees: ['ec2:DescribeInstances', 'iam:ListUsers'],
	},
	{
		name: 'a log without any event of KMS', trail: {observed: {managementSources: new Set()}},
		blind: ['kms:CreateKey', 'kms:Decrypt', 'kms:ListKeys'],
		sees: ['ec2:RunInstances', 'rds:CreateDBInstance'],
	},
	{
		name: 'a trail that excludes KMS', trail: {settings: basic({ExcludeManagementEventSources: ['kms.amazonaws.com']})},
		blind: ['kms:CreateKey', 'kms:GenerateDataKey', 'kms:PutKeyPolicy'],
		sees: ['ec2:RunInstances', 'secretsmanager:GetSecretValue'],
	},
	{
		name: 'a trail without management events', trail: {settings: advanced(data('AWS::S3::Object'))},
		blind: ['ec2:RunInstances', 'iam:CreateUser', 's3:CreateBucket'],
		sees: ['s3:GetObject'],
	},
	{
		name: 'a log without us-east-1', trail: {facts: {regions: ['eu-west-1', 'us-west-2']}},
		blind: [
			'iam:CreateUser', 'iam:GetRole', 'sts:AssumeRole', 'cloudfront:CreateInvalidation', 'route53:ChangeResourceRecordSets', 'organizations:ListAccounts',
			'support:CreateCase', 'ce:GetCostAndUsage', 'shield:DescribeAttack', 'ecr-public:PutImage', 'health:DescribeEvents',
		],
		sees: ['ec2:RunInstances', 'lambda:CreateFunction', 'globalaccelerator:CreateAccelerator'],
	},
	{
		name: 'a log without us-west-2', trail: {facts: {regions: ['eu-west-1', 'us-east-1']}},
		blind: ['globalaccelerator:CreateAccelerator', 'networkmanager:CreateGlobalNetwork'],
		sees: ['iam:CreateUser', 'ec2:RunInstances'],
	},
	{
		name: 'a trail of one region', trail: {settings: oneRegion(true)},
		blind: ['ec2:RunInstances', 'lambda:CreateFunction', 's3:CreateBucket', 'kms:CreateKey'],
		sees: ['iam:CreateUser'],
	},
	{
		name: 'a trail of one region without global service events', trail: {settings: oneRegion(false)},
		blind: ['ec2:RunInstances', 'iam:CreateUser'],
		sees: [],
	},
	{
		name: 'a trail that is switched off', trail: {settings: parseTrailConfig(JSON.stringify([{TrailARN: arn, AdvancedEventSelectors: [management]}, {IsLogging: false}]), 'trail.json')},
		blind: ['ec2:RunInstances', 'iam:CreateUser'],
		sees: [],
	},
	{
		name: 'no log at all', trail: {facts: {events: 0}},
		blind: ['ec2:RunInstances', 'iam:CreateUser', 's3:GetObject'],
		sees: [],
	},
];

describe.each(blindTrails)('$name', ({trail, blind, sees}) => {
	test.each(blind.map(action => ({action})))('cannot show $action', ({action}) => {
		expect(silence(action, trail)).toMatch(/^\? /);
		expect(silence(action).startsWith('-') || dataActions.some(([name]) => name === action)).toBe(true);
	});

	test('still shows the others', () => {
		expect(sees.filter(action => !silence(action, trail).startsWith('-'))).toEqual([]);
	});
});

test('the tables hold at least 60 cases', () => {
	expect(dataActions.length + blindTrails.reduce((sum, {blind}) => sum + blind.length, 0)).toBeGreaterThanOrEqual(60);
});
