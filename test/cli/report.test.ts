import {mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {schemaErrors} from '../support/json-schema.js';
import {runCli, startCli} from '../support/run-cli.js';
import {writeSmallAccount, type SmallAccount} from './small-account.js';

let home = '';
let account: SmallAccount = {iam: '', trail: '', flags: []};

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
	account = await writeSmallAccount(home);
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

describe('the document', () => {
	test.each([
		['html', /^<!doctype html>[\s\S]*<\/html>\n$/],
		['md', /^# What account 012345678901 grants, and what was used\n/],
		['json', /^{\n\t"schemaVersion": 1,/],
		['csv', /^account,principal,[\s\S]*\r\n012345678901,arn:aws:iam::012345678901:user\/alice,alice,user,used,/],
		['sarif', /^{\n"\$schema"/],
	])('%s on standard output, warnings beside it', async (format, expected) => {
		const {code, stdout, stderr} = await runCli(['report', ...account.flags, '--format', format], home);
		expect(stdout).toMatch(expected);
		expect(stderr).toMatch(/^(warning: .*\n)*$/);
		expect(code).toBe(0);
	});

	test('JSON is what docs/report.schema.json says, with every principal', async () => {
		const {stdout} = await runCli(['report', ...account.flags, '--format', 'json', '--strict'], home);
		const document: unknown = JSON.parse(stdout);
		expect(schemaErrors('report', document)).toEqual([]);
		expect(document).toMatchObject({strict: true, principals: [{name: 'alice'}, {name: 'bob'}, {name: 'admin'}, {name: 'reader'}]});
	});

	test('a reader that goes away ends the program quietly', async () => {
		const child = startCli(['report', ...account.flags, '--format', 'json'], home);
		child.stdout.once('data', () => {
			child.stdout.destroy();
		});
		expect(await new Promise(resolve => {
			child.on('close', resolve);
		})).toBe(0);
	});
});

describe('--output', () => {
	test('writes the file whole, says so, and leaves nothing else', async () => {
		const folder = path.join(home, 'out');
		await mkdir(folder);
		await writeFile(path.join(folder, 'real.md'), 'before');
		await symlink('real.md', path.join(folder, 'a.md'));
		const {code, stdout, stderr} = await runCli(['report', ...account.flags, '--output', path.join(folder, 'a.md')], home);
		expect({code, stdout}).toEqual({code: 0, stdout: ''});
		expect(stderr).toMatch(/^wrote .*a\.md, [\d,]+ bytes\n$/m);
		expect(await readdir(folder)).toEqual(['a.md', 'real.md']);
		expect(await readFile(path.join(folder, 'real.md'), 'utf8')).toMatch(/^# What account/);
	});

	test('--quiet says nothing of it', async () => {
		const {stderr} = await runCli(['report', ...account.flags, '--quiet', '--output', path.join(home, 'q.csv')], home);
		expect(stderr).not.toContain('wrote');
	});

	test.each([
		['a folder', '.', /^error: --output \. is a folder\n {2}name a file in it\n$/],
		['a folder that is not there', 'nowhere/a.html', /^error: --output nowhere\/a\.html: there is no folder .*nowhere\n {2}make it first\n$/],
	])('%s is refused before anything slow begins', async (_, output, message) => {
		const {code, stderr} = await runCli(['report', ...account.flags, '--output', output], home);
		expect(stderr).toMatch(message);
		expect(code).toBe(2);
	});
});

describe('--fail-on', () => {
	test.each([
		['found in a report', ['report', '--format', 'sarif', '--fail-on', 'unused-principal,ungranted'], 1, ['fail-on unused-principal: 3 unused principals: bob, admin, reader', 'fail-on ungranted: 1 action used that no policy grants today, by 1 principal: alice']],
		['found in a list: of that list alone', ['--list', 'users', '--fail-on', 'unused-principal'], 1, ['fail-on unused-principal: 1 unused principal: bob']],
		['found of a user', ['--user', 'alice', '--fail-on', 'ungranted'], 1, ['fail-on ungranted: 1 action used that no policy grants today, by 1 principal: alice']],
		['what a filter hides is found', ['--user', 'alice', '--ignore-benign', '--show-used', '--fail-on', 'ungranted'], 1, ['fail-on ungranted: 1 action used that no policy grants today, by 1 principal: alice']],
		['not found', ['--role', 'reader', '--fail-on', 'ungranted,unused-dangerous'], 0, []],
	])('%s', async (_, words, exitCode, lines) => {
		const {code, stdout, stderr} = await runCli([...words, ...account.flags], home);
		expect(stderr.split('\n').filter(line => line.startsWith('fail-on'))).toEqual(lines);
		expect(stdout).not.toBe('');
		expect(code).toBe(exitCode);
	});

	test('an administrator who did nothing: its dangerous grants are counted', async () => {
		const {code, stderr} = await runCli(['--role', 'admin', '--fail-on', 'unused-dangerous', ...account.flags], home);
		expect(stderr).toMatch(/^fail-on unused-dangerous: \d+ dangerous grants never used, of 1 principal: admin$/m);
		expect(code).toBe(1);
	});

	test('no logs: neither clean nor unused, exit code 3', async () => {
		const {code, stdout, stderr} = await runCli(['report', '--format', 'md', '--iam', account.iam, '--trail', account.trail, '--start', '2020-01-01', '--end', '2020-02-01', '--fail-on', 'unused-principal'], home);
		expect(stderr).toMatch(/^fail-on: unused-principal cannot be judged: the logs hold no event of the account in the window$/m);
		expect(stdout).toContain('nothing here says “unused”');
		expect(code).toBe(3);
	});
});

test('config accounts: the names that --account takes', async () => {
	expect(await runCli(['config', 'accounts'], home)).toMatchObject({code: 0, stdout: 'demo\n'});
	await writeFile(path.join(home, 'config.yaml'), 'athena: {s3_bucket: logs}\naccounts:\n  - {name: "small\\e[2J", id: 012345678901, iam: iam.json}\n');
	expect(await runCli(['config', 'accounts', '--config', path.join(home, 'config.yaml')], home)).toMatchObject({code: 0, stdout: String.raw`small\x1b[2J` + '\ndemo\n'});
});
