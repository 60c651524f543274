import type {ActionRow, EventCount, PrincipalSummary} from '../app/analysis.js';
import {verdictPrefix, type Verdict} from '../domain/verdict.js';
import {displayWidth, padEnd, padStart, terminalText} from '../lib/terminal-text.js';

/** SGR colour of a line: CloudTracker's own choice, of the 16 colours that every theme defines. */
const colours: Readonly<Record<Verdict, number | null>> = {used: null, unused: 31, unknown: 33, ungranted: 32};

function line(verdict: Verdict, text: string, color: boolean): string {
	const plain = verdictPrefix[verdict] + terminalText(text);
	const colour = colours[verdict];
	return color && colour !== null ? `\u001B[${colour}m${plain}\u001B[39m\n` : plain + '\n';
}

/** CloudTracker's list of users or roles: a line each, the unused ones marked. */
export function listText(principals: readonly PrincipalSummary[], color: boolean): string {
	return principals.map(({verdict, name}) => line(verdict, name, color)).join('');
}

/** "Getting info on alice, user created 2017-09-02T18:02:14Z", or "Getting info for role admin". */
export function heading({kind, name, created}: PrincipalSummary): string {
	if (kind === 'role') {
		return `Getting info for role ${terminalText(name)}\n`;
	}

	return `Getting info on ${terminalText(name)}${created === null ? '' : `, user created ${created}`}\n`;
}

/** CloudTracker's list of a principal's actions: a line each, in lower case. */
export function actionsText(rows: readonly ActionRow[], color: boolean): string {
	return rows.map(({verdict, lower}) => line(verdict, lower, color)).join('');
}

/** The unmapped events as three columns: source, name, count. */
export function unmappedText(counts: readonly EventCount[]): string {
	const rows = counts.map(({eventSource, eventName, count}) => [terminalText(eventSource), terminalText(eventName), String(count)] as const);
	const width = (column: 0 | 1 | 2): number => Math.max(0, ...rows.map(row => displayWidth(row[column])));
	const [sources, names, numbers] = [width(0), width(1), width(2)];
	return rows.map(([source, name, count]) => `${padEnd(source, sources)}  ${padEnd(name, names)}  ${padStart(count, numbers)}\n`).join('');
}
