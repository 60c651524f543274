import type {Verdict} from '../domain/verdict.js';
import type {Window} from '../domain/window.js';

/** "22,000": the same on every machine. */
export const grouped = (count: number): string => count.toLocaleString('en-US');

/** "1 event", "2,000 events". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : many}`;

/** "2026-08-19" of an instant. */
export const dayOf = (instant: string): string => instant.slice(0, 10);

/** "2025-11-23 to 2026-11-23": both days are in the window. */
export function windowWords({start, end}: Window): string {
	return `${dayOf(start)} to ${dayOf(new Date(Date.parse(end) - 1).toISOString())}`;
}

/** "12.3%"; what is more than nothing and less than a tenth is "<0.1%", never 0. */
export function percent(part: number, whole: number): string {
	if (whole === 0) {
		return '0%';
	}

	const share = part / whole * 100;
	if (share > 0 && share < 0.1) {
		return '<0.1%';
	}

	// Nor is what lacks something ever all.
	return share < 100 && share > 99.9 ? '>99.9%' : `${share.toFixed(1).replace(/\.0$/, '')}%`;
}

/** What stands before an action in words, for those who do not see the mark. */
export const verdictMeaning: Readonly<Record<Verdict, string>> = {
	used: 'granted and used',
	unused: 'granted, not used, and CloudTrail would have shown it: a candidate for removal',
	unknown: 'granted, and CloudTrail\'s silence proves nothing',
	ungranted: 'used in the window, not granted today',
};
