import type {Command} from './keymap.js';
import type {Stroke} from './keys.js';
import {editText, emptyField, fieldOf, type TextField} from './text-field.js';

/** A list with a cursor, of which a window is drawn, and a filter that may be typed into. */
export type ListState<Row> = {
	/** What the filter and the toggles leave. */
	readonly rows: readonly Row[];
	/** Index of the selected row; 0 in an empty list. */
	readonly cursor: number;
	/** Index of the first row that is drawn. */
	readonly offset: number;
	/** Key of the row that was selected last by hand: the cursor returns to it when a filter hid it for a while. */
	readonly anchor: string | null;
	readonly filter: TextField;
	/** The filter is being typed. */
	readonly editing: boolean;
};

export type KeyOf<Row> = (row: Row) => string;

/** A list at its first row, without a filter. */
export function listOf<Row>(rows: readonly Row[]): ListState<Row> {
	return {rows, cursor: 0, offset: 0, anchor: null, filter: emptyField, editing: false};
}

/** The selected row; undefined in an empty list. */
export function selectedOf<Row>(list: ListState<Row>): Row | undefined {
	return list.rows[list.cursor];
}

/** Moves the window as little as possible so that the cursor is drawn and no line stays empty without need. */
export function fitList<Row>(list: ListState<Row>, height: number): ListState<Row> {
	const cursor = Math.max(0, Math.min(list.cursor, list.rows.length - 1));
	const lowest = Math.max(0, list.rows.length - height);
	const offset = Math.max(0, Math.min(Math.max(list.offset, cursor - height + 1), cursor, lowest));
	return cursor === list.cursor && offset === list.offset ? list : {...list, cursor, offset};
}

/** Puts other rows into the list. The cursor stays on its row, on the same line of the screen; if that is gone, on the nearest one that is left. */
export function showRows<Row>(list: ListState<Row>, rows: readonly Row[], keyOf: KeyOf<Row>, height: number): ListState<Row> {
	const cursor = cursorIn(list, rows, keyOf);
	return fitList({...list, rows, cursor, offset: cursor - (list.cursor - list.offset)}, height);
}

function cursorIn<Row>(list: ListState<Row>, rows: readonly Row[], keyOf: KeyOf<Row>): number {
	const selected = selectedOf(list);
	const key = list.anchor ?? (selected && keyOf(selected));
	if (key === undefined) {
		return 0;
	}

	const found = rows.findIndex(row => keyOf(row) === key);
	if (found !== -1) {
		return found;
	}

	// What stood first gives way to what stands first now.
	return list.cursor === 0 ? 0 : nearest(list, rows, keyOf);
}

/** Where the nearest old row that is left stands now: looking on from the cursor, then back from it. */
function nearest<Row>(list: ListState<Row>, rows: readonly Row[], keyOf: KeyOf<Row>): number {
	const indexes = new Map(rows.map((row, index) => [keyOf(row), index]));
	const indexOf = (at: number) => {
		const row = list.rows[at];
		return row && indexes.get(keyOf(row));
	};

	for (let at = list.cursor; at < list.rows.length; at++) {
		const index = indexOf(at);
		if (index !== undefined) {
			return index;
		}
	}

	for (let at = list.cursor - 1; at >= 0; at--) {
		const index = indexOf(at);
		if (index !== undefined) {
			return index;
		}
	}

	return 0;
}

/** Selects the row at an index, as far as there is one. */
export function moveTo<Row>(list: ListState<Row>, index: number, keyOf: KeyOf<Row>, height: number): ListState<Row> {
	const moved = fitList({...list, cursor: index}, height);
	const selected = selectedOf(moved);
	return {...moved, anchor: selected === undefined ? null : keyOf(selected)};
}

/** What became of a press: `refilter` asks the screen to compute the rows anew, `handled` says that nobody else needs to look at it. */
export type ListStep<Row> = {readonly list: ListState<Row>; readonly refilter: boolean; readonly handled: boolean};

/** Handles the keys that all lists share: moving, typing a filter, clearing it. */
export function pressList<Row>(list: ListState<Row>, press: Stroke, keyOf: KeyOf<Row>, height: number): ListStep<Row> {
	const target = targetOf(list, press, height);
	if (target !== undefined) {
		return {list: moveTo(list, target, keyOf, height), refilter: false, handled: true};
	}

	if (list.editing) {
		if (press.key === 'escape') {
			return {list: {...list, filter: emptyField, editing: false}, refilter: true, handled: true};
		}

		if (press.key === 'enter') {
			return {list: {...list, editing: false}, refilter: false, handled: true};
		}

		const filter = editText(list.filter, press);
		return {list: {...list, filter}, refilter: filter.text !== list.filter.text, handled: true};
	}

	const {command} = press;
	if (command === 'filter') {
		return {list: {...list, filter: fieldOf(list.filter.text), editing: true}, refilter: false, handled: true};
	}

	if (command === 'back' && list.filter.text !== '') {
		return {list: {...list, filter: emptyField}, refilter: true, handled: true};
	}

	return {list, refilter: false, handled: false};
}

type Move = (cursor: number, height: number, last: number) => number;

const moves: Partial<Record<Command, Move>> = {
	up: cursor => Math.max(0, cursor - 1),
	down: cursor => cursor + 1,
	top: () => 0,
	bottom: (_cursor, _height, last) => last,
	'half-up': (cursor, height) => Math.max(0, cursor - half(height)),
	'half-down': (cursor, height) => cursor + half(height),
	'page-up': (cursor, height) => Math.max(0, cursor - height),
	'page-down': (cursor, height) => cursor + height,
};

/** While a filter is typed, only keys that type nothing move, whatever the preferences say. */
const movesWhileTyping: ReadonlyMap<string, Command> = new Map([['up', 'up'], ['down', 'down'], ['pageup', 'page-up'], ['pagedown', 'page-down']]);

/** Where a press moves the cursor; undefined when it does not. */
function targetOf<Row>(list: ListState<Row>, press: Stroke, height: number): number | undefined {
	const command = list.editing ? movesWhileTyping.get(press.key) : press.command;
	return command && moves[command]?.(list.cursor, height, list.rows.length - 1);
}

function half(height: number): number {
	return Math.max(1, Math.floor(height / 2));
}
