import type {ActionRow} from '../../../app/analysis.js';

/** What can be removed: an action that is granted. */
const isGranted = ({verdict}: ActionRow): boolean => verdict !== 'ungranted';

/** The rows with a "-". */
export function unusedOf(rows: readonly ActionRow[]): readonly ActionRow[] {
	return rows.filter(({verdict}) => verdict === 'unused');
}

/** Marks all rows that are granted, or, where all are marked, takes their marks away; undefined where none is granted. */
export function toggleMarks(marked: ReadonlySet<string>, rows: readonly ActionRow[]): ReadonlySet<string> | undefined {
	const granted = rows.filter(row => isGranted(row));
	if (granted.length === 0) {
		return undefined;
	}

	const next = new Set(marked);
	const areAllMarked = granted.every(({lower}) => marked.has(lower));
	for (const {lower} of granted) {
		next[areAllMarked ? 'delete' : 'add'](lower);
	}

	return next;
}

/** "*" before what is marked, "~" before a service of which a part is. */
export function markSign(marked: ReadonlySet<string>, rows: readonly ActionRow[]): string {
	if (marked.size === 0) {
		return ' ';
	}

	const granted = rows.filter(row => isGranted(row));
	const count = granted.filter(({lower}) => marked.has(lower)).length;
	return count === 0 ? ' ' : (count === granted.length ? '*' : '~');
}
