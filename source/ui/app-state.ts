import type {Analysis} from '../app/analysis.js';
import type {AccountChoice} from '../app/workspace.js';
import {defaultWindow, midnight, type Window} from '../domain/window.js';
import type {Progress} from '../lib/task.js';
import type {Exporter} from './exporter.js';
import {keyFor, type Keys} from './keys.js';
import {layoutOf, type Beside, type Layout, type Size} from './layout.js';
import {initAccounts, type AccountsState} from './screens/accounts/state.js';
import type {ActionState} from './screens/action/state.js';
import type {AddAccountState} from './screens/add-account/state.js';
import type {ExportState} from './screens/export/state.js';
import type {LinesKind, LinesState} from './screens/lines/state.js';
import type {PeopleState} from './screens/people/state.js';
import type {PolicyState} from './screens/policy/state.js';
import type {PrincipalMemory, PrincipalState, Toggles} from './screens/principal/state.js';
import type {PrincipalsState} from './screens/principals/state.js';
import {initStartDate, type StartDateState} from './screens/start-date/state.js';
import {bytesWords, counted, headWarnings} from './words.js';
import {fitText} from './wrap.js';

/** A screen and what it keeps; the last one of the stack is drawn. */
export type Screen
	= | {readonly name: 'accounts'; readonly state: AccountsState}
		| {readonly name: 'add-account'; readonly state: AddAccountState}
		| {readonly name: 'start-date'; readonly account: AccountChoice; readonly state: StartDateState}
		| {readonly name: 'loading'}
		| {readonly name: 'failed'; readonly message: string; readonly hint: string | null; readonly question: Question}
		| {readonly name: 'principals'; readonly state: PrincipalsState}
		| {readonly name: 'principal'; readonly state: PrincipalState}
		| {readonly name: 'action'; readonly state: ActionState}
		| {readonly name: 'people'; readonly state: PeopleState}
		| {readonly name: 'policy'; readonly state: PolicyState}
		| {readonly name: 'export'; readonly state: ExportState}
		| {readonly name: 'lines'; readonly kind: LinesKind | 'split'; readonly state: LinesState};

/** What is analysed, and the account as it was chosen. */
export type Question = {readonly account: AccountChoice; readonly window: Window};

/** A role that somebody assumed, where the account of the role is another one. */
export type Arrival = {readonly role: string; readonly caller: string};

/** From where another account was entered: how many screens there were, and what they showed. */
export type Jump = {readonly depth: number; readonly result: AppState['result']; readonly kept: Kept; readonly stale: string | null};

/** An analysis that runs. */
export type Job = Question & {
	/** Numbers the jobs: what an older one still says is dropped. */
	readonly id: number;
	/** A refresh keeps the old rows on the screen. */
	readonly kind: 'open' | 'refresh';
	readonly progress: Progress | null;
	readonly elapsedMs: number;
	/** What the user is asked before it goes on, because it costs money; null while nothing is asked. */
	readonly question: string | null;
	/** How many of its questions were answered with yes. */
	readonly agreed: number;
	/** The role to open when it is done, at the line of whoever assumed it; null for the account's lists. */
	readonly arrival: Arrival | null;
};

/** What screens keep when they are left: filters, sorts, marks and cursors are there again when they are opened again. */
export type Kept = {
	/** Key of the account that it is about; another account begins anew. */
	readonly account: string | null;
	readonly principals: PrincipalsState | null;
	readonly principal: ReadonlyMap<string, PrincipalMemory>;
	/** By tab and ARN, with the analysis that they are of: its answers are not asked for again, which may cost money. */
	readonly people: ReadonlyMap<string, {readonly analysis: Analysis | undefined; readonly state: PeopleState}>;
};

/** Something to be put into the clipboard; `request` numbers them. */
export type Copy = {readonly request: number; readonly text: string};

export type AppState = {
	readonly size: Size;
	readonly keys: Keys;
	readonly exporter: Exporter;
	readonly today: Date;
	/** End of the window (exclusive), whatever the start is; `today` is the day before. */
	readonly end: string;
	readonly toggles: Toggles;
	/** Whether the evidence of the selected action is shown beside or below the list. */
	readonly hasPane: boolean;
	/** How the next principal begins: by service, or all actions in one list. */
	readonly isGrouped: boolean;
	readonly kept: Kept;
	/** Never empty; the first is the root. */
	readonly stack: readonly Screen[];
	/** First drawn line of the help; null while it is closed. */
	readonly help: number | null;
	readonly job: Job | null;
	/** The number of the next job, or of the next question to the log. */
	readonly nextJob: number;
	/** The last finished analysis and its question. */
	readonly result: (Question & {readonly analysis: Analysis}) | null;
	/** The accounts from which others were entered; the last one is gone back to first. */
	readonly jumps: readonly Jump[];
	/** Why the rows that are shown are old ones: a refresh failed or was stopped; null where they are not. */
	readonly stale: string | null;
	/** The last thing to be copied; null for none yet. */
	readonly copy: Copy | null;
	/** A start that was given on the command line, for whichever account is chosen. */
	readonly givenStart: string | undefined;
	/** Said once above the footer until the next key; null for nothing. */
	readonly notice: string | null;
	/** Set when the program is to end. */
	readonly exitCode: number | null;
};

export type AppOptions = {
	readonly size: Size;
	readonly keys: Keys;
	readonly exporter: Exporter;
	readonly today: Date;
	readonly accounts: readonly AccountChoice[];
	/** Skips the account picker; the start is a year ago unless given. */
	readonly account: AccountChoice | undefined;
	/** Start of the window; undefined lets the user pick. */
	readonly start: string | undefined;
	/** End of the window, exclusive; undefined for the end of today. */
	readonly end: string | undefined;
	readonly toggles: Toggles;
};

/** The program before its first key: the account picker, and on from there as far as the command line said. */
export function initApp(options: AppOptions): AppState {
	const {size, keys, exporter, today, accounts, account, start, toggles} = options;
	const state: AppState = {
		size,
		keys,
		exporter,
		today,
		end: options.end ?? midnight(today, 1),
		toggles,
		hasPane: true,
		isGrouped: true,
		kept: {account: null, principals: null, principal: new Map(), people: new Map()},
		stack: [{name: 'accounts', state: initAccounts(accounts)}],
		help: null,
		job: null,
		nextJob: 1,
		result: null,
		jumps: [],
		stale: null,
		copy: null,
		givenStart: start,
		notice: problemWords(keys),
		exitCode: null,
	};
	if (!account) {
		return state;
	}

	const dates = initStartDate(today, start);
	return startJob({...state, stack: [...state.stack, {name: 'start-date', account, state: dates}]}, {
		account,
		window: {start: start ?? defaultWindow(today).start, end: state.end},
	});
}

function problemWords({problems}: Keys): string | null {
	const [first, ...others] = problems;
	return first === undefined ? null : `keys: ${first}${others.length === 0 ? '' : ` · ${counted(others.length, 'more problem')} with the keys, see the help`}`;
}

/** What an open action asks of the log. */
export type Lookup = {
	readonly request: number;
	readonly account: AccountChoice;
	readonly analysis: Analysis;
	readonly arn: string;
	readonly action: string;
};

/** The question to the log that waits for its answer; null while there is none. Another screen over the action does not end it. */
export function lookupOf({stack, result}: AppState): Lookup | null {
	const screen = stack.findLast(({name}) => name === 'action');
	if (screen?.name !== 'action' || screen.state.findings.status !== 'looking' || !result) {
		return null;
	}

	const {arn, row, findings: {request}} = screen.state;
	return {request, account: result.account, analysis: result.analysis, arn, action: row.action};
}

/** What an open screen of people asks of the log. */
export type SessionsLookup = Pick<Lookup, 'request' | 'account' | 'analysis' | 'arn'> & {/** Whether the user agreed to what it costs. */ readonly agreed: boolean};

/** The question about a role's sessions that waits for its answer; null while there is none. */
export function sessionsLookupOf({stack, result}: AppState): SessionsLookup | null {
	const screen = stack.findLast(({name}) => name === 'people');
	if (screen?.name !== 'people' || screen.state.asked.status !== 'looking' || !result) {
		return null;
	}

	const {principal: {arn}, asked: {request, agreed}} = screen.state;
	return {request, agreed, account: result.account, analysis: result.analysis, arn};
}

/** A plan that an open policy screen waits for. */
export type PlanRequest = {readonly request: number; readonly analysis: Analysis; readonly arn: string; readonly marks: readonly string[]};

/** The plan that is to be worked out; null while there is none. */
export function planOf({stack, result}: AppState): PlanRequest | null {
	const screen = stack.findLast(({name}) => name === 'policy');
	if (screen?.name !== 'policy' || screen.state.planning.status !== 'working' || !result) {
		return null;
	}

	const {arn, marks, planning: {request}} = screen.state;
	return {request, analysis: result.analysis, arn, marks};
}

/** The work that runs and that leaving ends, by its name: what a source that is paid by the query does must not go on unseen. Null while nothing runs. */
export function runningWork(state: AppState): string | null {
	const {job} = state;
	const lookup = lookupOf(state);
	if (job) {
		const {stage = 'starting', bytes = null} = job.progress ?? {};
		return bytes === null || bytes === 0 ? stage : `${stage}, ${bytesWords(bytes)}`;
	}

	if (lookup) {
		return `asking the log about ${lookup.action}`;
	}

	return sessionsLookupOf(state) && 'asking the log who was in the role';
}

/** Begins an analysis on a loading screen; `arrival` is opened when it is done. */
export function startJob(state: AppState, question: Question, arrival: Arrival | null = null): AppState {
	return {
		...state,
		stack: [...state.stack, {name: 'loading'}],
		job: {...question, id: state.nextJob, kind: 'open', progress: null, elapsedMs: 0, question: null, agreed: 0, arrival},
		nextJob: state.nextJob + 1,
	};
}

/** The screen that is drawn. */
export function topOf(state: AppState): Screen {
	const top = state.stack.at(-1);
	if (!top) {
		throw new RangeError('the stack of screens is empty');
	}

	return top;
}

/** Puts another screen in the place of the one that is drawn. */
export function replaceTop(state: AppState, screen: Screen): AppState {
	return {...state, stack: [...state.stack.slice(0, -1), screen]};
}

const withAnalysis: ReadonlySet<Screen['name']> = new Set(['principals', 'principal', 'action', 'people', 'lines', 'policy', 'export']);

/** Whether a screen shows the analysis: there the header warns, and r and w have a meaning. */
export function showsAnalysis(screen: Screen): boolean {
	return withAnalysis.has(screen.name);
}

/** The lines under the head: warnings about the analysis that is shown. */
export function warningsOf(state: AppState): readonly string[] {
	if (!state.result || !showsAnalysis(topOf(state))) {
		return [];
	}

	const more = `press ${keyFor(state.keys, 'warnings')}`;
	// What to do about it stands at its end: it is not cut.
	const stale = state.stale === null ? [] : fitText([state.stale], state.size.columns - 2, 2);
	const lines = [...stale, ...headWarnings(state.result.analysis, more)];
	const [first = ''] = lines;
	return state.size.rows < 18 && lines.length > 1 ? [first.includes(more) ? first : `${first} · ${more} for more`] : lines;
}

/** How the rows of the drawn screen are shared out. */
export function layoutFor(state: AppState): Layout {
	const beside: Beside = topOf(state).name === 'principal' ? (state.hasPane ? 'pane' : 'line') : 'detail';
	return layoutOf(state.size, warningsOf(state).length, beside);
}
