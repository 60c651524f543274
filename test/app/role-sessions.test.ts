import {describe, expect, it} from 'vitest';
import {buildAnalysis} from '../../source/app/analyse.js';
import {peopleOf, sessionDetail, sessionsOf, splitOf} from '../../source/app/role-sessions.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import type {Originator, SessionUsage} from '../../source/domain/sessions.js';
import type {IamRole, IamSnapshot, IamUser} from '../../source/domain/snapshot.js';
import type {UsageRow} from '../../source/domain/usage.js';
import {UserError} from '../../source/lib/errors.js';
import {usageRow} from '../domain/rows.js';

const accountId = '111122223333';
const arnOf = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
const roleArn = arnOf('role/admin');
const entity = {path: '/', attachedPolicies: [], boundaryArn: null, created: null, id: null};
const user = (name: string): IamUser => ({...entity, kind: 'user', name, arn: arnOf(`user/${name}`), groups: [], inlinePolicies: []});
const role: IamRole = {
	...entity, kind: 'role', name: 'admin', arn: roleArn, lastUsed: null, trustPolicy: null,
	inlinePolicies: [{name: 'p', document: {Statement: {Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 's3:CreateBucket', 's3:DeleteBucket', 'iam:CreateUser'], Resource: '*'}}}],
};
const snapshot: IamSnapshot = {accountId, users: ['alice', 'bob', 'dora'].map(name => user(name)), roles: [role], groups: [], policies: [], warnings: []};

const did = (eventName: string, changes: Partial<UsageRow> = {}): UsageRow => usageRow({
	identityType: 'AssumedRole', identityArn: null, identityAccount: accountId, issuerArn: roleArn, issuerType: 'Role', recipientAccount: accountId,
	eventSource: 's3.amazonaws.com', eventName, readOnly: false, first: '2026-03-01T10:00:00Z', last: '2026-03-01T10:00:00Z', ...changes,
});

const usage = (originator: Originator, rows: readonly UsageRow[], via: readonly string[] = []): SessionUsage => ({
	originator, via, rows, sessions: [{name: 's', sourceIdentity: null, link: 'access-key', assumed: 1, first: '2026-03-01T10:00:00Z', last: '2026-03-01T10:00:00Z', sourceAddresses: []}],
});

const person = (name: string): Originator => ({kind: 'user', arn: arnOf(`user/${name}`), name});
const nobody: Originator = {kind: 'unknown', arn: null, name: null};

const byAlice = usage(person('alice'), [did('ListBuckets', {readOnly: true})]);
const byBob = usage(person('bob'), [did('CreateBucket')]);
const byNobody = usage(nobody, [did('DeleteBucket')]);

const all = [byAlice, byBob, byNobody];
const analysis = buildAnalysis({
	snapshot, window: {start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'}, accountName: null, catalog: loadCatalog(), strict: false,
	usage: {
		source: 'files', location: 'logs', rows: all.flatMap(({rows}) => rows), assumptions: [], accounts: [{accountId, events: 3, firstEvent: '2026-03-01T10:00:00Z', lastEvent: '2026-03-01T10:00:00Z'}],
		days: ['2026-03-01'], regions: ['us-east-1'], elsewhere: [], unreadable: [], files: 1, warnings: [],
	},
});

const summaryOf = (arn: string) => analysis.principal(arn).principal;

describe('what one did in a role', () => {
	const lines = (usages: readonly SessionUsage[]) => Object.fromEntries(sessionDetail(analysis, roleArn, usages, [byAlice]).actions.map(({lower, verdict, reasonCode}) => [lower, `${verdict} ${reasonCode}`]));

	it('is used; what others used says so; what nobody knows who used is never unused', () => {
		expect(lines(all)).toMatchObject({
			's3:listallmybuckets': 'used used', 's3:createbucket': 'unused used-by-others', 's3:deletebucket': 'unknown used-by-somebody',
		});
		expect(lines(all)['iam:createuser']).toMatch(/^unused /);
	});

	it('what an account\'s unnamed caller used is not unused either', () => {
		expect(lines([byAlice, usage({kind: 'account', arn: null, name: '444455556666'}, [did('DeleteBucket')])])).toMatchObject({'s3:deletebucket': 'unknown used-by-somebody'});
	});
});

describe('what is told by name and time alone', () => {
	const inferred: SessionUsage = {...byBob, sessions: byBob.sessions.map(session => ({...session, link: 'inferred'}))};

	it('may be another\'s: it is not unused there, and used where it is told to belong', () => {
		const verdictIn = (chosen: SessionUsage) => sessionDetail(analysis, roleArn, [byAlice, inferred], [chosen]).actions.find(({lower}) => lower === 's3:createbucket');
		expect(verdictIn(byAlice)).toMatchObject({verdict: 'unknown', reasonCode: 'used-by-somebody'});
		expect(verdictIn(inferred)).toMatchObject({verdict: 'used'});
	});
});

describe('whose sessions', () => {
	it('a user\'s, wherever the chain began with it', () => {
		const chain = usage(person('alice'), [did('CreateBucket')], [arnOf('role/first')]);
		const found = sessionsOf(analysis, summaryOf(roleArn), [chain, byBob], summaryOf(arnOf('user/alice')));
		expect(found).toMatchObject({originator: person('alice'), via: [arnOf('role/first')], sessions: [{assumed: 1}]});
	});

	it('of several chains from one user the user is told', () => {
		const chain = usage(person('alice'), [did('CreateBucket')], [arnOf('role/first')]);
		expect(sessionsOf(analysis, summaryOf(roleArn), [chain, byAlice], summaryOf(arnOf('user/alice')))).toMatchObject({originator: person('alice'), via: []});
	});

	it.each([
		['nobody\'s: says who was in the role', all, /no session of role admin from user dora/, 'it was used by user alice, user bob, somebody unknown'],
		['callers known by their account alone: says which logs would tell', [usage({kind: 'account', arn: null, name: accountId}, [])], /no session/, 'the log knows callers of that account by the account alone: give a --trail that holds the logs of both accounts'],
		['a role that nobody used', [], /and none of anybody else$/, /across accounts/],
	])('%s', (_, usages, message, hint) => {
		let thrown: unknown;
		try {
			sessionsOf(analysis, summaryOf(roleArn), usages, summaryOf(arnOf('user/dora')));
		} catch (error) {
			thrown = error;
		}

		expect(thrown).toBeInstanceOf(UserError);
		expect(thrown instanceof UserError && thrown.message).toMatch(message);
		expect(thrown instanceof UserError && thrown.hint).toMatch(hint);
	});
});

describe('everybody in a role', () => {
	it('a line each', () => {
		expect(peopleOf(analysis, roleArn, [byAlice])).toEqual([{
			originator: person('alice'), via: [], sessions: byAlice.sessions, assumed: 1, last: '2026-03-01T10:00:00Z', events: 1, usedActions: 1,
		}]);
	});

	it('of disjoint use: a split is proposed, but not while somebody unknown is among them', () => {
		expect(splitOf(analysis, roleArn, [byAlice, byBob]).map(({people, actions}) => [people, actions])).toEqual([[['user alice'], ['s3:listallmybuckets']], [['user bob'], ['s3:createbucket']]]);
		expect(splitOf(analysis, roleArn, all)).toEqual([]);
	});
});
