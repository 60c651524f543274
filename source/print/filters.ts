import type {ActionRow, PrincipalSummary} from '../app/analysis.js';
import {filterActions} from '../domain/view.js';

/** CloudTracker's three flags. */
export type PrintFilters = {
	/** --show-used: only what was used, granted or not. */
	readonly showUsed: boolean;
	/** --ignore-benign: without actions that only list or describe. */
	readonly ignoreBenign: boolean;
	/** --ignore-unknown: without "?". */
	readonly ignoreUnknown: boolean;
};

/** The actions that the filters leave, in their order. */
export function shownActions(rows: readonly ActionRow[], {showUsed, ignoreBenign, ignoreUnknown}: PrintFilters): readonly ActionRow[] {
	return filterActions(rows, {usedOnly: showUsed, hideBenign: ignoreBenign, hideUnknown: ignoreUnknown, text: ''});
}

/** The users or roles that the filters leave, in their order; a principal is never benign. */
export function shownPrincipals(rows: readonly PrincipalSummary[], {showUsed, ignoreUnknown}: PrintFilters): readonly PrincipalSummary[] {
	return rows.filter(({verdict}) => (!showUsed || verdict === 'used') && (!ignoreUnknown || verdict !== 'unknown'));
}
