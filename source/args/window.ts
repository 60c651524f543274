import {midnight, parseDay, type Window} from '../domain/window.js';
import {UserError} from '../lib/errors.js';

function day(flag: string, text: string, today: Date): string {
	const found = parseDay(text, today);
	if (found === undefined) {
		throw new UserError(`${flag} ${JSON.stringify(text)} is no day: give 2018-01-01, or back from today 90d, 12w, 6m, 1y`);
	}

	return found;
}

/**
The window that --start and --end name: whole UTC days, the end's day included. Without a start: a year back from the end.
Throws UserError for what is no day, a start after the end, and a start in the future.
*/
export function requestedWindow(start: string | undefined, end: string | undefined, today: Date): Window {
	const lastDay = end === undefined ? midnight(today) : day('--end', end, today);
	const firstDay = start === undefined ? parseDay('1y', new Date(lastDay)) : day('--start', start, today);
	if (firstDay === undefined) {
		throw new UserError(`--end ${lastDay.slice(0, 10)} is too early: there was no CloudTrail`);
	}

	const now = midnight(today).slice(0, 10);
	if (start !== undefined && firstDay.slice(0, 10) > now) {
		throw new UserError(`--start ${firstDay.slice(0, 10)} is in the future: today is ${now} (UTC)`);
	}

	if (firstDay > lastDay) {
		throw new UserError(`--start ${firstDay.slice(0, 10)} is after --end ${lastDay.slice(0, 10)}`);
	}

	return {start: firstDay, end: midnight(new Date(lastDay), 1)};
}
