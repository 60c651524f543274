// Draws the pictures of the documentation, each from a real run of the built program in a pseudo-terminal. Usage: npm run build && node scripts/screenshot.mjs
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {screenToSvg} from './screen-to-svg.mjs';
import {shots} from './shots.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const home = await mkdtemp(path.join(tmpdir(), 'ct-'));

// Ink draws nothing while CI is set.
const {CI, NO_COLOR, ...environment} = process.env;
const env = {...environment, FORCE_COLOR: '1', CLOUDTRACKER_TUI_CACHE_DIR: path.join(home, 'cache'), CLOUDTRACKER_TUI_CONFIG_DIR: path.join(home, 'config')};

function screenText(terminal) {
	const buffer = terminal.buffer.active;
	return Array.from({length: terminal.rows}, (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '').join('\n');
}

async function until(terminal, pattern) {
	const deadline = Date.now() + 30_000;
	while (!pattern.test(screenText(terminal))) {
		if (Date.now() > deadline) {
			throw new Error(`the screen never matched ${pattern}:\n${screenText(terminal)}`);
		}

		await new Promise(resolve => {
			setTimeout(resolve, 20);
		});
	}
}

async function draw({file, columns, rows, words, title, steps}) {
	const child = pty.spawn(process.execPath, [path.join(root, 'dist/cli.js'), ...words], {name: 'xterm-256color', cols: columns, rows, env});
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	child.onData(data => {
		terminal.write(data);
	});
	terminal.onData(data => {
		child.write(data);
	});
	try {
		for (const [pattern, keys] of steps) {
			await until(terminal, pattern);
			child.write(keys);
		}

		const target = path.join(root, file);
		await mkdir(path.dirname(target), {recursive: true});
		await writeFile(target, screenToSvg(terminal, title));
		console.log(file);
	} finally {
		child.kill();
	}
}

try {
	for (const shot of shots) {
		await draw(shot);
	}
} finally {
	await rm(home, {recursive: true, force: true});
}
