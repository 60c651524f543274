import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach} from 'vitest';
import type {UsageSource} from '../../source/trail/usage-source.js';
import {accountId, logText, writeTrail} from '../support/trail-records.js';

/** Makes a source of one account over a folder of CloudTrail files, however the source takes them in. */
export type SourceFactory = (trailFolder: string, accountId: string) => Promise<UsageSource>;

export const otherAccount = '444455556666';

/** Opens sources over one file of records; after each test of the suite they are closed and their files removed. */
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
		await writeTrail(folder, {[`AWSLogs/${accountId}/CloudTrail/us-east-1/2026/03/01/${accountId}_CloudTrail_us-east-1_20260301T1000Z_abcdefghijklmnop.json.gz`]: logText(records)});
		const source = await open(folder, accountId);
		sources.push(source);
		return source;
	};
}
