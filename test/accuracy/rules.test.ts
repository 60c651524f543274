import {describe, expect, test} from 'vitest';
import type {ActionRow, PrincipalDetail} from '../../source/app/analysis.js';
import {createAttribution} from '../../source/domain/attribution.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createEventMapper} from '../../source/domain/event-mapping.js';
import {changesAfter, type PolicyChange} from '../../source/domain/policy-changes.js';
import {observeTrail} from '../../source/domain/trail-facts.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {account, usageRow} from '../domain/rows.js';
import {snapshotOf, user} from '../domain/snapshots.js';
import {analyse} from './replay.js';

const catalog = loadCatalog();
const mapEvent = createEventMapper(catalog);
const inline = (...statements: readonly object[]) => ({inlinePolicies: [{name: 'inline', document: {Version: '2012-10-17', Statement: statements}}]});
const allow = (...actions: readonly string[]) => ({Effect: 'Allow', Action: actions, Resource: '*'});
const deny = (...actions: readonly string[]) => ({Effect: 'Deny', Action: actions, Resource: '*'});

const runInstances = {eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', readOnly: false};

/** Alice's detail after the rows, in a log that also holds a read and a write of others. */
function detailOf(statements: readonly object[], rows: ReadonlyArray<Partial<UsageRow>>): PrincipalDetail {
	const alice = user('alice', [], inline(...statements));
	const others = [{readOnly: true}, {readOnly: false}].map(row => usageRow({...row, identityType: 'AWSService', identityArn: null, principalId: null, eventName: 'PutBucketAcl'}));
	const usage = {
		source: 'files', location: 'x', rows: [...rows.map(row => usageRow(row)), ...others], assumptions: [], days: [], regions: [], elsewhere: [], unreadable: [], files: 1, warnings: [],
		accounts: [{accountId: account, events: 9, firstEvent: '2026-01-01T00:00:00Z', lastEvent: '2026-01-01T00:00:00Z'}],
		extent: {first: '2026-01-01T00:00:00Z', last: '2026-01-01T00:00:00Z'},
	};
	return analyse(snapshotOf([alice]), usage, catalog).principal(alice.arn);
}

const rowOf = (detail: PrincipalDetail, lower: string): ActionRow | undefined => detail.actions.find(row => row.lower === lower);

describe('a row of an action', () => {
	test('that a call may have needed is never unused, though its silence would prove something', () => {
		expect(rowOf(detailOf([allow('ec2:RunInstances', 'ec2:CreateTags')], []), 'ec2:createtags')?.verdict).toBe('unused');
		expect(rowOf(detailOf([allow('ec2:RunInstances', 'ec2:CreateTags')], [runInstances]), 'ec2:createtags')).toMatchObject({verdict: 'unknown', reasonCode: 'may-have-been-needed'});
	});

	test('that was used and is denied now says what blocks it', () => {
		expect(rowOf(detailOf([allow('ec2:*'), deny('ec2:RunInstances')], [runInstances]), 'ec2:runinstances'))
			.toMatchObject({verdict: 'ungranted', reasonCode: 'blocked', blockedBy: ['Deny in inline policy inline, statement 1']});
	});

	test('that is granted and was only denied is a row, not an attempt', () => {
		expect(detailOf([allow('ec2:*')], [{...runInstances, errorCode: 'Client.UnauthorizedOperation'}]).attempted).toEqual([]);
		expect(detailOf([], [{...runInstances, errorCode: 'Client.UnauthorizedOperation'}]).attempted).toEqual([{action: 'ec2:RunInstances', denied: 1}]);
	});

	test('whose refusal names itself was tried once, not twice', () => {
		const refused = {...runInstances, errorCode: 'Client.UnauthorizedOperation', messageDenies: true, deniedAction: 'ec2:RunInstances'};
		expect(rowOf(detailOf([allow('ec2:*')], [refused]), 'ec2:runinstances')?.reason).toContain('tried 1 time,');
	});
});

describe('whose event it is', () => {
	test.each(['AwsCloudTrailInsight', 'AwsCloudTrailDigest', 'AwsCloudTrailAggregatedEvent'])('%s is no call, in records without a category, too', eventType => {
		expect(createAttribution(snapshotOf([user('alice')]))(usageRow({eventType, eventCategory: null}))).toEqual({kind: 'not-counted'});
	});
});

describe('what needs no permission', () => {
	test('is told by the IAM prefix behind another label', () => {
		expect(mapEvent(usageRow({eventSource: 'oidc.amazonaws.com', eventName: 'CreateToken'})).kind).toBe('no-permission');
	});
});

describe('what a log shows of its trail', () => {
	const observe = (row: Partial<UsageRow>) => observeTrail([usageRow(row)], account, catalog, mapEvent);

	test('events that another account received show nothing', () => {
		expect(observe({recipientAccount: '999988887777'})).toMatchObject({reads: false, managementSources: new Set()});
		expect(observe({})).toMatchObject({reads: true, managementSources: new Set(['s3.amazonaws.com'])});
	});

	test.each([{eventCategory: 'Data', managementEvent: null}, {eventCategory: null, managementEvent: false}])('data events are not management events: %o', fields => {
		expect(observe({...fields, eventName: 'GetObject', readOnly: true})).toMatchObject({
			reads: false, managementSources: new Set(), asManagement: new Set(), dataServices: new Map([['s3', 1]]),
		});
	});

	test('a trail\'s change that was refused changed nothing', () => {
		const stop = {eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', readOnly: false};
		expect(observe(stop).configurationChanges.size).toBe(1);
		expect(observe({...stop, errorCode: 'AccessDenied'}).configurationChanges.size).toBe(0);
	});
});

describe('which change may have taken a permission away', () => {
	const alice = user('alice', [], {attachedPolicies: [{name: 'Work', arn: `arn:aws:iam::${account}:policy/Work`}]});
	const change = (time: string, eventName: string, parameters: Readonly<Record<string, unknown>>): PolicyChange =>
		({time, eventSource: 'iam.amazonaws.com', eventName, actor: null, eventId: null, parameters});
	const found = (...changes: readonly PolicyChange[]) => changesAfter({changes, principal: alice, snapshot: snapshotOf([alice]), after: '2026-01-05T00:00:00Z', blocked: false})
		.map(link => `${link.change.time.slice(8, 10)} ${link.change.eventName}`);

	test('a change in the very second of the last use counts', () => {
		expect(found(change('2026-01-05T00:00:00Z', 'DetachUserPolicy', {userName: 'alice'}))).toEqual(['05 DetachUserPolicy']);
	});

	test('a policy that is not the principal\'s does not concern it', () => {
		expect(found(change('2026-01-06T00:00:00Z', 'SetDefaultPolicyVersion', {policyArn: `arn:aws:iam::${account}:policy/Other`}))).toEqual([]);
		expect(found(change('2026-01-06T00:00:00Z', 'SetDefaultPolicyVersion', {policyArn: `arn:aws:iam::${account}:policy/Work`}))).toEqual(['06 SetDefaultPolicyVersion']);
	});

	test('the oldest is told first', () => {
		expect(found(change('2026-01-09T00:00:00Z', 'PutUserPolicy', {userName: 'alice'}), change('2026-01-07T00:00:00Z', 'DetachUserPolicy', {userName: 'alice'})))
			.toEqual(['07 DetachUserPolicy', '09 PutUserPolicy']);
	});
});
