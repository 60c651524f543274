import {existsSync} from 'node:fs';
import {afterEach, describe, expect, it} from 'vitest';
import {silentTask} from '../../../source/lib/task.js';
import {partitionOf} from '../../../source/aws/session.js';
import {checkAthena} from '../../../source/trail/athena/check.js';
import {DayCache} from '../../../source/trail/athena/day-cache.js';
import {discoverTrails} from '../../../source/trail/athena/discover.js';
import type {AthenaOptions} from '../../../source/trail/athena/options.js';
import {teardownAthena, type TeardownPlan} from '../../../source/trail/athena/teardown.js';
import {type BucketFixture, bucketOf} from '../../servers/athena/bucket-fixture.js';
import {accountId, logRecord} from '../../support/trail-records.js';

const march = {start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'};

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async close => close()));
});

async function bucket(more: Parameters<typeof bucketOf>[1] = {}): Promise<BucketFixture> {
	const made = await bucketOf({'2026-03-01': [logRecord('1')]}, more);
	closing.push(made.close);
	return made;
}

const trail = (changes: Readonly<Record<string, unknown>>) => ({
	Name: 'audit', S3BucketName: 'logs', TrailARN: `arn:aws:cloudtrail:us-east-1:${accountId}:trail/audit`, HomeRegion: 'us-east-1', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, IsOrganizationTrail: false, ...changes,
});

describe('finding trails', () => {
	it('a trail with its bucket, prefix, region and owner', async () => {
		const {options} = await bucket({server: {trails: [trail({S3KeyPrefix: 'team'})]}});
		expect(await discoverTrails(options, silentTask())).toEqual([{
			name: 'audit', arn: `arn:aws:cloudtrail:us-east-1:${accountId}:trail/audit`, bucket: 'logs', prefix: 'team', isOrganization: false, organizationId: null,
			homeRegion: 'us-east-1', bucketRegion: 'us-east-1', isMultiRegion: true, hasGlobalEvents: true, ownerId: accountId,
		}]);
	});

	it('an organization\'s trail: its id is read from the bucket\'s folders', async () => {
		const {options} = await bucket({server: {trails: [trail({IsOrganizationTrail: true})]}, files: {'AWSLogs/o-abcdefghij/1/CloudTrail/x': ''}});
		expect(await discoverTrails(options, silentTask())).toMatchObject([{isOrganization: true, organizationId: 'o-abcdefghij'}]);
	});

	it.each([
		['a bucket that this profile may not see', 'HeadBucket', null],
		['a bucket that it may not list', 'ListObjectsV2', 'us-east-1'],
	])('an organization\'s trail with %s: found, its organization not known', async (_, operation, bucketRegion) => {
		const {options, server} = await bucket({server: {trails: [trail({IsOrganizationTrail: true})]}});
		server.fail({operation, code: 'AccessDenied', status: 403});
		expect(await discoverTrails(options, silentTask())).toMatchObject([{isOrganization: true, organizationId: null, bucketRegion}]);
	});

	it('trails of all regions come first', async () => {
		const {options} = await bucket({server: {trails: [trail({Name: 'a', IsMultiRegionTrail: false}), trail({Name: 'b'})]}});
		const trails = await discoverTrails(options, silentTask());
		expect(trails.map(({name}) => name)).toEqual(['b', 'a']);
	});

	it('AccessDenied on DescribeTrails', async () => {
		const {options, server} = await bucket();
		server.fail({operation: 'DescribeTrails', code: 'AccessDeniedException', message: 'no'});
		await expect(discoverTrails(options, silentTask())).rejects.toThrow(/AWS refuses cloudtrail:DescribeTrails/);
	});
});

describe('checking what Athena needs', () => {
	it('all is well: a line for each thing, none with a next step, and no query', async () => {
		const {options, server} = await bucket();
		const checks = await checkAthena(options, silentTask());
		expect(checks.map(({check, ok, next}) => [check.split(' ')[0], ok, next])).toEqual(['names', 'partition', 'log', 'logs', 'workgroup', 'database', 'table'].map(name => [name, true, null]));
		expect(server.count('StartQueryExecution')).toBe(0);
	});

	it('what is not there yet is said, and is no fault', async () => {
		const {options} = await bucket({hasTable: false});
		const checks = await checkAthena(options, silentTask());
		expect(checks.filter(({ok}) => !ok)).toEqual([]);
		expect(checks.slice(-2).map(({detail}) => detail)).toEqual([expect.stringMatching(/the first scan makes it \(glue:CreateDatabase\)/), expect.stringMatching(/the first scan makes it \(glue:CreateTable\)/)]);
	});

	it.each([
		['HeadBucket', /^log bucket/, 'AccessDenied'],
		['ListObjectsV2', /^logs of the account/, 'AccessDenied'],
		['GetWorkGroup', /^workgroup/, 'AccessDeniedException'],
		['GetDatabase', /^database/, 'AccessDeniedException'],
		['GetTableMetadata', /^table/, 'AccessDeniedException'],
	])('without the right to %s: that line alone says what to do', async (operation, check, code) => {
		const {options, server} = await bucket();
		server.fail({operation, code, status: operation.startsWith('Get') ? 400 : 403});
		const checks = await checkAthena(options, silentTask());
		const wrong = checks.filter(({ok}) => !ok);
		expect(wrong.map(one => [one.check, one.detail, one.next])).toEqual([[expect.stringMatching(check), expect.stringMatching(/^AWS refuses/), expect.stringMatching(/^give the profile/)]]);
	});

	it('what rests on a bucket that is not there is skipped, and says on what it rests', async () => {
		const {options, server} = await bucket();
		server.fail({operation: 'HeadBucket', code: 'NotFound', status: 404});
		const checks = await checkAthena(options, silentTask());
		expect(checks.filter(({ok}) => ok !== true).map(({check, ok, detail}) => [check, ok, detail])).toEqual([
			['log bucket (s3:ListBucket)', false, 'there is no bucket logs'], ['logs of the account (s3:ListBucket)', 'skipped', 'needs: log bucket (s3:ListBucket)'],
		]);
	});

	it('a region of another partition', async () => {
		const {options} = await bucket({source: {partition: 'aws-cn'}});
		const checks = await checkAthena(options, silentTask());
		expect(checks.filter(({ok}) => !ok)).toMatchObject([{check: 'partition', next: 'name a region of aws-cn'}]);
	});

	it.each([['us-east-1', 'aws'], ['us-gov-west-1', 'aws-us-gov'], ['cn-north-1', 'aws-cn'], ['us-isob-east-1', 'aws-iso-b']])('%s is a region of %s', (region, partition) => {
		expect(partitionOf(region)).toBe(partition);
	});
});

/** What a teardown says that it would do, to which the user then does not agree. */
async function planOf(options: AthenaOptions): Promise<TeardownPlan> {
	const plans: TeardownPlan[] = [];
	expect(await teardownAthena(options, async plan => {
		plans.push(plan);
		return false;
	}, silentTask())).toBe(false);
	return plans[0] ?? expect.fail('no plan was told');
}

describe('teardown', () => {
	it('says what it would remove and keep, and changes nothing', async () => {
		const {options, server} = await bucket();
		const {removes, keeps} = await planOf(options);
		expect(removes).toEqual(['the table cloudtracker_tui.cloudtrail (the logs that it shows stay)', 'the database cloudtracker_tui', expect.stringMatching(/^what was kept of Athena's answers/)]);
		expect(keeps.at(-1)).toBe('the logs and their bucket');
		expect(server.count('StartQueryExecution')).toBe(0);
	});

	it('removes what was made, where the user agrees', async () => {
		const {options, server, source} = await bucket();
		await source.usage(march, silentTask());
		expect(await teardownAthena(options, async () => false, silentTask())).toBe(false);
		expect(server.catalog.databases.size).toBe(1);
		expect(await teardownAthena(options, async () => true, silentTask())).toBe(true);
		expect(server.catalog.databases.size).toBe(0);
		expect(existsSync(new DayCache(options).folder)).toBe(false);
	});

	it('leaves a table that somebody else has made, and its database', async () => {
		const {options, server} = await bucket();
		const parameters = server.catalog.databases.get('cloudtracker_tui')?.tables.get('cloudtrail')?.parameters;
		delete parameters?.['created-by'];
		expect(await teardownAthena(options, async () => true, silentTask())).toBe(true);
		expect(server.catalog.databases.get('cloudtracker_tui')?.tables.size).toBe(1);
	});

	it('leaves the database where other tables are in it', async () => {
		const {options, server} = await bucket();
		const tables = server.catalog.databases.get('cloudtracker_tui')?.tables;
		tables?.set('another', tables.get('cloudtrail')!);
		const {keeps} = await planOf(options);
		expect(keeps).toContainEqual('the database cloudtracker_tui: it holds another too');
		await teardownAthena(options, async () => true, silentTask());
		expect([...server.catalog.databases.get('cloudtracker_tui')?.tables.keys() ?? []]).toEqual(['another']);
	});

	it('where nothing was made removes what was kept alone', async () => {
		const {options} = await bucket({hasTable: false});
		const {removes} = await planOf(options);
		expect(removes).toHaveLength(1);
	});
});
