import type {SampledRow} from '../../domain/evidence.js';
import {later} from '../../domain/words.js';

/** Rows by identity, event and outcome; rows that are alike in all of it are one. */
export class RowSet {
	readonly #rows = new Map<string, SampledRow>();

	add(row: SampledRow): void {
		const {count: _count, first: _first, last: _last, sample: _sample, ...group} = row;
		const key = JSON.stringify(Object.values(group));
		const known = this.#rows.get(key);
		this.#rows.set(key, known ? joined(known, row) : row);
	}

	rows(): SampledRow[] {
		return [...this.#rows.values()];
	}
}

/** The latest event of two rows; of one instant the greater id, as in every source. */
function isLater(a: SampledRow, b: SampledRow): boolean {
	return a.last > b.last || (a.last === b.last && (a.sample.eventId ?? '') > (b.sample.eventId ?? ''));
}

function joined(a: SampledRow, b: SampledRow): SampledRow {
	return {
		...a,
		count: a.count + b.count,
		first: later(a.first, b.first) === a.first ? b.first : a.first,
		last: later(a.last, b.last) ?? a.last,
		sample: isLater(a, b) ? a.sample : b.sample,
	};
}
