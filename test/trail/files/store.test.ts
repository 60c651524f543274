import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readdir, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Usage} from '../../../source/domain/usage.js';
import {CancelledError} from '../../../source/lib/errors.js';
import {silentTask, type Task} from '../../../source/lib/task.js';
import {inOrder} from '../../../source/trail/files/in-order.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {storesFolder} from '../../../source/trail/files/store.js';
import {accountId, inTemporaryFolder, logRecord, logText, roleIdentity, totalEvents, wholeWindow, writeTrail} from '../../support/trail-records.js';

type Folders = {readonly trail: string; readonly cache: string};

async function inFolders(work: (folders: Folders) => Promise<void>): Promise<void> {
	await inTemporaryFolder(async folder => work({trail: path.join(folder, 'trail'), cache: path.join(folder, 'cache')}));
}

async function usageOf({trail, cache}: Folders, task: Task = silentTask()): Promise<Usage> {
	return openFilesSource({path: trail, accountId, cacheFolder: cache}).usage(wholeWindow, task);
}

/** A usage without what depends on the order of reading. */
function comparable(usage: Usage): unknown {
	const lines = (rows: readonly unknown[]) => rows.map(row => JSON.stringify(row)).toSorted((a, b) => Number(a > b) - Number(a < b));
	return {...usage, location: '', rows: lines(usage.rows), unreadable: lines(usage.unreadable), warnings: usage.warnings.filter(({code}) => code !== 'store-rebuilt')};
}

/** What a reading into a new store says of the trail as it is now. */
async function freshUsage(folders: Folders): Promise<Usage> {
	const fresh = {...folders, cache: `${folders.cache}-fresh`};
	await rm(fresh.cache, {recursive: true, force: true});
	return usageOf(fresh);
}

async function storeFiles({cache}: Folders): Promise<{folder: string; names: string[]}> {
	const stores = await readdir(storesFolder(cache));
	expect(stores).toHaveLength(1);
	const folder = path.join(storesFolder(cache), stores[0] ?? '');
	return {folder, names: await readdir(folder)};
}

/** Progress stages that name a reading of log files. */
function watchedTask(): {task: Task; readFiles: () => number} {
	let files = 0;
	return {
		task: {signal: new AbortController().signal, progress({stage, total}) {
			if (stage === 'reading CloudTrail files') {
				files = total ?? 0;
			}
		}},
		readFiles: () => files,
	};
}

describe('the store', () => {
	it('reads only files that it has not seen', async () => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, {'a.json.gz': logText([logRecord('1')]), 'b.json': logText([logRecord('2')])});
			const first = watchedTask();
			const {rows} = await usageOf(folders, first.task);
			expect(totalEvents(rows)).toBe(2);
			expect(first.readFiles()).toBe(2);
			const second = watchedTask();
			await usageOf(folders, second.task);
			expect(second.readFiles()).toBe(0);
			await writeTrail(folders.trail, {'c.json': logText([logRecord('3')])});
			const third = watchedTask();
			const more = await usageOf(folders, third.task);
			expect(totalEvents(more.rows)).toBe(3);
			expect(third.readFiles()).toBe(1);
		});
	});

	it('is readable by its owner alone', async () => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, {'a.json.gz': logText([logRecord('1'), logRecord('1')])});
			await usageOf(folders);
			const {folder, names} = await storeFiles(folders);
			const modes = await Promise.all([folder, path.dirname(folder), ...names.map(name => path.join(folder, name))].map(async file => stat(file)));
			expect(names.length).toBeGreaterThan(3);
			for (const stats of modes) {
				expect(stats.mode % 0o1000).toBe(stats.isDirectory() ? 0o700 : 0o600);
			}
		});
	});

	it('is one for each trail, whatever name leads to it', async () => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, {'a.json.gz': logText([logRecord('1')])});
			await usageOf(folders);
			await usageOf({...folders, trail: path.join(folders.trail, '..', 'trail')});
			await storeFiles(folders);
		});
	});
});

/** What can happen to a file of a trail: it is written with these events, or it goes. Ids and times repeat on purpose. */
type Change = {readonly file: number; readonly events: readonly number[] | null};

const otherAccount = '444455556666';

/** Event `id`: the same record wherever it stands, as AWS writes it. */
function eventOf(id: number): unknown {
	const eventTime = `2026-03-${String(1 + id % 9).padStart(2, '0')}T10:00:00Z`;
	const kinds = [
		logRecord(`id-${id}`, {eventTime}),
		logRecord(`aaaaaaaa-bbbb-4ccc-8ddd-${String(id).padStart(12, '0')}`, {eventTime, userIdentity: roleIdentity('deploy', `s${id}`)}),
		logRecord(`id-${id}`, {eventTime, sharedEventID: `shared-${Math.floor(id / 8)}`}),
		logRecord(`id-${id}`, {eventTime, sharedEventID: `shared-${Math.floor(id / 8)}`, recipientAccountId: otherAccount}),
		logRecord(null, {eventTime}),
		logRecord(`id-${id}`, {eventTime, eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: 'arn:aws:iam::111122223333:role/x'}}),
		logRecord(`id-${id}`, {eventTime, userIdentity: {type: 'AWSAccount', accountId: otherAccount}, sharedEventID: `shared-${Math.floor(id / 8)}`}),
		logRecord(`id-${id}`, {eventTime: id % 16 === 7 ? 'never' : eventTime}),
	];
	return kinds[id % kinds.length];
}

/** Every change of a file gets a time of its own: two within one tick of the clock would look the same. */
let clock = 1_780_000_000;

async function apply(folder: string, {file, events}: Change): Promise<void> {
	const target = path.join(folder, `${file}.json`);
	if (events === null) {
		await rm(target, {force: true});
		return;
	}

	// One event stands for a file that is cut off.
	await writeFile(target, events.includes(31) ? '{"Records":[' : logText(events.map(id => eventOf(id))));
	clock++;
	await utimes(target, clock, clock);
}

async function keptAndFresh(folders: Folders, step: readonly Change[]): Promise<[unknown, unknown]> {
	await Promise.all(step.map(async change => apply(folders.trail, change)));
	return [comparable(await usageOf(folders)), comparable(await freshUsage(folders))];
}

describe('at any time the answer equals that of a fresh reading', () => {
	const change: fc.Arbitrary<Change> = fc.record({
		file: fc.integer({min: 0, max: 5}),
		events: fc.option(fc.array(fc.integer({min: 0, max: 31}), {maxLength: 8}), {freq: 3}),
	});
	const step = fc.uniqueArray(change, {minLength: 1, maxLength: 3, selector: ({file}) => file});

	it('whatever files are added, changed, removed and repeat each other\'s events', async () => {
		await fc.assert(fc.asyncProperty(fc.array(step, {minLength: 3, maxLength: 9}), async steps => inFolders(async folders => {
			await writeTrail(folders.trail, {'always.json': logText([logRecord('always')])});
			for await (const [kept, fresh] of inOrder(steps, async step => keptAndFresh(folders, step))) {
				expect(kept).toEqual(fresh);
			}
		})), {numRuns: 10, endOnFailure: true});
	}, 120_000);
});

describe('a damaged store is rebuilt, saying so', () => {
	const trailFiles = {'a.json.gz': logText([logRecord('1'), logRecord('2'), logRecord('2')]), 'b.json': logText([logRecord('2'), logRecord('3')])};

	it.each([
		{name: 'a segment is gone', pattern: /-0\.parquet$/, damage: async (file: string) => rm(file)},
		{name: 'a segment is empty', pattern: /-0\.parquet$/, damage: async (file: string) => writeFile(file, '')},
		{name: 'a segment holds something else', pattern: /-0\.parquet$/, damage: async (file: string) => writeFile(file, 'PAR1 nonsense PAR1')},
		{name: 'a rollup holds something else', pattern: /rollup/, damage: async (file: string) => writeFile(file, 'PAR1 nonsense PAR1')},
		{name: 'the list of repeated events is gone', pattern: /repeats/, damage: async (file: string) => rm(file)},
		{name: 'the list of a segment\'s files is cut off', pattern: /-[\da-f]{8}\.json$/, damage: async (file: string) => writeFile(file, '{"folders":[')},
		{name: 'the manifest is cut off', pattern: /^manifest\.json$/, damage: async (file: string) => writeFile(file, '{"version":1,"next')},
		{name: 'the manifest is empty', pattern: /^manifest\.json$/, damage: async (file: string) => writeFile(file, '')},
		{name: 'the manifest is of another version', pattern: /^manifest\.json$/, damage: async (file: string) => writeFile(file, '{"version":999,"segments":[]}')},
		{name: 'the manifest names what is not there', pattern: /^manifest\.json$/, async damage(file: string) {
			const text = await readFile(file, 'utf8');
			await writeFile(file, text.replace('-rollup.parquet', '-nothing.parquet'));
		}},
	])('$name', async ({pattern, damage}) => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, trailFiles);
			const before = await usageOf(folders);
			expect(totalEvents(before.rows)).toBe(3);
			const {folder, names} = await storeFiles(folders);
			const victim = names.find(name => pattern.test(name));
			expect(victim).toBeDefined();
			await damage(path.join(folder, victim ?? ''));
			const rebuilt = await usageOf(folders);
			expect(rebuilt.warnings.map(({code}) => code)).toEqual(['store-rebuilt']);
			expect(comparable(rebuilt)).toEqual(comparable(before));
			const again = await usageOf(folders);
			expect(again.warnings).toEqual([]);
		});
	});

	it('a segment whose damage the file system does not show', async () => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, trailFiles);
			const before = await usageOf(folders);
			const {folder, names} = await storeFiles(folders);
			const victim = path.join(folder, names.find(name => name.includes('rollup')) ?? '');
			const {atime, mtime, size} = await stat(victim);
			await writeFile(victim, new Uint8Array(size));
			await utimes(victim, atime, mtime);
			const rebuilt = await usageOf(folders);
			expect(rebuilt.warnings.map(({code}) => code)).toEqual(['store-rebuilt']);
			expect(comparable(rebuilt)).toEqual(comparable(before));
		});
	});

	it('a lock file that was left half made', async () => {
		await inFolders(async folders => {
			await writeTrail(folders.trail, trailFiles);
			const before = await usageOf(folders);
			const {folder} = await storeFiles(folders);
			await writeFile(path.join(folder, 'lock-0.db'), '');
			await writeFile(path.join(folder, 'lock-1.db'), 'half a header');
			await writeTrail(folders.trail, {'c.json': logText([logRecord('4')])});
			const after = await usageOf(folders);
			expect(totalEvents(after.rows)).toBe(totalEvents(before.rows) + 1);
		});
	});
});

/** A trail that takes DuckDB a while. */
async function writeLargeTrail(trail: string, files: number): Promise<number> {
	const perFile = 2000;
	await mkdir(trail, {recursive: true});
	const records = (file: number) => Array.from({length: perFile}, (_, index) => logRecord(`${file}-${index}`, {userAgent: `agent ${file}-${index}`}));
	await Promise.all(Array.from({length: files}, async (_, file) => writeTrail(trail, {[`${file}.json`]: logText(records(file))})));
	return files * perFile;
}

const reader = new URL('../../support/trail-reader.ts', import.meta.url).pathname;

function startReader({trail, cache}: Folders) {
	return spawn(process.execPath, ['--import', 'tsx', reader, trail, accountId, cache], {stdio: ['ignore', 'pipe', 'inherit']});
}

/** What a reader says on stdout until it ends. */
async function outputOf(child: ReturnType<typeof startReader>): Promise<string> {
	let output = '';
	child.stdout.setEncoding('utf8');
	child.stdout.on('data', (text: string) => {
		output += text;
	});
	await once(child, 'close');
	return output;
}

describe('other copies of the program', () => {
	it('two at once on one new store both give the whole answer', async () => {
		await inFolders(async folders => {
			const events = await writeLargeTrail(folders.trail, 20);
			const outputs = await Promise.all([startReader(folders), startReader(folders), startReader(folders)].map(async child => outputOf(child)));
			expect(outputs.map(output => output.split('\n').find(line => line.startsWith('events')))).toEqual(Array.from({length: 3}, () => `events ${events}`));
			expect(comparable(await usageOf(folders))).toEqual(comparable(await freshUsage(folders)));
		});
	});

	it('two parts of one process at once too', async () => {
		await inFolders(async folders => {
			const events = await writeLargeTrail(folders.trail, 5);
			const answers = await Promise.all(Array.from({length: 4}, async () => usageOf(folders)));
			expect(answers.map(({rows}) => totalEvents(rows))).toEqual([events, events, events, events]);
			const {names} = await storeFiles(folders);
			expect(names.filter(name => name.includes('rollup'))).toHaveLength(1);
		});
	});

	it.each([0, 1, 2, 3, 4, 5])('one that is killed at its step %i loses nothing and blocks nobody', async step => {
		await inFolders(async folders => {
			const events = await writeLargeTrail(folders.trail, 10);
			const child = startReader(folders);
			let lines = 0;
			child.stdout.setEncoding('utf8');
			child.stdout.on('data', (text: string) => {
				lines += text.split('\n').length - 1;
				if (lines > step) {
					child.kill('SIGKILL');
				}
			});
			await once(child, 'close');
			const usage = await usageOf(folders);
			expect(totalEvents(usage.rows)).toBe(events);
			expect(usage.warnings).toEqual([]);
			const {names} = await storeFiles(folders);
			expect(names.filter(name => name.endsWith('.tmp'))).toEqual([]);
		});
	});
});

describe('cancelling', () => {
	it('in the middle of reading keeps the batches that were read', async () => {
		await inFolders(async folders => {
			const many = Object.fromEntries(Array.from({length: 3500}, (_, index) => [`${Math.floor(index / 500)}/${index}.json`, logText([logRecord(`id-${index}`)])]));
			await writeTrail(folders.trail, many);
			const controller = new AbortController();
			await expect(usageOf(folders, {signal: controller.signal, progress({stage, done}) {
				if (stage === 'reading CloudTrail files' && done >= 3000) {
					controller.abort();
				}
			}})).rejects.toBeInstanceOf(CancelledError);
			const later = watchedTask();
			const usage = await usageOf(folders, later.task);
			expect(totalEvents(usage.rows)).toBe(3500);
			expect(later.readFiles()).toBe(500);
		});
	});
});
