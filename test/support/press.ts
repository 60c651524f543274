import {appReducer} from '../../source/ui/app-reducer.js';
import type {AppState} from '../../source/ui/app-state.js';
import {defaultKeys, type Stroke} from '../../source/ui/keys.js';

const named = new Set(['up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'enter', 'escape', 'tab', 'shift-tab', 'backspace', 'space']);

/** The press of a key by its name, or of a character, with what it asks for by the table's own keys. */
export function pressOf(key: string): Stroke {
	const text = key === 'space' ? ' ' : (named.has(key) || key.startsWith('ctrl-') ? '' : key);
	const name = key === ' ' ? 'space' : key;
	return {key: name, text: key === ' ' ? ' ' : text, command: defaultKeys.commandOf(name)};
}

/** What the program becomes after keys, one after another. */
export function afterKeys(state: AppState, ...keys: readonly string[]): AppState {
	let current = state;
	for (const key of keys) {
		current = appReducer(current, {type: 'press', press: pressOf(key)});
	}

	return current;
}
