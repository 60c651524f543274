import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runCli} from '../support/run-cli.js';
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

describe('usage and input errors: one line on stderr, nothing on stdout, exit code 2', () => {
	test.each([
		['an unknown flag', ['--usr', 'alice'], /^error: unknown option '--usr' \(Did you mean --user\?\)\n$/],
		['a day that does not exist', ['--demo', '--start', '2018-02-30'], /^error: --start "2018-02-30" is no day: .*\n$/],
		['an unknown account', ['--account', 'dmo', '--list', 'users'], /^error: unknown account "dmo" \(did you mean demo\?\)\n$/],
		['--destaccount alone', ['--demo', '--user', 'alice', '--destaccount', 'x'], /^error: --destaccount needs --destrole beside it.*\n$/],
		['words with control characters', ['\u001B[31mfoo'], /^error: unknown command '\\x1b\[31mfoo'.*\n$/],
	])('%s', async (_, words, message) => {
		const {code, stdout, stderr} = await runCli(words, home);
		expect(stderr).toMatch(message);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});

	test.each([
		['a user that is not there: the nearest', ['--user', 'alcie'], /^error: account 012345678901 has no user "alcie" \(did you mean alice\?\)$/m],
		['a role that is not there', ['--role', 'raeder'], /^error: account 012345678901 has no role "raeder" \(did you mean reader\?\)$/m],
		['an ARN of another account', ['--role', 'arn:aws:iam::111111111111:role/reader'], /^er{2}or: .* is of ac{2}ount 1{12}, not of 012345678901$/m],
	])('%s', async (_, words, message) => {
		const {code, stdout, stderr} = await runCli([...account.flags, ...words], home);
		expect(stderr).toMatch(message);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});

	test.each([
		['no account at all', [], /^error: no account is configured\n {2}give --profile NAME, or --iam FILE and --trail PATH, or --config FILE, or --demo\n$/],
		['an IAM file that is not there', ['--iam', '/nowhere.json', '--trail', '/'], /^error: .*\/nowhere\.json/],
	])('%s: with the next step', async (_, words, message) => {
		const {code, stdout, stderr} = await runCli([...words, '--list', 'users'], home);
		expect(stderr).toMatch(message);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});

	test('a trail that is not there is named', async () => {
		const {code, stderr} = await runCli(['--iam', account.iam, '--trail', '/nowhere/logs', '--list', 'users'], home);
		expect(stderr).toMatch(/^error: .*\/nowhere\/logs/);
		expect(code).toBe(2);
	});

	test('a damaged configuration is named and left as it is', async () => {
		const file = path.join(home, 'damaged.json');
		await writeFile(file, '{"accounts": [');
		const {code, stderr} = await runCli(['--config', file, '--list', 'users'], home);
		expect(stderr).toContain(`error: the configuration file ${file} is damaged`);
		expect(code).toBe(2);
		expect(await readFile(file, 'utf8')).toBe('{"accounts": [');
	});
});

describe('commands that read no account', () => {
	test.each([
		['--version', ['--version'], /^\d+\.\d+\.\d+\n$/],
		['--help', ['--help'], /^Usage: cloudtracker-tui[\s\S]*Examples:/],
		['config path', ['config', 'path'], /(?:\/config){2}\.json\n$/],
		['cache path', ['cache', 'path'], /\/cache\n$/],
	])('%s', async (_, words, expected) => {
		const {code, stdout, stderr} = await runCli(words, home);
		expect(stdout).toMatch(expected);
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
	});

	test('cache clear removes what was kept, and it is made again', async () => {
		const list = [...account.flags, '--list', 'users'];
		const before = await runCli(list, home);
		const cleared = await runCli(['cache', 'clear'], home);
		expect(cleared.stdout).toMatch(/^removed what was kept in /);
		const again = await runCli(['cache', 'clear'], home);
		expect(again.stdout).toMatch(/^nothing was kept in /);
		const after = await runCli(list, home);
		expect(after.stdout).toBe(before.stdout);
	});
});
