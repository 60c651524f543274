import {eventActions} from '../data/event-actions.js';
import {sharedSources} from '../data/event-sources.js';
import {apiGatewayVerbs} from '../data/generated/api-gateway-verbs.js';
import {eventSourceOf} from './action-events.js';
import type {Catalog} from './action.js';
import type {EventFacts, EventMapping} from './event-mapping.js';
import {ownValue} from './own-value.js';

/** Event names that the tables of a service know. */
function namedEvents(service: string): readonly string[] {
	const table = (ownValue(eventActions, service) ?? '').split('\n').flatMap(line => (line.split('=')[0] ?? '').split(/[\s,]+/));
	const operations = service === 'apigateway' ? apiGatewayVerbs.split('\n').flatMap(line => line.split(' ').slice(1)) : [];
	return [...table, ...operations].filter(Boolean);
}

/** Event sources that a service's calls may come under: its own, and those it shares with others. */
function sourcesOf(service: string): readonly string[] {
	const shared = Object.entries(sharedSources).filter(([, services]) => services.includes(service)).map(([label]) => `${label}.amazonaws.com`);
	return [...new Set([eventSourceOf(service), ...shared])];
}

/**
The CloudTrail events of which a successful one proves an action, as "s3.amazonaws.com:ListBuckets", sorted; none where no event does.
Every answer has been through `mapEvent`, the way that real events take.
*/
export function provingEvents(catalog: Catalog, mapEvent: (facts: EventFacts) => EventMapping, id: number): readonly string[] {
	const {name, service, trailClass} = catalog.at(id);
	if (trailClass === 'never' || trailClass === 'no-public-api') {
		return [];
	}

	const proving: string[] = [];
	for (const eventSource of sourcesOf(service)) {
		for (const eventName of new Set([name.slice(service.length + 1), ...namedEvents(service)])) {
			const mapping = mapEvent({
				eventSource, eventName, eventType: 'AwsApiCall', serviceNamespace: service === 'application-autoscaling' ? 'ecs' : null, clientHost: null, sessionTags: false, sourceIdentity: false,
			});
			if (mapping.kind !== 'unmapped' && mapping.certain.includes(id)) {
				proving.push(`${eventSource}:${eventName}`);
			}
		}
	}

	return proving.toSorted();
}
