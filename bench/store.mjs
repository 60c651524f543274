/**
How fast the built program reads a trail and asks what it has read, against zcat and jq in the same run:
`npm run build && npx tsx bench/store.mjs [runs]`. Generates its trails on first use (4 GB in bench/data, or in $BENCH_DATA).
Prints rows of a Markdown table: what, figure, peer, ratio, bar.
*/
import {spawn} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {openFilesSource} from '../source/trail/files/source.js';
import {trailFolder} from './support/trails.mjs';

const runs = Number(process.argv[2] ?? 3);
const cli = fileURLToPath(new URL(process.env.BENCH_CLI ?? '../dist/cli.js', import.meta.url));
const account = '111122223333';
const home = mkdtempSync(path.join(tmpdir(), 'cloudtracker-tui-bench-'));

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = value => `${value.toFixed(2)} s`;

/** Prints one row of the table. */
function row({what, figure, peer = '', ratio = '', bar = ''}) {
	console.log(`| ${what} | ${figure} | ${peer} | ${ratio} | ${bar} |`);
}

/** Runs a command; resolves to its wall time in seconds and its peak memory in MB (Linux tells it, others give 0). */
async function timed(command, words, options = {}) {
	const started = performance.now();
	const child = spawn(command, words, {stdio: ['ignore', 'ignore', 'inherit'], ...options});
	let peak = 0;
	const timer = setInterval(() => {
		try {
			peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
		} catch {
			// The process has just ended, or the system has no /proc.
		}
	}, 20);
	const code = await new Promise(resolve => {
		child.on('close', resolve);
	});
	clearInterval(timer);
	if (code !== 0) {
		throw new Error(`${command} ended with ${code}`);
	}

	return {wall: (performance.now() - started) / 1000, peak: peak / 1000};
}

/** The program, listing the users of a generated account. */
async function listed(trail, cache) {
	return timed(process.execPath, [cli, '--iam', path.join(trail, 'gaad.json'), '--trail', path.join(trail, 'AWSLogs'), '--start', '2025-08-01', '--end', '2026-08-31', '--list', 'users'], {
		env: {...process.env, CLOUDTRACKER_TUI_CACHE_DIR: cache, CLOUDTRACKER_TUI_CONFIG_DIR: path.join(home, 'config')},
	});
}

async function firstRead(trail) {
	const list = path.join(home, 'files');
	const files = readdirSync(path.join(trail, 'AWSLogs'), {recursive: true}).filter(name => name.endsWith('.gz')).map(name => path.join(trail, 'AWSLogs', name));
	writeFileSync(list, files.join('\n') + '\n');
	const cache = path.join(home, 'first');
	const figures = {zcat: [], first: [], peak: []};
	// Taken in turns, so that a busy moment of the machine meets all of them.
	for (let run = 0; run < runs; run++) {
		const zcat = await timed('sh', ['-c', `xargs zcat < ${list} | wc -c`]);
		rmSync(cache, {recursive: true, force: true});
		const first = await listed(trail, cache);
		figures.zcat.push(zcat.wall);
		figures.first.push(first.wall);
		figures.peak.push(first.peak);
	}

	const aggregate = '.Records[] | [.userIdentity.sessionContext.sessionIssuer.arn // .userIdentity.arn, .eventSource, .eventName, .errorCode] | @tsv';
	const jq = await timed('sh', ['-c', `xargs zcat < ${list} | jq -r '${aggregate}' | sort | uniq -c > ${path.join(home, 'jq')}`]);
	const wall = median(figures.first);
	const what = `first read of ${files.length} files, 900,000 records, users listed`;
	row({what, figure: seconds(wall), peer: `zcat, one process: ${seconds(median(figures.zcat))}`, ratio: (wall / median(figures.zcat)).toFixed(2), bar: '<= 0.8'});
	row({what: 'the same', figure: seconds(wall), peer: `jq, the same aggregate: ${seconds(jq.wall)}`, ratio: (wall / jq.wall).toFixed(2), bar: '<= 0.25'});
	row({what: 'its peak memory', figure: `${Math.max(...figures.peak).toFixed(0)} MB`, bar: '<= 700 MB'});
}

/** From the abort in the middle of a first read to the end of the work. */
async function cancelling(trail) {
	const times = [];
	for (let run = 0; run < runs; run++) {
		const source = openFilesSource({path: path.join(trail, 'AWSLogs'), accountId: account, cacheFolder: path.join(home, `cancelled-${run}`)});
		const controller = new AbortController();
		let aborted = 0;
		await source.usage({start: '2025-08-01T00:00:00Z', end: '2026-08-31T00:00:00Z'}, {signal: controller.signal, progress({done}) {
			if (done > 500 && aborted === 0) {
				aborted = performance.now();
				controller.abort();
			}
		}}).catch(() => {});
		times.push(performance.now() - aborted);
		await source.close();
	}

	row({what: 'from cancelling a first read to its end', figure: `${Math.max(...times).toFixed(0)} ms at most`, bar: '<= 100 ms'});
}

/** A second start, and other windows on the warm store, asked of the source as the screens do. */
async function warm({name, trail, bar, secondStart}) {
	const cache = path.join(home, name);
	await listed(trail, cache);
	if (secondStart) {
		const again = [];
		for (let run = 0; run < runs + 2; run++) {
			const {wall} = await listed(trail, cache);
			again.push(wall);
		}

		row({what: `second start, ${secondStart}`, figure: seconds(median(again)), bar: '<= 1.0 s'});
	}

	const source = openFilesSource({path: path.join(trail, 'AWSLogs'), accountId: account, cacheFolder: cache});
	const times = [];
	let events = 0;
	for (const start of ['2025-08-01', '2026-06-15', '2026-03-01', '2026-08-01', '2025-10-01']) {
		const started = performance.now();
		const {rows} = await source.usage({start: `${start}T00:00:00Z`, end: '2026-08-31T00:00:00Z'}, {signal: new AbortController().signal, progress() {}});
		times.push((performance.now() - started) / 1000);
		events = Math.max(events, rows.reduce((sum, {count}) => sum + count, 0));
	}

	await source.close();
	row({what: `another start date, ${events.toLocaleString('en')} events`, figure: seconds(median(times)), bar});
}

const trails = Object.fromEntries(['900k', '30k-files', '10m'].map(name => [name, trailFolder(name)]));
try {
	if (Object.values(trails).includes(undefined)) {
		console.log('skipped: ../shared/generate, which makes the trails, is absent');
	} else {
		await firstRead(trails['900k']);
		await cancelling(trails['900k']);
		await warm({name: '30k', trail: trails['30k-files'], bar: '<= 0.5 s', secondStart: '35,449 known files, 1,000,000 events'});
		await warm({name: '10m', trail: trails['10m'], bar: '<= 2 s'});
	}
} finally {
	rmSync(home, {recursive: true, force: true});
}
