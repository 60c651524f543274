import type {Catalog} from './action.js';
import {ActionSet} from './action-set.js';
import {addMatch, coversText, createPatternMatcher, matchesEverything, type PatternMatcher} from './action-pattern.js';
import {arnServicesOf, mayApplyTo} from './arn-services.js';
import {coversEveryResource, parsePolicy, type PolicyProblem, type Statement} from './policy.js';

/** A policy document over one catalog: what it allows and denies, ready to be combined. Shared and never changed. */
export type CompiledPolicy = {
	readonly statements: readonly CompiledStatement[];
	/** Union of the Allow statements. */
	readonly allow: ActionSet;
	/** Taken away for every resource and in every case; null when nothing is. */
	readonly fullDeny: ActionSet | null;
	/** Denied for some resources or under a Condition; null when nothing is. */
	readonly partialDeny: ActionSet | null;
	/** Allowed action patterns, as written, that the catalog does not know. */
	readonly unknown: ReadonlyArray<{readonly action: string; readonly statement: Statement}>;
	/** One statement allows everything on every resource without a Condition. */
	readonly admin: boolean;
	readonly problems: readonly PolicyProblem[];
};

/** A statement and the catalog actions it speaks of. */
export class CompiledStatement {
	readonly statement: Statement;
	readonly #expand: (statement: Statement) => ActionSet;
	#actions: ActionSet | undefined;

	constructor(statement: Statement, expand: (statement: Statement) => ActionSet) {
		this.statement = statement;
		this.#expand = expand;
	}

	/** Whether the statement speaks of a catalog action. Expanded when first asked, and kept. */
	reaches(id: number): boolean {
		this.#actions ??= this.#expand(this.statement);
		return this.#actions.has(id);
	}

	/** A Deny without Condition that covers every resource. */
	get deniesFully(): boolean {
		return isFullDeny(this.statement);
	}

	/** Whether it certainly speaks of all that a pattern outside the catalog stands for. */
	coversUnknown(pattern: string): boolean {
		const {actions, notActions} = this.statement;
		return actions
			? actions.some(listed => coversText(listed, pattern))
			: !hasWildcard(pattern) && !notActions?.some(listed => coversText(listed, pattern));
	}

	/** Whether it may speak of anything that a pattern outside the catalog stands for. */
	mayReachUnknown(pattern: string): boolean {
		const {actions, notActions} = this.statement;
		return actions
			? actions.some(listed => coversText(listed, pattern) || (hasWildcard(pattern) && servicePart(listed) === servicePart(pattern)))
			: !notActions?.some(listed => coversText(listed, pattern));
	}
}

/** A compiler of policy documents over one catalog; documents with the same text are compiled once. */
export function createPolicyCompiler(catalog: Catalog): (document: unknown) => CompiledPolicy {
	const match = createPatternMatcher(catalog);
	const expand = createExpander(catalog, match);
	const byObject = new WeakMap<WeakKey, CompiledPolicy>();
	const byText = new Map<string, CompiledPolicy>();
	return document => {
		const key = typeof document === 'object' && document !== null ? document : undefined;
		const known = key && byObject.get(key);
		if (known) {
			return known;
		}

		const text = textOf(document);
		const compiled = (text === undefined ? undefined : byText.get(text)) ?? compile(document, catalog, match, expand);
		if (text !== undefined) {
			byText.set(text, compiled);
		}

		if (key) {
			byObject.set(key, compiled);
		}

		return compiled;
	};
}

function compile(document: unknown, catalog: Catalog, match: PatternMatcher, expand: (statement: Statement) => ActionSet): CompiledPolicy {
	const {statements, problems} = parsePolicy(document);
	const unionOf = (chosen: readonly Statement[]): ActionSet => {
		const union = new ActionSet(catalog.size);
		for (const statement of chosen) {
			union.unionWith(expand(statement));
		}

		return union;
	};

	const allows = statements.filter(statement => statement.effect === 'Allow');
	const denies = statements.filter(statement => statement.effect === 'Deny');
	const full = denies.filter(statement => isFullDeny(statement));
	const partial = denies.filter(statement => !isFullDeny(statement));
	return {
		statements: statements.map(statement => new CompiledStatement(statement, expand)),
		allow: unionOf(allows),
		fullDeny: full.length === 0 ? null : unionOf(full),
		partialDeny: partial.length === 0 ? null : unionOf(partial),
		unknown: allows.flatMap(statement => (statement.actions ?? [])
			.filter(action => match(action) === undefined)
			.map(action => ({action, statement}))),
		admin: allows.some(statement => !statement.conditional && coversEveryResource(statement)
			&& statement.actions?.some(action => matchesEverything(action))),
		problems,
	};
}

/** From a statement to its catalog actions, whatever its effect. */
export function createExpander(catalog: Catalog, match: PatternMatcher): (statement: Statement) => ActionSet {
	/** All actions but those of services that the statement's resources certainly do not belong to. */
	const everythingFor = (statement: Statement): ActionSet => {
		const arnServices = arnServicesOf(statement.resources);
		if (!arnServices) {
			return ActionSet.all(catalog.size);
		}

		const set = new ActionSet(catalog.size);
		for (const service of catalog.services) {
			const range = catalog.serviceRange(service);
			if (range && mayApplyTo(service, arnServices)) {
				set.addRange(...range);
			}
		}

		return set;
	};

	const listed = (patterns: readonly string[]): ActionSet => {
		const set = new ActionSet(catalog.size);
		for (const pattern of patterns) {
			const found = match(pattern);
			if (found) {
				addMatch(set, found);
			}
		}

		return set;
	};

	return statement => {
		if (!statement.actions) {
			return everythingFor(statement).minusWith(listed(statement.notActions ?? []));
		}

		const named = statement.actions.filter(action => !matchesEverything(action));
		const set = listed(named);
		return named.length === statement.actions.length ? set : set.unionWith(everythingFor(statement));
	};
}

/** The document as a cache key; undefined for one that has none, such as one nested thousands deep. */
function textOf(document: unknown): string | undefined {
	try {
		return JSON.stringify(document);
	} catch {
		return undefined;
	}
}

function isFullDeny(statement: Statement): boolean {
	return statement.effect === 'Deny' && !statement.conditional && coversEveryResource(statement);
}

function hasWildcard(pattern: string): boolean {
	return /[*?]/.test(pattern);
}

function servicePart(pattern: string): string {
	return pattern.slice(0, pattern.indexOf(':')).toLowerCase();
}
