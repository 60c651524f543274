import {Buffer} from 'node:buffer';
import {execFileSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {builtCli, cliEnvironment, runCli} from '../support/run-cli.js';
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

type More = {readonly columns?: number; readonly rows?: number; readonly env?: Record<string, string>};

/** No display and no other program's clipboard: what is copied goes through the terminal. */
const bare = {DISPLAY: '', WAYLAND_DISPLAY: '', TMUX: '', SSH_TTY: '', SSH_CONNECTION: '', WSL_DISTRO_NAME: '', WSL_INTEROP: ''};

/** The screens over made-up accounts. */
function run(scene: string, {env, ...size}: More = {}): Terminal {
	terminal = new Terminal(process.execPath, [path.join(folder, 'fake-program.mjs'), scene], {...size, env: cliEnvironment(folder, {...bare, ...env})});
	return terminal;
}

/** The built program. */
function runBuilt(words: readonly string[], home: string, more: Record<string, string> = {}): Terminal {
	terminal = new Terminal(process.execPath, [builtCli, ...words], {env: cliEnvironment(home, more), cwd: folder});
	return terminal;
}

test('Terminal 3: work that quitting stops is named, on the screen that was there before', async () => {
	const program = run('endless');
	await program.shows('1,234 of 30,449 files');
	program.write('q');
	expect(await program.exited()).toBe(0);
	await program.shows('stopped: reading CloudTrail files, 512 MB');
});

describe('Terminal 5: keys from the preferences', () => {
	test('hold in the built program, footer and all; a conflict is said', async () => {
		const home = path.join(folder, 'rebound');
		await mkdir(path.join(home, 'config'), {recursive: true});
		await writeFile(path.join(home, 'config', 'config.json'), JSON.stringify({accounts: [], preferences: {keys: {filter: ['f'], quit: ['Q'], help: ['m']}}}));
		const program = runBuilt(['--demo'], home);
		await program.shows('keys: m does "help", and no longer "unmapped"');
		await program.shows('demo › users');
		program.write('j');
		await program.shows('f filter');
		await program.shows('Q quit');
		program.write('/q?');
		program.write('fbob');
		await program.shows('/bob · 1/3');
		program.write(`${keys.enter}Q`);
		expect(await program.exited()).toBe(0);
	});

	test('of another shape are an error that names the file, exit code 2', async () => {
		const home = path.join(folder, 'damaged');
		await mkdir(path.join(home, 'config'), {recursive: true});
		await writeFile(path.join(home, 'config', 'config.json'), JSON.stringify({preferences: {keys: {filter: 7}}}));
		const program = runBuilt(['--demo'], home);
		expect(await program.exited()).toBe(2);
		expect(program.text.replaceAll('\n', '')).toMatch(/config\.json is damaged: preferences\.keys\.filter/);
	});
});

test('Terminal 6: 200 keys typed with no gap lose none', async () => {
	const program = run('large', {columns: 120, rows: 40});
	await program.shows('admin');
	program.write(`${keys.enter}v`);
	await program.shows('> - service000:DescribeSomeThingNumber00000');
	for (let index = 0; index < 200; index++) {
		program.write('j');
	}

	await program.shows('> - service004:DescribeSomeThingNumber00200');
});

test('Terminal 9: what matched is underlined, on the cursor\'s row too', async () => {
	const program = run('small');
	await program.shows('alice');
	program.write(`${keys.enter}/list`);
	await program.shows('/list');
	await program.until('underlined letters', ({underlined}) => underlined.includes('List'));
});

describe('Terminal 13', () => {
	test('100 resizes in a second end in a correct screen', async () => {
		const program = run('large', {columns: 120, rows: 40});
		await program.shows('admin');
		program.write(keys.enter);
		await program.shows('22,000/22,000');
		for (let index = 0; index < 100; index++) {
			program.resize(41 + (index * 37) % 160, 9 + (index * 13) % 50);
		}

		program.resize(100, 30);
		await program.until('a whole screen', ({lines}) => (lines[0] ?? '').startsWith('prod (123456789012)') && (lines[28] ?? '').startsWith('enter open') && lines[29] === '');
		expect(program.lines.filter(line => line.includes('accounts ›'))).toHaveLength(1);
		expect(program.lines.filter(line => line.startsWith('>'))).toHaveLength(1);
		program.write('G');
		await program.shows('Number21999');
	});

	test('a terminal that is too small says so, takes q, and recovers', async () => {
		const program = run('small', {columns: 40, rows: 10});
		await program.shows('needs 60x12, has 40x10');
		program.resize(60, 12);
		await program.shows('alice');
		program.resize(30, 5);
		await program.shows('needs 60x12, has 30x5');
		program.write('q');
		expect(await program.exited()).toBe(0);
	});
});

describe('Terminal 14: the terminal is as it was', () => {
	test('after a rejected promise that nobody waits for', async () => {
		const program = run('rejected');
		expect(await program.exited()).not.toBe(0);
		expect(program.buffer).toBe('normal');
		expect(program.isCursorVisible).toBe(true);
		expect(program.text).toContain('a promise that nobody waits for');
	});

	test('the mouse is not taken: text can be selected', async () => {
		const program = run('small');
		await program.shows('alice');
		expect(program.raw).not.toMatch(/\[\?(?:9|100[0-6]|1015|1016)h/);
	});
});

test('Terminal 12: the 16 colours and no painted background, so that light and dark are both legible', async () => {
	const program = run('small', {columns: 120, rows: 40});
	await program.shows('alice');
	program.write(`${keys.enter}jj `);
	await program.shows('1 marked');
	const parameters = [...program.raw.replaceAll('\u001B', 'ESC').matchAll(/ESC\[([\d;]*)m/g)].flatMap(match => (match[1] ?? '').split(';'));
	expect(parameters).toContain('31');
	for (const parameter of parameters) {
		// Bold, dim, underline, inverse and their ends, the eight colours and their bright ones; never 38, 48 or 40-47.
		expect(parameter).toMatch(/^(?:0?|1|2|4|7|22|24|27|3[0-79]|9[0-7])$/);
	}
});

test('Terminal 12: NO_COLOR and --no-color leave prefixes and words', async () => {
	const program = runBuilt(['--demo', '--no-color'], folder);
	await program.shows('demo › users');
	program.write(`${keys.enter}`);
	await program.shows('  - cloudwatch:GetDashboard');
	expect(program.hasStyle).toBe(false);
});

test('Terminal 15: a screen reader gets linear text, verdicts in words', async () => {
	const program = run('small', {columns: 100, rows: 50, env: {INK_SCREEN_READER: 'true'}});
	await program.shows('selected, 1 of 2: used: alice');
	program.write(`${keys.enter}jjjj`);
	await program.shows('selected, 6 of 7: not granted: s3:CreateBucket');
	expect(program.text).toContain('unused: s3:ListAllMyBuckets');
	expect(program.text).toContain('service s3: open, 1 unused, 1 not granted');
	expect(program.text).not.toMatch(/^[>-]|│|─|ACTION/m);
});

describe('Terminal 22: copying', () => {
	test('y sends the action through the terminal, and says so', async () => {
		const program = run('small');
		await program.shows('alice');
		program.write(`${keys.enter}jy`);
		await program.shows('sent to the terminal\'s clipboard (OSC 52): cloudwatch:GetDashboard');
		expect(program.raw).toContain(`\u001B]52;c;${Buffer.from('cloudwatch:GetDashboard').toString('base64')}\u0007`);
	});

	test('Y sends the ARN, wrapped in tmux', async () => {
		const program = run('small', {env: {TMUX: '/tmp/tmux,1,0'}});
		await program.shows('alice');
		program.write('Y');
		await program.shows('(OSC 52): arn:aws:iam');
		expect(program.raw).toContain(`\u001BPtmux;\u001B\u001B]52;c;${Buffer.from('arn:aws:iam::123456789012:user/alice').toString('base64')}\u0007\u001B\\`);
	});

	test('a name with controls is copied as it is shown', async () => {
		const program = run('evil');
		await program.shows(String.raw`ev\x1b[2Jil`);
		program.write('y');
		await program.shows('OSC 52');
		expect(program.raw).toContain(Buffer.from(String.raw`ev\x1b[2Jil`).toString('base64'));
	});
});

describe('Terminal 21: not a terminal', () => {
	test.each<{name: string; words: string[]; says: RegExp}>([
		{name: 'nothing asked: users and roles', words: ['--demo'], says: /^ {2}alice$/m},
		{name: 'the list of roles', words: ['--demo', '--list', 'roles'], says: /admin/},
		{name: 'a principal', words: ['--demo', '--user', 'alice'], says: /^\+ s3:createbucket$/m},
		{name: 'the evidence', words: ['--demo', '--user', 'alice', '--explain', 's3:CreateBucket'], says: /taken away by/},
		{name: 'the events that map to nothing', words: ['unmapped', '--demo'], says: /^$/},
	])('$name is printed, without a control', async ({words, says}) => {
		const {code, stdout} = await runCli(words, folder);
		expect(code).toBe(0);
		expect(stdout).toMatch(says);
		expect(stdout).not.toContain('\u001B');
	});
});

test('Terminal 23: config path prints the file, and the flag is before the variable', async () => {
	const named = await runCli(['config', 'path'], folder);
	expect(named.stdout.trim()).toBe(path.join(folder, 'config', 'config.json'));
	const given = await runCli(['config', 'path', '--config', path.join(folder, 'mine.json')], folder);
	expect(given.stdout.trim()).toBe(path.join(folder, 'mine.json'));
});

test('Terminal 4: e writes what is on the screen into a file, and never over one', async () => {
	const file = path.join(folder, 'out.csv');
	const program = runBuilt(['--demo'], folder);
	await program.shows('demo › users');
	program.write(`${keys.enter}/s3${keys.enter}e`);
	await program.shows('1 of 7 actions of alice');
	await program.shows('demo-alice-actions.csv');
	program.write(`${keys.ctrlU}${file}${keys.enter}`);
	await program.shows('wrote 1 of 7 actions of alice');
	expect(await readFile(file, 'utf8')).toContain('s3:CreateBucket');
	program.write(`e${keys.ctrlU}${file}${keys.enter}`);
	await program.shows('is there already');
});
