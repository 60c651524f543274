import type {ActionEvidence, Analysis} from '../app/analysis.js';
import {evidenceLines} from '../domain/evidence.js';
import {terminalText} from '../lib/terminal-text.js';
import {toCsv} from './csv.js';
import type {Answer} from './answer.js';
import {evidenceDocument, noteWarnings} from './document.js';
import {toJson} from './json.js';

const columns = ['event', 'outcome', 'errorCode', 'count', 'first', 'last', 'eventId', 'region', 'sourceAddress', 'userAgent'] as const;

/** The evidence for one action of a principal: words, JSON, or the events that were seen as CSV; what its policies lack is said beside it. */
export function printEvidence(analysis: Analysis, arn: string, evidence: ActionEvidence, format: 'text' | 'json' | 'csv'): Answer {
	const detail = analysis.principal(arn);
	const warnings = noteWarnings(detail);
	switch (format) {
		case 'json': {
			return {text: toJson(evidenceDocument(analysis, detail, evidence)), warnings};
		}

		case 'csv': {
			return {text: toCsv(columns, evidence.seen.map(({sample, ...seen}) => ({...seen, ...sample}))), warnings};
		}

		case 'text': {
			return {text: evidenceLines(evidence).map(line => `${terminalText(line)}\n`).join(''), warnings};
		}
	}
}
