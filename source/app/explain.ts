import {createAttribution, rootArn} from '../domain/attribution.js';
import {diffRows, eventsBehind, type ActionRow, type DiffInput} from '../domain/diff.js';
import type {EventFacts, EventMapping} from '../domain/event-mapping.js';
import type {ActionEvidence, SampledRow, SeenEvents, SeenRelation} from '../domain/evidence.js';
import {judgeOutcome, namedAction, type Outcome} from '../domain/outcome.js';
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

/** Events ("s3.amazonaws.com:ListBuckets") to fetch from the log before an action is explained: those that would prove it, and those behind its verdict. */
export function eventsToLookFor({diff, mapEvent, action}: ExplainInput): readonly string[] {
	const id = diff.catalog.idOf(action);
	return id === undefined ? [] : [...new Set([...provingEvents(diff.catalog, mapEvent, id), ...eventsBehind(diff, id)])];
}

/** What a row has to do with the action: it is one of those that the event proves, or the one that its refusal names; else it is what the verdict rests on. */
function relationOf(row: SampledRow, id: number, {diff, mapEvent}: ExplainInput): SeenRelation | undefined {
	const mapping = mapEvent(row);
	const named = namedAction(row);
	if ((mapping.kind !== 'unmapped' && mapping.certain.includes(id)) || (named !== null && diff.catalog.idOf(named) === id)) {
		return 'proof';
	}

	if (!eventsBehind(diff, id).includes(`${row.eventSource}:${row.eventName}`)) {
		return undefined;
	}

	if (mapping.kind === 'unmapped') {
		return 'unmapped';
	}

	return mapping.kind === 'actions' && mapping.conditional.includes(id) ? 'may-have-needed' : undefined;
}

/** How a call ended for the action: a refusal that names one which the event does not prove denies that one, and says nothing of the event's own. */
function outcomeFor(row: SampledRow, id: number, {diff, mapEvent}: ExplainInput): Outcome {
	const outcome = judgeOutcome(row);
	const named = namedAction(row);
	const refused = outcome === 'denied' && named !== null ? diff.catalog.idOf(named) : undefined;
	const mapping = mapEvent(row);
	const isElsewhere = refused !== undefined && refused !== id && !(mapping.kind !== 'unmapped' && mapping.certain.includes(refused));
	return isElsewhere ? 'no-proof' : outcome;
}

function merge(seen: SeenEvents | undefined, row: SampledRow, {event, relation, outcome}: Pick<SeenEvents, 'event' | 'relation' | 'outcome'>): SeenEvents {
	if (!seen) {
		return {event, relation, outcome, errorCode: row.errorCode, count: row.count, first: row.first, last: row.last, sample: row.sample};
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
		const relation = whose.kind === 'principal' && whose.arn === input.arn && id !== undefined ? relationOf(row, id, input) : undefined;
		if (id !== undefined && relation) {
			const event = `${row.eventSource}:${row.eventName}`;
			const outcome = outcomeFor(row, id, input);
			const key = `${event}\n${relation}\n${outcome}\n${row.errorCode ?? ''}`;
			seen.set(key, merge(seen.get(key), row, {event, relation, outcome}));
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

/** Why an action has the mark it has, or none. */
function reasonOf(row: ActionRow | undefined, id: number | undefined, {diff, snapshot, arn}: ExplainInput): Pick<ActionEvidence, 'reasonCode' | 'reason'> {
	if (arn === rootArn(snapshot)) {
		return {reasonCode: 'root', reason: `the root user may do everything; ${row?.verdict === 'used' ? 'used in the window' : 'no use of it is proved in the window'}`};
	}

	if (row) {
		return {reasonCode: row.reasonCode, reason: row.reason};
	}

	if (id !== undefined && diff.usage?.free.has(id)) {
		return {reasonCode: 'no-permission-needed', reason: 'no identity policy grants it, and none has to: AWS asks no permission for such a call'};
	}

	return id !== undefined && diff.grants.blocked.has(id)
		? {reasonCode: 'blocked', reason: 'granted by an identity policy, but taken away; no use in the window'}
		: {reasonCode: 'not-granted', reason: 'no identity policy grants it, and no use of it is proved in the window'};
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
		...reasonOf(row, id, input),
		deniedInPart: row?.deniedInPart ?? false,
		grantedBy: row && row.verdict !== 'ungranted' ? grantedBy(row) : (id === undefined ? [] : grants.grantsOf(id)),
		blockedBy,
		provedBy: id === undefined ? [] : provingEvents(catalog, input.mapEvent, id),
		seen: seenEvents(found.rows, input),
		changes: changesBehind(row, input, found.changes),
	};
}
