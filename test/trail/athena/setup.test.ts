import {mkdtempSync, rmSync} from 'node:fs';
import {mkdir, readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {createTableSql, tableProperties} from '../../../source/trail/athena/ddl.js';
import type {AthenaOptions} from '../../../source/trail/athena/options.js';
import {isObject} from '../../../source/lib/json-fields.js';
import {silentTask} from '../../../source/lib/task.js';
import {makeTable, serveTrail, type ServedSource} from '../../servers/athena/athena-source.js';
import type {AthenaServer} from '../../servers/athena/server.js';
import {accountId, logRecord, logText, totalEvents, type TrailFiles, wholeWindow, writeTrail} from '../../support/trail-records.js';

const march = {start: '2026-03-01T00:00:00Z', end: '2026-04-01T00:00:00Z'};

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async close => close()));
});

/** A log file of an account and region on a day. */
function fileOf(place: string, day: string, records: readonly unknown[]): TrailFiles {
	return {[`${place}/${day.replaceAll('-', '/')}/${accountId}_CloudTrail_x_${day.replaceAll('-', '')}T1000Z_abcdefghijklmnop.json.gz`]: logText(records)};
}

const home = `AWSLogs/${accountId}/CloudTrail`;

const oneFile = fileOf(`${home}/us-east-1`, '2026-03-01', [logRecord('1')]);

/** Serves files as a bucket. */
async function served(files: TrailFiles, more: Parameters<typeof serveTrail>[1] = {}): Promise<ServedSource> {
	const folder = mkdtempSync(path.join(tmpdir(), 'ct-bucket-'));
	await mkdir(folder, {recursive: true});
	await writeTrail(folder, files);
	const one = await serveTrail(folder, more);
	closing.push(async () => {
		await one.close();
		rmSync(folder, {recursive: true, force: true});
	});
	return one;
}

const events = async ({source}: ServedSource, window = march): Promise<number> => {
	const {rows} = await source.usage(window, silentTask());
	return totalEvents(rows);
};

const tableOf = (server: AthenaServer) => server.catalog.databases.get('cloudtracker_tui')?.tables.get('cloudtrail');

describe('setting Athena up', () => {
	it('the first question makes database and table, the second makes nothing', async () => {
		const one = await served(oneFile, {hasTable: false});
		expect(await events(one)).toBe(1);
		expect(tableOf(one.server)?.parameters).toMatchObject({'created-by': 'cloudtracker-tui', 'projection.account.values': accountId, 'projection.region.values': 'us-east-1'});
		expect(one.server.count('StartQueryExecution')).toBe(3);
		await events(one, wholeWindow);
		expect(one.server.requests.filter(({body}) => String(body.QueryString).startsWith('CREATE'))).toHaveLength(2);
	});

	it('a database that exists is not made', async () => {
		const one = await served(oneFile, {hasTable: false});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		expect(await events(one)).toBe(1);
		expect(one.server.requests.map(({body}) => String(body.QueryString)).filter(sql => sql.startsWith('CREATE DATABASE'))).toEqual([]);
	});

	it.each<[string, string, Partial<AthenaOptions>]>([
		['at the bucket\'s top', home, {}],
		['below a prefix', `audit/trail/${home}`, {prefix: 'audit/trail'}],
		['of an organization', `AWSLogs/o-abcdefghij/${accountId}/CloudTrail`, {organizationId: 'o-abcdefghij'}],
		['of an organization, below a prefix', `audit/AWSLogs/o-abcdefghij/${accountId}/CloudTrail`, {organizationId: 'o-abcdefghij', prefix: '/audit/'}],
	])('logs %s are found', async (_, place, source) => {
		const one = await served({...fileOf(`${place}/us-east-1`, '2026-03-01', [logRecord('1')]), ...fileOf(`${place}/eu-west-1`, '2026-03-02', [logRecord('2', {eventTime: '2026-03-02T10:00:00Z'})])}, {source, hasTable: false});
		expect(await events(one)).toBe(2);
		expect(tableOf(one.server)?.parameters['projection.region.values']).toBe('eu-west-1,us-east-1');
	});

	it.each([['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('in %s the regions are those of the bucket', async (partition, region) => {
		const one = await served(fileOf(`${home}/${region}`, '2026-03-01', [logRecord('1')]), {source: {partition, region}, server: {region}, hasTable: false});
		expect(await events(one)).toBe(1);
		expect(tableOf(one.server)?.parameters['projection.region.values']).toBe(region);
	});

	it('the organization\'s table serves each account of it, and reads only the asked one\'s logs', async () => {
		const place = 'AWSLogs/o-abcdefghij';
		const other = '444455556666';
		const one = await served({
			...fileOf(`${place}/${accountId}/CloudTrail/us-east-1`, '2026-03-01', [logRecord('1')]),
			...fileOf(`${place}/${other}/CloudTrail/us-east-1`, '2026-03-01', [logRecord('2'), logRecord('3')]),
		}, {source: {organizationId: 'o-abcdefghij'}, hasTable: false});
		expect(await events(one)).toBe(1);
		expect(tableOf(one.server)?.parameters['projection.account.values']).toBe(`${accountId},${other}`);
	});

	it('a region that is new in the bucket is added to our table', async () => {
		const one = await served({...oneFile, ...fileOf(`${home}/eu-west-1`, '2026-03-02', [logRecord('2', {eventTime: '2026-03-02T10:00:00Z'})])});
		expect(await events(one)).toBe(2);
		expect(tableOf(one.server)?.parameters['projection.region.values']).toBe('eu-west-1,us-east-1');
	});

	it.each<[string, (options: AthenaOptions) => string, RegExp]>([
		['another place', options => createTableSql({...options, prefix: 'elsewhere'}, [accountId], ['us-east-1']), /location is s3:\/\/logs\/elsewhere\/AWSLogs\/, not s3:\/\/logs\/AWSLogs\//],
		['another template', options => createTableSql(options, [accountId], ['us-east-1']).replace('{timestamp}/', '{timestamp}//'), /storage\.location\.template/],
		['other partitions', options => createTableSql(options, [accountId], ['us-east-1']).replace('`account` string, ', ''), /partitioned by region, timestamp, not by account/],
		['a range that begins too late', options => createTableSql(options, [accountId], ['us-east-1']).replace('2013/11/01', '2026/03/15'), /range is 2026\/03\/15,NOW/],
		['a range that has ended', options => createTableSql(options, [accountId], ['us-east-1']).replace(',NOW', ',2026/03/15'), /must begin by 2026\/03\/01 and end NOW/],
		['a range that ends before today', options => createTableSql(options, [accountId], ['us-east-1']).replace(',NOW', ',NOW-7DAYS'), /range is 2013\/11\/01,NOW-7DAYS/],
		['a column too few', options => createTableSql(options, [accountId], ['us-east-1']).replace('\t`sharedeventid` string,\n', ''), /no column sharedeventid/],
		['another type of identity', options => createTableSql(options, [accountId], ['us-east-1']).replace('sessionissuer:struct<type:string', 'issuer:struct<type:string'), /useridentity has no sessionissuer/],
		['a region too few, in a table of others', options => createTableSql(options, [accountId], ['eu-west-1']).replace('\'created-by\'=\'cloudtracker-tui\',', ''), /projection\.region\.values lacks us-east-1/],
		['blanks in its regions, in a table of others', options => createTableSql(options, [accountId], ['eu-west-1', ' us-east-1']).replace('\'created-by\'=\'cloudtracker-tui\',', ''), /projection\.region\.values lacks us-east-1/],
	])('a table with %s is an error that says so, and nothing is scanned', async (_, sql, message) => {
		const one = await served(oneFile, {hasTable: false});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		one.server.catalog.run(sql(one.options));
		await expect(events(one)).rejects.toThrow(message);
		expect(one.server.scans).toEqual([]);
	});

	it.each(['NOW+1DAY', ' now + 2 DAYS'])('a table whose range ends %s misses no day', async end => {
		const one = await served(oneFile, {hasTable: false});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		one.server.catalog.run(createTableSql(one.options, [accountId], ['us-east-1']).replace(',NOW', `,${end}`));
		expect(await events(one)).toBe(1);
	});

	it('with --skip-setup the table is taken as it is: no check, no statement but the scan', async () => {
		const one = await served(oneFile, {hasTable: false, source: {skipSetup: true}});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		one.server.catalog.run(createTableSql(one.options, [accountId], ['us-east-1', 'moon-1']).replace('2013/11/01', '2026/02/15').replace('\t`managementevent` string,\n', ''));
		expect(await events(one)).toBe(1);
		expect(one.server.count('StartQueryExecution')).toBe(1);
	});

	describe('with --skip-setup the estimate is of what the table itself reads', () => {
		const other = 'AWSLogs/444455556666/CloudTrail';
		const files = {
			...oneFile, ...fileOf(`${home}/us-east-1`, '2026-03-05', [logRecord('2')]), ...fileOf(`${other}/eu-west-1`, '2026-03-01', [logRecord('3')]),
			...fileOf(`moved/${home}/us-east-1`, '2026-03-01', [logRecord('4')]), ...fileOf('lake/us-east-1', '2025-01-01', [logRecord('5')]), ...fileOf('lake/us-east-1', '2026-03-01', [logRecord('6')]),
		};
		const withoutAccounts = (sql: string) => sql.replace('`account` string, ', '').replace(/\/\${account}\//, `/${accountId}/`);

		it.each<[string, (sql: string) => string, number]>([
			['a table with accounts in its partitions reads those of one', sql => sql, 1],
			['without, all accounts below its location', sql => sql.replace('`account` string, ', ''), 2],
			['but one, where its location names it', sql => withoutAccounts(sql).replaceAll('s3://logs/AWSLogs/', `s3://logs/AWSLogs/${accountId}/`).replace(`${accountId}/${accountId}`, accountId), 1],
			['of another prefix', sql => sql.replaceAll('s3://logs/AWSLogs/', 's3://logs/moved/AWSLogs/'), 1],
			['of a folder that is no trail\'s, all below it at most', sql => sql.replaceAll('s3://logs/AWSLogs/', 's3://logs/lake/').replace(/\${account}\/CloudTrail\//, ''), 2],
		])('%s', async (_, change, expected) => {
			const asked: number[] = [];
			const one = await served(files, {hasTable: false, source: {skipSetup: true, async confirm(estimate) {
				asked.push(estimate.files);
				return false;
			}}});
			one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
			one.server.catalog.run(change(createTableSql(one.options, [accountId], ['us-east-1'])));
			await expect(one.source.usage({start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'}, silentTask())).rejects.toThrow('not agreed to');
			expect(asked).toEqual([expected]);
		});
	});

	it('with --skip-setup a table that is missing is an error', async () => {
		const one = await served(oneFile, {hasTable: false, source: {skipSetup: true}});
		await expect(events(one)).rejects.toThrow(/no table cloudtracker_tui\.cloudtrail, and with --skip-setup none is made/);
	});

	it('with --skip-setup a table without days in its partitions is an error: every question would read all', async () => {
		const one = await served(oneFile, {hasTable: false, source: {skipSetup: true}});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		one.server.catalog.run(createTableSql(one.options, [accountId], ['us-east-1']).replace(', `timestamp` string', ''));
		await expect(events(one)).rejects.toThrow(/no partition that tells the day/);
	});

	it.each<[string, Partial<AthenaOptions>, RegExp]>([
		['a name that Athena does not know', {table: 'my-table'}, /"my-table" cannot be the name/],
		['a name that is SQL', {database: 'a`; DROP'}, /cannot be the name/],
		['a prefix that ends a text', {prefix: 'a\'b'}, /is no place of a trail/],
		['a prefix with an empty part', {prefix: 'a//b'}, /is no place of a trail/],
		['an organization that is none', {organizationId: 'acme'}, /is no place of a trail/],
	])('%s is an error before anything is sent', async (_, source, message) => {
		const one = await served(oneFile, {hasTable: false, source});
		await expect(events(one)).rejects.toThrow(message);
		expect(one.server.requests).toEqual([]);
	});

	it('the properties hold no blank: for Athena it would be part of a value', () => {
		const properties = Object.fromEntries(tableProperties({bucket: 'b', prefix: '', organizationId: null}, [accountId, '444455556666'], ['a', 'b']));
		expect(properties['projection.account.values']).toBe(`${accountId},444455556666`);
		expect(properties['projection.region.values']).toBe('a,b');
	});
});

describe('where results go', () => {
	const outputs = (server: AthenaServer) => server.requests.filter(({operation}) => operation === 'StartQueryExecution').map(({body}) => isObject(body.ResultConfiguration) ? body.ResultConfiguration.OutputLocation : undefined);

	it.each<[string, Record<string, unknown>, string | null, string | undefined]>([
		['the workgroup enforces its own', {EnforceWorkGroupConfiguration: true, ResultConfiguration: {OutputLocation: 's3://enforced/'}}, 's3://mine', undefined],
		['the workgroup has one, the account none', {ResultConfiguration: {OutputLocation: 's3://group/'}}, null, undefined],
		['the account has one, the workgroup does not enforce its own', {ResultConfiguration: {OutputLocation: 's3://group/'}}, 's3://mine', 's3://mine/'],
		['results are managed by Athena', {ManagedQueryResultsConfiguration: {Enabled: true}}, 's3://mine', undefined],
		['nobody has one: the console\'s', {}, null, `s3://aws-athena-query-results-${accountId}-us-east-1/`],
	])('%s', async (_, configuration, outputLocation, expected) => {
		const results = mkdtempSync(path.join(tmpdir(), 'ct-results-'));
		const one = await served(oneFile, {source: {outputLocation}});
		closing.push(async () => {
			rmSync(results, {recursive: true, force: true});
		});
		one.server.addBucket(`aws-athena-query-results-${accountId}-us-east-1`, results);
		one.server.workgroups.set('primary', {Configuration: configuration});
		expect(await events(one)).toBe(1);
		expect(outputs(one.server)).toEqual([expected]);
	});

	it('the console\'s place is told as such', async () => {
		const one = await served(oneFile);
		one.server.addBucket(`aws-athena-query-results-${accountId}-us-east-1`, one.options.cacheFolder);
		one.server.workgroups.set('primary', {Configuration: {}});
		const {warnings} = await one.source.usage(march, silentTask());
		expect(warnings.map(({code}) => code)).toEqual(['athena-results']);
	});

	it.each([['Athena engine version 3', true], ['Athena engine version 2', false]])('results are reused where the engine can: %s', async (version, expected) => {
		const one = await served(oneFile);
		one.server.workgroups.set('primary', {Configuration: {ResultConfiguration: {OutputLocation: 's3://r/'}, EngineVersion: {EffectiveEngineVersion: version}}});
		await events(one);
		expect(one.server.requests.some(({body}) => body.ResultReuseConfiguration !== undefined)).toBe(expected);
	});
});

describe('setting up again', () => {
	it('a longer window is held against the table\'s range, too', async () => {
		const one = await served({...oneFile, ...fileOf(`${home}/us-east-1`, '2026-03-20', [logRecord('2', {eventTime: '2026-03-20T10:00:00Z'})])}, {hasTable: false});
		one.server.catalog.run('CREATE DATABASE `cloudtracker_tui`');
		one.server.catalog.run(createTableSql(one.options, [accountId], ['us-east-1']).replace('2013/11/01', '2026/03/10'));
		expect(await events(one, {start: '2026-03-15T00:00:00Z', end: '2026-04-01T00:00:00Z'})).toBe(1);
		await expect(events(one)).rejects.toThrow(/range is 2026\/03\/10,NOW: it must begin by 2026\/03\/01/);
		expect(one.server.scans).toHaveLength(1);
	});

	it('another UTC day holds the table against the bucket again', async () => {
		let now = new Date('2026-03-10T12:00:00Z');
		const one = await served(oneFile, {source: {now: () => now}});
		expect(await events(one)).toBe(1);
		tableOf(one.server)!.parameters['projection.timestamp.range'] = '2013/11/01,2026/03/10';
		now = new Date('2026-03-11T12:00:00Z');
		await expect(events(one)).rejects.toThrow(/range is 2013\/11\/01,2026\/03\/10/);
	});

	it('the same UTC day and a later day look at the table no more', async () => {
		const tenth = fileOf(`${home}/us-east-1`, '2026-03-10', [logRecord('1', {eventTime: '2026-03-10T10:00:00Z'})]);
		const one = await served(tenth, {source: {now: () => new Date('2026-03-10T12:00:00Z')}});
		await events(one);
		const looked = one.server.count('GetTableMetadata');
		await events(one, {start: '2026-03-05T00:00:00Z', end: '2026-03-11T00:00:00Z'});
		expect(one.server.count('GetTableMetadata')).toBe(looked);
		expect(one.server.scans).toHaveLength(2);
	});

	it('makeTable of the tests makes what the program would', async () => {
		const [byProgram, byTest] = await Promise.all([served(oneFile, {hasTable: false}), served(oneFile, {hasTable: false})]);
		await events(byProgram);
		makeTable(byTest.server, byTest.options);
		expect(tableOf(byTest.server)).toEqual(tableOf(byProgram.server));
	});
});

describe('docs/athena.md', () => {
	it('names the right for every call that is made', async () => {
		const one = await served(oneFile, {hasTable: false});
		await events(one);
		const text = await readFile(new URL('../../../docs/athena.md', import.meta.url), 'utf8');
		const rights: Readonly<Record<string, string>> = {HeadBucket: 's3:ListBucket', ListObjectsV2: 's3:ListBucket'};
		const called = new Set(one.server.requests.map(({operation}) => rights[operation] ?? `athena:${operation}`));
		expect([...called].filter(right => !text.includes(`\`${right}\``))).toEqual([]);
		expect(called.size).toBeGreaterThan(5);
	});
});
