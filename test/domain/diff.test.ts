import {describe, expect, test} from 'vitest';
import {judgeCoverage} from '../../source/domain/coverage.js';
import {observeTrail, type TrailFacts} from '../../source/domain/trail-facts.js';
import {attemptedActions, diffRows, diffSets, type DiffInput} from '../../source/domain/diff.js';
import type {EventMapping} from '../../source/domain/event-mapping.js';
import {createGrantEvaluator} from '../../source/domain/grants.js';
import {foldUsage} from '../../source/domain/principal-usage.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {fakeCatalog} from './fake-catalog.js';
import {usageRow} from './rows.js';
import {snapshotOf, user} from './snapshots.js';

const catalog = fakeCatalog([
	'ec2:RunInstances',
	{name: 'ec2:CreateTags', accessLevel: 'Tagging'},
	'ecs:RunTask',
	{name: 'iam:PassRole', trailClass: 'no-public-api', documented: false},
	{name: 'logs:PutLogEvents', trailClass: 'never'},
	{name: 's3:GetObject', trailClass: 'data'},
	{name: 's3:GetObjectVersion', trailClass: 'data'},
	{name: 's3:ListAllMyBuckets', accessLevel: 'List'},
	{name: 'sts:GetCallerIdentity'},
	{name: 'xray:Assumed', documented: false},
]);

const id = (name: string): number => {
	const found = catalog.idOf(name);
	if (found === undefined) {
		throw new Error(`${name} is not in the test's catalog`);
	}

	return found;
};

/** Events of the test: the action of the same name, and two with rules of their own. */
const mapEvent = ({eventSource, eventName}: Pick<UsageRow, 'eventSource' | 'eventName'>): EventMapping => {
	if (eventName === 'GetCallerIdentity') {
		return {kind: 'no-permission', certain: [id('sts:GetCallerIdentity')]};
	}

	if (eventName === 'RunTask') {
		return {kind: 'actions', certain: [id('ecs:RunTask')], conditional: [id('iam:PassRole')]};
	}

	const name = eventName === 'ListBuckets' ? 's3:ListAllMyBuckets' : `${eventSource.split('.')[0]}:${eventName}`;
	const found = catalog.idOf(name);
	return found === undefined ? {kind: 'unmapped'} : {kind: 'actions', certain: [found], conditional: []};
};

const trail: Omit<TrailFacts, 'observed'> = {events: 100, daysCovered: 10, daysInWindow: 10, unreadableFiles: 0, regions: ['us-east-1']};

function diffOf(granted: readonly string[], rows: ReadonlyArray<Partial<UsageRow>>, options: {strict?: boolean; trail?: Partial<TrailFacts>} = {}): DiffInput {
	const alice = user('alice', granted);
	const snapshot = snapshotOf([alice]);
	const usageRows = rows.map(row => usageRow(row));
	const usage = foldUsage({snapshot, rows: usageRows, assumptions: [], catalog, mapEvent});
	const facts = {...trail, observed: {...observeTrail(usageRows, snapshot.accountId, catalog, mapEvent), reads: true, writes: true}, ...options.trail};
	return {
		catalog,
		coverage: judgeCoverage(catalog, facts, {strict: options.strict ?? false, settings: [], partition: 'aws'}),
		grants: createGrantEvaluator(snapshot, catalog)(alice),
		usage: usage.principals.get(alice.arn),
	};
}

const list = {eventSource: 's3.amazonaws.com', eventName: 'ListBuckets'};
const runTask = {eventSource: 'ecs.amazonaws.com', eventName: 'RunTask'};
const runInstances = {eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances'};

describe('the verdict on one action', () => {
	const cases: Array<{name: string; granted: string[]; rows: Array<Partial<UsageRow>>; options?: Parameters<typeof diffOf>[2]; action: string; expected: string}> = [
		{name: 'granted and used', granted: ['s3:ListAllMyBuckets'], rows: [list], action: 's3:listallmybuckets', expected: 'used used'},
		{name: 'granted and every call failed after authorization', granted: ['s3:ListAllMyBuckets'], rows: [{...list, errorCode: 'NoSuchEntity'}], action: 's3:listallmybuckets', expected: 'used used-failed'},
		{name: 'granted, not used, documented', granted: ['s3:ListAllMyBuckets'], rows: [], action: 's3:listallmybuckets', expected: 'unused not-used'},
		{name: 'granted, not used, assumed', granted: ['xray:Assumed'], rows: [], action: 'xray:assumed', expected: 'unused not-used-assumed'},
		{name: 'granted, not used, assumed, under --strict', granted: ['xray:Assumed'], rows: [], options: {strict: true}, action: 'xray:assumed', expected: 'unknown strict-assumed'},
		{name: 'documented under --strict with all days covered', granted: ['s3:ListAllMyBuckets'], rows: [], options: {strict: true}, action: 's3:listallmybuckets', expected: 'unused not-used'},
		{name: 'documented under --strict with a day missing', granted: ['s3:ListAllMyBuckets'], rows: [], options: {strict: true, trail: {daysCovered: 9}}, action: 's3:listallmybuckets', expected: 'unknown strict-gaps'},
		{name: 'documented under --strict with an unreadable file', granted: ['s3:ListAllMyBuckets'], rows: [], options: {strict: true, trail: {unreadableFiles: 1}}, action: 's3:listallmybuckets', expected: 'unknown strict-gaps'},
		{name: 'a missing day does not change a verdict by default', granted: ['s3:ListAllMyBuckets'], rows: [], options: {trail: {daysCovered: 1}}, action: 's3:listallmybuckets', expected: 'unused not-used'},
		{name: 'a data event', granted: ['s3:GetObject'], rows: [], action: 's3:getobject', expected: 'unknown data-event'},
		{name: 'never logged', granted: ['logs:PutLogEvents'], rows: [], action: 'logs:putlogevents', expected: 'unknown never-logged'},
		{name: 'no public API', granted: ['iam:PassRole'], rows: [], action: 'iam:passrole', expected: 'unknown no-public-api'},
		{name: 'an observed data event proves use', granted: ['s3:GetObject'], rows: [{eventName: 'GetObject', eventCategory: 'Data', managementEvent: false}], action: 's3:getobject', expected: 'used used'},
		{name: 'no logs at all', granted: ['s3:ListAllMyBuckets'], rows: [], options: {trail: {events: 0}}, action: 's3:listallmybuckets', expected: 'unknown no-logs'},
		{name: 'granted, only denied', granted: ['s3:ListAllMyBuckets'], rows: [{...list, errorCode: 'AccessDenied'}], action: 's3:listallmybuckets', expected: 'unknown tried'},
		{name: 'granted, only throttled', granted: ['s3:ListAllMyBuckets'], rows: [{...list, errorCode: 'Throttling'}], action: 's3:listallmybuckets', expected: 'unknown tried'},
		{name: 'used, not granted', granted: [], rows: [list], action: 's3:listallmybuckets', expected: 'ungranted not-granted'},
		{name: 'not granted, only throttled', granted: [], rows: [{...list, errorCode: 'Throttling'}], action: 's3:listallmybuckets', expected: 'no row'},
		{name: 'not granted, only denied', granted: [], rows: [{...list, errorCode: 'AccessDenied'}], action: 's3:listallmybuckets', expected: 'no row'},
		{name: 'conditional, granted and otherwise unseen', granted: ['ecs:*', 'iam:PassRole'], rows: [runTask], action: 'iam:passrole', expected: 'unknown may-have-been-needed'},
		{name: 'conditional and not granted', granted: ['ecs:*'], rows: [runTask], action: 'iam:passrole', expected: 'no row'},
		{name: 'a refusal that names another action denies that one', granted: ['ecs:*', 'iam:PassRole'], rows: [{...runTask, errorCode: 'AccessDenied', messageDenies: true, deniedAction: 'iam:PassRole'}], action: 'iam:passrole', expected: 'unknown tried'},
		{name: 'a refusal that names another action is no proof of the event\'s own', granted: ['ecs:*'], rows: [{...runTask, errorCode: 'AccessDenied', messageDenies: true, deniedAction: 'iam:PassRole'}], action: 'ecs:runtask', expected: 'unknown tried'},
		{name: 'needs no permission and is granted', granted: ['sts:GetCallerIdentity'], rows: [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity'}], action: 'sts:getcalleridentity', expected: 'used used'},
		{name: 'needs no permission and is not granted', granted: [], rows: [{eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity'}], action: 'sts:getcalleridentity', expected: 'no row'},
		{name: 'a version read may be what was needed, and is granted', granted: ['s3:GetObjectVersion'], rows: [{eventName: 'GetObject', eventCategory: 'Data', managementEvent: false}], action: 's3:getobject', expected: 'no row'},
		{name: 'an action that the catalog does not know', granted: ['madeup:Thing'], rows: [], action: 'madeup:thing', expected: 'unknown not-in-catalog'},
		{name: 'an action of another service stays out', granted: ['s3:ListAllMyBuckets'], rows: [runInstances], action: 'ec2:runinstances', expected: 'ungranted not-granted'},
	];
	test.each(cases)('$name', ({granted, rows, options, action, expected}) => {
		const row = diffRows(diffOf(granted, rows, options)).rows.find(entry => entry.lower === action);
		expect(row ? `${row.verdict} ${row.reasonCode}` : 'no row').toBe(expected);
	});

	test('this very log makes an assumed action documented when anybody\'s event of it is in it', () => {
		const other = {identityArn: 'arn:aws:iam::999988887777:user/x', identityAccount: '999988887777', eventSource: 'xray.amazonaws.com', eventName: 'Assumed'};
		const row = diffRows(diffOf(['xray:Assumed'], [other, {...other, readOnly: false}], {strict: true})).rows[0];
		expect(row).toMatchObject({verdict: 'unused', reasonCode: 'not-used'});
	});
});

describe('an event of a service that maps to no known action', () => {
	const granted = ['xray:*', 's3:*', 'ecs:*'];
	const unheard = {eventSource: 'xray.amazonaws.com', eventName: 'Unheard'};
	const cases: ReadonlyArray<{name: string; rows: ReadonlyArray<Partial<UsageRow>>; strict?: boolean; action: string; expected: string}> = [
		{name: 'may have been an action that is only assumed to be recorded', rows: [unheard], action: 'xray:assumed', expected: 'unknown unmapped-event'},
		{name: 'the same without it', rows: [], action: 'xray:assumed', expected: 'unused not-used-assumed'},
		{name: 'a denied one counts: somebody wanted it', rows: [{...unheard, errorCode: 'AccessDenied'}], action: 'xray:assumed', expected: 'unknown unmapped-event'},
		{name: 'was not a documented one', rows: [{...unheard, eventSource: 'ecs.amazonaws.com'}], action: 'ecs:runtask', expected: 'unused not-used'},
		{name: 'may have been any, with --strict', rows: [{...unheard, eventSource: 'ecs.amazonaws.com'}], strict: true, action: 'ecs:runtask', expected: 'unknown unmapped-event'},
		{name: 'was none of another service', rows: [unheard], strict: true, action: 'ecs:runtask', expected: 'unused not-used'},
		{name: 'does not make a used action less used', rows: [unheard, {...unheard, eventName: 'Assumed'}], action: 'xray:assumed', expected: 'used used'},
		{name: 'of somebody else is somebody else\'s', rows: [{...unheard, identityArn: 'arn:aws:iam::111122223333:user/gone', principalId: null}], action: 'xray:assumed', expected: 'unused not-used-assumed'},
	];
	// Reads and writes of others: the log records both halves.
	const others = [true, false].map(readOnly => ({identityType: 'AWSService', identityArn: null, principalId: null, eventSource: 's3.amazonaws.com', eventName: 'ListBuckets', readOnly}));
	test.each(cases)('$name', ({rows, strict, action, expected}) => {
		const row = diffRows(diffOf(granted, [...rows, ...others], {strict: strict ?? false})).rows.find(entry => entry.lower === action);
		expect(row && `${row.verdict} ${row.reasonCode}`).toBe(expected);
	});

	test('is named by the row, and by its reason', () => {
		const row = diffRows(diffOf(['xray:Assumed'], [unheard, ...others])).rows[0];
		expect(row).toMatchObject({
			events: ['xray.amazonaws.com:Unheard'],
			reason: 'this principal\'s xray.amazonaws.com:Unheard maps to no known action and may have been this one',
		});
	});
});

describe('what a row tells', () => {
	const rows: Array<Partial<UsageRow>> = [
		{...list, count: 3, first: '2026-01-02T00:00:00Z', last: '2026-01-05T00:00:00Z'},
		{...list, count: 2, first: '2026-01-01T00:00:00Z', last: '2026-01-03T00:00:00Z', errorCode: 'NoSuchEntity'},
		{...list, count: 4, first: '2025-12-01T00:00:00Z', last: '2026-02-01T00:00:00Z', errorCode: 'AccessDenied'},
	];

	test('count has the failed calls in it and the denied ones not', () => {
		expect(diffRows(diffOf(['s3:ListAllMyBuckets'], rows)).rows[0]).toMatchObject({
			action: 's3:ListAllMyBuckets', count: 5, failed: 2, denied: 4, firstUsed: '2026-01-01T00:00:00Z', lastUsed: '2026-01-05T00:00:00Z', events: ['s3.amazonaws.com:ListBuckets'],
		});
	});

	test('a tried action says how often and when', () => {
		expect(diffRows(diffOf(['s3:ListAllMyBuckets'], rows.slice(2))).rows[0]).toMatchObject({
			reason: 'tried 4 times, last 2026-02-01T00:00:00Z, denied', count: 0, denied: 4, firstUsed: null, lastUsed: null,
		});
	});

	test('rows are sorted by lower-case action and name their statements', () => {
		const {rows: sorted, grantedBy} = diffRows(diffOf(['ecs:*', 's3:*', 'Madeup:Thing'], []));
		expect(sorted.map(row => row.lower)).toEqual(['ecs:runtask', 'madeup:thing', 's3:getobject', 's3:getobjectversion', 's3:listallmybuckets']);
		expect(sorted.map(row => grantedBy(row).map(grant => `${grant.policy}#${grant.statement}`))).toEqual([['inline#0'], ['inline#0'], ['inline#0'], ['inline#0'], ['inline#0']]);
	});

	test('an action that a call may have needed names the call and its events', () => {
		const row = diffRows(diffOf(['ecs:*', 'iam:PassRole'], [runTask])).rows.find(({lower}) => lower === 'iam:passrole');
		expect(row).toMatchObject({reason: 'ecs:RunTask may have needed it', events: ['ecs.amazonaws.com:RunTask'], count: 0});
	});

	test('what was denied and is not granted stands in attempted', () => {
		expect(attemptedActions(diffOf([], rows.slice(2)))).toEqual([{action: 's3:ListAllMyBuckets', denied: 4}]);
	});

	test('the sets that the list counts are the rows that the detail shows', () => {
		const input = diffOf(['s3:*', 'xray:*', 'iam:PassRole', 'madeup:thing'], [list, runInstances, {...list, eventName: 'Unheard'}]);
		const sets = diffSets(input);
		const {rows: all} = diffRows(input);
		for (const verdict of ['used', 'unused', 'ungranted'] as const) {
			expect(all.filter(row => row.verdict === verdict).length, verdict).toBe(sets[verdict].count());
		}

		expect(all.filter(row => row.verdict === 'unknown').length).toBe(sets.unknown.count() + 1);
		expect([...input.usage?.unmapped ?? []]).toEqual([['s3.amazonaws.com:Unheard', 1]]);
	});
});
