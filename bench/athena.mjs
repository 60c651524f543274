/**
What the Athena path costs above the engine's own time, over a million events behind the loopback server, and how soon a cancelled query is stopped:
`npx tsx bench/athena.mjs [runs]`. Each question is asked by a process of its own, bundled as the program is.
Prints rows of a Markdown table: what, figure, peer, ratio, bar.
*/
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundleOptions} from '../scripts/bundle-options.mjs';
import {openAthenaSource} from '../source/trail/athena/source.js';
import {AthenaServer} from '../test/servers/athena/server.js';
import {makeTable} from '../test/servers/athena/athena-source.js';
import {trailFolder} from './support/trails.mjs';

const runs = Number(process.argv[2] ?? 5);
const root = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(path.join(tmpdir(), 'cloudtracker-tui-bench-'));
const window = {start: '2026-07-01T00:00:00Z', end: '2026-09-01T00:00:00Z'};

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Prints one row of the table. */
function row({what, figure, peer = '', bar = ''}) {
	console.log(`| ${what} | ${figure} | ${peer} |  | ${bar} |`);
}

const optionsFor = (url, cacheFolder) => ({
	accountId: '111122223333', region: 'us-east-1', partition: 'aws', credentials: {accessKeyId: 'AKIABENCH', secretAccessKey: 'none'}, endpoint: url,
	bucket: 'logs', prefix: '', organizationId: null, database: 'cloudtracker_tui', table: 'cloudtrail', workgroup: 'primary', outputLocation: null,
	cacheFolder, skipSetup: false, maxScanBytes: null,
});

/** Runs a Node script; resolves to the JSON that it prints. */
async function printed(script, words) {
	const child = spawn(process.execPath, [script, ...words], {stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	child.stdout.setEncoding('utf8').on('data', data => {
		text += data;
	});
	const [code] = await once(child, 'close');
	if (code !== 0) {
		throw new Error(`${script} ended with ${code}`);
	}

	return JSON.parse(text);
}

async function overhead(folder) {
	const bundled = path.join(root, 'node_modules/.cache/bench-athena');
	await build({absWorkingDir: root, entryPoints: ['bench/support/athena-client.mjs'], outdir: bundled, ...bundleOptions});
	const client = path.join(bundled, 'athena-client.js');
	const server = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'bench/support/athena-server.mjs'), folder, JSON.stringify(optionsFor('', ''))], {stdio: ['pipe', 'pipe', 'inherit']});
	const lines = readline.createInterface({input: server.stdout})[Symbol.asyncIterator]();
	try {
		const {value: url} = await lines.next();
		const empty = await printed(client, []);
		const figures = {before: [], above: [], wall: [], engine: [], memory: [], kept: []};
		let events = 0;
		for (let run = 0; run < runs; run++) {
			const cache = path.join(home, `cache-${run}`);
			const words = [JSON.stringify(optionsFor(url, cache)), JSON.stringify(window)];
			const asked = await printed(client, words);
			server.stdin.write('\n');
			const {value: line} = await lines.next();
			const {engine} = JSON.parse(line);
			figures.before.push(asked.before);
			figures.wall.push(asked.wall);
			figures.engine.push(engine);
			figures.above.push(asked.wall - engine);
			figures.memory.push(asked.peak - empty.peak);
			events = asked.events;
			const again = await printed(client, words);
			figures.kept.push(again.wall);
		}

		const ms = values => `${median(values).toFixed(0)} ms`;
		row({what: 'from a cold start to the question whether to scan: the SDK loaded, table checked, bucket listed', figure: ms(figures.before)});
		row({what: `Athena, ${events.toLocaleString('en')} events, from there to the answer, above the engine's own time`, figure: ms(figures.above), peer: `${ms(figures.wall)} in all, DuckDB ${ms(figures.engine)}`, bar: '<= 300 ms'});
		row({what: 'its peak memory above an empty process', figure: `${Math.max(...figures.memory).toFixed(0)} MB`, bar: '<= 150 MB'});
		row({what: 'the same window again, from what was kept', figure: ms(figures.kept)});
	} finally {
		server.kill();
	}
}

/** From the abort to the server's seeing StopQueryExecution. */
async function cancelling(folder) {
	const server = await AthenaServer.start({buckets: {logs: folder}, isFrozen: true});
	const times = [];
	try {
		makeTable(server, optionsFor('', ''));
		server.fate = 'runs-on';
		for (let run = 0; run < runs; run++) {
			const source = openAthenaSource({...optionsFor(server.url, path.join(home, 'cancel')), confirm: async () => true});
			const controller = new AbortController();
			const looks = server.count('GetQueryExecution');
			const asked = source.usage(window, {signal: controller.signal, progress({stage}) {
				if (stage.includes('running') && !controller.signal.aborted && server.count('GetQueryExecution') > looks + 1) {
					setTimeout(() => {
						times.push(-performance.now());
						controller.abort();
					}, 100);
				}
			}}).catch(() => {});
			await asked;
			times.push(times.pop() + server.requests.findLast(({operation}) => operation === 'StopQueryExecution').at);
			await source.close();
		}
	} finally {
		await server.close();
	}

	row({what: 'from cancelling to StopQueryExecution', figure: `${Math.max(...times).toFixed(0)} ms at most`, bar: '<= 200 ms'});
}

try {
	const trail = trailFolder('1m');
	if (trail === undefined) {
		console.log('skipped: ../shared/generate, which makes the trail, is absent');
	} else {
		await overhead(trail);
		await cancelling(trail);
	}
} finally {
	rmSync(home, {recursive: true, force: true});
}
