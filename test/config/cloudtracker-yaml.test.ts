import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCloudTrackerConfig, type CloudTrackerConfig} from '../../source/config/cloudtracker-yaml.js';
import {temporaryFolder} from '../support/temporary-folder.js';

async function read(text: string): Promise<CloudTrackerConfig & {folder: string}> {
	const folder = await temporaryFolder();
	const file = path.join(folder, 'config.yaml');
	await writeFile(file, text);
	await mkdir(path.join(folder, 'account-data'));
	await writeFile(path.join(folder, 'account-data', 'demo_iam.json'), '{}');
	return {...readCloudTrackerConfig(file), folder};
}

describe('ids are taken from the source text', () => {
	test.each([
		['bare, with a leading zero', '012345678901'],
		['quoted', '"012345678901"'],
		['single-quoted', '\'012345678901\''],
	])('%s', async (_, id) => {
		const {accounts} = await read(`accounts:\n  - name: demo\n    id: ${id}\n    iam: account-data/demo_iam.json\n`);
		expect(accounts[0]?.id).toBe('012345678901');
	});

	test('a name that looks like a number stays as it is written', async () => {
		const {accounts} = await read('accounts:\n  - name: 007\n');
		expect(accounts[0]?.name).toBe('007');
	});
});

test('a relative IAM path is found beside the config file', async () => {
	const {accounts, folder} = await read('accounts:\n  - {name: demo, iam: account-data/demo_iam.json}\n');
	expect(accounts[0]?.iam).toBe(path.join(folder, 'account-data', 'demo_iam.json'));
});

test('the working folder comes first, as CloudTracker had it', async () => {
	const {accounts} = await read('accounts:\n  - {name: demo, iam: package.json}\n');
	expect(accounts[0]?.iam).toBe(path.resolve('package.json'));
});

test('an IAM file that is not there: what was tried is known', async () => {
	const {accounts, folder} = await read('accounts:\n  - {name: demo, iam: nowhere.json}\n');
	expect(accounts[0]).toMatchObject({iam: null, tried: [path.resolve('nowhere.json'), path.join(folder, 'nowhere.json')]});
});

test('the sections of its log sources are named', async () => {
	const {sources} = await read('athena:\n  s3_bucket: logs\nelasticsearch:\n  host: localhost\naccounts: []\n');
	expect(sources).toEqual(['athena', 'elasticsearch']);
});

test.each([
	['no YAML', 'accounts: [', /config\.yaml is no YAML/],
	['no list of accounts', 'athena: {}', /has no list "accounts"/],
	['empty', '', /has no list "accounts"/],
	['an account that is no map', 'accounts: [demo]', /account 1 is no map/],
	['an account without name and id', 'accounts: [{iam: x}]', /account 1 has neither name nor id/],
	['an id of eleven digits', 'accounts: [{name: demo, id: 12345678901}]', /the id of account demo is 12345678901, not twelve digits/],
])('%s is an error that names the file', async (_, text, message) => {
	await expect(read(text)).rejects.toThrow(message);
});

test('a file that is not there is named', () => {
	expect(() => readCloudTrackerConfig('/nowhere/config.yaml')).toThrow('/nowhere/config.yaml cannot be read');
});
