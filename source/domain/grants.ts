import type {Catalog} from './action.js';
import {ActionSet} from './action-set.js';
import {createPolicyCompiler, type CompiledPolicy} from './compiled-policy.js';
import {
	addAllowed, addPartialDenials, allowsThrough, denialsBy, denyUnknown, grantOf, grantsThrough, isDeniedFully, mayAllowUnknown, rejectionsOf, takeFullDenials,
	type Ceiling, type PlacedPolicy,
} from './grant-layers.js';
import type {IamGroup, IamPrincipal, IamSnapshot} from './snapshot.js';

/** One statement that grants an action, and how it reaches the principal. */
export type Grant = {
	/** Name of the policy. */
	readonly policy: string;
	/** ARN of a managed policy; null for an inline one. */
	readonly policyArn: string | null;
	readonly policyType: 'managed' | 'inline';
	/** What the policy hangs on. */
	readonly via: {readonly kind: 'user' | 'role' | 'group'; readonly name: string};
	/** Index of the statement in its document, from 0. */
	readonly statement: number;
	readonly sid: string | null;
	/** The statement has a Condition. */
	readonly conditional: boolean;
	/** Resource, as written; null where the statement has NotResource. */
	readonly resources: readonly string[] | null;
	/** NotResource, as written; null where the statement has Resource. */
	readonly notResources: readonly string[] | null;
};

/** What one principal is granted today, and what stands in its way. */
export type PrincipalGrants = {
	/** Allowed by an identity policy, and by the boundary and the service control policies where there are any, less every full Deny. */
	readonly granted: ActionSet;
	/** Allowed actions or patterns that the catalog does not know, each once, as first written. */
	readonly unknown: ReadonlyArray<{readonly action: string; readonly grantedBy: readonly Grant[]}>;
	/** Granted actions that a Deny takes away for some resources or under a Condition. */
	readonly deniedInPart: ActionSet;
	/** Allowed by an identity policy, but taken away by a full Deny, the boundary or a service control policy. */
	readonly blocked: ActionSet;
	/** What stands in the way of an action, granted by an identity policy or not, or takes part of it away, in words; empty where nothing does. */
	blockedBy(id: number): readonly string[];
	/**
	What could allow an action that is not granted, in words; null where nothing can: a Deny and a service control policy bind resource policies, too,
	a boundary's implicit denial does not bind one that names the user or a session of the role.
	https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-eval-logic
	*/
	passedBy(id: number): string | null;
	/** The Allow statements of identity policies that reach an action, blocked or not. Computed when asked. */
	grantsOf(id: number): readonly Grant[];
	/** The boundary's Allow statements that reach an action; empty without a known boundary. */
	boundaryGrantsOf(id: number): readonly Grant[];
	/** One statement allows everything on every resource without a Condition, and at least nine tenths of the catalog stay granted. */
	readonly admin: boolean;
	/** ARN of the permissions boundary; null without one. */
	readonly boundary: string | null;
	/** Which documents are missing, in words: more may be granted, or less, than is known. */
	readonly incomplete: readonly string[];
	/** Which statements IAM would reject, in words; they are ignored. */
	readonly rejected: readonly string[];
};

/**
The service control policies above an account, a level (root, each organizational unit, the account) a list: what a level allows is the union
of its policies, what is allowed is the intersection of the levels. A level without policies limits nothing.
*/
export type ServiceControlPolicies = {
	readonly levels: ReadonlyArray<ReadonlyArray<{readonly name: string; readonly document: unknown}>>;
};

/** Share of the catalog that must stay granted for an administrator to be called one. */
const adminShare = 0.9;

/**
Evaluates principals of one snapshot as IAM would, as far as a snapshot can tell: identity policies (inline, attached, through groups), less Deny,
cut by the permissions boundary and by service control policies (which do not hold service-linked roles). Resource policies, resource control policies
and session policies are not evaluated. Conditions, narrow resources and policy variables are shown, not judged.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
@param scps none for the organization's management account
*/
export function createGrantEvaluator(snapshot: IamSnapshot, catalog: Catalog, scps?: ServiceControlPolicies): (principal: IamPrincipal) => PrincipalGrants {
	const compile = createPolicyCompiler(catalog);
	const managed = new Map(snapshot.policies.map(policy => [policy.arn, policy]));
	const groups = new Map(snapshot.groups.map(group => [group.name, group]));
	// A ceiling of which one document cannot be read takes nothing away: it may allow everything.
	const levels = (scps?.levels ?? []).filter(level => level.length > 0).map((level, index) => ({
		label: `service control policies of level ${index + 1}: none allows it`,
		policies: level.map(({name, document}): PlacedPolicy => ({compiled: compile(document), label: `service control policy ${name}`, origin: null})),
	}));
	const unreadable = levels.flatMap(level => level.policies.filter(({compiled}) => isUnreadable(compiled)))
		.map(({label}) => `${label} cannot be read, so its level takes nothing away here`);
	const levelCeilings: readonly Ceiling[] = levels.filter(level => !level.policies.some(({compiled}) => isUnreadable(compiled)));

	/** The policies of a user, group or role itself, with what is missing of them. */
	const placed = (entity: IamPrincipal | IamGroup, via: Grant['via'], missing: string[]): PlacedPolicy[] => {
		const through = via.kind === 'group' ? ` of group ${via.name}` : '';
		const policies: PlacedPolicy[] = [];
		for (const {name, document} of entity.inlinePolicies) {
			if (isMissing(document)) {
				missing.push(`inline policy ${name}${through} cannot be read`);
			} else {
				policies.push({compiled: compile(document), label: `inline policy ${name}${through}`, origin: {policy: name, policyArn: null, policyType: 'inline', via}});
			}
		}

		for (const {name, arn} of entity.attachedPolicies) {
			const document = managed.get(arn)?.document;
			if (isMissing(document)) {
				missing.push(`policy ${name} (${arn}) is attached${via.kind === 'group' ? ` to group ${via.name}` : ''} but its document is not in the snapshot`);
			} else {
				policies.push({compiled: compile(document), label: `policy ${name}${through}`, origin: {policy: name, policyArn: arn, policyType: 'managed', via}});
			}
		}

		return policies;
	};

	const boundaryOf = (principal: IamPrincipal, missing: string[]): Ceiling | null => {
		const arn = principal.boundaryArn;
		if (arn === null) {
			return null;
		}

		const policy = managed.get(arn);
		const name = policy?.name ?? arn.slice(arn.lastIndexOf('/') + 1);
		const label = `permissions boundary ${name}`;
		if (isMissing(policy?.document)) {
			missing.push(`${label} (${arn}) is set but its document is not in the snapshot, so it takes nothing away here`);
			return null;
		}

		const compiled = compile(policy?.document);
		if (isUnreadable(compiled)) {
			missing.push(`${label} (${arn}) cannot be read, so it takes nothing away here`);
			return null;
		}

		const via = {kind: principal.kind, name: principal.name};
		return {label, policies: [{compiled, label, origin: {policy: name, policyArn: arn, policyType: 'managed', via}}]};
	};

	return principal => {
		const missing: string[] = [];
		const policies = placed(principal, {kind: principal.kind, name: principal.name}, missing);
		for (const name of principal.kind === 'user' ? principal.groups : []) {
			const group = groups.get(name);
			if (group) {
				policies.push(...placed(group, {kind: 'group', name}, missing));
			} else {
				missing.push(`group ${name} is not in the snapshot`);
			}
		}

		const boundary = boundaryOf(principal, missing);
		const underOrganization = !isServiceLinked(principal);
		if (underOrganization) {
			missing.push(...unreadable);
		}

		const limits = {boundary, levels: underOrganization ? levelCeilings : [], kind: principal.kind};
		return {...combine(catalog.size, policies, limits), boundary: principal.boundaryArn, incomplete: missing};
	};
}

/** Whether a role is service-linked: service control policies do not hold it. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
export function isServiceLinked(principal: IamPrincipal): boolean {
	return principal.kind === 'role' && principal.path.startsWith('/aws-service-role/');
}

function isMissing(document: unknown): boolean {
	return document === undefined || document === null;
}

/** Whether a document says nothing at all: it is no policy, as opposed to a policy with a bad statement. */
function isUnreadable(compiled: CompiledPolicy): boolean {
	return compiled.problems.some(({statement}) => statement === null);
}

/** What limits a principal beside its own policies. */
type Limits = {readonly boundary: Ceiling | null; readonly levels: readonly Ceiling[]; readonly kind: IamPrincipal['kind']};

function combine(size: number, policies: readonly PlacedPolicy[], {boundary, levels, kind}: Limits): Omit<PrincipalGrants, 'boundary' | 'incomplete'> {
	const ceilings = [...(boundary ? [boundary] : []), ...levels];
	const allowed = addAllowed(new ActionSet(size), policies);
	const granted = allowed.clone();
	const deniedInPart = new ActionSet(size);
	// All that can deny, in the order in which it is told.
	const everything = [...policies, ...ceilings.flatMap(ceiling => ceiling.policies)];
	for (const ceiling of ceilings) {
		granted.intersectWith(addAllowed(new ActionSet(size), ceiling.policies));
	}

	takeFullDenials(granted, everything);
	addPartialDenials(deniedInPart, everything);
	deniedInPart.intersectWith(granted);
	const blocked = allowed.minusWith(granted);
	return {
		granted,
		deniedInPart,
		blocked,
		unknown: unknownOf(policies, pattern => !denyUnknown(everything, pattern) && ceilings.every(ceiling => mayAllowUnknown(ceiling, pattern))),
		blockedBy(id) {
			const stopping = ceilings.filter(ceiling => !allowsThrough(ceiling, id));
			return stopping.length > 0 || deniedInPart.has(id) || isDeniedFully(everything, id)
				? [...denialsBy(everything, id), ...stopping.map(ceiling => ceiling.label)]
				: [];
		},
		passedBy(id) {
			if (isDeniedFully(everything, id) || levels.some(level => !allowsThrough(level, id))) {
				return null;
			}

			const named = kind === 'user' ? 'the user' : 'a session of the role';
			return boundary && !allowsThrough(boundary, id) ? `a resource policy that names ${named}` : 'a resource policy';
		},
		grantsOf: id => grantsThrough(policies, id),
		boundaryGrantsOf: id => boundary ? grantsThrough(boundary.policies, id) : [],
		admin: policies.some(({compiled}) => compiled.admin) && granted.count() >= size * adminShare,
		rejected: rejectionsOf(everything),
	};
}

/** Allowed patterns outside the catalog that pass the test, each once whatever its case, with the statements that allow it. */
function unknownOf(policies: readonly PlacedPolicy[], isGranted: (pattern: string) => boolean): PrincipalGrants['unknown'] {
	const found = new Map<string, {action: string; grantedBy: Grant[]}>();
	for (const {compiled, origin} of policies) {
		for (const {action, statement} of origin ? compiled.unknown : []) {
			const entry = found.get(action.toLowerCase()) ?? {action, grantedBy: []};
			found.set(action.toLowerCase(), entry);
			if (origin) {
				entry.grantedBy.push(grantOf(origin, statement));
			}
		}
	}

	return [...found.values()].filter(({action}) => isGranted(action));
}
