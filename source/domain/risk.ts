import {riskyActions, type RiskKind} from '../data/risky-actions.js';
import type {Catalog} from './action.js';
import {ActionSet} from './action-set.js';

export type {RiskKind} from '../data/risky-actions.js';

/** What an action is known for among attackers. */
export type Risk = {
	readonly kind: RiskKind;
	/** What it opens, in a line. */
	readonly note: string;
	/** The page that tells of it. */
	readonly source: string;
};

/** An action of the hand-kept table, in its canonical spelling. */
export type RiskyAction = Risk & {readonly action: string};

/** The hand-kept table, a row an action. */
export function riskTable(): readonly RiskyAction[] {
	return riskyActions.flatMap(({kind, source, actions}) => actions.trim().split('\n').map(line => {
		const space = line.indexOf(' ');
		return {action: line.slice(0, space), kind, note: line.slice(space + 1), source};
	}));
}

let byAction: ReadonlyMap<string, Risk> | undefined;

/** What is known of an action, named in lower case; null for one that is not in the table, which makes it not safe but unknown. */
export function riskOf(lowerAction: string): Risk | null {
	byAction ??= new Map(riskTable().map(({action, kind, note, source}) => [action.toLowerCase(), {kind, note, source}]));
	return byAction.get(lowerAction) ?? null;
}

const sets = new WeakMap<Catalog, ActionSet>();

/** The catalog's actions that are in the table. Made once a catalog. */
export function riskyIds(catalog: Catalog): ActionSet {
	const known = sets.get(catalog);
	if (known) {
		return known;
	}

	const ids = riskTable().map(({action}) => catalog.idOf(action)).filter(id => id !== undefined);
	const set = ActionSet.of(catalog.size, ids);
	sets.set(catalog, set);
	return set;
}
