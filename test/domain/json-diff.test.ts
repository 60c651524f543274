import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {jsonDiff} from '../../source/domain/json-diff.js';

const marks = {same: ' ', removed: '-', added: '+'};
const lines = (before: unknown, after: unknown): string[] => jsonDiff(before, after).map(({kind, text}) => `${marks[kind]}${text}`);

describe('the difference of two documents', () => {
	test.each([
		{name: 'an element goes; the comma that is left behind is no change', before: ['a', 'b'], after: ['a'], expected: [' [', '   "a"', '-  "b"', ' ]']},
		{name: 'an element is replaced', before: {x: 1, y: 2}, after: {x: 3, y: 2}, expected: [' {', '-  "x": 1,', '+  "x": 3,', '   "y": 2', ' }']},
		{name: 'a document goes', before: ['a'], after: null, expected: ['-[', '-  "a"', '-]']},
		{name: 'nothing changed', before: ['a'], after: ['a'], expected: [' [', '   "a"', ' ]']},
	])('$name', ({before, after, expected}) => {
		expect(lines(before, after)).toEqual(expected);
	});

	test('without what goes it is the new text, without what comes the old one, commas aside', () => {
		const bare = (text: string): string => text.replaceAll(/,$/gm, '');
		fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(fc.constantFrom('a', 'b', 'c')), (before, after) => {
			const diff = jsonDiff(before, after);
			expect(diff.filter(({kind}) => kind !== 'removed').map(({text}) => text).join('\n')).toBe(JSON.stringify(after, null, 2));
			expect(bare(diff.filter(({kind}) => kind !== 'added').map(({text}) => text).join('\n'))).toBe(bare(JSON.stringify(before, null, 2)));
		}));
	});
});
