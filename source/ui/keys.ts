import {didYouMean} from '../lib/nearest.js';
import {commands, keymap, type Command} from './keymap.js';
import type {Press} from './press.js';

/** Keys of commands as the user's preferences name them; a command that is absent keeps its own, an empty list switches it off. */
export type Rebinding = Readonly<Record<string, readonly string[]>>;

/** A press, and what it asks for by the keys that hold. Where text is typed, the press alone counts. */
export type Stroke = Press & {readonly command: Command | undefined};

/** The keys that hold: the table's, with the user's in their place. */
export type Keys = {
	/** The command of a key; undefined for a key that does nothing. */
	commandOf(key: string): Command | undefined;
	/** All keys of a command. */
	keysOf(command: Command): readonly string[];
	/** What is wrong with the user's keys, in words; none where nothing is. */
	readonly problems: readonly string[];
};

/** Keys with a name of their own, as press.ts calls them. */
const namedKeys: ReadonlySet<string> = new Set([
	'up', 'down', 'left', 'right', 'home', 'end', 'pageup', 'pagedown', 'enter', 'escape', 'tab', 'shift-tab', 'backspace', 'space',
]);

/** Other names that people give to keys. */
const aliases: ReadonlyMap<string, string> = new Map([['esc', 'escape'], ['return', 'enter'], ['pgup', 'pageup'], ['pgdn', 'pagedown'], [' ', 'space']]);

/** Ctrl with a letter that terminals send as another key: Backspace, Tab, Enter. */
const sameAsOther = new Set(['ctrl-h', 'ctrl-i', 'ctrl-j', 'ctrl-m']);

/** A key by its name in the preferences; undefined where no key is called so. */
export function keyNamed(name: string): string | undefined {
	const lower = name.toLowerCase();
	const key = aliases.get(lower) ?? lower;
	if (namedKeys.has(key)) {
		return key;
	}

	if (/^ctrl-[a-z]$/.test(lower)) {
		return sameAsOther.has(lower) ? undefined : lower;
	}

	return [...name].length === 1 && !/[\p{C}\p{Z}]/u.test(name) ? name : undefined;
}

const isCommand = (name: string): name is Command => Object.hasOwn(keymap, name);

/** Ctrl-C is no preference: whatever else is wrong, it quits. */
const fixed: Command = 'force-quit';

/** What the preferences say, as far as it can be understood. */
function understood(rebinding: Rebinding, problems: string[]): ReadonlyMap<Command, readonly string[]> {
	const wanted = new Map<Command, readonly string[]>();
	for (const [name, keys] of Object.entries(rebinding)) {
		if (!isCommand(name)) {
			problems.push(`no command is called "${name}"${didYouMean(name, commands)}`);
			continue;
		}

		if (name === fixed) {
			problems.push(`"${fixed}" keeps Ctrl-C, whatever the preferences say`);
			continue;
		}

		wanted.set(name, keys.flatMap(key => {
			const known = keyNamed(key);
			const taken = known !== undefined && keymap[fixed].keys.includes(known);
			if (known === undefined || taken) {
				problems.push(taken ? `"${name}" cannot have Ctrl-C: it always quits` : `"${name}": no key is called "${key}"`);
				return [];
			}

			return [known];
		}));
	}

	return wanted;
}

/**
The keys that hold with the user's preferences. What cannot be understood is said and passed over. A key that the user gives to one command is taken
from the command that had it; of two that the user gives the same key, the first of the table keeps it. Both are said.
*/
export function keysWith(rebinding: Rebinding): Keys {
	const problems: string[] = [];
	const wanted = understood(rebinding, problems);
	const owner = new Map<string, Command>();
	const held = new Map<Command, readonly string[]>();
	const inTurn = [fixed, ...commands.filter(command => wanted.has(command)), ...commands.filter(command => command !== fixed && !wanted.has(command))];
	for (const command of inTurn) {
		const keys: string[] = [];
		for (const key of new Set(wanted.get(command) ?? keymap[command].keys)) {
			const other = owner.get(key);
			if (other === undefined) {
				owner.set(key, command);
				keys.push(key);
			} else {
				problems.push(`${keyName(key)} does "${other}", and no longer "${command}"`);
			}
		}

		held.set(command, keys);
	}

	return {
		commandOf: key => owner.get(key),
		keysOf: command => held.get(command) ?? [],
		problems,
	};
}

/** The keys of the table. */
export const defaultKeys: Keys = keysWith({});

const shownKeys: ReadonlyMap<string, string> = new Map([
	['up', '↑'],
	['down', '↓'],
	['left', '←'],
	['right', '→'],
	['pageup', 'PgUp'],
	['pagedown', 'PgDn'],
	['home', 'Home'],
	['end', 'End'],
	['escape', 'esc'],
]);

/** A key as the screen names it: "↑", "Ctrl-U", "esc". */
export function keyName(key: string): string {
	return shownKeys.get(key) ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);
}

/** "w", or "(no key)": how a sentence names the way to a command. */
export function keyFor(keys: Keys, command: Command): string {
	const [first] = keys.keysOf(command);
	return first === undefined ? `(no key for ${command})` : keyName(first);
}

/** What a footer says: a command with the words that fit the screen. One without words shares those of the next. */
export type Hint = {readonly command: Command; readonly words: string};

/** "enter open  / filter": a footer of hints. A command without a key is left out; on a narrow screen the ones before the last two go. */
export function footerText(hints: readonly Hint[], columns: number, keys: Keys): string {
	const bound = hints.filter(({command}) => keys.keysOf(command).length > 0);
	const text = bound.map(({command, words}) => `${keyFor(keys, command)} ${words}${words === '' ? '' : '  '}`).join('').trimEnd();
	return text.length <= columns || bound.length < 3 ? text : footerText(bound.toSpliced(-3, 1), columns, keys);
}
