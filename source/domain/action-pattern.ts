import type {Catalog} from './action.js';
import {type ActionSet} from './action-set.js';

/** The catalog actions that a pattern matches: all ids from `from` up to `to`, or of those only `ids` where it is given. */
export type PatternMatch = {readonly from: number; readonly to: number; readonly ids: Uint32Array | null};

/** Finds the actions of a pattern as it stands in a policy; undefined when the catalog knows none. */
export type PatternMatcher = (pattern: string) => PatternMatch | undefined;

/**
A matcher over one catalog that remembers every pattern it has seen. `*` and `?` count in the action's name; `*` and `*:*` are everything;
case is ignored. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
*/
export function createPatternMatcher(catalog: Catalog): PatternMatcher {
	const known = new Map<string, PatternMatch | undefined>();
	return pattern => {
		const lower = pattern.toLowerCase();
		if (known.has(lower)) {
			return known.get(lower);
		}

		const match = findMatch(catalog, lower);
		known.set(lower, match);
		return match;
	};
}

/** Whether the pattern crosses services: `*` or `*:*`. */
export function matchesEverything(pattern: string): boolean {
	return pattern === '*' || pattern === '*:*';
}

/** Adds the matched actions to a set of the same catalog. */
export function addMatch(set: ActionSet, match: PatternMatch): void {
	if (!match.ids) {
		set.addRange(match.from, match.to);
		return;
	}

	for (const id of match.ids) {
		set.add(id);
	}
}

/** Whether an action is among the matched. */
export function isMatched(match: PatternMatch, id: number): boolean {
	return id >= match.from && id < match.to && (!match.ids || match.ids.includes(id));
}

/**
Whether everything that `text` stands for is matched by `pattern`, both as policies write them. Used for actions that the catalog does not know,
where `text` may hold wildcards itself: those are covered by a `*` of the pattern only.
*/
export function coversText(pattern: string, text: string): boolean {
	return matchesEverything(pattern) || matchesWildcards(pattern.toLowerCase(), text.toLowerCase(), '*');
}

function findMatch(catalog: Catalog, pattern: string): PatternMatch | undefined {
	if (matchesEverything(pattern)) {
		return {from: 0, to: catalog.size, ids: null};
	}

	if (!/[*?]/.test(pattern)) {
		const id = catalog.idOf(pattern);
		return id === undefined ? undefined : {from: id, to: id + 1, ids: null};
	}

	const colon = pattern.indexOf(':');
	const range = catalog.serviceRange(pattern.slice(0, colon));
	if (!range) {
		return undefined;
	}

	const [from, to] = range;
	if (pattern.slice(colon + 1) === '*') {
		return {from, to, ids: null};
	}

	const ids: number[] = [];
	for (let id = from; id < to; id++) {
		if (matchesWildcards(pattern, catalog.lowerName(id))) {
			ids.push(id);
		}
	}

	const first = ids[0];
	const last = ids.at(-1);
	if (first === undefined || last === undefined) {
		return undefined;
	}

	return {from: first, to: last + 1, ids: last - first + 1 === ids.length ? null : Uint32Array.from(ids)};
}

/**
Whether lower-case `text` matches lower-case `pattern` as a whole. On a mismatch only the last `*` is widened, so a hostile pattern
of many asterisks costs no more than pattern x text. `?` stands for any character but those of `exceptForOne`.
*/
function matchesWildcards(pattern: string, text: string, exceptForOne = ''): boolean {
	let at = 0;
	let star = -1;
	let retryFrom = 0;
	for (let index = 0; index < text.length;) {
		const wanted = pattern[at];
		const character = text.charAt(index);
		if (wanted === '*') {
			star = at++;
			retryFrom = index;
		} else if (wanted === character || (wanted === '?' && !exceptForOne.includes(character))) {
			at++;
			index++;
		} else if (star === -1) {
			return false;
		} else {
			at = star + 1;
			index = ++retryFrom;
		}
	}

	while (pattern[at] === '*') {
		at++;
	}

	return at === pattern.length;
}
