import type {NamedDocument, PolicyEdit} from './remediation-edits.js';
import type {Place} from './remediation-places.js';
import {newPolicyArn} from './remediation-snapshot.js';
import type {StandalonePolicy} from './remediation-standalone.js';
import type {IamPrincipal, IamSnapshot} from './snapshot.js';

/**
One change in IAM and its exact reversal. `create` makes a managed policy, `version` a new default version of one; the others are what their names say.
*/
export type Step
	= | {readonly kind: 'put-inline'; readonly place: Place; readonly name: string; readonly before: unknown; readonly after: unknown}
		| {readonly kind: 'delete-inline'; readonly place: Place; readonly name: string; readonly before: unknown}
		| {readonly kind: 'new-inline'; readonly place: Place; readonly name: string; readonly after: unknown}
		| {readonly kind: 'version'; readonly arn: string; readonly name: string; readonly before: unknown; readonly after: unknown}
		| {readonly kind: 'create'; readonly arn: string; readonly name: string; readonly after: unknown}
		| {readonly kind: 'attach'; readonly place: Place; readonly arn: string}
		| {readonly kind: 'detach'; readonly place: Place; readonly arn: string}
		| {readonly kind: 'leave-group'; readonly user: string; readonly group: string};

type Account = {readonly snapshot: IamSnapshot; readonly principal: IamPrincipal};

/** What is new comes before what is old goes: nothing is missing in between. */
function replacing({snapshot, principal}: Account, places: readonly Place[], documents: readonly NamedDocument[]): Step[] {
	return documents.flatMap(({name, document}): Step[] => {
		const arn = newPolicyArn(snapshot, principal, name);
		return [{kind: 'create', arn, name, after: document}, ...places.map((place): Step => ({kind: 'attach', place, arn}))];
	});
}

function removing({arn, name, places, document}: PolicyEdit): Step[] {
	return places.map((place): Step => arn === null ? {kind: 'delete-inline', place, name, before: document} : {kind: 'detach', place, arn});
}

function stepsOf(edit: PolicyEdit, account: Account): Step[] {
	const {arn, name, places, document, after} = edit;
	switch (edit.outcome) {
		case 'edited': {
			return arn === null
				? places.map((place): Step => ({kind: 'put-inline', place, name, before: document, after: after[0]?.document}))
				: [{kind: 'version', arn, name, before: document, after: after[0]?.document}];
		}

		case 'removed': {
			return removing(edit);
		}

		case 'replaced': {
			return [...replacing(account, places, after), ...removing(edit)];
		}

		case 'unchanged':
		case 'too-large':
		case 'unreadable': {
			return [];
		}
	}
}

/** The changes in IAM that make the edits, in an order in which no kept action is missing in between. */
export function editSteps(edits: readonly PolicyEdit[], account: Account): readonly Step[] {
	return edits.flatMap(edit => stepsOf(edit, account));
}

/** The changes in IAM that put a new policy in the place of all that a principal has of its own and through groups. */
export function standaloneSteps({form, documents}: StandalonePolicy, account: Account): readonly Step[] {
	const {principal} = account;
	const place: Place = {kind: principal.kind, name: principal.name};
	const made: Step[] = form === 'managed'
		? replacing(account, [place], documents)
		: documents.map(({name, document}): Step => ({kind: 'new-inline', place, name, after: document}));
	return [
		...made,
		...principal.attachedPolicies.map(({arn}): Step => ({kind: 'detach', place, arn})),
		...principal.inlinePolicies.map(({name, document}): Step => ({kind: 'delete-inline', place, name, before: document})),
		...principal.kind === 'user' ? principal.groups.map((group): Step => ({kind: 'leave-group', user: principal.name, group})) : [],
	];
}
