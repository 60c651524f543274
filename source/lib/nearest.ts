/** Edits (insert, delete, replace, swap of neighbours) between two words; stops counting above `limit`. */
function distance(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) {
		return limit + 1;
	}

	let beforeLast: number[] = [];
	let last = Array.from({length: b.length + 1}, (_, index) => index);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const replaced = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
			let best = Math.min(replaced, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
			if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
				best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
			}

			current.push(best);
		}

		beforeLast = last;
		last = current;
	}

	return last[b.length] ?? 0;
}

/**
The candidates that somebody who typed `word` may have meant, best first, at most `count`:
those within a third of the word's length in typing errors, then those that contain the word. Case is ignored.
*/
export function nearest(word: string, candidates: Iterable<string>, count = 3): string[] {
	const typed = word.toLowerCase();
	const limit = Math.max(1, Math.floor(typed.length / 3));
	const found: Array<{candidate: string; score: number}> = [];
	for (const candidate of new Set(candidates)) {
		const lower = candidate.toLowerCase();
		const edits = distance(typed, lower, limit);
		if (edits <= limit) {
			found.push({candidate, score: edits});
		} else if (typed.length > 1 && (lower.includes(typed) || (lower.length > 2 && typed.includes(lower)))) {
			found.push({candidate, score: limit + 1});
		}
	}

	return found
		.toSorted((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
		.slice(0, count)
		.map(({candidate}) => candidate);
}

/** " (did you mean a, b or c?)" for the nearest candidates, or "" when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
	const found = nearest(word, candidates);
	if (found.length === 0) {
		return '';
	}

	const last = found.pop() ?? '';
	return found.length === 0 ? ` (did you mean ${last}?)` : ` (did you mean ${found.join(', ')} or ${last}?)`;
}
