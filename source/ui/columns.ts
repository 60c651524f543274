import {cutEnd, cutMiddle, padEnd, padStart} from '../lib/terminal-text.js';

/** A column of a list. One column of a list has no width: it takes what the others leave. */
export type Column<Row> = {
	readonly head: string;
	/** In characters; null for the one that takes the rest. */
	readonly width: number | null;
	readonly align: 'left' | 'right';
	/** What a cut takes away. */
	readonly cut: 'middle' | 'end';
	/** Where the room is short, the column of the highest number goes first; those without one stay. */
	readonly drop?: number;
	/** Made safe and cut later; `width` is there for words that have a shorter form. */
	readonly text: (row: Row, width: number) => string;
};

/** The columns that leave the one without a width its room; what goes is in the details of a row. */
export function fittedColumns<Row>(columns: ReadonlyArray<Column<Row>>, total: number, room: number): ReadonlyArray<Column<Row>> {
	const highest = Math.max(...columns.map(({drop = 0}) => drop));
	return highest <= 0 || restWidth(columns, total) >= room
		? columns
		: fittedColumns(columns.filter(({drop}) => drop !== highest), total, room);
}

/** Columns that the cursor's mark and the verdict's prefix take at the left of a row. */
export const gutter = 4;

/** Width of the column that takes the rest. */
export function restWidth<Row>(columns: ReadonlyArray<Column<Row>>, total: number): number {
	const fixed = columns.reduce((sum, {width}) => sum + (width ?? 0), 0);
	return Math.max(1, total - gutter - fixed - (columns.length - 1));
}

/** The cells of a row, or the heads, side by side. */
function join<Row>(columns: ReadonlyArray<Column<Row>>, total: number, textOf: (column: Column<Row>, width: number) => string): string {
	const rest = restWidth(columns, total);
	return columns.map(column => {
		const width = column.width ?? rest;
		const cell = column.cut === 'middle' ? cutMiddle(textOf(column, width), width) : cutEnd(textOf(column, width), width);
		return column.align === 'right' ? padStart(cell, width) : padEnd(cell, width);
	}).join(' ');
}

/** The cells of a row, which stand behind the cursor's mark and the prefix. */
export function cellsText<Row>(columns: ReadonlyArray<Column<Row>>, total: number, row: Row): string {
	return join(columns, total, (column, width) => column.text(row, width));
}

/** The heads above the rows. */
export function headText<Row>(columns: ReadonlyArray<Column<Row>>, total: number): string {
	return ' '.repeat(gutter) + join(columns, total, column => column.head);
}
