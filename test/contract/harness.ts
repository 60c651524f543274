import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach} from 'vitest';
import {isObject} from '../../source/lib/json-fields.js';
import type {UsageSource} from '../../source/trail/usage-source.js';
import {accountId, logText, type TrailFiles, writeTrail} from '../support/trail-records.js';

/** Makes a source of one account over a folder of CloudTrail files, however the source takes them in. */
export type SourceFactory = (trailFolder: string, accountId: string) => Promise<UsageSource>;

export const otherAccount = '444455556666';

const dayMs = 86_400_000;

/** The folder of a record's delivery, as CloudTrail names it: its UTC day; one day for all whose time is none. */
function folderOf(record: unknown): string {
	const eventTime = isObject(record) ? record.eventTime : undefined;
	const time = typeof eventTime === 'string' && /^\d{4}-\d\d-\d\d/.test(eventTime) ? Date.parse(eventTime) : Number.NaN;
	return Number.isNaN(time) ? firstFolder : new Date(Math.floor(time / dayMs) * dayMs).toISOString().slice(0, 10).replaceAll('-', '/');
}

const firstFolder = '2026/03/01';

/** The records as AWS lays them out, a file a day; one at least. */
function trailOf(records: readonly unknown[]): TrailFiles {
	const days = new Map<string, unknown[]>(records.length === 0 ? [[firstFolder, []]] : []);
	for (const record of records) {
		const folder = folderOf(record);
		days.set(folder, [...days.get(folder) ?? [], record]);
	}

	return Object.fromEntries([...days].map(([folder, list]) => [
		`AWSLogs/${accountId}/CloudTrail/us-east-1/${folder}/${accountId}_CloudTrail_us-east-1_${folder.replaceAll('/', '')}T1000Z_abcdefghijklmnop.json.gz`, logText(list),
	]));
}

/** Opens sources over a trail of records; after each test of the suite they are closed and their files removed. */
export function sourcesOf(open: SourceFactory): (records: readonly unknown[]) => Promise<UsageSource> {
	const folders: string[] = [];
	const sources: UsageSource[] = [];

	afterEach(async () => {
		await Promise.all(sources.splice(0).map(async source => source.close()));
		await Promise.all(folders.splice(0).map(async folder => rm(folder, {recursive: true, force: true})));
	});

	return async records => {
		const folder = await mkdtemp(path.join(tmpdir(), 'ct-contract-'));
		folders.push(folder);
		await writeTrail(folder, trailOf(records));
		const source = await open(folder, accountId);
		sources.push(source);
		return source;
	};
}
