import type {Analysis, PrincipalSummary} from '../../../app/analysis.js';
import {splitOf, type SplitProposal} from '../../../app/role-sessions.js';
import type {SessionUsage} from '../../../domain/sessions.js';
import {matchesQuery, parseQuery} from '../../../domain/view.js';
import type {Stroke} from '../../keys.js';
import {fitList, listOf, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Step, Surroundings} from '../../step.js';
import {emptyField} from '../../text-field.js';
import {peopleRows, roleRows, type PersonRow} from './rows.js';

/** Who was in a role, or which roles somebody was in. */
export type PeopleTab = 'people' | 'roles';

/** What is known of a role's sessions. `request` numbers the questions to the log: an answer to an older one is dropped. */
export type Asked
	= | {
		readonly status: 'looking';
		readonly request: number;
		/** What the user is asked before the log is, because it costs money; null while nothing is asked. */
		readonly question: string | null;
		/** Whether the user said yes. */
		readonly agreed: boolean;
	}
	| {readonly status: 'failed'; readonly message: string; readonly hint: string | null}
	| {readonly status: 'ready'; readonly usages: readonly SessionUsage[]; readonly split: readonly SplitProposal[]; readonly notes: readonly string[]}
	| {/** The log need not be asked: who called is known. */ readonly status: 'known'};

export const peopleSorts = ['last', 'name', 'assumed', 'used'] as const;

export type PeopleSort = (typeof peopleSorts)[number];

export type PeopleState = {
	readonly tab: PeopleTab;
	readonly principal: PrincipalSummary;
	readonly asked: Asked;
	readonly all: readonly PersonRow[];
	readonly list: ListState<PersonRow>;
	readonly sort: PeopleSort;
};

const keyOf = (row: PersonRow) => row.key;

const looking = (request: number): Asked => ({status: 'looking', request, question: null, agreed: false});

/** The first tab of a principal: who was in a role; of a user, the roles that it assumed. */
export function initPeople(principal: PrincipalSummary, analysis: Analysis, request: number, tab: PeopleTab = principal.kind === 'role' ? 'people' : 'roles'): PeopleState {
	if (tab === 'people') {
		return {tab, principal, asked: looking(request), all: [], list: listOf<PersonRow>([]), sort: 'last'};
	}

	const assumed = analysis.rolesAssumed(principal.arn);
	const all = roleRows(assumed ?? [], analysis.account.id);
	const asked: Asked = assumed === null
		? {status: 'failed', message: 'this source does not tell who assumed a role', hint: 'name the CloudTrail logs with --trail: a folder of log files, or s3://BUCKET/PREFIX'}
		: {status: 'known'};
	return {tab, principal, asked, all, list: listOf(all), sort: 'last'};
}

/** The same screen with the cursor on the line `anchor`, once it is there. */
export function aboutCaller(state: PeopleState, anchor: string): PeopleState {
	return show(state, {...state.list, anchor, filter: emptyField}, 1);
}

/** Another list of the same, with the filter, sort and cursor of one that was left. */
export function likePeople(state: PeopleState, {list, sort}: PeopleState): PeopleState {
	return show({...state, sort}, {...state.list, filter: list.filter, anchor: list.anchor}, 1);
}

/** Takes the answer of the log. */
export function answerPeople(state: PeopleState, request: number, answer: {readonly usages: readonly SessionUsage[]; readonly analysis: Analysis} | Extract<Asked, {status: 'failed'}>): PeopleState {
	if (state.asked.status !== 'looking' || state.asked.request !== request) {
		return state;
	}

	if ('status' in answer) {
		return {...state, asked: answer};
	}

	const {usages, analysis} = answer;
	const {arn} = state.principal;
	const {rows, notes} = peopleRows(analysis, arn, usages);
	return show({...state, asked: {status: 'ready', usages, split: splitOf(analysis, arn, usages), notes}, all: rows}, state.list, 1);
}

/** Asks the user before the log is asked. */
export function askFirst(state: PeopleState, request: number, question: string): PeopleState {
	return state.asked.status === 'looking' && state.asked.request === request ? {...state, asked: {...state.asked, question}} : state;
}

/** Asks again what failed. */
export function askAgain(state: PeopleState, request: number): PeopleState {
	return {...state, asked: looking(request)};
}

/** Fits the drawn part into another height. */
export function fitPeople(state: PeopleState, height: number): PeopleState {
	const list = fitList(state.list, height);
	return list === state.list ? state : {...state, list};
}

type Compare = (a: PersonRow, b: PersonRow) => number;

const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

const compares: Readonly<Record<PeopleSort, Compare>> = {
	last: (a, b) => byText(b.last ?? '', a.last ?? ''),
	name: (a, b) => byText(a.name.toLowerCase(), b.name.toLowerCase()),
	assumed: (a, b) => (b.assumed ?? -1) - (a.assumed ?? -1),
	used: (a, b) => (b.usedActions ?? -1) - (a.usedActions ?? -1),
};

function show(state: PeopleState, list: ListState<PersonRow>, height: number): PeopleState {
	const query = parseQuery(list.filter.text);
	const rows = state.all.filter(row => matchesQuery(`${row.kind} ${row.name} ${row.link}`.toLowerCase(), query)).toSorted(compares[state.sort]);
	return {...state, list: showRows(list, rows, keyOf, height)};
}

/** Why there is no split to show. */
const noSplit = {
	looking: 'the log is being asked',
	none: 'nothing to split: all used the same, or the log does not tell who used what',
};

export function peopleReducer(state: PeopleState, press: Stroke, {height}: Surroundings): Step<PeopleState> {
	const step = pressList(state.list, press, keyOf, height);
	if (step.handled) {
		return {state: step.refilter ? show(state, step.list, height) : {...state, list: step.list}};
	}

	const selected = selectedOf(state.list);
	switch (press.command) {
		case 'back': {
			return {state, intent: {type: 'back'}};
		}

		case 'switch': {
			return {state, intent: {type: 'next-tab'}};
		}

		case 'open': {
			if (state.asked.status === 'looking' && state.asked.question !== null) {
				return {state: {...state, asked: {...state.asked, question: null, agreed: true}}};
			}

			return {state, ...selected && {intent: opened(state, selected)}};
		}

		case 'refresh': {
			return {state, ...state.asked.status === 'failed' && state.tab === 'people' && {intent: {type: 'look-again'}}};
		}

		case 'sort': {
			return {state: show({...state, sort: peopleSorts[(peopleSorts.indexOf(state.sort) + 1) % peopleSorts.length] ?? 'last'}, state.list, height)};
		}

		case 'policy': {
			return {state, intent: splitIntent(state)};
		}

		case 'export': {
			const {principal, tab, list, sort, all} = state;
			return {state, intent: {type: 'export', shown: analysis => ({kind: tab, analysis, principal, filter: list.filter.text, toggles: [], sort, rows: list.rows, total: all.length})}};
		}

		case 'copy':
		case 'copy-arn': {
			return {state, ...selected && {intent: {type: 'copy', text: press.command === 'copy' ? selected.name : state.principal.arn}}};
		}

		default: {
			return {state};
		}
	}
}

function opened({principal}: PeopleState, {opens, more}: PersonRow): NonNullable<Step<PeopleState>['intent']> {
	if (opens === null) {
		return {type: 'say', words: more.at(-1) ?? ''};
	}

	return 'person' in opens ? {type: 'open-person', index: opens.person} : {type: 'open-role', role: opens.role, caller: principal.arn};
}

function splitIntent({asked, tab}: PeopleState): NonNullable<Step<PeopleState>['intent']> {
	if (tab === 'roles' || asked.status !== 'ready') {
		return {type: 'say', words: tab === 'roles' ? 'a split is proposed for a role, from the people in it' : noSplit.looking};
	}

	return asked.split.length === 0 ? {type: 'say', words: noSplit.none} : {type: 'open-split'};
}
