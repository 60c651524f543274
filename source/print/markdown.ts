import {terminalText} from '../lib/terminal-text.js';

const entities = /[&<>|`\\"]/g;

const entity = (character: string): string => `&#${character.codePointAt(0) ?? 0};`;

/**
A name as code: in a code span nothing is a link, a mention or HTML. One that holds a backtick, a pipe or a backslash stands in `<code>`,
character by character: a table cell ends at a pipe even inside a code span.
*/
export function markdownCode(text: string): string {
	const safe = terminalText(text);
	if (safe.trim() === '') {
		return '';
	}

	return /[`|\\]/.test(safe) ? `<code>${safe.replaceAll(entities, entity)}</code>` : `\`${safe}\``;
}

/** A sentence as text, whatever it holds: no markup, no HTML, no new cell of a table, and nobody is mentioned. */
export function markdownText(text: string): string {
	return terminalText(text)
		.replaceAll(/[&<>|\\]/g, entity)
		.replaceAll(/[*_`[\]~$#]/g, String.raw`\$&`)
		.replaceAll('@', '@<!-- -->')
		.replace(/^[-+]/, String.raw`\$&`)
		.replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** A table as GitHub reads it; the cells are Markdown already. Columns of numbers stand to the right. */
export function markdownTable(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const isNumber = header.map((_, column) => rows.length > 0 && rows.every(row => /^[\d,.%<>]*$/.test(row[column] ?? '')));
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
	return line(header) + line(isNumber.map(right => right ? '---:' : '---')) + rows.map(row => line(row)).join('');
}
