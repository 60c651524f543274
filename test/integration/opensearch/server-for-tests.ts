import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {gunzipSync} from 'node:zlib';
import {z} from 'zod';
import type {UsageSource} from '../../../source/trail/usage-source.js';
import type {LogRecord} from '../../support/trail-records.js';

const recordsSchema = z.object({Records: z.array(z.record(z.string(), z.unknown()))});

/** The source, whose index goes with it: a node holds 1,000 shards. */
export function withIndexRemoved(source: UsageSource, server: string, name: string): UsageSource {
	return {
		usage: async (window, task) => source.usage(window, task),
		samples: async (window, events, task) => source.samples(window, events, task),
		calls: async (window, events, task) => source.calls(window, events, task),
		sessions: async (window, role, task) => source.sessions(window, role, task),
		async close() {
			await source.close();
			await fetch(`${server}/${name}`, {method: 'DELETE'});
		},
	};
}

let number = 0;

/** A name that no other index of the run has. */
export function newIndex(): string {
	number++;
	return `ct-test-${process.pid}-${Date.now()}-${number}`;
}

/** Sends a request; rejects where the server does not like it. */
export async function send(url: string, {method = 'GET', body, type = 'application/json'}: {readonly method?: string; readonly body?: unknown; readonly type?: string} = {}): Promise<unknown> {
	const response = await fetch(url, {method, ...body === undefined ? {} : {body: typeof body === 'string' ? body : JSON.stringify(body), headers: {'content-type': type}}});
	const text = await response.text();
	if (!response.ok) {
		throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 500)}`);
	}

	return text === '' ? undefined : JSON.parse(text);
}

/** Makes an index and writes documents into it; one with an id replaces another of that id. */
export async function index(server: string, name: string, mappings: unknown, documents: ReadonlyArray<{readonly id: string | undefined; readonly document: unknown}>): Promise<void> {
	await send(`${server}/${name}`, {method: 'PUT', body: {settings: {number_of_replicas: 0}, mappings}});
	if (documents.length === 0) {
		return;
	}

	const lines = documents.flatMap(({id, document}) => [JSON.stringify({index: id === undefined ? {} : {_id: id}}), JSON.stringify(document)]);
	const answer = z.object({errors: z.boolean(), items: z.array(z.object({index: z.object({error: z.unknown()}).partial()}))}).parse(await send(`${server}/${name}/_bulk?refresh=true`, {method: 'POST', body: lines.join('\n') + '\n', type: 'application/x-ndjson'}));
	if (answer.errors) {
		throw new Error(JSON.stringify(answer.items.flatMap(item => item.index.error ?? [])).slice(0, 2000));
	}
}

/** The records of the log files below a folder. */
export async function recordsIn(folder: string): Promise<LogRecord[]> {
	const names = await readdir(folder, {recursive: true});
	// Digests and Insights events lie beside the logs and are none.
	const files = names.filter(name => name.endsWith('.json.gz') && !/CloudTrail-(?:Digest|Insight)/.test(name)).toSorted();
	const texts = await Promise.all(files.map(async name => gunzipSync(await readFile(path.join(folder, name))).toString('utf8')));
	return texts.flatMap(text => recordsSchema.parse(JSON.parse(text)).Records);
}
