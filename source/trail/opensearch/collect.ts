import type {EventSample, SampledRow} from '../../domain/evidence.js';
import {isObject, type Json, objectsOf, textOf} from '../../lib/json-fields.js';
import type {Column} from './columns.js';
import {all, any, type Dsl, not} from './dsl.js';
import {columnPaths, eventOf, noSample, sampleOf} from './event.js';
import {dayMs, type Flags, instant, rowOf, type Span, type Values} from './fold.js';
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

const noFlags: Flags = {signInFailed: false, sessionTags: false, sourceIdentity: false};

const flagsByFilter: Readonly<Record<string, Flags>> = {
	plain: noFlags,
	failed: {...noFlags, signInFailed: true},
	tagged: {...noFlags, sessionTags: true},
	named: {...noFlags, sourceIdentity: true},
	both: {...noFlags, sessionTags: true, sourceIdentity: true},
};

/** A row, and the values of the group or document that it is of. */
export type Gathered = {readonly row: SampledRow; readonly values: Values};

/** A call of another account, or into one: it counts only where the caller's own account has no record of it. */
type Guest = Gathered & {readonly sharedEventId: string};

/** One way to group a part of the events. */
type Pass = {readonly name: string; readonly query: Json; readonly issued: boolean | null; readonly special: boolean; readonly shared: boolean};

function spanOf(aggregations: Json): Span {
	const at = (name: string) => isObject(aggregations[name]) ? Number(aggregations[name].value) : Number.NaN;
	return {count: Number(aggregations.doc_count), first: at('first'), last: at('last')};
}

/** What was gathered: rows, and how many documents were read one by one. */
export type Collected = {readonly rows: SampledRow[]; readonly readOneByOne: number};

/** How finely events are told apart. */
export type CollectorOptions = {
	/** Each row with its latest event. */
	readonly sampled?: boolean;
	/** Columns that tell rows apart beside those of a row. */
	readonly more?: readonly Column[];
	/** The name of the parameter that makes a histogram of days, where rows are to be of one day each. */
	readonly byDay?: 'fixed_interval' | 'interval';
};

/** Which events are meant. */
export type Wanted = {
	readonly filter: Json;
	/** Documents of which the index does not know whether the filter leaves them, and what does once they are read; none without. */
	readonly unsure?: {readonly query: Json; readonly isWanted: (values: Values) => boolean};
};

/** Gathers usage rows of a part of the events. */
export class Collector {
	readonly #searcher: Searcher;
	readonly #dsl: Dsl;
	readonly #options: CollectorOptions;
	#readOneByOne = 0;

	constructor(searcher: Searcher, dsl: Dsl, options: CollectorOptions = {}) {
		this.#searcher = searcher;
		this.#dsl = dsl;
		this.#options = options;
	}

	/** All rows of the events that a filter leaves; rows that are alike are one. */
	async collect(filter: Json): Promise<Collected> {
		const rows = new RowSet();
		for await (const {row} of this.gather({filter})) {
			rows.add(row);
		}

		return {rows: rows.rows(), readOneByOne: this.#readOneByOne};
	}

	/** The rows of the events, as they come: those of a document that was read alone may be like others. */
	async * gather(wanted: Wanted): AsyncGenerator<Gathered> {
		const guests: Guest[] = [];
		for await (const gathered of this.#every(wanted)) {
			const {row, values} = gathered;
			const sharedEventId = textOf(values.sharedEventId);
			if (sharedEventId !== null && row.identityAccount !== null && row.recipientAccount !== null && row.identityAccount !== row.recipientAccount) {
				guests.push({...gathered, sharedEventId});
			} else {
				yield gathered;
			}
		}

		const callers = await this.#callers([...new Set(guests.map(({sharedEventId}) => sharedEventId))]);
		yield * guests.filter(({sharedEventId, row}) => !callers.has(`${sharedEventId} ${row.identityAccount ?? ''}`));
	}

	async * #every({filter, unsure}: Wanted): AsyncGenerator<Gathered> {
		const passes = this.#passes(filter);
		const cut = all(filter, any(...this.#dsl.unindexed(this.#options.more)));
		const oneByOne = unsure ? any(cut, unsure.query) : cut;
		const counts = await this.#count({...Object.fromEntries(passes.map(({name, query}) => [name, query])), oneByOne});
		for (const pass of passes.filter(({name}) => (counts.get(name) ?? 0) > 0)) {
			yield * this.#group(pass);
		}

		this.#readOneByOne = counts.get('oneByOne') ?? 0;
		if (this.#readOneByOne > 0) {
			yield * this.#read(oneByOne, unsure?.isWanted);
		}
	}

	/** With a session issuer and without are two: else there would be a group for each session of each role. */
	#passes(filter: Json): Pass[] {
		const dsl = this.#dsl;
		const indexed = all(filter, not(...dsl.unindexed(this.#options.more)));
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

	async * #group(pass: Pass): AsyncGenerator<Gathered> {
		for (const query of await this.#slices(pass.query)) {
			yield * this.#groupsOf({...pass, query});
		}
	}

	/**
	The events in slices of whole days that make a page each, where rows are of one day: for every page of a composite aggregation a server goes
	through all events that the query leaves.
	*/
	async #slices(query: Json): Promise<Json[]> {
		const {byDay} = this.#options;
		if (byDay === undefined) {
			return [query];
		}

		const {days} = await this.#searcher.aggregate(query, {days: {date_histogram: {field: this.#dsl.time, [byDay]: '1d', min_doc_count: 1}}});
		const slices: Array<{readonly from: number; to: number; events: number}> = [];
		for (const {key, doc_count: count} of isObject(days) ? objectsOf(days.buckets) : []) {
			const slice = slices.at(-1);
			if (slice && slice.events + Number(count) <= groupsPerPage) {
				slice.to = Number(key) + dayMs;
				slice.events += Number(count);
			} else {
				slices.push({from: Number(key), to: Number(key) + dayMs, events: Number(count)});
			}
		}

		return slices.map(({from, to}) => all(query, this.#dsl.inWindow({start: instant(from), end: instant(to)})));
	}

	async * #groupsOf({query, special, ...pass}: Pass): AsyncGenerator<Gathered> {
		const {more, byDay, sampled} = this.#options;
		const columns = this.#dsl.sources({special, ...pass}, more).map(([column, field]) => ({[column]: {terms: {field, missing_bucket: true}}}));
		const day = byDay === undefined ? [] : [{day: {date_histogram: {field: this.#dsl.time, [byDay]: '1d'}}}];
		const inner = this.#inner();
		const groups = this.#searcher.groups({
			query,
			sources: [...columns, ...day],
			aggregations: special ? {flags: {filters: {filters: this.#dsl.flagFilters()}, aggs: inner}} : inner,
			size: sampled ? sampledGroupsPerPage : (special ? flaggedGroupsPerPage : groupsPerPage),
		});
		for await (const bucket of groups) {
			yield * this.#rowsOf(bucket, special);
		}
	}

	#inner(): Json {
		const {time} = this.#dsl;
		const id = this.#dsl.exact('eventId');
		const latest = {top_hits: {size: 1, sort: [{[time]: 'desc'}, ...id === undefined ? [] : [{[id]: {order: 'desc', missing: '_last'}}]], _source: columnPaths(this.#dsl.layout)}};
		return {first: {min: {field: time}}, last: {max: {field: time}}, ...this.#options.sampled ? {latest} : {}};
	}

	#rowsOf({key, aggregations}: Bucket, special: boolean): Gathered[] {
		const values = key as Values;
		const parts = special && isObject(aggregations.flags) && isObject(aggregations.flags.buckets) ? Object.entries(aggregations.flags.buckets) : [['plain', aggregations] as const];
		return parts.flatMap(([name, part]) => {
			const row = isObject(part) && Number(part.doc_count) > 0 ? rowOf(values, flagsByFilter[name] ?? noFlags, spanOf(part), this.#sampleOf(part)) : undefined;
			return row === undefined ? [] : [{row, values}];
		});
	}

	#sampleOf(aggregations: Json): EventSample {
		const {latest} = aggregations;
		const [hit] = isObject(latest) && isObject(latest.hits) ? objectsOf(latest.hits.hits) : [];
		return hit ? sampleOf(this.#dsl.layout, isObject(hit._source) ? hit._source : {}) : noSample;
	}

	async * #read(query: Json, isWanted: (values: Values) => boolean = () => true): AsyncGenerator<Gathered> {
		for await (const {source} of this.#searcher.documents(query, columnPaths(this.#dsl.layout))) {
			const event = eventOf(this.#dsl.layout, source);
			if (event !== undefined && isWanted(event.values)) {
				const span = {count: 1, first: event.time, last: event.time};
				const row = rowOf(event.values, event.flags, span, this.#options.sampled ? sampleOf(this.#dsl.layout, source) : noSample);
				if (row !== undefined) {
					yield {row, values: event.values};
				}
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
