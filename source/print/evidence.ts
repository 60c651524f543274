import type {ActionEvidence, Analysis} from '../app/analysis.js';
import {evidenceLines, grantWords} from '../domain/evidence.js';
import {terminalText} from '../lib/terminal-text.js';
import {toCsv, type CsvValue} from './csv.js';
import type {Answer} from './answer.js';
import {evidenceDocument, noteWarnings} from './document.js';
import {toJson} from './json.js';

const columns = [
	'action', 'verdict', 'evidence', 'subject', 'relation', 'outcome', 'errorCode', 'count', 'first', 'last', 'eventId', 'region', 'sourceAddress', 'userAgent', 'actor',
] as const;

type EvidenceRow = Readonly<Record<(typeof columns)[number], CsvValue>>;

/** A row for each piece of the evidence, in the order of the printed lines: why, granted-by, blocked-by, proved-by, seen, changed-by. */
function evidenceRows({action, verdict, reason, grantedBy, blockedBy, deniedInPart, provedBy, seen, changes}: ActionEvidence): readonly EvidenceRow[] {
	const row = (evidence: string, subject: string, more: Partial<EvidenceRow> = {}): EvidenceRow => ({
		action, verdict, evidence, subject, relation: null, outcome: null, errorCode: null, count: null, first: null, last: null,
		eventId: null, region: null, sourceAddress: null, userAgent: null, actor: null, ...more,
	});
	return [
		row('why', reason),
		...grantedBy.map(grant => row('granted-by', grantWords(grant))),
		...blockedBy.map(words => row(deniedInPart ? 'denied-in-part-by' : 'blocked-by', words)),
		...provedBy.map(event => row('proved-by', event)),
		...seen.map(({event, sample, relation, outcome, errorCode, count, first, last}) => row('seen', event, {relation, outcome, errorCode, count, first, last, ...sample})),
		...changes.map(({change, certain}) => row('changed-by', `${change.eventSource}:${change.eventName}`, {
			relation: certain ? 'certain' : 'perhaps', count: 1, first: change.time, last: change.time, eventId: change.eventId, actor: change.actor,
		})),
	];
}

/** The evidence for one action of a principal: words, JSON, or CSV with a row for each piece of it; what its policies lack is said beside it. */
export function printEvidence(analysis: Analysis, arn: string, evidence: ActionEvidence, format: 'text' | 'json' | 'csv'): Answer {
	const detail = analysis.principal(arn);
	const warnings = noteWarnings(detail);
	switch (format) {
		case 'json': {
			return {text: toJson(evidenceDocument(analysis, detail, evidence)), warnings};
		}

		case 'csv': {
			return {text: toCsv(columns, evidenceRows(evidence)), warnings};
		}

		case 'text': {
			return {text: evidenceLines(evidence).map(line => `${terminalText(line)}\n`).join(''), warnings};
		}
	}
}
