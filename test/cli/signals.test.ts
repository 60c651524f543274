import {existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {gzipSync} from 'node:zlib';
import {expect, test, vi} from 'vitest';
import {runCli, startCli} from '../support/run-cli.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeSmallAccount} from './small-account.js';

/** Enough records that reading them takes far longer than a signal takes to arrive. */
async function writeManyRecords(trail: string): Promise<void> {
	const file = (number: number) => gzipSync(JSON.stringify({
		Records: Array.from({length: 5000}, (_, index) => ({
			eventVersion: '1.08',
			userIdentity: {type: 'IAMUser', principalId: 'AIDABOB', arn: 'arn:aws:iam::012345678901:user/bob', accountId: '012345678901', userName: 'bob'},
			eventTime: '2024-03-02T10:00:00Z',
			eventSource: 's3.amazonaws.com',
			eventName: 'ListBuckets',
			awsRegion: 'us-east-1',
			eventID: `${number}-${index}`,
			readOnly: true,
			eventType: 'AwsApiCall',
			managementEvent: true,
			eventCategory: 'Management',
			recipientAccountId: '012345678901',
		})),
	}), {level: 1});
	await mkdir(trail, {recursive: true});
	await Promise.all(Array.from({length: 16}, async (_, number) => writeFile(path.join(trail, `many-${number}.json.gz`), file(number))));
}

test.skipIf(process.platform === 'win32').each([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const)('%s while logs are read: exit code %d, nothing on stdout, and the next run is right (signals as POSIX has them)', async (signal, expected) => {
	const home = await temporaryFolder();
	const account = await writeSmallAccount(home);
	await writeManyRecords(path.join(account.trail, 'many'));
	const words = [...account.flags, '--list', 'users'];
	const child = startCli(words, home);
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	const ended = new Promise(resolve => {
		child.on('close', resolve);
	});
	await vi.waitUntil(() => existsSync(path.join(home, 'cache', 'trails')), {timeout: 20_000, interval: 2});
	child.kill(signal);
	expect(await ended).toBe(expected);
	expect(stdout).toBe('');
	expect(await runCli(words, home)).toMatchObject({code: 0, stdout: '  alice\n  bob\n'});
});
