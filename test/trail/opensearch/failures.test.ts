import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, vi} from 'vitest';
import {CancelledError, UserError} from '../../../source/lib/errors.js';
import {silentTask} from '../../../source/lib/task.js';
import type {OpenSearchAuth, OpenSearchSourceOptions} from '../../../source/trail/opensearch/options.js';
import {openOpenSearchSource} from '../../../source/trail/opensearch/source.js';
import {accountId, inTemporaryFolder, totalEvents, wholeWindow} from '../../support/trail-records.js';
import {type Answering, fakeServers, type Reply, type Seen, usualAnswer, usualFields, type Version, versions} from './fake-server.js';

const serve = fakeServers();

const isVersion = (name: string): name is Version => name in versions;
const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

async function ask(url: string, changes: Partial<OpenSearchSourceOptions> = {}, task = silentTask()) {
	const source = openOpenSearchSource({accountId, url, index: 'logs', auth: {kind: 'none'}, caFile: null, keyPrefix: null, timestampField: null, ...changes});
	try {
		return await source.usage(wholeWindow, task);
	} finally {
		await source.close();
	}
}

/** The failure of a question to a server that answers so; it must be the user's. */
async function failureOf(answering: Answering): Promise<UserError> {
	const {url} = await serve(answering);
	try {
		await ask(url);
	} catch (error) {
		if (error instanceof UserError) {
			return error;
		}

		throw error;
	}

	throw new Error('it answered');
}

const isSearch = ({path: at}: Seen): boolean => at.includes('/_search?');
const isGrouping = (seen: Seen): boolean => isSearch(seen) && seen.body.includes('"composite"');

/** The usual answer to a search with other fields in it. */
function changed(seen: Seen, changes: object): Reply {
	const usual = usualAnswer(seen);
	return typeof usual === 'string' ? usual : {...usual, body: {...objectOf(usual.body), ...changes}};
}

const errorBody = (type: string, reason: string, causes: object = {}) => ({error: {type, reason, root_cause: [{type, reason}], ...causes}, status: 400});

describe('versions, from recorded responses', () => {
	it.each(Object.keys(versions).filter(version => isVersion(version)))('%s is asked without a product check and with plain JSON', async version => {
		const {url, seen} = await serve(one => usualAnswer(one, version));
		const usage = await ask(url);
		expect(totalEvents(usage.rows)).toBe(3);
		expect(usage).toMatchObject({source: 'opensearch', location: `${url}/logs`, days: ['2026-03-01'], regions: ['us-east-1']});
		expect(seen.filter(({body}) => body !== '').every(({headers}) => headers['content-type'] === 'application/json')).toBe(true);
		const days = seen.find(({body}) => body.includes('date_histogram'));
		expect(days?.body).toContain(version === 'Elasticsearch 7.1' ? '"interval":"1d"' : '"fixed_interval":"1d"');
	});
});

describe('a partial answer is never shown as whole', () => {
	it.each<[string, object, RegExp]>([
		['failed shards', {_shards: {total: 5, successful: 4, failed: 1, failures: [{reason: {type: 'es_rejected_execution_exception', reason: 'queue is full'}}]}}, /1 of 5 shards failed \(queue is full\); a partial answer is not shown/],
		['a time limit of the server', {timed_out: true}, /stopped the search at its time limit/],
		['a cluster that did not answer', {_clusters: {total: 2, successful: 1, skipped: 1}}, /1 of 2 clusters did not answer/],
	])('%s', async (_, changes, message) => {
		const failure = await failureOf(seen => (isGrouping(seen) ? changed(seen, changes) : undefined));
		expect(failure.message).toMatch(message);
		expect(failure.exitCode).toBe(3);
	});

	it('OpenSearch 3 calls whole answers "terminated early"', async () => {
		const {url} = await serve(seen => (isGrouping(seen) ? changed(seen, {terminated_early: true}) : undefined));
		const {rows} = await ask(url);
		expect(totalEvents(rows)).toBe(3);
	});

	it('every search asks that the server give no partial answer', async () => {
		const {url, seen} = await serve(() => undefined);
		await ask(url);
		const searches = seen.filter(one => isSearch(one));
		expect(searches.length).toBeGreaterThan(3);
		expect(searches.every(({path: at}) => at.includes('allow_partial_search_results=false') && at.includes('ignore_unavailable=false'))).toBe(true);
	});

	it('a closed index of the pattern', async () => {
		const failure = await failureOf(({path: at}) => (at.startsWith('/_cat') ? {body: [{index: 'logs-1', status: 'open'}, {index: 'logs-2', status: 'close'}]} : undefined));
		expect(failure.message).toMatch(/1 of 2 indices is closed \(logs-2\)/);
		expect(failure.hint).toMatch(/POST logs-2\/_open/);
	});
});

describe('without the right to list indices', () => {
	const refusing: Answering = ({path: at}) => (at.startsWith('/_cat') ? {status: 403, body: errorBody('security_exception', 'no permissions')} : undefined);

	it.each(['logs-*', 'logs,old-*', '_all'])('%s is refused: its closed indices would be left out unsaid', async index => {
		const {url} = await serve(refusing);
		await expect(ask(url, {index})).rejects.toThrow(/may not be asked \(403\); a partial answer is not shown/);
	});

	it('one that is named is asked: the search fails where it is closed', async () => {
		const {url} = await serve(refusing);
		const {rows} = await ask(url);
		expect(totalEvents(rows)).toBe(3);
	});
});

it('indices of the pattern without CloudTrail events are told beside the result', async () => {
	const isCaps = ({path: at}: Seen) => at.includes('/_field_caps');
	const unmapped = {type: 'unmapped', searchable: false, aggregatable: false, indices: ['metrics']};
	const fields = Object.fromEntries(Object.entries(usualFields).map(([name, types]) => [name, {...objectOf(types), unmapped}]));
	const {url} = await serve(seen => (isCaps(seen) ? changed(seen, {indices: ['logs', 'metrics'], fields}) : undefined));
	const {warnings} = await ask(url);
	expect(warnings.find(({code}) => code === 'other-indices')?.message).toBe('1 index of the pattern without CloudTrail events, not asked: metrics');
});

describe('what the server refuses is the user\'s to mend', () => {
	it.each<[string, number, unknown, RegExp]>([
		['wrong credentials', 401, 'Unauthorized', /does not accept the credentials/],
		['missing rights', 403, errorBody('security_exception', 'no permissions for [indices:data/read/search]'), /does not allow it \(403\): no permissions for/],
		['no such index', 404, errorBody('index_not_found_exception', 'no such index [logs]'), /no such index, alias or data stream/],
		['a closed index', 400, errorBody('index_closed_exception', 'closed'), /an index is closed/],
		['shards that are missing', 503, {error: {type: 'search_phase_execution_exception', reason: 'all shards failed', root_cause: [{type: 'no_shard_available_action_exception', reason: 'no shard'}]}}, /a part of the index cannot be read/],
		['a page of a proxy', 200, '<html>sign in</html>', /the answer is no JSON/],
	])('%s', async (_, status, body, message) => {
		const failure = await failureOf(seen => (isSearch(seen) ? {status, body} : undefined));
		expect(failure.message).toMatch(message);
		expect(failure.exitCode).toBe(3);
	});

	it('nothing listens', async () => {
		await expect(ask('http://127.0.0.1:1')).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1: nothing listens there/);
		await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({exitCode: 3});
	});

	it('an address that is none', async () => {
		await expect(ask('search.example.com:9200')).rejects.toBeInstanceOf(UserError);
	});

	it('an index of something else, and one with two layouts', async () => {
		const caps = (...names: string[]) => ({body: {indices: ['logs'], fields: Object.fromEntries(names.map(name => [name, {keyword: {type: 'keyword', aggregatable: true}}]))}});
		const other = await failureOf(({path: at}) => (at.includes('_field_caps') ? caps('event.action', 'event.provider') : undefined));
		expect(other.message).toMatch(/no CloudTrail events are found by their fields/);
		const two = await failureOf(({path: at}) => (at.includes('_field_caps') ? caps('eventName', 'eventSource', 'log.eventName', 'log.eventSource') : undefined));
		expect(two.message).toMatch(/more than one layout: CloudTrail's own names, and CloudTrail's own names below "log"/);
	});

	it('a field that cannot be grouped by', async () => {
		const failure = await failureOf(seen => (seen.path.includes('_field_caps') ? changedFields(seen, {errorCode: {text: {type: 'text', aggregatable: false}}}) : undefined));
		expect(failure.message).toMatch(/errorCode cannot be grouped by: it is text without a keyword field below it/);
	});

	it('a time that is no date', async () => {
		const failure = await failureOf(seen => (seen.path.includes('_field_caps') ? changedFields(seen, {eventTime: {keyword: {type: 'keyword', aggregatable: true}}}) : undefined));
		expect(failure.message).toMatch(/eventTime is keyword, not a date/);
		expect(failure.hint).toMatch(/timestamp_field/);
	});
});

function changedFields(seen: Seen, changes: object): Reply {
	return changed(seen, {fields: {...usualFields, ...changes}});
}

describe('a server in trouble', () => {
	it('that asks to slow down is asked again', async () => {
		let refusals = 0;
		const {url} = await serve(seen => (isGrouping(seen) && refusals++ < 2 ? {status: 429, body: errorBody('rejected_execution_exception', 'busy')} : undefined));
		const usage = await ask(url);
		expect(totalEvents(usage.rows)).toBe(3);
		expect(refusals).toBeGreaterThan(2);
	});

	it('that drops a connection is asked again', async () => {
		let drops = 0;
		const {url} = await serve(seen => (isGrouping(seen) && drops++ < 1 ? 'drop' : undefined));
		const {rows} = await ask(url);
		expect(totalEvents(rows)).toBe(3);
	});

	it.each([
		['too many buckets', 503, {error: {type: 'search_phase_execution_exception', reason: '', caused_by: {type: 'too_many_buckets_exception', reason: 'Trying to create too many buckets. Must be less than or equal to: [10000]'}}}],
		['its memory guard', 429, errorBody('circuit_breaking_exception', '[parent] Data too large')],
	])('that finds a page too large (%s) is asked for smaller ones', async (_, status, body) => {
		const sizes: number[] = [];
		const {url} = await serve(seen => {
			const size = Number(/"composite":{"size":(\d+)/.exec(seen.body)?.[1] ?? 0);
			sizes.push(size);
			return size > 10_000 ? {status, body} : undefined;
		});
		const {rows} = await ask(url);
		expect(totalEvents(rows)).toBe(3);
		expect(sizes).toEqual(expect.arrayContaining([30_000, 15_000, 7500]));
	});

	it('a question that is cancelled while the server works ends at once', async () => {
		const controller = new AbortController();
		const {url, seen} = await serve(one => (isGrouping(one) ? 'hang' : undefined));
		const asked = ask(url, {}, {signal: controller.signal, progress() {}});
		const rejected = expect(asked).rejects.toBeInstanceOf(CancelledError);
		await vi.waitFor(() => {
			expect(seen.some(one => isGrouping(one))).toBe(true);
		}, {timeout: 20_000});
		controller.abort();
		await rejected;
	});
});

describe('who we are', () => {
	const aws = async () => ({accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret'});

	it.each<[string, OpenSearchAuth, RegExp | undefined]>([
		['nobody', {kind: 'none'}, undefined],
		['a user', {kind: 'basic', username: 'alice', password: 'pass'}, /^Basic YWxpY2U6cGFzcw==$/],
		['an API key of two parts', {kind: 'api-key', apiKey: 'id:key'}, /^ApiKey aWQ6a2V5$/],
		['an API key as the server printed it', {kind: 'api-key', apiKey: 'aWQ6a2V5'}, /^ApiKey aWQ6a2V5$/],
		['AWS credentials', {kind: 'sigv4', region: 'eu-west-1', credentials: aws}, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/es\/aws4_request/],
		['AWS credentials for a serverless collection', {kind: 'sigv4', region: 'eu-west-1', service: 'aoss', credentials: aws}, /\/eu-west-1\/aoss\/aws4_request/],
	])('%s', async (_, auth, expected) => {
		const {url, seen} = await serve(() => undefined);
		await ask(url, {auth});
		for (const {headers} of seen) {
			if (expected) {
				expect(headers.authorization).toMatch(expected);
			} else {
				expect(headers.authorization).toBeUndefined();
			}
		}
	});

	it('a user name in the address is used and never shown', async () => {
		const {url, seen} = await serve(({path: at}) => (at.includes('_search') ? {status: 403, body: {}} : undefined));
		await expect(ask(url.replace('//', '//alice:pass@'))).rejects.toMatchObject({message: `${url}/logs: the server does not allow it (403)`});
		expect(seen[0]?.headers.authorization).toBe('Basic YWxpY2U6cGFzcw==');
	});
});

describe('TLS', () => {
	it('a certificate of one\'s own authority is trusted where its file is named, and only there', async () => {
		await inTemporaryFolder(async folder => {
			const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
			execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert], {stdio: 'ignore'});
			const {url} = await serve(() => undefined, {key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8')});
			const {rows} = await ask(url, {caFile: cert});
			expect(totalEvents(rows)).toBe(3);
			await expect(ask(url)).rejects.toThrow(/its certificate is not trusted/);
			await expect(ask(url, {caFile: path.join(folder, 'none.pem')})).rejects.toThrow(/none\.pem cannot be read/);
			await expect(ask(url.replace('https', 'http'))).rejects.toBeInstanceOf(UserError);
		});
	});

	it('a server without TLS', async () => {
		const {url} = await serve(() => undefined);
		await expect(ask(url.replace('http', 'https'))).rejects.toThrow(/does not speak TLS/);
	});
});
