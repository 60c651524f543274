import type {Press} from './press.js';

/** A line of text that is being typed; `caret` is an index in `text`, 0 to its length. */
export type TextField = {readonly text: string; readonly caret: number};

export const emptyField: TextField = {text: '', caret: 0};

/** A field that holds a text, the caret behind it. */
export function fieldOf(text: string): TextField {
	return {text, caret: text.length};
}

/** What a press makes of the field; the same field when the press types and moves nothing. */
export function editText(field: TextField, press: Press): TextField {
	const before = field.text.slice(0, field.caret);
	const after = field.text.slice(field.caret);
	if (press.text !== '') {
		return {text: before + press.text + after, caret: field.caret + press.text.length};
	}

	switch (press.key) {
		case 'backspace': {
			const kept = before.slice(0, before.length - lastCharacter(before).length);
			return {text: kept + after, caret: kept.length};
		}

		case 'left': {
			return {...field, caret: field.caret - lastCharacter(before).length};
		}

		case 'right': {
			const [next = ''] = after;
			return {...field, caret: field.caret + next.length};
		}

		case 'home':
		case 'ctrl-a': {
			return {...field, caret: 0};
		}

		case 'end':
		case 'ctrl-e': {
			return {...field, caret: field.text.length};
		}

		case 'ctrl-u': {
			return {text: after, caret: 0};
		}

		case 'ctrl-w': {
			const kept = before.replace(/[^\s/]*[\s/]*$/, '');
			return {text: kept + after, caret: kept.length};
		}

		default: {
			return field;
		}
	}
}

function lastCharacter(text: string): string {
	return [...text].at(-1) ?? '';
}
