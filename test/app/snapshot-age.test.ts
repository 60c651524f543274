import {expect, test} from 'vitest';
import {snapshotAge} from '../../source/app/snapshot-age.js';

test.each([
	['2024-03-10T12:00:00Z', 'less than a minute'],
	['2024-03-10T11:01:00Z', '59 min'],
	['2024-03-10T09:00:30Z', '2 h'],
	['2024-03-09T11:00:00Z', '25 h'],
	['2024-03-07T12:00:00Z', '3 d'],
])('a snapshot of %s is %s old', (takenAt, age) => {
	expect(snapshotAge(takenAt, new Date('2024-03-10T12:00:20Z'))).toBe(`IAM snapshot of ${takenAt.slice(0, 10)} ${takenAt.slice(11, 16)} UTC, ${age} old`);
});

test('a snapshot that does not say when it was taken has no age', () => {
	expect(snapshotAge(undefined, new Date())).toBeNull();
});
