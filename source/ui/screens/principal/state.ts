import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import {actionSorts, filterActions, sortActions, type ActionCriteria, type ActionSort} from '../../../domain/view.js';
import type {Command} from '../../keymap.js';
import type {Stroke} from '../../keys.js';
import {fitList, listOf, moveTo, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Step, Surroundings} from '../../step.js';
import {counted} from '../../words.js';
import {grouped, isGroup, keyOfItem, keyOfService, serviceOf, type PrincipalItem} from './groups.js';
import {toggleMarks, unusedOf} from './marks.js';

/** The toggles; the text of the criteria is the list's filter. */
export type Toggles = Omit<ActionCriteria, 'text'>;

export type PrincipalState = {
	readonly detail: PrincipalDetail;
	/** Whose use of a role it is, where it is one person's alone; null for the principal itself. */
	readonly session: string | null;
	/** All its actions, sorted. */
	readonly all: readonly ActionRow[];
	/** What filter and toggles leave of them, those of closed groups with them. */
	readonly shown: readonly ActionRow[];
	readonly list: ListState<PrincipalItem>;
	readonly sort: ActionSort;
	readonly toggles: Toggles;
	/** By service, or all in one list. */
	readonly isGrouped: boolean;
	/** Services whose actions are hidden while no filter is there. A filter shows what it finds: it begins with all groups open. */
	readonly closed: ReadonlySet<string>;
	readonly closedInFilter: ReadonlySet<string>;
	/** Actions (lower case) that are marked for removal; no filter takes a mark away. */
	readonly marked: ReadonlySet<string>;
};

/** What a principal's screen keeps while it is not open. */
export type PrincipalMemory = Pick<PrincipalState, 'sort' | 'toggles' | 'isGrouped' | 'closed' | 'closedInFilter' | 'marked'> & Pick<ListState<PrincipalItem>, 'filter' | 'anchor'>;

const toggleOf: Partial<Record<Command, keyof Toggles>> = {
	'used-only': 'usedOnly',
	'hide-benign': 'hideBenign',
	'hide-unknown': 'hideUnknown',
};

const none: ReadonlySet<string> = new Set();

/** A principal's actions by name, without what the toggles hide; in `session`, those of one who was in a role. */
export function initPrincipal(detail: PrincipalDetail, toggles: Toggles, isGrouped: boolean, session: string | null = null): PrincipalState {
	const {actions} = detail;
	const state: PrincipalState = {
		detail, session, all: actions, shown: [], list: listOf<PrincipalItem>([]), sort: 'name', toggles, isGrouped, closed: none, closedInFilter: none, marked: none,
	};
	return show(state, state.list, 1);
}

/** What is to be kept of a screen that is left. */
export function keepPrincipal({sort, toggles, isGrouped, closed, closedInFilter, marked, list}: PrincipalState): PrincipalMemory {
	const selected = selectedOf(list);
	return {sort, toggles, isGrouped, closed, closedInFilter, marked, filter: list.filter, anchor: selected ? keyOfItem(selected) : null};
}

/** The screen as it was left, over what is known of the principal now. */
export function recallPrincipal(detail: PrincipalDetail, {filter, anchor, ...kept}: PrincipalMemory, height: number): PrincipalState {
	const fresh = initPrincipal(detail, kept.toggles, kept.isGrouped);
	return refreshPrincipal({...fresh, ...kept, list: {...fresh.list, filter, anchor}}, detail, height);
}

/** The same screen over newer data: filter, toggles, sort, marks and cursor stay. */
export function refreshPrincipal(state: PrincipalState, detail: PrincipalDetail, height: number): PrincipalState {
	const markable = new Set(detail.actions.filter(({verdict}) => verdict !== 'ungranted').map(({lower}) => lower));
	const marked = new Set([...state.marked].filter(lower => markable.has(lower)));
	return show({...state, detail, marked, all: sortActions(detail.actions, state.sort)}, state.list, height);
}

/** Fits the drawn part into another height. */
export function fitPrincipal(state: PrincipalState, height: number): PrincipalState {
	const list = fitList(state.list, height);
	return list === state.list ? state : {...state, list};
}

/** Selects the next action in a direction, over the lines of services; the same state at the ends. */
export function stepAction(state: PrincipalState, by: 1 | -1, height: number): PrincipalState {
	const {rows, cursor} = state.list;
	let index = cursor + by;
	for (let item = rows[index]; item && isGroup(item); item = rows[index]) {
		index += by;
	}

	return rows[index] ? {...state, list: moveTo(state.list, index, keyOfItem, height)} : state;
}

/** Whether a filter leaves only rows that the one before it left: its words go on, and none excludes ("!a" excludes more than "!ab"). */
function narrows(text: string, before: string): boolean {
	return text.startsWith(before) && !text.includes('!');
}

/** The services that are closed now. */
function closedNow({closed, closedInFilter}: PrincipalState, {filter}: ListState<PrincipalItem>): ReadonlySet<string> {
	return filter.text === '' ? closed : closedInFilter;
}

/** Applies filter and toggles to the sorted rows; `from` are all that may be left. */
function show(state: PrincipalState, list: ListState<PrincipalItem>, height: number, from = state.all): PrincipalState {
	const shown = filterActions(from, {...state.toggles, text: list.filter.text});
	return arrange({...state, shown}, list, height);
}

/** Puts the rows that are shown into the list, in groups or not. */
function arrange(state: PrincipalState, list: ListState<PrincipalItem>, height: number): PrincipalState {
	const items = state.isGrouped ? grouped(state.shown, closedNow(state, list)) : state.shown;
	return {...state, list: onAction(showRows(list, items, keyOfItem, height), height)};
}

/** The cursor falls on an action, not on the line of its service, unless that was chosen. */
function onAction(list: ListState<PrincipalItem>, height: number): ListState<PrincipalItem> {
	const selected = selectedOf(list);
	return selected && isGroup(selected) && selected.isOpen && list.anchor !== keyOfItem(selected)
		? fitList({...list, cursor: list.cursor + 1}, height)
		: list;
}

/** Closes or opens services; the cursor goes from a hidden action to the line of its service. */
function close(state: PrincipalState, closed: ReadonlySet<string>, height: number): PrincipalState {
	const selected = selectedOf(state.list);
	const service = selected && (isGroup(selected) ? selected.service : serviceOf(selected));
	const list = service !== undefined && closed.has(service) ? {...state.list, anchor: keyOfService(service)} : state.list;
	return arrange({...state, [list.filter.text === '' ? 'closed' : 'closedInFilter']: closed}, list, height);
}

function closeOne(state: PrincipalState, isClosed: boolean, height: number): PrincipalState {
	const selected = selectedOf(state.list);
	if (!selected || !state.isGrouped) {
		return state;
	}

	const service = isGroup(selected) ? selected.service : serviceOf(selected);
	const closed = new Set(closedNow(state, state.list));
	closed[isClosed ? 'add' : 'delete'](service);
	return close(state, closed, height);
}

function closeAll(state: PrincipalState, height: number): PrincipalState {
	const isAnyOpen = state.list.rows.some(item => isGroup(item) && item.isOpen);
	return close(state, isAnyOpen ? new Set(state.shown.map(row => serviceOf(row))) : none, height);
}

export function principalReducer(state: PrincipalState, press: Stroke, {height}: Surroundings): Step<PrincipalState> {
	const step = pressList(state.list, press, keyOfItem, height);
	if (step.handled) {
		if (!step.refilter) {
			return {state: {...state, list: step.list}};
		}

		const from = narrows(step.list.filter.text, state.list.filter.text) ? state.shown : state.all;
		return {state: show({...state, closedInFilter: none}, step.list, height, from)};
	}

	const selected = selectedOf(state.list);
	const toggle = press.command && toggleOf[press.command];
	if (toggle) {
		return {state: show({...state, toggles: {...state.toggles, [toggle]: !state.toggles[toggle]}}, state.list, height)};
	}

	switch (press.command) {
		case 'open': {
			if (!selected) {
				return {state};
			}

			return isGroup(selected) ? {state: closeOne(state, selected.isOpen, height)} : {state, intent: {type: 'open-action', row: selected}};
		}

		case 'back': {
			return {state, intent: {type: 'back'}};
		}

		case 'switch': {
			return {state, intent: state.session === null ? {type: 'open-people'} : {type: 'back'}};
		}

		case 'left':
		case 'right': {
			return {state: closeOne(state, press.command === 'left', height)};
		}

		case 'fold-all': {
			return {state: state.isGrouped ? closeAll(state, height) : state};
		}

		case 'view': {
			return {state: arrange({...state, isGrouped: !state.isGrouped}, anchored(state.list), height)};
		}

		case 'sort': {
			const sort = actionSorts[(actionSorts.indexOf(state.sort) + 1) % actionSorts.length] ?? 'name';
			return {state: show({...state, sort, all: sortActions(state.all, sort)}, state.list, height)};
		}

		default: {
			return act(state, press.command, selected);
		}
	}
}

/** The commands that do something with what is in the list. */
function act(state: PrincipalState, command: Command | undefined, selected: PrincipalItem | undefined): Step<PrincipalState> {
	// A role's policies are everybody's: what one person did not use, another may need.
	if (state.session !== null && (command === 'mark' || command === 'mark-unused' || command === 'policy')) {
		return {state, intent: {type: 'say', words: 'this list is of one person alone: mark in the list of the role itself'}};
	}

	switch (command) {
		case 'mark': {
			return selected ? mark(state, selected) : {state};
		}

		case 'policy': {
			return {state, intent: state.marked.size === 0
				? {type: 'say', words: 'nothing is marked yet: mark an action or a service, or every - at once'}
				: {type: 'open-policy', arn: state.detail.principal.arn, marks: [...state.marked]}};
		}

		case 'mark-unused': {
			return markUnused(state);
		}

		case 'export': {
			const {detail, list, sort, shown, all, toggles: {usedOnly, hideBenign, hideUnknown}} = state;
			const toggles = [usedOnly && 'used only', hideBenign && 'no benign', hideUnknown && 'no ?'].filter(word => word !== false);
			return {state, intent: {type: 'export', shown: analysis => ({
				kind: 'actions', analysis, principal: detail.principal, filter: list.filter.text, toggles, sort, rows: shown, total: all.length,
			})}};
		}

		case 'copy': {
			return selected ? {state, intent: {type: 'copy', text: isGroup(selected) ? selected.service : selected.action}} : {state};
		}

		case 'copy-arn': {
			return {state, intent: {type: 'copy', text: state.detail.principal.arn}};
		}

		default: {
			return {state};
		}
	}
}

/** In a flat list there are no lines of services: the cursor goes to the first action of the one it was on. */
function anchored(list: ListState<PrincipalItem>): ListState<PrincipalItem> {
	const selected = selectedOf(list);
	const first = selected && isGroup(selected) ? selected.rows[0] : undefined;
	return first ? {...list, anchor: first.lower} : list;
}

/** Marks what stands at the cursor, or takes the mark away. */
function mark(state: PrincipalState, selected: PrincipalItem): Step<PrincipalState> {
	const rows = isGroup(selected) ? selected.rows : [selected];
	const marked = toggleMarks(state.marked, rows);
	return marked
		? {state: {...state, marked}}
		: {state, intent: {type: 'say', words: 'not granted today: there is nothing to remove'}};
}

function markUnused(state: PrincipalState): Step<PrincipalState> {
	const unused = unusedOf(state.shown);
	const marked = toggleMarks(state.marked, unused);
	if (!marked) {
		return {state, intent: {type: 'say', words: 'no - is in this list'}};
	}

	const hidden = unusedOf(state.all).length - unused.length;
	const left = hidden > 0 ? `; ${counted(hidden, 'that is', 'that are')} not shown stay as they were` : '';
	const words = `${marked.size > state.marked.size ? 'marked' : 'took the mark from'} the ${counted(unused.length, 'unused action')} shown${left}`;
	return {state: {...state, marked}, intent: {type: 'say', words}};
}
