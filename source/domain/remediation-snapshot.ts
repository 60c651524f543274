import {holdersOf} from './remediation-places.js';
import type {NamedDocument, PolicyEdit} from './remediation-edits.js';
import type {AttachedPolicy, IamGroup, IamPrincipal, IamSnapshot, ManagedPolicy} from './snapshot.js';

/** The ARN that a new managed policy gets. */
export function newPolicyArn(snapshot: IamSnapshot, principal: IamPrincipal, name: string): string {
	return `arn:${principal.arn.split(':')[1] ?? 'aws'}:iam::${snapshot.accountId}:policy/${name}`;
}

type Holder = IamPrincipal | IamGroup;

const kindOf = (holder: Holder): 'user' | 'role' | 'group' => 'kind' in holder ? holder.kind : 'group';

/** The snapshot as it would be with the edits applied. */
export function applyEdits(snapshot: IamSnapshot, principal: IamPrincipal, edits: readonly PolicyEdit[]): IamSnapshot {
	const changed = edits.filter(({outcome}) => outcome === 'edited' || outcome === 'removed' || outcome === 'replaced');
	const documents = new Map(changed.filter(({outcome, arn}) => outcome === 'edited' && arn !== null).map(({arn, after}) => [arn, after[0]?.document]));
	const created = changed.filter(({outcome}) => outcome === 'replaced').flatMap(({after}) => after);

	const apply = <Kind extends Holder>(holder: Kind): Kind => {
		const here = changed.filter(({places}) => places.some(place => place.kind === kindOf(holder) && place.name === holder.name));
		if (here.length === 0) {
			return holder;
		}

		const attached: AttachedPolicy[] = here.filter(({outcome}) => outcome === 'replaced')
			.flatMap(({after}) => after.map(({name}) => ({name, arn: newPolicyArn(snapshot, principal, name)})));
		const gone = new Set(here.filter(({outcome}) => outcome !== 'edited').map(({arn}) => arn));
		return {
			...holder,
			inlinePolicies: holder.inlinePolicies.flatMap(policy => {
				const edit = here.find(({kind, name}) => kind === 'inline' && name === policy.name);
				return edit === undefined ? [policy] : (edit.outcome === 'edited' ? edit.after : []);
			}),
			attachedPolicies: [...holder.attachedPolicies.filter(({arn}) => !gone.has(arn)), ...attached],
		};
	};

	return {
		...snapshot,
		users: snapshot.users.map(user => apply(user)),
		roles: snapshot.roles.map(role => apply(role)),
		groups: snapshot.groups.map(group => apply(group)),
		policies: [
			...snapshot.policies.map((policy): ManagedPolicy => documents.has(policy.arn) ? {...policy, document: documents.get(policy.arn)} : policy),
			...managedOf(snapshot, principal, created),
		],
	};
}

const managedOf = (snapshot: IamSnapshot, principal: IamPrincipal, documents: readonly NamedDocument[]): ManagedPolicy[] =>
	documents.map(({name, document}) => ({name, arn: newPolicyArn(snapshot, principal, name), document}));

/** The snapshot as it would be with new policies in the place of all that a principal has of its own and through groups. */
export function replaceAll(snapshot: IamSnapshot, principal: IamPrincipal, policies: {readonly form: 'inline' | 'managed'; readonly documents: readonly NamedDocument[]}): IamSnapshot {
	const bare = {inlinePolicies: policies.form === 'inline' ? policies.documents : [], attachedPolicies: policies.form === 'inline' ? [] : managedOf(snapshot, principal, policies.documents)};
	return {
		...snapshot,
		users: snapshot.users.map(user => user.arn === principal.arn ? {...user, ...bare, groups: []} : user),
		roles: snapshot.roles.map(role => role.arn === principal.arn ? {...role, ...bare} : role),
		policies: [...snapshot.policies, ...policies.form === 'managed' ? managedOf(snapshot, principal, policies.documents) : []],
	};
}

/** A user or role of a snapshot by ARN; undefined where there is none. */
export function principalOf(snapshot: IamSnapshot, arn: string): IamPrincipal | undefined {
	return [...snapshot.users, ...snapshot.roles].find(principal => principal.arn === arn);
}

/** How many managed policies are attached to each holder of a principal that has too many for the default quota, in words. */
export function tooManyAttached(snapshot: IamSnapshot, principal: IamPrincipal, limit: number): readonly string[] {
	return holdersOf(principal, snapshot).filter(([holder]) => holder.attachedPolicies.length > limit)
		.map(([holder, {kind, name}]) => `${kind} ${name} would have ${holder.attachedPolicies.length} managed policies attached; the default quota is ${limit}`);
}
