import {describe, expect, test} from 'vitest';
import {daysIn, defaultWindow, midnight, parseDay} from '../../source/domain/window.js';

const today = new Date('2026-03-31T13:45:00Z');

describe('a day in the user\'s words', () => {
	test.each([
		['2018-01-01', '2018-01-01T00:00:00Z'],
		[' 2018-01-01 ', '2018-01-01T00:00:00Z'],
		['2024-02-29', '2024-02-29T00:00:00Z'],
		['0d', '2026-03-31T00:00:00Z'],
		['90d', '2025-12-31T00:00:00Z'],
		['2W', '2026-03-17T00:00:00Z'],
		['1y', '2025-03-31T00:00:00Z'],
		['1m', '2026-02-28T00:00:00Z'],
		['13mo', '2025-02-28T00:00:00Z'],
	])('%s', (words, expected) => {
		expect(parseDay(words, today)).toBe(expected);
	});

	test.each(['2018-02-30', '2018-13-01', '2023-02-29', '18-01-01', '2018-1-1', 'soon', '', '-5d', '9999999d', '99999y', '1.5d', '2018-01-01T00:00:00Z'])('%s names no day', words => {
		expect(parseDay(words, today)).toBeUndefined();
	});
});

test('windows are whole UTC days, the end is exclusive', () => {
	const window = defaultWindow(today);
	expect(window).toEqual({start: '2025-03-31T00:00:00Z', end: '2026-04-01T00:00:00Z'});
	expect(daysIn(window)).toBe(366);
	expect(midnight(new Date('2026-03-31T23:59:59.999Z'))).toBe('2026-03-31T00:00:00Z');
});
