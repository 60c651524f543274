import type {ActionSet} from './action-set.js';
import type {Catalog} from './action.js';
import {eventSourceOf} from './action-events.js';
import type {EventFacts, EventMapping} from './event-mapping.js';
import type {PrincipalGrants} from './grants.js';
import {isInWindow, type LastAccessedReport, type ServiceAccess} from './last-accessed.js';
import type {WitnessContext} from './last-accessed-witness.js';
import type {ActionUsage, PrincipalUsage} from './principal-usage.js';
import {provingEvents} from './proving-events.js';
import {later} from './words.js';

/** What a report says, by service. */
export type Services = ReadonlyMap<string, {readonly access: ServiceAccess; readonly actions: ReadonlyMap<string, string | null>}>;

/** Services by prefix, each with its tracked actions by lower-case name. */
export function servicesOf(report: LastAccessedReport): Services {
	return new Map(report.services.map(access => [
		access.service,
		{access, actions: new Map((access.actions ?? []).map(({name, last}) => [`${access.service}:${name.toLowerCase()}`, last]))},
	]));
}

/** What a call that an action authorizes may need besides; remembered by id. */
export function createConditionalOf(catalog: Catalog, mapEvent: (facts: EventFacts) => EventMapping): (id: number) => readonly number[] {
	const known = new Map<number, readonly number[]>();
	const facts = (eventSource: string, eventName: string, service: string): EventFacts => ({
		eventSource, eventName, eventType: 'AwsApiCall', serviceNamespace: service === 'application-autoscaling' ? 'ecs' : null, clientHost: null, sessionTags: false, sourceIdentity: false,
	});

	const find = (id: number): readonly number[] => {
		const {name, service} = catalog.at(id);
		const same = mapEvent(facts(eventSourceOf(service), name.slice(service.length + 1), service));
		if (same.kind === 'actions' && same.certain.includes(id)) {
			return same.conditional;
		}

		const conditional = provingEvents(catalog, mapEvent, id).flatMap(event => {
			const at = event.indexOf(':');
			const mapping = mapEvent(facts(event.slice(0, at), event.slice(at + 1), service));
			return mapping.kind === 'actions' ? mapping.conditional : [];
		});
		return [...new Set(conditional)];
	};

	return id => {
		const conditional = known.get(id) ?? find(id);
		known.set(id, conditional);
		return conditional;
	};
}

/** The catalog ids of an action that IAM names; by the event of that name where the catalog does not know it. */
function idsOf(service: string, name: string, {catalog, mapEvent}: WitnessContext): readonly number[] {
	const id = catalog.idOf(`${service}:${name}`);
	if (id !== undefined) {
		return [id];
	}

	const mapping = mapEvent({eventSource: eventSourceOf(service), eventName: name, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false});
	return mapping.kind === 'unmapped' ? [] : mapping.certain;
}

const attempted = (last: string): ActionUsage => ({
	used: {count: 0, first: null, last},
	failed: 0,
	denied: {count: 0, first: null, last: null},
	unproven: {count: 0, first: null, last: null},
	events: new Set(),
});

/**
What the principal tried, as far as it is granted: of the rest, IAM does not say whether the attempt was denied.
What other calls may have needed is told of the `provable` alone: the rest is unknown for a better reason.
*/
export function attemptsOf(report: LastAccessedReport, {grants, provable}: {grants: PrincipalGrants; provable: ActionSet}, context: WitnessContext): PrincipalUsage {
	const {catalog, window, conditionalOf} = context;
	const actions = new Map<number, ActionUsage>();
	const mayHaveNeeded = new Map<number, Map<string, Set<string>>>();
	let lastUsed: string | null = null;
	const need = (by: string, id: number) => {
		for (const needed of conditionalOf(id)) {
			if (provable.has(needed)) {
				// There is no event to name: IAM tells of calls, not of records.
				mayHaveNeeded.set(needed, (mayHaveNeeded.get(needed) ?? new Map<string, Set<string>>()).set(by, new Set()));
			}
		}
	};

	for (const [service, {access, actions: tracked}] of servicesOf(report)) {
		// One whose last attempt came after the window may have been tried inside it, too.
		if ([access, ...access.actions ?? []].every(({last}) => last === null || last < window.start)) {
			continue;
		}

		lastUsed = later(lastUsed, isInWindow(access.last, window) ? access.last : null);
		for (const {name, last} of access.actions ?? []) {
			for (const id of isInWindow(last, window) ? idsOf(service, name, context) : []) {
				lastUsed = later(lastUsed, last);
				need(catalog.at(id).name, id);
				if (last !== null && grants.granted.has(id)) {
					actions.set(id, attempted(later(actions.get(id)?.used.last ?? null, last) ?? last));
				}
			}
		}

		// The service was accessed: by any of the actions that IAM does not track one by one.
		const by = `some call of ${service}`;
		const [from, to] = catalog.serviceRange(service) ?? [0, 0];
		for (let id = from; id < to; id++) {
			if (grants.granted.has(id) && !tracked.has(catalog.lowerName(id))) {
				need(by, id);
			}
		}
	}

	return {
		events: 0, denied: 0, unauthenticated: 0, lastUsed, lastEvent: lastUsed, actions, mayHaveNeeded, noPermissionNeeded: new Map(), free: new Set(), unmapped: new Map(),
	};
}
