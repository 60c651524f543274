import {verdictPrefix, type Verdict} from '../../../domain/verdict.js';
import {commandsOf, groups, keymap, type Command} from '../../keymap.js';
import {keyName, type Keys} from '../../keys.js';
import type {Size} from '../../layout.js';
import {scrollBy} from '../../scroll.js';
import {verdictWords} from '../../words.js';

/** A line of the help; a heading has no keys. */
export type HelpLine = {readonly keys: string; readonly words: string; readonly isHeading: boolean};

const verdicts: readonly Verdict[] = ['used', 'unused', 'unknown', 'ungranted'];

const line = (keys: string, words: string): HelpLine => ({keys, words, isHeading: false});
const heading = (words: string): HelpLine => ({keys: '', words, isHeading: true});

/** The whole help: what is wrong with the user's keys, what the signs mean, then every key that holds. */
export function helpLines(keys: Keys): readonly HelpLine[] {
	const shown = (command: Command) => keys.keysOf(command).map(key => keyName(key)).join(' ') || '(no key)';
	return [
		...keys.problems.length === 0 ? [] : [heading('Problems with the keys in the preferences'), ...keys.problems.map(problem => line('!', problem))],
		heading('What stands before a name'),
		...verdicts.map(verdict => line(verdict === 'used' ? '(none)' : verdictPrefix[verdict].trim(), verdictWords[verdict])),
		line('*', 'marked for removal; ~ before a service of which a part is'),
		...groups.flatMap(([group, title]) => [heading(title), ...commandsOf(group).map(command => line(shown(command), keymap[command].words))]),
	];
}

/** Rows of the help that are drawn at once: all but header and footer. */
export function helpHeight(size: Size): number {
	return size.rows - 3;
}

/** The first drawn line after a key; null closes the help. */
export function scrollHelp(first: number, command: Command | undefined, {size, keys}: {readonly size: Size; readonly keys: Keys}): number | null {
	if (command === 'back' || command === 'help' || command === 'open') {
		return null;
	}

	return scrollBy(first, command, helpHeight(size), helpLines(keys).length);
}
