import type {EventMapping} from './event-mapping.js';
import {namedAction, judgeOutcome, type Outcome} from './outcome.js';
import {createAttribution, type Attribution, type UnattributedKind} from './attribution.js';
import type {Catalog} from './action.js';
import type {IamSnapshot} from './snapshot.js';
import type {AssumptionRow, UsageRow} from './usage.js';
import {later} from './words.js';

/** How many events, and when the first and the last of them were. */
export type Tally = {count: number; first: string | null; last: string | null};

/** What one principal did with one action. Times are ISO 8601 UTC. */
export type ActionUsage = {
	/** Calls that prove the permission: succeeded, or failed after authorization. */
	readonly used: Tally;
	/** Of `used`, those that failed after authorization. */
	failed: number;
	readonly denied: Tally;
	/** Calls whose end proves neither. */
	readonly unproven: Tally;
	/** "s3.amazonaws.com:ListBuckets" of every event behind the tallies. */
	readonly events: Set<string>;
};

/** What one principal did in the window. */
export type PrincipalUsage = {
	/** Every event of its own, whatever its end. */
	events: number;
	denied: number;
	/** Events whose caller was not authenticated, such as a failed sign-in: no use of the principal. */
	unauthenticated: number;
	/** The last event that was neither denied nor unauthenticated. */
	lastUsed: string | null;
	/** The last event of any kind. */
	lastEvent: string | null;
	/** By catalog id. */
	readonly actions: Map<number, ActionUsage>;
	/** Conditional actions that its calls may have needed: catalog id -> "ecs:RunTask" -> "ecs.amazonaws.com:RunTask" of every event behind it. */
	readonly mayHaveNeeded: Map<number, Map<string, Set<string>>>;
	/** Events that need no permission, by "source:name". */
	readonly noPermissionNeeded: Map<string, number>;
	/** Catalog ids that were used where no permission was needed: never a `+`. */
	readonly free: Set<number>;
	/** Events that map to no action of the catalog, by "source:name". */
	readonly unmapped: Map<string, number>;
};

/** The events of an account, each given to its principal. */
export type AccountUsage = {
	/** By principal ARN; only principals with events. */
	readonly principals: ReadonlyMap<string, PrincipalUsage>;
	readonly unattributed: ReadonlyMap<UnattributedKind, number>;
	/** Roles that were assumed, by ARN. */
	readonly assumed: ReadonlyMap<string, Tally>;
};

const emptyTally = (): Tally => ({count: 0, first: null, last: null});

function add(tally: Tally, row: {readonly count: number; readonly first: string; readonly last: string}): void {
	tally.count += row.count;
	tally.first = tally.first === null || row.first < tally.first ? row.first : tally.first;
	tally.last = tally.last === null || row.last > tally.last ? row.last : tally.last;
}

const emptyUsage = (): PrincipalUsage => ({
	events: 0,
	denied: 0,
	unauthenticated: 0,
	lastUsed: null,
	lastEvent: null,
	actions: new Map(),
	mayHaveNeeded: new Map(),
	noPermissionNeeded: new Map(),
	free: new Set(),
	unmapped: new Map(),
});

function actionUsage(usage: PrincipalUsage, id: number): ActionUsage {
	let entry = usage.actions.get(id);
	if (!entry) {
		entry = {used: emptyTally(), failed: 0, denied: emptyTally(), unproven: emptyTally(), events: new Set()};
		usage.actions.set(id, entry);
	}

	return entry;
}

function record(usage: PrincipalUsage, id: number, row: UsageRow, outcome: Outcome): void {
	const entry = actionUsage(usage, id);
	entry.events.add(`${row.eventSource}:${row.eventName}`);
	if (outcome === 'succeeded' || outcome === 'failed') {
		add(entry.used, row);
		entry.failed += outcome === 'failed' ? row.count : 0;
	} else {
		add(outcome === 'denied' ? entry.denied : entry.unproven, row);
	}
}

const bump = (counts: Map<string, number>, key: string, count: number): void => {
	counts.set(key, (counts.get(key) ?? 0) + count);
};

/** A refusal that names another action denies that one, and says nothing of the event's own. */
function deniedElsewhere(row: UsageRow, certain: readonly number[], catalog: Catalog): number | undefined {
	const named = namedAction(row);
	const id = named === null ? undefined : catalog.idOf(named);
	return id === undefined || certain.includes(id) ? undefined : id;
}

function recordActions(usage: PrincipalUsage, row: UsageRow, outcome: Outcome, context: {readonly mapping: EventMapping; readonly catalog: Catalog}): void {
	const {mapping, catalog} = context;
	const name = `${row.eventSource}:${row.eventName}`;
	const certain = mapping.kind === 'unmapped' ? [] : mapping.certain;
	const other = outcome === 'denied' ? deniedElsewhere(row, certain, catalog) : undefined;
	if (other !== undefined) {
		record(usage, other, row, 'denied');
	}

	for (const id of certain) {
		record(usage, id, row, other === undefined ? outcome : 'no-proof');
	}

	if (mapping.kind === 'unmapped') {
		bump(usage.unmapped, name, row.count);
		return;
	}

	if (mapping.kind === 'no-permission') {
		bump(usage.noPermissionNeeded, name, row.count);
		for (const id of certain) {
			usage.free.add(id);
		}

		return;
	}

	// A denied call may have been refused before it came to its conditional actions, but somebody wanted them.
	for (const id of mapping.conditional) {
		const by = usage.mayHaveNeeded.get(id) ?? new Map<string, Set<string>>();
		const call = certain[0] === undefined ? name : catalog.at(certain[0]).name;
		by.set(call, (by.get(call) ?? new Set()).add(name));
		usage.mayHaveNeeded.set(id, by);
	}
}

/**
Gives every usage row to its principal and every event to its actions (Domain rules, sections 1 to 3).
`mapEvent` is what createEventMapper made for the same catalog.
*/
export function foldUsage(input: {
	readonly snapshot: IamSnapshot;
	readonly rows: readonly UsageRow[];
	readonly assumptions: readonly AssumptionRow[];
	readonly catalog: Catalog;
	readonly mapEvent: (row: UsageRow) => EventMapping;
}): AccountUsage {
	const attribute = createAttribution(input.snapshot);
	const principals = new Map<string, PrincipalUsage>();
	const unattributed = new Map<UnattributedKind, number>();
	for (const row of input.rows) {
		const mapping = input.mapEvent(row);
		const whose: Attribution = attribute(row);
		if (whose.kind === 'not-counted') {
			continue;
		}

		if (whose.kind !== 'principal') {
			unattributed.set(whose.kind, (unattributed.get(whose.kind) ?? 0) + row.count);
			continue;
		}

		const usage = principals.get(whose.arn) ?? emptyUsage();
		principals.set(whose.arn, usage);
		const outcome = judgeOutcome(row);
		usage.events += row.count;
		usage.denied += outcome === 'denied' ? row.count : 0;
		usage.unauthenticated += outcome === 'unauthenticated' ? row.count : 0;
		usage.lastEvent = later(usage.lastEvent, row.last);
		if (outcome !== 'denied' && outcome !== 'unauthenticated') {
			usage.lastUsed = later(usage.lastUsed, row.last);
		}

		recordActions(usage, row, outcome, {mapping, catalog: input.catalog});
	}

	return {principals, unattributed, assumed: assumedRoles(input.assumptions)};
}

function assumedRoles(assumptions: readonly AssumptionRow[]): Map<string, Tally> {
	const assumed = new Map<string, Tally>();
	for (const row of assumptions) {
		const tally = assumed.get(row.roleArn) ?? emptyTally();
		add(tally, row);
		assumed.set(row.roleArn, tally);
	}

	return assumed;
}
