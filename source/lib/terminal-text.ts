import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import {inOneColumn} from './one-column.js';

const printableAscii = /^[\u0020-\u007E]*$/;

/**
What a terminal acts on, reorders by, or does not show: C0, DEL and C1 controls, bidi controls, zero-width and other default-ignorable
characters, line and paragraph separators, lone surrogates.
*/
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const shortEscapes: ReadonlyMap<string, string> = new Map([['\n', String.raw`\n`], ['\r', String.raw`\r`], ['\t', String.raw`\t`]]);

function visibleEscape(character: string): string {
	const short = shortEscapes.get(character);
	if (short !== undefined) {
		return short;
	}

	const code = character.codePointAt(0) ?? 0;
	if (code < 0x80) {
		return String.raw`\x` + code.toString(16).padStart(2, '0');
	}

	return code > 0xFF_FF ? String.raw`\u{${code.toString(16)}}` : String.raw`\u` + code.toString(16).padStart(4, '0');
}

/**
Makes any string safe to write to a terminal, on one line: whatever could move the cursor, change colours or the title, reverse the reading
direction or hide itself comes out as a visible escape (`\n`, `\x1b`, `\u202e`). Everything from a log, a policy, a path or an error goes
through this before it is drawn or printed. A string that is already safe comes back unchanged, so it may be applied twice.
*/
export function terminalText(text: string): string {
	return printableAscii.test(text) ? text : text.replaceAll(unsafe, character => visibleEscape(character));
}

/** How many columns a string that went through {@link terminalText} takes on the screen. */
export function displayWidth(text: string): number {
	return inOneColumn.test(text) ? text.length : stringWidth(text);
}

/** cli-truncate and string-width disagree on a few letters of rare scripts: cut again until it fits. */
function truncate(safe: string, width: number, position: 'middle' | 'end'): string {
	for (let columns = width; columns > 0; columns--) {
		const cut = cliTruncate(safe, columns, {position});
		if (stringWidth(cut) <= width) {
			return cut;
		}
	}

	return '';
}

/** Cuts at the end to at most `width` columns, with "…" where something was cut. The text is made safe first. */
export function cutEnd(text: string, width: number): string {
	const safe = terminalText(text);
	if (width < 1) {
		return '';
	}

	if (printableAscii.test(safe)) {
		return safe.length <= width ? safe : safe.slice(0, width - 1) + '…';
	}

	return stringWidth(safe) <= width ? safe : truncate(safe, width, 'end');
}

/** Cuts in the middle to at most `width` columns: the head and the tail of an ARN or a path both say something. The text is made safe first. */
export function cutMiddle(text: string, width: number): string {
	const safe = terminalText(text);
	if (width < 1) {
		return '';
	}

	if (printableAscii.test(safe)) {
		if (safe.length <= width) {
			return safe;
		}

		const head = Math.floor(width / 2);
		const tail = width - head - 1;
		return safe.slice(0, head) + '…' + (tail === 0 ? '' : safe.slice(-tail));
	}

	return stringWidth(safe) <= width ? safe : truncate(safe, width, 'middle');
}

/** Fills with spaces on the right up to `width` columns; a longer text comes back as it is. */
export function padEnd(text: string, width: number): string {
	return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Fills with spaces on the left up to `width` columns; a longer text comes back as it is. */
export function padStart(text: string, width: number): string {
	return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
