import type {Window} from '../../domain/window.js';

const dayMs = 86_400_000;

/** The UTC day of an instant, "YYYY-MM-DD" as all days here. */
export function dayOf(instant: Date): string {
	return instant.toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
	return dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
}

/** The days from `first` to before `end`. */
export function daysBetween(first: string, end: string): string[] {
	const days: string[] = [];
	for (let day = first; day < end; day = addDays(day, 1)) {
		days.push(day);
	}

	return days;
}

export type DayRange = {readonly first: string; readonly last: string};

/** Sorted days as ranges of days that follow one another. */
export function rangesOf(days: readonly string[]): DayRange[] {
	const ranges: DayRange[] = [];
	for (const day of days) {
		const open = ranges.at(-1);
		if (open && addDays(open.last, 1) === day) {
			ranges[ranges.length - 1] = {first: open.first, last: day};
		} else {
			ranges.push({first: day, last: day});
		}
	}

	return ranges;
}

/**
The folders that may hold the days' events. A folder is named by the day of delivery, in UTC: an event of a day's last minutes lies in the next one's.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
*/
export function foldersOf(days: readonly string[]): string[] {
	return [...new Set(days.flatMap(day => [day, addDays(day, 1)]))].toSorted();
}

/** The days of a window that can have logs: those after today have none yet. */
export function daysOfWindow({start, end}: Window, now: Date): string[] {
	const tomorrow = addDays(dayOf(now), 1);
	const first = start.slice(0, 10);
	const afterLast = end.slice(0, 10);
	return daysBetween(first, tomorrow).filter(day => day < afterLast);
}
