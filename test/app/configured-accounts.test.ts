import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {applySelection, configuredAccounts, demoAccount, demoBackup, storeFile, type KnownAccount, type Selection} from '../../source/app/configured-accounts.js';
import type {ConfigStore} from '../../source/config/store.js';
import {UserError} from '../../source/lib/errors.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const nothing: Selection = {account: undefined, iam: undefined, trail: undefined, config: undefined, demo: false};

function stored(name: string, id: string | null = null): KnownAccount {
	return {key: `stored:${name}`, name, id, iam: {kind: 'file', path: `/${name}.json`}, trail: {kind: 'files', path: `/${name}`}, profile: null, region: null, origin: 'stored', expectedId: id, missingIam: '', missingTrail: ''};
}

const prod = stored('prod', '111111111111');
const dev = stored('dev', '222222222222');

const select = (selection: Partial<Selection>, configured: readonly KnownAccount[] = [prod, dev]) => applySelection({...nothing, ...selection}, configured);

describe('which account is chosen', () => {
	test.each([
		['by name', {account: 'prod'}, 'stored:prod'],
		['by id', {account: '222222222222'}, 'stored:dev'],
		['by name in another case', {account: 'PROD'}, 'stored:prod'],
		['the demo by its flag', {demo: true}, 'demo'],
		['the demo by its name', {account: 'demo'}, 'demo'],
		['by files alone', {iam: 'i.json', trail: 'logs'}, 'ad-hoc'],
		['none of several', {}, undefined],
	])('%s', (_, selection, key) => {
		expect(select(selection).selected?.key).toBe(key);
	});

	test('the only one that is configured needs no name', () => {
		expect(select({}, [prod]).selected?.key).toBe('stored:prod');
	});

	test('a configured account named demo comes before the bundled one', () => {
		expect(select({account: 'demo'}, [stored('demo')]).selected?.origin).toBe('stored');
	});

	test('the demo is the last of the accounts, and the only one beside its backup with --demo', () => {
		expect(select({}).accounts.map(({key}) => key)).toEqual(['stored:prod', 'stored:dev', 'demo']);
		expect(select({demo: true}, []).accounts).toEqual([demoAccount, demoBackup]);
	});
});

describe('flags in place of an account\'s own files', () => {
	test('--trail and --iam win', () => {
		const {selected, accounts} = select({account: 'prod', iam: 'i.json', trail: 'logs'});
		expect(selected).toMatchObject({key: 'stored:prod', iam: {kind: 'file', path: path.resolve('i.json')}, trail: {kind: 'files', path: path.resolve('logs')}, expectedId: '111111111111'});
		expect(accounts).toContain(selected);
	});

	test('--trail alone holds for every account of the file: a trail of an organization', () => {
		const logs = {kind: 'files', path: path.resolve('logs')};
		expect(select({trail: 'logs'}).accounts.map(({trail}) => trail)).toEqual([logs, logs, null]);
	});

	test('with both, --account names what is not configured', () => {
		expect(select({account: 'acme', iam: 'i.json', trail: 'logs'}, []).selected).toMatchObject({name: 'acme', expectedId: null});
		expect(select({account: '012345678901', iam: 'i.json', trail: 'logs'}, []).selected).toMatchObject({name: null, expectedId: '012345678901'});
	});
});

describe('--profile', () => {
	const live = {kind: 'live'};
	const logs = {kind: 'files', path: path.resolve('logs')};
	const file = {kind: 'file', path: path.resolve('i.json')};

	test.each([
		['alone: live IAM, and the account\'s own trail', {profile: 'p'}, [prod], {key: 'ad-hoc', profile: 'p', region: null, iam: live, trail: {kind: 'athena'}, expectedId: null}],
		['with --trail: live IAM', {profile: 'p', trail: 'logs', region: 'eu-west-1'}, [prod, dev], {key: 'ad-hoc', region: 'eu-west-1', iam: live, trail: logs}],
		['with --iam: the file', {profile: 'p', iam: 'i.json'}, [], {key: 'ad-hoc', iam: file, trail: {kind: 'athena'}}],
		['with an id: an account that must have it', {profile: 'p', account: '333333333333'}, [prod], {key: 'ad-hoc', expectedId: '333333333333', iam: live}],
		['with a configured account: its own files stay', {profile: 'p', account: 'prod'}, [prod, dev], {key: 'stored:prod', profile: 'p', iam: prod.iam, trail: prod.trail, expectedId: prod.id}],
		['with a configured account that lacks them: live', {profile: 'p', account: 'bare'}, [{...prod, name: 'bare', iam: null, trail: null}], {profile: 'p', iam: live, trail: {kind: 'athena'}}],
		['with the only account of a --config file: that account', {profile: 'p', config: 'c.yaml'}, [prod], {key: 'stored:prod', profile: 'p'}],
		['with one of several of a --config file: an account of its own', {profile: 'p', config: 'c.yaml'}, [prod, dev], {key: 'ad-hoc', profile: 'p'}],
	])('%s', (_, selection, configured, expected) => {
		expect(select(selection, configured).selected).toMatchObject(expected);
	});

	test('--region alone holds for the account that is chosen', () => {
		expect(select({account: 'prod', region: 'eu-west-1'}).selected).toMatchObject({profile: null, region: 'eu-west-1', iam: prod.iam});
	});
});

describe('errors', () => {
	test.each([
		['an unknown account: the nearest', {account: 'prdo'}, [prod, dev], /^unknown account "prdo" \(did you mean prod\?\)$/],
		['an unknown account with nothing near', {account: 'zzzzzz'}, [prod, dev], /^unknown ac{2}ount "z{6}": there are prod, dev, demo$/],
		['an unknown account with the demo', {account: 'prod', demo: true}, [], /^unknown account "prod": there are demo, backup$/],
		['--iam alone with several accounts', {iam: 'i.json'}, [prod, dev], /^--iam needs --trail or --profile beside it/],
		['--iam alone with none', {iam: 'i.json'}, [], /^--iam needs --trail or --profile beside it/],
		['--trail alone with none', {trail: 'logs'}, [], /^--trail needs --iam or --profile beside it/],
		['files for the demo', {account: 'demo', trail: 'logs'}, [prod], /^the demo account brings its own files/],
	])('%s', (_, selection, configured, message) => {
		expect(() => select(selection, configured)).toThrow(UserError);
		expect(() => select(selection, configured)).toThrow(message);
	});
});

describe('where accounts come from', () => {
	const never = async (): Promise<ConfigStore> => {
		throw new Error('the configuration was read');
	};

	test.each([
		['--demo', {demo: true}],
		['--iam and --trail', {iam: 'i.json', trail: 'logs'}],
		['--profile', {profile: 'p'}],
	])('%s reads no configuration', async (_, selection) => {
		expect(await configuredAccounts({...nothing, ...selection}, never)).toEqual([]);
	});

	test('CloudTracker\'s config.yaml: what is missing is said', async () => {
		const file = path.join(await temporaryFolder(), 'config.yaml');
		await writeFile(file, 'athena: {s3_bucket: b}\naccounts:\n  - {name: demo, id: 012345678901, iam: nowhere.json}\n  - {name: bare}\n');
		const accounts = await configuredAccounts({...nothing, config: file}, never);
		const trail = {kind: 'athena', bucket: 'b', prefix: ''};
		expect(accounts.map(({name, id, iam, trail, origin}) => ({name, id, iam, trail, origin}))).toEqual([
			{name: 'demo', id: '012345678901', iam: null, trail, origin: 'config-file'},
			{name: 'bare', id: null, iam: null, trail, origin: 'config-file'},
		]);
		expect(accounts[0]?.missingIam).toMatch(/is not there \(tried .*nowhere\.json and .*nowhere\.json\)$/);
		expect(accounts[1]?.missingIam).toMatch(/account bare has no IAM snapshot in .*config\.yaml/);
	});

	test('CloudTracker\'s config.yaml without a log source: that is said', async () => {
		const file = path.join(await temporaryFolder(), 'config.yaml');
		await writeFile(file, 'accounts:\n  - {name: demo}\n');
		const [account] = await configuredAccounts({...nothing, config: file}, never);
		expect(account?.trail).toBeNull();
		expect(account?.missingTrail).toMatch(/account demo has no logs: .*config\.yaml has no section athena or elasticsearch/);
	});

	test('a .json of --config is our own file, any other is CloudTracker\'s', () => {
		expect(storeFile('mine.json', '/etc/x')).toBe(path.resolve('mine.json'));
		expect(storeFile('config.yaml', '/etc/x')).toBe('/etc/x/config.json');
		expect(storeFile(undefined, '/etc/x')).toBe('/etc/x/config.json');
	});
});
