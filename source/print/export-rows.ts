import type {ActionRow, Analysis, PrincipalSummary} from '../app/analysis.js';
import {verdictPrefix, type Verdict} from '../domain/verdict.js';
import {terminalText} from '../lib/terminal-text.js';
import {toCsv, type CsvValue} from './csv.js';
import {actionRecord, principalRecord} from './document.js';
import {toJson} from './json.js';
import {markdownCode, markdownTable, markdownText} from './markdown.js';
import {dayOf, grouped, windowWords} from './words.js';

/** Formats in which the rows of a screen can be taken along, in the order in which they are offered. */
export const exportFormats = ['text', 'csv', 'json', 'md'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Who was in a role, who may be, or a role that somebody assumed. */
export type PersonRecord = {
	readonly verdict: Verdict;
	readonly kind: string;
	readonly name: string;
	readonly last: string | null;
	readonly assumed: number | null;
	readonly usedActions: number | null;
	readonly link: string;
};

/** What a screen shows: rows after filter and sort, and how they came about. */
export type ScreenRows = {
	readonly analysis: Analysis;
	/** Words of the filter; empty where none is set. */
	readonly filter: string;
	/** What is switched on, in words: "used only", "hide benign". */
	readonly toggles: readonly string[];
	readonly sort: string;
} & ({readonly kind: 'principals'; readonly rows: readonly PrincipalSummary[]; readonly total: number}
	| {readonly kind: 'actions'; readonly principal: PrincipalSummary; readonly rows: readonly ActionRow[]; readonly total: number}
	| {readonly kind: 'people' | 'roles'; readonly principal: PrincipalSummary; readonly rows: readonly PersonRecord[]; readonly total: number});

type Cells = Readonly<Record<string, CsvValue>>;

function headings(screen: ScreenRows): ReadonlyArray<readonly [name: string, text: string]> {
	const {analysis: {account, window, trail}, filter, toggles, sort, rows, total} = screen;
	const shown = [...filter === '' ? [] : [`/${filter}`], ...toggles];
	return [
		['account', account.name === null ? account.id : `${account.name} (${account.id})`],
		['window', windowWords(window)],
		['coverage', trail.events === 0 ? 'no event of the account: every mark is "?"' : `logs cover ${grouped(trail.daysCovered)} of ${grouped(trail.daysInWindow)} days, last ${dayOf(trail.lastEvent ?? '')}`],
		...screen.kind === 'principals' ? [] : [['principal', screen.principal.arn] as const],
		['filter', shown.length === 0 ? 'none' : shown.join(', ')],
		['sort', sort],
		['rows', `${grouped(rows.length)} of ${grouped(total)}`],
	];
}

/** A row as the exports show it: what the JSON says of it, and the numbers that the screen adds. */
function cells(screen: ScreenRows): readonly Cells[] {
	switch (screen.kind) {
		case 'principals': {
			return screen.rows.map(row => ({...principalRecord(row), granted: row.counts.granted, used: row.counts.used, unused: row.counts.unused, unknown: row.counts.unknown, ungranted: row.counts.ungranted, unusedDangerous: row.unusedDangerous}));
		}

		case 'actions': {
			return screen.rows.map(row => ({...actionRecord(row), accessLevel: row.accessLevel, risk: row.risk?.kind ?? null}));
		}

		case 'people':
		case 'roles': {
			return screen.rows.map(({verdict, kind, name, last, assumed, usedActions, link}) => ({verdict, kind, name, last, assumed, usedActions, link}));
		}
	}
}

const principalColumns = [
	'arn', 'id', 'name', 'kind', 'created', 'verdict', 'reasonCode', 'reason', 'lastUsed', 'events', 'denied', 'granted', 'used', 'unused', 'unknown', 'ungranted', 'unusedDangerous',
] as const;

const actionColumns = [
	'action', 'verdict', 'reasonCode', 'reason', 'count', 'failed', 'denied', 'firstUsed', 'lastUsed', 'events', 'deniedInPart', 'blockedBy', 'accessLevel', 'risk',
] as const;

const personColumns = ['verdict', 'kind', 'name', 'last', 'assumed', 'usedActions', 'link'] as const;

function columnsOf(kind: ScreenRows['kind']): readonly string[] {
	return kind === 'principals' ? principalColumns : (kind === 'actions' ? actionColumns : personColumns);
}

/** What the text says of a row. */
function wordsOf(screen: ScreenRows): ReadonlyArray<readonly [Verdict, string]> {
	switch (screen.kind) {
		case 'principals': {
			return screen.rows.map(({verdict, name}) => [verdict, name]);
		}

		case 'actions': {
			return screen.rows.map(({verdict, lower}) => [verdict, lower]);
		}

		case 'people':
		case 'roles': {
			return screen.rows.map(({verdict, kind, name}) => [verdict, `${kind} ${name}`]);
		}
	}
}

function asText(screen: ScreenRows): string {
	const head = headings(screen).map(([name, text]) => `# ${name}: ${terminalText(text)}\n`).join('');
	return head + wordsOf(screen).map(([verdict, text]) => `${verdictPrefix[verdict]}${terminalText(text)}\n`).join('');
}

/** A spreadsheet reads no heading above the header line: account, window and filter stand in columns of their own. */
function asCsv(screen: ScreenRows): string {
	const given = new Map(headings(screen));
	const common = {account: screen.analysis.account.id, window: given.get('window') ?? '', filter: given.get('filter') ?? ''};
	const columns: readonly string[] = ['account', 'window', 'filter', ...screen.kind === 'principals' ? [] : ['principal'], ...columnsOf(screen.kind)];
	const principal = screen.kind === 'principals' ? null : screen.principal.arn;
	return toCsv(columns, cells(screen).map(row => ({...common, principal, ...row})));
}

function asJson(screen: ScreenRows): string {
	const {analysis: {account, window, trail}, filter, toggles, sort, total} = screen;
	return toJson({
		schemaVersion: 1,
		account: {id: account.id, name: account.name ?? account.id},
		window: {start: window.start, end: window.end},
		trail: {events: trail.events, lastEvent: trail.lastEvent, daysCovered: trail.daysCovered, daysInWindow: trail.daysInWindow},
		filter,
		toggles: [...toggles],
		sort,
		total,
		...screen.kind === 'principals' ? {principals: cells(screen)} : {principal: principalRecord(screen.principal), [screen.kind]: cells(screen)},
	});
}

const mark = (verdict: Verdict): string => verdict === 'used' ? '' : markdownCode(verdictPrefix[verdict].trim());

const number = (value: number | null): string => value === null ? '' : grouped(value);

const day = (instant: string | null): string => instant === null ? '' : dayOf(instant);

function asMarkdown(screen: ScreenRows): string {
	const head = headings(screen).map(([name, text]) => `- ${name}: ${markdownCode(text)}\n`).join('');
	return `${head}\n${markdownRows(screen)}`;
}

function markdownRows(screen: ScreenRows): string {
	switch (screen.kind) {
		case 'principals': {
			return markdownTable(['', 'principal', 'kind', 'last used', 'unused', 'unused dangerous', 'why'], screen.rows.map(row => [
				mark(row.verdict), markdownCode(row.name), row.kind, day(row.lastUsed), grouped(row.counts.unused), grouped(row.unusedDangerous), markdownText(row.reason),
			]));
		}

		case 'actions': {
			return markdownTable(['', 'action', 'risk', 'events', 'denied', 'last used', 'why'], screen.rows.map(row => [
				mark(row.verdict), markdownCode(row.action), row.risk?.kind ?? '', grouped(row.count), grouped(row.denied), day(row.lastUsed), markdownText(row.reason),
			]));
		}

		case 'people':
		case 'roles': {
			return markdownTable(['', 'kind', 'who', 'last', 'assumed', 'used actions', 'known by'], screen.rows.map(row => [
				mark(row.verdict), row.kind, markdownCode(row.name), day(row.last), number(row.assumed), number(row.usedActions), row.link,
			]));
		}
	}
}

/** What is on the screen as a document: its rows in their order, and the account, window and filter that they are of. */
export function exportRows(screen: ScreenRows, format: ExportFormat): string {
	switch (format) {
		case 'text': {
			return asText(screen);
		}

		case 'csv': {
			return asCsv(screen);
		}

		case 'json': {
			return asJson(screen);
		}

		case 'md': {
			return asMarkdown(screen);
		}
	}
}
