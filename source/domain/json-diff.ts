/** A line of two pretty-printed documents laid over each other. */
export type DiffLine = {readonly kind: 'same' | 'removed' | 'added'; readonly text: string};

/** Cells of the table that is filled to find what two texts share; beyond it, all between their common head and tail counts as changed. */
const tableLimit = 4_000_000;

const linesOf = (document: unknown): readonly string[] => document === null || document === undefined ? [] : JSON.stringify(document, null, 2).split('\n');

/** A comma at the end says only that more follows. */
const bare = (line: string | undefined): string | undefined => line?.replace(/,$/, '');

/** Length of the longest common subsequence of the rests from (i, j) on, row by row. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
	const width = b.length + 1;
	const table = new Uint32Array((a.length + 1) * width);
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			table[i * width + j] = bare(a[i]) === bare(b[j])
				? (table[(i + 1) * width + j + 1] ?? 0) + 1
				: Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
		}
	}

	return table;
}

function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
	if ((a.length + 1) * (b.length + 1) > tableLimit) {
		return [...a.map((text): DiffLine => ({kind: 'removed', text})), ...b.map((text): DiffLine => ({kind: 'added', text}))];
	}

	const table = commonLengths(a, b);
	const width = b.length + 1;
	const lines: DiffLine[] = [];
	let i = 0;
	let j = 0;
	while (i < a.length || j < b.length) {
		if (i < a.length && j < b.length && bare(a[i]) === bare(b[j])) {
			lines.push({kind: 'same', text: b[j] ?? ''});
			i++;
			j++;
		} else if (j >= b.length || (i < a.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) {
			lines.push({kind: 'removed', text: a[i] ?? ''});
			i++;
		} else {
			lines.push({kind: 'added', text: b[j] ?? ''});
			j++;
		}
	}

	return lines;
}

/** The lines of two JSON documents, pretty-printed: what stays, what goes, what comes. Null stands for no document. */
export function jsonDiff(before: unknown, after: unknown): readonly DiffLine[] {
	const a = linesOf(before);
	const b = linesOf(after);
	let head = 0;
	while (head < a.length && head < b.length && bare(a[head]) === bare(b[head])) {
		head++;
	}

	let tail = 0;
	while (tail < a.length - head && tail < b.length - head && bare(a.at(-1 - tail)) === bare(b.at(-1 - tail))) {
		tail++;
	}

	return [
		...b.slice(0, head).map((text): DiffLine => ({kind: 'same', text})),
		...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
		...b.slice(b.length - tail).map((text): DiffLine => ({kind: 'same', text})),
	];
}
