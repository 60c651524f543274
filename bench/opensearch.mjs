/**
OpenSearch: 1 million generated events loaded into a real server and asked for. `OPENSEARCH_URL` names the server, else one is started from Maven Central
(test/servers/opensearch). The peer of the load is a bare loop of `_bulk` requests over bodies that lie ready in memory, in the same run.
*/
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import {recordsOfFile} from '../source/trail/files/plain-reader.js';
import {walkTrail} from '../source/trail/files/walk.js';
import {documentOf} from '../source/trail/opensearch/ingest/document.js';
import {ingestLines, ingestOpenSearch, isComplete} from '../source/trail/opensearch/ingest/ingest.js';
import {indexBody} from '../source/trail/opensearch/ingest/mapping.js';
import {openOpenSearchSource} from '../source/trail/opensearch/source.js';
import {openSearchForTests} from '../test/servers/opensearch/server.js';
import {trailFolder} from './support/trails.mjs';

const accountId = '111122223333';
const window = {start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'};
const task = {signal: new AbortController().signal, progress() {}};
/** Bytes of ready-made bodies that are held at once; the loop's clock stands while more are made. */
const heldBytes = 64 * 1024 * 1024;
/** Records of the bare loop: an index is slower the larger it is, so a part of them is in the peer's favour. */
const bareRecords = 250_000;

const folder = trailFolder('1m-principals');
if (folder === undefined) {
	console.log('skipped: the generator of trails is not here');
	process.exit(0);
}

const server = await openSearchForTests();
if (server === undefined) {
	console.log('skipped: no OpenSearch');
	process.exit(0);
}

const logs = path.join(folder, 'AWSLogs');
const cacheFolder = await mkdtemp(path.join(tmpdir(), 'ct-bench-'));
const target = index => ({url: server.url, index, auth: {kind: 'none'}, caFile: null});
const send = async (method, at, body) => {
	const response = await fetch(`${server.url}/${at}`, {method, body, headers: {'content-type': 'application/x-ndjson'}});
	if (!response.ok && response.status !== 404 && response.status !== 429) {
		throw new Error(await response.text());
	}

	return response.json();
};

const seconds = since => (performance.now() - since) / 1000;

/** Sends ready-made bodies, two requests at a time, as the load does; the seconds that took. */
async function bareLoop(index) {
	await fetch(`${server.url}/${index}`, {method: 'PUT', body: JSON.stringify(indexBody), headers: {'content-type': 'application/json'}});
	const {root, files} = await walkTrail(logs, task.signal);
	let bodies = [];
	let body = '';
	let held = 0;
	let count = 0;
	let took = 0;
	const drain = async () => {
		const started = performance.now();
		const take = async () => {
			for (let next = bodies.shift(); next !== undefined; next = bodies.shift()) {
				while (await send('POST', `${index}/_bulk?filter_path=errors,status`, next).then(({status}) => status === 429)) {
					await setTimeout(500);
				}
			}
		};

		await Promise.all([take(), take()]);
		took += seconds(started);
		bodies = [];
		held = 0;
	};

	for (const file of files) {
		if (count >= bareRecords) {
			break;
		}

		const full = path.resolve(root, file.path);
		const records = await recordsOfFile(await readFile(full), full);
		for (const [place, record] of records.entries()) {
			const {id, text} = documentOf(record, `${file.path}:${place}`);
			body += `{"create":{"_id":${JSON.stringify(id)}}}\n${text}\n`;
			count++;
			if (body.length > 4 * 1024 * 1024) {
				bodies.push(body);
				held += body.length;
				body = '';
			}
		}

		if (held > heldBytes) {
			await drain();
		}
	}

	bodies.push(body);
	await drain();
	return {count, took};
}

/** Counts the HTTP requests that go to the server. */
async function counting() {
	let requests = 0;
	const {hostname, port} = new URL(server.url);
	const proxy = http.createServer((request, response) => {
		requests++;
		request.pipe(http.request({hostname, port, path: request.url, method: request.method, headers: request.headers}, answer => {
			response.writeHead(answer.statusCode, answer.headers);
			answer.pipe(response);
		}));
	});
	await new Promise(resolve => {
		proxy.listen(0, '127.0.0.1', resolve);
	});
	return {url: `http://127.0.0.1:${proxy.address().port}`, count: () => requests, close: () => proxy.close()};
}

try {
	await send('DELETE', 'bench-bare');
	await send('DELETE', 'bench-load');
	const bare = await bareLoop('bench-bare');
	await send('DELETE', 'bench-bare');
	const started = performance.now();
	const report = await ingestOpenSearch({...target('bench-load'), path: logs, cacheFolder}, task);
	const took = seconds(started);
	if (!isComplete(report)) {
		throw new Error(ingestLines(report).join('\n'));
	}

	const [rate, bareRate] = [report.records / took, bare.count / bare.took];
	console.log(`| OpenSearch: load ${report.records} records | ${rate.toFixed(0)} records/s | bare \`_bulk\` loop ${bareRate.toFixed(0)} records/s | ${(rate / bareRate).toFixed(2)} | >= 0.5 |`);

	const proxy = await counting();
	const source = openOpenSearchSource({...target('bench-load'), url: proxy.url, accountId, keyPrefix: null, timestampField: null});
	const asked = performance.now();
	const usage = await source.usage(window, task);
	const tookUsage = seconds(asked);
	await source.close();
	proxy.close();
	const oracle = JSON.parse(await readFile(path.join(folder, 'oracle.json'), 'utf8'));
	const events = usage.rows.reduce((sum, row) => sum + row.count, 0);
	if (events !== oracle.totals.unique) {
		throw new Error(`${events} events, the oracle has ${oracle.totals.unique}`);
	}

	console.log(`| OpenSearch: all usage of ${events} events, ${Object.keys(oracle.principals).length} principals, ${usage.rows.length} rows | ${proxy.count()} requests, ${tookUsage.toFixed(1)} s | | | <= 20 requests |`);
	if (proxy.count() > 20 || rate < bareRate / 2) {
		process.exitCode = 1;
	}
} finally {
	await rm(cacheFolder, {recursive: true, force: true});
	await server.close();
}
