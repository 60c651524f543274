import type {Grant} from './grants.js';
import type {IamGroup, IamPrincipal, IamSnapshot} from './snapshot.js';

/** What a policy hangs on. */
export type Place = Grant['via'];

/** A policy that reaches a principal, with all the places where it does. */
export type ReachingPolicy = {
	readonly kind: 'inline' | 'customer-managed' | 'aws-managed';
	readonly name: string;
	/** Null for an inline policy. */
	readonly arn: string | null;
	/** The principal itself, or groups of it. */
	readonly places: readonly Place[];
	/** Null where the snapshot does not hold it. */
	readonly document: unknown;
};

/** Whether AWS keeps a managed policy: nobody else can change it. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html */
export function isAwsManaged(arn: string): boolean {
	return arn.split(':')[4] === 'aws';
}

/** Why a principal's policies cannot be changed in IAM; null where they can. */
export function notEditable(principal: IamPrincipal): string | null {
	if (principal.kind === 'role' && principal.path.startsWith('/aws-service-role/')) {
		// https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
		return 'a service-linked role: its service defines its policy, and nobody else can change it; delete the role where the service is not used';
	}

	// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
	return principal.kind === 'role' && (principal.path.startsWith('/aws-reserved/sso.amazonaws.com/') || principal.name.startsWith('AWSReservedSSO_'))
		? 'the role of a permission set: IAM Identity Center writes it in every account that has the permission set; change the permission set there'
		: null;
}

/** The principal and, for a user, its groups that the snapshot holds, each with its place. */
export function holdersOf(principal: IamPrincipal, snapshot: IamSnapshot): ReadonlyArray<readonly [IamPrincipal | IamGroup, Place]> {
	const names: readonly string[] = principal.kind === 'user' ? principal.groups : [];
	const groups = names.flatMap(name => snapshot.groups.filter(group => group.name === name));
	return [
		[principal, {kind: principal.kind, name: principal.name}],
		...groups.map((group): [IamGroup, Place] => [group, {kind: 'group', name: group.name}]),
	];
}

/** Every policy that reaches a principal, each once: its own, then those of its groups. */
export function reachingPolicies(principal: IamPrincipal, snapshot: IamSnapshot): readonly ReachingPolicy[] {
	const documents = new Map(snapshot.policies.map(policy => [policy.arn, policy.document]));
	const managed = new Map<string, {name: string; places: Place[]}>();
	const inline: ReachingPolicy[] = [];
	for (const [holder, place] of holdersOf(principal, snapshot)) {
		for (const {name, document} of holder.inlinePolicies) {
			inline.push({kind: 'inline', name, arn: null, places: [place], document: document ?? null});
		}

		for (const {name, arn} of holder.attachedPolicies) {
			const known = managed.get(arn) ?? {name, places: []};
			known.places.push(place);
			managed.set(arn, known);
		}
	}

	return [...inline, ...[...managed].map(([arn, {name, places}]): ReachingPolicy => ({
		kind: isAwsManaged(arn) ? 'aws-managed' : 'customer-managed', name, arn, places, document: documents.get(arn) ?? null,
	}))];
}

/** Whether a principal is held by what changes in a managed policy (attached, through a group, as a boundary) or in one of the places. */
export function isReachedBy(principal: IamPrincipal, snapshot: IamSnapshot, {arn, places}: {readonly arn: string | null; readonly places: readonly Place[]}): boolean {
	const holders = holdersOf(principal, snapshot);
	return places.some(place => holders.some(([, {kind, name}]) => kind === place.kind && name === place.name))
		|| (arn !== null && (principal.boundaryArn === arn || holders.some(([holder]) => holder.attachedPolicies.some(policy => policy.arn === arn))));
}
