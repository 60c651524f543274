import type {Analysis} from '../../app/analysis.js';
import {eventCounts, head, principalBody, principalRecord} from '../document.js';
import {toJsonLine} from '../json.js';

/** Items of a list, a line each. */
function * lines(items: Iterable<unknown>, indent: string): Generator<string> {
	let separator = '';
	for (const item of items) {
		yield `${separator}\n${indent}${toJsonLine(item)}`;
		separator = ',';
	}
}

/**
The whole account as JSON, every principal in full: the same keys as `--user`, in the same order, for each. A line holds one action, so that
a large account can be read by lines; it comes in pieces, because it may be larger than a string can be.
*/
export function * jsonReport(analysis: Analysis, strict: boolean): Generator<string> {
	yield '{\n';
	for (const [key, value] of Object.entries({...head(analysis), strict})) {
		yield `\t${toJsonLine(key)}: ${toJsonLine(value)},\n`;
	}

	yield '\t"principals": [';
	let separator = '';
	for (const summary of analysis.principals) {
		const detail = analysis.principal(summary.arn);
		const {actions, ...rest} = principalBody(detail, detail.actions);
		const {flags, counts} = summary;
		const own = {...principalRecord(summary), flags: [...flags], counts: {used: counts.used, unused: counts.unused, unknown: counts.unknown, ungranted: counts.ungranted, granted: counts.granted}};
		yield `${separator}\n\t\t${toJsonLine(own).slice(0, -1)},"actions":[`;
		yield * lines(actions, '\t\t\t');
		yield `],${toJsonLine({...rest, notes: [...detail.notes]}).slice(1)}`;
		separator = ',';
	}

	yield '\n\t],\n\t"unmapped": [';
	yield * lines(eventCounts(analysis.unmapped), '\t\t');
	yield ']\n}\n';
}
