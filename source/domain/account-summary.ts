import type {PrincipalSummary} from './principals.js';

/** An account in a few figures. */
export type AccountSummary = {
	readonly principals: {readonly total: number; readonly users: number; readonly roles: number; readonly unused: number; readonly unknown: number};
	/** Granted actions, summed over the principals. */
	readonly granted: number;
	/** Of those, the ones never used. */
	readonly unused: number;
	/** Of the unused, the known steps of an attack. */
	readonly unusedDangerous: number;
	/** `unused` as a share of `granted`, 0 to 1; null where nothing is granted. */
	readonly unusedShare: number | null;
	/** At most ten, the ones with the most unused dangerous grants first, then with the most unused ones; none without any. */
	readonly worst: readonly PrincipalSummary[];
};

const worstShown = 10;

const sum = (rows: readonly PrincipalSummary[], count: (row: PrincipalSummary) => number): number => rows.reduce((total, row) => total + count(row), 0);

/** Sums an account up. Root is left out: nothing can be taken from it. */
export function summarizeAccount(principals: readonly PrincipalSummary[]): AccountSummary {
	const rows = principals.filter(({kind}) => kind !== 'root');
	const granted = sum(rows, ({counts}) => counts.granted);
	const unused = sum(rows, ({counts}) => counts.unused);
	return {
		principals: {
			total: rows.length,
			users: rows.filter(({kind}) => kind === 'user').length,
			roles: rows.filter(({kind}) => kind === 'role').length,
			unused: rows.filter(({verdict}) => verdict === 'unused').length,
			unknown: rows.filter(({verdict}) => verdict === 'unknown').length,
		},
		granted,
		unused,
		unusedDangerous: sum(rows, ({unusedDangerous}) => unusedDangerous),
		unusedShare: granted === 0 ? null : unused / granted,
		worst: rows.filter(({counts}) => counts.unused > 0)
			.toSorted((a, b) => b.unusedDangerous - a.unusedDangerous || b.counts.unused - a.counts.unused || (a.name < b.name ? -1 : 1))
			.slice(0, worstShown),
	};
}
