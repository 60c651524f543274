import type {Analysis, PrincipalSummary} from '../../app/analysis.js';
import {terminalText} from '../../lib/terminal-text.js';
import {counted, grouped} from '../words.js';
import {findingKinds, type FindingKind} from './kinds.js';

/** How many principals a line of standard error names. */
const named = 3;

/** How many findings of a kind a principal's row stands for. */
const countOf: Readonly<Record<FindingKind, (principal: PrincipalSummary) => number>> = {
	'unused-principal': ({verdict}) => verdict === 'unused' ? 1 : 0,
	'unused-dangerous': ({unusedDangerous}) => unusedDangerous,
	ungranted: ({counts}) => counts.ungranted,
};

const words: Readonly<Record<FindingKind, (count: number, principals: number) => string>> = {
	'unused-principal': count => counted(count, 'unused principal'),
	'unused-dangerous': (count, principals) => `${counted(count, 'dangerous grant')} never used, of ${counted(principals, 'principal')}`,
	ungranted: (count, principals) => `${counted(count, 'action')} used that no policy grants today, by ${counted(principals, 'principal')}`,
};

/** How many findings of a kind there are. */
export function countFindings(principals: readonly PrincipalSummary[], kind: FindingKind): number {
	return principals.reduce((sum, principal) => sum + countOf[kind](principal), 0);
}

/** What --fail-on comes to: the exit code, and what standard error says of it, a line a kind. */
export type Judgement = {readonly exitCode: 0 | 1 | 3; readonly lines: readonly string[]};

/**
Judges the principals that were asked about: 1 where a kind that --fail-on names was found, else 0.
Without any event of the account in the window there is nothing to judge by: 3, neither clean nor unused.
*/
export function judgeFindings(analysis: Pick<Analysis, 'trail'>, principals: readonly PrincipalSummary[], failOn: readonly FindingKind[]): Judgement {
	if (failOn.length === 0) {
		return {exitCode: 0, lines: []};
	}

	if (analysis.trail.events === 0) {
		return {exitCode: 3, lines: [`fail-on: ${failOn.join(', ')} cannot be judged: the logs hold no event of the account in the window`]};
	}

	const lines = findingKinds.filter(kind => failOn.includes(kind)).flatMap(kind => {
		const found = principals.filter(principal => countOf[kind](principal) > 0).toSorted((a, b) => countOf[kind](b) - countOf[kind](a));
		if (found.length === 0) {
			return [];
		}

		const names = found.slice(0, named).map(({name}) => terminalText(name)).join(', ');
		const more = found.length > named ? ` and ${grouped(found.length - named)} more` : '';
		return [`fail-on ${kind}: ${words[kind](countFindings(found, kind), found.length)}: ${names}${more}`];
	});
	return {exitCode: lines.length > 0 ? 1 : 0, lines};
}
