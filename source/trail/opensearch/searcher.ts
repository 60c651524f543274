import {throwIfCancelled, UserError} from '../../lib/errors.js';
import {isObject, type Json, objectsOf} from '../../lib/json-fields.js';
import type {Task} from '../../lib/task.js';
import {numbers, inOrder} from '../files/in-order.js';
import type {Connection} from './connection.js';
import {requireWhole, TooLargeError} from './errors.js';
import type {Place} from './layout.js';

/** Documents of one page of a scroll. */
const documentsPerPage = 5000;

/** How long the server keeps a scroll between two pages. */
const scrollLife = '5m';

/** Below this a page is not made smaller: then it is not its size that is too large. */
const smallestPage = 250;

/** One group of a composite aggregation. */
export type Bucket = {readonly key: Json; readonly count: number; readonly aggregations: Json};

export type Grouping = {
	readonly query: Json;
	/** Name and field of each column; null where the bucket's key is to be built otherwise. */
	readonly sources: ReadonlyArray<Readonly<Record<string, Json>>>;
	readonly aggregations: Json;
	/** Buckets of one page. */
	readonly size: number;
};

/** A document's id and source. */
export type Hit = {readonly id: string; readonly source: Json};

/** Searches one index or pattern, page by page to the end; an answer that is not whole is never taken for one. */
export class Searcher {
	readonly #connection: Connection;
	readonly #place: Place;
	readonly #task: Task;
	readonly #asked: () => number;

	constructor(connection: Connection, place: Place, task: Task) {
		this.#connection = connection;
		this.#place = place;
		this.#task = task;
		const before = connection.requests;
		this.#asked = () => connection.requests - before;
	}

	/** One search; the answer's aggregations. */
	async aggregate(query: Json, aggregations: Json): Promise<Json> {
		const body = await this.#search({size: 0, track_total_hits: false, query, aggs: aggregations});
		return isObject(body.aggregations) ? body.aggregations : {};
	}

	/** All groups of a composite aggregation, page after page. */
	async * groups({query, sources, aggregations, size}: Grouping): AsyncGenerator<Bucket> {
		let page = size;
		let after: unknown;
		for await (const groups of inOrder(numbers(), async () => {
			const answer = await this.#smaller(page, async buckets => {
				page = buckets;
				const composite = {size: buckets, sources, ...after === undefined ? {} : {after}};
				return this.aggregate(query, {groups: {composite, ...Object.keys(aggregations).length > 0 ? {aggs: aggregations} : {}}});
			});
			return isObject(answer.groups) ? answer.groups : {};
		})) {
			for (const bucket of objectsOf(groups.buckets)) {
				yield {key: isObject(bucket.key) ? bucket.key : {}, count: Number(bucket.doc_count), aggregations: bucket};
			}

			after = groups.after_key;
			// Servers give a last page's after_key, too: only a page that is not full is the last one for certain.
			if (after === undefined || objectsOf(groups.buckets).length < page) {
				return;
			}
		}
	}

	/** All documents, in no order; `paths` are what is read of their source. */
	async * documents(query: Json, paths: readonly string[]): AsyncGenerator<Hit> {
		let scroll: string | undefined;
		try {
			let body = await this.#search({size: documentsPerPage, query, _source: paths, sort: ['_doc']}, {scroll: scrollLife});
			for await (const hits of inOrder(numbers(), async () => {
				scroll = typeof body._scroll_id === 'string' ? body._scroll_id : undefined;
				return isObject(body.hits) ? objectsOf(body.hits.hits) : [];
			})) {
				for (const hit of hits) {
					if (!isObject(hit._source)) {
						throw new UserError(`${this.#place.where}: its documents do not keep their source (_source is disabled), and the index alone does not tell all`, {exitCode: 3});
					}

					yield {id: String(hit._id), source: hit._source};
				}

				if (hits.length < documentsPerPage || scroll === undefined) {
					return;
				}

				body = await this.#next(scroll);
			}
		} finally {
			await this.#forget(scroll);
		}
	}

	async #next(scroll: string): Promise<Json> {
		this.#say();
		const body = await this.#connection.ask({method: 'POST', path: '/_search/scroll', body: {scroll: scrollLife, scroll_id: scroll}}, this.#place.where, this.#task.signal);
		requireWhole(body, this.#place.where);
		return body;
	}

	/** Frees what the server keeps of a scroll; it would do so itself after a while. */
	async #forget(scroll: string | undefined): Promise<void> {
		if (scroll !== undefined) {
			await this.#connection.once({method: 'DELETE', path: '/_search/scroll', body: {scroll_id: [scroll]}, expected: [404]}, this.#place.where, AbortSignal.timeout(10_000)).catch(() => undefined);
		}
	}

	async #smaller<T>(page: number, ask: (page: number) => Promise<T>): Promise<T> {
		try {
			return await ask(page);
		} catch (error) {
			if (!(error instanceof TooLargeError)) {
				throw error;
			}

			if (page <= smallestPage) {
				throw new UserError(`${this.#place.where}: the server finds even a small question too large: ${error.message}`, {hint: 'give it more memory, or raise search.max_buckets', exitCode: 3, cause: error});
			}

			return this.#smaller(Math.max(smallestPage, Math.floor(page / 2)), ask);
		}
	}

	async #search(body: Json, query: Readonly<Record<string, string>> = {}): Promise<Json> {
		this.#say();
		try {
			const answer = await this.#connection.ask({
				method: 'POST',
				path: `/${encodeURIComponent(this.#place.index)}/_search`,
				query: {...query, allow_partial_search_results: 'false', ignore_unavailable: 'false', allow_no_indices: 'false'},
				body,
			}, this.#place.where, this.#task.signal);
			requireWhole(answer, this.#place.where);
			return answer;
		} finally {
			throwIfCancelled(this.#task.signal);
		}
	}

	#say(): void {
		this.#task.progress({stage: 'asking OpenSearch', done: this.#asked(), total: null, unit: null, bytes: null});
		throwIfCancelled(this.#task.signal);
	}
}
