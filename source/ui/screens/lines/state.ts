import type {Analysis, EventCount, PrincipalDetail} from '../../../app/analysis.js';
import {matchesQuery, parseQuery} from '../../../domain/view.js';
import {fitList, listOf, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Stroke} from '../../keys.js';
import type {Step, Surroundings} from '../../step.js';
import {coverageLines} from './coverage.js';
import {overviewLines} from './overview.js';

/** One line of a plain list; `more` is shown in full while the line is selected. */
export type TextLine = {
	readonly key: string;
	readonly lead: string;
	readonly text: string;
	readonly more: string;
	/** The principal that the line is about, and that Enter opens. */
	readonly arn?: string;
	/** The account (twelve digits) that the line is about, and that Enter opens. */
	readonly accountId?: string;
};

/** What a list of lines is about. */
export type LinesKind = 'overview' | 'warnings' | 'events';

export type LinesState = {
	/** "warnings", "unmapped events": what the breadcrumbs call it. */
	readonly title: string;
	readonly columns: readonly [lead: string, text: string];
	/** What an empty list says. */
	readonly empty: string;
	readonly all: readonly TextLine[];
	readonly list: ListState<TextLine>;
};

const keyOf = (line: TextLine) => line.key;

/** A list of lines with its heads; `empty` is what it says without any. */
export function linesOf(title: string, columns: readonly [string, string], empty: string, all: readonly TextLine[]): LinesState {
	return {title, columns, empty, all, list: listOf(all)};
}

/** Notes on the principal where one is open, warnings, what the trail records, and every log file that could not be read. */
function warningLines(analysis: Analysis, detail: PrincipalDetail | null): LinesState {
	const none = 'none, and every log file could be read';
	const isCalm = analysis.warnings.length + analysis.unreadable.length === 0;
	return linesOf('warnings', ['ABOUT', 'WHAT'], none, [
		...(detail?.notes ?? []).map((note, index) => ({key: `note ${index}`, lead: detail?.principal.name ?? '', text: note, more: note})),
		...analysis.warnings.map((warning, index) => ({key: `warning ${index}`, lead: warning.code, text: warning.message, more: warning.message})),
		...isCalm ? [{key: 'none', lead: 'warnings', text: none, more: `warnings: ${none}`}] : [],
		...coverageLines(analysis),
		...analysis.unreadable.map(({path, reason}, index) => ({key: `file ${index}`, lead: 'not read', text: path, more: `${reason}: ${path}`})),
	]);
}

/** Events that map to no IAM action: of the account, or of one principal with what else made no row. */
function eventLines(analysis: Analysis, detail: PrincipalDetail | null): LinesState {
	const unmapped = eventLinesOf(detail?.unmapped ?? analysis.unmapped, 'maps to no IAM action that is known');
	if (!detail) {
		return linesOf('unmapped events', ['EVENTS', 'WHAT'], 'every event maps to an IAM action', unmapped);
	}

	return linesOf('other events', ['EVENTS', 'WHAT'], 'every event of its own made a row', [
		...unmapped,
		...detail.attempted.map(({action, denied}) => ({
			key: `denied ${action}`, lead: String(denied), text: `${action} · denied, not granted`, more: `${action}: tried ${denied} times, denied, granted by no policy`,
		})),
		...eventLinesOf(detail.noPermissionNeeded, 'needs no permission'),
	]);
}

function eventLinesOf(events: readonly EventCount[], words: string): readonly TextLine[] {
	return events.map(({eventSource, eventName, count}) => {
		const text = `${eventSource}:${eventName} · ${words}`;
		return {key: `${words} ${eventSource}:${eventName}`, lead: String(count), text, more: text};
	});
}

/** The lines of a kind, as they are now. */
export function linesAbout(kind: LinesKind, analysis: Analysis, detail: PrincipalDetail | null): LinesState {
	switch (kind) {
		case 'overview': {
			return linesOf('overview', ['WHAT', 'HOW MUCH'], 'nothing', overviewLines(analysis));
		}

		case 'warnings': {
			return warningLines(analysis, detail);
		}

		case 'events': {
			return eventLines(analysis, detail);
		}
	}
}

/** Fits the drawn part into another height. */
export function fitLines(state: LinesState, height: number): LinesState {
	return {...state, list: fitList(state.list, height)};
}

export function linesReducer(state: LinesState, press: Stroke, {height}: Surroundings): Step<LinesState> {
	const step = pressList(state.list, press, keyOf, height);
	if (step.handled) {
		return {state: {...state, list: step.refilter ? filtered(state, step.list, height) : step.list}};
	}

	const selected = selectedOf(state.list);
	if (press.command === 'copy' && selected) {
		return {state, intent: {type: 'copy', text: selected.text}};
	}

	if (selected?.arn !== undefined && (press.command === 'open' || press.command === 'copy-arn')) {
		return {state, intent: press.command === 'open' ? {type: 'open-principal', arn: selected.arn} : {type: 'copy', text: selected.arn}};
	}

	if (selected?.accountId !== undefined && press.command === 'open') {
		return {state, intent: {type: 'open-account', accountId: selected.accountId}};
	}

	return press.command === 'back' ? {state, intent: {type: 'back'}} : {state};
}

function filtered(state: LinesState, list: ListState<TextLine>, height: number): ListState<TextLine> {
	const query = parseQuery(list.filter.text);
	return showRows(list, state.all.filter(line => matchesQuery(`${line.lead} ${line.text}`.toLowerCase(), query)), keyOf, height);
}

/** The same screen over newer lines: filter and cursor stay. */
export function refreshLines(state: LinesState, newer: LinesState, height: number): LinesState {
	return {...newer, list: filtered(newer, state.list, height)};
}
