import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {builtCli, cliEnvironment} from '../support/run-cli.js';
import {Terminal} from './terminal.js';

const recorder = pathToFileURL(fileURLToPath(new URL('record-modules.mjs', import.meta.url))).href;

let home = '';

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

test.each([
	['the demo', ['--demo'], 'accounts › demo'],
	['the accounts', [], 'accounts'],
])('%s: the first frame waits for no client of AWS or of a search server', async (name, words, frame) => {
	const file = path.join(home, name.replaceAll(' ', '-'));
	const program = new Terminal(process.execPath, ['--import', recorder, builtCli, ...words], {env: {...cliEnvironment(home), MODULES_FILE: file}, cwd: home});
	try {
		await program.shows(frame);
		const modules = await readFile(file, 'utf8');
		expect(modules).toContain('/dist/chunks/');
		expect(modules).not.toMatch(/node_modules\/(?:@aws-sdk|@smithy|@opensearch-project)\//);
	} finally {
		program.dispose();
	}
});
