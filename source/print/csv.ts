import {terminalText} from '../lib/terminal-text.js';

/** What a cell may hold; a list is joined by "; ". */
export type CsvValue = string | number | boolean | null | readonly string[];

/** Spreadsheets run a cell that starts so as a formula (OWASP, "CSV Injection"). */
const startsFormula = /^[=+\-@\t\r]/;

function cell(value: CsvValue): string {
	if (value === null) {
		return '';
	}

	if (typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}

	const text = typeof value === 'string' ? value : value.join('; ');
	const guarded = (startsFormula.test(text) ? '\'' : '') + terminalText(text);
	return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/**
Rows as RFC 4180 CSV with a header line. The columns are `columns`, whatever else a row has.
A text that a spreadsheet would run as a formula gets an apostrophe before it; control characters come out as visible escapes.
*/
export function toCsv<Column extends string>(columns: readonly Column[], rows: ReadonlyArray<Readonly<Record<Column, CsvValue>>>): string {
	const lines = [columns.join(','), ...rows.map(row => columns.map(column => cell(row[column])).join(','))];
	return lines.join('\r\n') + '\r\n';
}
