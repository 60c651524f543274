import type {Analysis} from '../app/analysis.js';
import type {SplitProposal, RolePerson} from '../app/role-sessions.js';
import type {TrustJudgement, TrustRow} from '../domain/trust.js';
import {verdictPrefix} from '../domain/verdict.js';
import type {Warning} from '../domain/warning.js';
import {terminalText} from '../lib/terminal-text.js';
import type {Answer, PrintOptions} from './answer.js';
import {toCsv} from './csv.js';
import {head, principalRecord} from './document.js';
import {toJson} from './json.js';
import {heading} from './text.js';

/** A role's trust policy against who came, who they are, and how they could be told apart. */
export type PrintedTrust = {
	readonly analysis: Analysis;
	readonly roleArn: string;
	readonly trust: TrustJudgement;
	readonly people: readonly RolePerson[];
	readonly split: readonly SplitProposal[];
};

const columns = ['verdict', 'kind', 'principal', 'assumed', 'last', 'reasonCode', 'reason', 'conditions'] as const;

function trustRecord(row: TrustRow) {
	return {
		kind: row.kind,
		principal: row.principal,
		verdict: row.verdict,
		reasonCode: row.reasonCode,
		reason: row.reason,
		conditions: [...row.conditions],
		assumed: row.assumed,
		last: row.last,
	};
}

function trustLine(row: TrustRow): string {
	const condition = row.conditions.length > 0 ? `, if ${row.conditions.join(', ')}` : '';
	return `${verdictPrefix[row.verdict]}${row.kind}${row.principal === null ? '' : ` ${terminalText(row.principal)}`}: ${terminalText(row.reason + condition)}\n`;
}

const nameOf = ({originator, via}: RolePerson): string => [
	`${originator.kind} ${originator.name ?? originator.arn ?? '(not told)'}`,
	...via.map(arn => `role ${arn.slice(arn.lastIndexOf('/') + 1)}`),
].join(' > ');

function peopleText(people: readonly RolePerson[]): string {
	return people.map(person => `  ${terminalText(nameOf(person))}: last ${person.last ?? 'never'}, assumed ${person.assumed}, events ${person.events}, used actions ${person.usedActions}\n`).join('');
}

function splitText(split: readonly SplitProposal[]): string {
	return split.map(({people, actions, shared}) => `  ${terminalText(people.join(', '))}: ${actions.length} actions, ${shared.length} of them needed by others, too\n`).join('');
}

function document({analysis, roleArn, trust, people, split}: PrintedTrust, warnings: readonly Warning[]) {
	return {
		...head(analysis, warnings),
		principal: principalRecord(analysis.principal(roleArn).principal),
		trust: trust.rows.map(row => trustRecord(row)),
		people: people.map(person => ({
			originator: {kind: person.originator.kind, arn: person.originator.arn, name: person.originator.name},
			via: [...person.via],
			assumed: person.assumed,
			last: person.last,
			events: person.events,
			usedActions: person.usedActions,
		})),
		split: split.map(({people: names, actions, shared}) => ({people: [...names], actions: [...actions], shared: [...shared]})),
	};
}

/** Who may assume a role against who did, who was behind it, and a split of it as advice. CSV holds the trust alone. */
export function printTrust(printed: PrintedTrust, {format, quiet, ignoreUnknown, showUsed}: PrintOptions): Answer {
	const {analysis, roleArn, people, split} = printed;
	const warnings = printed.trust.notes.map(message => ({code: 'trust-policy', message: `trust policy: ${message}`}));
	const rows = printed.trust.rows.filter(({verdict}) => (!ignoreUnknown || verdict !== 'unknown') && (!showUsed || verdict === 'used' || verdict === 'ungranted'));
	const trust = {...printed.trust, rows};
	switch (format) {
		case 'json': {
			return {text: toJson(document({...printed, trust}, warnings)), warnings};
		}

		case 'csv': {
			return {text: toCsv(columns, rows.map(row => trustRecord(row))), warnings};
		}

		case 'text': {
			const lines = rows.map(row => trustLine(row)).join('');
			const who = people.length > 0 ? `used by:\n${peopleText(people)}` : '';
			const advice = split.length > 0 ? `could be split (advice, from this window alone):\n${splitText(split)}` : '';
			return {text: (quiet ? '' : heading(analysis.principal(roleArn).principal)) + lines + who + advice, warnings};
		}
	}
}
