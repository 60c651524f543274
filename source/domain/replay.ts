import type {Catalog} from './action.js';
import type {ActionSet} from './action-set.js';
import {createAttribution} from './attribution.js';
import type {EventMapping} from './event-mapping.js';
import {judgeOutcome} from './outcome.js';
import type {IamSnapshot} from './snapshot.js';
import type {UsageRow} from './usage.js';
import {later, plural} from './words.js';

/** Events of one name that the cut touches. Times are ISO 8601 UTC. */
export type ReplayedEvents = {
	/** "s3.amazonaws.com:ListBuckets" */
	readonly event: string;
	/** The removed actions that it needed, or may have needed; none for an event that maps to no known action. */
	readonly actions: readonly string[];
	readonly count: number;
	readonly first: string;
	readonly last: string;
};

/** The events of one principal, played against what it would still be granted. */
export type PrincipalReplay = {
	readonly arn: string;
	/** All its events in the window. */
	readonly events: number;
	/** Events that succeeded and would have been denied; most first. */
	readonly denied: readonly ReplayedEvents[];
	/** Events that may have been denied: what they needed is not certain. */
	readonly perhaps: readonly ReplayedEvents[];
};

/** A cut played against every event of the window. */
export type Replay = {
	readonly events: number;
	readonly deniedEvents: number;
	readonly perhapsEvents: number;
	/** Every principal that the cut reaches, the one that it is made for first. */
	readonly principals: readonly PrincipalReplay[];
};

/** What a principal would lose, and may do today. */
export type Loss = {
	readonly arn: string;
	readonly granted: ActionSet;
	readonly lost: ActionSet;
	/** Whether an action outside the catalog, in lower case, would no longer be allowed. */
	readonly losesUnknown: (lower: string) => boolean;
};

type Found = {event: string; actions: Set<string>; count: number; first: string; last: string};

function note(found: Map<string, Found>, row: UsageRow, actions: readonly string[]): void {
	const event = `${row.eventSource}:${row.eventName}`;
	const known = found.get(event) ?? {event, actions: new Set<string>(), count: 0, first: row.first, last: row.last};
	found.set(event, known);
	known.count += row.count;
	if (row.first < known.first) {
		known.first = row.first;
	}

	known.last = later(known.last, row.last) ?? row.last;
	for (const action of actions) {
		known.actions.add(action);
	}
}

const inOrder = (found: Map<string, Found> | undefined): ReplayedEvents[] => [...found?.values() ?? []]
	.map(entry => ({...entry, actions: [...entry.actions].toSorted()}))
	.toSorted((a, b) => b.count - a.count || (a.event < b.event ? -1 : 1));

/** What a row needed of the lost actions: for certain, or perhaps. */
function needs(row: UsageRow, mapping: EventMapping, loss: Loss, catalog: Catalog): {readonly certain: readonly number[]; readonly perhaps: readonly number[]} {
	if (mapping.kind !== 'actions') {
		return {certain: [], perhaps: []};
	}

	const outcome = judgeOutcome(row);
	const lost = mapping.certain.filter(id => loss.lost.has(id));
	const conditional = mapping.conditional.filter(id => loss.lost.has(id));
	// CloudTrail names the read of an object and of its version alike: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
	const versions = mapping.certain.filter(id => !loss.granted.has(id)).flatMap(id => {
		const version = catalog.idOf(catalog.lowerName(id).replace(/^(s3:\w*)object/, '$1objectversion'));
		return version !== undefined && version !== id && loss.lost.has(version) ? [version] : [];
	});
	switch (outcome) {
		case 'succeeded':
		case 'failed': {
			return {certain: lost, perhaps: [...conditional, ...versions]};
		}

		case 'no-proof': {
			return {certain: [], perhaps: [...lost, ...conditional, ...versions]};
		}

		case 'denied':
		case 'unauthenticated': {
			return {certain: [], perhaps: []};
		}
	}
}

type ReplayInput = {
	readonly snapshot: IamSnapshot;
	readonly rows: readonly UsageRow[];
	readonly catalog: Catalog;
	readonly mapEvent: (row: UsageRow) => EventMapping;
	/** One for each principal that the cut reaches, the one that it is made for first. */
	readonly losses: readonly Loss[];
};

/**
Plays every event of the window against what its principal would still be granted. An event that was denied then is no loss now. Where a call may have
needed a lost action (iam:PassRole behind ec2:RunInstances), where its end proves nothing, and where it maps to no known action, it counts as "perhaps".
*/
export function replay({snapshot, rows, catalog, mapEvent, losses}: ReplayInput): Replay {
	const attribute = createAttribution(snapshot);
	const played = new Map(losses.map(loss => [loss.arn, {loss, events: 0, denied: new Map<string, Found>(), perhaps: new Map<string, Found>()}]));
	for (const row of rows) {
		const whose = attribute(row);
		const entry = whose.kind === 'principal' ? played.get(whose.arn) : undefined;
		if (entry) {
			entry.events += row.count;
			const mapping = mapEvent(row);
			const {certain, perhaps} = needs(row, mapping, entry.loss, catalog);
			if (certain.length > 0) {
				note(entry.denied, row, certain.map(id => catalog.at(id).name));
			} else if (perhaps.length > 0 || (mapping.kind === 'unmapped' && judgeOutcome(row) !== 'denied' && entry.loss.losesUnknown(unknownAction(row)))) {
				note(entry.perhaps, row, perhaps.map(id => catalog.at(id).name));
			}
		}
	}

	const principals = losses.map(({arn}): PrincipalReplay => {
		const entry = played.get(arn);
		return {arn, events: entry?.events ?? 0, denied: inOrder(entry?.denied), perhaps: inOrder(entry?.perhaps)};
	});
	const sum = (counted: (one: PrincipalReplay) => number): number => principals.reduce((total, one) => total + counted(one), 0);
	const total = (list: readonly ReplayedEvents[]): number => list.reduce((count, one) => count + one.count, 0);
	return {events: sum(one => one.events), deniedEvents: sum(one => total(one.denied)), perhapsEvents: sum(one => total(one.perhaps)), principals};
}

/** The action that an unmapped event would be of, going by its name. */
const unknownAction = ({eventSource, eventName}: UsageRow): string => `${eventSource.split('.')[0] ?? ''}:${eventName}`.toLowerCase();

/** "0 of 48,112 events would have been denied". */
export function replayWords({events, deniedEvents, perhapsEvents}: Pick<Replay, 'events' | 'deniedEvents' | 'perhapsEvents'>): string {
	const number = (count: number): string => count.toLocaleString('en-US');
	if (events === 0) {
		return 'no event in the window to play: this proves nothing';
	}

	const perhaps = perhapsEvents === 0 ? '' : `, ${number(perhapsEvents)} more may have been`;
	return `${number(deniedEvents)} of ${number(events)} ${plural(events, 'event').replace(/^\d+ /, '')} would have been denied${perhaps}`;
}
