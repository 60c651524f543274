import {stripVTControlCharacters} from 'node:util';

/** A text that Ink puts into a frame, at a column and a row; the transformers colour its lines. */
type Write = {
	readonly type: 'write';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: ReadonlyArray<(line: string, index: number) => string>;
};

type Operation = Write | {readonly type: 'clip' | 'unclip'};

/** What Ink's Output knows when it puts a frame together; its types keep the operations private. */
export type Frame = {readonly width: number; readonly height: number; readonly operations: readonly Operation[]};

type Piece = {readonly x: number; readonly line: string};

/** Characters that take one column everywhere: ASCII, and the signs that our own lines are made of (· … › ─ │ ▸ ▾). */
const plain = /^[\u0020-\u007E\u00B7\u2026\u203A\u2500\u2502\u25B8\u25BE]*$/;

/** Columns that a line takes, with or without colours; undefined where that needs a closer look. */
function widthOf(line: string): number | undefined {
	const bare = line.includes('\u001B') ? stripVTControlCharacters(line) : line;
	return plain.test(bare) ? bare.length : undefined;
}

/** Pieces that stand side by side, in their order; undefined where one may reach into the next. */
function sideBySide(pieces: readonly Piece[]): string | undefined {
	let row = '';
	let end: number | undefined = 0;
	for (const {x, line} of pieces) {
		if (end === undefined || x < end) {
			return undefined;
		}

		row += ' '.repeat(x - end) + line;
		const width = widthOf(line);
		end = width === undefined ? undefined : x + width;
	}

	return row.trimEnd();
}

/**
Puts a frame together faster than Ink, which takes every text apart into characters and lays them on a grid: 5,000 objects a frame. A row that a single
text fills, or several side by side, needs no grid, and nearly all rows of ours are such. Any other row goes through `gridOf`, which is Ink's own way;
for a frame with clipped parts the answer is undefined. In the bundle scripts/ink-output-plugin.mjs puts this before Ink's own.
*/
export function putTogether({height, operations}: Frame, gridOf: (pieces: readonly Piece[]) => string): string | undefined {
	const rows: Piece[][] = Array.from({length: height}, () => []);
	for (const operation of operations) {
		if (operation.type !== 'write') {
			return undefined;
		}

		const {x, y, text, transformers} = operation;
		for (const [index, part] of text.split('\n').entries()) {
			let line = part;
			for (const transform of transformers) {
				line = transform(line, index);
			}

			rows[y + index]?.push({x, line});
		}
	}

	return rows.map(pieces => sideBySide(pieces) ?? gridOf(pieces)).join('\n');
}
