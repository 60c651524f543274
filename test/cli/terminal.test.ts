import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {stripVTControlCharacters} from 'node:util';
import {spawn} from '@lydell/node-pty';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {builtCli, cliEnvironment} from '../support/run-cli.js';
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

/** Runs a program in a pseudo-terminal to its end. */
async function inTerminal(file: string, words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<{code: number; output: string}> {
	const child = spawn(file, [...words], {name: more.TERM ?? 'xterm-256color', cols: 200, rows: 50, cwd: home, env: cliEnvironment(home, more)});
	let output = '';
	child.onData(text => {
		output += text;
	});
	return new Promise(resolve => {
		child.onExit(({exitCode}) => {
			resolve({code: exitCode, output});
		});
	});
}

const alice = () => [builtCli, ...account.flags, '--user', 'alice'];

test('colours on a terminal', async () => {
	const {code, output} = await inTerminal(process.execPath, alice());
	expect(output).toContain('\u001B[31m- s3:deletebucket\u001B[39m');
	expect(code).toBe(0);
});

// A dumb terminal gets no progress line either: it could not take it away.
test.each([
	['NO_COLOR', [], {NO_COLOR: '1'}],
	['--no-color', ['--no-color'], {}],
	['a dumb terminal', [], {TERM: 'dumb'}],
] as const)('no colours with %s', async (_, words, more) => {
	const {output} = await inTerminal(process.execPath, [...alice(), ...words], more);
	expect(output).toContain('- s3:deletebucket');
	expect(output).not.toContain('\u001B[31m');
	expect(output.includes('\u001B')).toBe(!('TERM' in more));
});

test('progress is a line that is gone when the document comes; --quiet has none', async () => {
	const {output} = await inTerminal(process.execPath, alice());
	const clear = '\r\u001B[2K';
	expect(output).toContain(`${clear}reading the IAM snapshot`);
	// Behind the last clearing there is no progress any more.
	expect(output.slice(output.lastIndexOf(clear) + clear.length)).toMatch(/^(?:warning: .*\r\n)*Getting info on alice/);
	const quiet = await inTerminal(process.execPath, [...alice(), '--quiet']);
	expect(stripVTControlCharacters(quiet.output)).not.toContain('reading the IAM snapshot');
});

test.skipIf(process.platform === 'win32')('standard input that is no terminal: said, exit code 2 (needs a shell)', async () => {
	const {code, output} = await inTerminal('/bin/sh', ['-c', `"${process.execPath}" "${builtCli}" --demo < /dev/null`]);
	expect(stripVTControlCharacters(output)).toMatch(/error: the screen needs a keyboard, but standard input is no terminal/);
	expect(code).toBe(2);
});

test.skipIf(process.platform === 'win32')('--format asks for a document, on a terminal too', async () => {
	const {code, output} = await inTerminal(process.execPath, [builtCli, ...account.flags, '--format', 'csv']);
	expect(output).toMatch(/arn:aws:iam::012345678901:user\/alice,AIDAALICE,alice,user,/);
	expect(output).not.toContain('\u001B[?1049h');
	expect(code).toBe(0);
});
