import type {ActionSet} from './action-set.js';
import type {CompiledPolicy, CompiledStatement} from './compiled-policy.js';
import type {Grant} from './grants.js';

/** A policy where it takes effect: its words for the user, and how it reaches the principal. */
export type PlacedPolicy = {
	readonly compiled: CompiledPolicy;
	/** What it is called in a sentence: "policy X", "permissions boundary X", "service control policy X". */
	readonly label: string;
	/** What a grant through it says; null for service control policies, which grant nothing. */
	readonly origin: Pick<Grant, 'policy' | 'policyArn' | 'policyType' | 'via'> | null;
};

/** Policies of which one must allow an action: a boundary, a level of service control policies. */
export type Ceiling = {
	readonly policies: readonly PlacedPolicy[];
	/** What is said of an action that none of them allows. */
	readonly label: string;
};

/** "statement 2 (Sid)", counted from 1 as people do. */
export function statementWords(statement: {readonly index: number; readonly sid: string | null}): string {
	return `statement ${statement.index}${statement.sid ? ` (${statement.sid})` : ''}`;
}

/** Takes the full denials of the policies out of a set, in place. */
export function takeFullDenials(set: ActionSet, policies: readonly PlacedPolicy[]): void {
	for (const {compiled} of policies) {
		if (compiled.fullDeny) {
			set.minusWith(compiled.fullDeny);
		}
	}
}

/** Adds the partial denials of the policies to a set, in place. */
export function addPartialDenials(set: ActionSet, policies: readonly PlacedPolicy[]): void {
	for (const {compiled} of policies) {
		if (compiled.partialDeny) {
			set.unionWith(compiled.partialDeny);
		}
	}
}

/** Adds what the policies allow to a set, in place. */
export function addAllowed(set: ActionSet, policies: readonly PlacedPolicy[]): ActionSet {
	for (const {compiled} of policies) {
		set.unionWith(compiled.allow);
	}

	return set;
}

/** The Allow statements of the policies that reach an action. */
export function grantsThrough(policies: readonly PlacedPolicy[], id: number): Grant[] {
	return policies.flatMap(({compiled, origin}) => origin && compiled.allow.has(id)
		? compiled.statements
			.filter(({statement}) => statement.effect === 'Allow')
			.filter(statement => statement.reaches(id))
			.map(({statement}) => grantOf(origin, statement))
		: []);
}

/** The grant of one statement. */
export function grantOf(origin: NonNullable<PlacedPolicy['origin']>, statement: CompiledStatement['statement']): Grant {
	const {index, sid, conditional, resources, notResources} = statement;
	return {...origin, statement: index, sid, conditional, resources, notResources};
}

/** The denials of an action by the policies, in words. */
export function denialsBy(policies: readonly PlacedPolicy[], id: number): string[] {
	return policies.flatMap(({compiled, label}) => compiled.statements
		.filter(({statement}) => statement.effect === 'Deny')
		.filter(statement => statement.reaches(id))
		.map(({statement, deniesFully}) => `Deny in ${label}, ${statementWords(statement)}${deniesFully ? '' : partWords(statement)}`));
}

/** Whether a Deny of the policies takes an action away for every resource and in every case. */
export function isDeniedFully(policies: readonly PlacedPolicy[], id: number): boolean {
	return policies.some(({compiled}) => compiled.fullDeny?.has(id) ?? false);
}

/** Whether a ceiling lets an action through. */
export function allowsThrough(ceiling: Ceiling, id: number): boolean {
	return ceiling.policies.some(({compiled}) => compiled.allow.has(id));
}

/** Whether the denials of the policies certainly take away a pattern that the catalog does not know. */
export function denyUnknown(policies: readonly PlacedPolicy[], pattern: string): boolean {
	return policies.some(({compiled}) => compiled.statements.some(statement => statement.deniesFully && statement.coversUnknown(pattern)));
}

/** Whether a ceiling may allow a pattern that the catalog does not know. */
export function mayAllowUnknown(ceiling: Ceiling, pattern: string): boolean {
	return ceiling.policies.some(({compiled}) =>
		compiled.statements.some(compiledStatement => compiledStatement.statement.effect === 'Allow' && compiledStatement.mayReachUnknown(pattern)));
}

/** The statements of the policies that IAM would reject, in words. */
export function rejectionsOf(policies: readonly PlacedPolicy[]): string[] {
	return policies.flatMap(({compiled, label}) => compiled.problems.map(({statement, sid, reason}) =>
		`${label}${statement === null ? '' : `, ${statementWords({index: statement, sid})}`} ${reason}: IAM would reject it, so it is ignored`));
}

function partWords(statement: CompiledStatement['statement']): string {
	const narrow = !statement.resources?.includes('*');
	const limits = [...(narrow ? ['for some resources'] : []), ...(statement.conditional ? ['under a Condition'] : [])];
	return ` (${limits.join(', ')})`;
}
