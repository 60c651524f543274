import fc from 'fast-check';
import {expect, test} from 'vitest';
import Output from '../../node_modules/ink/build/output.js';
import {putTogether} from '../../source/ui/fast-output.js';

const width = 20;
const height = 4;

type Write = Parameters<typeof putTogether>[0]['operations'][number] & {readonly type: 'write'};

/** The frame as Ink's own class puts it together. */
function byInk(writes: readonly Write[], rows = height): string {
	const output = new Output({width, height: rows});
	for (const {x, y, text, transformers} of writes) {
		output.write(x, y, text, {transformers: [...transformers]});
	}

	return output.get().output;
}

const fast = (operations: readonly Write[]) => putTogether({width, height, operations}, pieces =>
	byInk(pieces.map(({x, line}) => ({type: 'write', x, y: 0, text: line, transformers: []})), 1));

const ends: Readonly<Record<string, string>> = {22: '1', 27: '7', 39: '31'};

const escape = '\u001B';

/** Each character of a line with the styles that hold there, however they are spelled; without what nobody sees at its end. */
function cells(line: string): readonly string[] {
	const active = new Set<string>();
	const seen = line.split(new RegExp(String.raw`(${escape}\[\d+m)`)).flatMap(part => {
		if (!part.startsWith(escape)) {
			return Array.from(part, character => `${character} ${[...active].toSorted().join(' ')}`);
		}

		const code = part.slice(2, -1);
		const ended = ends[code];
		active[ended === undefined ? 'add' : 'delete'](ended ?? code);
		return [];
	});
	return seen.slice(0, seen.findLastIndex(cell => !cell.startsWith(' ') || cell.includes('7')) + 1);
}

const look = (frame: string) => frame.split('\n').map(line => cells(line));

const styles = fc.constantFrom<(line: string) => string>(
	line => line,
	line => `\u001B[31m${line}\u001B[39m`,
	line => `\u001B[7m${line}\u001B[27m`,
	line => `1${line}`,
);

const writes: fc.Arbitrary<readonly Write[]> = fc.array(fc.record({
	type: fc.constant('write' as const),
	x: fc.integer({min: 0, max: width - 1}),
	y: fc.integer({min: 0, max: height}),
	text: fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '漢', 'é', '\u001B[1mx\u001B[22m'), {minLength: 1, maxLength: 8}).map(parts => parts.join('')),
	transformers: fc.array(styles, {maxLength: 2}),
}), {maxLength: 6});

test('a frame looks as Ink would have put it together', () => {
	fc.assert(fc.property(writes, drawn => {
		expect(look(fast(drawn) ?? 'nothing')).toEqual(look(byInk(drawn)));
	}), {numRuns: 500});
});

test('a frame with a clipped part is left to Ink', () => {
	expect(putTogether({width, height, operations: [{type: 'clip'}]}, () => '')).toBeUndefined();
});
