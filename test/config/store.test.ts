import {readFile, stat, writeFile, chmod} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {openConfigStore} from '../../source/config/store.js';
import type {StoredAccount} from '../../source/config/schema.js';
import {UserError} from '../../source/lib/errors.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const account = (name: string): StoredAccount => ({name, id: '012345678901', iam: {kind: 'file', path: '/iam.json'}, trail: {kind: 'files', path: '/logs'}});

test('without a file there are no accounts, and none is written', async () => {
	const file = path.join(await temporaryFolder(), 'deep', 'config.json');
	const store = await openConfigStore(file);
	expect(store.accounts).toEqual([]);
	await expect(stat(file)).rejects.toMatchObject({code: 'ENOENT'});
});

test('an added account is there at once and for the next run, in a file of mode 0600', async () => {
	const file = path.join(await temporaryFolder(), 'deep', 'config.json');
	const store = await openConfigStore(file);
	await store.add(account('prod'));
	await store.add(account('test'));
	expect(store.accounts.map(({name}) => name)).toEqual(['prod', 'test']);
	const reopened = await openConfigStore(file);
	expect(reopened.accounts).toEqual([account('prod'), account('test')]);
	if (process.platform !== 'win32') {
		const {mode} = await stat(file);
		expect(mode % 0o1000).toBe(0o600);
	}
});

test('two programs that add an account each lose none', async () => {
	const file = path.join(await temporaryFolder(), 'config.json');
	const [first, second] = [await openConfigStore(file), await openConfigStore(file)];
	await first.add(account('prod'));
	await second.add(account('test'));
	const {accounts} = await openConfigStore(file);
	expect(accounts.map(({name}) => name)).toEqual(['prod', 'test']);
});

test('preferences that this version does not know stay in the file', async () => {
	const file = path.join(await temporaryFolder(), 'config.json');
	await writeFile(file, JSON.stringify({accounts: [], preferences: {keys: {quit: 'Q'}}}));
	const store = await openConfigStore(file);
	await store.add(account('prod'));
	expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({accounts: [account('prod')], preferences: {keys: {quit: 'Q'}}});
});

test.each([
	['no JSON', '{"accounts": [', /damaged/],
	['empty', '', /damaged/],
	['another shape', '{"accounts": {}}', /damaged: accounts: /],
	['an id without its zero', JSON.stringify({accounts: [{...account('a'), id: '12345678901'}]}), /damaged: accounts\.0\.id: an account id has twelve digits/],
	['a kind of a later version', JSON.stringify({accounts: [{...account('a'), trail: {kind: 'cloudwatch'}}]}), /damaged: accounts\.0\.trail/],
])('a damaged file is named and left as it is: %s', async (_, text, message) => {
	const file = path.join(await temporaryFolder(), 'config.json');
	await writeFile(file, text);
	await expect(openConfigStore(file)).rejects.toThrow(UserError);
	await expect(openConfigStore(file)).rejects.toThrow(message);
	await expect(openConfigStore(file)).rejects.toThrow(file);
	expect(await readFile(file, 'utf8')).toBe(text);
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is named (root may read all: skipped for root)', async () => {
	const file = path.join(await temporaryFolder(), 'config.json');
	await writeFile(file, '{}');
	await chmod(file, 0);
	await expect(openConfigStore(file)).rejects.toThrow(`${file} cannot be read`);
});
