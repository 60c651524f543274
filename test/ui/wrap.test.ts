import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {fitText, wrapIndented, wrapText} from '../../source/ui/wrap.js';

describe('wrapText', () => {
	test.each<{name: string; text: string; width: number; lines: string[]}>([
		{name: 'what fits is one line', text: 'one two', width: 7, lines: ['one two']},
		{name: 'breaks at a space', text: 'one two three', width: 8, lines: ['one two', 'three']},
		{name: 'breaks a word that is longer than a line', text: 'arn:aws:iam', width: 4, lines: ['arn:', 'aws:', 'iam']},
		{name: 'goes on behind a broken word', text: 'abcdef gh', width: 4, lines: ['abcd', 'ef', 'gh']},
		{name: 'an empty text is an empty line', text: '', width: 4, lines: ['']},
		{name: 'a newline in the text does not break', text: 'a\nb', width: 9, lines: [String.raw`a\nb`]},
	])('$name', ({text, width, lines}) => {
		expect(wrapText(text, width)).toEqual(lines);
	});

	test('loses no letter and is never wider than asked', () => {
		fc.assert(fc.property(fc.string(), fc.integer({min: 2, max: 30}), (text, width) => {
			const lines = wrapText(text, width);
			expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
			expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(width);
		}));
	});
});

describe('fitText', () => {
	test('what has room is shown whole', () => {
		expect(fitText(['one two', 'six'], 4, 3)).toEqual(['one', 'two', 'six']);
	});

	test('the first text is whole as long as it can be', () => {
		expect(fitText(['one two', 'six'], 4, 2)).toEqual(['one', 'two']);
		expect(fitText(['one two', 'six seven'], 4, 3)).toEqual(['one', 'two', 'six…']);
	});

	test('what has no room is cut, and says so', () => {
		expect(fitText(['one two'], 4, 1)).toEqual(['one…']);
		expect(fitText(['arn:aws', 'six', 'seven'], 7, 2)).toEqual(['arn:aws', 'six']);
		expect(fitText(['arn:aws x'], 7, 1)).toEqual(['arn:aw…']);
		expect(fitText(['one', 'two'], 9, 2)).toEqual(['one', 'two']);
	});
});

test('wrapIndented keeps what stands before a line, and sets further ones deeper', () => {
	expect(wrapIndented('  one two three', 11)).toEqual(['  one two', '    three']);
	expect(wrapIndented('plain', 11)).toEqual(['plain']);
});
