/**
From a key to its drawn frame, over 22,000 actions by service with the evidence beside them, at 120x40 in a real pseudo-terminal:
`node bench/keys.mjs [keys]`. A frame counts as drawn when the terminal has shown what the key changes: the evidence of the selected line, the filter's count. Node's own start in the same
run says how fast the machine is: the bar's milliseconds hold where it takes 90 ms at most, and grow with it.
Prints rows of a Markdown table: what, figure, peer, ratio, bar.
*/
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import pty from '@lydell/node-pty';

const count = Number(process.argv[2] ?? 400);
const columns = 120;
const rows = 40;
const pauseMs = 30;
const folder = mkdtempSync(path.join(tmpdir(), 'cloudtracker-tui-bench-'));

/** The end of a synchronized update: Ink writes it behind every frame. */
const frameEnd = '\u001B[?2026l';

function nodeStart() {
	const started = performance.now();
	execFileSync(process.execPath, ['-e', '0']);
	return performance.now() - started;
}

const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

const pause = async ms => new Promise(resolve => {
	setTimeout(resolve, ms);
});

/** A program whose output is watched for what a key must bring. */
function watch(child) {
	let text = '';
	let waiting;
	const look = () => {
		if (waiting && waiting.isDone(text)) {
			const {resolve} = waiting;
			waiting = undefined;
			resolve(performance.now());
		}
	};

	child.onData(data => {
		text += data;
		look();
	});
	return async isDone => {
		text = '';
		return new Promise(resolve => {
			waiting = {isDone, resolve};
			look();
		});
	};
}

const frameWith = (...words) => text => text.includes(frameEnd) && words.every(word => text.includes(word));

/** The pane's first words of a line, as many lines below the first action; every service has 50 actions and a line of its own. */
function lineAfter(lines) {
	const [service, place] = [Math.floor((lines + 1) / 51), (lines + 1) % 51];
	const name = `service${String(service).padStart(3, '0')}`;
	const action = (service * 50) + place - 1;
	return place === 0 ? `│ ${name} · 50 actions` : `│ ${['- ', '? ', '', '- '][action % 4]}${name}:DescribeSomeThingNumber${String(action).padStart(5, '0')}`;
}

try {
	const build = fileURLToPath(new URL('../test/e2e/build-fake.mjs', import.meta.url));
	execFileSync(process.execPath, [build, folder], {stdio: 'inherit'});
	const {CI: _ci, ...environment} = process.env;
	const child = pty.spawn(process.execPath, [path.join(folder, 'fake-program.mjs'), 'large'], {name: 'xterm-256color', cols: columns, rows, env: environment});
	const next = watch(child);
	const press = async (key, ...words) => {
		const drawn = next(frameWith(...words));
		const pressed = performance.now();
		child.write(key);
		return await drawn - pressed;
	};

	await next(frameWith('roles'));
	await press('\r', '22,000/22,000');
	const figures = {move: [], page: [], filter: [], node: []};
	for (let index = 0; index < count; index++) {
		// Each row's number is in its name: the frame is the one whose pane is about the line that is selected now.
		figures.move.push(await press('j', lineAfter(index + 1)));
		await pause(pauseMs);
		if (index % 20 === 0) {
			figures.node.push(nodeStart());
		}
	}

	for (let index = 0; index < count / 4; index++) {
		figures.page.push(await press('\u001B[6~'));
		await pause(pauseMs);
	}

	for (let index = 0; index < count / 16; index++) {
		await press('/', 'enter keep');
		await pause(pauseMs);
		for (const [key, shown] of [['4', '/4 '], ['2', '/42 '], [' ', '/42 '], ['7', '/42 7 ']]) {
			figures.filter.push(await press(key, shown));
			await pause(pauseMs);
		}

		await press('\u001B', '22,000/22,000');
		await pause(pauseMs);
	}

	child.kill('SIGTERM');
	const node = percentile(figures.node, 0.5);
	const slowness = Math.max(1, node / 90);
	for (const [what, values] of [['j', figures.move], ['page down', figures.page], ['a letter of the filter', figures.filter]]) {
		const p50 = percentile(values, 0.5);
		const p99 = percentile(values, 0.99);
		const figure = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
		const ratio = `${(p50 / node).toFixed(2)} / ${(p99 / node).toFixed(2)}`;
		const bar = `p50 <= ${(16 * slowness).toFixed(0)} ms, p99 <= ${(33 * slowness).toFixed(0)} ms`;
		console.log(`| key to frame, 22,000 actions with evidence, 120x40: ${what} | ${figure} | node -e 0: ${node.toFixed(0)} ms | ${ratio} | ${bar} |`);
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
