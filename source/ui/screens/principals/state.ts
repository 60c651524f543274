import type {Analysis, PrincipalSummary} from '../../../app/analysis.js';
import {filterPrincipals, principalSorts, sortPrincipals, type PrincipalSort} from '../../../domain/view.js';
import {commandOf} from '../../keymap.js';
import {fitList, listOf, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Press} from '../../press.js';
import type {Step, Surroundings} from '../../step.js';

export type PrincipalsTab = 'users' | 'roles';

type TabState = {
	/** All of the tab, sorted. */
	readonly all: readonly PrincipalSummary[];
	readonly list: ListState<PrincipalSummary>;
	readonly sort: PrincipalSort;
};

export type PrincipalsState = {readonly tab: PrincipalsTab; readonly users: TabState; readonly roles: TabState};

const keyOf = (principal: PrincipalSummary) => principal.arn;

/** The users (root with them) or the roles of an account. */
export function principalsOf(analysis: Analysis, tab: PrincipalsTab): readonly PrincipalSummary[] {
	return analysis.principals.filter(principal => (principal.kind === 'role') === (tab === 'roles'));
}

function initTab(all: readonly PrincipalSummary[]): TabState {
	return {all, list: listOf(all), sort: 'name'};
}

/** Both lists by name; the roles first where there are no users. */
export function initPrincipals(analysis: Analysis): PrincipalsState {
	const users = initTab(principalsOf(analysis, 'users'));
	const roles = initTab(principalsOf(analysis, 'roles'));
	return {tab: users.all.length === 0 && roles.all.length > 0 ? 'roles' : 'users', users, roles};
}

/** The same screen over newer data: filters, sorts and cursors stay. */
export function refreshPrincipals(state: PrincipalsState, analysis: Analysis, height: number): PrincipalsState {
	return {
		tab: state.tab,
		users: show({...state.users, all: principalsOf(analysis, 'users')}, state.users.sort, height),
		roles: show({...state.roles, all: principalsOf(analysis, 'roles')}, state.roles.sort, height),
	};
}

/** Fits the drawn part into another height. */
export function fitPrincipals(state: PrincipalsState, height: number): PrincipalsState {
	const fit = (tab: TabState) => ({...tab, list: fitList(tab.list, height)});
	return {tab: state.tab, users: fit(state.users), roles: fit(state.roles)};
}

function show(tab: TabState, sort: PrincipalSort, height: number): TabState {
	const all = sortPrincipals(tab.all, sort);
	return {all, sort, list: showRows(tab.list, filterPrincipals(all, tab.list.filter.text), keyOf, height)};
}

export function principalsReducer(state: PrincipalsState, press: Press, {height}: Surroundings): Step<PrincipalsState> {
	const tab = state[state.tab];
	const step = pressList(tab.list, press, keyOf, height);
	if (step.handled) {
		const list = step.refilter ? showRows(step.list, filterPrincipals(tab.all, step.list.filter.text), keyOf, height) : step.list;
		return {state: {...state, [state.tab]: {...tab, list}}};
	}

	const command = commandOf(press.key);
	const selected = selectedOf(tab.list);
	if (command === 'open' && selected) {
		return {state, intent: {type: 'open-principal', arn: selected.arn}};
	}

	if (command === 'back') {
		return {state, intent: {type: 'back'}};
	}

	if (command === 'switch') {
		return {state: {...state, tab: state.tab === 'users' ? 'roles' : 'users'}};
	}

	if (command === 'sort') {
		const next = principalSorts[(principalSorts.indexOf(tab.sort) + 1) % principalSorts.length] ?? 'name';
		return {state: {...state, [state.tab]: show(tab, next, height)}};
	}

	return {state};
}
