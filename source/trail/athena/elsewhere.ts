import type {Warning} from '../../domain/warning.js';
import type {Window} from '../../domain/window.js';
import {throwIfCancelled} from '../../lib/errors.js';
import {accountsFolder, listed, regionsFolder, type TrailBucket} from './bucket.js';
import {addDays} from './days.js';
import type {AthenaOptions} from './options.js';

/**
Where a trail's logs are, for an account that has no event in the window, which is never "unused": what was asked and what is there, in words, and the
first and last days to ask, each with the day before it, for a folder's first events may be of that. No days where the account has no logs at all.
*/
export async function logsElsewhere(trail: TrailBucket, options: AthenaOptions, window: Window, signal: AbortSignal): Promise<{readonly warning: Warning; readonly days: readonly string[]}> {
	const {accountId, bucket} = options;
	const span = await trail.span(accountId, signal);
	const accounts = await trail.accounts(signal);
	throwIfCancelled(signal);
	const asked = `s3://${bucket}/${regionsFolder(options, accountId)} gave no event of account ${accountId} from ${window.start.slice(0, 10)} to before ${window.end.slice(0, 10)}`;
	const there = span ? `; its folders run from ${span.first} to ${span.last}` : '; there is no folder of a day in it';
	const warning = {code: 'athena-no-events', message: `${asked}${there}; ${accountsFolder(options)} holds accounts ${listed(accounts)}`};
	const days = span ? new Set([span.first, span.last].flatMap(day => [addDays(day, -1), day])) : [];
	return {warning, days: [...days].toSorted()};
}
