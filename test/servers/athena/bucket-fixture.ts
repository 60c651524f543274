import {mkdtempSync, readdirSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {accountId, logText, type LogRecord, type TrailFiles, writeTrail} from '../../support/trail-records.js';
import {serveTrail, type ServedSource} from './athena-source.js';

/** Where the account's logs lie in the tests' buckets. */
export const home = `AWSLogs/${accountId}/CloudTrail`;

export type BucketFixture = ServedSource & {
	readonly folder: string;
	/** One more file of a day. */
	readonly add: (day: string, records: readonly LogRecord[]) => Promise<void>;
	/** Bytes of a day's files. */
	readonly sizeOf: (day: string) => number;
};

let files = 0;

function fileOf(day: string, records: readonly LogRecord[]): TrailFiles {
	return {[`${home}/us-east-1/${day.replaceAll('-', '/')}/${accountId}_CloudTrail_us-east-1_${day.replaceAll('-', '')}T1000Z_${String(files++).padStart(16, 'a')}.json.gz`]: logText(records)};
}

/** A bucket with a file for each folder day, and a source over it. */
export async function bucketOf(days: Readonly<Record<string, readonly LogRecord[]>>, more: Parameters<typeof serveTrail>[1] & {readonly files?: TrailFiles} = {}): Promise<BucketFixture> {
	const folder = mkdtempSync(path.join(tmpdir(), 'ct-bucket-'));
	const add = async (day: string, records: readonly LogRecord[]) => writeTrail(folder, fileOf(day, records));
	await Promise.all(Object.entries(days).map(async ([day, records]) => add(day, records)));
	await writeTrail(folder, more.files ?? {});
	const served = await serveTrail(folder, more);
	return {
		...served, folder, add,
		sizeOf(day) {
			const place = path.join(folder, home, 'us-east-1', ...day.split('-'));
			return readdirSync(place).reduce((sum, name) => sum + statSync(path.join(place, name)).size, 0);
		},
		async close() {
			await served.close();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
