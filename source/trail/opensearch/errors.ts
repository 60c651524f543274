import {CancelledError, messageOf, UserError} from '../../lib/errors.js';
import {isObject, type Json} from '../../lib/json-fields.js';

/** Thrown where the same question with a smaller page may be answered: too many buckets, or the server's memory guard. */
export class TooLargeError extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = 'TooLargeError';
	}
}

/** Thrown where the server is busy, restarting or out of reach for now; the caller decides how long to go on. */
export class UnavailableError extends Error {
	constructor(reason: string, options?: {cause?: unknown}) {
		super(reason, options);
		this.name = 'UnavailableError';
	}
}

/** What the server said, as far as it said anything. */
export type Refusal = {readonly status: number; readonly type: string; readonly reason: string};

const tooLarge = /too_many_buckets|circuit_breaking|trying to create too many buckets|data too large|allocation.*too large/i;

/** All that an error answer names: its own type and reason, its causes', its failed shards'. */
function namedIn(value: unknown): ReadonlyArray<readonly [type: string, reason: string]> {
	if (!isObject(value)) {
		return [];
	}

	const own = typeof value.type === 'string' ? [[value.type, typeof value.reason === 'string' ? value.reason : ''] as const] : [];
	const inner = [value.caused_by, isObject(value.reason) ? value.reason : undefined, ...[value.root_cause, value.failed_shards, value.failures].flatMap(list => Array.isArray(list) ? list as unknown[] : [])];
	return [...own, ...inner.flatMap(item => namedIn(item))];
}

/** Reads the JSON of an error answer; the most telling cause is the last that has a reason. */
export function refusalOf(status: number, body: unknown): Refusal {
	const named = isObject(body) ? namedIn(body.error) : [];
	const [type, reason] = named.find(([name]) => !/^(?:search_phase_execution|exception|status)/.test(name)) ?? named[0] ?? ['', ''];
	const text = isObject(body) && typeof body.error === 'string' ? body.error : reason;
	return {status, type, reason: text.slice(0, 300)};
}

/** Whether an error answer says that the question was too large, anywhere in it. */
export function isTooLarge(body: unknown): boolean {
	return isObject(body) && namedIn(body.error).some(([type, reason]) => tooLarge.test(type) || tooLarge.test(reason));
}

/** Whether an error answer is of a server that runs and lacks a part of the index. */
export function isShardFailure(body: unknown): boolean {
	return isObject(body) && isObject(body.error) && body.error.type === 'search_phase_execution_exception';
}

const rights = 'reading needs the rights "read" and "view_index_metadata" (OpenSearch: indices:data/read/*, indices:admin/mappings/get, indices:monitor/*) on the index';

/** What an error answer means for the user. `where` is "URL/INDEX". */
export function refused({status, type, reason}: Refusal, where: string): UserError {
	const said = reason === '' ? '' : `: ${reason}`;
	const failed = (message: string, hint?: string) => new UserError(message, {exitCode: 3, ...hint === undefined ? {} : {hint}});
	if (status === 401) {
		return failed(`${where}: the server does not accept the credentials (401)`, 'check the user and password, the API key, or the AWS credentials and region');
	}

	if (status === 403) {
		return failed(`${where}: the server does not allow it (403)${said}`, rights);
	}

	if (type === 'index_not_found_exception') {
		return failed(`${where}: there is no such index, alias or data stream`, 'GET _cat/indices lists what is there');
	}

	if (type === 'index_closed_exception') {
		return failed(`${where}: an index is closed`, 'open it (POST INDEX/_open), or name a pattern without it');
	}

	if (status === 404) {
		return failed(`${where}: not found (404)${said}`, 'check that the URL is that of an OpenSearch or Elasticsearch server');
	}

	if (/no_shard_available|all shards failed|search_phase_execution/.test(`${type} ${reason}`)) {
		return failed(`${where}: a part of the index cannot be read${said}`, 'GET _cluster/health?level=indices tells which shards are missing; a partial answer is not shown');
	}

	return failed(`${where}: the server answered ${status}${type === '' ? '' : ` (${type})`}${said}`);
}

/** Why no connection came about, in words. The client keeps only the message of Node's error. */
function connectionReason(message: string): {readonly reason: string; readonly hint: string; readonly passing: boolean} {
	if (message.includes('ECONNREFUSED')) {
		return {reason: 'nothing listens there (connection refused)', hint: 'check host and port, and that the server runs', passing: true};
	}

	if (/ENOTFOUND|EAI_AGAIN/.test(message)) {
		return {reason: 'the host name is not known', hint: 'check the host name', passing: false};
	}

	if (/certificate|self.signed|unable to verify|cert_|altname/i.test(message)) {
		return {reason: `its certificate is not trusted (${message})`, hint: 'name the file of the authority that signed it (caFile), in PEM form', passing: false};
	}

	if (/eproto|wrong version number|packet length too long/i.test(message)) {
		return {reason: 'it does not speak TLS there', hint: 'try http:// in place of https://', passing: false};
	}

	return {reason: message, hint: 'check that the server runs and can be reached; a server that wants TLS closes plain connections: try https://', passing: true};
}

/** What a failure without an answer means: {@link UnavailableError} where waiting may help, UserError where it cannot. */
export function unreachable(error: unknown, url: string): Error {
	if (error instanceof CancelledError || error instanceof UserError) {
		return error;
	}

	const {reason, hint, passing} = connectionReason(messageOf(error));
	const failure = new UserError(`${url}: ${reason}`, {hint, exitCode: 3, cause: error});
	return passing ? new UnavailableError(failure.message, {cause: failure}) : failure;
}

/** The user's error behind a server that stayed out of reach. */
export function outOfReach(error: UnavailableError): UserError {
	return error.cause instanceof UserError ? error.cause : new UserError(error.message, {hint: 'the server is busy or restarting: try again later', exitCode: 3, cause: error});
}

/** Throws where an answer is not the whole one: a time-out, failed shards, skipped clusters. */
export function requireWhole(body: Json, where: string): void {
	const partial = (what: string) => new UserError(`${where}: ${what}; a partial answer is not shown`, {hint: 'GET _cluster/health?level=indices tells what is missing', exitCode: 3});
	if (body.timed_out === true) {
		throw partial('the server stopped the search at its time limit');
	}

	// Not terminated_early: OpenSearch 3 says so of whole answers, too, and nobody asked for it (terminate_after).
	const shards = isObject(body._shards) ? body._shards : {};
	if (Number(shards.failed ?? 0) > 0) {
		const [first] = namedIn({failures: shards.failures});
		throw partial(`${String(shards.failed)} of ${String(shards.total)} shards failed${first ? ` (${first[1] || first[0]})` : ''}`);
	}

	const clusters = isObject(body._clusters) ? body._clusters : {};
	const missing = Number(clusters.skipped ?? 0) + Number(clusters.partial ?? 0) + Number(clusters.failed ?? 0);
	if (missing > 0) {
		throw partial(`${missing} of ${String(clusters.total)} clusters did not answer`);
	}
}
