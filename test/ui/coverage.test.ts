import {describe, expect, test} from 'vitest';
import {coverageLines, dayRanges} from '../../source/ui/screens/lines/coverage.js';
import {fakeAnalysis} from '../support/fake-workspace.js';

describe('dayRanges', () => {
	test.each<{name: string; days: string[]; ranges: string[]}>([
		{name: 'no day is no range', days: [], ranges: []},
		{name: 'one day stands alone', days: ['2026-02-03'], ranges: ['2026-02-03']},
		{name: 'days that follow one another are one range', days: ['2026-02-03', '2026-02-04', '2026-02-05'], ranges: ['2026-02-03 to 2026-02-05']},
		{name: 'a day between splits', days: ['2026-02-03', '2026-02-05'], ranges: ['2026-02-03', '2026-02-05']},
		{name: 'over the end of a month and of a leap February', days: ['2024-02-28', '2024-02-29', '2024-03-01'], ranges: ['2024-02-28 to 2024-03-01']},
	])('$name', ({days, ranges}) => {
		expect(dayRanges(days)).toEqual(ranges);
	});
});

describe('coverageLines', () => {
	const {coverage, trail} = fakeAnalysis([], {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'});
	const textsOf = (changes: Partial<typeof coverage>, events = 1) =>
		coverageLines({coverage: {...coverage, ...changes}, trail: {...trail, events}}).map(({lead, text}) => `${lead}: ${text}`);

	test('a configuration is named, and said to be taken over the log', () => {
		expect(textsOf({configuration: ['org-trail']})).toEqual(expect.arrayContaining(['configuration: given, and taken over what the log shows, for', 'configuration: org-trail']));
		expect(textsOf({})).toContain('configuration: not given (--trail-config FILE): this is what the log shows');
	});

	test('a log without events says nothing of what the trail records', () => {
		expect(textsOf({}, 0)[0]).toBe('records: not known: the window has no event of the account');
		expect(textsOf({}, 0).join('\n')).not.toContain('read-only events');
	});

	test('long lists go on in further lines, and lose nothing', () => {
		const days = Array.from({length: 60}, (_, index) => new Date(Date.UTC(2026, 0, 1 + 2 * index)).toISOString().slice(0, 10));
		const lines = textsOf({missingDays: days});
		expect(Math.max(...lines.map(line => line.replace(/^[^:]+: /, '').length))).toBeLessThanOrEqual(61);
		for (const day of days) {
			expect(lines.join('\n')).toContain(day);
		}
	});
});
