import {ActionSet} from './action-set.js';
import type {AccessLevel, Catalog} from './action.js';
import type {Coverage} from './coverage.js';
import type {Grant, PrincipalGrants} from './grants.js';
import type {ActionUsage, PrincipalUsage} from './principal-usage.js';
import {riskOf, type Risk} from './risk.js';
import type {Verdict} from './verdict.js';
import {plural} from './words.js';

/** One line of a principal: an action and what is known of it. Times are ISO 8601 UTC. */
export type ActionRow = {
	/** Canonical spelling, or as the policy writes it where the catalog does not know it. */
	readonly action: string;
	/** `action` in lower case: what is printed, sorted and filtered by. */
	readonly lower: string;
	readonly verdict: Verdict;
	/** Stable kebab-case code, for scripts. */
	readonly reasonCode: string;
	readonly reason: string;
	/** Events that prove the use, failed ones included, denied ones not. */
	readonly count: number;
	/** Of those, the ones that failed after authorization. */
	readonly failed: number;
	readonly denied: number;
	readonly firstUsed: string | null;
	readonly lastUsed: string | null;
	/** "s3.amazonaws.com:ListBuckets", sorted. */
	readonly events: readonly string[];
	/** A Deny of narrower reach takes part of the grant away. */
	readonly deniedInPart: boolean;
	/** What takes the action away, in words. */
	readonly blockedBy: readonly string[];
	/** Null where the catalog does not know the action. */
	readonly accessLevel: AccessLevel | null;
	/** What the action is known for among attackers; null where nothing is known. */
	readonly risk: Risk | null;
};

/** The actions of one principal by verdict; rows of unknown patterns (not in the catalog) come on top. */
export type DiffSets = Readonly<Record<Verdict, ActionSet>>;

/** What one principal is granted, what it did, and what silence is worth. */
export type DiffInput = {
	readonly catalog: Catalog;
	readonly coverage: Coverage;
	readonly grants: PrincipalGrants;
	/** Undefined when the principal has no event in the window. */
	readonly usage: PrincipalUsage | undefined;
};

const isUsed = (entry: ActionUsage): boolean => entry.used.count > 0;

/**
Whether an S3 call may have needed the action of the object's version instead, which is granted: CloudTrail names both calls alike
(https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Permissions").
*/
function isVersionRead({catalog, grants}: DiffInput, id: number): boolean {
	const lower = catalog.lowerName(id);
	const version = lower.startsWith('s3:') ? catalog.idOf(lower.replace('object', 'objectversion')) : undefined;
	return version !== undefined && version !== id && grants.granted.has(version);
}

/** Splits a principal's actions by verdict. A few word operations: cheap enough for every principal of an account. */
export function diffSets(input: DiffInput): DiffSets {
	const {grants, usage, coverage} = input;
	const used = new ActionSet(grants.granted.size);
	const ungranted = new ActionSet(grants.granted.size);
	const touched = new ActionSet(grants.granted.size);
	for (const [id, entry] of usage?.actions ?? []) {
		touched.add(id);
		if (isUsed(entry)) {
			if (grants.granted.has(id)) {
				used.add(id);
			} else if (!usage?.free.has(id) && !isVersionRead(input, id)) {
				ungranted.add(id);
			}
		}
	}

	for (const id of usage?.mayHaveNeeded.keys() ?? []) {
		touched.add(id);
	}

	const unused = grants.granted.intersect(coverage.provable).minus(touched);
	return {used, unused, unknown: grants.granted.minus(used).minus(unused), ungranted};
}

function usedReason({usage}: DiffInput, id: number): {code: string; reason: string} {
	const entry = usage?.actions.get(id);
	const count = entry?.used.count ?? 0;
	return entry?.failed === count
		? {code: 'used-failed', reason: `all ${plural(count, 'call')} failed, but only after authorization`}
		: {code: 'used', reason: `${plural(count, 'event')} in the window`};
}

/** How the tries ended, where none proved the permission. */
function howTried({denied, unproven}: ActionUsage): string {
	if (unproven.count === 0) {
		return 'denied';
	}

	return denied.count === 0 ? 'failed without proof of authorization' : 'denied, or failed without proof of authorization';
}

function unknownReason({coverage, usage}: DiffInput, id: number): {code: string; reason: string} {
	const entry = usage?.actions.get(id);
	if (entry) {
		const tried = entry.denied.count + entry.unproven.count;
		const last = [entry.denied.last, entry.unproven.last].filter(time => time !== null).toSorted().at(-1);
		return {
			code: 'tried',
			reason: `tried ${plural(tried, 'time')}, last ${last ?? 'unknown'}, ${howTried(entry)}`,
		};
	}

	const by = usage?.mayHaveNeeded.get(id);
	if (by) {
		return {code: 'may-have-been-needed', reason: `${[...by].toSorted().join(', ')} may have needed it`};
	}

	return coverage.silence(id);
}

function ungrantedReason({grants}: DiffInput, id: number): {code: string; reason: string} {
	const blocked = grants.blockedBy(id);
	if (blocked.length > 0) {
		return {code: 'blocked', reason: `used in the window, blocked now by ${blocked.join(', ')}`};
	}

	return {
		code: 'not-granted',
		reason: grants.incomplete.length > 0
			? 'used in the window; no policy in the snapshot grants it, but documents of attached policies are missing from it'
			: 'used in the window, granted by no identity policy today (a resource policy may allow it)',
	};
}

function reasonFor(input: DiffInput, id: number, verdict: Verdict): {code: string; reason: string} {
	switch (verdict) {
		case 'used': {
			return usedReason(input, id);
		}

		case 'unused': {
			return input.coverage.silence(id);
		}

		case 'unknown': {
			return unknownReason(input, id);
		}

		case 'ungranted': {
			return ungrantedReason(input, id);
		}
	}
}

const none: readonly string[] = [];

function catalogRow(input: DiffInput, id: number, verdict: Verdict): ActionRow {
	const action = input.catalog.at(id);
	const lower = input.catalog.lowerName(id);
	const entry = input.usage?.actions.get(id);
	const why = reasonFor(input, id, verdict);
	const deniedInPart = input.grants.deniedInPart.has(id);
	return {
		action: action.name,
		lower,
		verdict,
		reasonCode: why.code,
		reason: why.reason,
		count: entry?.used.count ?? 0,
		failed: entry?.failed ?? 0,
		denied: entry?.denied.count ?? 0,
		firstUsed: entry?.used.first ?? null,
		lastUsed: entry?.used.last ?? null,
		events: entry ? [...entry.events].toSorted() : none,
		deniedInPart,
		blockedBy: verdict === 'ungranted' || deniedInPart ? input.grants.blockedBy(id) : none,
		accessLevel: action.accessLevel,
		risk: riskOf(lower),
	};
}

const unknownRow = (action: string): ActionRow => ({
	action,
	lower: action.toLowerCase(),
	verdict: 'unknown',
	reasonCode: 'not-in-catalog',
	reason: 'the catalog of IAM actions does not know it',
	count: 0,
	failed: 0,
	denied: 0,
	firstUsed: null,
	lastUsed: null,
	events: [],
	deniedInPart: false,
	blockedBy: [],
	accessLevel: null,
	risk: riskOf(action.toLowerCase()),
});

const byLower = (a: {readonly lower: string}, b: {readonly lower: string}): number => a.lower < b.lower ? -1 : (a.lower > b.lower ? 1 : 0);

function verdictOf(sets: DiffSets, id: number): Verdict {
	if (sets.ungranted.has(id)) {
		return 'ungranted';
	}

	if (sets.used.has(id)) {
		return 'used';
	}

	return sets.unused.has(id) ? 'unused' : 'unknown';
}

/** The rows of one principal, sorted by lower-case action, and the statements behind each. */
export function diffRows(input: DiffInput): {readonly rows: readonly ActionRow[]; grantedBy(row: ActionRow): readonly Grant[]} {
	const sets = diffSets(input);
	// Ids are in the order of the lower-case names: a walk in their order is a sorted list.
	const rows: ActionRow[] = [];
	for (const id of input.grants.granted.union(sets.ungranted).ids()) {
		rows.push(catalogRow(input, id, verdictOf(sets, id)));
	}

	const unknown = new Map(input.grants.unknown.map(entry => [entry.action, entry.grantedBy]));
	return {
		rows: unknown.size === 0 ? rows : [...rows, ...[...unknown.keys()].map(action => unknownRow(action))].toSorted(byLower),
		grantedBy(row) {
			if (row.verdict === 'ungranted') {
				return [];
			}

			const id = row.reasonCode === 'not-in-catalog' ? undefined : input.catalog.idOf(row.action);
			return id === undefined ? unknown.get(row.action) ?? [] : input.grants.grantsOf(id);
		},
	};
}

/** Actions that were denied and are not granted: no rows, but somebody tried. Sorted by action. */
export function attemptedActions({catalog, grants, usage}: DiffInput): ReadonlyArray<{readonly action: string; readonly denied: number}> {
	const attempted: Array<{action: string; denied: number; lower: string}> = [];
	for (const [id, entry] of usage?.actions ?? []) {
		if (!isUsed(entry) && entry.denied.count > 0 && !grants.granted.has(id)) {
			attempted.push({action: catalog.at(id).name, denied: entry.denied.count, lower: catalog.lowerName(id)});
		}
	}

	return attempted.toSorted(byLower).map(({action, denied}) => ({action, denied}));
}
