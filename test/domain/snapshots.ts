import type {IamRole, IamSnapshot, IamUser} from '../../source/domain/snapshot.js';
import {account} from './rows.js';

/** A user of the test account with one inline policy allowing the given actions on everything. */
export function user(name: string, actions: readonly string[] = [], more: Partial<IamUser> = {}): IamUser {
	return {
		kind: 'user',
		arn: `arn:aws:iam::${account}:user/${name}`,
		name,
		path: '/',
		id: null,
		created: '2017-09-02T18:02:14Z',
		boundaryArn: null,
		groups: [],
		inlinePolicies: inline(actions),
		attachedPolicies: [],
		...more,
	};
}

/** A role of the test account with one inline policy allowing the given actions on everything. */
export function role(name: string, actions: readonly string[] = [], more: Partial<IamRole> = {}): IamRole {
	return {
		kind: 'role',
		arn: `arn:aws:iam::${account}:role/${name}`,
		name,
		path: '/',
		id: null,
		created: '2017-09-02T18:02:14Z',
		boundaryArn: null,
		lastUsed: null,
		trustPolicy: null,
		inlinePolicies: inline(actions),
		attachedPolicies: [],
		...more,
	};
}

const inline = (actions: readonly string[]): IamUser['inlinePolicies'] => actions.length === 0
	? []
	: [{name: 'inline', document: {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: actions, Resource: '*'}}}];

/** A snapshot of the test account. */
export function snapshotOf(users: readonly IamUser[], roles: readonly IamRole[] = []): IamSnapshot {
	return {accountId: account, users, roles, groups: [], policies: [], warnings: []};
}
