import {parseDay} from '../../../domain/window.js';
import {listOf, pressList, selectedOf, type ListState} from '../../list-state.js';
import type {Stroke} from '../../keys.js';
import type {Step, Surroundings} from '../../step.js';
import {editText, emptyField, fieldOf, type TextField} from '../../text-field.js';

/** A line of the date picker: `words` as parseDay takes them, or null for the free date. */
export type DateItem = {readonly key: string; readonly label: string; readonly words: string | null};

export type StartDateState = {
	readonly list: ListState<DateItem>;
	/** The free date. */
	readonly field: TextField;
	/** The free date is being typed. */
	readonly editing: boolean;
	/** Why the free date cannot be taken; null while nothing is wrong. */
	readonly error: string | null;
};

const presets: ReadonlyArray<readonly [words: string, label: string]> = [
	['30d', '30 days'],
	['90d', '90 days'],
	['180d', '180 days'],
	['1y', '1 year'],
	['2y', '2 years'],
];

const keyOf = (item: DateItem) => item.key;

/** The picker's lines, each preset with its date. */
export function dateItems(today: Date): readonly DateItem[] {
	return [
		...presets.map(([words, label]) => ({key: words, label: `${label.padEnd(10)} since ${parseDay(words, today)?.slice(0, 10) ?? ''}`, words})),
		{key: 'other', label: 'Another date…', words: null},
	];
}

/** The picker with the cursor on `start` (an ISO day), or on one year. */
export function initStartDate(today: Date, start?: string): StartDateState {
	const items = dateItems(today);
	const list = listOf(items);
	const preset = items.findIndex(item => item.words !== null && parseDay(item.words, today) === start);
	if (start !== undefined && preset === -1) {
		return {list: {...list, cursor: items.length - 1}, field: fieldOf(start.slice(0, 10)), editing: false, error: null};
	}

	const oneYear = items.findIndex(item => item.words === '1y');
	return {list: {...list, cursor: preset === -1 ? oneYear : preset}, field: emptyField, editing: false, error: null};
}

export function startDateReducer(state: StartDateState, press: Stroke, {height, today}: Surroundings): Step<StartDateState> {
	if (state.editing) {
		return typeDate(state, press, today);
	}

	const {command} = press;
	const selected = selectedOf(state.list);
	if (command === 'back') {
		return {state, intent: {type: 'back'}};
	}

	if (command === 'open' && selected) {
		const start = selected.words === null ? undefined : parseDay(selected.words, today);
		return start === undefined ? {state: {...state, editing: true}} : {state, intent: {type: 'start', start}};
	}

	// Typing a date needs no way to the field first.
	if (/^\d$/.test(press.text)) {
		const list = {...state.list, cursor: state.list.rows.length - 1};
		return {state: {...state, list, editing: true, field: fieldOf(press.text), error: null}};
	}

	return command === 'filter' ? {state} : {state: {...state, list: pressList(state.list, press, keyOf, height).list}};
}

function typeDate(state: StartDateState, press: Stroke, today: Date): Step<StartDateState> {
	switch (press.key) {
		case 'escape': {
			return {state: {...state, editing: false, error: null}};
		}

		case 'up':
		case 'shift-tab': {
			return {state: {...state, editing: false, error: null, list: {...state.list, cursor: Math.max(0, state.list.rows.length - 2)}}};
		}

		case 'enter': {
			return takeDate(state, today);
		}

		default: {
			return {state: {...state, field: editText(state.field, press), error: null}};
		}
	}
}

function takeDate(state: StartDateState, today: Date): Step<StartDateState> {
	const start = parseDay(state.field.text, today);
	if (start === undefined) {
		return {state: {...state, error: 'no such day: type 2018-01-31, or how far back: 90d, 12w, 6m, 1y'}};
	}

	if (Date.parse(start) > today.getTime()) {
		return {state: {...state, error: `that day is after the last one of the window, ${today.toISOString().slice(0, 10)}`}};
	}

	return {state: {...state, error: null}, intent: {type: 'start', start}};
}
