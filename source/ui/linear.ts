import type {ActionRow, PrincipalSummary} from '../app/analysis.js';
import type {Verdict} from '../domain/verdict.js';
import {terminalText} from '../lib/terminal-text.js';
import {layoutFor, topOf, warningsOf, type AppState, type Screen} from './app-state.js';
import {footerText} from './keys.js';
import {selectedOf, type ListState} from './list-state.js';
import {actionDocument} from './screens/action/document.js';
import {fieldNames, type AddAccountState, type Check} from './screens/add-account/state.js';
import {crumbWords, headWords, hintsOf, statusWords} from './screens/describe.js';
import {exportWords} from './screens/export/words.js';
import {helpLines} from './screens/help/state.js';
import {progressWords} from './screens/loading/state.js';
import type {PersonRow} from './screens/people/rows.js';
import type {PeopleState} from './screens/people/state.js';
import {emptyWords} from './screens/people/words.js';
import {policyDocument} from './screens/policy/document.js';
import {isGroup, type PrincipalItem} from './screens/principal/groups.js';
import {evidenceTexts} from './screens/principal/pane.js';
import type {PrincipalState} from './screens/principal/state.js';
import {counted, dayOf, elapsedWords} from './words.js';

/** The mark before a name, in a word. */
export const spokenVerdict: Readonly<Record<Verdict, string>> = {used: 'used', unused: 'unused', unknown: 'unknown', ungranted: 'not granted'};

/** The same of one who may assume a role, or did. */
const spokenTrust: Readonly<Record<Verdict, string>> = {used: 'came', unused: 'may come, never did', unknown: 'not known', ungranted: 'came, and may no longer'};

function join(parts: ReadonlyArray<string | false | null | undefined>): string {
	return parts.filter(Boolean).join(', ');
}

function spokenPrincipal({verdict, name, lastUsed, counts, unusedDangerous}: PrincipalSummary): string {
	return `${spokenVerdict[verdict]}: ${join([
		name, lastUsed === null ? 'not seen' : `last used ${dayOf(lastUsed)}`, `${counts.used} used of ${counts.granted} granted`, `${counts.unused} unused`,
		unusedDangerous > 0 && `${unusedDangerous} of them dangerous`,
	])}`;
}

function spokenAction({verdict, action, lower, count, denied, lastUsed, risk}: ActionRow, marked: ReadonlySet<string>): string {
	return `${spokenVerdict[verdict]}: ${join([
		action, marked.has(lower) && 'marked for removal', risk?.kind, count > 0 && counted(count, 'event'), denied > 0 && `denied ${counted(denied, 'time')}`,
		lastUsed !== null && `last used ${dayOf(lastUsed)}`,
	])}`;
}

function spokenItem(item: PrincipalItem, {marked}: PrincipalState): string {
	if (!isGroup(item)) {
		return spokenAction(item, marked);
	}

	const {counts, isOpen, service} = item;
	const verdicts: readonly Verdict[] = ['unused', 'unknown', 'used', 'ungranted'];
	return `service ${service}: ${join([isOpen ? 'open' : 'closed', ...verdicts.map(verdict => counts[verdict] > 0 && `${counts[verdict]} ${spokenVerdict[verdict]}`)])}`;
}

function spokenPerson({verdict, kind, name, last, assumed, usedActions, link}: PersonRow, {tab}: PeopleState): string {
	return `${tab === 'people' ? `${spokenTrust[verdict]}: ` : ''}${join([
		`${kind} ${name}`, last !== null && `last ${dayOf(last)}`, assumed !== null && `assumed ${counted(assumed, 'time')}`, usedActions !== null && counted(usedActions, 'used action'), link,
	])}`;
}

/** The rows of a list that would be drawn, the selected one said first. */
function spokenList<Row>(list: ListState<Row>, height: number, speak: (row: Row) => string, more: readonly string[] = []): readonly string[] {
	const selected = selectedOf(list);
	if (selected === undefined) {
		return ['nothing to show'];
	}

	return [
		`selected, ${list.cursor + 1} of ${list.rows.length}: ${speak(selected)}`,
		...more,
		'rows:',
		...list.rows.slice(list.offset, list.offset + height).map(row => speak(row)),
	];
}

const spokenError = (error: string | null): readonly string[] => error === null ? [] : [`error: ${error}`];

function spokenCheck(check: Check): string | undefined {
	return check.status === 'good' || check.status === 'bad' ? `${check.status}: ${check.words}` : (check.status === 'checking' ? 'checking' : undefined);
}

function spokenForm({fields, checks, focus, error}: AddAccountState): readonly string[] {
	return [
		...fieldNames.map(name => join([`${name === focus ? 'typing, ' : ''}${name}: ${fields[name].text}`, spokenCheck(checks[name])])),
		...spokenError(error),
	];
}

function spokenJob({job}: AppState): readonly string[] {
	if (job?.question) {
		return [`question: ${job.question}`];
	}

	return job ? [job.progress?.stage ?? 'starting', join([job.progress && progressWords(job.progress), elapsedWords(job.elapsedMs)])] : [];
}

function spokenBody(screen: Screen, state: AppState): readonly string[] {
	const height = layoutFor(state).list;
	switch (screen.name) {
		case 'accounts': {
			return spokenList(screen.state.list, height, ({label}) => label);
		}

		case 'start-date': {
			const {list, editing, field, error} = screen.state;
			return [...spokenList(list, height, ({label}) => label), ...editing ? [`start date: ${field.text}`, ...spokenError(error)] : []];
		}

		case 'add-account': {
			return spokenForm(screen.state);
		}

		case 'loading': {
			return spokenJob(state);
		}

		case 'failed': {
			return [`error: ${screen.message}`, screen.hint ?? ''];
		}

		case 'principals': {
			const {list} = screen.state[screen.state.tab];
			const selected = selectedOf(list);
			return spokenList(list, height, row => spokenPrincipal(row), selected ? [selected.arn, selected.reason] : []);
		}

		case 'principal': {
			const {list, detail} = screen.state;
			const selected = selectedOf(list);
			const evidence = selected ? evidenceTexts(selected, detail, height).map(({text}) => text.trim()) : [];
			return spokenList(list, height, item => spokenItem(item, screen.state), evidence.slice(1));
		}

		case 'action': {
			const {columns} = layoutFor(state);
			return [`${spokenVerdict[screen.state.row.verdict]}:`, ...actionDocument(screen.state, columns).map(row => row.kind === 'text' ? row.text.trim() : '')];
		}

		case 'people': {
			const {list, all} = screen.state;
			return all.length === 0 ? [emptyWords(screen.state, state.keys)] : spokenList(list, height, row => spokenPerson(row, screen.state), selectedOf(list)?.more ?? []);
		}

		case 'export': {
			const {what, format, field, error} = screen.state;
			const about = what.kind === 'rows' ? [`format: ${format}`, `typing, file: ${field.text}`] : [`typing, folder: ${field.text}`];
			return [exportWords(screen.state), ...about, ...spokenError(error)];
		}

		case 'policy': {
			const {columns} = layoutFor(state);
			return policyDocument(screen.state, columns).map(({text}) => text.replace(/^- /, 'removed: ').replace(/^\+ /, 'added: ').trim());
		}

		case 'lines': {
			return spokenList(screen.state.list, height, ({lead, text}) => `${lead}: ${text}`);
		}
	}
}

/** The filter of the screen while it is typed. */
function typedFilter(screen: Screen): string | undefined {
	switch (screen.name) {
		case 'principals': {
			const {list} = screen.state[screen.state.tab];
			return list.editing ? list.filter.text : undefined;
		}

		case 'principal':
		case 'people':
		case 'lines': {
			const {list} = screen.state;
			return list.editing ? list.filter.text : undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** All that the screen says, as lines that can be read from the first to the last: no columns, no signs, the verdicts in words. */
export function linearLines(state: AppState): readonly string[] {
	const {keys, help, notice} = state;
	if (help !== null) {
		return ['help', ...helpLines(keys).map(({keys: names, words, isHeading}) => isHeading ? `${words}:` : `${names}: ${words}`)];
	}

	const screen = topOf(state);
	const filter = typedFilter(screen);
	return [
		headWords(state),
		crumbWords(state.stack),
		statusWords(screen, state),
		...warningsOf(state).map(warning => `warning: ${warning}`),
		...spokenBody(screen, state),
		filter === undefined ? '' : `typing a filter: ${filter}`,
		notice === null ? '' : `notice: ${notice}`,
		`keys: ${footerText(hintsOf(screen, state.job), Number.POSITIVE_INFINITY, keys)}`,
	].filter(line => line !== '').map(line => terminalText(line));
}
