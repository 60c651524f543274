import {createAttribution} from '../domain/attribution.js';
import {diffRows, type ActionRow, type DiffInput} from '../domain/diff.js';
import type {EventFacts, EventMapping} from '../domain/event-mapping.js';
import type {ActionEvidence, SampledRow, SeenEvents} from '../domain/evidence.js';
import {judgeOutcome, namedAction} from '../domain/outcome.js';
import {changesAfter, type ChangeLink, type PolicyChange} from '../domain/policy-changes.js';
import {provingEvents} from '../domain/proving-events.js';
import type {IamSnapshot} from '../domain/snapshot.js';

/** What the log holds about one action: fetched when it is asked for. */
export type LogFindings = {
	/** Rows of the events that `eventsToLookFor` names. */
	readonly rows: readonly SampledRow[];
	/** Every change of permissions in the window. */
	readonly changes: readonly PolicyChange[];
};

/** One principal and action to be explained. */
export type ExplainInput = {
	readonly diff: DiffInput;
	readonly snapshot: IamSnapshot;
	readonly mapEvent: (facts: EventFacts) => EventMapping;
	readonly arn: string;
	/** In any case. */
	readonly action: string;
};

/** Events ("s3.amazonaws.com:ListBuckets") to fetch from the log before an action is explained: those that would prove it, and those seen. */
export function eventsToLookFor({diff, mapEvent, action}: ExplainInput): readonly string[] {
	const id = diff.catalog.idOf(action);
	return id === undefined ? [] : [...new Set([...provingEvents(diff.catalog, mapEvent, id), ...diff.usage?.actions.get(id)?.events ?? []])];
}

/** Whether a row is about the action: it is one of those that the event proves, or the one that its refusal names. */
function isAbout(row: SampledRow, id: number, {diff, mapEvent}: ExplainInput): boolean {
	const mapping = mapEvent(row);
	const named = namedAction(row);
	return (mapping.kind !== 'unmapped' && mapping.certain.includes(id)) || (named !== null && diff.catalog.idOf(named) === id);
}

function merge(seen: SeenEvents | undefined, row: SampledRow, event: string): SeenEvents {
	const outcome = judgeOutcome(row);
	if (!seen) {
		return {event, outcome, errorCode: row.errorCode, count: row.count, first: row.first, last: row.last, sample: row.sample};
	}

	return {
		...seen,
		count: seen.count + row.count,
		...row.first < seen.first && {first: row.first},
		...row.last > seen.last && {last: row.last, sample: row.sample},
	};
}

function seenEvents(rows: readonly SampledRow[], input: ExplainInput): SeenEvents[] {
	const id = input.diff.catalog.idOf(input.action);
	const attribute = createAttribution(input.snapshot);
	const seen = new Map<string, SeenEvents>();
	for (const row of id === undefined ? [] : rows) {
		const whose = attribute(row);
		if (whose.kind === 'principal' && whose.arn === input.arn && id !== undefined && isAbout(row, id, input)) {
			const event = `${row.eventSource}:${row.eventName}`;
			const key = `${event}\n${judgeOutcome(row)}\n${row.errorCode ?? ''}`;
			seen.set(key, merge(seen.get(key), row, event));
		}
	}

	return [...seen.values()].toSorted((a, b) => a.last > b.last ? -1 : 1);
}

function changesBehind(row: ActionRow | undefined, input: ExplainInput, changes: readonly PolicyChange[]): readonly ChangeLink[] {
	const principal = [...input.snapshot.users, ...input.snapshot.roles].find(entry => entry.arn === input.arn);
	return principal && row?.verdict === 'ungranted' && row.lastUsed !== null
		? changesAfter({changes, principal, snapshot: input.snapshot, after: row.lastUsed, blocked: row.blockedBy.length > 0})
		: [];
}

/** Puts together all that the verdict on one action of one principal rests on. */
export function explainAction(input: ExplainInput, found: LogFindings): ActionEvidence {
	const {catalog, grants} = input.diff;
	const id = catalog.idOf(input.action);
	const {rows, grantedBy} = diffRows(input.diff);
	const row = rows.find(entry => entry.lower === input.action.toLowerCase());
	const blockedBy = id === undefined ? [] : grants.blockedBy(id);
	return {
		action: row?.action ?? (id === undefined ? input.action : catalog.at(id).name),
		verdict: row?.verdict ?? null,
		reasonCode: row?.reasonCode ?? (blockedBy.length > 0 ? 'blocked' : 'not-granted'),
		reason: row?.reason ?? (blockedBy.length > 0 ? 'granted by an identity policy, but taken away; no use in the window' : 'no identity policy grants it, and no use of it is proved in the window'),
		deniedInPart: row?.deniedInPart ?? false,
		grantedBy: row && row.verdict !== 'ungranted' ? grantedBy(row) : (id === undefined ? [] : grants.grantsOf(id)),
		blockedBy,
		provedBy: id === undefined ? [] : provingEvents(catalog, input.mapEvent, id),
		seen: seenEvents(found.rows, input),
		changes: changesBehind(row, input, found.changes),
	};
}
