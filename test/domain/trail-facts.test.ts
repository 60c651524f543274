import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {observeTrail, type ObservedTrail} from '../../source/domain/trail-facts.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {account, usageRow} from './rows.js';

const catalog = loadCatalog();
const observe = (...rows: Array<Partial<UsageRow>>): ObservedTrail => observeTrail(rows.map(row => usageRow(row)), account, catalog, createEventMapper(catalog));
const nothing: ObservedTrail = {asManagement: new Set(), reads: false, writes: false, managementSources: new Set(), dataServices: new Map(), configurationChanges: new Map()};
const object = {eventName: 'GetObject', readOnly: true};

describe('what a log shows of what its trail records', () => {
	test('a management event', () => {
		const seen = observe({readOnly: false, eventSource: 'kms.amazonaws.com', eventName: 'CreateKey'});
		expect(seen).toEqual({...nothing, asManagement: new Set([catalog.idOf('kms:CreateKey')]), writes: true, managementSources: new Set(['kms.amazonaws.com'])});
	});

	test('a data event is no management event', () => {
		expect(observe({...object, eventCategory: 'Data', managementEvent: false, count: 3})).toEqual({...nothing, dataServices: new Map([['s3', 3]])});
	});

	test('a data event of an old record, which does not say what it is, is told by its class', () => {
		expect(observe({...object, eventCategory: null, managementEvent: null})).toEqual({...nothing, dataServices: new Map([['s3', 1]])});
	});

	test('a management event of an old record', () => {
		expect(observe({eventCategory: null, managementEvent: null})).toEqual({...nothing, reads: true, managementSources: new Set(['s3.amazonaws.com'])});
	});

	test.each<{name: string; row: Partial<UsageRow>}>([
		{name: 'a network activity event of KMS', row: {eventSource: 'kms.amazonaws.com', eventName: 'Decrypt', eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity'}},
		{name: 'an insight', row: {eventType: 'AwsCloudTrailInsight', eventCategory: 'Insight'}},
		{name: 'an event that another account received', row: {recipientAccount: '999988887777'}},
	])('$name shows nothing of the management events', ({row}) => {
		expect(observe(row)).toEqual(nothing);
	});

	test('changes of a trail, with the last one\'s time; failed ones change nothing', () => {
		const change = {eventSource: 'cloudtrail.amazonaws.com', eventName: 'PutEventSelectors', readOnly: false};
		expect(observe({...change, last: '2026-01-02T00:00:00Z'}, {...change, last: '2026-01-01T00:00:00Z'}, {...change, eventName: 'StopLogging', errorCode: 'AccessDenied'}).configurationChanges)
			.toEqual(new Map([['PutEventSelectors', '2026-01-02T00:00:00Z']]));
	});
});
