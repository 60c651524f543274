import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {provingEvents} from '../../source/domain/proving-events.js';

const catalog = loadCatalog();
const mapEvent = createEventMapper(catalog);

describe('which events would prove an action', () => {
	test.each([
		['ec2:RunInstances', ['ec2.amazonaws.com:RunInstances']],
		['cloudwatch:DescribeAlarms', ['monitoring.amazonaws.com:DescribeAlarms']],
		['sts:GetCallerIdentity', ['sts.amazonaws.com:GetCallerIdentity']],
		['iam:PassRole', []],
		['logs:PutLogEvents', []],
	])('%s', (action, expected) => {
		expect(provingEvents(catalog, mapEvent, catalog.idOf(action) ?? -1)).toEqual(expected);
	});

	test('an action under another event name', () => {
		expect(provingEvents(catalog, mapEvent, catalog.idOf('s3:ListAllMyBuckets') ?? -1)).toContain('s3.amazonaws.com:ListBuckets');
	});

	test('a service under a shared source', () => {
		expect(provingEvents(catalog, mapEvent, catalog.idOf('application-autoscaling:RegisterScalableTarget') ?? -1)).toContain('autoscaling.amazonaws.com:RegisterScalableTarget');
	});

	test('an API Gateway verb by its operations', () => {
		expect(provingEvents(catalog, mapEvent, catalog.idOf('apigateway:DELETE') ?? -1)).toContain('apigateway.amazonaws.com:DeleteApiKey');
	});
});

test('every management action of the catalog has an event that would prove it', () => {
	const without = Array.from({length: catalog.size}, (_, id) => catalog.at(id))
		.filter(action => action.trailClass === 'management' && provingEvents(catalog, mapEvent, action.id).length === 0)
		.map(action => action.name);
	expect(without).toEqual([]);
});
