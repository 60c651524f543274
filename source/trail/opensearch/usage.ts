import type {AccountInTrail, AssumptionRow, Usage} from '../../domain/usage.js';
import type {Warning} from '../../domain/warning.js';
import type {Window} from '../../domain/window.js';
import {plural} from '../../domain/words.js';
import {UserError} from '../../lib/errors.js';
import {isObject, type Json, objectsOf, textOf} from '../../lib/json-fields.js';
import {Collector} from './collect.js';
import {all, any, type Dsl, not} from './dsl.js';
import {columnPaths, eventOf} from './event.js';
import {dayMs, instant, withoutSession} from './fold.js';
import type {Searcher} from './searcher.js';

/** Ids that are looked at to see whether events are in the index twice. */
const sampledIds = 5000;

/** Regions of one answer; AWS has some forty. */
const mostRegions = 1000;

/** What is known of events by receiving account and day. */
type AccountDay = {readonly account: string; readonly day: string; readonly count: number; readonly first: number; readonly last: number};

/** An assumption row whose times are ms since 1970. */
type Assumed = Omit<AssumptionRow, 'first' | 'last'> & {readonly first: number; readonly last: number};

/** What an index answers of one window. */
export type Answer = Pick<Usage, 'rows' | 'assumptions' | 'accounts' | 'days' | 'regions' | 'elsewhere' | 'warnings'>;

function numberOf(aggregations: Json, name: string): number {
	const {[name]: value} = aggregations;
	return isObject(value) ? Number(value.value ?? value.doc_count) : 0;
}

function accountsOf(days: readonly AccountDay[]): AccountInTrail[] {
	const accounts = new Map<string, {events: number; first: number; last: number}>();
	for (const {account, count, first, last} of days) {
		const known = accounts.get(account) ?? {events: 0, first, last};
		accounts.set(account, {events: known.events + count, first: Math.min(known.first, first), last: Math.max(known.last, last)});
	}

	return [...accounts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([accountId, {events, first, last}]) => ({accountId, events, firstEvent: instant(first), lastEvent: instant(last)}));
}

/** Asks an index whose layout is known. */
export class UsageQuestion {
	readonly #searcher: Searcher;
	readonly #dsl: Dsl;
	readonly #interval: 'fixed_interval' | 'interval';
	readonly #warnings: Warning[] = [];

	constructor(searcher: Searcher, dsl: Dsl, interval: 'fixed_interval' | 'interval') {
		this.#searcher = searcher;
		this.#dsl = dsl;
		this.#interval = interval;
	}

	async answer(window: Window, accountId: string): Promise<Answer> {
		const dsl = this.#dsl;
		const complete = all(dsl.events(), not(dsl.incomplete()));
		const inWindow = all(complete, dsl.inWindow(window));
		this.#otherIndices();
		await this.#facts(inWindow);
		const days = await this.#accountDays(inWindow);
		const own = days.filter(({account}) => account === accountId);
		const regions = own.length > 0 ? await this.#regions(inWindow) : [];
		const {rows, readOneByOne} = await new Collector(this.#searcher, dsl).collect(all(inWindow, dsl.ofAccount()));
		if (readOneByOne > 0) {
			this.#warn('read-one-by-one', `${plural(readOneByOne, 'event')} with values that the index cut off or does not index: read from the documents, which takes longer.`);
		}

		return {
			rows: rows.map(({sample: _sample, ...row}) => row),
			assumptions: await this.#assumptions(inWindow),
			accounts: accountsOf(days),
			days: own.map(({day}) => day).toSorted(),
			regions,
			elsewhere: own.length > 0 ? [] : accountsOf(await this.#accountDays(complete)),
			warnings: this.#warnings,
		};
	}

	#otherIndices(): void {
		const {others} = this.#dsl.layout;
		if (others.length > 0) {
			this.#warn('other-indices', `${others.length === 1 ? '1 index' : `${others.length} indices`} of the pattern without CloudTrail events, not asked: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''}`);
		}
	}

	/** Counts what must be said beside the result. */
	async #facts(inWindow: Json): Promise<void> {
		const dsl = this.#dsl;
		const facts = await this.#searcher.aggregate(dsl.events(), {incomplete: {filter: dsl.incomplete()}, crossing: {filter: all(inWindow, dsl.crossing())}});
		const incomplete = numberOf(facts, 'incomplete');
		if (incomplete > 0) {
			this.#warn('records-without-time', `${plural(incomplete, 'record')} without a valid time, event source or event name: not counted.`);
		}

		if (dsl.exact('sharedEventId') === undefined && numberOf(facts, 'crossing') > 0) {
			this.#warn('shared-events-unknown', `The index has no sharedEventID: ${plural(numberOf(facts, 'crossing'), 'call')} between accounts may be counted twice, once for each account's record.`);
		}

		if (!dsl.layout.isOurs) {
			await this.#lookForRepeats(inWindow);
		}
	}

	/** Looks at the events with the lowest ids, which are as good as any: whether some are there twice. */
	async #lookForRepeats(inWindow: Json): Promise<void> {
		const field = this.#dsl.exact('eventId');
		if (field === undefined) {
			return;
		}

		const {groups} = await this.#searcher.aggregate(all(inWindow, this.#dsl.ofAccount(), this.#dsl.has('eventId')), {groups: {composite: {size: sampledIds, sources: [{id: {terms: {field}}}]}}});
		const ids = isObject(groups) ? objectsOf(groups.buckets) : [];
		const repeated = ids.filter(bucket => Number(bucket.doc_count) > 1).length;
		if (repeated > 0) {
			this.#warn('repeated-events', `${repeated} of ${ids.length} event ids that were looked at are in more than one document: such events are counted more than once. Who used what is not changed by it.`);
		}
	}

	async #accountDays(query: Json): Promise<AccountDay[]> {
		const account = this.#dsl.exact('recipientAccount');
		const {time} = this.#dsl;
		const days: AccountDay[] = [];
		if (account === undefined) {
			return days;
		}

		const groups = this.#searcher.groups({
			query: all(query, this.#dsl.has('recipientAccount')),
			sources: [{account: {terms: {field: account}}}, {day: {date_histogram: {field: time, [this.#interval]: '1d'}}}],
			aggregations: {first: {min: {field: time}}, last: {max: {field: time}}},
			size: 10_000,
		});
		for await (const {key, count, aggregations} of groups) {
			const id = typeof key.account === 'number' ? String(key.account).padStart(12, '0') : textOf(key.account);
			if (id !== null) {
				days.push({account: id, day: instant(Math.floor(Number(key.day) / dayMs) * dayMs).slice(0, 10), count, first: numberOf(aggregations, 'first'), last: numberOf(aggregations, 'last')});
			}
		}

		return days;
	}

	async #regions(inWindow: Json): Promise<string[]> {
		const field = this.#dsl.exact('region');
		if (field === undefined) {
			return [];
		}

		const {regions} = await this.#searcher.aggregate(all(inWindow, this.#dsl.received()), {regions: {terms: {field, size: mostRegions}}});
		if (isObject(regions) && Number(regions.sum_other_doc_count) > 0) {
			throw new UserError('the index holds more regions than AWS has', {exitCode: 3});
		}

		return (isObject(regions) ? objectsOf(regions.buckets) : []).flatMap(({key}) => textOf(key) ?? []).toSorted();
	}

	async #assumptions(inWindow: Json): Promise<AssumptionRow[]> {
		const dsl = this.#dsl;
		const succeeded = all(inWindow, dsl.assumptions(), not(dsl.has('errorCode'), dsl.has(dsl.exact('denial') === undefined ? 'errorMessage' : 'denial')));
		const found = new Map<string, Assumed>();
		const add = (row: Assumed) => {
			const key = `${row.roleArn} ${row.caller ?? ''}`;
			const known = found.get(key);
			found.set(key, known ? {...row, count: known.count + row.count, first: Math.min(known.first, row.first), last: Math.max(known.last, row.last)} : row);
		};

		const role = dsl.exact('assumedRole');
		if (role !== undefined) {
			// Whoever has an issuer is known by it: the ARN of each of its sessions is another one.
			await this.#callers({query: all(succeeded, dsl.has('issuerArn')), role, caller: dsl.exact('issuerArn')}, add);
			await this.#callers({query: all(succeeded, not(dsl.has('issuerArn'))), role, caller: dsl.exact('foldedArn') ?? dsl.exact('arn')}, add);
		}

		await this.#readAssumptions(succeeded, add);
		const rows = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({...row, first: instant(row.first), last: instant(row.last)}));
		return rows.filter(({roleArn}) => roleArn !== '');
	}

	/** Who assumed which roles, as far as the index knows both; `role` and `caller` are fields of it. */
	async #callers({query, role, caller}: {readonly query: Json; readonly role: string; readonly caller: string | undefined}, add: (row: Assumed) => void): Promise<void> {
		const {time} = this.#dsl;
		const groups = this.#searcher.groups({
			query: all(query, not(...this.#dsl.unindexed())),
			sources: [{role: {terms: {field: role}}}, ...caller === undefined ? [] : [{caller: {terms: {field: caller, missing_bucket: true}}}]],
			aggregations: {first: {min: {field: time}}, last: {max: {field: time}}},
			size: 10_000,
		});
		for await (const {key, count, aggregations} of groups) {
			const arn = textOf(key.caller);
			add({roleArn: String(key.role), caller: arn === null ? null : withoutSession(arn), count, first: numberOf(aggregations, 'first'), last: numberOf(aggregations, 'last')});
		}
	}

	/** Assumptions of which the index does not know the role or the caller, or may not. */
	async #readAssumptions(succeeded: Json, add: (row: Assumed) => void): Promise<void> {
		const {layout} = this.#dsl;
		const unindexed = this.#dsl.unindexed();
		if (unindexed.length === 0) {
			return;
		}

		let untold = 0;
		for await (const {source} of this.#searcher.documents(all(succeeded, any(...unindexed)), columnPaths(layout))) {
			const event = eventOf(layout, source);
			const role = event?.opened.role;
			if (event && role) {
				const arn = textOf(event.values.arn);
				add({roleArn: role, caller: textOf(event.values.issuerArn) ?? (arn === null ? null : withoutSession(arn)), count: 1, first: event.time, last: event.time});
			} else {
				untold++;
			}
		}

		if (untold > 0) {
			this.#warn('parameters-missing', `${plural(untold, 'assumption')} of a role without request parameters: the index does not tell which role it was, nor session tags and source identity.`);
		}
	}

	#warn(code: string, message: string): void {
		this.#warnings.push({code, message});
	}
}
