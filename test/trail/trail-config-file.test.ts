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
		expect(parseTrailConfig(`${JSON.stringify(describeTrails)}\n${JSON.stringify(selectors)}`, 'x')).toMatchObject([{name: 'main', homeRegion: 'eu-west-1', multiRegion: true, globalServiceEvents: true}]);
	});

	test('get-trail and get-trail-status beside the selectors', () => {
		const pages = [{Trail: describeTrails.trailList[0]}, {IsLogging: false}, selectors];
		expect(parseTrailConfig(JSON.stringify(pages), 'x')).toMatchObject([{name: 'main', multiRegion: true, logging: false}]);
	});

	test('descriptions without selectors leave them unknown', () => {
		expect(parseTrailConfig(JSON.stringify(describeTrails), 'x').map(trail => [trail.name, trail.selectors])).toEqual([['main', null], ['other', null]]);
	});

	test('selectors alone are enough', () => {
		expect(parseTrailConfig(JSON.stringify(selectors), 'x')).toMatchObject([{name: 'main', multiRegion: null, logging: null}]);
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
