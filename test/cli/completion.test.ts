/* eslint-disable no-template-curly-in-string -- scripts of shells have such words */
import {execFile, spawnSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {buildProgram} from '../../source/args/program.js';
import {completedCommands} from '../../source/cli/completion.js';
import {Terminal} from '../e2e/terminal.js';
import {builtCli, cliEnvironment, runCli} from '../support/run-cli.js';

// Node's own promise of execFile, whose types know the callback alone.
// eslint-disable-next-line @typescript-eslint/strict-void-return
const run = promisify(execFile);
const commands = completedCommands(buildProgram(() => {}, () => {}));
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

let home = '';
let environment: NodeJS.ProcessEnv = {};

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
	const bin = path.join(home, 'bin');
	await Promise.all([bin, path.join(home, 'config')].map(async folder => mkdir(folder)));
	// The program under its own name: completions call it for the names of accounts.
	await writeFile(path.join(bin, 'cloudtracker-tui'), `#!/bin/sh\nexec '${process.execPath}' '${builtCli}' "$@"\n`);
	await chmod(path.join(bin, 'cloudtracker-tui'), 0o755);
	const account = (name: string) => ({name, iam: {kind: 'file', path: '/iam.json'}, trail: {kind: 'files', path: '/logs'}});
	await writeFile(path.join(home, 'config', 'config.json'), JSON.stringify({accounts: [account('prod'), account('$(touch hacked) two words')], preferences: {}}));
	await writeFile(path.join(home, 'iam file.json'), '{}');
	environment = {...cliEnvironment(home), PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, HOME: home, ZDOTDIR: home};
	await Promise.all((['bash', 'zsh', 'fish'] as const).map(async shell => {
		const {stdout} = await runCli(['completion', shell], home);
		await writeFile(path.join(home, `completion.${shell}`), stdout);
	}));
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

/** What bash offers for the last of the words, by the function that it would call. */
async function bash(...words: readonly string[]): Promise<string[]> {
	const script = 'source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cloudtracker_tui; printf "%s\\n" "${COMPREPLY[@]}"';
	const {stdout} = await run('bash', ['--norc', '-c', script, 'bash', 'cloudtracker-tui', ...words], {env: environment, cwd: home});
	return stdout.split('\n').filter(line => line !== '');
}

/** What fish offers for a line. */
async function fish(line: string): Promise<string[]> {
	const {stdout} = await run('fish', ['--no-config', '-c', 'source completion.fish; complete -C $argv[1]', `cloudtracker-tui ${line}`], {env: environment, cwd: home});
	return stdout.split('\n').filter(word => word !== '').map(word => word.split('\t')[0] ?? '');
}

const wordsOf = (line: string): readonly string[] => line.split(' ');

const longFlags = (index: number): readonly string[] => (commands[index]?.options ?? []).flatMap(({flags}) => flags).filter(flag => flag.startsWith('--'));

/** Rows of both shells: a line up to the cursor, and what is offered there. */
const lines: ReadonlyArray<readonly [name: string, line: string, offered: readonly string[]]> = [
	['commands', 'c', ['config', 'cache', 'completion']],
	['commands of a command', 'config ', ['path', 'accounts']],
	['the choices of an argument', 'completion ', ['bash', 'zsh', 'fish']],
	['the choices of a flag', 'report --format ', ['html', 'md', 'json', 'csv', 'sarif']],
	['of the same flag elsewhere', '--format ', ['text', 'json', 'csv']],
	['behind the value of a flag, commands again', '--demo --start 90d unm', ['unmapped']],
	['a value that looks like a command is none', '--account report unm', ['unmapped']],
	['a part of a list', 'report --fail-on unused-principal,ung', ['unused-principal,ungranted']],
	['nothing for what nobody can guess', '--start ', []],
];

describe.skipIf(!has('bash'))('bash', () => {
	test.each(commands.map((command, index) => [command.path, index] as const))('every flag of "%s", and no other', async (commandPath, index) => {
		const offered = await bash(...[commandPath.split(' '), '--'].flat().filter(word => word !== ''));
		expect(offered.toSorted()).toEqual(longFlags(index).toSorted());
	});

	test.each(lines)('%s', async (_, line, offered) => {
		const found = await bash(...wordsOf(line));
		expect(found.toSorted()).toEqual([...offered].toSorted());
	});

	test('"--flag=value" comes as three words', async () => {
		expect(await bash('report', '--format', '=', 's')).toEqual(['sarif']);
		expect(await bash('report', '--format', '=')).toHaveLength(5);
		expect(await bash('report', '--format', '=', 'csv', '--outp')).toEqual(['--output']);
	});

	test('names of accounts come from the configuration, quoted, and are never run', async () => {
		expect(await bash('--account', '')).toEqual(['prod', String.raw`\$\(touch\ hacked\)\ two\ words`, 'demo']);
		await expect(run('ls', [path.join(home, 'hacked')])).rejects.toThrow();
	});

	test('files', async () => {
		expect(await bash('--iam', 'iam')).toEqual(['iam file.json']);
	});

	test('as bash itself reads it', async () => {
		const {stdout} = await run('bash', ['--norc', '-c', 'eval "$(cloudtracker-tui completion bash)"; complete -p cloudtracker-tui'], {env: environment, cwd: home});
		expect(stdout).toBe('complete -F _cloudtracker_tui cloudtracker-tui\n');
	});
});

describe.skipIf(!has('fish'))('fish (skipped where there is none)', () => {
	test.each(commands.map((command, index) => [command.path, index] as const))('every flag of "%s", and no other', async (commandPath, index) => {
		const offered = await fish(`${commandPath} --`.trim());
		expect(offered.toSorted()).toEqual(longFlags(index).toSorted());
	});

	test.each(lines)('%s', async (_, line, offered) => {
		const found = await fish(line);
		expect(found.toSorted()).toEqual([...offered].toSorted());
	});

	test('names of accounts, and files', async () => {
		const accounts = await fish('--account ');
		expect(accounts.toSorted()).toEqual(['$(touch hacked) two words', 'demo', 'prod']);
		expect(await fish('--iam iam')).toEqual(['iam file.json']);
	});
});

describe.skipIf(!has('zsh'))('zsh (skipped where there is none)', () => {
	let terminal: Terminal | undefined;

	/** What zsh shows when Tab is pressed behind a line. */
	async function zsh(line: string, offered: string): Promise<string> {
		await writeFile(path.join(home, '.zshrc'), 'PS1="go> "; autoload -U compinit; compinit -u -D; zstyle ":completion:*" verbose no; LISTMAX=1000; source ~/completion.zsh\n');
		terminal = new Terminal('zsh', ['-i'], {env: environment, cwd: home});
		await terminal.shows('go>');
		terminal.write(`cloudtracker-tui ${line}\t\t`);
		await terminal.shows(offered);
		const {text} = terminal;
		terminal.dispose();
		return text;
	}

	test('flags of a command, and no others', async () => {
		const text = await zsh('report --', '--fail-on');
		for (const flag of longFlags(commands.findIndex(({path: name}) => name === 'report'))) {
			expect(text).toContain(flag);
		}

		expect(text).not.toContain('--show-used');
	});

	test.each([
		['commands', 'unm', 'unmapped'],
		['commands of a command', '--demo config acc', 'config accounts'],
		['the choices of an argument', 'completion fi', 'completion fish'],
		['the choices of a flag', 'report --format sa', '--format sarif'],
		['the same, written with "="', 'report --format=sa', '--format=sarif'],
		['a part of a list', 'report --fail-on unused-principal,ung', 'unused-principal,ungranted'],
		['names of accounts', '--account pr', '--account prod'],
		['files', '--iam iam', String.raw`--iam iam\ file.json`],
	])('%s', async (_, line, offered) => {
		expect(await zsh(line, offered)).toContain(offered);
	});
});
