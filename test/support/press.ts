import {appReducer} from '../../source/ui/app-reducer.js';
import type {AppState} from '../../source/ui/app-state.js';
import type {Press} from '../../source/ui/press.js';

const named = new Set(['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'enter', 'escape', 'tab', 'shift-tab', 'backspace']);

/** The press of a key by its name, or of a character. */
export function pressOf(key: string): Press {
	return named.has(key) || key.startsWith('ctrl-') ? {key, text: ''} : {key, text: key};
}

/** What the program becomes after keys, one after another. */
export function afterKeys(state: AppState, ...keys: readonly string[]): AppState {
	let current = state;
	for (const key of keys) {
		current = appReducer(current, {type: 'press', press: pressOf(key)});
	}

	return current;
}
