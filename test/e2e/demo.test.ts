import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {builtCli, cliEnvironment} from '../support/run-cli.js';
import {keys, Terminal} from './terminal.js';

let home = '';
let terminal: Terminal | undefined;

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

afterEach(() => {
	terminal?.dispose();
});

/** The built program in a terminal of its own; all tests share one cache, so the demo is written and read once. */
function run(...words: readonly string[]): Terminal {
	terminal = new Terminal(process.execPath, [builtCli, ...words], {env: cliEnvironment(home), cwd: home});
	return terminal;
}

test('the demo: walk the principals, drill in, filter, toggle, resize, quit', async () => {
	const program = run('--demo');
	await program.shows('accounts › demo › users');
	expect(program.buffer).toBe('alternate');
	expect(program.text).toMatch(/^> {3}alice/m);
	expect(program.text).toMatch(/^ {2}- bob/m);
	expect(program.text).toMatch(/^ {4}charlie/m);
	program.write(keys.down + keys.down);
	await program.shows('>   charlie');
	program.write(keys.up + keys.up + keys.enter);
	await program.shows('users › alice');
	for (const line of [
		'    cloudwatch:DescribeAlarmHistory', '    cloudwatch:DescribeAlarms', '  - cloudwatch:DescribeAlarmsForMetric', '  - cloudwatch:GetDashboard',
		'  ? cloudwatch:GetMetricData', '  + s3:CreateBucket',
	]) {
		expect(program.text.replace(/^>/m, ' ')).toContain(line);
	}

	program.write('u');
	await program.hides('GetDashboard');
	await program.shows('used only');
	expect(program.text).toContain('+ s3:CreateBucket');
	program.write('u');
	await program.shows('GetDashboard');
	program.write('/cloudwatch !describe');
	await program.hides('DescribeAlarms');
	program.write(keys.enter);
	await program.shows('/cloudwatch !describe · 2/');
	program.resize(120, 40);
	await program.until('the footer on the last line but one', ({lines}) => lines[38]?.startsWith('enter open') ?? false);
	program.write(keys.enter);
	await program.shows('granted by 1 statement');
	program.write(keys.escape);
	await program.shows('/cloudwatch !describe');
	program.write('q');
	expect(await program.exited()).toBe(0);
	expect(program.buffer).toBe('normal');
	expect(program.text.trim()).toBe('');
});

test('the evidence of a +: what was seen, with a sample, and the change that took it away', async () => {
	const program = run('--demo');
	await program.shows('demo › users');
	program.write(`${keys.enter}/s3:createbucket${keys.enter}${keys.enter}`);
	await program.shows('taken away by:');
	const text = program.text.replaceAll(/\s+/g, ' ');
	expect(text).toContain('proved by: s3.amazonaws.com:CreateBucket seen: s3.amazonaws.com:CreateBucket succeeded: 2 times');
	expect(text).toMatch(/for instance event [\da-f]{8}-[\da-f-]+ in us-east-1 from 198\.51\.100\.23 by Mozilla/);
	expect(text).toMatch(/taken away by: DetachUserPolicy at \S+Z by arn:aws:sts::111122223333:assumed-role\/admin\/charlie/);
	program.write(keys.escape);
	await program.shows('/s3:createbucket · 1/');
});

test('users and roles by Tab', async () => {
	const program = run('--demo');
	await program.shows('demo › users');
	program.write(keys.tab);
	await program.shows('demo › roles');
	expect(program.text).toMatch(/admin sso$/m);
	program.write(keys.tab);
	await program.shows('demo › users');
});

test('without an account: pick the demo, then the start date', async () => {
	const program = run();
	await program.shows('No account is configured yet');
	program.write(keys.enter);
	await program.shows('since when?');
	program.write(`90d${keys.enter}`);
	await program.shows('demo › users');
});

test('without an account: add one from files, checked at once', async () => {
	const program = run();
	await program.shows('No account is configured yet');
	program.write(keys.end + keys.enter);
	await program.shows('CloudTrail logs');
	program.write(`/nowhere/iam.json${keys.tab}`);
	await program.shows('! /nowhere/iam.json');
	program.write(keys.escape);
	await program.shows('No account is configured yet');
});

test('--no-alt-screen stays on the normal screen', async () => {
	const program = run('--demo', '--no-alt-screen');
	await program.shows('demo › users');
	expect(program.buffer).toBe('normal');
	program.write('q');
	expect(await program.exited()).toBe(0);
});

test('--no-color draws without colours', async () => {
	const program = run('--demo', '--no-color');
	await program.shows('demo › users');
	expect(program.hasStyle).toBe(false);
});

test.each([
	{signal: 'SIGTERM', code: 143},
	{signal: 'SIGHUP', code: 129},
])('$signal restores the terminal', async ({signal, code}) => {
	const program = run('--demo');
	await program.shows('demo › users');
	program.kill(signal);
	expect(await program.exited()).toBe(code);
	expect(program.buffer).toBe('normal');
	expect(program.isCursorVisible).toBe(true);
});

test('Ctrl-C while the logs are read ends at once', async () => {
	const program = run('--demo');
	await program.until('the alternate screen', ({buffer}) => buffer === 'alternate');
	program.write(keys.ctrlC);
	expect(await program.exited()).toBe(130);
	expect(program.buffer).toBe('normal');
});

test('account, date, principals, principal, marks, replay, export', async () => {
	const folder = path.join(home, 'policies');
	const program = run();
	await program.shows('Try the demo');
	program.write(keys.enter);
	await program.shows('since when?');
	program.write(keys.enter);
	await program.shows('demo › users');
	program.write(`${keys.enter}a`);
	await program.shows('2 marked');
	program.write('p');
	await program.until('the replay', ({text}) => /replay: 0 of \d+ events would have been denied/.test(text));
	await program.shows('-         "cloudwatch:GetDashboard"');
	program.write(keys.tab);
	await program.shows('a new policy in place of all');
	program.write('e');
	await program.shows('nothing is changed in AWS');
	program.write(`${keys.ctrlU}${folder}${keys.enter}`);
	await program.shows('wrote');
	expect(await readdir(folder)).toEqual(['edit', 'least-privilege']);
	program.write(keys.escape);
	await program.shows('2 marked');
	program.write('q');
	expect(await program.exited()).toBe(0);
});

test('the people in a role, what one of them used, the roles that one assumed, and on into the other account', async () => {
	const program = run('--demo');
	await program.shows('accounts › demo › users');
	program.write('\t/admin\r');
	await program.shows('/admin · 2/');
	program.write('G\r');
	await program.shows('roles › admin');
	program.write('\t');
	await program.shows('charlie');
	expect(program.text).toContain('admin › people');
	program.write('/alice\r\r');
	await program.shows('people › alice');
	program.write('u');
	await program.shows('used only');
	program.write(keys.escape);
	await program.hides('people › alice');
	program.write(keys.escape);
	await program.until('the whole list of people', ({text}) => text.includes('charlie') && text.includes('people'));
	program.write(keys.escape);
	await program.hides('› people');
	program.write(keys.escape);
	await program.shows('/admin · 2/');
	program.write('\t/charlie\r\r');
	await program.shows('users › charlie');
	program.write('\t');
	await program.shows('admin · account 777788889999');
	program.write('/777\r\r');
	await program.shows('backup (777788889999)');
	await program.shows('admin › people');
	await program.shows('arn:aws:iam::111122223333:user/charlie');
	program.write(keys.escape);
	await program.hides('› people');
	program.write(keys.escape);
	await program.hides('› admin');
	program.write(keys.escape);
	await program.shows('demo (111122223333)');
	await program.shows('charlie › roles assumed');
	program.write('q');
	expect(await program.exited()).toBe(0);
});
