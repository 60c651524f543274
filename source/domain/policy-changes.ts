import {ownValue} from './own-value.js';
import type {IamPrincipal, IamSnapshot} from './snapshot.js';

/** A successful call that changed who may do what, as the log holds it. */
export type PolicyChange = {
	/** ISO 8601 UTC. */
	readonly time: string;
	/** "iam.amazonaws.com" */
	readonly eventSource: string;
	/** "DetachUserPolicy" */
	readonly eventName: string;
	/** ARN of who made the call, or the best the record has; null without identity. */
	readonly actor: string | null;
	readonly eventId: string | null;
	/** requestParameters, parsed; null where the record has none. */
	readonly parameters: Readonly<Record<string, unknown>> | null;
};

/** How sure it is that a change is the reason: it names this principal (or its group or policy), or it may concern it. */
export type ChangeLink = {readonly change: PolicyChange; readonly certain: boolean};

/** Calls that can take a permission away, by event source: the parameter that names what they change. */
const takesAway: Readonly<Record<string, Readonly<Record<string, 'user' | 'role' | 'group' | 'policy' | 'any'>>>> = {
	'iam.amazonaws.com': {
		DetachUserPolicy: 'user',
		DeleteUserPolicy: 'user',
		PutUserPolicy: 'user',
		PutUserPermissionsBoundary: 'user',
		RemoveUserFromGroup: 'user',
		DetachRolePolicy: 'role',
		DeleteRolePolicy: 'role',
		PutRolePolicy: 'role',
		PutRolePermissionsBoundary: 'role',
		DetachGroupPolicy: 'group',
		DeleteGroupPolicy: 'group',
		PutGroupPolicy: 'group',
		CreatePolicyVersion: 'policy',
		SetDefaultPolicyVersion: 'policy',
	},
	'sso.amazonaws.com': {
		DetachManagedPolicyFromPermissionSet: 'any',
		DetachCustomerManagedPolicyReferenceFromPermissionSet: 'any',
		DeleteInlinePolicyFromPermissionSet: 'any',
		PutInlinePolicyToPermissionSet: 'any',
		PutPermissionsBoundaryToPermissionSet: 'any',
		ProvisionPermissionSet: 'any',
		DeletePermissionSet: 'any',
		DeleteAccountAssignment: 'any',
	},
	'organizations.amazonaws.com': {
		AttachPolicy: 'any',
		DetachPolicy: 'any',
		UpdatePolicy: 'any',
		MoveAccount: 'any',
	},
};

/** Calls that take a permission away only when they bring a Deny. */
const bringsDeny: Readonly<Record<string, 'user' | 'role' | 'group'>> = {
	AttachUserPolicy: 'user',
	AttachRolePolicy: 'role',
	AttachGroupPolicy: 'group',
	AddUserToGroup: 'user',
};

/** Every event that a search for such changes has to fetch: "iam.amazonaws.com:DetachUserPolicy". */
export const changeEvents: readonly string[] = [
	...Object.entries(takesAway).flatMap(([source, names]) => Object.keys(names).map(name => `${source}:${name}`)),
	...Object.keys(bringsDeny).map(name => `iam.amazonaws.com:${name}`),
];

const text = (change: PolicyChange, key: string): string | undefined => {
	const value = change.parameters?.[key];
	return typeof value === 'string' ? value : undefined;
};

/** What of the snapshot and the log a principal's permissions hang on. */
type Reach = {readonly groups: ReadonlySet<string>; readonly policies: ReadonlySet<string>};

/** Groups the user is in, or was until it was removed; policies attached to it or them, or attached until they were detached. */
function reachOf(principal: IamPrincipal, snapshot: IamSnapshot, changes: readonly PolicyChange[]): Reach {
	const groups = new Set(principal.kind === 'user' ? principal.groups : []);
	for (const change of changes) {
		const group = text(change, 'groupName');
		if (change.eventName === 'RemoveUserFromGroup' && principal.kind === 'user' && text(change, 'userName') === principal.name && group !== undefined) {
			groups.add(group);
		}
	}

	const detached = changes.filter(change => (
		(change.eventName === `Detach${principal.kind === 'user' ? 'User' : 'Role'}Policy` && text(change, `${principal.kind}Name`) === principal.name)
		|| (change.eventName === 'DetachGroupPolicy' && groups.has(text(change, 'groupName') ?? ''))
	));
	const policies = new Set([
		...detached.map(change => text(change, 'policyArn') ?? ''),
		...principal.attachedPolicies.map(policy => policy.arn),
		...principal.boundaryArn === null ? [] : [principal.boundaryArn],
		...snapshot.groups.filter(group => groups.has(group.name)).flatMap(group => group.attachedPolicies.map(policy => policy.arn)),
	]);
	return {groups, policies};
}

function concerns(change: PolicyChange, principal: IamPrincipal, reach: Reach, subject: string): ChangeLink | undefined {
	switch (subject) {
		case 'user':
		case 'role': {
			return principal.kind === subject && text(change, `${subject}Name`) === principal.name ? {change, certain: true} : undefined;
		}

		case 'group': {
			return reach.groups.has(text(change, 'groupName') ?? '') ? {change, certain: true} : undefined;
		}

		case 'policy': {
			// A version that does not become the default changes nothing (IAM API reference, CreatePolicyVersion).
			const becomesDefault = change.eventName !== 'CreatePolicyVersion' || change.parameters?.setAsDefault === true;
			return becomesDefault && reach.policies.has(text(change, 'policyArn') ?? '') ? {change, certain: true} : undefined;
		}

		default: {
			const isPermissionSet = principal.path.startsWith('/aws-reserved/sso.amazonaws.com/');
			return change.eventSource === 'organizations.amazonaws.com' || isPermissionSet ? {change, certain: false} : undefined;
		}
	}
}

/**
The changes after an instant that may have taken a permission away from a principal, oldest first.
`blocked` says that something denies the action now: then what brings a Deny counts, too. AWS's own updates of AWS managed policies leave no event.
*/
export function changesAfter(input: {
	readonly changes: readonly PolicyChange[];
	readonly principal: IamPrincipal;
	readonly snapshot: IamSnapshot;
	/** The last use, ISO 8601 UTC. */
	readonly after: string;
	readonly blocked: boolean;
}): readonly ChangeLink[] {
	const reach = reachOf(input.principal, input.snapshot, input.changes);
	return input.changes
		.filter(change => change.time >= input.after)
		.toSorted((a, b) => a.time < b.time ? -1 : 1)
		.flatMap(change => {
			const subject = ownValue(ownValue(takesAway, change.eventSource) ?? {}, change.eventName)
				?? (input.blocked && change.eventSource === 'iam.amazonaws.com' ? ownValue(bringsDeny, change.eventName) : undefined);
			const link = subject && concerns(change, input.principal, reach, subject);
			return link ? [link] : [];
		});
}
