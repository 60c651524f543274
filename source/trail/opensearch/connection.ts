import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Client, ClientOptions} from '@opensearch-project/opensearch';
import {CancelledError, messageOf, throwIfCancelled, UserError} from '../../lib/errors.js';
import {isObject, type Json} from '../../lib/json-fields.js';
import {isShardFailure, isTooLarge, outOfReach, refusalOf, refused, TooLargeError, UnavailableError, unreachable} from './errors.js';
import type {OpenSearchAuth, OpenSearchTarget} from './options.js';

/** One HTTP request. `lines` is a body of JSON lines, ready made. */
export type Call = {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: Json;
	readonly lines?: string;
	/** Statuses that are an answer and no failure. */
	readonly expected?: readonly number[];
};

/** Longest wait for one answer: an aggregation over a large index takes minutes. */
const answerMs = 600_000;

/** Waits between attempts where the server is busy or just restarting: about 15 s in all. */
const pauses = [500, 1000, 2000, 4000, 8000];

/** The address without a user name or password in it. */
export function shownUrl(url: string): string {
	try {
		const parsed = new URL(url);
		parsed.username = '';
		parsed.password = '';
		return parsed.href.replace(/\/$/, '');
	} catch {
		return 'the given address';
	}
}

function parsedUrl(url: string): URL {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
		throw new UserError('the address of the OpenSearch server is no http or https URL', {hint: 'for example https://search.example.com:9200'});
	}

	return parsed;
}

async function certificate(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new UserError(`the certificate file ${file} cannot be read: ${messageOf(error)}`, {cause: error});
	}
}

/** A user name and password in the address itself count where nothing else is given. */
function basicAuth(auth: OpenSearchAuth, url: URL): {username: string; password: string} | undefined {
	if (auth.kind === 'basic') {
		return {username: auth.username, password: auth.password};
	}

	return auth.kind === 'none' && url.username !== '' ? {username: decodeURIComponent(url.username), password: decodeURIComponent(url.password)} : undefined;
}

async function signerOptions(auth: OpenSearchAuth): Promise<ClientOptions> {
	if (auth.kind !== 'sigv4') {
		return {};
	}

	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
	const [{AwsSigv4Signer: sign}, {fromNodeProviderChain}] = await Promise.all([import('@opensearch-project/opensearch/aws'), import('@aws-sdk/credential-providers')]);
	const chain = auth.credentials ?? fromNodeProviderChain(auth.profile === undefined ? {} : {profile: auth.profile});
	return sign({region: auth.region, service: auth.service ?? 'es', getCredentials: async () => chain()});
}

function apiKeyHeader(apiKey: string): string {
	// Base64 has no colon: with one it is "ID:KEY" as two parts.
	return `ApiKey ${apiKey.includes(':') ? Buffer.from(apiKey).toString('base64') : apiKey}`;
}

/** A connection to one server; every request can be cancelled, and then stops on the server, too. */
export class Connection {
	readonly url: string;
	/** HTTP requests sent so far. */
	requests = 0;
	readonly #client: Client;

	private constructor(client: Client, url: string) {
		this.#client = client;
		this.url = url;
	}

	/** Nothing is sent yet. Rejects with UserError for an address or a certificate file that cannot be used. */
	static async open({url, auth, caFile}: OpenSearchTarget): Promise<Connection> {
		const parsed = parsedUrl(url);
		const basic = basicAuth(auth, parsed);
		parsed.username = '';
		parsed.password = '';
		const {Client: OpenSearchClient} = await import('@opensearch-project/opensearch');
		const client = new OpenSearchClient({
			node: parsed.href,
			maxRetries: 0,
			requestTimeout: answerMs,
			suggestCompression: parsed.hostname !== 'localhost' && !parsed.hostname.startsWith('127.'),
			// Logs may hold a key "__proto__": parsing them as data is no danger.
			disablePrototypePoisoningProtection: true,
			...basic ? {auth: basic} : {},
			...auth.kind === 'api-key' ? {headers: {authorization: apiKeyHeader(auth.apiKey)}} : {},
			...caFile === null ? {} : {ssl: {ca: await certificate(caFile)}},
			...await signerOptions(auth),
		});
		return new Connection(client, shownUrl(url));
	}

	/**
	One request, once. Rejects with CancelledError, {@link UnavailableError} where waiting may help, {@link TooLargeError}, or UserError.
	*/
	async once(call: Call, where: string, signal: AbortSignal): Promise<Json> {
		throwIfCancelled(signal);
		this.requests++;
		const sent = this.#client.transport.request({
			method: call.method,
			path: call.path,
			querystring: {...call.query},
			...call.lines === undefined ? {} : {bulkBody: call.lines},
			...call.body === undefined ? {} : {body: call.body},
		}, {ignore: [400, 401, 403, 404, 409, 413, 429, 500, 502, 503, 504]});
		const onAbort = () => {
			sent.abort();
		};

		signal.addEventListener('abort', onAbort, {once: true});
		try {
			const response: {readonly statusCode?: unknown; readonly body?: unknown} = await sent;
			const {statusCode, body} = response;
			throwIfCancelled(signal);
			return this.#answer(Number(statusCode), body, call, where);
		} catch (error) {
			if (signal.aborted) {
				throw new CancelledError();
			}

			throw error instanceof TooLargeError || error instanceof UnavailableError ? error : unreachable(error, this.url);
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	/** A request; where the server is busy or just away, it is asked again some times before that is the answer. */
	async ask(call: Call, where: string, signal: AbortSignal, attempt = 0): Promise<Json> {
		try {
			return await this.once(call, where, signal);
		} catch (error) {
			if (!(error instanceof UnavailableError)) {
				throw error;
			}

			// Where nothing was ever answered the address is wrong, more likely than a server that is about to come.
			const pause = this.#answered ? pauses[attempt] : undefined;
			if (pause === undefined) {
				throw outOfReach(error);
			}

			await pausing(pause, signal);
			return this.ask(call, where, signal, attempt + 1);
		}
	}

	async close(): Promise<void> {
		await this.#client.close();
	}

	#answered = false;

	#answer(status: number, body: unknown, call: Call, where: string): Json {
		this.#answered = true;
		if (status === 429 && !isTooLarge(body)) {
			throw new UnavailableError(`${where}: the server asks to slow down (429)`);
		}

		if (status >= 400 && isTooLarge(body)) {
			throw new TooLargeError(refusalOf(status, body).reason);
		}

		if (status === 502 || status === 504 || (status === 503 && !isShardFailure(body))) {
			throw new UnavailableError(`${where}: the server is not ready (${status})`, {cause: refused(refusalOf(status, body), where)});
		}

		if (status >= 400 && !call.expected?.includes(status)) {
			throw refused(refusalOf(status, body), where);
		}

		if (Array.isArray(body)) {
			return {list: body as unknown[]};
		}

		if (!isObject(body)) {
			throw new UserError(`${this.url}: the answer is no JSON`, {
				hint: 'check that the URL is that of an OpenSearch or Elasticsearch server, not of its dashboards or of a sign-in page',
				exitCode: 3,
			});
		}

		return body;
	}
}

/** Waits, unless cancelled. */
export async function pausing(ms: number, signal: AbortSignal): Promise<void> {
	try {
		await sleep(ms, undefined, {signal});
	} catch {
		throw new CancelledError();
	}
}
