import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {loadTrailConfig, parseTrailConfig} from '../../source/trail/trail-config-file.js';

const folder = mkdtempSync(join(tmpdir(), 'trail-config-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main';
const describeTrails = {trailList: [{Name: 'main', TrailARN: arn, HomeRegion: 'eu-west-1', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true}, {Name: 'other', TrailARN: arn.replace('main', 'other')}]};
const selectors = {TrailARN: arn, EventSelectors: [{ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: []}]};

describe('a trail\'s configuration from the AWS CLI', () => {
	test('the selectors\' ARN names the trail they belong to', () => {
		expect(parseTrailConfig(`${JSON.stringify(describeTrails)}\n${JSON.stringify(selectors)}`, 'x')).toMatchObject([
			{name: 'main', homeRegion: 'eu-west-1', multiRegion: true, globalServiceEvents: true},
			{name: 'other', selectors: null},
		]);
	});

	test('get-trail and get-trail-status beside the selectors', () => {
		const pages = [{Trail: describeTrails.trailList[0]}, {IsLogging: false}, selectors];
		expect(parseTrailConfig(JSON.stringify(pages), 'x')).toMatchObject([{name: 'main', multiRegion: true, logging: false}]);
	});

	test('a trail that is described without selectors stays, unknown: the logs may be its own', () => {
		expect(parseTrailConfig(JSON.stringify([describeTrails, selectors]), 'x').map(trail => [trail.name, trail.selectors === null])).toEqual([['main', false], ['other', true]]);
	});

	test('one trail described twice is one', () => {
		expect(parseTrailConfig(JSON.stringify([{trailList: [describeTrails.trailList[0]]}, {Trail: describeTrails.trailList[0]}, selectors]), 'x')).toHaveLength(1);
	});

	test('a status names no trail: of several any may be off', () => {
		const other = {...selectors, TrailARN: arn.replace('main', 'other')};
		expect(parseTrailConfig(JSON.stringify([describeTrails, selectors, other, {IsLogging: true}, {IsLogging: false}]), 'x').map(trail => trail.logging)).toEqual([false, false]);
	});

	test('descriptions without selectors leave them unknown', () => {
		expect(parseTrailConfig(JSON.stringify(describeTrails), 'x').map(trail => [trail.name, trail.selectors])).toEqual([['main', null], ['other', null]]);
	});

	test('the account is the ARN\'s, and a description of another account\'s trail of the same name is not taken', () => {
		const foreign = {trailList: [{...describeTrails.trailList[0], TrailARN: arn.replace('111122223333', '999988887777'), IsOrganizationTrail: true}]};
		expect(parseTrailConfig(JSON.stringify([describeTrails, selectors]), 'x')).toMatchObject([{accountId: '111122223333', organization: null}, {name: 'other'}]);
		expect(parseTrailConfig(JSON.stringify([foreign, selectors]), 'x')).toMatchObject([
			{name: 'main', accountId: '111122223333', organization: null, multiRegion: null},
			{name: 'main', accountId: '999988887777', organization: true, selectors: null},
		]);
	});

	test('selectors alone are enough', () => {
		expect(parseTrailConfig(JSON.stringify(selectors), 'x')).toMatchObject([{name: 'main', multiRegion: null, logging: null}]);
	});

	test('a description belongs to the selectors of its ARN and to no others; a lone one to lone selectors', () => {
		const nameless = {EventSelectors: selectors.EventSelectors};
		const [main] = describeTrails.trailList;
		expect(parseTrailConfig(JSON.stringify([describeTrails, {...selectors, TrailARN: arn.replace('main', 'third')}]), 'x')).toMatchObject([{name: 'third', homeRegion: null, multiRegion: null}, {name: 'main', selectors: null}, {name: 'other', selectors: null}]);
		expect(parseTrailConfig(JSON.stringify([{trailList: [main]}, nameless]), 'x')).toMatchObject([{name: 'main', homeRegion: 'eu-west-1'}]);
		expect(parseTrailConfig(JSON.stringify([describeTrails, nameless]), 'x')).toMatchObject([{name: 'trail', homeRegion: null}, {name: 'main', selectors: null}, {name: 'other', selectors: null}]);
	});

	test('a byte order mark is no error', () => {
		expect(parseTrailConfig(`\uFEFF${JSON.stringify(selectors)}`, 'x')).toHaveLength(1);
	});

	test.each([
		['no JSON', 'hello', 'x is not JSON'],
		['something else', '{"Users": []}', 'x describes no trail'],
		['empty', '', 'x describes no trail'],
	])('%s is an error that names the file', (_, text, message) => {
		expect(() => parseTrailConfig(text, 'x')).toThrow(message);
	});

	test('a file that is not there is an error that says how to make one', async () => {
		await expect(loadTrailConfig(join(folder, 'none.json'))).rejects.toMatchObject({name: 'UserError', hint: expect.stringContaining('aws cloudtrail') as unknown});
	});

	test('a file is read', async () => {
		const path = join(folder, 'trail.json');
		writeFileSync(path, JSON.stringify(selectors));
		await expect(loadTrailConfig(path)).resolves.toHaveLength(1);
	});
});

describe('event selectors', () => {
	const none = {equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: []};
	const selectorsIn = (page: Readonly<Record<string, unknown>>) => parseTrailConfig(JSON.stringify(page), 'x')[0]?.selectors;
	const basic = (selector: Readonly<Record<string, unknown>>) => selectorsIn({EventSelectors: [selector]});
	const management = {...none, field: 'eventCategory', equals: ['Management']};
	const data = {...none, field: 'eventCategory', equals: ['Data']};
	const readOnly = (value: 'true' | 'false') => ({...none, field: 'readOnly', equals: [value]});
	const ofType = (type: string) => ({...none, field: 'resources.type', equals: [type]});
	const from = (values: readonly string[]) => ({...none, field: 'resources.ARN', startsWith: values});

	test.each([
		['all management events', {ReadWriteType: 'All', IncludeManagementEvents: true}, [[management]]],
		['what is not said is the default: all management events', {}, [[management]]],
		['reads only', {ReadWriteType: 'ReadOnly'}, [[management, readOnly('true')]]],
		['writes only', {ReadWriteType: 'WriteOnly'}, [[management, readOnly('false')]]],
		['without KMS', {ExcludeManagementEventSources: ['kms.amazonaws.com']}, [[management, {...none, field: 'eventSource', notEquals: ['kms.amazonaws.com']}]]],
		['no management events', {IncludeManagementEvents: false}, []],
		[
			'writes of every bucket\'s objects', {ReadWriteType: 'WriteOnly', IncludeManagementEvents: false, DataResources: [{Type: 'AWS::S3::Object', Values: ['arn:aws:s3']}]},
			[[data, ofType('AWS::S3::Object'), readOnly('false')]],
		],
	])('basic: %s', (_, selector, expected) => {
		expect(basic(selector)).toEqual(expected);
	});

	test.each([
		['every bucket', 'AWS::S3::Object', ['arn:aws:s3'], true],
		['every bucket, as the console writes it', 'AWS::S3::Object', ['arn:aws:s3:::'], true],
		['every bucket of another partition', 'AWS::S3::Object', ['arn:aws-us-gov:s3'], true],
		['every function', 'AWS::Lambda::Function', ['arn:aws:lambda'], true],
		['every table', 'AWS::DynamoDB::Table', ['arn:aws:dynamodb'], true],
		['one among others that is every bucket', 'AWS::S3::Object', ['arn:aws:s3:::logs/', 'arn:aws:s3'], true],
		['one bucket', 'AWS::S3::Object', ['arn:aws:s3:::logs/'], false],
		['two buckets', 'AWS::S3::Object', ['arn:aws:s3:::logs/', 'arn:aws:s3:::data/'], false],
		['one function', 'AWS::Lambda::Function', ['arn:aws:lambda:eu-west-1:111122223333:function:one'], false],
		['nothing', 'AWS::S3::Object', [], false],
	])('basic data resources: %s', (_, type, values, everything) => {
		expect(basic({IncludeManagementEvents: false, DataResources: [{Type: type, Values: values}]})).toEqual([[data, ofType(type), ...everything ? [] : [from(values)]]]);
	});

	test.each([
		['Equals', 'equals'],
		['StartsWith', 'startsWith'],
		['EndsWith', 'endsWith'],
		['NotEquals', 'notEquals'],
		['NotStartsWith', 'notStartsWith'],
		['NotEndsWith', 'notEndsWith'],
	])('advanced: the condition %s stays what it is', (written, key) => {
		const page = {AdvancedEventSelectors: [{Name: 'one', FieldSelectors: [{Field: 'eventCategory', Equals: ['Data']}, {Field: 'resources.ARN', [written]: ['arn:aws:s3:::logs/']}]}]};
		expect(selectorsIn(page)).toEqual([[data, {...none, field: 'resources.ARN', [key]: ['arn:aws:s3:::logs/']}]]);
	});
});
