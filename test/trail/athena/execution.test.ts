import {expect, test} from 'vitest';
import {waitAfter} from '../../../source/trail/athena/execution.js';

test.each([
	['the first wait is a tenth of a second', 0, 100],
	['four seconds on it still is: the end of a short query is seen soon', 4000, 100],
	['a minute on it is a fortieth of the time', 60_000, 1500],
	['it is never more than two seconds', 3_600_000, 2000],
])('%s', (_, elapsed, expected) => {
	expect(waitAfter(elapsed)).toBe(expected);
});
