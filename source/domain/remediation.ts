import type {Catalog} from './action.js';
import type {ActionSet} from './action-set.js';
import {createPolicyCompiler} from './compiled-policy.js';
import {createGrantEvaluator, type PrincipalGrants, type ServiceControlPolicies} from './grants.js';
import {attachedLimit} from './policy-size.js';
import {checkGrants, type GrantCheck} from './remediation-check.js';
import {createEditTools} from './remediation-document.js';
import {editPolicies, type PolicyEdit} from './remediation-edits.js';
import {notEditable, reachingPolicies} from './remediation-places.js';
import {applyEdits, principalOf, replaceAll, tooManyAttached} from './remediation-snapshot.js';
import {standalonePolicy, type StandalonePolicy} from './remediation-standalone.js';
import type {Loss} from './replay.js';
import type {IamPrincipal, IamSnapshot} from './snapshot.js';

export type RemediationInput = {
	readonly snapshot: IamSnapshot;
	readonly catalog: Catalog;
	readonly serviceControlPolicies: ServiceControlPolicies | undefined;
	readonly principal: IamPrincipal;
	/** What is to go, by catalog id; what is not granted is left aside. */
	readonly marked: ActionSet;
	/** Granted and used. */
	readonly used: ActionSet;
	/** Granted, and the log's silence proves nothing: stays unless marked. */
	readonly unknown: ActionSet;
};

/** A way to take the marked actions away, evaluated again by the rules that gave the grants. */
export type Checked = {
	readonly check: GrantCheck;
	/** What each principal that it reaches would lose, the one that it is made for first. */
	readonly losses: readonly Loss[];
	/** The snapshot as it would be. */
	readonly snapshot: IamSnapshot;
};

export type Remediation = {
	/** What is to go, of what is granted. */
	readonly marked: ActionSet;
	/** Why nothing can be edited in IAM; null where it can. */
	readonly notEditable: string | null;
	/** The smallest edit of each policy that reaches the principal; none where nothing can be edited. */
	readonly edits: readonly PolicyEdit[];
	readonly edited: Checked;
	/** What the edits run into, in words. */
	readonly notes: readonly string[];
	/** A new policy in place of all that the principal has. */
	readonly standalone: StandalonePolicy;
	readonly standing: Checked;
	/** Actions that the new policy allows beside the kept ones: wildcards cover them. */
	readonly extras: ActionSet;
};

/** Whether a principal's policies allow an action outside the catalog, in lower case, going by the text. A Deny is not looked at. */
function allowsUnknown(catalog: Catalog, snapshot: IamSnapshot, principal: IamPrincipal): (lower: string) => boolean {
	const compile = createPolicyCompiler(catalog);
	const allows = reachingPolicies(principal, snapshot).flatMap(({document}) => compile(document).statements.filter(({statement}) => statement.effect === 'Allow'));
	return lower => allows.some(statement => statement.coversUnknown(lower));
}

type Evaluate = (principal: IamPrincipal) => PrincipalGrants;

function lossOf(principal: IamPrincipal, {snapshot, catalog}: RemediationInput, after: IamSnapshot, [before, now]: readonly [Evaluate, Evaluate]): Loss {
	const changed = principalOf(after, principal.arn) ?? principal;
	const {granted} = before(principal);
	const [allowed, allows] = [allowsUnknown(catalog, snapshot, principal), allowsUnknown(catalog, after, changed)];
	return {arn: principal.arn, granted, lost: granted.minus(now(changed).granted), losesUnknown: lower => allowed(lower) && !allows(lower)};
}

/** Evaluates a changed snapshot for the principal, and for the others that the change reaches. */
function checked(input: RemediationInput, after: IamSnapshot, kept: ActionSet, others: readonly IamPrincipal[]): Checked & {readonly granted: ActionSet} {
	const {snapshot, catalog, principal, serviceControlPolicies} = input;
	const before = createGrantEvaluator(snapshot, catalog, serviceControlPolicies);
	const now = createGrantEvaluator(after, catalog, serviceControlPolicies);
	const grants = now(principalOf(after, principal.arn) ?? principal);
	return {
		check: checkGrants(before(principal), grants, {marked: input.marked, kept, used: input.used}),
		losses: [principal, ...others].map(one => lossOf(one, input, after, [before, now])),
		snapshot: after,
		granted: grants.granted,
	};
}

/** What becomes of a principal's policies when the marked actions go: edited, and as a new least-privilege policy; both checked. */
export function remediate(given: RemediationInput): Remediation {
	const {snapshot, catalog, principal, serviceControlPolicies, unknown, used} = given;
	const grants = createGrantEvaluator(snapshot, catalog, serviceControlPolicies)(principal);
	const {granted} = grants;
	const marked = given.marked.intersect(granted);
	const input = {...given, marked};
	const tools = createEditTools(catalog);
	const closed = notEditable(principal);
	const edits = closed === null ? editPolicies(tools, snapshot, principal, marked) : [];
	const others = [...new Map(edits.flatMap(({alsoAffects}) => alsoAffects).map(one => [one.arn, one])).values()];
	const after = applyEdits(snapshot, principal, edits);
	const changed = principalOf(after, principal.arn) ?? principal;

	const kept = used.union(unknown).intersectWith(granted).minusWith(marked);
	const standalone = standalonePolicy(tools, snapshot, principal, {kept, tolerated: granted.minus(marked)});
	const standing = checked(input, replaceAll(snapshot, principal, standalone), kept, []);
	const edited = checked(input, after, granted.minus(marked), others);
	return {
		marked, notEditable: closed, edits, standalone, standing,
		// Where nothing can be edited here, the marks are played as if they were.
		edited: closed === null ? edited : {...edited, losses: edited.losses.map(loss => ({...loss, lost: marked}))},
		notes: [...grants.incomplete.map(text => `${text}: what it grants is not known and is not in the new policy`), ...tooManyAttached(after, changed, attachedLimit.byDefault)],
		extras: standing.granted.minus(kept),
	};
}
