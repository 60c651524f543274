import {randomUUID} from 'node:crypto';
import {mkdir, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {backupAccountId, demoAccountId} from './account.js';
import {backupEventsOfDay, backupIam} from './backup.js';
import {eventsOfDay, type DemoEvent} from './events.js';
import {demoIam} from './iam.js';
import {createRandom, type Random} from './random.js';

export {backupAccountId, backupAccountName, demoAccountId, demoAccountName} from './account.js';

const dayMs = 86_400_000;
const seed = 2018;

/** Days before the last day that have logs: each of the last 90, and every ninth of the 200 before. */
export const demoDays: readonly number[] = [
	...Array.from({length: 90}, (_, index) => index + 1),
	...Array.from({length: 23}, (_, index) => 99 + index * 9),
];

/** Where the parts of a demo folder are. The trail holds both accounts, as an organization's does. */
export function demoFiles(folder: string): {iam: string; backupIam: string; trail: string} {
	return {iam: path.join(folder, 'iam.json'), backupIam: path.join(folder, 'backup-iam.json'), trail: path.join(folder, 'AWSLogs')};
}

/**
Writes the demo account and its backup account into a folder, made if it is not there: their IAM as the AWS CLI writes it and CloudTrail's files under
`AWSLogs`, a file a day, account and region.
The same for the same day on every machine. Each file is written aside and renamed, so a second process that does the same is no trouble.
@param options.end an instant of the last day (UTC); the newest events are of the day before, so that none is in the future
*/
export async function writeDemo(folder: string, options: {readonly end: Date | string}): Promise<{iam: string; backupIam: string; trail: string}> {
	const files = demoFiles(folder);
	const lastDay = Math.floor(new Date(options.end).getTime() / dayMs) * dayMs;
	await mkdir(folder, {recursive: true});
	const random = createRandom(seed + lastDay / dayMs);
	// A generator of its own: what the first account does is the same with and without the second.
	const backupRandom = createRandom(seed + 1 + lastDay / dayMs);
	const logs = demoDays.flatMap(offset => {
		const {own, abroad} = backupEventsOfDay(offset, lastDay, backupRandom);
		return [
			...logsOf(demoAccountId, [...eventsOfDay(offset, lastDay, random), ...abroad], random),
			...logsOf(backupAccountId, own, backupRandom),
		];
	});
	await Promise.all([
		writeAside(files.iam, `${JSON.stringify(demoIam(lastDay), null, 4)}\n`),
		writeAside(files.backupIam, `${JSON.stringify(backupIam(), null, 4)}\n`),
		...logs.map(async ({account, region, day, name, records}) => {
			const target = path.join(files.trail, account, 'CloudTrail', region, ...day.split('-'));
			await mkdir(target, {recursive: true});
			await writeAside(path.join(target, name), gzipSync(JSON.stringify({Records: records})));
		}),
	]);
	return files;
}

type LogFile = {readonly account: string; readonly region: string; readonly day: string; readonly name: string; readonly records: readonly DemoEvent[]};

/** The files of one account's events of one day, by region. */
function logsOf(account: string, events: readonly DemoEvent[], random: Random): LogFile[] {
	const regions = [...new Set(events.map(({awsRegion}) => awsRegion))].toSorted();
	return regions.map(region => {
		const records = events.filter(({awsRegion}) => awsRegion === region);
		const day = (records[0]?.eventTime ?? '').slice(0, 10);
		const unique = random.text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
		return {account, region, day, name: `${account}_CloudTrail_${region}_${day.replaceAll('-', '')}T2355Z_${unique}.json.gz`, records};
	});
}

async function writeAside(file: string, content: string | Uint8Array): Promise<void> {
	const aside = `${file}.${randomUUID()}.tmp`;
	await writeFile(aside, content);
	await rename(aside, file);
}
