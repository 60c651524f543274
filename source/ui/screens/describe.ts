import type {Analysis} from '../../app/analysis.js';
import {trailWords} from '../../app/places.js';
import type {AccountChoice} from '../../app/workspace.js';
import type {Window} from '../../domain/window.js';
import {layoutFor, showsAnalysis, type AppState, type Job, type Screen} from '../app-state.js';
import type {Hint} from '../keys.js';
import {grouped, windowWords} from '../words.js';
import {actionDocument} from './action/document.js';
import {progressWords} from './loading/state.js';
import {policyDocument} from './policy/document.js';
import type {PeopleState} from './people/state.js';
import type {PrincipalState} from './principal/state.js';
import type {PrincipalsState} from './principals/state.js';

/** The account that is being asked about: the one whose screens are open, not the one that was analysed last. */
function accountIn(stack: readonly Screen[]): AccountChoice | undefined {
	const screen = stack.findLast(({name}) => name === 'start-date');
	return screen?.name === 'start-date' ? screen.account : undefined;
}

/** The window of the screens that are open; undefined while none is chosen. */
function windowIn({stack, job, result}: AppState): Window | undefined {
	const top = stack.at(-1);
	if (top?.name === 'failed') {
		return top.question.window;
	}

	return top && showsAnalysis(top) ? result?.window : job?.window;
}

/** Where the logs are. The demo's lie in the cache, at a path that tells nothing. */
function sourceWords(account: AccountChoice, analysis: Analysis | undefined): string {
	if (account.origin === 'demo') {
		return 'demo files';
	}

	return analysis ? `${analysis.trail.source} ${analysis.trail.location}` : (account.trail ? trailWords(account.trail) : 'no CloudTrail path');
}

/** Account · source · window, as far as they are known. */
export function headWords(state: AppState): string {
	const account = accountIn(state.stack);
	if (!account) {
		return 'cloudtracker-tui · no account chosen yet';
	}

	const top = state.stack.at(-1);
	const analysis = top && showsAnalysis(top) ? state.result?.analysis : undefined;
	const window = windowIn(state);
	const id = analysis?.account.id ?? account.id;
	const who = account.name === null ? id ?? 'account' : `${account.name}${id === null ? '' : ` (${id})`}`;
	const age = analysis?.snapshotAge ? ` · ${analysis.snapshotAge}` : '';
	return `${who} · ${sourceWords(account, analysis)}${age} · ${window ? windowWords(window) : 'no start date yet'}`;
}

/** What the breadcrumbs call a screen. */
function crumbOf(screen: Screen): string {
	switch (screen.name) {
		case 'accounts': {
			return 'accounts';
		}

		case 'add-account': {
			return 'new account';
		}

		case 'start-date': {
			return screen.account.name ?? screen.account.id ?? 'account';
		}

		case 'loading': {
			return 'reading';
		}

		case 'failed': {
			return 'failed';
		}

		case 'principals': {
			return screen.state.tab;
		}

		case 'principal': {
			return screen.state.session ?? screen.state.detail.principal.name;
		}

		case 'action': {
			return screen.state.row.action;
		}

		case 'people': {
			return screen.state.tab === 'people' ? 'people' : 'roles assumed';
		}

		case 'policy': {
			return screen.state.side === 'edits' ? 'policies' : 'new policy';
		}

		case 'export': {
			return 'export';
		}

		case 'lines': {
			return screen.state.title;
		}
	}
}

/** "accounts › demo › users › alice". */
export function crumbWords(stack: readonly Screen[]): string {
	return stack.map(screen => crumbOf(screen)).join(' › ');
}

function join(parts: ReadonlyArray<string | false | undefined>): string {
	return parts.filter(Boolean).join(' · ');
}

function principalsStatus(state: PrincipalsState): string {
	const {list, all, sort, toggles} = state[state.tab];
	const unused = list.rows.filter(({verdict}) => verdict === 'unused').length;
	return join([
		list.filter.text !== '' && `/${list.filter.text}`,
		toggles.usedOnly && 'used only',
		toggles.hideUnknown && 'no ?',
		sort !== 'name' && `by ${sort}`,
		`${grouped(list.rows.length)}/${grouped(all.length)}`,
		`${grouped(unused)} unused`,
	]);
}

function principalStatus({list, all, shown, sort, toggles, marked}: PrincipalState): string {
	return join([
		list.filter.text !== '' && `/${list.filter.text}`,
		toggles.usedOnly && 'used only',
		toggles.hideBenign && 'no benign',
		toggles.hideUnknown && 'no ?',
		sort !== 'name' && `by ${sort}`,
		`${grouped(shown.length)}/${grouped(all.length)}`,
		`${grouped(unusedIn(shown))} unused`,
		marked.size > 0 && `${grouped(marked.size)} marked`,
	]);
}

function peopleStatus({list, all, sort, asked}: PeopleState): string {
	const groups = asked.status === 'ready' ? asked.split.length : 0;
	return join([
		list.filter.text !== '' && `/${list.filter.text}`,
		sort !== 'last' && `by ${sort}`,
		asked.status === 'looking' ? (asked.question === null ? 'asking the log' : 'waiting for you') : `${grouped(list.rows.length)}/${grouped(all.length)}`,
		groups > 0 && `could be split into ${groups}`,
	]);
}

const unusedCounts = new WeakMap<PrincipalState['shown'], number>();

/** Counts once per list of rows: moving the cursor through 22,000 rows counts nothing. */
function unusedIn(rows: PrincipalState['shown']): number {
	const known = unusedCounts.get(rows) ?? rows.filter(({verdict}) => verdict === 'unused').length;
	unusedCounts.set(rows, known);
	return known;
}

/** Counts, filter and toggles of a screen; while a refresh runs, that the rows are old. */
export function statusWords(screen: Screen, state: AppState): string {
	const {job} = state;
	const stale = job?.kind === 'refresh' && `stale: reading again${job.progress ? ` ${progressWords(job.progress)}` : ''}`;
	switch (screen.name) {
		case 'principals': {
			return join([stale, principalsStatus(screen.state)]);
		}

		case 'principal': {
			return join([stale, principalStatus(screen.state)]);
		}

		case 'people': {
			return join([stale, peopleStatus(screen.state)]);
		}

		case 'lines': {
			const {list, all} = screen.state;
			return join([stale, list.filter.text !== '' && `/${list.filter.text}`, `${grouped(list.rows.length)}/${grouped(all.length)}`]);
		}

		case 'action': {
			const {body, columns} = layoutFor(state);
			const total = actionDocument(screen.state, columns).length;
			const {first} = screen.state;
			return join([stale, total > body && `lines ${first + 1}-${Math.min(total, first + body)} of ${grouped(total)}`]);
		}

		case 'policy': {
			const {body, columns} = layoutFor(state);
			const total = policyDocument(screen.state, columns).length;
			const {first, marks} = screen.state;
			return join([stale, `${grouped(marks.length)} marked`, total > body && `lines ${first + 1}-${Math.min(total, first + body)} of ${grouped(total)}`]);
		}

		case 'accounts':
		case 'add-account':
		case 'start-date':
		case 'export':
		case 'loading':
		case 'failed': {
			return '';
		}
	}
}

const help: Hint = {command: 'help', words: 'help'};
const quit: Hint = {command: 'quit', words: 'quit'};
const back: Hint = {command: 'back', words: 'back'};

/** The four to six keys that matter most on a screen. */
export function hintsOf(screen: Screen, job: Job | null): readonly Hint[] {
	switch (screen.name) {
		case 'accounts': {
			return [{command: 'up', words: ''}, {command: 'down', words: 'move'}, {command: 'open', words: 'choose'}, help, quit];
		}

		case 'add-account': {
			return [{command: 'switch', words: 'next field'}, {command: 'open', words: 'next, and store at the end'}, back];
		}

		case 'start-date': {
			return screen.state.editing
				? [{command: 'open', words: 'take this date'}, {command: 'back', words: 'to the list'}]
				: [{command: 'up', words: ''}, {command: 'down', words: 'move'}, {command: 'open', words: 'choose'}, back, help, quit];
		}

		case 'loading': {
			const go: readonly Hint[] = job?.question ? [{command: 'open', words: 'scans'}] : [];
			return [...go, {command: 'back', words: 'cancels'}, help, quit];
		}

		case 'failed': {
			return [{command: 'refresh', words: 'try again'}, back, help, quit];
		}

		case 'principals': {
			const other = screen.state.tab === 'users' ? 'roles' : 'users';
			return [{command: 'open', words: 'open'}, {command: 'filter', words: 'filter'}, {command: 'sort', words: 'sort'}, {command: 'switch', words: other}, help, quit];
		}

		case 'principal': {
			const act: Hint = screen.state.marked.size === 0 ? {command: 'mark', words: 'mark'} : {command: 'policy', words: 'policies without'};
			const {session, detail: {principal: {kind}}} = screen.state;
			if (session !== null) {
				return [{command: 'used-only', words: 'used only'}, {command: 'filter', words: 'filter'}, {command: 'sort', words: 'sort'}, back, help];
			}

			return [{command: 'open', words: 'open'}, act, {command: 'switch', words: kind === 'role' ? 'people' : 'roles assumed'}, {command: 'filter', words: 'filter'}, back, help];
		}

		case 'people': {
			const {tab, asked} = screen.state;
			const again: readonly Hint[] = asked.status === 'failed' && tab === 'people' ? [{command: 'refresh', words: 'try again'}] : [];
			const split: readonly Hint[] = asked.status === 'ready' && asked.split.length > 0 ? [{command: 'policy', words: 'split'}] : [];
			if (asked.status === 'looking' && asked.question !== null) {
				return [{command: 'open', words: 'scans'}, {command: 'back', words: 'stops'}, help];
			}

			return [...again, {command: 'open', words: tab === 'people' ? 'what they used' : 'open the role'}, ...split, {command: 'sort', words: 'sort'}, {command: 'switch', words: 'actions'}, back, help];
		}

		case 'action': {
			const again: readonly Hint[] = screen.state.findings.status === 'failed' ? [{command: 'refresh', words: 'try again'}] : [];
			return [...again, {command: 'left', words: 'previous'}, {command: 'right', words: 'next action'}, {command: 'down', words: 'scroll'}, back, help];
		}

		case 'policy': {
			const other = screen.state.side === 'edits' ? 'new policy' : 'edits';
			return [{command: 'switch', words: other}, {command: 'export', words: 'export'}, {command: 'down', words: 'scroll'}, back, help];
		}

		case 'export': {
			return screen.state.what.kind === 'rows'
				? [{command: 'open', words: 'write'}, {command: 'switch', words: 'format'}, back]
				: [{command: 'open', words: 'write'}, back];
		}

		case 'lines': {
			const open: readonly Hint[] = screen.kind === 'overview' ? [{command: 'open', words: 'open principal'}] : [];
			return [...open, {command: 'filter', words: 'filter'}, back, help, quit];
		}
	}
}
