import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {actionsOf, objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {runCli, startCli} from '../support/run-cli.js';
import {smallWindow, writeSmallAccount, type SmallAccount} from './small-account.js';

let home = '';
let account: SmallAccount = {iam: '', trail: '', flags: []};

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
	account = await writeSmallAccount(home);
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

describe('the document on stdout', () => {
	test.each([
		['users', ['--list', 'users'], '  alice\n- bob\n'],
		['roles', ['--list', 'roles'], '- admin\n- reader\n'],
		['nothing asked and no terminal: users and then roles', [], '  alice\n- bob\n- admin\n- reader\n'],
		['a user', ['--user', 'alice'], 'Getting info on alice, user created 2017-09-02T18:02:14Z\n+ s3:createbucket\n- s3:deletebucket\n? s3:getobject\n  s3:listallmybuckets\n'],
		['only what was used', ['--user', 'alice', '--show-used', '--quiet'], '+ s3:createbucket\n  s3:listallmybuckets\n'],
		['a role', ['--role', 'reader'], 'Getting info for role reader\n- s3:listallmybuckets\n'],
		['a role by its ARN', ['--role', 'arn:aws:iam::012345678901:role/reader', '--quiet'], '- s3:listallmybuckets\n'],
	])('%s', async (_, words, expected) => {
		const {code, stdout} = await runCli([...account.flags, ...words], home);
		expect(stdout).toBe(expected);
		expect(code).toBe(0);
	});

	test('unmapped events', async () => {
		const {code, stdout} = await runCli(['unmapped', ...account.flags], home);
		expect(stdout).toBe('invented.amazonaws.com  Invent  2\n');
		expect(code).toBe(0);
	});

	test.each([
		['list', ['--list', 'users']],
		['list', []],
		['principal', ['--user', 'alice']],
		['principal', ['--role', 'admin']],
		['unmapped', ['unmapped']],
	])('JSON is what docs/%s.schema.json says: %j', async (schema, words) => {
		const {code, stdout} = await runCli([...words, ...account.flags, '--format', 'json'], home);
		expect(code).toBe(0);
		expect(schemaErrors(schema, JSON.parse(stdout))).toEqual([]);
	});

	test('the JSON head of an account that has no name', async () => {
		const {stdout} = await runCli([...account.flags, '--list', 'users', '--format', 'json'], home);
		expect(objectOf(stdout)).toMatchObject({
			schemaVersion: 1,
			account: {id: '012345678901', name: '012345678901'},
			window: {start: '2024-03-01T00:00:00Z', end: '2024-03-04T00:00:00Z'},
			trail: {source: 'files', events: 5, firstEvent: '2024-03-01T10:00:00Z', lastEvent: '2024-03-03T11:00:00Z', daysCovered: 3, daysInWindow: 3, unreadableFiles: 0},
			unmapped: [{eventSource: 'invented.amazonaws.com', eventName: 'Invent', count: 2}],
		});
	});

	test('a large document comes through a pipe whole', async () => {
		const {code, stdout} = await runCli([...account.flags, '--role', 'admin', '--format', 'json'], home);
		expect(code).toBe(0);
		expect(stdout.length).toBeGreaterThan(1_000_000);
		expect(actionsOf(stdout).length).toBeGreaterThan(10_000);
	});

	test('CSV', async () => {
		const {stdout} = await runCli([...account.flags, '--list', 'roles', '--format', 'csv'], home);
		expect(stdout.split('\r\n').map(line => line.split(',')[2])).toEqual(['name', 'admin', 'reader', undefined]);
	});

	test('no colours where stdout is no terminal', async () => {
		const {stdout, stderr} = await runCli([...account.flags, '--user', 'alice'], home);
		expect(stdout + stderr).not.toContain('\u001B');
	});
});

test('warnings are on stderr, a line each', async () => {
	const {stderr} = await runCli(['--iam', account.iam, '--trail', account.trail, '--start', '2024-03-01', '--end', '2024-03-31', '--list', 'users'], home);
	expect(stderr).toMatch(/^warning: logs cover 3 of 31 days, last 2024-03-03$/m);
});

test('no logs in the window: nothing is called unused, and stderr says what the trail holds', async () => {
	const {code, stdout, stderr} = await runCli(['--iam', account.iam, '--trail', account.trail, '--start', '2020-01-01', '--end', '2020-02-01', '--list', 'users'], home);
	expect(stdout).toBe('? alice\n? bob\n');
	expect(stderr).toMatch(/warning: .*holds no event of account 012345678901.*2024-03-01 to 2024-03-03/);
	expect(code).toBe(0);
});

test('CloudTracker\'s config.yaml with --trail', async () => {
	await writeFile(path.join(home, 'config.yaml'), 'accounts:\n  - {name: small, id: 012345678901, iam: iam.json}\n');
	const config = ['--config', path.join(home, 'config.yaml'), '--account', 'small', '--list', 'users', ...smallWindow];
	const whole = await runCli([...config, '--trail', account.trail], home);
	expect(whole).toMatchObject({code: 0, stdout: '  alice\n- bob\n'});
	const partial = await runCli(config, home);
	expect(partial).toMatchObject({code: 2, stdout: ''});
	expect(partial.stderr).toMatch(/^error: account small has no logs: .*config\.yaml has no section athena or elasticsearch\n.*--trail PATH/);
});

test('an IAM snapshot of another account than the configured one', async () => {
	const {code, stderr} = await runCli([...account.flags, '--account', '999999999999', '--list', 'users'], home);
	expect(code).toBe(2);
	expect(stderr).toMatch(/^er{2}or: ac{2}ount 9{12} has the id 9{12}, but .*iam\.json is the IAM snapshot of 012345678901\n$/);
});

describe('a reader that goes away', () => {
	test('ends the program quietly with 0', async () => {
		const child = startCli([...account.flags, '--role', 'admin', '--format', 'json'], home);
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.stdout.once('data', () => {
			child.stdout.destroy();
		});
		const code = await new Promise(resolve => {
			child.on('close', resolve);
		});
		expect(code).toBe(0);
		expect(stderr.replaceAll(/^warning: .*\n/gm, '')).toBe('');
	});
});
