import type {ActionSet} from './action-set.js';
import type {PrincipalGrants} from './grants.js';

/** What became of a principal's grants, by evaluating the new policies as the old ones were. All empty is as it should be. */
export type GrantCheck = {
	/** Marked, and granted still. */
	readonly stillGranted: ActionSet;
	/** Not marked, and granted no longer. */
	readonly lost: ActionSet;
	/** Used, and granted no longer: those that were marked, too. */
	readonly usedLost: ActionSet;
	/** Granted now and not before. */
	readonly gained: ActionSet;
	/** Patterns outside the catalog that are no longer allowed, as written. */
	readonly unknownLost: readonly string[];
};

/** Compares what is granted after a change with what was to stay. */
export function checkGrants(before: PrincipalGrants, after: PrincipalGrants, wish: {readonly marked: ActionSet; readonly kept: ActionSet; readonly used: ActionSet}): GrantCheck {
	const left = new Set(after.unknown.map(({action}) => action.toLowerCase()));
	return {
		stillGranted: wish.marked.intersect(after.granted),
		lost: wish.kept.minus(after.granted),
		usedLost: wish.used.intersect(before.granted).minusWith(after.granted),
		gained: after.granted.minus(before.granted),
		unknownLost: before.unknown.map(({action}) => action).filter(action => !left.has(action.toLowerCase())),
	};
}
