import type {IamGroup, IamRole, IamSnapshot, IamUser, ManagedPolicy} from '../../source/domain/snapshot.js';

export const accountId = '111122223333';

/** A policy document of the given statements. */
export function policyOf(...statements: ReadonlyArray<Readonly<Record<string, unknown>>>): unknown {
	return {Version: '2012-10-17', Statement: statements};
}

export function allow(action: string | readonly string[], resource: string | readonly string[] = '*', more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
	return {Effect: 'Allow', Action: action, Resource: resource, ...more};
}

export function deny(action: string | readonly string[], resource: string | readonly string[] = '*', more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
	return {Effect: 'Deny', Action: action, Resource: resource, ...more};
}

export function userOf(fields: Partial<IamUser> & {readonly document?: unknown} = {}): IamUser {
	const {document, ...rest} = fields;
	return {
		kind: 'user', name: 'ann', arn: `arn:aws:iam::${accountId}:user/ann`, path: '/', id: 'AIDAANN', created: null, boundaryArn: null, groups: [],
		inlinePolicies: document === undefined ? [] : [{name: 'inline', document}], attachedPolicies: [], ...rest,
	};
}

export function roleOf(fields: Partial<IamRole> & {readonly document?: unknown} = {}): IamRole {
	const {document, ...rest} = fields;
	return {
		kind: 'role', name: 'app', arn: `arn:aws:iam::${accountId}:role/app`, path: '/', id: 'AROAAPP', created: null, boundaryArn: null, lastUsed: null, trustPolicy: null,
		inlinePolicies: document === undefined ? [] : [{name: 'inline', document}], attachedPolicies: [], ...rest,
	};
}

export function managedOf(name: string, document: unknown): ManagedPolicy {
	return {name, arn: `arn:aws:iam::${accountId}:policy/${name}`, document};
}

export function groupOf(name: string, fields: Partial<IamGroup> & {readonly document?: unknown} = {}): IamGroup {
	const {document, ...rest} = fields;
	return {
		name, arn: `arn:aws:iam::${accountId}:group/${name}`, path: '/', inlinePolicies: document === undefined ? [] : [{name: 'inline', document}], attachedPolicies: [], ...rest,
	};
}

export function snapshotOf(fields: Partial<IamSnapshot> = {}): IamSnapshot {
	return {accountId, users: [], roles: [], groups: [], policies: [], warnings: [], ...fields};
}
