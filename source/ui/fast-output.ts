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

/**
Puts a frame together faster than Ink, which takes every text apart into characters and lays them on a grid: 5,000 objects a frame. A row that a single
text fills needs no grid, and nearly all rows of ours are such. A row of several texts goes through `gridOf`, which is Ink's own way; for a frame with
clipped parts the answer is undefined. In the bundle scripts/ink-output-plugin.mjs puts this before Ink's own.
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

	return rows.map(pieces => {
		const [first, ...others] = pieces;
		return others.length > 0 ? gridOf(pieces) : (first ? (' '.repeat(first.x) + first.line).trimEnd() : '');
	}).join('\n');
}
