const cellWidth = 8.4;
const lineHeight = 18;
const padding = 14;

/** The 16 ANSI colours, as a dark terminal theme has them. */
const palette = [
	'#1c1f26', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#c8ccd4',
	'#7f848e', '#ef7b85', '#a5d189', '#f0cf8a', '#74bcff', '#d48be8', '#66c9d4', '#ffffff',
];
const foreground = '#c8ccd4';
const background = '#1c1f26';

const escapeXml = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The colour of an xterm cell: palette entries below 16, true colour as it is, else the default. */
function colour(isDefault, isRgb, value, fallback) {
	if (isDefault) {
		return fallback;
	}

	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : palette[value] ?? fallback;
}

function styleOf(cell) {
	let front = colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor(), foreground);
	let back = colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor(), background);
	if (cell.isInverse()) {
		[front, back] = [back, front];
	}

	return {front, back, bold: Boolean(cell.isBold()), dim: Boolean(cell.isDim()), underline: Boolean(cell.isUnderline())};
}

/** Runs of cells of one style in a line of the screen. */
function runsOf(line, columns) {
	const runs = [];
	for (let x = 0; x < columns; x++) {
		const cell = line.getCell(x);
		const width = cell.getWidth();
		if (width === 0) {
			continue;
		}

		const style = styleOf(cell);
		const last = runs.at(-1);
		const key = JSON.stringify(style);
		if (last?.key === key) {
			last.text += cell.getChars() || ' ';
			last.width += width;
		} else {
			runs.push({key, style, x, width, text: cell.getChars() || ' '});
		}
	}

	return runs;
}

/** Draws what an xterm Terminal shows as an SVG document: text stays text and sits on its cells whatever the font. Characters of two columns are not expected. */
export function screenToSvg(terminal, title) {
	const {cols: columns, rows} = terminal;
	const buffer = terminal.buffer.active;
	const width = Math.ceil(columns * cellWidth + 2 * padding);
	const height = rows * lineHeight + 2 * padding;
	const parts = [];
	for (let y = 0; y < rows; y++) {
		const line = buffer.getLine(buffer.viewportY + y);
		for (const {style, x, width: cells, text} of line ? runsOf(line, columns) : []) {
			const left = (padding + x * cellWidth).toFixed(1);
			const top = padding + y * lineHeight;
			if (style.back !== background) {
				parts.push(`<rect x="${left}" y="${top}" width="${(cells * cellWidth).toFixed(1)}" height="${lineHeight}" fill="${style.back}"/>`);
			}

			const more = `${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.6"' : ''}${style.underline ? ' text-decoration="underline"' : ''}`;
			// Words that stand apart are placed apart: not every viewer keeps several blanks.
			for (const {0: words, index} of text.matchAll(/\S+(?: \S+)*/g)) {
				const start = (padding + (x + index) * cellWidth).toFixed(1);
				const length = (words.length * cellWidth).toFixed(1);
				parts.push(`<text x="${start}" y="${top + 13}" fill="${style.front}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${more}>${escapeXml(words)}</text>`);
			}
		}
	}

	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">
<title>${escapeXml(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${background}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${parts.join('\n')}
</g>
</svg>
`;
}
