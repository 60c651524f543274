import {describe, expect, test} from 'vitest';
import {conditionalActions} from '../../source/data/conditional-actions.js';
import {dataEventActions} from '../../source/data/data-event-actions.js';
import {documentedServices} from '../../source/data/documented-services.js';
import {eventActions} from '../../source/data/event-actions.js';
import {endpointPrefixes, sharedSources, sourcePrefixes} from '../../source/data/event-sources.js';
import {neverLoggedActions} from '../../source/data/never-logged-actions.js';
import {noPermissionEvents} from '../../source/data/no-permission-events.js';
import {loadCatalog} from '../../source/domain/catalog.js';

const catalog = loadCatalog();
const services = new Set(catalog.services);

function words(text: string): readonly string[] {
	return text.split(/\s+/).filter(Boolean);
}

function unknown(names: readonly string[]): readonly string[] {
	return names.filter(name => catalog.idOf(name) === undefined);
}

const eventLines = Object.entries(eventActions).flatMap(([prefix, text]) => text.split('\n').filter(line => line.includes('=')).map(line => {
	const [events = '', actions = ''] = line.split('=');
	return {prefix, events: words(events.replaceAll(',', ' ')), actions: words(actions.replace('|', ' '))};
}));

describe('hand-kept tables name nothing that the catalog does not know', () => {
	test('event actions', () => {
		const names = eventLines.flatMap(({prefix, actions}) => actions.map(name => name.includes(':') ? name : `${prefix}:${name}`));
		expect(names.length).toBeGreaterThan(200);
		expect(unknown(names)).toEqual([]);
	});

	test('an event of the name of an action proves at least maybe that action', () => {
		const shadowed = eventLines.flatMap(({prefix, events, actions}) => events
			.filter(event => catalog.idOf(`${prefix}:${event}`) !== undefined && !actions.includes(event)));
		expect(shadowed).toEqual([]);
	});

	test('no event stands twice in a service', () => {
		const events = eventLines.flatMap(line => line.events.map(event => `${line.prefix}:${event}`.toLowerCase()));
		expect(events.filter((event, index) => events.indexOf(event) !== index)).toEqual([]);
	});

	test('conditional actions', () => {
		expect(unknown(Object.entries(conditionalActions).flatMap(([needed, actions]) => [needed, ...words(actions)]))).toEqual([]);
	});

	test('data, never-logged and documented actions', () => {
		const tables = [...dataEventActions, ...neverLoggedActions, ...documentedServices.map(entry => ({...entry, actions: entry.actions ?? '*'}))];
		expect(tables.filter(({service}) => !services.has(service))).toEqual([]);
		expect(unknown(tables.flatMap(({service, actions}) => words(actions).filter(name => name !== '*').map(name => `${service}:${name}`)))).toEqual([]);
	});

	test('no action is both a data event and never logged', () => {
		const never = new Set(neverLoggedActions.flatMap(({service, actions}) => words(actions).map(name => `${service}:${name}`.toLowerCase())));
		const both = dataEventActions.flatMap(({service, actions}) => words(actions).map(name => `${service}:${name}`.toLowerCase())).filter(name => never.has(name));
		expect(both).toEqual([]);
	});

	test('event sources', () => {
		const prefixes = [...Object.values(sourcePrefixes), ...Object.values(endpointPrefixes), ...Object.values(sharedSources).flat()];
		expect(prefixes.filter(prefix => !services.has(prefix))).toEqual([]);
	});

	test('a source without a prefix is no IAM prefix itself', () => {
		const all = Object.entries(noPermissionEvents).filter(([, events]) => events === '*').map(([label]) => label);
		expect(all.filter(label => services.has(label)).toSorted()).toEqual(['codecatalyst', 'finspace-api', 'signin']);
	});

	test('every page is one of AWS', () => {
		const pages = [...dataEventActions, ...documentedServices].map(({page}) => page);
		expect(pages.filter(page => !page.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
	});
});

test('at least 60 services are documented, each with its page', () => {
	expect(new Set(documentedServices.map(({service}) => service)).size).toBeGreaterThanOrEqual(160);
});
