import type {ActionRow, Analysis, PrincipalSummary} from '../app/analysis.js';
import type {Verdict} from '../domain/verdict.js';

/** Formats in which the rows of a screen can be taken along, in the order in which they are offered. */
export const exportFormats = ['text', 'csv', 'json', 'md'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Who was in a role, who may be, or a role that somebody assumed, as the screen shows it. */
export type ShownPerson = {
	readonly verdict: Verdict;
	readonly kind: string;
	readonly name: string;
	readonly last: string | null;
	/** Times that a session was opened; null where that is not told. */
	readonly assumed: number | null;
	/** Different actions that were used; null where that is not known here. */
	readonly usedActions: number | null;
	/** What ties the sessions to who opened them, or what else says it: "access key", "inferred", "trust policy". */
	readonly link: string;
};

/** What a screen shows: rows after filter and sort, and how they came about. */
export type ShownRows = {
	readonly analysis: Analysis;
	/** Words of the filter; empty where none is set. */
	readonly filter: string;
	/** What is switched on, in words. */
	readonly toggles: readonly string[];
	readonly sort: string;
	/** Rows without filter and toggles. */
	readonly total: number;
} & ({readonly kind: 'principals'; readonly rows: readonly PrincipalSummary[]}
	| {readonly kind: 'actions'; readonly principal: PrincipalSummary; readonly rows: readonly ActionRow[]}
	| {readonly kind: 'people' | 'roles'; readonly principal: PrincipalSummary; readonly rows: readonly ShownPerson[]});

/** Makes documents of what is on the screen; how, the printing part knows. */
export type Exporter = {
	readonly document: (shown: ShownRows, format: ExportFormat) => Promise<string>;
	readonly fileName: (shown: ShownRows, format: ExportFormat) => string;
};
