import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import type {UsageRow} from '../../source/domain/usage.js';

export type LogRecord = Readonly<Record<string, unknown>>;

export const accountId = '111122223333';

/** The days in which the tests' records lie. */
export const wholeWindow = {start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'};

/** A record of alice listing buckets; `changes` replace whole fields, undefined takes one away. */
export function logRecord(eventID: string | null, changes: LogRecord = {}): LogRecord {
	return {
		eventVersion: '1.11',
		userIdentity: {type: 'IAMUser', principalId: 'AIDAALICE', arn: `arn:aws:iam::${accountId}:user/alice`, accountId, accessKeyId: 'AKIAALICE', userName: 'alice'},
		eventTime: '2026-03-01T10:00:00Z',
		eventSource: 's3.amazonaws.com',
		eventName: 'ListBuckets',
		awsRegion: 'us-east-1',
		sourceIPAddress: '192.0.2.1',
		userAgent: 'aws-cli',
		requestParameters: null,
		responseElements: null,
		requestID: 'R1',
		...(eventID === null ? {} : {eventID}),
		readOnly: true,
		eventType: 'AwsApiCall',
		managementEvent: true,
		recipientAccountId: accountId,
		eventCategory: 'Management',
		...changes,
	};
}

/** The identity of a role's session. */
export function roleIdentity(role: string, session: string, account = accountId): LogRecord {
	return {
		type: 'AssumedRole', principalId: `AROA${role.toUpperCase()}:${session}`, arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`, accountId: account, accessKeyId: 'ASIA1',
		sessionContext: {sessionIssuer: {type: 'Role', principalId: `AROA${role.toUpperCase()}`, arn: `arn:aws:iam::${account}:role/app/${role}`, accountId: account, userName: role}, attributes: {creationDate: '2026-03-01T09:00:00Z', mfaAuthenticated: 'false'}},
	};
}

/** A log file's JSON as AWS writes it. */
export function logText(records: readonly unknown[]): string {
	return JSON.stringify({Records: records});
}

/** Files of a trail: contents by path; a name ending in .gz is compressed where the content is text. */
export type TrailFiles = Readonly<Record<string, string | Uint8Array>>;

/** Writes files below a folder. */
export async function writeTrail(folder: string, files: TrailFiles): Promise<void> {
	await mkdir(folder, {recursive: true});
	await Promise.all(Object.entries(files).map(async ([name, content]) => {
		const file = path.join(folder, name);
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
	}));
}

/** Gives a new folder to `work` and removes it afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(path.join(tmpdir(), 'ct-trail-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}

/** "s3.amazonaws.com:ListBuckets" -> number of events, over all rows. */
export function eventCounts(rows: readonly UsageRow[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const {eventSource, eventName, count} of rows) {
		const key = `${eventSource}:${eventName}`;
		counts[key] = (counts[key] ?? 0) + count;
	}

	return counts;
}

/** All events of all rows. */
export function totalEvents(rows: readonly UsageRow[]): number {
	return rows.reduce((sum, {count}) => sum + count, 0);
}
