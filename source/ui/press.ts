import type {Key} from 'ink';

/** One key press. */
export type Press = {
	/** "up", "enter", "escape", "tab", "shift-tab", "backspace", "ctrl-u", …, or the character itself. */
	readonly key: string;
	/** What it types into a text field; empty for keys that type nothing. */
	readonly text: string;
};

const named: ReadonlyArray<readonly [keyof Key, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['backspace', 'backspace'],
	// Backspace (0x7f) arrives as delete, and so does Delete.
	['delete', 'backspace'],
];

/** What the terminal says about itself (focus, mouse, paste brackets), with its escape cut off by Ink: nobody pressed it. */
const report = /^\[[\d;<>?]*[A-Za-z~]$/;

/**
The presses behind one call of Ink's `useInput`: keys typed quickly, or pasted, arrive as one string, and Escape with a letter in one chunk arrives
as that letter with `meta`.
*/
export function pressesOf(input: string, key: Key): readonly Press[] {
	if (key.tab) {
		return [{key: key.shift ? 'shift-tab' : 'tab', text: ''}];
	}

	const name = named.find(([flag]) => key[flag] === true);
	if (name) {
		return [{key: name[1], text: ''}];
	}

	if (key.ctrl) {
		return input === '' ? [] : [{key: `ctrl-${input}`, text: ''}];
	}

	if (report.test(input)) {
		return [];
	}

	const presses = Array.from(input, character => pressOf(character));
	return key.meta && presses.length > 0 ? [{key: 'escape', text: ''}, ...presses] : presses;
}

function pressOf(character: string): Press {
	switch (character) {
		case '\r':
		case '\n': {
			return {key: 'enter', text: ''};
		}

		case '\t': {
			return {key: 'tab', text: ''};
		}

		case '\b':
		case '\u007F': {
			return {key: 'backspace', text: ''};
		}

		case '\u001B': {
			return {key: 'escape', text: ''};
		}

		default: {
			const code = character.codePointAt(0) ?? 0;
			return code < 0x20 ? {key: `ctrl-${String.fromCodePoint(code + 0x60)}`, text: ''} : {key: character, text: character};
		}
	}
}
