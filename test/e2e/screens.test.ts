import {execFileSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {cliEnvironment} from '../support/run-cli.js';
import {keys, Terminal} from './terminal.js';

let folder = '';
let terminal: Terminal | undefined;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
	execFileSync(process.execPath, [fileURLToPath(new URL('build-fake.mjs', import.meta.url)), folder]);
});

afterAll(async () => {
	await rm(folder, {recursive: true, force: true});
});

afterEach(() => {
	terminal?.dispose();
});

/** The screens over made-up accounts, in a terminal of their own. */
function run(scene: string, more: {readonly columns?: number; readonly rows?: number; readonly env?: Record<string, string>} = {}): Terminal {
	const {env, ...size} = more;
	terminal = new Terminal(process.execPath, [path.join(folder, 'fake-program.mjs'), scene], {...size, env: cliEnvironment(folder, env)});
	return terminal;
}

describe('keys', () => {
	test('a run of keys in one chunk all count', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write('\rjjj');
		await program.shows('> - service000:DescribeSomeThingNumber00003');
	});

	test('a filter typed without any gap loses no letter', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write(keys.enter);
		program.write('/');
		program.write('n');
		program.write('umber 21999');
		program.write(keys.enter);
		await program.shows('/number 21999 · 1/22,000 · 1 unused');
	});

	test('a key that the program does not know is passed over (Ctrl-F3 once ended it)', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write('\u001B[1;5R\u001B[31m\u001B[5m');
		program.write(keys.enter);
		await program.shows('22,000/22,000');
	});

	test('a paste is text for the filter, and never keys', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write('\u001B[200~jqqq\n\u001B[201~');
		program.write(keys.enter);
		await program.shows('22,000/22,000');
		program.write('/\u001B[200~number\n21999\u001B[201~');
		await program.shows('1/22,000');
	});

	test('arrows, pages, Home and End', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write(keys.enter);
		await program.shows('22,000/22,000');
		program.write(keys.end);
		await program.shows('Number21999');
		program.write(keys.home + keys.pageDown + keys.down + keys.up);
		await program.until('the second page', ({text}) => /^> .*Number000(1\d|0[89])/m.test(text));
		program.write(keys.ctrlD + keys.ctrlU + keys.pageUp);
		await program.shows('> ▾ service000');
		program.write(keys.down);
		await program.shows('> - service000:DescribeSomeThingNumber00000');
	});

	test('Backspace takes a letter of the filter', async () => {
		const program = run('small');
		await program.shows('alice');
		program.write('/bobx');
		await program.shows('No name matches');
		program.write(keys.backspace);
		await program.shows('/bob · 1/2');
	});

	test('Escape and a letter at once are both taken', async () => {
		const program = run('small');
		await program.shows('alice');
		program.write(`${keys.enter}`);
		await program.shows('users › alice');
		program.write(`${keys.escape}j`);
		await program.shows('> - bob');
	});
});

describe('the screen', () => {
	test('is the alternate one, with the cursor row inverse', async () => {
		const program = run('small');
		await program.shows('alice');
		expect(program.buffer).toBe('alternate');
		const row = program.lines.findIndex(line => line.startsWith('>'));
		expect(program.inverseRows).toEqual([row]);
	});

	test('NO_COLOR takes every style, and the cursor is still marked', async () => {
		const program = run('small', {env: {NO_COLOR: '1'}});
		await program.shows('> ');
		expect(program.hasStyle).toBe(false);
	});

	test('follows a resize, and one that is too small gets one line', async () => {
		const program = run('large');
		await program.shows('admin');
		program.write(keys.enter);
		await program.shows('22,000/22,000');
		program.resize(120, 40);
		await program.until('rows for 40 lines', ({text}) => (text.match(/(?:Describe|De…)\S+ ?/g)?.length ?? 0) > 24);
		program.resize(40, 10);
		await program.until('one line', ({text}) => text.trim() === 'needs 60x12, has 40x10');
		program.resize(80, 24);
		await program.shows('22,000/22,000');
		expect(program.lines[0]).toContain('prod (123456789012)');
	});

	test('cancelling leaves a screen one can go on from', async () => {
		const program = run('endless');
		await program.shows('1,234 of 30,449 files');
		program.write(keys.escape);
		await program.shows('since when?');
		program.write(keys.enter);
		await program.shows('1,234 of 30,449 files');
	});
});

describe('the terminal is as it was', () => {
	test.each([
		{name: 'after q', end(program: Terminal) {
			program.write('q');
		}, code: 0},
		{name: 'after Ctrl-C', end(program: Terminal) {
			program.write(keys.ctrlC);
		}, code: 130},
		{name: 'after SIGTERM', end(program: Terminal) {
			program.kill('SIGTERM');
		}, code: 143},
		{name: 'after SIGINT', end(program: Terminal) {
			program.kill('SIGINT');
		}, code: 130},
		{name: 'after SIGHUP', end(program: Terminal) {
			program.kill('SIGHUP');
		}, code: 129},
	])('$name, exit code $code', async ({end, code}) => {
		const program = run('small');
		await program.shows('alice');
		end(program);
		expect(await program.exited()).toBe(code);
		expect(program.buffer).toBe('normal');
		expect(program.isCursorVisible).toBe(true);
	});

	test('after q while the logs are read', async () => {
		const program = run('endless');
		await program.shows('1,234 of 30,449 files');
		program.write('q');
		expect(await program.exited()).toBe(0);
		expect(program.buffer).toBe('normal');
	});

	test('after an error of ours, which is printed then', async () => {
		const program = run('bug');
		expect(await program.exited()).not.toBe(0);
		expect(program.buffer).toBe('normal');
		expect(program.text).toContain('TypeError: a bug of ours');
	});

	test('after an error of ours behind a key', async () => {
		const program = run('broken');
		await program.shows('alice');
		program.write(keys.enter);
		expect(await program.exited()).not.toBe(0);
		expect(program.buffer).toBe('normal');
		expect(program.text).toContain('TypeError: a bug behind a key');
	});
});
