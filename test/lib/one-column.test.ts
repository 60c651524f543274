import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {inOneColumn} from '../../source/lib/one-column.js';

const characters = Array.from({length: 0x1_00_00}, (_, code) => String.fromCodePoint(code));

test('what is counted as one column each is one column each, alone and beside each other', () => {
	const short = characters.filter(character => inOneColumn.test(character));
	expect(short.length).toBeGreaterThan(400);
	expect(short.filter(character => stringWidth(character) !== 1)).toEqual([]);
	expect(stringWidth(short.join(''))).toBe(short.length);
});

test.each(['·', '›', '…', '─', '│', '–', '“', 'é', 'ß', '↑'])('%s needs no segmenter', character => {
	expect(inOneColumn.test(`a ${character} b`)).toBe(true);
});

test.each([['a combining mark', 'e\u0301'], ['a wide letter', '字'], ['an emoji', '👍'], ['a sign that may be an emoji', '©'], ['a zero-width joiner', 'a\u200Db'], ['a soft hyphen', 'a\u00ADb'], ['a tab', '\t'], ['an escape', '\u001B[1m']])('%s is left to string-width', (_, text) => {
	expect(inOneColumn.test(text)).toBe(false);
});
