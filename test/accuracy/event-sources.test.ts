import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {noPermissionEvents} from '../../source/data/no-permission-events.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {iamPrefixesOf} from '../../source/domain/event-source.js';
import {eventBridgeLabels, withoutCloudTrailSource} from './event-source-labels.js';
import {labelsWithoutPrefix} from './labels-without-prefix.js';

const catalog = loadCatalog();
const known = new Set(catalog.services);
const none = new Set(labelsWithoutPrefix.map(({label}) => label));

/** Prefixes of a label that the catalog knows. */
function knownPrefixes(label: string): readonly string[] {
	return iamPrefixesOf(`${label}.amazonaws.com`, {serviceNamespace: null, clientHost: null}).filter(prefix => known.has(prefix));
}

const sdkLabels = [...new Set(readFileSync(new URL('../data/sdk-operations.txt', import.meta.url), 'utf8').trim().split('\n').flatMap(line => (line.split(' ')[0] ?? '').split(',')))];

describe('every event source label resolves to an IAM prefix of the catalog, or is listed as having none', () => {
	test('the EventBridge events reference lists 349 of them, each once', () => {
		expect(eventBridgeLabels).toHaveLength(349);
		expect(new Set([...eventBridgeLabels, ...withoutCloudTrailSource]).size).toBe(349 + withoutCloudTrailSource.length);
	});

	test.each([
		{name: 'the EventBridge events reference', labels: eventBridgeLabels},
		{name: 'its rows without a CloudTrail source', labels: withoutCloudTrailSource},
		{name: 'endpoint prefixes and signing names of the SDK\'s models', labels: sdkLabels},
		{name: 'the catalog\'s own prefixes', labels: catalog.services},
	])('$name', ({labels}) => {
		expect(labels.filter(label => knownPrefixes(label).length === 0 && !none.has(label))).toEqual([]);
	});

	test('what is listed as having none has none, and says why', () => {
		expect(labelsWithoutPrefix.filter(({label, reason}) => knownPrefixes(label).length > 0 || reason.length < 10)).toEqual([]);
	});

	test('events of a source without a prefix are known to need no permission, or are listed as unmapped, but never lost', () => {
		const map = createEventMapper(catalog);
		for (const {label} of labelsWithoutPrefix) {
			const {kind} = map({
				eventSource: `${label}.amazonaws.com`, eventName: 'ListThings', eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false,
			});
			expect(kind, label).toBe(noPermissionEvents[label] === '*' ? 'no-permission' : 'unmapped');
		}
	});
});
