/** The terminal's size in characters. */
export type Size = {readonly columns: number; readonly rows: number};

/** Below this nothing useful can be drawn. */
export const smallest: Size = {columns: 60, rows: 12};

/** Whether a terminal is too small to draw in. */
export function isTooSmall(size: Size): boolean {
	return size.columns < smallest.columns || size.rows < smallest.rows;
}

/** Where the evidence stands: right of the list, or below it; both lines of a border are part of it. */
export type Pane = {readonly place: 'right' | 'below'; readonly columns: number; readonly rows: number};

/** How the rows of a screen are shared out. The frame is one row lower than the terminal: a frame as high makes Ink clear the scrollback. */
export type Layout = {
	readonly columns: number;
	/** Rows of the whole frame. */
	readonly frame: number;
	/** Rows between the head (with its warnings) and the footer. */
	readonly body: number;
	/** Rows of a list in the body, without its heads. */
	readonly list: number;
	/** Columns of a list. */
	readonly listColumns: number;
	/** Empty rows between the list and what stands below it. */
	readonly gap: number;
	/** Rows below the list and the gap, where the selected row stands in full. */
	readonly detail: number;
	/** Null where the screen has none, or no room for it: then there is the detail. */
	readonly pane: Pane | null;
};

const headRows = 2;
const footerRows = 1;
const columnHeadRows = 1;

/** From here on the evidence stands beside the list. */
const wide = 120;
/** From here on it has room below. */
const high = 24;

/** What stands beside or below a list: a few lines of the selected row, the evidence where it has room, or as little as possible. */
export type Beside = 'detail' | 'pane' | 'line';

function paneOf({columns, rows}: Size, body: number): Pane | null {
	if (columns >= wide) {
		return {place: 'right', columns: Math.floor(columns * 0.41), rows: body};
	}

	return rows >= high ? {place: 'below', columns, rows: Math.max(8, Math.floor(body * 0.42))} : null;
}

/** Shares out the rows, where `warnings` lines stand under the head. */
export function layoutOf(size: Size, warnings: number, beside: Beside = 'detail'): Layout {
	const {columns, rows} = size;
	const frame = rows - 1;
	const body = frame - headRows - warnings - footerRows;
	const pane = beside === 'pane' ? paneOf(size, body) : null;
	if (pane) {
		const isRight = pane.place === 'right';
		const list = Math.max(1, body - columnHeadRows - (isRight ? 0 : pane.rows));
		return {columns, frame, body, list, listColumns: isRight ? columns - pane.columns - 1 : columns, gap: 0, detail: 0, pane};
	}

	const gap = rows >= 18 ? 1 : 0;
	const detail = beside === 'line' || rows < 18 ? 2 : (rows >= high ? 5 : 3);
	return {columns, frame, body, list: Math.max(1, body - columnHeadRows - gap - detail), listColumns: columns, gap, detail, pane: null};
}
