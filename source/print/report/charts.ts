import {grouped} from '../words.js';
import {escapeHtml} from './html.js';

/** A part of a bar: its colour's class, and how much. */
export type Segment = {readonly fill: 'used' | 'unused' | 'unknown' | 'users' | 'roles'; readonly value: number};

/** A row of a chart: what it is of (HTML), the parts of its bar, and the numbers beside it. */
export type BarRow = {readonly label: string; readonly segments: readonly Segment[]; readonly numbers: readonly number[]};

export type BarChart = {
	readonly caption: string;
	readonly labelHeader: string;
	readonly barHeader: string;
	/** Headers of the numbers, each with the colour that it is the key to. */
	readonly numberHeaders: ReadonlyArray<readonly [text: string, fill: Segment['fill'] | null]>;
	readonly rows: readonly BarRow[];
	/** What a full bar is worth; null: each row's own sum. */
	readonly whole: number | null;
};

/** Units of a full bar. */
const width = 1000;

/** The least units of a part that is not nothing: it must be seen. */
const least = 6;

function bar(segments: readonly Segment[], whole: number): string {
	let at = 0;
	const parts = segments.filter(({value}) => value > 0).map(({fill, value}) => {
		const length = Math.max(least, Math.round(value / whole * width));
		const start = Math.min(at, width - least);
		at = start + length;
		return `<rect class="fill-${fill}" x="${start}" y="0" width="${Math.min(length, width - start)}" height="10"/>`;
	});
	return `<svg class="bar" viewBox="0 0 ${width} 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts.join('')}</svg>`;
}

/** A chart that is a table too: who cannot see the bars reads the numbers. */
export function barChart({caption, labelHeader, barHeader, numberHeaders, rows, whole}: BarChart): string {
	const heads = numberHeaders.map(([text, fill]) => `<th scope="col" class="n">${fill === null ? '' : `<svg class="key" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect class="fill-${fill}" width="10" height="10"/></svg> `}${escapeHtml(text)}</th>`).join('');
	const body = rows.map(({label, segments, numbers}) => {
		const full = whole ?? segments.reduce((sum, {value}) => sum + value, 0);
		return `<tr><th scope="row">${label}</th><td class="bars">${bar(segments, Math.max(1, full))}</td>${numbers.map(number => `<td class="n">${grouped(number)}</td>`).join('')}</tr>`;
	}).join('\n');
	return `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table class="chart"><caption>${escapeHtml(caption)}</caption>
<thead><tr><th scope="col">${escapeHtml(labelHeader)}</th><th scope="col">${escapeHtml(barHeader)}</th>${heads}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}
