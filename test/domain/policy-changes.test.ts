import {describe, expect, test} from 'vitest';
import {changeEvents, changesAfter, type PolicyChange} from '../../source/domain/policy-changes.js';
import {account} from './rows.js';
import {role, snapshotOf, user} from './snapshots.js';

const policyArn = `arn:aws:iam::${account}:policy/Work`;
const alice = user('alice', [], {groups: ['developers']});
const deploy = role('deploy', [], {attachedPolicies: [{name: 'Work', arn: policyArn}]});
const person = role('AWSReservedSSO_Admin_0', [], {path: '/aws-reserved/sso.amazonaws.com/'});
const snapshot = {
	...snapshotOf([alice], [deploy, person]),
	groups: [{arn: `arn:aws:iam::${account}:group/developers`, name: 'developers', path: '/', inlinePolicies: [], attachedPolicies: [{name: 'Team', arn: `${policyArn}Team`}]}],
};

const change = (eventName: string, parameters: Record<string, unknown>, more: Partial<PolicyChange> = {}): PolicyChange => ({
	time: '2026-01-10T00:00:00Z', eventSource: 'iam.amazonaws.com', eventName, actor: `arn:aws:iam::${account}:user/bob`, eventId: 'e1', parameters, ...more,
});

const found = (changes: PolicyChange[], principal: typeof alice | typeof deploy = alice, blocked = false) =>
	changesAfter({changes, principal, snapshot, after: '2026-01-05T00:00:00Z', blocked}).map(link => `${link.change.eventName}${link.certain ? '' : '?'}`);

describe('which change may have taken a permission away', () => {
	const cases: Array<{name: string; expected: string[]; changes: PolicyChange[]; principal?: typeof alice | typeof deploy; blocked?: boolean}> = [
		{name: 'a policy detached from the user', changes: [change('DetachUserPolicy', {userName: 'alice', policyArn})], expected: ['DetachUserPolicy']},
		{name: 'a policy detached from somebody else', changes: [change('DetachUserPolicy', {userName: 'bob', policyArn})], expected: []},
		{name: 'a change before the last use', changes: [change('DetachUserPolicy', {userName: 'alice'}, {time: '2026-01-04T00:00:00Z'})], expected: []},
		{name: 'an inline policy deleted or put', changes: [change('DeleteUserPolicy', {userName: 'alice'}), change('PutUserPolicy', {userName: 'alice'}, {time: '2026-01-11T00:00:00Z'})], expected: ['DeleteUserPolicy', 'PutUserPolicy']},
		{name: 'a policy of the user\'s group', changes: [change('DetachGroupPolicy', {groupName: 'developers'})], expected: ['DetachGroupPolicy']},
		{name: 'a policy of another group', changes: [change('DetachGroupPolicy', {groupName: 'others'})], expected: []},
		{name: 'the user removed from a group, and that group\'s later change', changes: [change('RemoveUserFromGroup', {userName: 'alice', groupName: 'old'}), change('PutGroupPolicy', {groupName: 'old'}, {time: '2026-01-12T00:00:00Z'})], expected: ['RemoveUserFromGroup', 'PutGroupPolicy']},
		{name: 'a new default version of an attached policy', changes: [change('CreatePolicyVersion', {policyArn, setAsDefault: true})], principal: deploy, expected: ['CreatePolicyVersion']},
		{name: 'a version that does not become the default', changes: [change('CreatePolicyVersion', {policyArn, setAsDefault: false})], principal: deploy, expected: []},
		{name: 'another default version of a group\'s policy', changes: [change('SetDefaultPolicyVersion', {policyArn: `${policyArn}Team`})], expected: ['SetDefaultPolicyVersion']},
		{name: 'a boundary put on the role', changes: [change('PutRolePermissionsBoundary', {roleName: 'deploy'})], principal: deploy, expected: ['PutRolePermissionsBoundary']},
		{name: 'an attached policy takes nothing away', changes: [change('AttachRolePolicy', {roleName: 'deploy'})], principal: deploy, expected: []},
		{name: 'an attached policy may bring the Deny that blocks', changes: [change('AttachRolePolicy', {roleName: 'deploy'})], principal: deploy, blocked: true, expected: ['AttachRolePolicy']},
		{name: 'an organization\'s policy may concern everybody', changes: [change('AttachPolicy', {}, {eventSource: 'organizations.amazonaws.com'})], expected: ['AttachPolicy?']},
		{name: 'a permission set may concern its role', changes: [change('DetachManagedPolicyFromPermissionSet', {}, {eventSource: 'sso.amazonaws.com'})], principal: person, expected: ['DetachManagedPolicyFromPermissionSet?']},
		{name: 'a permission set concerns no other principal', changes: [change('DetachManagedPolicyFromPermissionSet', {}, {eventSource: 'sso.amazonaws.com'})], expected: []},
		{name: 'a call without parameters', changes: [change('DetachUserPolicy', {}, {parameters: null})], expected: []},
	];
	test.each(cases)('$name', ({changes, principal, blocked, expected}) => {
		expect(found(changes, principal, blocked)).toEqual(expected);
	});

	test('the search fetches all of them', () => {
		expect(changeEvents).toContain('iam.amazonaws.com:AddUserToGroup');
		expect(changeEvents.length).toBeGreaterThan(25);
	});
});
