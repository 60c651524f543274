import {describe, expect, test} from 'vitest';
import {editText, emptyField, fieldOf} from '../../source/ui/text-field.js';
import {pressOf} from '../support/press.js';

describe('editText', () => {
	test.each<{name: string; text: string; keys: string[]; becomes: string}>([
		{name: 'characters are typed at the caret', text: '', keys: ['a', 'c', 'left', 'b'], becomes: 'abc'},
		{name: 'Backspace takes the character before the caret', text: 'abc', keys: ['left', 'backspace'], becomes: 'ac'},
		{name: 'Backspace at the start takes nothing', text: 'a', keys: ['home', 'backspace'], becomes: 'a'},
		{name: 'Backspace takes a whole letter of two code units', text: 'a𝒶', keys: ['backspace'], becomes: 'a'},
		{name: 'Ctrl-U clears to the start', text: 'abc', keys: ['left', 'ctrl-u'], becomes: 'c'},
		{name: 'Ctrl-W takes a word', text: 'one two', keys: ['ctrl-w'], becomes: 'one '},
		{name: 'Ctrl-W takes a part of a path', text: '/data/logs/', keys: ['ctrl-w'], becomes: '/data/'},
		{name: 'Home and End', text: 'bc', keys: ['home', 'a', 'end', 'd'], becomes: 'abcd'},
		{name: 'right at the end stays', text: 'a', keys: ['right', 'b'], becomes: 'ab'},
	])('$name', ({text, keys, becomes}) => {
		let field = fieldOf(text);
		for (const key of keys) {
			field = editText(field, pressOf(key));
		}

		expect(field.text).toBe(becomes);
	});

	test('a key that neither types nor moves leaves the same field', () => {
		expect(editText(emptyField, pressOf('tab'))).toBe(emptyField);
	});
});
