import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {CancelledError, UserError} from '../../../source/lib/errors.js';
import {silentTask, type Progress} from '../../../source/lib/task.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {checkOpenSearch} from '../../../source/trail/opensearch/check.js';
import {ingestLines, ingestOpenSearch} from '../../../source/trail/opensearch/ingest/ingest.js';
import {openOpenSearchSource} from '../../../source/trail/opensearch/source.js';
import {byRole} from '../../contract/usage-source.js';
import {lacking, startOpenSearch, type TestServer} from '../../servers/opensearch/server.js';
import {accountId, inTemporaryFolder, logRecord, logText, type LogRecord, roleIdentity, totalEvents, wholeWindow, writeTrail} from '../../support/trail-records.js';
import {newIndex, send} from './server-for-tests.js';

const reason = await lacking();

// A server that starts twice on a busy machine.
vi.setConfig({testTimeout: 300_000, hookTimeout: 300_000});

/** Records of one file: each user of some makes calls of some kinds, a role in sessions of its own, some of them fail. */
function manyRecords(file: number, count: number): LogRecord[] {
	return Array.from({length: count}, (_, place) => {
		const name = `user${(file + place) % 7}`;
		const time = new Date(Date.parse('2026-03-01T00:00:00Z') + (file * count + place) * 1000).toISOString().slice(0, 19);
		return logRecord(`${file}-${place}`, {
			eventTime: `${time}Z`,
			eventName: `Call${place % 11}`,
			userIdentity: place % 3 === 0 ? roleIdentity('deploy', `session-${file}-${place}`) : {type: 'IAMUser', principalId: `AIDA${name.toUpperCase()}`, arn: `arn:aws:iam::${accountId}:user/${name}`, accountId},
			...place % 5 === 0 ? {errorCode: 'AccessDenied', errorMessage: `User: ${name} is not authorized to perform: s3:Call${place % 11} on resource: r-${file}-${place}`} : {},
			requestParameters: {bucketName: 'b'.repeat(200)},
		});
	});
}

async function writeMany(folder: string, files: number, records: number): Promise<void> {
	await mkdir(folder, {recursive: true});
	await Promise.all(Array.from({length: files}, async (_, file) => writeFile(path.join(folder, `${String(file).padStart(3, '0')}.json.gz`), gzipSync(logText(manyRecords(file, records)), {level: 1}))));
}

describe.skipIf(reason !== undefined)(`loading into OpenSearch (skipped where Java or Maven are not: ${reason ?? 'they are here'})`, () => {
	// A server of its own: it is killed on the way.
	let server: TestServer;
	beforeAll(async () => {
		server = await startOpenSearch();
	});
	afterAll(async () => {
		await server.close();
	});

	const target = (index: string) => ({url: server.url, index, auth: {kind: 'none'}, caFile: null} as const);
	const usageOf = async (index: string) => {
		const source = openOpenSearchSource({...target(index), accountId, keyPrefix: null, timestampField: null});
		const usage = await source.usage(wholeWindow, silentTask());
		await source.close();
		return usage;
	};

	const inOrder = (rows: readonly unknown[]) => rows.map(row => JSON.stringify(row)).toSorted();

	it('loses nothing and doubles nothing when the server is killed and started again on the way', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeMany(trail, 12, 1500);
			const index = newIndex();
			const stages: string[] = [];
			let restarted: Promise<void> | undefined;
			const restart = async () => {
				await server.kill();
				await server.start();
			};

			const report = await ingestOpenSearch({...target(index), path: trail, cacheFolder: path.join(folder, 'cache')}, {signal: new AbortController().signal, progress({stage, done}: Progress) {
				stages.push(stage);
				if (done >= 5) {
					restarted ??= restart();
				}
			}});
			await restarted;
			expect(stages.some(stage => stage.startsWith('waiting for the server'))).toBe(true);
			expect(report).toMatchObject({files: 12, records: 18_000, failed: [], unreadable: [], after: 18_000});
			expect(report.created + report.existing).toBe(18_000);

			const files = openFilesSource({path: trail, accountId, cacheFolder: path.join(folder, 'store')});
			const expected = await files.usage(wholeWindow, silentTask());
			const usage = await usageOf(index);
			expect(inOrder(usage.rows)).toEqual(inOrder(expected.rows));
			expect(byRole(usage.assumptions)).toEqual(byRole(expected.assumptions));
			expect(usage).toMatchObject({accounts: expected.accounts, days: expected.days, regions: expected.regions});
		});
	});

	it('goes on where it was after it was broken off, and reads no file twice', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeMany(trail, 12, 1500);
			const options = {...target(newIndex()), path: trail, cacheFolder: path.join(folder, 'cache')};
			const controller = new AbortController();
			await expect(ingestOpenSearch(options, {signal: controller.signal, progress({done}) {
				if (done >= 3) {
					controller.abort();
				}
			}})).rejects.toBeInstanceOf(CancelledError);
			const second = await ingestOpenSearch(options, silentTask());
			expect(second.loadedBefore).toBeGreaterThanOrEqual(3);
			expect(second).toMatchObject({madeIndex: false, records: (12 - second.loadedBefore) * 1500, after: 18_000});
			const third = await ingestOpenSearch(options, silentTask());
			expect(third).toMatchObject({loadedBefore: 12, records: 0, created: 0, after: 18_000});

			// An index that was deleted and made again holds nothing of what was loaded before.
			await send(`${server.url}/${options.index}`, {method: 'DELETE'});
			expect(await ingestOpenSearch(options, silentTask())).toMatchObject({madeIndex: true, loadedBefore: 0, created: 18_000, existing: 0});
		});
	});

	it('counts what is there already, what cannot be read and what does not fit, and keeps the rest of a record that does not', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeTrail(trail, {
				'a.json.gz': logText([logRecord('1'), logRecord('1'), logRecord('2', {userIdentity: 'alice', readOnly: 'maybe', eventTime: 'yesterday', errorCode: {a: 1}})]),
				'b.json.gz': logText([logRecord('1'), logRecord(null), logRecord(null), logRecord('half \uD800', {eventName: 'x'.repeat(40_000)})]),
				'c.json.gz': 'no gzip',
			});
			const index = newIndex();
			const report = await ingestOpenSearch({...target(index), path: trail, cacheFolder: path.join(folder, 'cache')}, silentTask());
			expect(report).toMatchObject({files: 3, records: 7, created: 5, existing: 2, failed: [], after: 5});
			expect(report.unreadable).toHaveLength(1);
			expect(ingestLines(report).join('\n')).toContain('7  records read');
			const {rows} = await usageOf(index);
			expect(totalEvents(rows)).toBe(3);
		});
	});

	it('refuses a pattern, and an index that it did not make', async () => {
		await inTemporaryFolder(async folder => {
			await writeMany(folder, 1, 1);
			const other = newIndex();
			await send(`${server.url}/${other}`, {method: 'PUT', body: {}});
			const load = async (index: string) => ingestOpenSearch({...target(index), path: folder, cacheFolder: path.join(folder, 'cache')}, silentTask());
			await expect(load('logs-*')).rejects.toBeInstanceOf(UserError);
			await expect(load(other)).rejects.toThrow(/it was not made by this command/);
		});
	});

	it('asks for all usage in few requests, and doctor says what it found', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeMany(trail, 4, 2000);
			const index = newIndex();
			await ingestOpenSearch({...target(index), path: trail, cacheFolder: path.join(folder, 'cache')}, silentTask());
			let asked = 0;
			const source = openOpenSearchSource({...target(index), accountId, keyPrefix: null, timestampField: null});
			const usage = await source.usage(wholeWindow, {signal: new AbortController().signal, progress() {
				asked++;
			}});
			await source.close();
			expect(totalEvents(usage.rows)).toBe(8000);
			// Each is one request; finding out the server, its indices and its fields takes four more.
			expect(asked).toBeLessThanOrEqual(12);
			const lines = await checkOpenSearch({...target(index), accountId, keyPrefix: null, timestampField: null}, new AbortController().signal);
			expect(lines.filter(({ok}) => !ok)).toEqual([]);
			expect(lines.find(({check}) => check === 'read one by one')?.detail).toMatch(/^0 events/);
			expect(lines.map(({check}) => check)).toEqual(['server', 'index', 'layout', 'fields', 'long values', 'events', 'incomplete records', 'read one by one']);
		});
	});

	// The last one: it leaves no server behind.
	it('gives up on a server that stays away, and says how to go on', async () => {
		await inTemporaryFolder(async folder => {
			await writeMany(path.join(folder, 'trail'), 12, 1500);
			let killed: Promise<void> | undefined;
			const load = ingestOpenSearch({...target(newIndex()), path: path.join(folder, 'trail'), cacheFolder: path.join(folder, 'cache'), patienceMs: 1000}, {signal: new AbortController().signal, progress({done}) {
				if (done >= 2) {
					killed ??= server.kill();
				}
			}});
			await expect(load).rejects.toMatchObject({exitCode: 3, hint: expect.stringMatching(/run the same command again/) as unknown});
			await killed;
		});
	});
});
