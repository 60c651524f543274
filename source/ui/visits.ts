import type {Analysis} from '../app/analysis.js';
import {sessionDetail} from '../app/role-sessions.js';
import {replaceTop, startJob, topOf, type AppState, type Arrival} from './app-state.js';
import {keyOfCaller} from './screens/people/rows.js';
import {splitLines} from './screens/people/split.js';
import {aboutCaller, initPeople, likePeople, type PeopleState} from './screens/people/state.js';
import {initPrincipal} from './screens/principal/state.js';
import {initStartDate} from './screens/start-date/state.js';
import {asked, detailOf, openPrincipal, push, settle} from './stack.js';

const keyOfPeople = ({tab, principal}: PeopleState): string => `${tab} ${principal.arn}`;

/** Remembers a list of people that is left. */
export function keepPeople(state: AppState, people: PeopleState): AppState {
	const kept = new Map(state.kept.people).set(keyOfPeople(people), {analysis: state.result?.analysis, state: people});
	return {...state, kept: {...state.kept, people: kept}};
}

/** The list as it was left: with its answer where that is of the same analysis, else with its filter, sort and cursor alone. */
function recalled({kept}: AppState, analysis: Analysis, fresh: PeopleState): PeopleState {
	const known = kept.people.get(keyOfPeople(fresh));
	if (!known) {
		return fresh;
	}

	return known.analysis === analysis && known.state.asked.status === 'ready' ? known.state : likePeople(fresh, known.state);
}

/** Who was in the role that is open, or the roles that the open principal assumed; the cursor on the line of `caller`. */
export function openPeople(state: AppState, caller: string | null): AppState {
	const principal = detailOf(state)?.principal;
	if (!principal || !state.result) {
		return state;
	}

	const people = recalled(state, state.result.analysis, initPeople(principal, state.result.analysis, state.nextJob));
	return push(asked(state), {name: 'people', state: caller === null ? people : aboutCaller(people, keyOfCaller(caller))});
}

/** From who was in a role to the roles that it assumed in its turn; undefined where there are none. */
export function otherTab(state: AppState): AppState | undefined {
	const screen = topOf(state);
	if (screen.name !== 'people' || !state.result) {
		return undefined;
	}

	const {analysis} = state.result;
	const {tab, principal} = screen.state;
	const hasMore = tab === 'people' && (analysis.rolesAssumed(principal.arn) ?? []).length > 0;
	return hasMore ? settle(replaceTop(keepPeople(state, screen.state), {name: 'people', state: recalled(state, analysis, initPeople(principal, analysis, state.nextJob, 'roles'))})) : undefined;
}

/** What one who was in a role used of it. */
export function openPerson(state: AppState, index: number): AppState {
	const screen = topOf(state);
	if (screen.name !== 'people' || screen.state.asked.status !== 'ready' || !state.result) {
		return state;
	}

	const {asked: {usages}, principal, list} = screen.state;
	const usage = usages[index];
	const row = list.rows[list.cursor];
	if (!usage || !row) {
		return state;
	}

	const detail = sessionDetail(state.result.analysis, principal.arn, usages, [usage]);
	return push(state, {name: 'principal', state: initPrincipal(detail, state.toggles, state.isGrouped, row.name)});
}

/** Opens a role at the line of whoever assumed it; where it is of another account, enters that one. */
export function openRole(state: AppState, arrival: Arrival): AppState {
	const accountId = arrival.role.split(':')[4] ?? '';
	return accountId === state.result?.analysis.account.id ? arrive(state, arrival) : openAccount(state, accountId, arrival);
}

/** Opens a role of the account that is analysed, and who was in it. */
export function arrive(state: AppState, {role, caller}: Arrival): AppState {
	const analysis = state.result?.analysis;
	if (!analysis?.principals.some(({arn}) => arn === role)) {
		return {...state, notice: `${role} is not in the IAM snapshot: it was deleted, or the snapshot is older than the role`};
	}

	return openPeople(openPrincipal(state, analysis.principal(role)), caller);
}

/** Enters another account, over the same days; going back leads here again. Where its IAM is not known, that is said. */
export function openAccount(state: AppState, accountId: string, arrival: Arrival | null): AppState {
	const [root] = state.stack;
	const account = root?.name === 'accounts' ? root.state.list.rows.find(row => row.account?.id === accountId)?.account : undefined;
	if (!account || !state.result) {
		return {...state, notice: `account ${accountId} is not configured: add it on the account screen, with its own IAM and these logs`};
	}

	const {result, kept, stale, jumps, stack} = state;
	const entered = push(
		{...state, jumps: [...jumps, {depth: stack.length, result, kept, stale}], stale: null},
		{name: 'start-date', account, state: initStartDate(state.today, result.window.start)},
	);
	return startJob(entered, {account, window: result.window}, arrival);
}

/** Puts back what the screens of an account show from which another one was entered, once that one is left: its dates were not asked for, and are not gone back to. */
export function leaveAccount(state: AppState): AppState {
	const jump = state.jumps.at(-1);
	return jump && state.stack.length <= jump.depth + 1
		? {...state, stack: state.stack.slice(0, jump.depth), jumps: state.jumps.slice(0, -1), result: jump.result, kept: jump.kept, stale: jump.stale, job: null}
		: state;
}

/** How the role that is open could be split among those who were in it. */
export function openSplit(state: AppState): AppState {
	const screen = topOf(state);
	return screen.name === 'people' && screen.state.asked.status === 'ready'
		? push(state, {name: 'lines', kind: 'split', state: splitLines(screen.state.principal, screen.state.asked.split)})
		: state;
}
