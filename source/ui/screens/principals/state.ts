import type {Analysis, PrincipalSummary} from '../../../app/analysis.js';
import {filterPrincipals, principalSorts, sortPrincipals, type PrincipalSort} from '../../../domain/view.js';
import {fitList, listOf, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Stroke} from '../../keys.js';
import type {Step, Surroundings} from '../../step.js';

export type PrincipalsTab = 'users' | 'roles';

/** Which principals are left out: what was not used, what is not known. */
export type PrincipalToggles = {readonly usedOnly: boolean; readonly hideUnknown: boolean};

type TabState = {
	/** All of the tab, sorted. */
	readonly all: readonly PrincipalSummary[];
	readonly list: ListState<PrincipalSummary>;
	readonly sort: PrincipalSort;
	readonly toggles: PrincipalToggles;
};

export type PrincipalsState = {readonly tab: PrincipalsTab; readonly users: TabState; readonly roles: TabState};

const keyOf = (principal: PrincipalSummary) => principal.arn;

/** The users (root with them) or the roles of an account. */
export function principalsOf(analysis: Analysis, tab: PrincipalsTab): readonly PrincipalSummary[] {
	return analysis.principals.filter(principal => (principal.kind === 'role') === (tab === 'roles'));
}

function initTab(all: readonly PrincipalSummary[]): TabState {
	return {all, list: listOf(all), sort: 'name', toggles: {usedOnly: false, hideUnknown: false}};
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
	return shown({...tab, all, sort}, tab.list, height);
}

/** Applies filter and toggles. */
function shown(tab: TabState, list: ListState<PrincipalSummary>, height: number): TabState {
	return {...tab, list: showRows(list, filterPrincipals(tab.all, {...tab.toggles, text: list.filter.text}), keyOf, height)};
}

/** The toggles that are on, in words. */
export function toggleWords({usedOnly, hideUnknown}: PrincipalToggles): readonly string[] {
	return [...usedOnly ? ['used only'] : [], ...hideUnknown ? ['no ?'] : []];
}

export function principalsReducer(state: PrincipalsState, press: Stroke, {height}: Surroundings): Step<PrincipalsState> {
	const tab = state[state.tab];
	const step = pressList(tab.list, press, keyOf, height);
	if (step.handled) {
		return {state: {...state, [state.tab]: step.refilter ? shown(tab, step.list, height) : {...tab, list: step.list}}};
	}

	const {command} = press;
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

	if (command === 'used-only' || command === 'hide-unknown') {
		const toggle = command === 'used-only' ? 'usedOnly' : 'hideUnknown';
		const toggled = {...tab, toggles: {...tab.toggles, [toggle]: !tab.toggles[toggle]}};
		return {state: {...state, [state.tab]: shown(toggled, tab.list, height)}};
	}

	if (command === 'export') {
		const {list, toggles, sort, all} = tab;
		return {state, intent: {type: 'export', shown: analysis => ({
			kind: 'principals', analysis, filter: list.filter.text, toggles: [state.tab, ...toggleWords(toggles)], sort, rows: list.rows, total: all.length,
		})}};
	}

	if ((command === 'copy' || command === 'copy-arn') && selected) {
		return {state, intent: {type: 'copy', text: command === 'copy' ? selected.name : selected.arn}};
	}

	return {state};
}
