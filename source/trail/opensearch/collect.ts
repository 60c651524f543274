import type {EventSample, SampledRow} from '../../domain/evidence.js';
import {isObject, type Json, objectsOf, textOf} from '../../lib/json-fields.js';
import {inOrder} from '../files/in-order.js';
import type {Column} from './columns.js';
import {all, any, type Dsl, not} from './dsl.js';
import {columnPaths, eventOf, sampleOf} from './event.js';
import {type Flags, rowOf, type Span, type Values} from './fold.js';
import {RowSet} from './row-set.js';
import type {Bucket, Searcher} from './searcher.js';

/**
Groups of a page. A server gives up at 65,535 buckets (search.max_buckets), inner ones counted; a page that is too large for its memory is
asked again at half the size.
*/
const groupsPerPage = 30_000;

/** Groups that are taken apart by five filters each. */
const flaggedGroupsPerPage = 9000;

/** Groups of which each carries its latest document. */
const sampledGroupsPerPage = 1000;

/** Ids in one list of a question: index.max_terms_count allows 65,536. */
const idsPerQuestion = 20_000;

const noSample: EventSample = {eventId: null, region: null, sourceAddress: null, userAgent: null};
const noFlags: Flags = {signInFailed: false, sessionTags: false, sourceIdentity: false};

const flagsByFilter: Readonly<Record<string, Flags>> = {
	plain: noFlags,
	failed: {...noFlags, signInFailed: true},
	tagged: {...noFlags, sessionTags: true},
	named: {...noFlags, sourceIdentity: true},
	both: {...noFlags, sessionTags: true, sourceIdentity: true},
};

/** A call of another account, or into one: it counts only where the caller's own account has no record of it. */
type Guest = {readonly sharedEventId: string; readonly row: SampledRow};

/** One way to group a part of the events. */
type Pass = {readonly name: string; readonly query: Json; readonly issued: boolean | null; readonly special: boolean; readonly shared: boolean};

function spanOf(aggregations: Json): Span {
	const at = (name: string) => isObject(aggregations[name]) ? Number(aggregations[name].value) : Number.NaN;
	return {count: Number(aggregations.doc_count), first: at('first'), last: at('last')};
}

/** What was gathered: rows, and how many documents were read one by one. */
export type Collected = {readonly rows: SampledRow[]; readonly readOneByOne: number};

/** Gathers usage rows of a part of the events. */
export class Collector {
	readonly #searcher: Searcher;
	readonly #dsl: Dsl;
	readonly #isSampled: boolean;
	readonly #rows = new RowSet();
	readonly #guests: Guest[] = [];

	constructor(searcher: Searcher, dsl: Dsl, options: {readonly sampled: boolean}) {
		this.#searcher = searcher;
		this.#dsl = dsl;
		this.#isSampled = options.sampled;
	}

	/** All rows of the events that a filter leaves. */
	async collect(filter: Json): Promise<Collected> {
		const passes = this.#passes(filter);
		const oneByOne = all(filter, any(...this.#dsl.unindexed()));
		const counts = await this.#count({...Object.fromEntries(passes.map(({name, query}) => [name, query])), oneByOne});
		const filled = passes.filter(({name}) => (counts.get(name) ?? 0) > 0);
		for await (const _ of inOrder(filled, async pass => this.#group(pass))) {
			// One after the other: each keeps the server busy.
		}

		if ((counts.get('oneByOne') ?? 0) > 0) {
			await this.#read(oneByOne);
		}

		await this.#addGuests();
		return {rows: this.#rows.rows(), readOneByOne: counts.get('oneByOne') ?? 0};
	}

	/** With a session issuer and without are two: else there would be a group for each session of each role. */
	#passes(filter: Json): Pass[] {
		const dsl = this.#dsl;
		const indexed = all(filter, not(...dsl.unindexed()));
		const plain = [true, false].flatMap(issued => [true, false].map((special): Pass => ({
			name: `${issued ? 'issued' : 'direct'}-${special ? 'special' : 'plain'}`,
			query: all(indexed, not(dsl.guests()), issued ? dsl.has('issuerArn') : not(dsl.has('issuerArn')), special ? dsl.special() : not(dsl.special())),
			issued,
			special,
			shared: false,
		})));
		return [...plain, {name: 'guests', query: all(indexed, dsl.guests()), issued: null, special: true, shared: true}];
	}

	async #count(queries: Readonly<Record<string, Json>>): Promise<ReadonlyMap<string, number>> {
		const {counts} = await this.#searcher.aggregate(any(...Object.values(queries)), {counts: {filters: {filters: queries}}});
		const buckets = isObject(counts) && isObject(counts.buckets) ? counts.buckets : {};
		return new Map(Object.entries(buckets).map(([name, bucket]) => [name, isObject(bucket) ? Number(bucket.doc_count) : 0]));
	}

	async #group({query, issued, special, shared}: Pass): Promise<void> {
		const sources = this.#dsl.sources(issued, special, shared).map(([column, field]) => ({[column]: {terms: {field, missing_bucket: true}}}));
		const inner = this.#inner();
		const groups = this.#searcher.groups({
			query,
			sources,
			aggregations: special ? {flags: {filters: {filters: this.#dsl.flagFilters()}, aggs: inner}} : inner,
			size: this.#isSampled ? sampledGroupsPerPage : (special ? flaggedGroupsPerPage : groupsPerPage),
		});
		for await (const bucket of groups) {
			this.#addGroup(bucket, special);
		}
	}

	#inner(): Json {
		const {time} = this.#dsl;
		const id = this.#dsl.exact('eventId');
		const latest = {top_hits: {size: 1, sort: [{[time]: 'desc'}, ...id === undefined ? [] : [{[id]: {order: 'desc', missing: '_last'}}]], _source: columnPaths(this.#dsl.layout)}};
		return {first: {min: {field: time}}, last: {max: {field: time}}, ...this.#isSampled ? {latest} : {}};
	}

	#addGroup({key, aggregations}: Bucket, special: boolean): void {
		const values = key as Values;
		if (!special) {
			this.#add(values, noFlags, spanOf(aggregations), this.#sampleOf(aggregations));
			return;
		}

		const flags = isObject(aggregations.flags) && isObject(aggregations.flags.buckets) ? aggregations.flags.buckets : {};
		for (const [name, part] of Object.entries(flags)) {
			if (isObject(part) && Number(part.doc_count) > 0) {
				this.#add(values, flagsByFilter[name] ?? noFlags, spanOf(part), this.#sampleOf(part));
			}
		}
	}

	#sampleOf(aggregations: Json): EventSample {
		const {latest} = aggregations;
		const [hit] = isObject(latest) && isObject(latest.hits) ? objectsOf(latest.hits.hits) : [];
		return hit ? sampleOf(this.#dsl.layout, isObject(hit._source) ? hit._source : {}) : noSample;
	}

	#add(values: Values, flags: Flags, span: Span, sample: EventSample): void {
		const row = rowOf(values, flags, span, sample);
		const sharedEventId = textOf(values.sharedEventId);
		if (row === undefined) {
			return;
		}

		const isGuest = sharedEventId !== null && row.identityAccount !== null && row.recipientAccount !== null && row.identityAccount !== row.recipientAccount;
		if (isGuest) {
			this.#guests.push({sharedEventId, row});
		} else {
			this.#rows.add(row);
		}
	}

	async #read(query: Json): Promise<void> {
		for await (const {source} of this.#searcher.documents(query, columnPaths(this.#dsl.layout))) {
			const event = eventOf(this.#dsl.layout, source);
			if (event !== undefined) {
				const span = {count: 1, first: event.time, last: event.time};
				this.#add(event.values, event.flags, span, this.#isSampled ? sampleOf(this.#dsl.layout, source) : noSample);
			}
		}
	}

	async #addGuests(): Promise<void> {
		const callers = await this.#callers([...new Set(this.#guests.map(({sharedEventId}) => sharedEventId))]);
		for (const {sharedEventId, row} of this.#guests) {
			if (!callers.has(`${sharedEventId} ${row.identityAccount ?? ''}`)) {
				this.#rows.add(row);
			}
		}
	}

	/** Of those calls, which left a record with which caller's own account: "ID ACCOUNT". */
	async #callers(ids: readonly string[]): Promise<ReadonlySet<string>> {
		const callers = new Set<string>();
		const keys = (['sharedEventId', 'recipientAccount', 'identityAccount'] as const).flatMap((column: Column) => {
			const field = this.#dsl.exact(column);
			return field === undefined ? [] : [{[column]: {terms: {field}}}];
		});
		for (let start = 0; start < ids.length && keys.length === 3; start += idsPerQuestion) {
			const query = this.#dsl.is('sharedEventId', ids.slice(start, start + idsPerQuestion));
			// One question after the other: each may be large.
			// eslint-disable-next-line no-await-in-loop
			for await (const {key} of this.#searcher.groups({query, sources: keys, aggregations: {}, size: groupsPerPage})) {
				if (key.recipientAccount === key.identityAccount) {
					callers.add(`${String(key.sharedEventId)} ${String(key.identityAccount)}`);
				}
			}
		}

		return callers;
	}
}
