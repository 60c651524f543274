import {describe, expect, test} from 'vitest';
import {fitList, listOf, pressList, selectedOf, showRows, type ListState} from '../../source/ui/list-state.js';
import {pressOf} from '../support/press.js';

const letters = [...'abcdefghijklmnopqrst'];
const height = 5;
const keyOf = (row: string) => row;

function after(list: ListState<string>, ...keys: readonly string[]): ListState<string> {
	let current = list;
	for (const key of keys) {
		current = pressList(current, pressOf(key), keyOf, height).list;
	}

	return current;
}

describe('moving', () => {
	test.each<{name: string; keys: string[]; selected: string; first: string}>([
		{name: 'down and j', keys: ['down', 'j'], selected: 'c', first: 'a'},
		{name: 'up stops at the first row', keys: ['down', 'up', 'k'], selected: 'a', first: 'a'},
		{name: 'the window follows the cursor by one row', keys: ['j', 'j', 'j', 'j', 'j'], selected: 'f', first: 'b'},
		{name: 'G goes to the last row', keys: ['G'], selected: 't', first: 'p'},
		{name: 'down stops at the last row', keys: ['end', 'down'], selected: 't', first: 'p'},
		{name: 'g goes back to the first', keys: ['G', 'g'], selected: 'a', first: 'a'},
		{name: 'a page down', keys: ['pagedown'], selected: 'f', first: 'b'},
		{name: 'a page up', keys: ['G', 'pageup'], selected: 'o', first: 'o'},
		{name: 'half a page', keys: ['ctrl-d', 'ctrl-d', 'ctrl-u'], selected: 'c', first: 'a'},
	])('$name', ({keys, selected, first}) => {
		const list = after(listOf(letters), ...keys);
		expect(selectedOf(list)).toBe(selected);
		expect(list.rows[list.offset]).toBe(first);
	});

	test('an empty list has no selected row and takes every key', () => {
		expect(selectedOf(after(listOf<string>([]), 'j', 'G', 'pagedown'))).toBeUndefined();
	});

	test('a lower window keeps the cursor in it', () => {
		const list = fitList(after(listOf(letters), 'j', 'j', 'j', 'j'), 2);
		expect([list.offset, list.cursor]).toEqual([3, 4]);
	});

	test('a higher window leaves no line empty without need', () => {
		expect(fitList(after(listOf(letters), 'G'), 10).offset).toBe(10);
	});
});

describe('showRows', () => {
	const consonants = letters.filter(letter => !'aeiou'.includes(letter));

	test('the cursor stays on its row, on the same line of the screen', () => {
		const list = showRows(after(listOf(letters), 'j', 'j', 'j', 'j', 'j'), consonants, keyOf, height);
		expect(selectedOf(list)).toBe('f');
		expect(list.cursor - list.offset).toBe(3);
	});

	test('a row that is gone gives the cursor to the next one that is left', () => {
		expect(selectedOf(showRows(after(listOf(letters), 'j', 'j', 'j', 'j'), consonants, keyOf, height))).toBe('f');
	});

	test('behind the last one that is left, the one before', () => {
		expect(selectedOf(showRows(after(listOf(letters), 'G'), ['a', 'b'], keyOf, height))).toBe('b');
	});

	test('the cursor returns to the row that a filter hid for a while', () => {
		const narrowed = showRows(after(listOf(letters), 'j', 'j', 'j', 'j'), consonants, keyOf, height);
		expect(selectedOf(showRows(narrowed, letters, keyOf, height))).toBe('e');
	});

	test('no row left', () => {
		expect(selectedOf(showRows(listOf(letters), [], keyOf, height))).toBeUndefined();
	});
});

describe('filter keys', () => {
	test.each<{name: string; keys: string[]; filter: string; editing: boolean}>([
		{name: '/ begins to type', keys: ['/'], filter: '', editing: true},
		{name: 'letters that are commands elsewhere are typed', keys: ['/', 'q', 'j', 's'], filter: 'qjs', editing: true},
		{name: 'Enter keeps the filter', keys: ['/', 's', '3', 'enter'], filter: 's3', editing: false},
		{name: 'Escape while typing clears it', keys: ['/', 's', 'escape'], filter: '', editing: false},
		{name: 'Escape later clears it too', keys: ['/', 's', 'enter', 'escape'], filter: '', editing: false},
		{name: '/ again edits it', keys: ['/', 's', 'enter', '/', '3'], filter: 's3', editing: true},
	])('$name', ({keys, filter, editing}) => {
		const list = after(listOf(letters), ...keys);
		expect([list.filter.text, list.editing]).toEqual([filter, editing]);
	});

	test('arrows move while a filter is typed', () => {
		expect(selectedOf(after(listOf(letters), '/', 'down', 'down'))).toBe('c');
	});

	test('Escape without a filter is left to the screen', () => {
		expect(pressList(listOf(letters), pressOf('escape'), keyOf, height).handled).toBe(false);
	});
});
