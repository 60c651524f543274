import {keyFor, type Keys} from '../../keys.js';
import type {PeopleState} from './state.js';

/** Why there is no line: the log is asked, it could not be, nobody came, or the filter matches none. */
export function emptyWords({asked, tab, all, principal}: PeopleState, keys: Keys): string {
	if (asked.status === 'looking') {
		return asked.question === null ? 'asking the log who was in this role…' : `${asked.question} ${keyFor(keys, 'open')} scans, ${keyFor(keys, 'back')} stops.`;
	}

	if (asked.status === 'failed') {
		return `! ${asked.message}${asked.hint === null ? '' : ` · ${asked.hint}`}`;
	}

	if (all.length > 0) {
		return `No line matches the filter; ${keyFor(keys, 'back')} clears it.`;
	}

	return tab === 'people'
		? 'Nobody opened a session of this role in the window, and its trust policy names nobody.'
		: `${principal.name} assumed no role in the window, as far as the log shows. An assumption across accounts is in both accounts' logs.`;
}
