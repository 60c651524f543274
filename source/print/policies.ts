import type {Analysis} from '../app/analysis.js';
import type {NamedCheck, PolicyChange, RemediationPlan, Replay} from '../app/remediation.js';
import type {DiffLine} from '../domain/json-diff.js';
import {replayWords, type ReplayedEvents} from '../domain/replay.js';
import {plural} from '../domain/words.js';
import {terminalText} from '../lib/terminal-text.js';
import type {Answer} from './answer.js';
import {head} from './document.js';
import {toJson} from './json.js';

type Line = {readonly text: string; readonly kind: DiffLine['kind']};

const same = (text: string): Line => ({kind: 'same', text});

/** SGR colours of what goes and what comes. */
const colours: Readonly<Record<DiffLine['kind'], number | null>> = {same: null, removed: 31, added: 32};

const signs: Readonly<Record<DiffLine['kind'], string>> = {same: ' ', removed: '-', added: '+'};

function eventLine(verb: string, {event, actions, count, first, last}: ReplayedEvents, who: string): Line {
	const needed = actions.length === 0 ? '' : ` (${actions.join(', ')})`;
	return same(`  ${verb}: ${event}${needed}, ${plural(count, 'time')}, by ${who}, first ${first}, last ${last}`);
}

function replayLines(replay: Replay): Line[] {
	return [
		same(`replay: ${replayWords(replay)}`),
		...replay.principals.flatMap(({arn, denied, perhaps}) => [
			...denied.map(events => eventLine('denied', events, arn)),
			...perhaps.map(events => eventLine('perhaps denied', events, arn)),
		]),
	];
}

const problems: ReadonlyArray<readonly [keyof NamedCheck, string]> = [
	['stillGranted', 'marked and still granted'],
	['lost', 'not marked and lost'],
	['usedLost', 'used and lost'],
	['gained', 'granted and was not before'],
	['unknownLost', 'not in the catalog and lost'],
];

function checkLines(check: NamedCheck): Line[] {
	const found = problems.filter(([key]) => check[key].length > 0);
	return found.length === 0
		? [same('check: evaluated again, the marked actions are gone, and nothing else changed')]
		: found.map(([key, words]) => same(`check: ${words}: ${check[key].join(', ')}`));
}

const nameOf = ({kind, name, places}: PolicyChange): string => `${kind} policy ${name} of ${places.map(place => `${place.kind} ${place.name}`).join(', ')}`;

function policyLines(change: PolicyChange): Line[] {
	const sizes = change.after.map(({name, size}) => `${name}: ${plural(size, 'character')}`);
	return [
		same(''),
		same(`${nameOf(change)}: ${change.outcome}${sizes.length === 0 ? '' : ` (${sizes.join('; ')})`}`),
		...change.notes.map(note => same(`  ${note}`)),
		...change.diff,
		...change.after.length > 1 ? change.after.flatMap(({name, document}) => [same(`${name}:`), ...documentLines(document)]) : [],
	];
}

const documentLines = (document: unknown): Line[] => JSON.stringify(document, null, 2).split('\n').map(text => ({kind: 'added', text}));

function standaloneLines({standalone, notEditable}: RemediationPlan): Line[] {
	const {form, documents, limit, fits, options, extras, check, replay} = standalone;
	return [
		same(''),
		same(documents.length === 0
			? 'as a new policy: none is needed'
			: `${notEditable === null ? 'as a new policy in place of all' : 'what was needed, as a policy'}: ${plural(documents.length, `${form} document`)}, ${documents.map(({size}) => size).join(' + ')} of ${limit} characters each`),
		...fits ? [] : [same('it does not fit under IAM\'s limits:'), ...options.map(option => same(`  ${option}`))],
		...extras.length === 0 ? [] : [same(`its wildcards keep beside: ${extras.join(', ')}`)],
		...notEditable === null ? [...checkLines(check), ...replayLines(replay)] : [],
		...documents.flatMap(({name, document}) => [same(`${name}:`), ...documentLines(document)]),
	];
}

/** Actions that a line of words names; JSON names all. */
const actionsNamed = 20;

const someOf = (actions: readonly string[]): string =>
	actions.slice(0, actionsNamed).join(', ') + (actions.length > actionsNamed ? ` and ${actions.length - actionsNamed} more (--format json names them)` : '');

function planLines(plan: RemediationPlan): Line[] {
	const {removed, silent} = plan;
	return [
		same(`${plan.kind} ${plan.name}: ${plural(removed.length, 'action')} to go${removed.length === 0 ? '' : `: ${someOf(removed)}`}`),
		...plan.notEditable === null ? [] : [same(`nothing can be edited in IAM: ${plan.notEditable}`)],
		...plan.notes.map(note => same(note)),
		...plan.notEditable === null ? checkLines(plan.check) : [],
		...replayLines(plan.replay),
		...silent.length === 0 ? [] : [same(`the replay cannot vouch for ${someOf(silent)}: the log's silence proves nothing there`)],
		...plan.policies.flatMap(change => policyLines(change)),
		...standaloneLines(plan),
	];
}

function colored({kind, text}: Line, color: boolean): string {
	const plain = `${signs[kind]} ${terminalText(text)}`.trimEnd();
	const colour = colours[kind];
	return color && colour !== null ? `\u001B[${colour}m${plain}\u001B[39m\n` : `${plain}\n`;
}

const namedDocuments = (documents: PolicyChange['after']) => documents.map(({name, size, document}) => ({name, size, document}));

const checkRecord = ({stillGranted, lost, usedLost, gained, unknownLost}: NamedCheck) => ({
	stillGranted: [...stillGranted], lost: [...lost], usedLost: [...usedLost], gained: [...gained], unknownLost: [...unknownLost],
});

const eventRecords = (list: readonly ReplayedEvents[]) => list.map(({event, actions, count, first, last}) => ({event, actions: [...actions], count, first, last}));

const replayRecord = ({events, deniedEvents, perhapsEvents, principals}: Replay) => ({
	events, deniedEvents, perhapsEvents,
	principals: principals.map(one => ({arn: one.arn, events: one.events, denied: eventRecords(one.denied), perhaps: eventRecords(one.perhaps)})),
});

/** The JSON of `policy`. */
export function planDocument(analysis: Analysis, plan: RemediationPlan, written: readonly string[]) {
	const {standalone} = plan;
	return {
		...head(analysis),
		principal: {arn: plan.arn, name: plan.name, kind: plan.kind},
		removed: [...plan.removed],
		silent: [...plan.silent],
		notEditable: plan.notEditable,
		notes: [...plan.notes],
		policies: plan.policies.map(({kind, name, arn, places, outcome, notes, before, after, alsoAffects}) => ({
			kind, name, arn,
			places: places.map(place => ({kind: place.kind, name: place.name})),
			outcome,
			notes: [...notes],
			alsoAffects: alsoAffects.map(other => other.arn),
			before,
			after: namedDocuments(after),
		})),
		check: checkRecord(plan.check),
		replay: replayRecord(plan.replay),
		standalone: {
			form: standalone.form,
			limit: standalone.limit,
			fits: standalone.fits,
			options: [...standalone.options],
			extras: [...standalone.extras],
			documents: namedDocuments(standalone.documents),
			check: checkRecord(standalone.check),
			replay: replayRecord(standalone.replay),
		},
		files: [...written],
	};
}

/** What becomes of a principal's policies without the marked actions, as words with a diff, or as JSON; `written` are the files that were exported. */
export function printPlan(analysis: Analysis, plan: RemediationPlan, options: {readonly format: 'text' | 'json'; readonly color: boolean; readonly written: readonly string[]}): Answer {
	if (options.format === 'json') {
		return {text: toJson(planDocument(analysis, plan, options.written)), warnings: []};
	}

	const files = options.written.map(file => same(`written: ${file}`));
	return {text: [...planLines(plan), ...files].map(line => colored(line, options.color)).join(''), warnings: []};
}
