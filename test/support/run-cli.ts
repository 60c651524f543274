import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** The built program: `npm test` builds it first, and so does `npm run build`. */
export const builtCli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type CliResult = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string};

/** An environment of its own for one run: configuration and cache below `home`, nothing that changes colours, no CI (Ink draws nothing with it). */
export function cliEnvironment(home: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
	const {CI: _ci, NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...inherited} = process.env;
	return {
		...inherited,
		TERM: 'xterm-256color',
		CLOUDTRACKER_TUI_CACHE_DIR: path.join(home, 'cache'),
		CLOUDTRACKER_TUI_CONFIG_DIR: path.join(home, 'config'),
		...more,
	};
}

/** Starts the built program with pipes and a closed standard input; throws when it is not built. */
export function startCli(words: readonly string[], home: string, more: Readonly<Record<string, string>> = {}) {
	if (!existsSync(builtCli)) {
		throw new Error('dist/cli.js is missing: npm run build');
	}

	return spawn(process.execPath, [builtCli, ...words], {env: cliEnvironment(home, more), stdio: ['ignore', 'pipe', 'pipe']});
}

/** Runs the built program to its end. */
export async function runCli(words: readonly string[], home: string, more: Readonly<Record<string, string>> = {}): Promise<CliResult> {
	const child = startCli(words, home, more);
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			resolve({code, signal, stdout, stderr});
		});
	});
}
