import type {AccessLevel} from './action.js';
import type {Risk, RiskKind} from './risk.js';
import type {Verdict} from './verdict.js';

/** What the user typed to narrow a list, taken apart: every word of `include` must occur, none of `exclude`, and the letters of every `fuzzy` one in their order. Lower case. */
export type TextQuery = {readonly include: readonly string[]; readonly exclude: readonly string[]; readonly fuzzy: readonly string[]};

/** Which actions of a principal are shown. */
export type ActionCriteria = {
	/** Only what was used: granted or not (CloudTracker's --show-used). */
	readonly usedOnly: boolean;
	/** Leave out what only lists or describes (CloudTracker's --ignore-benign). */
	readonly hideBenign: boolean;
	/** Leave out actions about which silence proves nothing (CloudTracker's --ignore-unknown). */
	readonly hideUnknown: boolean;
	/** Words as in {@link parseQuery}. */
	readonly text: string;
};

/** What sorting and filtering need of an action. `lower` is its name in lower case. */
export type ViewAction = {
	readonly lower: string;
	readonly verdict: Verdict;
	readonly count: number;
	readonly lastUsed: string | null;
	readonly risk: Pick<Risk, 'kind'> | null;
	readonly accessLevel: AccessLevel | null;
};

/** What sorting and filtering need of a user or role. */
export type ViewPrincipal = {
	readonly name: string;
	readonly verdict: Verdict;
	readonly lastUsed: string | null;
	readonly counts: {readonly unused: number};
	readonly unusedDangerous: number;
};

export type ActionSort = 'name' | 'verdict' | 'last used' | 'count' | 'risk';

export type PrincipalSort = 'name' | 'verdict' | 'last used' | 'unused' | 'risk';

/** The sorts of an action list in the order in which the sort key goes through them. */
export const actionSorts: readonly ActionSort[] = ['name', 'verdict', 'last used', 'count', 'risk'];

/** The sorts of a principal list in the order in which the sort key goes through them. */
export const principalSorts: readonly PrincipalSort[] = ['name', 'verdict', 'last used', 'unused', 'risk'];

/** What can be acted on comes first. */
const verdictOrder: Readonly<Record<Verdict, number>> = {unused: 0, ungranted: 1, unknown: 2, used: 3};

/** Among the dangerous: what gives more permissions, what opens resources, what reads data. */
const riskOrder: Readonly<Record<RiskKind, number>> = {'privilege-escalation': 0, 'resource-exposure': 1, 'data-exfiltration': 2};

/** Among the rest: what changes most. */
const levelOrder: Readonly<Record<AccessLevel, number>> = {'Permissions management': 0, Write: 1, Tagging: 2, Read: 3, List: 4};

/** Unused and dangerous on top, then the dangerous by verdict, then the rest by verdict. */
function byRisk(a: ViewAction, b: ViewAction): number {
	const dangerous = ({risk}: ViewAction): number => risk === null ? 1 : 0;
	const kind = ({risk}: ViewAction): number => risk === null ? 0 : riskOrder[risk.kind];
	const level = ({accessLevel}: ViewAction): number => accessLevel === null ? 5 : levelOrder[accessLevel];
	return dangerous(a) - dangerous(b) || verdictOrder[a.verdict] - verdictOrder[b.verdict] || kind(a) - kind(b) || level(a) - level(b);
}

/** Takes "s3 get !acl ~dlf" apart: a space is AND, `!word` excludes, `~word` is fuzzy, case is ignored; a lone "!" or "~" says nothing yet. */
export function parseQuery(text: string): TextQuery {
	const words = text.toLowerCase().split(/\s+/).filter(word => word !== '' && word !== '!' && word !== '~');
	const after = (sign: string) => words.filter(word => word.startsWith(sign)).map(word => word.slice(1));
	return {include: words.filter(word => !/^[!~]/.test(word)), exclude: after('!'), fuzzy: after('~')};
}

/** Whether a lower-case text has every word of the query and none that it excludes. */
export function matchesQuery(lower: string, query: TextQuery): boolean {
	return query.include.every(word => lower.includes(word))
		&& !query.exclude.some(word => lower.includes(word))
		&& query.fuzzy.every(word => fuzzyRanges(lower, word) !== undefined);
}

/** Where the letters of a word stand in a text, in their order with anything between; undefined where one is missing. */
function fuzzyRanges(lower: string, word: string): ReadonlyArray<readonly [at: number, length: number]> | undefined {
	const found: Array<readonly [at: number, length: number]> = [];
	let from = 0;
	for (const letter of word) {
		const at = lower.indexOf(letter, from);
		if (at === -1) {
			return undefined;
		}

		found.push([at, letter.length]);
		from = at + letter.length;
	}

	return found;
}

/** Where the words of a query occur in a text (any case), as [from, to) in ascending order without overlap; for highlighting. */
export function matchRanges(text: string, query: TextQuery): ReadonlyArray<readonly [from: number, to: number]> {
	const lower = text.toLowerCase();
	// Lower-casing may lengthen a text of other scripts: then positions would be wrong.
	if (lower.length !== text.length) {
		return [];
	}

	const found = [
		...query.include.map(word => [lower.indexOf(word), word.length] as const),
		...query.fuzzy.flatMap(word => fuzzyRanges(lower, word) ?? []),
	]
		.filter(([from]) => from !== -1)
		.map(([from, length]): [number, number] => [from, from + length])
		.toSorted((a, b) => a[0] - b[0]);
	const ranges: Array<[number, number]> = [];
	for (const range of found) {
		const last = ranges.at(-1);
		if (last && range[0] <= last[1]) {
			last[1] = Math.max(last[1], range[1]);
		} else {
			ranges.push(range);
		}
	}

	return ranges;
}

/** Whether an action only lists or describes, by its name ("s3:list…", "ec2:describe…"), as CloudTracker's --ignore-benign has it. */
export function isBenign(lowerAction: string): boolean {
	return lowerAction.includes(':list') || lowerAction.includes(':describe');
}

/** The rows that the criteria leave, in their order. */
export function filterActions<Row extends ViewAction>(rows: readonly Row[], criteria: ActionCriteria): readonly Row[] {
	const query = parseQuery(criteria.text);
	return rows.filter(row =>
		(!criteria.usedOnly || row.verdict === 'used' || row.verdict === 'ungranted')
		&& (!criteria.hideUnknown || row.verdict !== 'unknown')
		&& (!criteria.hideBenign || !isBenign(row.lower))
		&& matchesQuery(row.lower, query));
}

/** The users or roles that the criteria leave, by their names and verdicts, in their order. */
export function filterPrincipals<Row extends ViewPrincipal>(rows: readonly Row[], {usedOnly, hideUnknown, text}: Omit<ActionCriteria, 'hideBenign'>): readonly Row[] {
	const query = parseQuery(text);
	return rows.filter(row =>
		(!usedOnly || row.verdict === 'used')
		&& (!hideUnknown || row.verdict !== 'unknown')
		&& matchesQuery(row.name.toLowerCase(), query));
}

/** A new list: by name; what can be acted on first; last used first and never used last; most used first; unused and dangerous first. Equals by name. */
export function sortActions<Row extends ViewAction>(rows: readonly Row[], by: ActionSort): readonly Row[] {
	const order: Readonly<Record<ActionSort, (a: Row, b: Row) => number>> = {
		name: () => 0,
		verdict: (a, b) => verdictOrder[a.verdict] - verdictOrder[b.verdict],
		'last used': (a, b) => compare(b.lastUsed ?? '', a.lastUsed ?? ''),
		count: (a, b) => b.count - a.count,
		risk: byRisk,
	};
	return rows.toSorted((a, b) => order[by](a, b) || compare(a.lower, b.lower));
}

/** A new list: by name; what can be acted on first; last used first and never used last; most unused actions first; most unused dangerous actions first. Equals by name. */
export function sortPrincipals<Row extends ViewPrincipal>(rows: readonly Row[], by: PrincipalSort): readonly Row[] {
	const order: Readonly<Record<PrincipalSort, (a: Row, b: Row) => number>> = {
		name: () => 0,
		verdict: (a, b) => verdictOrder[a.verdict] - verdictOrder[b.verdict],
		'last used': (a, b) => compare(b.lastUsed ?? '', a.lastUsed ?? ''),
		unused: (a, b) => b.counts.unused - a.counts.unused,
		risk: (a, b) => b.unusedDangerous - a.unusedDangerous || b.counts.unused - a.counts.unused,
	};
	return rows.toSorted((a, b) => order[by](a, b) || compare(a.name, b.name));
}

/** By code unit, not by locale: the same list on every machine. */
function compare(a: string, b: string): number {
	if (a === b) {
		return 0;
	}

	return a < b ? -1 : 1;
}
