import {cutEnd, displayWidth, terminalText} from '../lib/terminal-text.js';

/** Breaks a text at spaces, and within words that are longer than a line, into lines of at most `width` columns. The text is made safe first. */
export function wrapText(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of terminalText(text).split(' ')) {
		const joined = line === '' ? word : `${line} ${word}`;
		if (displayWidth(joined) <= width) {
			line = joined;
			continue;
		}

		if (line !== '') {
			lines.push(line);
		}

		const pieces = piecesOf(word, width);
		lines.push(...pieces.slice(0, -1));
		line = pieces.at(-1) ?? '';
	}

	return [...lines, line];
}

function piecesOf(word: string, width: number): readonly string[] {
	const pieces = [''];
	for (const character of word) {
		const last = pieces.length - 1;
		if (displayWidth(`${pieces[last] ?? ''}${character}`) > width) {
			pieces.push(character);
		} else {
			pieces[last] = `${pieces[last] ?? ''}${character}`;
		}
	}

	return pieces;
}

/** Texts one below the other in at most `rows` lines; what has no room is cut at the end, which says so. */
export function fitText(texts: readonly string[], width: number, rows: number): readonly string[] {
	const lines = texts.flatMap(text => wrapText(text, width));
	if (lines.length <= rows) {
		return lines;
	}

	return [...lines.slice(0, rows - 1), cutEnd(`${lines[rows - 1] ?? ''} ${lines[rows] ?? ''}`.padEnd(width + 1), width)];
}
