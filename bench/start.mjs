/**
How long the built program takes to say something, against bare node in the same run: `npm run build && node bench/start.mjs [runs]`.
Prints rows of a Markdown table: what, figure, peer, ratio, bar.
*/
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import pty from '@lydell/node-pty';

const runs = Number(process.argv[2] ?? 15);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const home = mkdtempSync(path.join(tmpdir(), 'cloudtracker-tui-bench-'));
// Ink draws nothing while CI is set.
const {CI: _ci, ...inherited} = process.env;
const environment = {...inherited, CLOUDTRACKER_TUI_CACHE_DIR: path.join(home, 'cache'), CLOUDTRACKER_TUI_CONFIG_DIR: path.join(home, 'config')};

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function printed(...words) {
	const started = performance.now();
	execFileSync(process.execPath, words, {env: environment, stdio: ['ignore', 'pipe', 'ignore']});
	return performance.now() - started;
}

/** From exec to the first words on the screen. */
async function firstFrame() {
	const started = performance.now();
	const child = pty.spawn(process.execPath, [cli, '--demo'], {name: 'xterm-256color', cols: 120, rows: 40, env: environment});
	const elapsed = await new Promise((resolve, reject) => {
		let text = '';
		child.onData(data => {
			text += stripVTControlCharacters(data);
			if (/\bdemo\b/i.test(text)) {
				resolve(performance.now() - started);
			}
		});
		child.onExit(() => {
			reject(new Error(`the program ended without a frame: ${text}`));
		});
	});
	const ended = new Promise(resolve => {
		child.onExit(resolve);
	});
	child.kill('SIGTERM');
	await ended;
	return elapsed;
}

try {
	const figures = {node: [], version: [], help: [], list: [], frame: []};
	// The demo is written and read into the store before anything is timed.
	printed(cli, '--demo', '--list', 'users');
	// Taken in turns, so that a busy moment of the machine meets all of them.
	for (let run = 0; run < runs; run++) {
		figures.node.push(printed('-e', '0'));
		figures.version.push(printed(cli, '--version'));
		figures.help.push(printed(cli, '--help'));
		figures.list.push(printed(cli, '--demo', '--list', 'users'));
		figures.frame.push(await firstFrame());
	}

	const node = median(figures.node);
	const row = (what, values, bar) => {
		console.log(`| ${what} | ${median(values).toFixed(0)} ms | node -e 0: ${node.toFixed(0)} ms | ${(median(values) / node).toFixed(2)} | ${bar} |`);
	};

	row('first frame of `--demo` in a terminal, store warm', figures.frame, '<= 4');
	row('`--demo --list users`, store warm', figures.list, '');
	row('`--help`', figures.help, '');
	row('`--version`', figures.version, '');
} finally {
	rmSync(home, {recursive: true, force: true});
}
