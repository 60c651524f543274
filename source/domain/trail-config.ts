/** How much of a kind of event a trail records: all of it, only what some narrower filter lets through, or none. */
export type Recording = 'all' | 'part' | 'none';

/** One condition of an advanced event selector (CloudTrail API reference, AdvancedFieldSelector). */
export type FieldCondition = {
	readonly field: string;
	readonly equals: readonly string[];
	readonly startsWith: readonly string[];
	readonly endsWith: readonly string[];
	readonly notEquals: readonly string[];
	readonly notStartsWith: readonly string[];
	readonly notEndsWith: readonly string[];
};

/** One event selector: an event is recorded when all conditions of one selector hold. */
export type EventSelector = readonly FieldCondition[];

/** One trail as its configuration describes it; null where the given files do not say. */
export type TrailSettings = {
	readonly name: string;
	/** Account that the trail's ARN names; null where no ARN was given. */
	readonly accountId: string | null;
	/** Whether it records the accounts of an organization, too. */
	readonly organization: boolean | null;
	readonly homeRegion: string | null;
	readonly multiRegion: boolean | null;
	readonly globalServiceEvents: boolean | null;
	/** False when get-trail-status says that the trail is switched off. */
	readonly logging: boolean | null;
	/** Null where no event selectors were given. */
	readonly selectors: readonly EventSelector[] | null;
};

/** What an event of an action would be, as far as a selector can ask. */
export type EventTraits = {
	readonly category: 'Management' | 'Data';
	/** resources.type of data events; null for management events. */
	readonly resourceType: string | null;
	/** "kms.amazonaws.com" */
	readonly eventSource: string;
	/** Whether CloudTrail marks the event read-only; null where that is not known for certain. */
	readonly readOnly: boolean | null;
};

type Match = 'yes' | 'no' | 'maybe';

function matchKnown(condition: FieldCondition, value: string): Match {
	const {equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith} = condition;
	if (equals.length + startsWith.length + endsWith.length > 0
		&& !equals.includes(value) && !startsWith.some(head => value.startsWith(head)) && !endsWith.some(tail => value.endsWith(tail))) {
		return 'no';
	}

	const excluded = notEquals.includes(value) || notStartsWith.some(head => value.startsWith(head)) || notEndsWith.some(tail => value.endsWith(tail));
	return excluded ? 'no' : 'yes';
}

/** Fields whose value an action fixes; every other condition (event name, ARN, identity, session) lets only a part through. */
function matchCondition(condition: FieldCondition, event: EventTraits): Match {
	switch (condition.field) {
		case 'eventCategory': {
			return matchKnown(condition, event.category);
		}

		case 'resources.type': {
			return event.resourceType === null ? 'no' : matchKnown(condition, event.resourceType);
		}

		case 'eventSource': {
			return matchKnown(condition, event.eventSource);
		}

		case 'readOnly': {
			return event.readOnly === null ? 'maybe' : matchKnown(condition, String(event.readOnly));
		}

		default: {
			return 'maybe';
		}
	}
}

function matchSelector(selector: EventSelector, event: EventTraits): Match {
	const matches = new Set(selector.map(condition => matchCondition(condition, event)));
	return matches.has('no') ? 'no' : (matches.has('maybe') ? 'maybe' : 'yes');
}

/** Two selectors, one for read-only events and one for the others, select both. */
function bothHalves(selectors: readonly EventSelector[], event: EventTraits): boolean {
	return [true, false].every(readOnly => selectors.some(selector => matchSelector(selector, {...event, readOnly}) === 'yes'));
}

/** How much of an event's kind a trail records; null where its selectors were not given. A trail that is switched off records none. */
export function recordingOf(settings: TrailSettings, event: EventTraits): Recording | null {
	if (settings.logging === false) {
		return 'none';
	}

	const {selectors} = settings;
	if (selectors === null) {
		return null;
	}

	const matches = new Set(selectors.map(selector => matchSelector(selector, event)));
	if (matches.has('yes') || bothHalves(selectors, event)) {
		return 'all';
	}

	return matches.has('maybe') ? 'part' : 'none';
}
