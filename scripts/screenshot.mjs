// Draws docs/screen.svg: a real run of the built program in a pseudo-terminal. Usage: npm run build && node scripts/screenshot.mjs
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {screenToSvg} from './screen-to-svg.mjs';

const columns = 110;
const rows = 28;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const home = await mkdtemp(path.join(tmpdir(), 'ct-'));

// Ink draws nothing while CI is set.
const {CI, NO_COLOR, ...environment} = process.env;
const child = pty.spawn(process.execPath, [path.join(root, 'dist/cli.js'), '--demo', '--start', '90d'], {
	name: 'xterm-256color',
	cols: columns,
	rows,
	env: {...environment, FORCE_COLOR: '1', CLOUDTRACKER_TUI_CACHE_DIR: path.join(home, 'cache'), CLOUDTRACKER_TUI_CONFIG_DIR: path.join(home, 'config')},
});
const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
child.onData(data => {
	terminal.write(data);
});
terminal.onData(data => {
	child.write(data);
});

function screenText() {
	const buffer = terminal.buffer.active;
	return Array.from({length: rows}, (_, y) => buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '').join('\n');
}

async function until(pattern) {
	const deadline = Date.now() + 30_000;
	while (!pattern.test(screenText())) {
		if (Date.now() > deadline) {
			throw new Error(`the screen never matched ${pattern}:\n${screenText()}`);
		}

		await new Promise(resolve => {
			setTimeout(resolve, 20);
		});
	}
}

try {
	await until(/\balice\b/);
	child.write('\t');
	await until(/\bgithub-deploy\b/);
	child.write('/github-deploy\r');
	await until(/1\/15/);
	child.write('\r');
	await until(/granted by/);
	child.write('j'.repeat(9));
	await until(/> - cloudformation:CreateStack /);
	await writeFile(path.join(root, 'docs/screen.svg'), screenToSvg(terminal, 'cloudtracker-tui: what the role github-deploy of the demo account may do, and what it did'));
} finally {
	child.kill();
	await rm(home, {recursive: true, force: true});
}
