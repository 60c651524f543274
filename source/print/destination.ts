import type {Analysis, PrincipalSummary} from '../app/analysis.js';
import type {SessionDetail} from '../app/role-sessions.js';
import {terminalText} from '../lib/terminal-text.js';
import {actionColumns, actionCsvRecord, type Answer, type PrintOptions} from './answer.js';
import {toCsv} from './csv.js';
import {noteWarnings, principalDocument} from './document.js';
import {shownActions} from './filters.js';
import {toJson} from './json.js';
import {actionsText, heading} from './text.js';

/** Who went into a role, and what they did there. */
export type PrintedDestination = {
	/** The account of the role. */
	readonly target: Analysis;
	readonly by: PrincipalSummary;
	readonly role: PrincipalSummary;
	readonly found: SessionDetail;
};

/** The JSON of `--destrole`: the role's document, with who was behind the sessions. */
function destinationDocument({target, found}: PrintedDestination, options: PrintOptions) {
	const {detail, originator, via, sessions} = found;
	return {
		...principalDocument(target, detail, shownActions(detail.actions, options)),
		originator: {kind: originator.kind, arn: originator.arn, name: originator.name},
		via: [...via],
		sessions: sessions.map(session => ({
			name: session.name,
			sourceIdentity: session.sourceIdentity,
			link: session.link,
			assumed: session.assumed,
			first: session.first,
			last: session.last,
			sourceAddresses: [...session.sourceAddresses],
		})),
	};
}

/** CloudTracker's lines for a role that somebody assumed: what it is granted, against what was used in those sessions. */
export function printDestination(arrival: PrintedDestination, options: PrintOptions): Answer {
	const {by, role, found: {detail}} = arrival;
	const rows = shownActions(detail.actions, options);
	const warnings = noteWarnings(detail);
	switch (options.format) {
		case 'json': {
			return {text: toJson(destinationDocument(arrival, options)), warnings};
		}

		case 'csv': {
			return {text: toCsv(actionColumns, rows.map(row => actionCsvRecord(row))), warnings};
		}

		case 'text': {
			const headings = options.quiet ? '' : `${heading(by)}Getting info for AssumeRole into ${terminalText(role.name)}\n`;
			return {text: headings + actionsText(rows, options.color), warnings};
		}
	}
}
