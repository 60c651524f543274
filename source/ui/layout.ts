/** The terminal's size in characters. */
export type Size = {readonly columns: number; readonly rows: number};

/** Below this nothing useful can be drawn. */
export const smallest: Size = {columns: 60, rows: 12};

/** Whether a terminal is too small to draw in. */
export function isTooSmall(size: Size): boolean {
	return size.columns < smallest.columns || size.rows < smallest.rows;
}

/** How many rows each part of a screen has. The frame is one row lower than the terminal: a frame as high makes Ink clear the scrollback. */
export type Layout = {
	readonly columns: number;
	/** Rows of the whole frame. */
	readonly frame: number;
	/** Rows between the head (with its warnings) and the footer. */
	readonly body: number;
	/** Rows of a list in the body. */
	readonly list: number;
	/** Rows below the list, where the selected row stands in full; the first is empty where there are more than one. */
	readonly detail: number;
};

const headRows = 2;
const footerRows = 1;
const columnHeadRows = 1;

/** Shares out the rows, where `warnings` lines stand under the head. */
export function layoutOf(size: Size, warnings: number): Layout {
	const frame = size.rows - 1;
	const body = frame - headRows - warnings - footerRows;
	const detail = size.rows >= 24 ? 6 : (size.rows >= 18 ? 4 : 1);
	return {columns: size.columns, frame, body, detail, list: Math.max(1, body - columnHeadRows - detail)};
}
