import {ActionSet} from '../domain/action-set.js';
import type {Catalog} from '../domain/action.js';
import {createPatternMatcher, addMatch} from '../domain/action-pattern.js';
import type {ActionRow} from '../domain/diff.js';
import type {EventMapping} from '../domain/event-mapping.js';
import type {ServiceControlPolicies} from '../domain/grants.js';
import {jsonDiff, type DiffLine} from '../domain/json-diff.js';
import {policySize} from '../domain/policy-size.js';
import {remediate, type Checked} from '../domain/remediation.js';
import type {GrantCheck} from '../domain/remediation-check.js';
import type {NamedDocument, PolicyEdit} from '../domain/remediation-edits.js';
import {principalOf} from '../domain/remediation-snapshot.js';
import {exportFiles, type ExportFile} from '../domain/remediation-script.js';
import {editSteps, standaloneSteps} from '../domain/remediation-steps.js';
import {replay, type Replay} from '../domain/replay.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {UsageRow} from '../domain/usage.js';
import {UserError} from '../lib/errors.js';

export type {ExportFile} from '../domain/remediation-script.js';
export type {Replay} from '../domain/replay.js';

/** A check of grants in the names of actions; every list empty is as it should be. */
export type NamedCheck = {readonly [Key in keyof GrantCheck]: readonly string[]};

/** What becomes of one policy, to be shown. */
export type PolicyChange = Pick<PolicyEdit, 'kind' | 'name' | 'arn' | 'places' | 'outcome' | 'notes'> & {
	readonly before: unknown;
	readonly after: ReadonlyArray<NamedDocument & {readonly size: number}>;
	/** Before and after laid over each other; a policy that is removed or replaced by several goes whole. */
	readonly diff: readonly DiffLine[];
	readonly alsoAffects: ReadonlyArray<{readonly arn: string; readonly name: string; readonly kind: 'user' | 'role'}>;
};

/** Taking the marked actions from one principal: what becomes of its policies, what the log says to that, and how it is done. */
export type RemediationPlan = {
	readonly arn: string;
	readonly name: string;
	readonly kind: 'user' | 'role';
	/** The actions that go, in canonical spelling. */
	readonly removed: readonly string[];
	/** Of those, the ones that leave no event in this trail: the replay cannot vouch for them. */
	readonly silent: readonly string[];
	/** Why nothing can be edited in IAM; null where it can. */
	readonly notEditable: string | null;
	readonly policies: readonly PolicyChange[];
	readonly check: NamedCheck;
	readonly replay: Replay;
	readonly notes: readonly string[];
	/** A new least-privilege policy in place of all of them: what was used, and what the log cannot tell unless it was marked. */
	readonly standalone: {
		readonly form: 'inline' | 'managed';
		readonly documents: ReadonlyArray<NamedDocument & {readonly size: number}>;
		readonly limit: number;
		readonly fits: boolean;
		readonly options: readonly string[];
		/** Actions that its wildcards keep beside. */
		readonly extras: readonly string[];
		readonly check: NamedCheck;
		readonly replay: Replay;
	};
	/** Files of policies and AWS CLI commands: the edits under "edit/", the new policy under "least-privilege/". */
	readonly files: readonly ExportFile[];
};

/** What plans of one account are made of. */
export type PlannerInput = {
	readonly snapshot: IamSnapshot;
	readonly catalog: Catalog;
	readonly serviceControlPolicies: ServiceControlPolicies | undefined;
	readonly rows: readonly UsageRow[];
	readonly mapEvent: (row: UsageRow) => EventMapping;
};

const idsOf = (catalog: Catalog, rows: readonly ActionRow[]): ActionSet =>
	ActionSet.of(catalog.size, rows.map(({action}) => catalog.idOf(action)).filter(id => id !== undefined));

/**
The rows that words mark: "unused" for every `-`, an action, a pattern ("s3:Get*"), a service ("s3"); in any case. Throws UserError for a word
that marks nothing that is granted.
*/
export function markedRows(catalog: Catalog, rows: readonly ActionRow[], words: readonly string[]): readonly ActionRow[] {
	const granted = rows.filter(({verdict}) => verdict !== 'ungranted');
	const match = createPatternMatcher(catalog);
	const marked = new Set<ActionRow>();
	const byName = new Map(granted.map(row => [row.lower, row]));
	for (const word of words) {
		// The screen names thousands: a name needs no look at all the others.
		const exact = byName.get(word.toLowerCase());
		if (exact) {
			marked.add(exact);
			continue;
		}

		const found = word === 'unused' ? undefined : match(word.includes(':') || word === '*' ? word : `${word}:*`);
		const set = new ActionSet(catalog.size);
		if (found) {
			addMatch(set, found);
		}

		const chosen = granted.filter(({action, verdict}) => word === 'unused' ? verdict === 'unused' : set.has(catalog.idOf(action) ?? -1));
		if (chosen.length === 0 && word !== 'unused') {
			throw new UserError(`"${word}" marks nothing that is granted`, {hint: 'give "unused", an action (s3:DeleteBucket), a pattern (s3:Delete*) or a service (s3)'});
		}

		for (const row of chosen) {
			marked.add(row);
		}
	}

	return [...marked];
}

/** Makes a plan of a user or role of the snapshot: `rows` are all its actions, `marked` those that go. Throws RangeError for an ARN that is not there. */
export function planRemediation(planner: PlannerInput, arn: string, actions: {readonly rows: readonly ActionRow[]; readonly marked: readonly ActionRow[]}): RemediationPlan {
	const {snapshot, catalog, serviceControlPolicies, rows, mapEvent} = planner;
	const principal = principalOf(snapshot, arn);
	if (!principal) {
		throw new RangeError(`no user or role ${arn} in account ${snapshot.accountId}`);
	}

	const idsBy = (verdict: ActionRow['verdict']): ActionSet => idsOf(catalog, actions.rows.filter(row => row.verdict === verdict));
	const found = remediate({
		snapshot, catalog, serviceControlPolicies, principal, marked: idsOf(catalog, actions.marked), used: idsBy('used'), unknown: idsBy('unknown'),
	});
	const namesOf = (set: ActionSet): readonly string[] => [...set.ids()].map(id => catalog.at(id).name);
	const named = ({check}: Checked): NamedCheck => ({
		stillGranted: namesOf(check.stillGranted), lost: namesOf(check.lost), usedLost: namesOf(check.usedLost), gained: namesOf(check.gained), unknownLost: check.unknownLost,
	});
	const played = ({losses}: Checked): Replay => replay({snapshot, rows, catalog, mapEvent, losses});
	const sized = (documents: readonly NamedDocument[]) => documents.map(({name, document}) => ({name, document, size: policySize(document)}));
	const account = {snapshot, principal};
	const under = (folder: string, files: readonly ExportFile[]): ExportFile[] => files.map(({path, text}) => ({path: `${folder}/${path}`, text}));
	const about = (what: string): string => `${what} of ${principal.kind} ${principal.name} in account ${snapshot.accountId}`;
	return {
		arn, name: principal.name, kind: principal.kind,
		removed: namesOf(found.marked),
		silent: namesOf(found.marked.intersect(idsBy('unknown'))),
		notEditable: found.notEditable,
		policies: found.edits.map(({kind, name, arn: policyArn, places, outcome, notes, document, after, alsoAffects}) => ({
			kind, name, arn: policyArn, places, outcome, notes, before: document, after: sized(after),
			diff: outcome === 'unchanged' || outcome === 'too-large' || outcome === 'unreadable' ? [] : jsonDiff(document, after.length === 1 ? after[0]?.document : null),
			alsoAffects: alsoAffects.map(other => ({arn: other.arn, name: other.name, kind: other.kind})),
		})),
		check: named(found.edited),
		replay: played(found.edited),
		notes: found.notes,
		standalone: {
			form: found.standalone.form, documents: sized(found.standalone.documents), limit: found.standalone.limit,
			fits: found.standalone.fits, options: found.standalone.options, extras: namesOf(found.extras),
			check: named(found.standing), replay: played(found.standing),
		},
		files: [
			...under('edit', exportFiles(editSteps(found.edits, account), snapshot.accountId, about('the smallest edit of the policies'))),
			...found.notEditable === null && found.standalone.fits && found.standalone.documents.length > 0
				? under('least-privilege', exportFiles(standaloneSteps(found.standalone, account), snapshot.accountId, about('a new policy in place of all')))
				: under('least-privilege', found.standalone.documents.map(({document}, index) => ({path: `policy-${index + 1}.json`, text: `${JSON.stringify(document, null, 4)}\n`}))),
		],
	};
}
