import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import * as z from 'zod';
import type {Usage, UsageRow} from '../../source/domain/usage.js';

const text = z.string().optional();
const record = z.looseObject({
	eventID: z.string(), eventTime: z.string(), eventSource: z.string(), eventName: z.string(), eventType: z.string(), eventCategory: text, awsRegion: z.string(),
	recipientAccountId: z.string(), readOnly: z.boolean(), managementEvent: z.boolean(), errorCode: text, errorMessage: text,
	userIdentity: z.looseObject({
		type: z.string(), arn: text, accountId: text, principalId: text, userName: text,
		sessionContext: z.looseObject({sessionIssuer: z.looseObject({arn: z.string(), type: z.string(), principalId: z.string()})}).optional(),
	}),
	requestParameters: z.looseObject({roleArn: text}).nullable(),
	responseElements: z.looseObject({ConsoleLogin: text}).nullable(),
});
const logFile = z.object({Records: z.array(record)});
export type Record = z.infer<typeof record>;

/** Every record under a folder, in the order of its times; each file must be named as CloudTrail names it, in its day's folder. */
export function readRecords(folder: string): Record[] {
	return logFilesOf(folder)
		.flatMap(file => logFile.parse(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'))).Records)
		.toSorted((a, b) => a.eventTime.localeCompare(b.eventTime));
}

/** Paths of the log files under a folder, sorted. */
export function logFilesOf(folder: string): string[] {
	return readdirSync(folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name)).toSorted();
}

/** What a usage source would answer about these records: a row for each, ungrouped. Only as much as the demo's records need. */
export function usageOf(records: readonly Record[], accountId: string): Usage {
	const first = records[0]?.eventTime ?? '';
	const last = records.at(-1)?.eventTime ?? '';
	return {
		source: 'files', location: 'demo', rows: records.map(entry => rowOf(entry)),
		assumptions: records.flatMap(({eventName, requestParameters, eventTime}) => eventName.startsWith('AssumeRole') && requestParameters?.roleArn !== undefined
			? [{roleArn: requestParameters.roleArn, caller: null, count: 1, first: eventTime, last: eventTime}]
			: []),
		accounts: [{accountId, events: records.length, firstEvent: first, lastEvent: last}],
		days: [...new Set(records.map(({eventTime}) => eventTime.slice(0, 10)))],
		regions: [...new Set(records.map(({awsRegion}) => awsRegion))].toSorted(),
		elsewhere: [], unreadable: [], files: 1, warnings: [],
	};
}

type WhoseFields = 'identityType' | 'identityArn' | 'identityAccount' | 'principalId' | 'userName' | 'issuerArn' | 'issuerType' | 'issuerId';

function whoseOf({userIdentity: {type, arn, accountId, principalId, userName, sessionContext}}: Record): Pick<UsageRow, WhoseFields> {
	const issuer = sessionContext?.sessionIssuer;
	const common = {identityType: type, identityAccount: accountId ?? null, principalId: principalId?.split(':')[0] ?? null};
	return issuer
		? {...common, identityArn: null, userName: null, issuerArn: issuer.arn, issuerType: issuer.type, issuerId: issuer.principalId}
		: {...common, identityArn: arn ?? null, userName: arn === undefined ? userName ?? null : null, issuerArn: null, issuerType: null, issuerId: null};
}

function rowOf(entry: Record): UsageRow {
	const {errorMessage = ''} = entry;
	return {
		...whoseOf(entry),
		recipientAccount: entry.recipientAccountId, eventSource: entry.eventSource, eventName: entry.eventName, eventType: entry.eventType, eventCategory: entry.eventCategory ?? null,
		managementEvent: entry.managementEvent, readOnly: entry.readOnly, errorCode: entry.errorCode ?? null, hasErrorMessage: errorMessage !== '',
		deniedAction: /is not authorized to perform: (\S+)/.exec(errorMessage)?.[1] ?? null, messageDenies: /is not authorized to perform|explicit deny/.test(errorMessage),
		signInFailed: entry.responseElements?.ConsoleLogin === 'Failure', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
		count: 1, first: entry.eventTime, last: entry.eventTime,
	};
}
