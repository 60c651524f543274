import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import {actionSorts, filterActions, sortActions, type ActionCriteria, type ActionSort} from '../../../domain/view.js';
import {commandOf, type Command} from '../../keymap.js';
import {fitList, listOf, moveTo, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Press} from '../../press.js';
import type {Step, Surroundings} from '../../step.js';

/** The toggles; the text of the criteria is the list's filter. */
export type Toggles = Omit<ActionCriteria, 'text'>;

export type PrincipalState = {
	readonly detail: PrincipalDetail;
	/** All its actions, sorted. */
	readonly all: readonly ActionRow[];
	readonly list: ListState<ActionRow>;
	readonly sort: ActionSort;
	readonly toggles: Toggles;
};

const keyOf = (row: ActionRow) => row.lower;

const toggleOf: Partial<Record<Command, keyof Toggles>> = {
	'used-only': 'usedOnly',
	'hide-benign': 'hideBenign',
	'hide-unknown': 'hideUnknown',
};

/** A principal's actions by name, without what the toggles hide. */
export function initPrincipal(detail: PrincipalDetail, toggles: Toggles): PrincipalState {
	const {actions} = detail;
	return {detail, all: actions, list: listOf(filterActions(actions, {...toggles, text: ''})), sort: 'name', toggles};
}

/** The same screen over newer data: filter, toggles, sort and cursor stay. */
export function refreshPrincipal(state: PrincipalState, detail: PrincipalDetail, height: number): PrincipalState {
	return show({...state, detail, all: sortActions(detail.actions, state.sort)}, state.list, height);
}

/** Fits the drawn part into another height. */
export function fitPrincipal(state: PrincipalState, height: number): PrincipalState {
	return {...state, list: fitList(state.list, height)};
}

/** Selects the action `by` rows away; the same state at the ends. */
export function stepAction(state: PrincipalState, by: 1 | -1, height: number): PrincipalState {
	const index = state.list.cursor + by;
	return index < 0 || index >= state.list.rows.length ? state : {...state, list: moveTo(state.list, index, keyOf, height)};
}

/** Whether a filter leaves only rows that the one before it left: its words go on, and none excludes ("!a" excludes more than "!ab"). */
function narrows(text: string, before: string): boolean {
	return text.startsWith(before) && !text.includes('!');
}

/** Applies filter and toggles to the sorted rows; `from` are all that may be left. */
function show(state: PrincipalState, list: ListState<ActionRow>, height: number, from = state.all): PrincipalState {
	const rows = filterActions(from, {...state.toggles, text: list.filter.text});
	return {...state, list: showRows(list, rows, keyOf, height)};
}

export function principalReducer(state: PrincipalState, press: Press, {height}: Surroundings): Step<PrincipalState> {
	const step = pressList(state.list, press, keyOf, height);
	if (step.handled) {
		const from = narrows(step.list.filter.text, state.list.filter.text) ? state.list.rows : state.all;
		return {state: step.refilter ? show(state, step.list, height, from) : {...state, list: step.list}};
	}

	const command = commandOf(press.key);
	const selected = selectedOf(state.list);
	if (command === 'open' && selected) {
		return {state, intent: {type: 'open-action', row: selected}};
	}

	if (command === 'back') {
		return {state, intent: {type: 'back'}};
	}

	if (command === 'sort') {
		const sort = actionSorts[(actionSorts.indexOf(state.sort) + 1) % actionSorts.length] ?? 'name';
		return {state: show({...state, sort, all: sortActions(state.all, sort)}, state.list, height)};
	}

	const toggle = command && toggleOf[command];
	if (toggle) {
		return {state: show({...state, toggles: {...state.toggles, [toggle]: !state.toggles[toggle]}}, state.list, height)};
	}

	return {state};
}
