import type {Catalog} from './action.js';
import {type ActionSet} from './action-set.js';

/** Which of two patterns that cover the same is taken: the one that says more, or the one that takes less room. */
export type PatternTaste = 'specific' | 'short';

/** The actions of one service, by position, in the order of their lower-case names. */
type Service = {
	readonly prefix: string;
	readonly names: readonly string[];
	readonly lower: readonly string[];
	readonly required: readonly boolean[];
	/** How many of the actions before a position are not permitted. */
	readonly forbiddenBefore: readonly number[];
	readonly permitted: readonly boolean[];
};

/** A pattern that covers nothing that is not permitted, and the required positions that it covers. */
type Candidate = {readonly text: string; readonly covers: readonly number[]};

function serviceOf(catalog: Catalog, prefix: string, required: ActionSet, permitted: ActionSet): Service {
	const [from, to] = catalog.serviceRange(prefix) ?? [0, 0];
	const ids = Array.from({length: to - from}, (_, position) => from + position);
	const forbiddenBefore = [0];
	for (const id of ids) {
		forbiddenBefore.push((forbiddenBefore.at(-1) ?? 0) + (permitted.has(id) ? 0 : 1));
	}

	const names = ids.map(id => catalog.at(id).name.slice(prefix.length + 1));
	return {
		prefix, names, forbiddenBefore, lower: names.map(name => name.toLowerCase()),
		required: ids.map(id => required.has(id)), permitted: ids.map(id => permitted.has(id)),
	};
}

/** The positions whose names begin with a lower-case text, as [from, to). */
function rangeOf({lower}: Service, start: string, near: number): [number, number] {
	let from = near;
	let to = near + 1;
	while (from > 0 && lower[from - 1]?.startsWith(start)) {
		from--;
	}

	while (to < lower.length && lower[to]?.startsWith(start)) {
		to++;
	}

	return [from, to];
}

const positionsIn = (service: Service, from: number, to: number): number[] =>
	Array.from({length: to - from}, (_, index) => from + index).filter(position => service.required[position]);

function commonStart(a: string, b: string): number {
	let length = 0;
	while (length < a.length && a.charAt(length) === b.charAt(length)) {
		length++;
	}

	return length;
}

/** The widest "Start*" that is permitted and covers a position; undefined where the name alone is. */
function widestStart(service: Service, position: number, taste: PatternTaste): Candidate | undefined {
	const lower = service.lower[position] ?? '';
	const name = service.names[position] ?? '';
	for (let length = 0; length < lower.length; length++) {
		const [from, to] = rangeOf(service, lower.slice(0, length), position);
		if (service.forbiddenBefore[from] === service.forbiddenBefore[to]) {
			const covers = positionsIn(service, from, to);
			const said = taste === 'short' ? length : commonStart(service.lower[from] ?? '', service.lower[to - 1] ?? '');
			return covers.length < 2 ? undefined : {text: `${service.prefix}:${name.slice(0, said)}*`, covers};
		}
	}

	return undefined;
}

/** Where the words of "GetBucketCORS" begin, the first aside. */
const wordStarts = (name: string): number[] => [...name.matchAll(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g)].map(found => found.index);

/** What "Start*End" covers within a range, lower case; undefined where that is something forbidden, or less than two. */
function coveredBy(service: Service, [from, to]: readonly [number, number], start: number, tail: string): readonly number[] | undefined {
	const covers: number[] = [];
	for (let at = from; at < to; at++) {
		const name = service.lower[at] ?? '';
		if (name.length >= start + tail.length && name.endsWith(tail)) {
			if (!service.permitted[at]) {
				return undefined;
			}

			if (service.required[at]) {
				covers.push(at);
			}
		}
	}

	return covers.length > 1 ? covers : undefined;
}

/** Adds the permitted "Start*End" patterns of whole words that cover a position among others, each text once. */
function addEnds(service: Service, position: number, found: Map<string, Candidate>, seen: Set<string>): void {
	const name = service.names[position] ?? '';
	const lower = service.lower[position] ?? '';
	const starts = wordStarts(name);
	for (const start of [0, ...starts]) {
		const range: readonly [number, number] = start === 0 ? [0, service.lower.length] : rangeOf(service, lower.slice(0, start), position);
		// Where all that begins so is permitted, or nothing else is, no end narrows it to any use.
		const ends = range[1] - range[0] < 2 || service.forbiddenBefore[range[0]] === service.forbiddenBefore[range[1]] ? [] : starts.filter(at => at >= start);
		for (const end of ends) {
			const text = `${service.prefix}:${name.slice(0, start)}*${name.slice(end)}`;
			if (!seen.has(text)) {
				seen.add(text);
				const covers = coveredBy(service, range, start, lower.slice(end));
				if (covers) {
					found.set(text, {text, covers});
				}
			}
		}
	}
}

/** Takes what covers most of what is left, again and again; then drops what the others cover together. */
function greedyCover(candidates: readonly Candidate[], taste: PatternTaste): Candidate[] {
	const left = new Set(candidates.flatMap(({covers}) => covers));
	const sign = taste === 'short' ? 1 : -1;
	const byGain: Candidate[][] = [];
	const put = (candidate: Candidate, gain: number): void => {
		byGain[gain] ??= [];
		byGain[gain].push(candidate);
	};

	for (const candidate of candidates.toSorted((a, b) => sign * (a.text.length - b.text.length) || (a.text < b.text ? -1 : 1))) {
		put(candidate, candidate.covers.length);
	}

	const taken: Candidate[] = [];
	for (let gain = byGain.length - 1; gain > 0; gain--) {
		for (const candidate of byGain[gain] ?? []) {
			const fresh = candidate.covers.filter(position => left.has(position)).length;
			if (fresh === gain) {
				taken.push(candidate);
				for (const position of candidate.covers) {
					left.delete(position);
				}
			} else {
				put(candidate, fresh);
			}
		}
	}

	return withoutSuperfluous(taken);
}

function withoutSuperfluous(taken: readonly Candidate[]): Candidate[] {
	const times = new Map<number, number>();
	for (const position of taken.flatMap(({covers}) => covers)) {
		times.set(position, (times.get(position) ?? 0) + 1);
	}

	return taken.filter(({covers}) => {
		const isSuperfluous = covers.every(position => (times.get(position) ?? 0) > 1);
		for (const position of isSuperfluous ? covers : []) {
			times.set(position, (times.get(position) ?? 0) - 1);
		}

		return !isSuperfluous;
	});
}

/** A pattern that covers one action alone is its name. */
const nameOf = (service: Service, position: number): Candidate => ({text: `${service.prefix}:${service.names[position] ?? ''}`, covers: [position]});

function coverService(service: Service, taste: PatternTaste): readonly string[] {
	const wanted = positionsIn(service, 0, service.names.length);
	const byStart = new Map<string, Candidate>();
	const byEnd = new Map<string, Candidate>();
	const names = wanted.map(position => nameOf(service, position));
	const seen = new Set<string>();
	for (const [index, position] of wanted.entries()) {
		const start = widestStart(service, position, taste) ?? names[index];
		if (start) {
			byStart.set(start.text, start);
		}
	}

	// Such patterns never overlap: no other choice of "Start*" and names is smaller.
	const starts = [...byStart.values()];
	if (starts.length < 2) {
		return starts.map(({text}) => text);
	}

	for (const position of wanted) {
		addEnds(service, position, byEnd, seen);
	}

	const mixed = greedyCover([...byStart.values(), ...byEnd.values(), ...names], taste);
	return (mixed.length < starts.length ? mixed : starts).map(({text}) => text);
}

/**
Action patterns that cover every required action, and of the catalog nothing that is not permitted; few, and sorted. A wildcard stands
only where it covers two required actions or more. Never "*" alone: what a catalog lacks would be granted with it.
@param permitted what may be covered beside; nothing by default
*/
export function packPatterns(catalog: Catalog, required: ActionSet, options: {readonly permitted?: ActionSet; readonly taste?: PatternTaste} = {}): readonly string[] {
	const permitted = options.permitted?.union(required) ?? required;
	const services = new Set<string>();
	for (const id of required.ids()) {
		services.add(catalog.at(id).service);
	}

	return [...services].flatMap(prefix => coverService(serviceOf(catalog, prefix, required, permitted), options.taste ?? 'specific'))
		.toSorted((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1);
}
