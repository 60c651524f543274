import {expect, test} from 'vitest';
import {waitAfter} from '../../../source/trail/athena/execution.js';

test.each([
	['the first wait is a quarter of a second', 0, 250],
	['ten seconds on it still is: the end of a short query is seen soon', 10_000, 250],
	['a minute on it is a fortieth of the time', 60_000, 1500],
	['it is never more than two seconds', 3_600_000, 2000],
])('%s', (_, elapsed, expected) => {
	expect(waitAfter(elapsed)).toBe(expected);
});
