import {Buffer} from 'node:buffer';
import {chmod, mkdir, symlink, truncate, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import type {Usage} from '../../../source/domain/usage.js';
import {UserError} from '../../../source/lib/errors.js';
import {silentTask} from '../../../source/lib/task.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {countTrailFiles} from '../../../source/trail/files/walk.js';
import {accountId, inTemporaryFolder, logRecord, logText, totalEvents, type TrailFiles, wholeWindow, writeTrail} from '../../support/trail-records.js';

/** What the files of a trail come to: events counted, files seen, and the unreadable ones by name. */
type Outcome = {readonly events: number; readonly files: number; readonly unreadable: Readonly<Record<string, string>>};

async function usageOf(folder: string, trail = 'trail'): Promise<Usage> {
	const source = openFilesSource({path: path.join(folder, trail), accountId, cacheFolder: path.join(folder, 'cache')});
	return source.usage(wholeWindow, silentTask());
}

function outcome(usage: Usage, trail: string): Outcome {
	return {events: totalEvents(usage.rows), files: usage.files, unreadable: Object.fromEntries(usage.unreadable.map(({path: file, reason}) => [path.relative(trail, file), reason]))};
}

/** Reads a trail twice: as new, and from the store. Both must say the same. */
async function outcomeOf(files: TrailFiles): Promise<Outcome> {
	return inTemporaryFolder(async folder => {
		await writeTrail(path.join(folder, 'trail'), files);
		const first = await usageOf(folder);
		expect(await usageOf(folder)).toEqual(first);
		return outcome(first, path.join(folder, 'trail'));
	});
}

/** A file that is fine, beside the bad one: it must be read whatever the other is. */
const good = {'good.json.gz': logText([logRecord('good-1'), logRecord('good-2')])};
const one = logText([logRecord('1')]);
const many = logText(Array.from({length: 2000}, (_, index) => logRecord(`many-${index}`, {requestParameters: {index}})));
const gzipped = gzipSync(many);

type Case = {readonly name: string; readonly files: TrailFiles; readonly events: number; readonly reason?: RegExp};

/** Events are those beside the two good ones. */
const cases: Case[] = [
	{name: 'an empty file', files: {'x.json': ''}, events: 0, reason: /empty/},
	{name: 'an empty gzip file', files: {'x.json.gz': new Uint8Array()}, events: 0, reason: /empty/},
	{name: 'a gzip file of nothing', files: {'x.json.gz': ''}, events: 0, reason: /empty/},
	{name: 'a file of blanks', files: {'x.json': ' \n\n '}, events: 0, reason: /empty/},
	{name: 'a gzip file that is cut off', files: {'x.json.gz': gzipped.subarray(0, gzipped.length / 2)}, events: 0, reason: /cut off/},
	{name: 'a gzip file of five bytes', files: {'x.json.gz': gzipped.subarray(0, 5)}, events: 0, reason: /cut off/},
	{name: 'a damaged gzip file', files: {'x.json.gz': Buffer.concat([gzipped.subarray(0, 200), Buffer.alloc(300, 0x5A), gzipped.subarray(500)])}, events: 0, reason: /damaged|cut off/},
	{name: 'text named .gz', files: {'x.json.gz': new TextEncoder().encode('hello')}, events: 0, reason: /no gzip/},
	{name: 'plain JSON named .gz is read', files: {'x.json.gz': new TextEncoder().encode(one)}, events: 1},
	{name: 'gzip named .json is read', files: {'x.json': gzipSync(one)}, events: 1},
	{name: 'a name in capitals is read', files: {'X.JSON.GZ': gzipSync(one), 'Y.JSON': logText([logRecord('2')])}, events: 2},
	{name: 'no JSON', files: {'x.json': 'hello'}, events: 0, reason: /no valid JSON/},
	{name: 'JSON that is cut off', files: {'x.json': one.slice(0, -3)}, events: 0, reason: /cut off|no valid JSON/},
	{name: 'bytes that are no UTF-8 do no harm', files: {'x.json': Buffer.concat([Buffer.from('{"Records":[{"eventID":"1","eventTime":"2026-03-01T10:00:00Z","recipientAccountId":"111122223333","eventSource":"s.amazonaws.com","eventName":"A'), Buffer.from([0xFF, 0xFE]), Buffer.from('"}]}')])}, events: 1},
	{name: 'a byte order mark', files: {'x.json': `\uFEFF${one}`}, events: 1},
	{name: 'pretty-printed JSON', files: {'x.json': JSON.stringify(JSON.parse(one), null, 2)}, events: 1},
	{name: 'a record a line', files: {'x.json': `${JSON.stringify(logRecord('1'))}\n${JSON.stringify(logRecord('2'))}\n`}, events: 2},
	{name: 'a document a line', files: {'x.json': `${one}\n${logText([logRecord('2')])}\n`}, events: 2},
	{name: 'documents without a line end between them', files: {'x.json.gz': one + logText([logRecord('2')])}, events: 2},
	{name: 'a document and a record', files: {'x.json': `${one}\n${JSON.stringify(logRecord('2'))}`}, events: 2},
	{name: 'two gzip streams in one file', files: {'x.json.gz': Buffer.concat([gzipSync(`${one}\n`), gzipSync(logText([logRecord('2')]))])}, events: 2},
	{name: 'a bare array', files: {'x.json': JSON.stringify([logRecord('1'), logRecord('2')])}, events: 2},
	{name: 'a bare array, pretty-printed', files: {'x.json': JSON.stringify([logRecord('1'), logRecord('2')], null, 2)}, events: 2},
	{name: 'a single record', files: {'x.json': JSON.stringify(logRecord('1'))}, events: 1},
	{name: 'what lookup-events prints', files: {'x.json': JSON.stringify({Events: [{EventId: '1', CloudTrailEvent: JSON.stringify(logRecord('1'))}, {EventId: '2', CloudTrailEvent: JSON.stringify(logRecord('2'))}], NextToken: 'x'}, null, 4)}, events: 2},
	{name: 'an array of lookup-events', files: {'x.json': JSON.stringify([{CloudTrailEvent: JSON.stringify(logRecord('1'))}])}, events: 1},
	{name: 'no records', files: {'x.json': '{"Records":[]}', 'y.json': '{"Records":null}', 'z.json': '[]'}, events: 0},
	{name: 'a null among the records', files: {'x.json': `{"Records":[null,${JSON.stringify(logRecord('1'))}]}`}, events: 1},
	{name: 'JSON without records', files: {'x.json': '{"foo":1}'}, events: 0, reason: /no CloudTrail records/},
	{name: 'a number', files: {'x.json': '42'}, events: 0, reason: /no CloudTrail records|no valid JSON/},
	{name: 'Records of numbers', files: {'x.json': '{"Records":[1,2]}'}, events: 0, reason: /no record/},
	{name: 'Records that are no list', files: {'x.json': '{"Records":{"a":1}}'}, events: 0, reason: /no CloudTrail records/},
	{name: 'Records of something else', files: {'x.json': '{"Records":[{"a":1}]}'}, events: 0, reason: /no CloudTrail records/},
	{name: 'an IAM snapshot beside the logs', files: {'iam.json': '{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}'}, events: 0},
	{name: 'a digest in a flat folder', files: {'digest.json': '{"awsAccountId":"1","digestStartTime":"x","digestEndTime":"y","digestS3Object":"z","logFiles":[]}'}, events: 0},
	{name: 'keys that differ by case', files: {'x.json': logText([logRecord('1', {requestParameters: {Host: 'a', host: 'b'}})])}, events: 1},
	{name: 'a key twice', files: {'x.json': one.replace('"eventID"', '"eventID":"0","eventID"')}, events: 1},
	{name: 'half a surrogate pair', files: {'x.json': one.replace('aws-cli', String.raw`\ud800`).replace('"requestParameters":null', String.raw`"requestParameters":{"a":"\udc00"}`)}, events: 1},
	{name: 'numbers of any size', files: {'x.json': one.replace('"requestParameters":null', '"requestParameters":{"a":123456789012345678901234567890,"b":1e400}')}, events: 1},
	{name: 'an identity that is a text', files: {'x.json': logText([logRecord('1', {userIdentity: 'me'})])}, events: 1},
	{name: 'a session context that is a text', files: {'x.json': logText([logRecord('1', {userIdentity: {type: 'IAMUser', accountId, sessionContext: 'none', userName: 'x'}})])}, events: 1},
	{name: 'sessionCredentialFromConsole as text and as flag', files: {'x.json': logText([logRecord('1', {sessionCredentialFromConsole: 'true'}), logRecord('2', {sessionCredentialFromConsole: true})])}, events: 2},
	{name: 'flags as texts', files: {'x.json': logText([logRecord('1', {readOnly: 'true', managementEvent: 'false'})])}, events: 1},
];

describe('bad and odd files: the rest is read, each unreadable one is named', () => {
	it.each(cases)('$name', async ({files, events, reason}) => {
		const result = await outcomeOf({...good, ...files});
		expect(result.events).toBe(2 + events);
		expect(result.files).toBe(1 + Object.keys(files).length);
		expect(Object.keys(result.unreadable)).toEqual(reason ? Object.keys(files) : []);
		if (reason) {
			expect(Object.values(result.unreadable)[0]).toMatch(reason);
		}
	});

	it('reads a file that is larger than DuckDB takes in one document', async () => {
		const filler = 'x'.repeat(100_000);
		const large = logText(Array.from({length: 700}, (_, index) => logRecord(`large-${index}`, {requestParameters: {filler}})));
		expect(large.length).toBeGreaterThan(67_108_864);
		const result = await outcomeOf({...good, 'large.json': large, 'large.json.gz': large.replaceAll('large-', 'other-')});
		expect(result).toEqual({events: 1402, files: 3, unreadable: {}});
	});

	it('keeps the fields of a record apart where one holds the character that separates them in the store', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(path.join(folder, 'trail'), {...good, 'x.json.gz': logText([logRecord('1', {errorCode: 'Odd\u001FCode', awsRegion: 'eu-west-1'})])});
			const {rows, regions} = await usageOf(folder);
			expect(rows.find(({errorCode}) => errorCode !== null)).toMatchObject({errorCode: 'Odd\uFFFDCode', identityArn: `arn:aws:iam::${accountId}:user/alice`, recipientAccount: accountId, count: 1});
			expect(regions).toEqual(['eu-west-1', 'us-east-1']);
		});
	});

	it('reads on when many files of a batch are bad', async () => {
		const files = Object.fromEntries(Array.from({length: 60}, (_, index) => [`${index}.json`, index % 3 === 0 ? '{"Records":[{' : logText([logRecord(`n-${index}`)])]));
		const result = await outcomeOf(files);
		expect(result.events).toBe(40);
		expect(Object.keys(result.unreadable)).toHaveLength(20);
	});
});

describe('layouts', () => {
	const names = [
		`AWSLogs/${accountId}/CloudTrail/us-east-1/2026/03/01/${accountId}_CloudTrail_us-east-1_20260301T0000Z_a.json.gz`,
		`AWSLogs/o-abc/${accountId}/CloudTrail/us-east-1/2026/03/01/x.json.gz`,
		`AWSLogs/${accountId}/CloudTrail-NetworkActivity/us-east-1/2026/03/01/x.json.gz`,
		'flat.json',
		'it\'s "quoted".json', 'two\nlines.json', 'a b.json', 'x[1].json', 'x*.json', 'x?.json', '{a,b}.json', 'day=1/x.json', 'ünï.json', '%41.json', String.raw`a\b.json`, '-x.json', '~.json', '$HOME.json', '#.json',
		'[dir]/x.json.gz', '*/x.json.gz', '.hidden/x.json',
	];

	it('finds log files wherever they lie and whatever they are called', async () => {
		const result = await outcomeOf(Object.fromEntries(names.map((name, index) => [name, logText([logRecord(`id-${index}`)])])));
		expect(result).toEqual({events: names.length, files: names.length, unreadable: {}});
	});

	it.each([
		'AWSLogs/1/CloudTrail-Digest/us-east-1/x.json.gz', 'AWSLogs/1/CloudTrail-Insight/x.json.gz', 'AWSLogs/1/CloudTrail-Aggregated/x.json.gz',
		`flat/${accountId}_CloudTrail-Digest_us-east-1_x.json.gz`, `AWSLogs/${accountId}/Config/us-east-1/x.json.gz`,
		'README.md', 'x.json.bak', 'x.json.gz.part', '._x.json',
	])('leaves %s alone', async name => {
		expect(await outcomeOf({...good, [name]: one})).toEqual({events: 2, files: 1, unreadable: {}});
	});

	it('reads a single file, whatever its name', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(folder, {'one.log': one, 'x.json.gz': one, '[x].json': one});
			const results = await Promise.all(['one.log', 'x.json.gz', '[x].json'].map(async name => usageOf(folder, name)));
			expect(results.map(({rows, files}) => [totalEvents(rows), files])).toEqual([[1, 1], [1, 1], [1, 1]]);
		});
	});

	it('follows links once, and no loop', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeTrail(folder, {'trail/a/x.json': logText([logRecord(null)]), 'elsewhere/y.json': logText([logRecord(null)]), 'elsewhere/z.json': logText([logRecord(null)])});
			await symlink(trail, path.join(trail, 'a', 'loop'));
			await symlink(path.join(trail, 'a'), path.join(trail, 'again'));
			await symlink(path.join(trail, 'a', 'x.json'), path.join(trail, 'same.json'));
			await symlink(path.join(folder, 'elsewhere'), path.join(trail, 'more'));
			await symlink(path.join(folder, 'elsewhere', 'z.json'), path.join(trail, 'b.json'));
			await symlink(path.join(folder, 'nowhere.json'), path.join(trail, 'broken.json'));
			const usage = await usageOf(folder);
			expect(usage.unreadable.map(({path: file}) => path.basename(file))).toEqual(['broken.json']);
			expect(totalEvents(usage.rows)).toBe(3);
		});
	});
});

describe('paths that cannot be a trail', () => {
	it.each([
		{name: 'a path that does not exist', async make() {}, message: /does not exist/},
		{name: 'an empty folder', make: async (trail: string) => mkdir(trail), message: /holds no CloudTrail files/},
		{name: 'a folder of other files', make: async (trail: string) => writeTrail(trail, {'README.md': 'x', 'a.csv': 'y'}), message: /holds no CloudTrail files/},
	])('$name', async ({make, message}) => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await make(trail);
			await expect(countTrailFiles(trail, silentTask().signal)).rejects.toThrow(message);
			await expect(countTrailFiles(trail, silentTask().signal)).rejects.toBeInstanceOf(UserError);
			await expect(usageOf(folder)).rejects.toBeInstanceOf(UserError);
		});
	});

	it('counts the files that can be logs', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(folder, {'a/x.json': one, 'b/y.json.gz': one, 'README.md': 'x'});
			expect(await countTrailFiles(folder, silentTask().signal)).toBe(2);
			expect(await countTrailFiles(path.join(folder, 'a', 'x.json'), silentTask().signal)).toBe(1);
		});
	});

	it.skipIf(process.getuid?.() === 0)('names a file and a folder that may not be read (not as root, who may read all)', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(path.join(folder, 'trail'), {...good, 'x.json': one, 'closed/y.json': one});
			await chmod(path.join(folder, 'trail', 'x.json'), 0);
			await chmod(path.join(folder, 'trail', 'closed'), 0);
			const usage = await usageOf(folder);
			await chmod(path.join(folder, 'trail', 'closed'), 0o700);
			expect(totalEvents(usage.rows)).toBe(2);
			expect(usage.unreadable.map(({path: file, reason}) => [path.basename(file), reason])).toEqual([['closed', 'permission denied'], ['x.json', 'permission denied']]);
		});
	});

	it('says that the cache folder cannot be used', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(path.join(folder, 'trail'), good);
			await writeFile(path.join(folder, 'cache'), 'a file where the folder should be');
			await expect(usageOf(folder)).rejects.toThrow(/cache folder/);
		});
	});
});

describe('unreadable files are remembered', () => {
	it('until they change', async () => {
		await inTemporaryFolder(async folder => {
			const trail = path.join(folder, 'trail');
			await writeTrail(trail, {...good, 'x.json': one});
			await truncate(path.join(trail, 'x.json'), 10);
			const cut = outcome(await usageOf(folder), trail);
			expect(cut.events).toBe(2);
			expect(cut.unreadable['x.json']).toMatch(/cut off/);
			await writeTrail(trail, {'x.json': one});
			expect(outcome(await usageOf(folder), trail)).toEqual({events: 3, files: 2, unreadable: {}});
		});
	});
});
