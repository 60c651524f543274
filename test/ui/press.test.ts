import {describe, expect, test} from 'vitest';
import {createPressReader} from '../../source/ui/press.js';

const keys = (...input: string[]) => {
	const read = createPressReader();
	return input.flatMap(piece => read(piece)).map(press => press.key);
};

describe('key presses from pieces of input', () => {
	test.each<{name: string; input: string; expected: string[]}>([
		{name: 'one character is one press', input: 'j', expected: ['j']},
		{name: 'a run of characters in one chunk all count', input: 'jjj', expected: ['j', 'j', 'j']},
		{name: 'Enter at the end of a chunk counts', input: '/s3\r', expected: ['/', 's', '3', 'enter']},
		{name: 'a newline is Enter', input: '\n', expected: ['enter']},
		{name: 'Escape and a letter in one chunk are both', input: '\u001Bj', expected: ['escape', 'j']},
		{name: 'Escape alone', input: '\u001B', expected: ['escape']},
		{name: 'Escape twice', input: '\u001B\u001B', expected: ['escape', 'escape']},
		{name: 'Escape and an arrow in one chunk', input: '\u001B\u001B[A', expected: ['escape', 'up']},
		{name: '0x7f is Backspace', input: '\u007F', expected: ['backspace']},
		{name: 'Delete takes a character, too', input: '\u001B[3~', expected: ['backspace']},
		{name: 'Ctrl with a letter', input: '\u0015', expected: ['ctrl-u']},
		{name: 'a control character within a chunk', input: 'a\u0003', expected: ['a', 'ctrl-c']},
		{name: 'Tab', input: '\t', expected: ['tab']},
		{name: 'Shift-Tab', input: '\u001B[Z', expected: ['shift-tab']},
		{name: 'an arrow', input: '\u001B[B', expected: ['down']},
		{name: 'an arrow in application mode', input: '\u001BOB', expected: ['down']},
		{name: 'an arrow with a modifier', input: '\u001B[1;5B', expected: ['down']},
		{name: 'Home and End of both kinds', input: '\u001B[1~', expected: ['home']},
		{name: 'End by letter', input: '\u001B[F', expected: ['end']},
		{name: 'PgDn', input: '\u001B[6~', expected: ['pagedown']},
		{name: 'Enter of the keypad', input: '\u001BOM', expected: ['enter']},
		{name: 'Ctrl-F3 is no key of ours', input: '\u001B[1;5R', expected: []},
		{name: 'a colour of pasted output types nothing', input: '\u001B[31m', expected: []},
		{name: 'the mouse types nothing', input: '\u001B[<0;12;7M', expected: []},
		{name: 'the old mouse report is no Enter', input: '\u001B[M', expected: []},
		{name: 'focus types nothing', input: '\u001B[I', expected: []},
		{name: 'letters beyond the first plane stay whole', input: '𝒶', expected: ['𝒶']},
	])('$name', ({input, expected}) => {
		expect(keys(input)).toEqual(expected);
	});

	test('a paste is one press, whatever is in it, and types its text on one line', () => {
		const read = createPressReader();
		const presses = ['\u001B[200~', 'ali\nce\tq\u0003', '\u001B[31m', ' x', '\u001B[201~', 'j'].flatMap(piece => read(piece));
		expect(presses).toEqual([{key: 'paste', text: 'ali ce q x'}, {key: 'j', text: 'j'}]);
	});

	test('an empty paste is nothing', () => {
		expect(keys('\u001B[200~', '\u001B[201~')).toEqual([]);
	});

	test('only characters type', () => {
		expect(createPressReader()('a\r').map(press => press.text)).toEqual(['a', '']);
	});
});
