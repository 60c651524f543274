import type {Analysis} from '../app/analysis.js';
import type {AccountChoice} from '../app/workspace.js';
import type {Progress} from '../lib/task.js';
import {layoutFor, replaceTop, showsAnalysis, startJob, topOf, type AppState, type Job, type Screen} from './app-state.js';
import {keyFor, type Stroke} from './keys.js';
import {isTooSmall, type Size} from './layout.js';
import {goTo, openLines, openPrincipals, refreshed} from './navigation.js';
import type {Press} from './press.js';
import {showAccounts} from './screens/accounts/state.js';
import {answerAction, type Findings} from './screens/action/state.js';
import {answerCheck, refuseAccount, type CheckAnswer} from './screens/add-account/state.js';
import {refuseExport} from './screens/export/state.js';
import {exportWords} from './screens/export/words.js';
import {scrollHelp} from './screens/help/state.js';
import {isTyping, pressScreen} from './screens/screens.js';
import {answerPeople, askFirst} from './screens/people/state.js';
import {answerPlan, type Planning} from './screens/policy/state.js';
import {initStartDate} from './screens/start-date/state.js';
import {settle} from './stack.js';
import {arrive} from './visits.js';

/** All that can happen to the program. */
export type AppEvent
	= | {readonly type: 'press'; readonly press: Press}
		| {readonly type: 'resize'; readonly size: Size}
		| {readonly type: 'progress'; readonly job: number; readonly progress: Progress | null; readonly elapsedMs: number}
		| {readonly type: 'asked'; readonly job: number; readonly question: string}
		| {readonly type: 'noted'; readonly words: string}
		| {readonly type: 'analyzed'; readonly job: number; readonly analysis: Analysis; readonly accounts: readonly AccountChoice[]}
		| {readonly type: 'failed'; readonly job: number; readonly message: string; readonly hint: string | null}
		| {readonly type: 'sessions'; readonly request: number; readonly answer: Parameters<typeof answerPeople>[2]}
		| {readonly type: 'sessions-asked'; readonly request: number; readonly question: string}
		| {readonly type: 'explained'; readonly request: number; readonly answer: Findings}
		| ({readonly type: 'checked'} & CheckAnswer)
		| {readonly type: 'profiles'; readonly names: readonly string[]}
		| {readonly type: 'added'; readonly account: AccountChoice; readonly accounts: readonly AccountChoice[]}
		| {readonly type: 'not-added'; readonly error: string}
		| {readonly type: 'planned'; readonly request: number; readonly answer: Planning}
		| {readonly type: 'exported'; readonly request: number; readonly file: string}
		| {readonly type: 'not-exported'; readonly request: number; readonly error: string}
		| {readonly type: 'copied'; readonly request: number; readonly words: string};

/** The program's next state. All keys go through here, in their order: none is handled against an older state. */
export function appReducer(state: AppState, event: AppEvent): AppState {
	// Whoever quit is not held up by what still comes in.
	return state.exitCode === null ? happened(state, event) : state;
}

function happened(state: AppState, event: AppEvent): AppState {
	switch (event.type) {
		case 'press': {
			const stroke = {...event.press, command: state.keys.commandOf(event.press.key)};
			return pressed(state.notice === null ? state : {...state, notice: null}, stroke);
		}

		case 'resize': {
			return settle({...state, size: event.size});
		}

		case 'progress':
		case 'asked':
		case 'analyzed':
		case 'failed': {
			return state.job?.id === event.job ? ofJob(state, state.job, event) : state;
		}

		case 'noted': {
			return {...state, notice: event.words};
		}

		case 'explained': {
			return settle(mapScreen(state, 'action', screen => ({...screen, state: answerAction(screen.state, event.request, event.answer)})));
		}

		case 'sessions': {
			return settle(mapScreen(state, 'people', screen => ({...screen, state: answerPeople(screen.state, event.request, event.answer)})));
		}

		case 'sessions-asked': {
			return mapScreen(state, 'people', screen => ({...screen, state: askFirst(screen.state, event.request, event.question)}));
		}

		case 'planned': {
			return settle(mapScreen(state, 'policy', screen => ({...screen, state: answerPlan(screen.state, event.request, event.answer)})));
		}

		case 'checked': {
			return mapScreen(state, 'add-account', screen => ({...screen, state: answerCheck(screen.state, event)}));
		}

		case 'profiles': {
			return mapScreen(state, 'add-account', screen => ({...screen, state: {...screen.state, profiles: event.names}}));
		}

		case 'added': {
			return added(state, event.account, event.accounts);
		}

		case 'not-added': {
			return mapScreen(state, 'add-account', screen => ({...screen, state: refuseAccount(screen.state, event.error)}));
		}

		case 'exported': {
			return exported(state, event.request, event.file);
		}

		case 'not-exported': {
			return mapScreen(state, 'export', screen => ({...screen, state: refuseExport(screen.state, event.request, event.error)}));
		}

		case 'copied': {
			return state.copy?.request === event.request ? {...state, notice: event.words} : state;
		}
	}
}

/** Goes from the form to the dates of the account that it added. */
function added(state: AppState, account: AccountChoice, accounts: readonly AccountChoice[]): AppState {
	const stack = state.stack.filter(screen => screen.name !== 'add-account');
	const shown = mapScreen({...state, stack}, 'accounts', screen => (
		{...screen, state: showAccounts(screen.state, accounts, account.key)}
	));
	const screen: Screen = {name: 'start-date', account, state: initStartDate(state.today, state.givenStart)};
	return {...shown, stack: [...shown.stack, screen]};
}

/** What the job that runs says; what an older one still says never comes here. */
function ofJob(state: AppState, job: Job, event: Extract<AppEvent, {readonly job: number}>): AppState {
	switch (event.type) {
		case 'progress': {
			return {...state, job: {...job, progress: event.progress, elapsedMs: event.elapsedMs}};
		}

		case 'asked': {
			return {...state, job: {...job, question: event.question}};
		}

		case 'analyzed': {
			return analyzed(state, event.analysis, event.accounts);
		}

		case 'failed': {
			return failed(state, event.message, event.hint);
		}
	}
}

/** Leaves the prompt whose file was written, and says so. */
function exported(state: AppState, request: number, file: string): AppState {
	const screen = topOf(state);
	return screen.name === 'export' && screen.state.request === request
		? settle({...state, stack: state.stack.slice(0, -1), notice: `wrote ${exportWords(screen.state)} to ${file}`})
		: state;
}

function mapScreen<Name extends Screen['name']>(
	state: AppState,
	name: Name,
	map: (screen: Extract<Screen, {name: Name}>) => Screen,
): AppState {
	const isNamed = (screen: Screen): screen is Extract<Screen, {name: Name}> => screen.name === name;
	return {...state, stack: state.stack.map(screen => isNamed(screen) ? map(screen) : screen)};
}

function analyzed(state: AppState, analysis: Analysis, accounts: readonly AccountChoice[]): AppState {
	const {job} = state;
	if (!job) {
		return state;
	}

	const {account, window, kind, arrival} = job;
	const known = mapScreen({...state, job: null, stale: null, result: {account, window, analysis}}, 'accounts', screen => (
		{...screen, state: showAccounts(screen.state, accounts, account.key)}
	));
	if (kind === 'refresh') {
		return refreshed(known, analysis);
	}

	const opened = openPrincipals(known, account.key, analysis);
	return arrival === null ? opened : arrive(opened, arrival);
}

function failed(state: AppState, message: string, hint: string | null): AppState {
	const {job} = state;
	if (!job) {
		return state;
	}

	if (job.kind === 'refresh') {
		const why = hint === null ? message : `${message} · ${hint}`;
		return settle({...state, job: null, stale: `old rows, not read again: ${why}`, notice: `not read again · ${keyFor(state.keys, 'refresh')} tries again`});
	}

	const {account, window} = job;
	return replaceTop({...state, job: null}, {name: 'failed', message, hint, question: {account, window}});
}

function pressed(state: AppState, press: Stroke): AppState {
	const {command} = press;
	const screen = topOf(state);
	if (command === 'force-quit') {
		return {...state, exitCode: 130};
	}

	const isText = isTyping(screen) && state.help === null;
	if (command === 'quit' && !isText) {
		return {...state, exitCode: 0};
	}

	if (isTooSmall(state.size)) {
		return state;
	}

	if (state.help !== null) {
		return {...state, help: scrollHelp(state.help, command, state)};
	}

	const answered = isText ? undefined : answeredQuestion(state, screen, command);
	if (answered) {
		return answered;
	}

	const global = isText ? undefined : pressedAnywhere(state, screen, press);
	if (global) {
		return global;
	}

	const step = pressScreen(screen, press, {layout: layoutFor(state), today: state.today, nextRequest: state.nextJob});
	return goTo(replaceTop(state, step.screen), step.intent);
}

/**
Says yes to what a job asks: Enter on the loading screen; where old rows are read again, the key that began it, so that no Enter meant for a row
agrees to a cost. Esc says no, which stops it: the loading screen is left, old rows stay.
*/
function answeredQuestion(state: AppState, screen: Screen, command: Stroke['command']): AppState | undefined {
	const {job} = state;
	if (!job?.question) {
		return undefined;
	}

	if (command === (screen.name === 'loading' ? 'open' : 'refresh')) {
		return {...state, job: {...job, question: null, agreed: job.agreed + 1}};
	}

	return command === 'back' && screen.name !== 'loading'
		? settle({...state, job: null, stale: 'old rows: reading again was stopped'})
		: undefined;
}

/** The commands that mean the same on every screen; undefined where the screen itself decides. */
function pressedAnywhere(state: AppState, screen: Screen, {command}: Stroke): AppState | undefined {
	if (command === 'help') {
		return {...state, help: 0};
	}

	if (!showsAnalysis(screen) || !state.result) {
		return undefined;
	}

	switch (command) {
		case 'overview': {
			return openLines(state, 'overview', state.result.analysis);
		}

		case 'warnings': {
			return openLines(state, 'warnings', state.result.analysis);
		}

		case 'unmapped': {
			return openLines(state, 'events', state.result.analysis);
		}

		case 'pane': {
			return screen.name === 'principal' ? togglePane(state) : undefined;
		}

		case 'refresh': {
			if ((screen.name === 'action' && screen.state.findings.status === 'failed') || (screen.name === 'people' && screen.state.asked.status === 'failed')) {
				return undefined;
			}

			if (state.job) {
				return settle({...state, job: null, stale: 'old rows: reading again was stopped'});
			}

			const {account, window} = state.result;
			const {stack} = state;
			const job = startJob(state, {account, window});
			return {...job, stack, job: job.job && {...job.job, kind: 'refresh'}};
		}

		default: {
			return undefined;
		}
	}
}

/** Shows or hides the evidence beside the list; where there is no room for it, that is said. */
function togglePane(state: AppState): AppState {
	const toggled = settle({...state, hasPane: !state.hasPane});
	return toggled.hasPane && layoutFor(toggled).pane === null
		? {...toggled, notice: 'the evidence is shown from 24 rows or 120 columns on; until then, open the action'}
		: toggled;
}
