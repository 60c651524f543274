/** Whole UTC days: `start` inclusive, `end` exclusive, both ISO 8601 midnights with Z ("2018-01-01T00:00:00Z"). */
export type Window = {readonly start: string; readonly end: string};

const dayMs = 86_400_000;

/** Number of UTC days in a window. */
export function daysIn(window: Window): number {
	return Math.round((Date.parse(window.end) - Date.parse(window.start)) / dayMs);
}

/** Midnight UTC of an instant, as "YYYY-MM-DDT00:00:00Z"; `days` moves it by whole days. */
export function midnight(instant: Date, days = 0): string {
	return new Date(Math.floor(instant.getTime() / dayMs) * dayMs + days * dayMs).toISOString().slice(0, 10) + 'T00:00:00Z';
}

/**
Midnight UTC of the day that the user's words name: "2018-01-01", or back from `today` "90d", "12w", "6m", "1y" ("6mo" and "6m" are months).
Undefined when they name no day ("2018-02-30", "soon").
*/
export function parseDay(text: string, today: Date): string | undefined {
	const words = text.trim().toLowerCase();
	if (/^\d{4}-\d{2}-\d{2}$/.test(words)) {
		const time = Date.parse(words + 'T00:00:00Z');
		// Date.parse rolls 2018-02-30 over to March: only a day that reads back the same exists.
		return !Number.isNaN(time) && new Date(time).toISOString().startsWith(words) ? words + 'T00:00:00Z' : undefined;
	}

	const back = /^(\d{1,5})(d|w|mo|m|y)$/.exec(words);
	if (!back) {
		return undefined;
	}

	const amount = Number(back[1]);
	const unit = back[2];
	if (unit === 'd' || unit === 'w') {
		const time = today.getTime() - amount * (unit === 'w' ? 7 : 1) * dayMs;
		return time < 0 ? undefined : midnight(new Date(time));
	}

	const months = unit === 'y' ? amount * 12 : amount;
	const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - months, 1));
	if (first.getTime() < 0) {
		return undefined;
	}

	// The 31st of a shorter month is that month's last day.
	const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
	return midnight(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(today.getUTCDate(), lastDay))));
}

/** A year back from today until the end of today. */
export function defaultWindow(today: Date): Window {
	return {start: parseDay('1y', today)!, end: midnight(today, 1)};
}
