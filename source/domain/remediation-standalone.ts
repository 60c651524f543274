import type {ActionSet} from './action-set.js';
import {coversEveryResource, parsePolicy, type Statement} from './policy.js';
import {attachedLimit, documentOf, inlineLimit, managedLimit, policySize, splitStatements} from './policy-size.js';
import {takeApart, type EditTools, type RawStatement} from './remediation-document.js';
import {createNamer, type NamedDocument} from './remediation-edits.js';
import {packPatterns, type PatternTaste} from './remediation-patterns.js';
import {reachingPolicies} from './remediation-places.js';
import type {IamPrincipal, IamSnapshot} from './snapshot.js';

/** A new policy, or as many as it takes, in place of all that a principal has. */
export type StandalonePolicy = {
	readonly form: 'inline' | 'managed';
	readonly documents: readonly NamedDocument[];
	/** Characters that each document may have. */
	readonly limit: number;
	/** Whether they are within IAM's sizes and the default number of attached policies. */
	readonly fits: boolean;
	/** What can be done where they do not fit, in words. */
	readonly options: readonly string[];
};

/** What the new policy is to allow. */
export type StandaloneWish = {
	readonly kept: ActionSet;
	/** What a wildcard may keep beside, where it does not fit without. */
	readonly tolerated: ActionSet;
};

/** Statements of the old policies that allow on the same resources under the same condition. */
type Group = {
	readonly template: RawStatement;
	/** All that they reach. */
	readonly reach: ActionSet;
	readonly unknown: Set<string>;
	/** On every resource, without a condition. */
	readonly open: boolean;
};

const currentVersion = '2012-10-17';

/**
Without Version 2012-10-17 "${aws:username}" is plain text. In a policy of that version "${$}" stands for a "$" that begins no variable.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
*/
function literal(value: unknown): unknown {
	if (typeof value === 'string') {
		return value.replaceAll('${', () => '${$}{'); // eslint-disable-line no-template-curly-in-string
	}

	if (Array.isArray(value)) {
		return value.map(item => literal(item));
	}

	return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)])) : value;
}

type Placed = {readonly raw: RawStatement; readonly statement: Statement};

/** The statements that count of every policy that reaches the principal, as they would stand in a policy of the current version. */
function statementsOf(principal: IamPrincipal, snapshot: IamSnapshot): readonly Placed[] {
	return reachingPolicies(principal, snapshot).flatMap(({document}) => {
		const {statements} = parsePolicy(document);
		const {elements, statements: raw} = takeApart(document);
		return statements.map((statement): Placed => {
			const written = raw[statement.index] ?? {};
			const isLiteral = (key: string): boolean => elements.Version !== currentVersion && ['Resource', 'NotResource', 'Condition'].includes(key);
			const fields = Object.fromEntries(Object.entries(written).map(([key, value]) => [key, isLiteral(key) ? literal(value) : value]));
			return {raw: fields, statement};
		});
	});
}

/** Where and when a statement allows: what must stay as it is. */
function templateOf({raw, statement}: Placed): RawStatement {
	return {
		...raw.NotResource === undefined ? {Resource: coversEveryResource(statement) ? '*' : raw.Resource} : {NotResource: raw.NotResource},
		...statement.conditional ? {Condition: raw.Condition} : {},
	};
}

function groupsOf({expand, match}: EditTools, statements: readonly Placed[]): readonly Group[] {
	const groups = new Map<string, Group>();
	for (const placed of statements.filter(({statement}) => statement.effect === 'Allow')) {
		const template = templateOf(placed);
		const key = JSON.stringify(template);
		const reach = expand(placed.statement);
		const group = groups.get(key) ?? {template, reach: reach.clone(), unknown: new Set<string>(), open: template.Resource === '*' && !placed.statement.conditional};
		group.reach.unionWith(reach);
		for (const action of placed.statement.actions ?? []) {
			if (match(action) === undefined) {
				group.unknown.add(action);
			}
		}

		groups.set(key, group);
	}

	return [...groups.values()];
}

type Packing = {readonly taste: PatternTaste; readonly beside: ActionSet};

function allowStatements({catalog}: EditTools, groups: readonly Group[], kept: ActionSet, {taste, beside}: Packing): readonly RawStatement[] {
	const open = groups.find(group => group.open);
	return groups.flatMap(group => {
		const reached = group.reach.intersect(kept);
		// What is allowed everywhere and always needs no second statement.
		const required = open && group !== open ? reached.minus(open.reach) : reached;
		const permitted = group.reach.intersect(kept.union(beside));
		const actions = [...packPatterns(catalog, required, {permitted, taste}), ...group.unknown];
		return actions.length === 0 ? [] : [{Effect: 'Allow', Action: actions, ...group.template}];
	});
}

type Draft = Omit<StandalonePolicy, 'options' | 'documents'> & {readonly documents: ReadonlyArray<readonly RawStatement[]>};

function draft(principal: IamPrincipal, statements: readonly RawStatement[]): Draft {
	const inline = inlineLimit(principal.kind);
	if (statements.length === 0) {
		return {form: 'inline', documents: [], limit: inline, fits: true};
	}

	if (policySize(documentOf(currentVersion, statements)) <= inline) {
		return {form: 'inline', documents: [statements], limit: inline, fits: true};
	}

	const documents = splitStatements(currentVersion, statements, managedLimit);
	return {form: 'managed', documents: documents ?? [statements], limit: managedLimit, fits: documents !== undefined && documents.length <= attachedLimit.byDefault};
}

function optionsFor({documents, fits}: Draft): readonly string[] {
	if (fits) {
		return [];
	}

	return [
		...documents.length > 1 && documents.length <= attachedLimit.atMost ? [`ask AWS to raise the quota of attached managed policies from ${attachedLimit.byDefault} to ${documents.length}`] : [],
		'mark more for removal, "?" rows among it: a permission about which the log is silent takes as much room as a used one',
		'split the principal: a role for each task needs few permissions',
		'take the edited policies instead of a new one',
	];
}

/**
A new least-privilege policy: the kept actions on the resources and under the conditions of the statements that grant them, with every Deny as it is.
Exact where that fits; else in shorter patterns, else with wildcards that keep some of the tolerated actions too.
*/
export function standalonePolicy(tools: EditTools, snapshot: IamSnapshot, principal: IamPrincipal, wish: StandaloneWish): StandalonePolicy {
	const nameFor = createNamer(snapshot);
	const statements = statementsOf(principal, snapshot);
	const groups = groupsOf(tools, statements);
	const denials = [...new Map(statements.filter(({statement}) => statement.effect === 'Deny').map(({raw}) => [JSON.stringify(raw), withoutSid(raw)])).values()];
	const nothing = wish.kept.minus(wish.kept);
	const packings: readonly Packing[] = [
		{taste: 'specific', beside: nothing},
		{taste: 'short', beside: nothing},
		...wish.tolerated.minus(wish.kept).isEmpty() ? [] : [{taste: 'short', beside: wish.tolerated} as const],
	];
	let best: Draft | undefined;
	for (const packing of packings) {
		const allowed = allowStatements(tools, groups, wish.kept, packing);
		const tried = draft(principal, allowed.length === 0 ? [] : [...allowed, ...denials]);
		best = best === undefined || tried.fits || tried.documents.length < best.documents.length ? tried : best;
		if (tried.fits) {
			break;
		}
	}

	const chosen = best ?? draft(principal, []);
	return {
		...chosen,
		documents: chosen.documents.map(list => ({name: nameFor(`${principal.name}-least-privilege`), document: documentOf(currentVersion, list)})),
		options: optionsFor(chosen),
	};
}

/** Sids of several policies may be the same, which one policy may not hold. */
function withoutSid(raw: RawStatement): RawStatement {
	const {Sid: _, ...rest} = raw;
	return rest;
}
