import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {judgeCoverage, type CoverageOptions} from '../../source/domain/coverage.js';
import type {TrailSettings} from '../../source/domain/trail-config.js';
import type {ObservedTrail, TrailFacts} from '../../source/domain/trail-facts.js';
import {parseTrailConfig} from '../../source/trail/trail-config-file.js';

const catalog = loadCatalog();

const observed: ObservedTrail = {
	asManagement: new Set(), reads: true, writes: true, managementSources: new Set(['kms.amazonaws.com', 'ec2.amazonaws.com']), dataServices: new Map(), configurationChanges: new Map(),
};
const facts: TrailFacts = {events: 1000, daysCovered: 30, daysInWindow: 30, unreadableFiles: 0, regions: ['eu-west-1', 'us-east-1'], observed};
const defaults: CoverageOptions = {strict: false, settings: [], partition: 'aws'};

function silence(action: string, trail: Partial<Omit<TrailFacts, 'observed'>> & {observed?: Partial<ObservedTrail>} = {}, options: Partial<CoverageOptions> = {}): string {
	const id = catalog.idOf(action);
	if (id === undefined) {
		throw new Error(`${action} is not in the catalog`);
	}

	const coverage = judgeCoverage(catalog, {...facts, ...trail, observed: {...observed, ...trail.observed}}, {...defaults, ...options});
	const found = coverage.silence(id);
	expect(coverage.provable.has(id)).toBe(found.proves);
	return `${found.proves ? '-' : '?'} ${found.code}`;
}

const settings = (...pages: unknown[]): readonly TrailSettings[] => parseTrailConfig(JSON.stringify(pages), 'trail.json');
const field = (name: string, condition: Record<string, string[]>) => ({Field: name, ...condition});
const management = {FieldSelectors: [field('eventCategory', {Equals: ['Management']})]};
const data = (type: string, ...more: unknown[]) => ({FieldSelectors: [field('eventCategory', {Equals: ['Data']}), field('resources.type', {Equals: [type]}), ...more]});
const advanced = (...selectors: unknown[]) => ({TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main', AdvancedEventSelectors: selectors});
const described = {trailList: [{Name: 'main', TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, HomeRegion: 'us-east-1'}]};

/** Data actions and the resource type that records them (CloudTrail user guide, "Logging data events"). */
const dataActions: ReadonlyArray<readonly [action: string, type: string]> = [
	...['GetObject', 'PutObject', 'DeleteObject', 'GetObjectAcl', 'PutObjectAcl', 'GetObjectTagging', 'ListBucket', 'GetObjectVersion', 'AbortMultipartUpload', 'RestoreObject']
		.map(name => [`s3:${name}`, 'AWS::S3::Object'] as const),
	['lambda:InvokeFunction', 'AWS::Lambda::Function'],
	...['GetItem', 'PutItem', 'DeleteItem', 'UpdateItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem', 'PartiQLSelect', 'ConditionCheckItem']
		.map(name => [`dynamodb:${name}`, 'AWS::DynamoDB::Table'] as const),
	['dynamodb:GetRecords', 'AWS::DynamoDB::Stream'],
	...['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'].map(name => [`sqs:${name}`, 'AWS::SQS::Queue'] as const),
	['kinesis:PutRecord', 'AWS::Kinesis::Stream'],
	['kinesis:GetRecords', 'AWS::Kinesis::Stream'],
	['cognito-identity:GetId', 'AWS::Cognito::IdentityPool'],
	['rds-data:ExecuteStatement', 'AWS::RDS::DBCluster'],
	['ssmmessages:OpenControlChannel', 'AWS::SSMMessages::ControlChannel'],
	['ebs:GetSnapshotBlock', 'AWS::EC2::Snapshot'],
	['states:InvokeHTTPEndpoint', 'AWS::StepFunctions::StateMachine'],
];

describe('data events: what silence proves (Domain rules, section 5)', () => {
	const known = dataActions.filter(([action]) => catalog.at(catalog.idOf(action) ?? 0).trailClass === 'data');

	test.each(known)('%s: nothing without the trail\'s configuration', action => {
		expect(silence(action)).toBe('? data-event');
	});

	test.each(known)('%s: unused when the trail selects every %s', (action, type) => {
		expect(silence(action, {}, {settings: settings(described, advanced(management, data(type)))})).toBe('- not-used-data');
	});

	test.each(known)('%s: nothing when the selector of %s is narrowed', (action, type) => {
		for (const narrower of [
			field('resources.ARN', {StartsWith: ['arn:aws:x:::one/']}), field('eventName', {Equals: ['Other']}), field('readOnly', {Equals: ['true']}), field('userIdentity.arn', {NotStartsWith: ['arn:aws:sts::1']}),
		]) {
			expect(silence(action, {}, {settings: settings(advanced(management, data(type, narrower)))}), narrower.Field).toMatch(/^\? (narrow-selector|not-selected)$/);
		}
	});

	test('at least 25 of the table\'s actions are data actions of the catalog', () => {
		expect(known.length).toBeGreaterThanOrEqual(25);
	});

	test('data events seen in the log are no configuration', () => {
		expect(silence('s3:GetObject', {observed: {dataServices: new Map([['s3', 12]])}})).toBe('? data-event-seen');
	});

	test('two selectors, one for reads and one for writes, select all', () => {
		const halves = [data('AWS::S3::Object', field('readOnly', {Equals: ['true']})), data('AWS::S3::Object', field('readOnly', {Equals: ['false']}))];
		expect(silence('s3:PutObject', {}, {settings: settings(advanced(management, ...halves))})).toBe('- not-used-data');
	});

	test('a configuration that was changed inside the window proves nothing about all of it', () => {
		const changed = {observed: {configurationChanges: new Map([['PutEventSelectors', '2026-01-01T00:00:00Z']])}};
		expect(silence('s3:PutObject', changed, {settings: settings(advanced(management, data('AWS::S3::Object')))})).toBe('? trail-changed');
	});

	test.each([
		['arn:aws:s3', '- not-used-data'],
		['arn:aws:s3:::', '- not-used-data'],
		['arn:aws-us-gov:s3', '- not-used-data'],
		['arn:aws:s3:::one-bucket/', '? narrow-selector'],
	])('a basic selector of %s', (value, expected) => {
		const basic = {EventSelectors: [{ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [{Type: 'AWS::S3::Object', Values: [value]}], ExcludeManagementEventSources: []}]};
		expect(silence('s3:GetObject', {}, {settings: settings(basic)})).toBe(expected);
	});

	test('a basic selector of reads only is a narrower one', () => {
		const basic = {EventSelectors: [{ReadWriteType: 'ReadOnly', IncludeManagementEvents: true, DataResources: [{Type: 'AWS::S3::Object', Values: ['arn:aws:s3']}]}]};
		expect(silence('s3:PutObject', {}, {settings: settings(basic)})).toBe('? narrow-selector');
	});

	test('a trail that is switched off records nothing', () => {
		expect(silence('s3:GetObject', {}, {settings: settings(advanced(management, data('AWS::S3::Object')), {IsLogging: false})})).toBe('? not-selected');
	});

	test('of two trails the one that records less counts', () => {
		const other = {...advanced(management), TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/other'};
		expect(silence('s3:GetObject', {}, {settings: settings(advanced(management, data('AWS::S3::Object')), other)})).toBe('? not-selected');
	});
});

describe('what no trail records', () => {
	const everything = settings(described, advanced(management, data('AWS::S3::Object'), data('AWS::SSMMessages::ControlChannel')));
	test.each(['iam:PassRole', 'logs:PutLogEvents', 'execute-api:Invoke', 'ec2messages:GetMessages', 'es:ESHttpGet', 'rds-db:connect', 'kafka-cluster:Connect', 'neptune-db:connect', 'sts:TagSession', 'ssmmessages:OpenDataChannel'])('%s', action => {
		expect(silence(action, {}, {settings: everything})).toMatch(/^\? (never-logged|no-public-api)$/);
	});
});

describe('management events: blind spots that the log itself shows', () => {
	const writesOnly = {observed: {reads: false, writes: true}};
	test.each(['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'iam:GetUser', 'lambda:ListFunctions', 'rds:DescribeDBInstances', 'kms:Decrypt', 'sts:AssumeRole'])('%s in a log without a read-only event', action => {
		expect(silence(action, writesOnly)).toBe('? no-read-events');
	});

	test.each(['ec2:RunInstances', 'iam:CreateUser', 'lambda:CreateFunction', 's3:PutBucketPolicy'])('%s in a log without a read-only event', action => {
		expect(silence(action, writesOnly)).toMatch(/^- not-used/);
	});

	test.each(['iam:CreateUser', 'sts:AssumeRole', 'cloudfront:CreateDistribution', 'route53:CreateHostedZone', 'organizations:ListAccounts'])('%s in a log without us-east-1', action => {
		expect(silence(action, {regions: ['eu-west-1']})).toBe('? no-global-region');
		expect(silence(action)).toMatch(/^- not-used/);
	});

	test('regional services do not need us-east-1, nor a source that can tell regions', () => {
		expect(silence('ec2:RunInstances', {regions: ['eu-west-1']})).toMatch(/^- not-used/);
		expect(silence('ec2:RunInstances', {regions: []})).toMatch(/^- not-used/);
	});

	test.each(['iam:CreateUser', 'sts:AssumeRole', 'organizations:ListAccounts'])('%s where the source cannot tell regions', action => {
		expect(silence(action, {regions: []})).toBe('? regions-unknown');
	});

	test.each(['ec2:DescribeInstances', 'ec2:RunInstances', 'sts:AssumeRole'])('%s where no event tells whether it is read-only', action => {
		expect(silence(action, {observed: {reads: false, writes: false}})).toBe('? read-only-unknown');
	});

	test('in GovCloud the global services are in us-gov-west-1', () => {
		expect(silence('iam:CreateUser', {regions: ['us-gov-west-1']}, {partition: 'aws-us-gov'})).toMatch(/^- not-used/);
		expect(silence('iam:CreateUser', {regions: ['us-gov-east-1']}, {partition: 'aws-us-gov'})).toBe('? no-global-region');
	});

	test('KMS without any event of it may be excluded', () => {
		expect(silence('kms:CreateKey', {observed: {managementSources: new Set(['ec2.amazonaws.com'])}})).toBe('? source-may-be-excluded');
		expect(silence('kms:CreateKey')).toMatch(/^- not-used/);
	});
});

describe('management events: what the trail\'s configuration says', () => {
	const basic = (more: object) => settings(described, {TrailARN: described.trailList[0]?.TrailARN, EventSelectors: [{ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ...more}]});
	test('KMS excluded', () => {
		expect(silence('kms:CreateKey', {}, {settings: basic({ExcludeManagementEventSources: ['kms.amazonaws.com']})})).toBe('? not-selected');
		expect(silence('kms:CreateKey', {observed: {managementSources: new Set()}}, {settings: basic({})})).toMatch(/^- not-used/);
	});

	test('RDS Data events excluded do not hide other services', () => {
		expect(silence('rds:CreateDBInstance', {}, {settings: basic({ExcludeManagementEventSources: ['rdsdata.amazonaws.com']})})).toMatch(/^- not-used/);
	});

	test.each([
		['WriteOnly', 'ec2:DescribeInstances', '? not-selected'],
		['WriteOnly', 'ec2:RunInstances', '- not-used'],
		['WriteOnly', 'kms:Decrypt', '? narrow-selector'],
		['ReadOnly', 'ec2:RunInstances', '? not-selected'],
		['ReadOnly', 'ec2:DescribeInstances', '- not-used'],
		['All', 'kms:Decrypt', '- not-used'],
	])('%s: %s', (ReadWriteType, action, expected) => {
		expect(silence(action, {}, {settings: basic({ReadWriteType})}).startsWith(expected)).toBe(true);
	});

	test('no management events at all', () => {
		expect(silence('ec2:RunInstances', {}, {settings: basic({IncludeManagementEvents: false})})).toBe('? not-selected');
	});

	test('a trail of one region proves nothing about regional services', () => {
		const single = settings({trailList: [{Name: 'main', IsMultiRegionTrail: false, IncludeGlobalServiceEvents: true}]});
		expect(silence('ec2:RunInstances', {}, {settings: single})).toBe('? single-region-trail');
		expect(silence('iam:CreateUser', {}, {settings: single})).toMatch(/^- not-used/);
		const without = settings({trailList: [{Name: 'main', IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false}]});
		expect(silence('iam:CreateUser', {}, {settings: without})).toBe('? single-region-trail');
	});

	test('a configuration that was changed inside the window does not outweigh what the log shows', () => {
		const changed = {observed: {reads: false, writes: true, configurationChanges: new Map([['PutEventSelectors', '2026-01-01T00:00:00Z']])}};
		expect(silence('ec2:DescribeInstances', changed, {settings: basic({})})).toBe('? no-read-events');
	});

	test('a configuration that was given is taken over what the log lets one infer', () => {
		expect(silence('ec2:DescribeInstances', {observed: {reads: false, writes: true}}, {settings: basic({})})).toMatch(/^- not-used/);
	});
});

describe('several trails, and another account\'s', () => {
	const every = [management, data('AWS::S3::Object')];
	const main = advanced(...every);
	const audit = {trailList: [{Name: 'audit', TrailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/audit', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true}]};
	const both = {...advanced(...every), TrailARN: audit.trailList[0]?.TrailARN};
	const org = {...advanced(...every), TrailARN: 'arn:aws:cloudtrail:us-east-1:999988887777:trail/all'};
	const orgDescribed = {trailList: [{...described.trailList[0], Name: 'all', TrailARN: org.TrailARN, IsOrganizationTrail: true}]};

	test.each<[rule: string, pages: readonly unknown[], options: Partial<CoverageOptions>, action: string, expected: string]>([
		['one trail, with selectors', [described, main], {}, 's3:PutObject', '- not-used-data'],
		['two trails, the selectors of one: the logs may be the other\'s', [described, audit, main], {}, 's3:PutObject', '? data-event'],
		['two trails, the selectors of both', [described, audit, main, both], {}, 's3:PutObject', '- not-used-data'],
		['two trails, the selectors of one: management events are recorded by default', [described, audit, main], {}, 's3:CreateBucket', '- not-used'],
		['an organization\'s trail: its changes are not in this log', [orgDescribed, org], {accountId: '111122223333'}, 's3:PutObject', '- not-used-data'],
		['an organization\'s trail, --strict', [orgDescribed, org], {accountId: '111122223333', strict: true}, 's3:PutObject', '? strict-organization-trail'],
		['the account\'s own trail, --strict', [described, main], {accountId: '111122223333', strict: true}, 's3:PutObject', '- not-used-data'],
	])('%s', (...[, pages, options, action, expected]) => {
		expect(silence(action, {}, {settings: settings(...pages), ...options})).toBe(expected);
	});

	test('an organization\'s trail is not taken over what this log lacks: it may have been changed unseen', () => {
		const without = {observed: {reads: false, writes: true}};
		expect(silence('ec2:DescribeInstances', without, {settings: settings(described, main), accountId: '111122223333'})).toBe('- not-used');
		expect(silence('ec2:DescribeInstances', without, {settings: settings(orgDescribed, org), accountId: '111122223333'})).toBe('? no-read-events');
	});

	test('an organization\'s trail that may have excluded RDS Data events unseen: the log is asked under their own event source', () => {
		const selected = settings(orgDescribed, {...advanced(management, data('AWS::RDS::DBCluster')), TrailARN: org.TrailARN});
		const options = {settings: selected, accountId: '111122223333'};
		expect(silence('rds-data:ExecuteStatement', {}, options)).toBe('? source-may-be-excluded');
		expect(silence('rds-data:ExecuteStatement', {observed: {managementSources: new Set(['rdsdata.amazonaws.com'])}}, options)).toBe('- not-used-data');
	});

	test('the reason of a data action says where a change of the organization\'s trail would be', () => {
		const coverage = judgeCoverage(catalog, facts, {...defaults, settings: settings(orgDescribed, org), accountId: '111122223333'});
		expect(coverage.silence(catalog.idOf('s3:PutObject') ?? -1).reason).toContain('a change of trail all is an event of account 999988887777');
	});
});
