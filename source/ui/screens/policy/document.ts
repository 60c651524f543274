import type {NamedCheck, PolicyChange, RemediationPlan, Replay} from '../../../app/remediation.js';
import type {DiffLine} from '../../../domain/json-diff.js';
import {replayWords} from '../../../domain/replay.js';
import {minuteOf, counted} from '../../words.js';
import type {Tone} from '../../theme.js';
import {wrapIndented, wrapText} from '../../wrap.js';
import type {PolicyState} from './state.js';

/** A row of the policies, made safe and cut to the width. */
export type PolicyRow = {readonly text: string; readonly tone: Tone};

const signs: Readonly<Record<DiffLine['kind'], string>> = {same: ' ', removed: '-', added: '+'};
/** The sign says it first. */
const tones: Readonly<Record<DiffLine['kind'], Tone>> = {same: 'plain', removed: 'unused', added: 'good'};

const problems: Readonly<Record<keyof NamedCheck, string>> = {
	stillGranted: 'marked and still granted',
	lost: 'not marked and lost',
	usedLost: 'used and lost',
	gained: 'granted and was not before',
	unknownLost: 'not in the catalog and lost',
};

const problemKeys: ReadonlyArray<keyof NamedCheck> = ['stillGranted', 'lost', 'usedLost', 'gained', 'unknownLost'];

type Line = PolicyRow;

const plain = (text: string, tone: Tone = 'plain'): Line => ({text, tone});

/** A line of a document with its sign; what goes on below it keeps both. */
function diffRows({kind, text}: DiffLine, columns: number): readonly Line[] {
	const indent = text.length - text.trimStart().length;
	return wrapText(text.trimStart(), Math.max(8, columns - indent - 4)).map((line, index) => ({
		text: `${signs[kind]} ${' '.repeat(indent + (index === 0 ? 0 : 2))}${line}`, tone: tones[kind],
	}));
}

/** Names that are told at once; more stand at the end, so that what comes of them is on the first screen. */
const few = 8;

/** The names; of many, how many each service has. */
function shortened(names: readonly string[]): string {
	if (names.length <= few) {
		return names.join(', ');
	}

	const services = new Map<string, number>();
	for (const name of names) {
		const service = name.split(':')[0] ?? name;
		services.set(service, (services.get(service) ?? 0) + 1);
	}

	const counts = [...services].toSorted(([, a], [, b]) => b - a).map(([service, count]) => `${count} of ${service}`);
	const more = services.size - few;
	return `${counts.slice(0, few).join(', ')}${more > 0 ? `, and of ${counted(more, 'more service')}` : ''} (all are below)`;
}

/** Many names in full. */
const inFull = (title: string, names: readonly string[]): readonly Line[] => names.length <= few ? [] : [plain(''), plain(`${title}:`, 'head'), plain(`  ${names.join(', ')}`)];

function replayLines(replay: Replay, silent: readonly string[]): readonly Line[] {
	const hurts = replay.deniedEvents + replay.perhapsEvents > 0;
	const events = replay.principals.flatMap(({arn, denied, perhaps}) => [
		...denied.map(found => ({...found, verb: 'denied', arn})),
		...perhaps.map(found => ({...found, verb: 'perhaps denied', arn})),
	]);
	return [
		plain(`replay: ${replayWords(replay)}`, hurts ? 'error' : (replay.events === 0 ? 'warning' : 'good')),
		...events.map(({verb, event, actions, count, last, arn}) =>
			plain(`  ${verb}: ${event}${actions.length === 0 ? '' : ` (${actions.join(', ')})`}, ${counted(count, 'time')}, last ${minuteOf(last)}, by ${arn}`, 'error')),
		...silent.length === 0 ? [] : [plain(`the replay cannot vouch for ${shortened(silent)}: the log's silence proves nothing there`, 'warning')],
	];
}

function checkLines(check: NamedCheck): readonly Line[] {
	const found = problemKeys.filter(key => check[key].length > 0);
	return found.length === 0
		? [plain('evaluated again: the marked actions are gone, and nothing else changed')]
		: found.map(key => plain(`evaluated again: ${problems[key]}: ${check[key].join(', ')}`, 'warning'));
}

const added = (document: unknown): readonly DiffLine[] => JSON.stringify(document, null, 2).split('\n').map(text => ({kind: 'added', text}));

function policyRows(change: PolicyChange, columns: number): readonly Line[] {
	const {kind, name, places, outcome, after, notes, alsoAffects, diff} = change;
	const sizes = after.map(document => `${document.name}: ${counted(document.size, 'character')}`);
	const where = places.map(place => `${place.kind} ${place.name}`).join(', ');
	const lines = [
		plain(''),
		plain(`${kind} policy ${name} of ${where}: ${outcome}${sizes.length === 0 ? '' : ` (${sizes.join('; ')})`}`, 'head'),
		...alsoAffects.length === 0 ? [] : [plain(`  also changes: ${alsoAffects.map(other => `${other.kind} ${other.name}`).join(', ')}`, 'warning')],
		...notes.map(note => plain(`  ${note}`)),
	];
	const several = after.length > 1 ? after.flatMap(document => [plain(`${document.name}:`), ...added(document.document).flatMap(line => diffRows(line, columns))]) : [];
	return [...lines.flatMap(line => wrapped(line, columns)), ...diff.flatMap(line => diffRows(line, columns)), ...several];
}

function standaloneRows({standalone}: RemediationPlan, columns: number): readonly Line[] {
	const {form, documents, limit, fits, options, extras, check, replay} = standalone;
	const sizes = documents.map(({size}) => size).join(' + ');
	const lines = [
		plain(documents.length === 0
			? 'a new policy in place of all: none is needed'
			: `a new policy in place of all: ${counted(documents.length, `${form} document`)}, ${sizes} of ${limit} characters each`, 'head'),
		...fits ? [] : [plain('it does not fit under IAM\'s limits:', 'warning'), ...options.map(option => plain(`  ${option}`))],
		plain(extras.length === 0 ? 'its wildcards keep nothing beside' : `its wildcards keep ${counted(extras.length, 'more action')}: ${shortened(extras)}`),
		...checkLines(check),
		...replayLines(replay, []),
	];
	return [
		...lines.flatMap(line => wrapped(line, columns)),
		...documents.flatMap(({name, document}) => [...wrapped(plain(`${name}:`, 'head'), columns), ...added(document).flatMap(line => diffRows(line, columns))]),
		...inFull('all that its wildcards keep', extras).flatMap(line => wrapped(line, columns)),
	];
}

function wrapped({text, tone}: Line, columns: number): readonly Line[] {
	return wrapIndented(text, columns).map(line => ({text: line, tone}));
}

function editRows(plan: RemediationPlan, columns: number): readonly Line[] {
	const lines = [
		plain(`${counted(plan.removed.length, 'action')} to go: ${shortened(plan.removed)}`, 'head'),
		...plan.notEditable === null ? [] : [plain(`nothing can be edited in IAM: ${plan.notEditable}`, 'warning')],
		...replayLines(plan.replay, plan.silent),
		...plan.notEditable === null ? checkLines(plan.check) : [],
		...plan.notes.map(note => plain(note, 'warning')),
	];
	const full = [...inFull('all actions to go', plan.removed), ...inFull('all that the replay cannot vouch for', plan.silent)];
	return [
		...lines.flatMap(line => wrapped(line, columns)),
		...plan.policies.flatMap(change => policyRows(change, columns)),
		...full.flatMap(line => wrapped(line, columns)),
	];
}

const documents = new WeakMap<RemediationPlan, Map<string, readonly PolicyRow[]>>();

/** All that is known of a cut, in as many rows as it takes at a width; made once for each side and width, since every key asks for it. */
export function policyDocument({planning, side, marks}: Pick<PolicyState, 'planning' | 'side' | 'marks'>, columns: number): readonly PolicyRow[] {
	switch (planning.status) {
		case 'working': {
			return wrapped(plain(`working out what the policies are without ${counted(marks.length, 'marked action')}, and playing it against every event…`, 'quiet'), columns);
		}

		case 'failed': {
			return [plain(`! ${planning.message}`, 'error'), ...planning.hint === null ? [] : [plain(planning.hint)]].flatMap(line => wrapped(line, columns));
		}

		case 'ready': {
			const {plan} = planning;
			const known = documents.get(plan) ?? new Map<string, readonly PolicyRow[]>();
			documents.set(plan, known);
			const key = `${side} ${columns}`;
			const rows = known.get(key) ?? (side === 'edits' ? editRows(plan, columns) : standaloneRows(plan, columns));
			known.set(key, rows);
			return rows;
		}
	}
}
