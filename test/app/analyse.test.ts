import {describe, expect, test} from 'vitest';
import {buildAnalysis, type AnalysisInput} from '../../source/app/analyse.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import type {Usage} from '../../source/domain/usage.js';
import {account, usageRow} from '../domain/rows.js';
import {role, snapshotOf, user} from '../domain/snapshots.js';

const rootArn = `arn:aws:iam::${account}:root`;
const window = {start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'};
const rootRow = usageRow({identityType: 'Root', identityArn: rootArn, principalId: account, count: 2});

function usageOf(more: Partial<Usage> = {}): Usage {
	return {
		source: 'files',
		location: '/logs',
		rows: [usageRow({count: 3})],
		assumptions: [],
		accounts: [{accountId: account, events: 3, firstEvent: '2026-01-01T00:00:00Z', lastEvent: '2026-01-05T00:00:00Z'}],
		days: ['2026-01-01', '2026-01-05'],
		regions: ['us-east-1'],
		elsewhere: [],
		unreadable: [],
		files: 4,
		warnings: [],
		...more,
	};
}

const analyse = (more: Partial<AnalysisInput> = {}) => buildAnalysis({
	snapshot: snapshotOf([user('bob', ['ec2:*']), user('alice', ['s3:*'])], [role('deploy', ['*'])]),
	usage: usageOf(),
	window,
	accountName: 'test',
	catalog: loadCatalog(),
	strict: false,
	...more,
});

describe('an account and window', () => {
	test('users come before roles, each by name, with their verdicts', () => {
		expect(analyse().principals.map(principal => `${principal.name} ${principal.verdict}`)).toEqual(['alice used', 'bob unused', 'deploy unused']);
	});

	test('the counts of the list are the rows of the detail', () => {
		const analysis = analyse();
		for (const {arn, counts} of analysis.principals) {
			const {actions} = analysis.principal(arn);
			for (const verdict of ['used', 'unused', 'unknown', 'ungranted'] as const) {
				expect(actions.filter(row => row.verdict === verdict).length, `${arn} ${verdict}`).toBe(counts[verdict]);
			}
		}
	});

	test('a trail of one region, as DescribeTrails told it, proves no disuse elsewhere and is warned of', () => {
		const trail = {name: 'audit', accountId: account, organization: false, homeRegion: 'us-east-1', multiRegion: false, globalServiceEvents: true, logging: null, selectors: null};
		const reasons = (multiRegion: boolean) => {
			const analysis = analyse({usage: usageOf({trailSettings: [{...trail, multiRegion}]})});
			const bob = analysis.principals.find(({name}) => name === 'bob') ?? expect.fail('no bob');
			const run = analysis.principal(bob.arn).actions.find(({action}) => action === 'ec2:DescribeInstances');
			return [run?.reasonCode, analysis.warnings.some(({code}) => code === 'narrow-trail')];
		};

		expect(reasons(false)).toEqual(['single-region-trail', true]);
		expect(reasons(true)).not.toContain('single-region-trail');
		expect(reasons(true).at(-1)).toBe(false);
	});

	test('an unknown ARN is a RangeError', () => {
		expect(() => analyse().principal('arn:aws:iam::111122223333:user/nobody')).toThrow(RangeError);
	});

	test('events of nobody are counted by kind', () => {
		const service = usageRow({identityType: 'AWSService', identityArn: null, principalId: null, count: 7});
		const gone = usageRow({identityArn: `arn:aws:iam::${account}:user/gone`, principalId: null});
		expect(analyse({usage: usageOf({rows: [service, gone]})}).trail.unattributed).toEqual([{kind: 'deleted', events: 1}, {kind: 'service', events: 7}]);
	});

	test('unmapped events are summed over the account and warned of', () => {
		const analysis = analyse({usage: usageOf({rows: [usageRow({eventName: 'Unheard', count: 2})]})});
		expect(analysis.unmapped).toEqual([{eventSource: 's3.amazonaws.com', eventName: 'Unheard', count: 2}]);
		expect(analysis.warnings.map(warning => warning.code)).toContain('unmapped-events');
	});
});

test('an assumption from before the role was made was of an earlier role of its name', () => {
	const assumed = (last: string) => analyse({
		snapshot: snapshotOf([], [role('deploy', ['ec2:*'], {created: '2026-01-10T00:00:00Z'})]),
		usage: usageOf({rows: [usageRow({readOnly: true}), usageRow({readOnly: false, eventName: 'CreateBucket'})], assumptions: [{roleArn: `arn:aws:iam::${account}:role/deploy`, caller: null, count: 1, first: '2026-01-05T00:00:00Z', last}]}),
	}).principals[0]?.reasonCode;
	expect([assumed('2026-01-05T00:00:00Z'), assumed('2026-01-11T00:00:00Z')]).toEqual(['no-events', 'assumed']);
});

describe('root', () => {
	test('is not listed without events', () => {
		expect(analyse().principals.some(principal => principal.kind === 'root')).toBe(false);
	});

	test('is listed first when it has events, with used rows only', () => {
		const analysis = analyse({usage: usageOf({rows: [rootRow, {...rootRow, eventName: 'DeleteBucket', errorCode: 'AccessDenied'}]})});
		expect(analysis.principals[0]).toMatchObject({name: '<root>', kind: 'root', verdict: 'used', reasonCode: 'root', events: 4, denied: 2});
		const {actions, attempted} = analysis.principal(rootArn);
		expect(actions.map(row => `${row.action} ${row.verdict} ${row.reasonCode}`)).toEqual(['s3:ListAllMyBuckets used root']);
		expect(attempted).toEqual([]);
	});
});

describe('a trail\'s configuration', () => {
	const all = [{field: 'eventCategory', equals: ['Management'], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: []}];
	const trail = (name: string, accountId: string, selected: boolean) => ({
		name, accountId, organization: null, homeRegion: null, multiRegion: true, globalServiceEvents: true, logging: true, selectors: selected ? [all] : null,
	});
	const messages = (...trailSettings: ReadonlyArray<ReturnType<typeof trail>>) => analyse({trailSettings}).warnings.filter(({code}) => code.includes('trail')).map(({code, message}) => `${code}: ${message}`);

	test('of the account\'s own trail with its selectors has nothing to say', () => {
		expect(messages(trail('main', account, true))).toEqual([]);
	});

	test('that lacks the selectors of a trail names it', () => {
		expect(messages(trail('main', account, true), trail('audit', account, false))).toEqual([expect.stringMatching(/^trail-without-selectors: .* trail audit without event selectors: .*get-event-selectors/)]);
	});

	test('of another account\'s trail says that its changes are not seen here', () => {
		expect(messages(trail('all', '999988887777', true))).toEqual([expect.stringMatching(/^organization-trail: trail all belongs to account 999988887777: a change of what it selects .* not seen here/)]);
	});

	test('of another account\'s trail is told from the account\'s own by the snapshot\'s account', () => {
		const s3 = {field: 'resources.type', equals: ['AWS::S3::Object'], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: []};
		const reasonUnder = (accountId: string) => analyse({trailSettings: [{...trail('all', accountId, true), selectors: [all, [{...s3, field: 'eventCategory', equals: ['Data']}, s3]]}]})
			.principal(`arn:aws:iam::${account}:user/alice`).actions.find(({lower}) => lower === 's3:abortmultipartupload')?.reason;
		expect(reasonUnder(account)).toBe('the trail records every AWS::S3::Object event, and none was seen in the window');
		expect(reasonUnder('999988887777')).toContain('a change of trail all is an event of account 999988887777');
	});
});

describe('logs that do not answer', () => {
	const codes = (usage: Usage) => analyse({usage}).warnings.map(warning => warning.code);
	const none = {rows: [], accounts: [], days: []};

	test('missing days are said', () => {
		expect(analyse().warnings.find(warning => warning.code === 'days-without-logs')?.message).toBe('logs cover 2 of 31 days, last 2026-01-05');
	});

	test('another account\'s logs prove nothing, and the accounts that are there are named', () => {
		const other = {accountId: '999988887777', events: 5, firstEvent: '2026-01-02T00:00:00Z', lastEvent: '2026-01-03T00:00:00Z'};
		const analysis = analyse({usage: usageOf({...none, elsewhere: [other]})});
		expect(analysis.principals.map(principal => `${principal.verdict} ${principal.reasonCode}`)).toEqual(['unknown no-logs', 'unknown no-logs', 'unknown no-logs']);
		expect(analysis.warnings.find(warning => warning.code === 'no-logs')?.message).toContain('999988887777 (2026-01-02 to 2026-01-03)');
		expect(analysis.trail).toMatchObject({events: 0, daysCovered: 0, firstEvent: null});
	});

	test('an empty window names the dates that the trail holds', () => {
		expect(analyse({usage: usageOf({...none, elsewhere: [{accountId: account, events: 5, firstEvent: '2020-05-01T00:00:00Z', lastEvent: '2020-06-01T00:00:00Z'}]})}).warnings[0]?.message).toContain('from 2020-05-01 to 2020-06-01');
	});

	test('a trail without any event says so', () => {
		expect(analyse({usage: usageOf(none)}).warnings[0]?.message).toContain('no event at all');
	});

	test('a trail of which no file could be read is not called empty', () => {
		expect(analyse({usage: usageOf({...none, unreadable: [{path: 'a', reason: 'b'}]})}).warnings[0]?.message).toContain('no file in it could be read');
	});

	test('files that could not be read are counted', () => {
		expect(codes(usageOf({unreadable: [{path: 'a', reason: 'b'}]}))).toContain('unreadable-files');
	});

	test('under --strict a gap makes every unused action unknown', () => {
		const counts = (strict: boolean) => analyse({strict}).principals.map(principal => principal.counts.unused);
		expect(counts(false).every(count => count > 0)).toBe(true);
		expect(counts(true)).toEqual([0, 0, 0]);
	});
});

describe('what the log shows of its trail', () => {
	test('missing days, regions, reads and writes, KMS and RDS Data events, data events', () => {
		const rows = [
			usageRow({readOnly: true}),
			usageRow({readOnly: false, eventSource: 'kms.amazonaws.com', eventName: 'CreateKey'}),
			usageRow({eventName: 'GetObject', eventCategory: 'Data', managementEvent: false, count: 9}),
		];
		const short = {start: '2026-01-01T00:00:00Z', end: '2026-01-04T00:00:00Z'};
		expect(analyse({usage: usageOf({rows, days: ['2026-01-02']}), window: short}).coverage).toEqual({
			missingDays: ['2026-01-01', '2026-01-03'],
			regions: ['us-east-1'],
			readOnlyEvents: true,
			writeEvents: true,
			kmsEvents: true,
			rdsDataEvents: false,
			dataEvents: [{service: 's3', events: 9}],
			configuration: [],
		});
	});

	test('events that another account received show nothing of this trail', () => {
		expect(analyse({usage: usageOf({rows: [usageRow({readOnly: true, recipientAccount: '999988887777'})]})}).coverage.readOnlyEvents).toBe(false);
	});
});
