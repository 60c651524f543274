import {describe, expect, it} from 'vitest';
import type {Originator, SessionUsage} from '../../source/domain/sessions.js';
import {judgeTrust} from '../../source/domain/trust.js';

const account = '111122223333';
const other = '444455556666';
const roleArn = `arn:aws:iam::${account}:role/admin`;
const alice = `arn:aws:iam::${account}:user/alice`;
const bob = `arn:aws:iam::${account}:user/bob`;
const provider = `arn:aws:iam::${account}:saml-provider/one`;

const by = (originator: Partial<Originator> & Pick<Originator, 'kind'>, via: readonly string[] = [], assumed = 2): SessionUsage => ({
	originator: {arn: null, name: null, ...originator}, via, rows: [],
	sessions: [{name: 's', sourceIdentity: null, link: 'access-key', assumed, first: '2026-03-01T10:00:00Z', last: '2026-03-02T10:00:00Z', sourceAddresses: []}],
});

const byAlice = by({kind: 'user', arn: alice, name: 'alice'});
const byOther = by({kind: 'account', name: other});
const unknown = by({kind: 'unknown'});

const policyOf = (Principal: unknown, more: Readonly<Record<string, unknown>> = {}) => ({Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more}]});

const linesOf = (policy: unknown, usages: readonly SessionUsage[], provable = true) => judgeTrust({roleArn, policy, usages, silence: {provable, reason: 'no assumption is recorded'}})
	.rows.map(({verdict, kind, principal, reasonCode}) => `${verdict} ${kind} ${principal ?? '-'} ${reasonCode}`);

describe('who may assume a role, against who did', () => {
	it.each<[string, unknown, readonly SessionUsage[], readonly string[]]>([
		['a user who may and did', policyOf({AWS: alice}), [byAlice], [`used user ${alice} assumed`]],
		['a user who may and never did', policyOf({AWS: [alice, bob]}), [byAlice], [`used user ${alice} assumed`, `unused user ${bob} never-assumed`]],
		['a user who did and may no longer', policyOf({AWS: bob}), [byAlice], [`unused user ${bob} never-assumed`, `ungranted user ${alice} not-trusted`]],
		['an account root delegates: whoever of it came is covered', policyOf({AWS: `arn:aws:iam::${account}:root`}), [byAlice], [`used account arn:aws:iam::${account}:root assumed`]],
		['an account by its id is its root', policyOf({AWS: other}), [byOther], [`used account arn:aws:iam::${other}:root assumed`]],
		['an account of which nobody came', policyOf({AWS: other}), [byAlice], [`unused account arn:aws:iam::${other}:root never-assumed`, `ungranted user ${alice} not-trusted`]],
		['a user of another account whose account came: perhaps', policyOf({AWS: `arn:aws:iam::${other}:user/jane`}), [byOther], [`unknown user arn:aws:iam::${other}:user/jane perhaps`]],
		['a wildcard covers everybody', policyOf('*'), [byAlice, byOther], ['used anyone * assumed']],
		['a service that came', policyOf({Service: 'lambda.amazonaws.com'}), [by({kind: 'service', name: 'lambda.amazonaws.com'})], ['used service lambda.amazonaws.com assumed']],
		['a service that did not come: there are ways that leave no event', policyOf({Service: 'ec2.amazonaws.com'}), [], ['unknown service ec2.amazonaws.com service']],
		['the only provider is it who signed somebody in', policyOf({Federated: provider}, {Action: 'sts:AssumeRoleWithSAML'}), [by({kind: 'sso', name: 'jane'})], [`used federated ${provider} assumed`]],
		['of two providers nobody knows which', policyOf({Federated: [provider, `${provider}2`]}, {Action: 'sts:AssumeRoleWithSAML'}), [by({kind: 'federated', name: 'x'})], [`unknown federated ${provider} perhaps`, `unknown federated ${provider}2 perhaps`]],
		['the last role of a chain is who came', policyOf({AWS: `arn:aws:iam::${account}:role/first`}), [by({kind: 'user', arn: alice, name: 'alice'}, [`arn:aws:iam::${account}:role/first`])], [`used role arn:aws:iam::${account}:role/first assumed`]],
		['a role in use of which no assumption is in the log: nothing is unused', policyOf({AWS: alice}), [unknown], [`unknown user ${alice} unknown-callers`, 'unknown unknown - no-assumption']],
		['in use by it as it seems, with no assumption in the log', policyOf({Service: 'ec2.amazonaws.com'}), [by({kind: 'service', name: 'ec2.amazonaws.com'}, [], 0)], ['unknown service ec2.amazonaws.com no-assumption']],
		['a deleted principal', policyOf({AWS: 'AIDAEXAMPLE'}), [], ['unknown deleted AIDAEXAMPLE not-told']],
		['an action that opens no session lets nobody in', policyOf({AWS: alice}, {Action: 'sts:TagSession'}), [], []],
		['a pattern that reaches it does', policyOf({AWS: alice}, {Action: 'sts:Assume*'}), [], [`unused user ${alice} never-assumed`]],
		['without a trust policy nobody is a stranger', null, [byAlice], []],
	])('%s', (_, policy, usages, expected) => {
		expect(linesOf(policy, usages)).toEqual(expected);
	});

	it('nothing is unused in a trail that does not record assumptions', () => {
		expect(linesOf(policyOf({AWS: alice}), [], false)).toEqual([`unknown user ${alice} trail-is-blind`]);
	});

	it('shows conditions and does not judge them; what the policy has beside is said', () => {
		const {rows, notes} = judgeTrust({
			roleArn, usages: [byAlice], silence: {provable: true, reason: ''},
			policy: {Statement: [
				{Effect: 'Allow', Principal: {AWS: alice}, Action: 'sts:AssumeRole', Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}},
				{Effect: 'Deny', Principal: '*', Action: 'sts:*'},
			]},
		});
		expect(rows).toMatchObject([{verdict: 'used', conditions: ['aws:MultiFactorAuthPresent'], assumed: 2, last: '2026-03-02T10:00:00Z'}]);
		expect(notes).toEqual(['statement 1 is a Deny: it may keep out some of those that are listed']);
	});
});
