import type {ActionRow, Analysis, PrincipalSummary} from '../app/analysis.js';
import {findPrincipal} from '../app/find-principal.js';
import type {Warning} from '../domain/warning.js';
import {toCsv} from './csv.js';
import {actionRecord, listDocument, noteWarnings, principalDocument, principalRecord, unmappedDocument} from './document.js';
import {shownActions, shownPrincipals, type PrintFilters} from './filters.js';
import {toJson} from './json.js';
import {actionsText, heading, listText, unmappedText} from './text.js';

/** What can be printed about an account. */
export type PrintedQuestion
	= | {readonly kind: 'list'; readonly principals: 'users' | 'roles' | 'all'}
		| {readonly kind: 'principal'; readonly principal: 'user' | 'role'; readonly name: string}
		| {readonly kind: 'unmapped'};

export type PrintOptions = PrintFilters & {
	readonly format: 'text' | 'json' | 'csv';
	readonly color: boolean;
	readonly quiet: boolean;
};

/** The document for stdout, and what beside it belongs on stderr. */
export type Answer = {readonly text: string; readonly warnings: readonly Warning[]};

const principalColumns = ['arn', 'id', 'name', 'kind', 'created', 'verdict', 'reasonCode', 'reason', 'lastUsed', 'events', 'denied', 'unusedDangerous'] as const;
const actionColumns = ['action', 'verdict', 'reasonCode', 'reason', 'count', 'failed', 'denied', 'firstUsed', 'lastUsed', 'events', 'deniedInPart', 'blockedBy', 'accessLevel', 'risk'] as const;
const unmappedColumns = ['eventSource', 'eventName', 'count'] as const;

function listed(analysis: Analysis, which: 'users' | 'roles' | 'all'): readonly PrincipalSummary[] {
	return which === 'all' ? analysis.principals : analysis.principals.filter(({kind}) => (kind === 'role') === (which === 'roles'));
}

function listAnswer(analysis: Analysis, principals: readonly PrincipalSummary[], {format, color}: PrintOptions): string {
	switch (format) {
		case 'json': {
			return toJson(listDocument(analysis, principals));
		}

		case 'csv': {
			return toCsv(principalColumns, principals.map(principal => principalRecord(principal)));
		}

		case 'text': {
			return listText(principals, color);
		}
	}
}

function principalAnswer(analysis: Analysis, found: PrincipalSummary, options: PrintOptions): Answer {
	const detail = analysis.principal(found.arn);
	const rows: readonly ActionRow[] = shownActions(detail.actions, options);
	const warnings = noteWarnings(detail);
	switch (options.format) {
		case 'json': {
			return {text: toJson(principalDocument(analysis, detail, rows)), warnings};
		}

		case 'csv': {
			return {text: toCsv(actionColumns, rows.map(row => ({...actionRecord(row), accessLevel: row.accessLevel, risk: row.risk?.kind ?? null}))), warnings};
		}

		case 'text': {
			return {text: (options.quiet ? '' : heading(found)) + actionsText(rows, options.color), warnings};
		}
	}
}

function unmappedAnswer(analysis: Analysis, {format}: PrintOptions): string {
	switch (format) {
		case 'json': {
			return toJson(unmappedDocument(analysis));
		}

		case 'csv': {
			return toCsv(unmappedColumns, analysis.unmapped);
		}

		case 'text': {
			return unmappedText(analysis.unmapped);
		}
	}
}

/** Answers a question as a whole document. Throws UserError for a principal that is not there. */
export function answer(analysis: Analysis, question: PrintedQuestion, options: PrintOptions): Answer {
	switch (question.kind) {
		case 'list': {
			const principals = shownPrincipals(listed(analysis, question.principals), options);
			return {text: listAnswer(analysis, principals, options), warnings: []};
		}

		case 'principal': {
			return principalAnswer(analysis, findPrincipal(analysis, question.principal, question.name), options);
		}

		case 'unmapped': {
			return {text: unmappedAnswer(analysis, options), warnings: []};
		}
	}
}
