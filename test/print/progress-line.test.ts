import {expect, test} from 'vitest';
import type {Progress} from '../../source/lib/task.js';
import {createProgressLine, progressText, type ProgressTarget} from '../../source/print/progress-line.js';

const reading = (done: number): Progress => ({stage: 'reading CloudTrail files', done, total: 3000, unit: 'files', bytes: null});

function terminal(isTerminal = true): {target: ProgressTarget; written: string[]} {
	const written: string[] = [];
	return {written, target: {isTTY: isTerminal, columns: 40, write: text => written.push(text) > 0}};
}

test.each([
	['how many of how many', reading(1200), 'reading CloudTrail files  1,200 of 3,000 files'],
	['how many, while nobody knows of how many', {...reading(1200), total: null}, 'reading CloudTrail files  1,200 files'],
	['nothing to count', {...reading(0), unit: null}, 'reading CloudTrail files'],
])('%s', (_, progress, expected) => {
	expect(progressText(progress)).toBe(expected);
});

test('the line is written over at most every 100 ms, but at once for another stage, and cut to the terminal', () => {
	const {target, written} = terminal();
	let now = 0;
	const line = createProgressLine(target, false, () => now);
	line.show(reading(1));
	now = 99;
	line.show(reading(2));
	now = 100;
	line.show(reading(3));
	line.show({...reading(0), stage: 'asking'});
	line.clear();
	line.clear();
	const clear = '\r\u001B[2K';
	expect(written).toEqual([`${clear}reading CloudTrail files  1 of 3,000 f…`, `${clear}reading CloudTrail files  3 of 3,000 f…`, `${clear}asking  0 of 3,000 files`, clear]);
});

test('where no terminal is, a line says every half a minute how far it is', () => {
	const {target, written} = terminal(false);
	let now = 0;
	const line = createProgressLine(target, false, () => now);
	for (now of [0, 100, 29_999, 30_000, 30_100, 61_000]) {
		line.show(reading(now));
	}

	line.clear();
	expect(written).toEqual(['reading CloudTrail files  30,000 of 3,000 files\n', 'reading CloudTrail files  61,000 of 3,000 files\n']);
});

test.each([
	['--quiet', true, true],
	['--quiet without a terminal', false, true],
])('%s: nothing is drawn', (_, isTerminal, quiet) => {
	const {target, written} = terminal(isTerminal);
	const line = createProgressLine(target, quiet, () => 0);
	line.show(reading(1));
	line.clear();
	expect(written).toEqual([]);
});
