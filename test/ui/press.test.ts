import type {Key} from 'ink';
import {describe, expect, test} from 'vitest';
import {pressesOf} from '../../source/ui/press.js';

const noKey: Key = {
	upArrow: false, downArrow: false, leftArrow: false, rightArrow: false, pageDown: false, pageUp: false, home: false, end: false, return: false,
	escape: false, ctrl: false, shift: false, tab: false, backspace: false, delete: false, meta: false, super: false, hyper: false, capsLock: false, numLock: false,
};

describe('pressesOf', () => {
	test.each<{name: string; input: string; key: Partial<Key>; keys: string[]}>([
		{name: 'one character is one press', input: 'j', key: {}, keys: ['j']},
		{name: 'a run of characters in one chunk all count', input: 'jjj', key: {}, keys: ['j', 'j', 'j']},
		{name: 'Enter at the end of a chunk counts', input: '/s3\r', key: {}, keys: ['/', 's', '3', 'enter']},
		{name: 'a newline is Enter', input: '\n', key: {}, keys: ['enter']},
		{name: 'Escape and a letter in one chunk are both', input: 'j', key: {meta: true}, keys: ['escape', 'j']},
		{name: 'Escape alone is one press though meta is set', input: '', key: {escape: true, meta: true}, keys: ['escape']},
		{name: '0x7f arrives as delete and is Backspace', input: '', key: {delete: true}, keys: ['backspace']},
		{name: 'Ctrl with a letter', input: 'u', key: {ctrl: true}, keys: ['ctrl-u']},
		{name: 'a control character within a chunk', input: 'a\u0003', key: {}, keys: ['a', 'ctrl-c']},
		{name: 'Tab', input: '\t', key: {tab: true}, keys: ['tab']},
		{name: 'Shift-Tab', input: '', key: {tab: true, shift: true}, keys: ['shift-tab']},
		{name: 'arrows', input: '', key: {downArrow: true}, keys: ['down']},
		{name: 'what the terminal reports of itself types nothing', input: '[<0;12;7M', key: {}, keys: []},
		{name: 'the brackets of a paste type nothing', input: '[200~', key: {}, keys: []},
		{name: 'letters beyond the first plane stay whole', input: '𝒶', key: {}, keys: ['𝒶']},
	])('$name', ({input, key, keys}) => {
		expect(pressesOf(input, {...noKey, ...key}).map(press => press.key)).toEqual(keys);
	});

	test('only characters type', () => {
		expect(pressesOf('a\r', noKey).map(press => press.text)).toEqual(['a', '']);
	});
});
