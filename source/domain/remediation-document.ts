import type {Catalog} from './action.js';
import {ActionSet} from './action-set.js';
import {addMatch, createPatternMatcher, matchesEverything, type PatternMatcher} from './action-pattern.js';
import {createExpander} from './compiled-policy.js';
import {parsePolicy, type Statement} from './policy.js';
import {packPatterns} from './remediation-patterns.js';

/** A statement as it stands in a document. */
export type RawStatement = Readonly<Record<string, unknown>>;

/**
How a statement that allows by `*` or NotAction loses actions: `open` lists what is taken out under NotAction, which keeps all that the catalog does
not know; `closed` lists what stays under Action, which does not.
*/
export type EditForm = 'open' | 'closed';

/** A document without the marked actions. */
export type EditedDocument = {
	/** Null when no statement is left. */
	readonly document: unknown;
	readonly changed: boolean;
	/** Whether a statement that allowed by `*` or NotAction lists its actions now: what the catalog does not know is no longer allowed. */
	readonly closed: boolean;
};

/** What edits need of a catalog. */
export type EditTools = {
	readonly catalog: Catalog;
	readonly match: PatternMatcher;
	/** The catalog actions that a statement speaks of; a set of its own each time. */
	readonly expand: (statement: Statement) => ActionSet;
};

/** A document taken apart: its elements and its statements as they stand there; nothing of what is no JSON object. */
export function takeApart(document: unknown): {readonly elements: RawStatement; readonly statements: readonly RawStatement[]; readonly single: boolean} {
	const elements = isRaw(document) ? document : {};
	const list: readonly unknown[] = Array.isArray(elements.Statement) ? elements.Statement : [elements.Statement];
	return {elements, statements: list.map(value => isRaw(value) ? value : {}), single: !Array.isArray(elements.Statement)};
}

function isRaw(value: unknown): value is RawStatement {
	return typeof value === 'object' && value !== null;
}

/** The tools for one catalog. */
export function createEditTools(catalog: Catalog): EditTools {
	const match = createPatternMatcher(catalog);
	return {catalog, match, expand: createExpander(catalog, match)};
}

/** A document without the marked actions: each Allow statement loses them and nothing else, Deny statements stay as they are. */
export function editDocument(tools: EditTools, document: unknown, marked: ActionSet, form: EditForm): EditedDocument {
	const {statements} = parsePolicy(document);
	const touched = statements.filter(statement => statement.effect === 'Allow' && !tools.expand(statement).intersect(marked).isEmpty());
	if (touched.length === 0) {
		return {document, changed: false, closed: false};
	}

	const byIndex = new Map(touched.map(statement => [statement.index, statement]));
	const {elements, statements: raw, single} = takeApart(document);
	const edited = raw.flatMap((value, index) => {
		const statement = byIndex.get(index);
		return statement ? editStatement(tools, value, statement, {marked, form}) : [value];
	});
	// Element by element, so that the document keeps its order.
	const written = single && edited.length === 1 ? edited[0] : edited;
	const after = Object.fromEntries(Object.entries(elements).map(([key, value]) => [key, key === 'Statement' ? written : value]));
	return {
		document: edited.length === 0 ? null : after,
		changed: true,
		closed: form === 'closed' && touched.some(statement => isOpen(statement)),
	};
}

/** Whether a statement reaches what it does not name. */
function isOpen({actions}: Statement): boolean {
	return actions === null || actions.some(action => matchesEverything(action));
}

type Change = {readonly marked: ActionSet; readonly form: EditForm};

function editStatement(tools: EditTools, raw: RawStatement, statement: Statement, change: Change): readonly RawStatement[] {
	if (!isOpen(statement)) {
		return withActions(raw, 'Action', editPatterns(tools, statement.actions ?? [], change.marked));
	}

	const {catalog, match, expand} = tools;
	const named = (statement.actions ?? []).filter(action => !matchesEverything(action));
	const kept = expand(statement).minusWith(change.marked);
	if (change.form === 'closed') {
		return withActions(raw, 'Action', [...packPatterns(catalog, kept), ...named.filter(action => match(action) === undefined)]);
	}

	const everything = expand({...statement, actions: statement.actions && ['*'], notActions: statement.notActions});
	const taken = everything.intersect(change.marked);
	const open = everything.minusWith(change.marked);
	// All that the catalog knows of it is marked: then the rest of it is nothing that could be told.
	const first = open.isEmpty() ? [] : withActions(raw, 'NotAction', [...statement.notActions ?? [], ...packPatterns(catalog, taken, {permitted: open.complement()})]);
	// What was named beside the "*" and is not reached by it stands on its own.
	const beside = editPatterns(tools, named, change.marked).filter(action => {
		const found = match(action);
		return found === undefined || !addedTo(catalog, found).minusWith(open).isEmpty();
	});
	const {Sid: _, ...unnamed} = raw;
	return [...first, ...withActions(first.length === 0 ? raw : unnamed, 'Action', beside)];
}

const addedTo = (catalog: Catalog, match: Parameters<typeof addMatch>[1]): ActionSet => {
	const set = new ActionSet(catalog.size);
	addMatch(set, match);
	return set;
};

/** The patterns without the marked actions: those that reach none stay as they are written, the others become the fewest that cover the rest of them. */
function editPatterns({catalog, match}: EditTools, patterns: readonly string[], marked: ActionSet): readonly string[] {
	const reached = patterns.map(pattern => {
		const found = match(pattern);
		return found && addedTo(catalog, found);
	});
	const isTouched = (set: ActionSet | undefined): boolean => set !== undefined && !set.intersect(marked).isEmpty();
	const all = new ActionSet(catalog.size);
	const covered = new ActionSet(catalog.size);
	for (const set of reached) {
		if (set) {
			all.unionWith(set);
			covered.unionWith(isTouched(set) ? new ActionSet(catalog.size) : set);
		}
	}

	const permitted = all.minusWith(marked);
	return patterns.flatMap((pattern, index) => {
		const set = reached[index];
		if (set === undefined || !isTouched(set)) {
			return [pattern];
		}

		const left = set.minus(marked).minusWith(covered);
		covered.unionWith(left);
		return packPatterns(catalog, left, {permitted});
	});
}

/** The statement with its list of actions replaced, in its place; none where the list is empty. A single action that was a text stays one. */
function withActions(raw: RawStatement, element: 'Action' | 'NotAction', patterns: readonly string[]): readonly RawStatement[] {
	if (patterns.length === 0) {
		return [];
	}

	const before = 'Action' in raw ? raw.Action : raw.NotAction;
	const value = patterns.length === 1 && !Array.isArray(before) ? patterns[0] : patterns;
	return [Object.fromEntries(Object.entries(raw).map(([key, content]) => key === 'Action' || key === 'NotAction' ? [element, value] : [key, content]))];
}
