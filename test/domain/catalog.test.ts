import {describe, expect, test} from 'vitest';
import type {AccessLevel, TrailClass} from '../../source/domain/action.js';
import {accessLevels, createCatalog, loadCatalog, packFlags, trailClasses} from '../../source/domain/catalog.js';

const catalog = loadCatalog();
const all = Array.from({length: catalog.size}, (_, id) => catalog.at(id));

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const item of items) {
		const key = keyOf(item);
		counts[key] = (counts[key] ?? 0) + 1;
	}

	return counts;
}

/** Level, class, and whether a page of AWS says so: checked by hand against the Service Authorization Reference and CloudTrail's user guide. */
const picks: ReadonlyArray<[name: string, level: AccessLevel, trailClass: TrailClass, documented: boolean]> = [
	['s3:GetObject', 'Read', 'data', true],
	['s3:PutObject', 'Write', 'data', true],
	['s3:ListBucket', 'List', 'data', true],
	['s3:ListAllMyBuckets', 'List', 'management', true],
	['s3:CreateBucket', 'Write', 'management', true],
	['s3:PutBucketPolicy', 'Permissions management', 'management', true],
	['s3:ReplicateObject', 'Write', 'never', false],
	['s3:PutObjectVersionAcl', 'Permissions management', 'data', true],
	['s3-object-lambda:GetObject', 'Read', 'data', true],
	['iam:PassRole', 'Write', 'no-public-api', false],
	['iam:CreateUser', 'Write', 'management', true],
	['iam:ListUsers', 'List', 'management', true],
	['iam:TagRole', 'Tagging', 'management', true],
	['sts:AssumeRole', 'Write', 'management', true],
	['sts:TagSession', 'Tagging', 'never', true],
	['sts:GetCallerIdentity', 'Read', 'management', true],
	['ec2:RunInstances', 'Write', 'management', true],
	['ec2:DescribeInstances', 'List', 'management', true],
	['ec2:CreateTags', 'Tagging', 'management', true],
	['lambda:InvokeFunction', 'Write', 'data', true],
	['lambda:InvokeFunctionUrl', 'Write', 'data', true],
	['lambda:CreateFunction', 'Write', 'management', true],
	['lambda:ListFunctions', 'List', 'management', true],
	['dynamodb:GetItem', 'Read', 'data', true],
	['dynamodb:PartiQLSelect', 'Read', 'data', true],
	['dynamodb:CreateTable', 'Write', 'management', true],
	['dynamodb:ListTables', 'List', 'management', true],
	['sqs:SendMessage', 'Write', 'data', true],
	['sqs:CreateQueue', 'Write', 'management', true],
	['sns:Publish', 'Write', 'data', true],
	['kms:Decrypt', 'Write', 'management', true],
	['kms:PutKeyPolicy', 'Permissions management', 'management', true],
	['logs:PutLogEvents', 'Write', 'never', true],
	['logs:CreateLogGroup', 'Write', 'management', true],
	['logs:FilterLogEvents', 'Read', 'management', true],
	['cloudwatch:PutMetricData', 'Write', 'data', true],
	['cloudwatch:DescribeAlarmsForMetric', 'Read', 'management', true],
	['cloudwatch:GetDashboard', 'Read', 'management', true],
	['cloudwatch:GetMetricData', 'Read', 'data', true],
	['execute-api:Invoke', 'Write', 'never', true],
	['apigateway:GET', 'Read', 'management', true],
	['apigateway:POST', 'Write', 'management', true],
	['rds-db:connect', 'Permissions management', 'never', false],
	['rds-data:ExecuteStatement', 'Write', 'data', true],
	['ssmmessages:OpenDataChannel', 'Write', 'never', false],
	['ssmmessages:OpenControlChannel', 'Write', 'data', false],
	['ec2messages:GetMessages', 'Read', 'never', true],
	['ssm:StartSession', 'Write', 'management', true],
	['ssm:GetParameters', 'Read', 'management', true],
	['kafka-cluster:ReadData', 'Read', 'never', true],
	['neptune-db:ReadDataViaQuery', 'Read', 'never', true],
	['es:ESHttpGet', 'Read', 'never', true],
	['events:PutEvents', 'Write', 'data', true],
	['events:PutRule', 'Write', 'management', true],
	['secretsmanager:GetSecretValue', 'Read', 'management', true],
	['bedrock:InvokeModel', 'Read', 'data', true],
	['bedrock:InvokeAgent', 'Read', 'data', true],
	['elasticfilesystem:ClientMount', 'Read', 'no-public-api', false],
	['iot:Publish', 'Write', 'never', true],
	['dax:GetItem', 'Read', 'never', false],
	['eks:AccessKubernetesApi', 'Read', 'no-public-api', false],
	['codecommit:GitPull', 'Read', 'no-public-api', false],
	['organizations:ListAccounts', 'List', 'management', true],
	['route53:ChangeResourceRecordSets', 'Write', 'management', false],
	['cognito-identity:GetId', 'Write', 'data', true],
	['states:StartExecution', 'Write', 'management', true],
	['glue:GetTable', 'Read', 'management', true],
	['sagemaker:InvokeEndpoint', 'Read', 'data', true],
	['budgets:ViewBudget', 'Read', 'management', false],
	['aws-portal:ViewBilling', 'Read', 'no-public-api', false],
	['health:DescribeEvents', 'Read', 'management', false],
];

describe('the generated catalog', () => {
	test('holds every action of the pinned packages', () => {
		expect(catalog.size).toBe(22_091);
		expect(catalog.services).toHaveLength(456);
	});

	test('counts per class', () => {
		expect(countBy(all, action => action.trailClass)).toEqual({management: 17_605, data: 1086, never: 457, 'no-public-api': 2943});
	});

	test('counts per documented class', () => {
		expect(countBy(all.filter(action => action.documented), action => action.trailClass)).toEqual({management: 10_245, data: 643, never: 243});
	});

	test('counts per access level', () => {
		expect(countBy(all, action => action.accessLevel)).toEqual({List: 3719, Read: 5871, Write: 11_357, 'Permissions management': 425, Tagging: 719});
	});

	test('ids are in the order of the lower-case names, each name once', () => {
		const names = all.map(({id}) => catalog.lowerName(id));
		expect(new Set(names).size).toBe(names.length);
		expect(names.every((name, id) => id === 0 || (names[id - 1] ?? '') < name)).toBe(true);
	});

	test('a service\'s actions are contiguous, also next to prefixes that begin alike (s3, s3-outposts, s3express)', () => {
		for (const service of catalog.services) {
			const [from, to] = catalog.serviceRange(service) ?? [0, 0];
			expect(to, service).toBeGreaterThan(from);
			expect(all.slice(from, to).every(action => action.service === service), service).toBe(true);
		}

		expect(catalog.services.reduce((sum, service) => sum + (catalog.serviceRange(service)?.[1] ?? 0) - (catalog.serviceRange(service)?.[0] ?? 0), 0)).toBe(catalog.size);
	});

	test('services are sorted', () => {
		expect(catalog.services).toEqual(catalog.services.toSorted());
	});

	test('an action without a public operation or an event is never documented as recorded', () => {
		expect(all.filter(action => action.trailClass === 'no-public-api' && action.documented)).toEqual([]);
	});

	test.each(picks)('%s is %s, %s, documented: %s', (name, accessLevel, trailClass, documented) => {
		const id = catalog.idOf(name) ?? -1;
		expect(catalog.at(id)).toEqual({id, name, service: name.split(':')[0], accessLevel, trailClass, documented});
	});
});

describe('looking actions up', () => {
	test('case is ignored, the canonical spelling comes back', () => {
		expect(catalog.at(catalog.idOf('S3:getOBJECT') ?? -1).name).toBe('s3:GetObject');
		expect(catalog.serviceRange('IAM')).toEqual(catalog.serviceRange('iam'));
	});

	test.each(['s3:GetObjects', 's3:', 's3', '', ':', 'nosuch:GetObject', '__proto__:constructor', 's3:constructor'])('%j is not known', name => {
		expect(catalog.idOf(name)).toBeUndefined();
	});

	test.each([-1, 22_091, 0.5, Number.NaN])('no action %d', id => {
		expect(() => catalog.at(id)).toThrow(RangeError);
		expect(() => catalog.lowerName(id)).toThrow(RangeError);
	});

	test('every name leads back to its id', () => {
		expect(all.every(({id, name}) => catalog.idOf(name) === id && catalog.lowerName(id) === name.toLowerCase())).toBe(true);
	});

	test('the catalog is made once', () => {
		expect(loadCatalog()).toBe(catalog);
	});
});

test('flags keep level, class and documentation apart', () => {
	const combinations = accessLevels.flatMap(level => trailClasses.flatMap(kind => [true, false].map(documented => ({level, kind, documented}))));
	const made = createCatalog({
		names: ['x', ...combinations.map((_, index) => `A${index}`)].join(' '),
		flags: combinations.map(({level, kind, documented}) => packFlags(level, kind, documented)).join(''),
	});
	expect(combinations.map((_, id) => made.at(id)).map(({accessLevel, trailClass, documented}) => ({level: accessLevel, kind: trailClass, documented}))).toEqual(combinations);
});
