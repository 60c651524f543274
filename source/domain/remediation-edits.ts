import type {ActionSet} from './action-set.js';
import {attachedLimit, documentOf, inlineLimit, managedLimit, policySize, splitStatements} from './policy-size.js';
import {editDocument, takeApart, type EditTools, type EditedDocument} from './remediation-document.js';
import {isReachedBy, reachingPolicies, type Place, type ReachingPolicy} from './remediation-places.js';
import type {IamPrincipal, IamSnapshot} from './snapshot.js';
import {plural} from './words.js';

/** A policy by its name. */
export type NamedDocument = {readonly name: string; readonly document: unknown};

/**
What becomes of one policy: `unchanged`; `edited` in place; `removed` (an inline policy deleted, a managed one detached: it allows nothing else);
`replaced` by customer managed policies, because nobody can edit it or it would be too large; `too-large` to be written at all; `unreadable`: not in the snapshot.
*/
export type PolicyEdit = ReachingPolicy & {
	readonly outcome: 'unchanged' | 'edited' | 'removed' | 'replaced' | 'too-large' | 'unreadable';
	/** What stands there afterwards: the edited policy, or those that replace it; none otherwise. */
	readonly after: readonly NamedDocument[];
	/** The other users and roles that the change reaches. */
	readonly alsoAffects: readonly IamPrincipal[];
	/** What is to be known before it is applied, in words. */
	readonly notes: readonly string[];
};

const closedNote = 'it allowed by "*" or NotAction and lists its actions now: actions that the catalog does not know are no longer allowed';

/** Names for new managed policies that the account does not use. IAM tells names apart without case. */
export function createNamer(snapshot: IamSnapshot): (wanted: string) => string {
	const taken = new Set(snapshot.policies.map(({name}) => name.toLowerCase()));
	return wanted => {
		for (let number = 1; ; number++) {
			// At most 128 characters: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
			const end = number === 1 ? '' : `-${number}`;
			const name = wanted.slice(0, 128 - end.length) + end;
			if (!taken.has(name.toLowerCase())) {
				taken.add(name.toLowerCase());
				return name;
			}
		}
	};
}

type Limits = {
	/** Characters that the policy may have in its place. */
	readonly inPlace: number;
	readonly editable: boolean;
};

/** An inline policy shares its holder's room with the others as they are. */
function limitsOf({kind, name, places}: ReachingPolicy, snapshot: IamSnapshot): Limits {
	const [place] = places;
	if (kind !== 'inline' || !place) {
		return {inPlace: managedLimit, editable: kind === 'customer-managed'};
	}

	const holders = {user: snapshot.users, role: snapshot.roles, group: snapshot.groups}[place.kind];
	const others = holders.find(holder => holder.name === place.name)?.inlinePolicies.filter(policy => policy.name !== name) ?? [];
	const used = others.reduce((sum, {document}) => sum + policySize(document), 0);
	return {inPlace: inlineLimit(place.kind) - used, editable: true};
}

type Rewritten = Pick<PolicyEdit, 'outcome' | 'after' | 'notes'>;

function replacements(policy: ReachingPolicy, forms: readonly EditedDocument[], nameFor: (wanted: string) => string): Rewritten {
	for (const {document, closed} of forms) {
		const {elements: {Version: version}, statements: list} = takeApart(document);
		const documents = splitStatements(version, list, managedLimit);
		if (documents && documents.length <= attachedLimit.byDefault) {
			return {
				outcome: 'replaced',
				after: documents.map(statements => ({name: nameFor(`${policy.name}-reduced`), document: documentOf(version, statements)})),
				notes: [
					policy.kind === 'aws-managed'
						? 'AWS keeps this policy and nobody else can edit it: copies without the marked actions take its place, and AWS\'s later updates do not reach them'
						: `without the marked actions it is too large for its place: ${plural(documents.length, 'managed policy').replace(/ys$/, 'ies')} take its place`,
					...closed ? [closedNote] : [],
				],
			};
		}
	}

	return {
		outcome: 'too-large', after: [],
		notes: [
			`without the marked actions it fits into no ${attachedLimit.byDefault} policies of ${managedLimit} characters, so it stays as it is`,
			'mark whole services rather than single actions, mark more, or take the new least-privilege policy instead',
		],
	};
}

function rewrite(tools: EditTools, policy: ReachingPolicy, marked: ActionSet, context: {readonly snapshot: IamSnapshot; readonly nameFor: (wanted: string) => string}): Rewritten {
	if (policy.document === null) {
		return {outcome: 'unreadable', after: [], notes: ['its document is not in the snapshot, so it stays as it is: what it allows is not known']};
	}

	const open = editDocument(tools, policy.document, marked, 'open');
	if (!open.changed) {
		return {outcome: 'unchanged', after: [], notes: []};
	}

	if (open.document === null) {
		return {outcome: 'removed', after: [], notes: []};
	}

	const {inPlace, editable} = limitsOf(policy, context.snapshot);
	const forms = [open, editDocument(tools, policy.document, marked, 'closed')];
	const fitting = editable && forms.find(({document}) => policySize(document) <= Math.max(inPlace, policySize(policy.document)));
	return fitting
		? {outcome: 'edited', after: [{name: policy.name, document: fitting.document}], notes: fitting.closed ? [closedNote] : []}
		: replacements(policy, forms, context.nameFor);
}

const othersReached = (policy: ReachingPolicy, outcome: PolicyEdit['outcome'], principal: IamPrincipal, snapshot: IamSnapshot): readonly IamPrincipal[] => {
	// Only an edit changes a managed policy itself; to detach or replace it changes its places.
	const reach = {arn: outcome === 'edited' ? policy.arn : null, places: policy.places};
	return ['edited', 'removed', 'replaced'].includes(outcome)
		? [...snapshot.users, ...snapshot.roles].filter(other => other.arn !== principal.arn && isReachedBy(other, snapshot, reach))
		: [];
};

const listed = (places: readonly Place[]): string => places.map(({kind, name}) => `${kind} ${name}`).join(', ');

function reachNotes({arn, places}: ReachingPolicy, outcome: PolicyEdit['outcome'], others: readonly IamPrincipal[], principal: IamPrincipal): readonly string[] {
	if (others.length === 0) {
		return [];
	}

	const groups = places.filter(({kind}) => kind === 'group');
	const isBoundary = outcome === 'edited' && [principal, ...others].some(({boundaryArn}) => arn !== null && boundaryArn === arn);
	const members = `${plural(others.length, 'other principal')} lose the marked actions too: ${others.map(({name}) => name).join(', ')}`;
	return [
		groups.length > 0 ? `it hangs on ${listed(groups)}: ${members}` : `it is shared: ${members}`,
		...isBoundary ? ['it is a permissions boundary as well: what it no longer allows is cut off there'] : [],
	];
}

/** What becomes of each policy that reaches a principal when the marked actions go: the smallest edit of each. */
export function editPolicies(tools: EditTools, snapshot: IamSnapshot, principal: IamPrincipal, marked: ActionSet): readonly PolicyEdit[] {
	const nameFor = createNamer(snapshot);
	return reachingPolicies(principal, snapshot).map((policy): PolicyEdit => {
		const rewritten = rewrite(tools, policy, marked, {snapshot, nameFor});
		const alsoAffects = othersReached(policy, rewritten.outcome, principal, snapshot);
		return {...policy, ...rewritten, alsoAffects, notes: [...rewritten.notes, ...reachNotes(policy, rewritten.outcome, alsoAffects, principal)]};
	});
}
