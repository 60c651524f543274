import {verdictPrefix, type Verdict} from '../../../domain/verdict.js';
import {commandsOf, keyName, keymap, type Command, type Group} from '../../keymap.js';
import type {Size} from '../../layout.js';
import {scrollBy} from '../../scroll.js';
import {verdictWords} from '../../words.js';

/** A line of the help; a heading has no keys. */
export type HelpLine = {readonly keys: string; readonly words: string; readonly isHeading: boolean};

const groups: ReadonlyArray<readonly [Group, string]> = [
	['look', 'Look'],
	['narrow', 'Narrow the list'],
	['move', 'Move'],
	['program', 'Program'],
];

const verdicts: readonly Verdict[] = ['used', 'unused', 'unknown', 'ungranted'];

function heading(words: string): HelpLine {
	return {keys: '', words, isHeading: true};
}

/** The whole help: what the prefixes mean, then every key of the keymap. */
export const helpLines: readonly HelpLine[] = [
	heading('What stands before a name'),
	...verdicts.map(verdict => ({keys: verdict === 'used' ? '(none)' : verdictPrefix[verdict].trim(), words: verdictWords[verdict], isHeading: false})),
	...groups.flatMap(([group, title]) => [
		heading(title),
		...commandsOf(group).map(command => ({keys: keymap[command].keys.map(key => keyName(key)).join(' '), words: keymap[command].words, isHeading: false})),
	]),
];

/** Rows of the help that are drawn at once: all but header and footer. */
export function helpHeight(size: Size): number {
	return size.rows - 3;
}

/** The first drawn line after a key; null closes the help. */
export function scrollHelp(first: number, command: Command | undefined, size: Size): number | null {
	if (command === 'back' || command === 'help' || command === 'open') {
		return null;
	}

	return scrollBy(first, command, helpHeight(size), helpLines.length);
}
