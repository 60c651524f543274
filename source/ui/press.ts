/** One key press. */
export type Press = {
	/** "up", "enter", "escape", "tab", "shift-tab", "backspace", "space", "ctrl-u", "paste", …, or the character itself. */
	readonly key: string;
	/** What it types into a text field; empty for keys that type nothing. */
	readonly text: string;
};

const escape = '\u001B';

/** Final letters of key sequences: ESC [ A and ESC O A, with or without modifiers (xterm, "PC-Style Function Keys"). */
const letterKeys: ReadonlyMap<string, string> = new Map([
	['A', 'up'],
	['B', 'down'],
	['C', 'right'],
	['D', 'left'],
	['F', 'end'],
	['H', 'home'],
	['M', 'enter'],
	['Z', 'shift-tab'],
]);

/** Numbers of key sequences that end in "~". */
const numberKeys: ReadonlyMap<string, string> = new Map([
	['1', 'home'],
	['3', 'backspace'],
	['4', 'end'],
	['5', 'pageup'],
	['6', 'pagedown'],
	['7', 'home'],
	['8', 'end'],
]);

const pasteBegins = `${escape}[200~`;
const pasteEnds = `${escape}[201~`;

const silent = (key: string): Press => ({key, text: ''});

/** The key of an escape sequence; undefined for one that is no key of ours: function keys, mouse, focus, answers of the terminal. */
function keyOf(sequence: string): string | undefined {
	const numbered = /^\[(\d+)(?:;\d+)?~$/.exec(sequence);
	if (numbered) {
		return numberKeys.get(numbered[1] ?? '');
	}

	// "M" ends mouse reports, too: only keypad Enter, ESC O M, is a key.
	const lettered = /^(?:O|\[(?:1;\d+)?)([ABCDFHMZ])$/.exec(sequence);
	return lettered && (lettered[1] !== 'M' || sequence === 'OM') ? letterKeys.get(lettered[1] ?? '') : undefined;
}

function pressOf(character: string): Press {
	switch (character) {
		case '\r':
		case '\n': {
			return silent('enter');
		}

		case '\t': {
			return silent('tab');
		}

		case '\b':
		case '\u007F': {
			return silent('backspace');
		}

		case escape: {
			return silent('escape');
		}

		case ' ': {
			return {key: 'space', text: ' '};
		}

		default: {
			const code = character.codePointAt(0) ?? 0;
			return code < 0x20 ? silent(`ctrl-${String.fromCodePoint(code + 0x60)}`) : {key: character, text: character};
		}
	}
}

const pressesOfText = (text: string): Press[] => Array.from(text, character => pressOf(character));

/** The presses behind one piece of input: a run of characters, which all count, or one escape sequence. */
function pressesOf(input: string): readonly Press[] {
	if (!input.startsWith(escape) || input === escape) {
		return pressesOfText(input);
	}

	const rest = input.slice(1);
	if (rest.startsWith(escape)) {
		return [silent('escape'), ...pressesOf(rest)];
	}

	if (/^[O[]./s.test(rest)) {
		const key = keyOf(rest);
		return key === undefined ? [] : [silent(key)];
	}

	// Escape, and a character typed right after it.
	return [silent('escape'), ...pressesOfText(rest)];
}

/**
Makes the function that turns Ink's pieces of input (text, or one escape sequence each) into key presses. What is pasted between the terminal's
brackets is one press "paste" that types its text without line breaks and other controls: a paste is never taken for keys.
*/
export function createPressReader(): (input: string) => readonly Press[] {
	let pasted: string | undefined;
	return input => {
		if (input === pasteBegins) {
			pasted = '';
			return [];
		}

		if (pasted === undefined) {
			return pressesOf(input);
		}

		if (input === pasteEnds) {
			const text = pasted;
			pasted = undefined;
			return text === '' ? [] : [{key: 'paste', text}];
		}

		pasted += input.startsWith(escape) ? '' : input.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(/\p{Cc}/gu, '');
		return [];
	};
}
