import {describe, expect, it} from 'vitest';
import {foldSessions, originatorOf, type OpenerRow, type SessionRow} from '../../source/domain/sessions.js';
import {usageRow} from './rows.js';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/admin`;
const sso = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`;

const opener = (changes: Partial<OpenerRow> = {}): OpenerRow => ({
	origin: 1, originType: 'IAMUser', originArn: `arn:aws:iam::${account}:user/alice`, originAccount: account, originName: 'alice', originService: null, originRole: roleArn,
	originSession: 'alice', via: '', sessionName: 'alice', sessionIdentity: null, linked: false, assumed: 1, first: '2026-03-01T10:00:00Z', last: '2026-03-01T10:00:00Z', addresses: ['192.0.2.1'],
	...changes,
});

const none = {originArn: null, originName: null} as const;

const done = (changes: Partial<SessionRow> = {}): SessionRow => ({
	origin: 1, inferred: false, sessionName: null, sessionIdentity: null, row: usageRow({first: '2026-03-01T11:00:00Z', last: '2026-03-01T12:00:00Z'}), ...changes,
});

describe('who opened the first session of a chain', () => {
	it.each<[string, Partial<OpenerRow>, string]>([
		['a user', {}, `user arn:aws:iam::${account}:user/alice alice`],
		['a user whose name the record lacks', {originName: null}, `user arn:aws:iam::${account}:user/alice alice`],
		['the root user', {originType: 'Root', originArn: `arn:aws:iam::${account}:root`, originName: null}, `user arn:aws:iam::${account}:root <root>`],
		['a role', {originType: 'AssumedRole', originArn: `arn:aws:iam::${account}:role/app/first`}, `role arn:aws:iam::${account}:role/app/first first`],
		['a role of Identity Center: the person by the session name', {originType: 'AssumedRole', originArn: sso, originSession: 'jane@example.com'}, 'sso - jane@example.com'],
		['a sign-in by SAML into a role of Identity Center', {...none, originType: 'SAMLUser', originRole: sso, originSession: 'jane@example.com'}, 'sso - jane@example.com'],
		['a sign-in by SAML into another role', {...none, originType: 'SAMLUser', originName: 'jane'}, 'federated - jane'],
		['a pipeline', {...none, originType: 'WebIdentityUser', originName: 'repo:example/shop'}, 'federated - repo:example/shop'],
		['a service', {...none, originType: 'AWSService', originService: 'lambda.amazonaws.com'}, 'service - lambda.amazonaws.com'],
		['another account', {...none, originType: 'AWSAccount', originAccount: '444455556666'}, 'account - 444455556666'],
		['a type that is new', {originType: 'Robot'}, 'unknown - -'],
		['a role without an ARN', {...none, originType: 'AssumedRole'}, 'unknown - -'],
	])('%s', (_, changes, expected) => {
		const {kind, arn, name} = originatorOf(opener(changes));
		expect(`${kind} ${arn ?? '-'} ${name ?? '-'}`).toBe(expected);
	});
});

describe('what each did in a role', () => {
	it('adds up the groups of one originator by name, source identity and link', () => {
		const found = foldSessions(roleArn, [opener(), opener({origin: 2, sessionIdentity: 'a@example.com', addresses: ['192.0.2.2']})], [done(), done({origin: 2, inferred: true})]);
		expect(found).toHaveLength(1);
		expect(found[0]?.rows).toHaveLength(2);
		expect(found[0]?.sessions.map(({sourceIdentity, link, assumed, first, last}) => [sourceIdentity, link, assumed, first, last])).toEqual([
			[null, 'access-key', 1, '2026-03-01T10:00:00Z', '2026-03-01T12:00:00Z'],
			['a@example.com', 'inferred', 0, '2026-03-01T11:00:00Z', '2026-03-01T12:00:00Z'],
			['a@example.com', 'access-key', 1, '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
		]);
	});

	it('tells the roles between in the order they were assumed', () => {
		expect(foldSessions(roleArn, [opener({via: 'arn:second arn:first '})], [])[0]?.via).toEqual(['arn:first', 'arn:second']);
	});

	it('a session opened before the window and not used in it is nobody\'s use', () => {
		expect(foldSessions(roleArn, [opener({assumed: 0})], [])).toEqual([]);
	});

	it('an instance\'s session, which no call opens, is EC2\'s; other names without an opening are each somebody unknown', () => {
		const found = foldSessions(roleArn, [], [done({origin: null, sessionName: 'i-*'}), done({origin: null, sessionName: 'x'}), done({origin: null, sessionName: 'y'})]);
		expect(found.map(({originator, sessions}) => [originator.kind, originator.name, sessions[0]?.name, sessions[0]?.link])).toEqual([
			['service', 'ec2.amazonaws.com', 'i-*', 'inferred'], ['unknown', null, 'x', 'inferred'], ['unknown', null, 'y', 'inferred'],
		]);
	});
});
