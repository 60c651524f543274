import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ActionDataBuilder, encodeRuns} from '../../../source/print/report/action-data.js';
import {row} from '../analyses.js';

/** As the page's script reads runs. */
function decodeRuns(text: string): number[] {
	const found: number[] = [];
	let at = 0;
	for (const part of text === '' ? [] : text.split(',')) {
		const [gap = '', length = '1'] = part.split('.');
		at += Number.parseInt(gap, 36);
		for (let left = Number.parseInt(length, 36); left > 0; left--) {
			found.push(at++);
		}
	}

	return found;
}

describe('runs', () => {
	test.each([
		['nothing', [], ''],
		['one', [5], '5'],
		['neighbours are one run', [5, 6, 7, 10], '5.3,2'],
		['base 36', [36, 100], '10,1r'],
	])('%s', (_, numbers, text) => {
		expect(encodeRuns(numbers)).toBe(text);
	});

	test('any set reads back', () => {
		fc.assert(fc.property(fc.uniqueArray(fc.nat(300)), numbers => {
			const sorted = numbers.toSorted((a, b) => a - b);
			expect(decodeRuns(encodeRuns(sorted))).toEqual(sorted);
		}));
	});
});

test('rows read back: those that say what most principals say, those that do not, those with numbers of their own', () => {
	const silent = {count: 0, failed: 0, firstUsed: null, lastUsed: null, verdict: 'unused', reason: 'none was seen'} as const;
	const builder = new ActionDataBuilder();
	builder.add([row('s3:B', silent), row('s3:A', silent)]);
	builder.add([row('s3:A', silent), row('s3:B', {...silent, verdict: 'unknown', reason: 'blind'}), row('s3:C')]);
	builder.add([row('s3:B', silent)]);
	const data = builder.build();
	expect(data.actions).toEqual(['s3:A', 's3:B', 's3:C']);
	const [asUsual, blind] = [[1, 'none was seen'], [2, 'blind']];
	expect(data.reasons).toEqual([asUsual, blind, [0, '2 events in the window']]);
	expect(data.usual).toEqual([0, 0, -1]);
	expect(data.principals).toEqual([
		['0.2', [], []],
		['0', [[1, '1']], [[2, 2, 2, 1, 0, '2018-04-01T10:00:00Z', '2018-05-01T10:00:00Z']]],
		['1', [], []],
	]);
});
