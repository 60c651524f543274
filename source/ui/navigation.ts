import type {ActionRow, Analysis} from '../app/analysis.js';
import type {AccountChoice} from '../app/workspace.js';
import {layoutFor, replaceTop, runningWork, startJob, topOf, type AppState, type Screen} from './app-state.js';
import type {ShownRows} from './exporter.js';
import {initAction, lookAgain} from './screens/action/state.js';
import {initAddAccount} from './screens/add-account/state.js';
import {initExport, initPlanExport} from './screens/export/state.js';
import {linesAbout, type LinesKind} from './screens/lines/state.js';
import {initPolicy} from './screens/policy/state.js';
import {askAgain} from './screens/people/state.js';
import {isGroup} from './screens/principal/groups.js';
import {keepPrincipal, stepAction} from './screens/principal/state.js';
import {initPrincipals, refreshPrincipals} from './screens/principals/state.js';
import {refreshScreens} from './screens/screens.js';
import {initStartDate} from './screens/start-date/state.js';
import {asked, detailOf, openPrincipal, push, settle} from './stack.js';
import type {Intent} from './step.js';
import {keepPeople, leaveAccount, openAccount, openPeople, openPerson, openRole, openSplit, otherTab} from './visits.js';

/** Carries out what a screen asked for. */
export function goTo(state: AppState, intent: Intent | undefined): AppState {
	switch (intent?.type) {
		case undefined: {
			return state;
		}

		case 'back': {
			return goBack(state);
		}

		case 'choose-account': {
			return choose(state, intent.account);
		}

		case 'add-account': {
			return push(state, {name: 'add-account', state: initAddAccount()});
		}

		case 'start': {
			return start(state, intent.start);
		}

		case 'open-principal': {
			return state.result ? openPrincipal(state, state.result.analysis.principal(intent.arn)) : state;
		}

		case 'open-action': {
			return openAction(state, intent.row);
		}

		case 'step-action': {
			return step(state, intent.by);
		}

		case 'look-again': {
			return look(state);
		}

		case 'open-people': {
			return openPeople(state, null);
		}

		case 'next-tab': {
			return otherTab(state) ?? goBack(state);
		}

		case 'open-person': {
			return openPerson(state, intent.index);
		}

		case 'open-role': {
			return openRole(state, {role: intent.role, caller: intent.caller});
		}

		case 'open-split': {
			return openSplit(state);
		}

		case 'open-account': {
			return openAccount(state, intent.accountId, null);
		}

		case 'take-number': {
			return asked(state);
		}

		case 'open-policy': {
			return push(asked(state), {name: 'policy', state: initPolicy(intent.arn, intent.marks, state.nextJob)});
		}

		case 'export-plan': {
			return push(state, {name: 'export', state: initPlanExport(intent.plan)});
		}

		case 'export': {
			return openExport(state, intent.shown);
		}

		case 'copy': {
			return {...asked(state), copy: {request: state.nextJob, text: intent.text}};
		}

		case 'say': {
			return {...state, notice: intent.words};
		}

		case 'retry': {
			return retry(state);
		}
	}
}

/** Asks for the dates of an account, unless the command line gave them. */
function choose(state: AppState, account: AccountChoice): AppState {
	const chosen = push(state, {name: 'start-date', account, state: initStartDate(state.today, state.givenStart)});
	return state.givenStart === undefined ? chosen : start(chosen, state.givenStart);
}

function openAction(state: AppState, row: ActionRow): AppState {
	const screen = topOf(state);
	if (screen.name === 'principal' && screen.state.session !== null) {
		return {...state, notice: 'this list is of one person alone: open the action in the role itself for its evidence'};
	}

	const detail = detailOf(state);
	return detail ? push(asked(state), {name: 'action', state: initAction(row, detail, state.nextJob)}) : state;
}

/** Asks the same again as what failed. */
function retry(state: AppState): AppState {
	const screen = topOf(state);
	return screen.name === 'failed' ? startJob({...state, stack: state.stack.slice(0, -1)}, screen.question) : state;
}

/** Asks where the rows of a screen are to be written. */
function openExport(state: AppState, shownOf: (analysis: Analysis) => ShownRows): AppState {
	return state.result ? push(state, {name: 'export', state: initExport(shownOf(state.result.analysis), state.exporter)}) : state;
}

/** Asks the log again about the action that is open. */
function look(state: AppState): AppState {
	const screen = topOf(state);
	if (screen.name === 'people') {
		return settle(replaceTop(asked(state), {...screen, state: askAgain(screen.state, state.nextJob)}));
	}

	return screen.name === 'action' ? settle(replaceTop(asked(state), {...screen, state: lookAgain(screen.state, state.nextJob)})) : state;
}

/** Leaves the screen; the root stays. Leaving the loading screen cancels what loads. */
function goBack(state: AppState): AppState {
	if (state.stack.length === 1) {
		return state;
	}

	const {job} = state;
	const screen = topOf(state);
	const left = screen.name;
	const cancelled = left === 'loading' || left === 'principals' || (left === 'people' && job === null);
	const work = cancelled ? runningWork(state) : null;
	const notice = work === null ? state.notice : `stopped: ${work}`;
	return settle(leaveAccount({...keep(state, screen), stack: state.stack.slice(0, -1), job: cancelled ? null : job, notice}));
}

/** Remembers what a screen that is left is to show again. */
function keep(state: AppState, screen: Screen): AppState {
	const {kept} = state;
	switch (screen.name) {
		case 'principals': {
			return {...state, kept: {...kept, principals: screen.state}};
		}

		case 'principal': {
			// What one person did in a role is looked at, not worked on.
			if (screen.state.session !== null) {
				return state;
			}

			const memory = keepPrincipal(screen.state);
			const principal = new Map(kept.principal).set(screen.state.detail.principal.arn, memory);
			return {...state, isGrouped: memory.isGrouped, kept: {...kept, principal}};
		}

		case 'people': {
			return keepPeople(state, screen.state);
		}

		default: {
			return state;
		}
	}
}

/** Shows the principals of an account in the place of the loading screen; of the account that was shown last, as they were left. */
export function openPrincipals(state: AppState, account: string, analysis: Analysis): AppState {
	const kept = state.kept.account === account ? state.kept : {account, principals: null, principal: new Map(), people: new Map()};
	const screen: Screen = {
		name: 'principals',
		state: kept.principals ? refreshPrincipals(kept.principals, analysis, 1) : initPrincipals(analysis),
	};
	return settle(replaceTop({...state, kept}, screen));
}

/** Analyses the account whose dates are on the screen. */
function start(state: AppState, day: string): AppState {
	const screen = topOf(state);
	return screen.name === 'start-date' ? startJob(state, {account: screen.account, window: {start: day, end: state.end}}) : state;
}

/** From inside an action to its neighbour in the list below, whose cursor goes along. */
function step(state: AppState, by: 1 | -1): AppState {
	const below = state.stack.at(-2);
	if (below?.name !== 'principal') {
		return state;
	}

	const moved = stepAction(below.state, by, layoutFor({...state, stack: state.stack.slice(0, -1)}).list);
	const row = moved.list.rows[moved.list.cursor];
	if (!row || isGroup(row) || moved === below.state) {
		return state;
	}

	return settle({
		...asked(state),
		stack: [...state.stack.slice(0, -2), {...below, state: moved}, {name: 'action', state: initAction(row, moved.detail, state.nextJob)}],
	});
}

/** Opens a list of lines; from there again, goes back. One takes the other's place: they never pile up. */
export function openLines(state: AppState, kind: LinesKind, analysis: Analysis): AppState {
	const screen = {name: 'lines', kind, state: linesAbout(kind, analysis, detailOf(state))} as const;
	const top = topOf(state);
	if (top.name !== 'lines') {
		return push(state, screen);
	}

	const below = {...state, stack: state.stack.slice(0, -1)};
	return top.kind === screen.kind ? settle(below) : push(below, screen);
}

/** Puts a newer analysis under all screens. */
export function refreshed(state: AppState, analysis: Analysis): AppState {
	const below = state.jumps.at(-1)?.depth ?? 0;
	const stack = [...state.stack.slice(0, below), ...refreshScreens(state.stack.slice(below), analysis, layoutFor(state), state.nextJob)];
	const isGone = stack.length < state.stack.length && stack.at(-1)?.name !== 'people';
	const notice = isGone ? 'read again: what was open is gone from the account' : 'read again';
	return settle({...asked(state), stack, notice});
}
