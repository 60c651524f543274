import type {ActionEvidence, Analysis, PrincipalSummary} from '../app/analysis.js';
import {evidenceLines} from '../domain/evidence.js';
import {terminalText} from '../lib/terminal-text.js';
import {toCsv} from './csv.js';
import {evidenceDocument} from './document.js';
import {toJson} from './json.js';

const columns = ['event', 'outcome', 'errorCode', 'count', 'first', 'last', 'eventId', 'region', 'sourceAddress', 'userAgent'] as const;

/** The evidence for one action: words, JSON, or the events that were seen as CSV. */
export function printEvidence(analysis: Analysis, principal: PrincipalSummary, evidence: ActionEvidence, format: 'text' | 'json' | 'csv'): string {
	switch (format) {
		case 'json': {
			return toJson(evidenceDocument(analysis, principal, evidence));
		}

		case 'csv': {
			return toCsv(columns, evidence.seen.map(({sample, ...seen}) => ({...seen, ...sample})));
		}

		case 'text': {
			return evidenceLines(evidence).map(line => `${terminalText(line)}\n`).join('');
		}
	}
}
