import {Buffer} from 'node:buffer';
import {readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import type {Window} from '../../../source/domain/window.js';
import {silentTask} from '../../../source/lib/task.js';
import type {AthenaOptions, ScanEstimate, ScanReport} from '../../../source/trail/athena/options.js';
import {openAthenaSource} from '../../../source/trail/athena/source.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {type BucketFixture, bucketOf, home} from '../../servers/athena/bucket-fixture.js';
import {accountId, eventCounts, logRecord, type LogRecord, roleIdentity, totalEvents} from '../../support/trail-records.js';

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async close => close()));
});

async function bucket(days: Readonly<Record<string, readonly LogRecord[]>>, source: Partial<AthenaOptions> = {}, pageRows = 1000): Promise<BucketFixture> {
	const made = await bucketOf(days, {source, server: {pageRows}});
	closing.push(made.close);
	return made;
}

const at = (id: string, eventTime: string, changes: LogRecord = {}) => logRecord(id, {eventTime, ...changes});

const window = (start: string, end: string): Window => ({start: `${start}T00:00:00Z`, end: `${end}T00:00:00Z`});

/** The ranges of folders that a scan reads: "2026/03/01-2026/03/03". */
function foldersOf(sql: string | undefined): string[] {
	return [...(sql ?? '').matchAll(/"timestamp" >= '([\d/]+)' AND "timestamp" <= '([\d/]+)'/g)].map(([, first, last]) => `${first}-${last}`);
}

const threeDays = {
	'2026-03-01': [at('1', '2026-03-01T10:00:00Z')],
	'2026-03-02': [at('2', '2026-03-02T10:00:00Z'), at('late', '2026-03-01T23:59:58Z')],
	'2026-03-03': [at('3', '2026-03-03T10:00:00Z')],
};

describe('one scan answers for the whole account', () => {
	it('50 principals, 1 query on the wire', async () => {
		const records = Array.from({length: 50}, (_, index) => at(String(index), '2026-03-01T10:00:00Z', {userIdentity: roleIdentity(`role${index}`, 'me')}));
		const {source, server} = await bucket({'2026-03-01': records});
		const {rows} = await source.usage(window('2026-03-01', '2026-03-02'), silentTask());
		expect(new Set(rows.map(({issuerArn}) => issuerArn)).size).toBe(50);
		expect(server.count('StartQueryExecution')).toBe(1);
	});

	it('results of many pages are read to the end, the header once', async () => {
		const records = Array.from({length: 25}, (_, index) => at(String(index), '2026-03-01T10:00:00Z', {eventName: `Call${index}`}));
		const {source, server} = await bucket({'2026-03-01': records}, {}, 10);
		const {rows} = await source.usage(window('2026-03-01', '2026-03-02'), silentTask());
		expect(Object.keys(eventCounts(rows))).toHaveLength(25);
		expect(server.count('GetQueryResults')).toBe(3);
	});

	it('the same event delivered twice, in two folders, counts once', async () => {
		const twice = at('twice', '2026-03-01T23:59:00Z');
		const {source} = await bucket({'2026-03-01': [twice], '2026-03-02': [twice]});
		const {rows} = await source.usage(window('2026-03-01', '2026-03-03'), silentTask());
		expect(totalEvents(rows)).toBe(1);
	});

	it('many days of one kind of event come in one row of the results', async () => {
		const days = Object.fromEntries(Array.from({length: 20}, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`).map(day => [day, [at(day, `${day}T10:00:00Z`)]]));
		const {source, server} = await bucket(days, {}, 2);
		const usage = await source.usage(window('2026-03-01', '2026-04-01'), silentTask());
		expect(usage.days).toHaveLength(20);
		expect(server.count('GetQueryResults')).toBe(1);
	});

	it('answers as the files source does', async () => {
		const {source, folder, options} = await bucket({
			...threeDays,
			'2026-03-04': [at('4', '2026-03-04T00:00:00Z', {errorCode: 'AccessDenied', errorMessage: 'no, [x] is "not"'}), at('5', '2026-03-04T01:00:00Z', {eventName: 'a, b] [c'})],
		});
		const files = openFilesSource({path: folder, accountId, cacheFolder: options.cacheFolder});
		const all = window('2026-03-01', '2026-04-01');
		const [athena, disk] = await Promise.all([source.usage(all, silentTask()), files.usage(all, silentTask())]);
		expect(athena).toEqual({...disk, source: 'athena', location: 'cloudtracker_tui.cloudtrail', files: 0});
	});
});

describe('what was asked is kept by UTC day', () => {
	it('a second start with the same window asks only for today and yesterday', async () => {
		const now = () => new Date('2026-03-03T12:00:00Z');
		const {source, server, options} = await bucket(threeDays, {now});
		const first = await source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		const again = openAthenaSource(options);
		closing.push(async () => again.close());
		expect(await again.usage(window('2026-03-01', '2026-03-04'), silentTask())).toEqual(first);
		expect(server.scans.map(sql => foldersOf(sql))).toEqual([['2026/03/01-2026/03/04'], ['2026/03/02-2026/03/04']]);
	});

	it('a longer window asks only for what is missing', async () => {
		const {source, server} = await bucket(threeDays);
		const short = await source.usage(window('2026-03-02', '2026-03-05'), silentTask());
		expect(totalEvents(short.rows)).toBe(2);
		const long = await source.usage(window('2026-03-01', '2026-03-07'), silentTask());
		expect(totalEvents(long.rows)).toBe(4);
		expect(server.scans.map(sql => foldersOf(sql))).toEqual([['2026/03/02-2026/03/05'], ['2026/03/01-2026/03/02', '2026/03/05-2026/03/07']]);
	});

	it('a shorter window asks nothing, nor is AWS asked for anything else', async () => {
		const {source, server} = await bucket(threeDays);
		await source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		const before = server.requests.length;
		const {rows} = await source.usage(window('2026-03-02', '2026-03-04'), silentTask());
		expect(totalEvents(rows)).toBe(2);
		expect(server.requests).toHaveLength(before);
	});

	it.each([
		['a day that was asked within a day of its end is asked again: logs may come late', '2026-03-03T23:30:00Z', '2026-03-02'],
		['a day that was asked a day after its end is not', '2026-03-04T00:30:00Z', '2026-03-03'],
	])('%s', async (_, time, first) => {
		const {source, server, options} = await bucket(threeDays, {now: () => new Date(time)});
		await source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		const again = openAthenaSource({...options, now: () => new Date('2026-03-04T20:00:00Z')});
		closing.push(async () => again.close());
		await again.usage(window('2026-03-01', '2026-03-04'), silentTask());
		expect(foldersOf(server.scans[1])).toEqual([`${first.replaceAll('-', '/')}-2026/03/04`]);
	});

	it('what today\'s question finds takes the place of what an earlier one found', async () => {
		const {source, options, add} = await bucket(threeDays, {now: () => new Date('2026-03-03T12:00:00Z')});
		await source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		await add('2026-03-03', [at('new', '2026-03-03T11:59:00Z')]);
		const again = openAthenaSource(options);
		closing.push(async () => again.close());
		const {rows} = await again.usage(window('2026-03-01', '2026-03-04'), silentTask());
		expect(totalEvents(rows)).toBe(5);
	});

	it('days that have not come are not asked', async () => {
		const {source, server} = await bucket(threeDays, {now: () => new Date('2026-03-03T12:00:00Z')});
		await source.usage(window('2026-03-01', '2027-01-01'), silentTask());
		expect(foldersOf(server.scans[0])).toEqual(['2026/03/01-2026/03/04']);
	});

	it('days without events are known to be such', async () => {
		const {source, server} = await bucket(threeDays);
		await source.usage(window('2026-02-01', '2026-04-01'), silentTask());
		await source.usage(window('2026-02-01', '2026-04-01'), silentTask());
		expect(server.scans).toHaveLength(1);
	});

	it('another account, table or place keeps its own', async () => {
		const {source, server, options} = await bucket(threeDays);
		await source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		const other = openAthenaSource({...options, table: 'another'});
		closing.push(async () => other.close());
		await other.usage(window('2026-03-01', '2026-03-04'), silentTask());
		expect(server.scans).toHaveLength(2);
	});

	const storeOf = ({options}: BucketFixture): string[] => {
		const folder = path.join(options.cacheFolder, 'trails');
		return readdirSync(folder, {recursive: true}).map(name => path.join(folder, String(name))).filter(name => statSync(name).isFile());
	};

	it('files are for their owner alone, and nothing temporary stays', async () => {
		const made = await bucket(threeDays);
		await made.source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		const files = storeOf(made);
		expect(files.filter(name => name.endsWith('.parquet'))).toHaveLength(1);
		expect(files.map(name => (statSync(name).mode % 0o1000).toString(8))).toEqual(files.map(() => '600'));
		expect(files.filter(name => name.endsWith('.tmp'))).toEqual([]);
	});

	it.each<[string, (file: string) => void]>([
		['cut off', file => {
			writeFileSync(file, 'PAR1');
		}],
		['damaged but of its size', file => {
			writeFileSync(file, Buffer.alloc(statSync(file).size));
		}],
	])('what was kept and is %s is asked again', async (_, damage) => {
		const made = await bucket(threeDays);
		const first = await made.source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		for (const file of storeOf(made).filter(name => name.endsWith('.parquet'))) {
			damage(file);
		}

		expect(await made.source.usage(window('2026-03-01', '2026-03-04'), silentTask())).toEqual(first);
		expect(made.server.scans).toHaveLength(2);
	});
});

describe('named events read little', () => {
	it('samples ask the last day on which each row was seen, once', async () => {
		const {source, server} = await bucket(threeDays);
		const all = window('2026-03-01', '2026-03-04');
		await source.usage(all, silentTask());
		const [row] = await source.samples(all, ['s3.amazonaws.com:ListBuckets'], silentTask());
		expect([row?.count, row?.sample.eventId]).toEqual([4, '3']);
		await source.samples(all, ['s3.amazonaws.com:ListBuckets'], silentTask());
		expect(server.scans.map(sql => foldersOf(sql))).toEqual([['2026/03/01-2026/03/04'], ['2026/03/03-2026/03/04']]);
	});

	it('calls ask the days on which they were seen; none seen, nothing asked', async () => {
		const put = (id: string, time: string) => at(id, time, {eventSource: 'iam.amazonaws.com', eventName: 'PutUserPolicy', requestParameters: {userName: 'bob'}});
		const {source, server} = await bucket({...threeDays, '2026-03-02': [put('p', '2026-03-02T09:00:00Z')]});
		const all = window('2026-03-01', '2026-03-04');
		expect(await source.calls(all, ['iam.amazonaws.com:PutUserPolicy'], silentTask())).toMatchObject([{eventId: 'p', parameters: {userName: 'bob'}}]);
		expect(await source.calls(all, ['iam.amazonaws.com:DetachUserPolicy'], silentTask())).toEqual([]);
		expect(server.scans.map(sql => foldersOf(sql))).toEqual([['2026/03/01-2026/03/04'], ['2026/03/02-2026/03/03']]);
	});
});

describe('cost', () => {
	it('the first scan is asked for, with the bytes and files of its folders', async () => {
		const asked: ScanEstimate[] = [];
		const made = await bucket(threeDays, {async confirm(estimate) {
			asked.push(estimate);
			return true;
		}});
		await made.source.usage(window('2026-03-01', '2026-03-02'), silentTask());
		const bytes = made.sizeOf('2026-03-01') + made.sizeOf('2026-03-02');
		expect(asked).toEqual([{bytes, files: 2, dollars: 10 * 2 ** 20 / 2 ** 40 * 5, firstDay: '2026-03-01', lastDay: '2026-03-01', days: 1, knownDays: 0}]);
		await made.source.usage(window('2026-03-01', '2026-03-04'), silentTask());
		expect(asked).toHaveLength(1);
	});

	it('where the user does not agree nothing is scanned', async () => {
		const {source, server} = await bucket(threeDays, {confirm: async () => false});
		await expect(source.usage(window('2026-03-01', '2026-03-04'), silentTask())).rejects.toThrow(/not agreed to, nothing was read/);
		expect(server.scans).toEqual([]);
		// Nor is anything made for it: no database, no table.
		expect(server.count('StartQueryExecution')).toBe(0);
	});

	it('a scan above the limit is refused, and not even asked for', async () => {
		const {source, server} = await bucket(threeDays, {maxScanBytes: 100, async confirm() {
			throw new Error('asked');
		}});
		await expect(source.usage(window('2026-03-01', '2026-03-04'), silentTask())).rejects.toThrow(/more than the 100 bytes that --max-scan allows/);
		expect(server.scans).toEqual([]);
	});

	it('a scan above the workgroup\'s own limit is refused before it is paid for', async () => {
		const {source, server} = await bucket(threeDays);
		server.workgroups.set('primary', {Configuration: {ResultConfiguration: {OutputLocation: 's3://r/'}, BytesScannedCutoffPerQuery: 100}});
		await expect(source.usage(window('2026-03-01', '2026-03-04'), silentTask())).rejects.toThrow(/workgroup primary allows/);
		expect(server.scans).toEqual([]);
	});

	it('after a scan bytes and dollars are told', async () => {
		const reports: ScanReport[] = [];
		const made = await bucket(threeDays, {onScan(report) {
			reports.push(report);
		}});
		const stages: string[] = [];
		await made.source.usage(window('2026-03-01', '2026-03-02'), {signal: new AbortController().signal, progress({stage, bytes}) {
			stages.push(`${stage} ${bytes ?? '-'}`);
		}});
		const bytes = made.sizeOf('2026-03-01') + made.sizeOf('2026-03-02');
		expect(reports).toMatchObject([{bytes, reused: false}]);
		expect(stages).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(String.raw`^Athena: succeeded for \d+ s ${bytes}$`)), expect.stringMatching(/^Athena has scanned .* for \$0\.000048 /)]));
	});

	it('a listing of many pages is read to the end', async () => {
		const many = Object.fromEntries(Array.from({length: 1100}, (_, index) => [`${home}/us-east-1/2026/03/01/${String(index).padStart(5, '0')}.json.gz`, '']));
		const asked: ScanEstimate[] = [];
		const made = await bucketOf({}, {files: many, source: {async confirm(estimate) {
			asked.push(estimate);
			return false;
		}}});
		closing.push(made.close);
		await expect(made.source.usage(window('2026-03-01', '2026-03-02'), silentTask())).rejects.toThrow(/not agreed to/);
		expect(asked).toMatchObject([{files: 1100}]);
		expect(made.server.count('StartQueryExecution')).toBe(0);
	});
});
