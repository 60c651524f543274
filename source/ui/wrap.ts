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

/** Wraps a text that begins with spaces: they stay before its first line, and two more stand before the ones that go on. */
export function wrapIndented(text: string, width: number): readonly string[] {
	const indent = text.length - text.trimStart().length;
	return wrapText(text.trimStart(), Math.max(1, width - indent - 2)).map((line, index) => ' '.repeat(index === 0 ? indent : indent + 2) + line);
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

/** Texts one below the other in at most `rows` lines. Where they have no room, the longest gives way first, and says so; the first text only when no other is left. */
export function fitText(texts: readonly string[], width: number, rows: number): readonly string[] {
	const wrapped = texts.map(text => wrapText(text, width));
	const heights = wrapped.map(lines => lines.length);
	for (let excess = wrapped.flat().length - rows; excess > 0; excess--) {
		const others = heights.slice(1);
		const most = Math.max(0, ...others);
		const highest = most === 0 ? 0 : others.lastIndexOf(most) + 1;
		heights[highest] = (heights[highest] ?? 1) - 1;
	}

	return wrapped.flatMap((lines, index) => cutLines(lines, heights[index] ?? 0, width));
}

function cutLines(lines: readonly string[], height: number, width: number): readonly string[] {
	if (lines.length <= height) {
		return lines;
	}

	if (height === 0) {
		return [];
	}

	const last = lines[height - 1] ?? '';
	return [...lines.slice(0, height - 1), displayWidth(last) < width ? `${last}…` : cutEnd(`${last} `, width)];
}
