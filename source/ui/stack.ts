import type {PrincipalDetail} from '../app/analysis.js';
import {layoutFor, topOf, type AppState, type Screen} from './app-state.js';
import {initPrincipal, recallPrincipal} from './screens/principal/state.js';
import {fitScreen} from './screens/screens.js';

/** The number of the next question is taken. */
export function asked(state: AppState): AppState {
	return {...state, nextJob: state.nextJob + 1};
}

/** Puts a screen on the others. */
export function push(state: AppState, screen: Screen): AppState {
	return settle({...state, stack: [...state.stack, screen]});
}

/** Opens a principal, as its screen was left. */
export function openPrincipal(state: AppState, detail: PrincipalDetail): AppState {
	const memory = state.kept.principal.get(detail.principal.arn);
	const screen = memory ? recallPrincipal(detail, memory, 1) : initPrincipal(detail, state.toggles, state.isGrouped);
	return push(state, {name: 'principal', state: screen});
}

/** The principal that is open, on the drawn screen or under it; null where none is. */
export function detailOf(state: AppState): PrincipalDetail | null {
	const screen = state.stack.findLast(({name}) => name === 'principal');
	return screen?.name === 'principal' ? screen.state.detail : null;
}

/** Fits the drawn screen into the rows that it has. */
export function settle(state: AppState): AppState {
	const top = topOf(state);
	const fitted = fitScreen(top, layoutFor(state));
	return fitted === top ? state : {...state, stack: [...state.stack.slice(0, -1), fitted]};
}
