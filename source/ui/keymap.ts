const commands = [
	'up',
	'down',
	'top',
	'bottom',
	'half-up',
	'half-down',
	'page-up',
	'page-down',
	'open',
	'back',
	'switch',
	'previous',
	'next',
	'warnings',
	'unmapped',
	'filter',
	'used-only',
	'hide-benign',
	'hide-unknown',
	'sort',
	'refresh',
	'help',
	'quit',
	'force-quit',
] as const;

/** Everything a key can ask for. Text fields take their keys themselves (text-field.ts). */
export type Command = (typeof commands)[number];

/** Where the help screen lists a command. */
export type Group = 'move' | 'look' | 'narrow' | 'program';

export type Binding = {
	/** Names as in press.ts; several keys may do the same. */
	readonly keys: readonly string[];
	/** What it does, for the help screen. */
	readonly words: string;
	readonly group: Group;
};

/** The one table of keys: the reducers, the footer and the help screen read it. */
export const keymap: Readonly<Record<Command, Binding>> = {
	up: {keys: ['up', 'k'], words: 'up', group: 'move'},
	down: {keys: ['down', 'j'], words: 'down', group: 'move'},
	top: {keys: ['home', 'g'], words: 'first', group: 'move'},
	bottom: {keys: ['end', 'G'], words: 'last', group: 'move'},
	'half-up': {keys: ['ctrl-u'], words: 'half a page up', group: 'move'},
	'half-down': {keys: ['ctrl-d'], words: 'half a page down', group: 'move'},
	'page-up': {keys: ['pageup'], words: 'a page up', group: 'move'},
	'page-down': {keys: ['pagedown'], words: 'a page down', group: 'move'},
	open: {keys: ['enter'], words: 'open', group: 'look'},
	back: {keys: ['escape'], words: 'close the help, else clear the filter, else go back', group: 'look'},
	switch: {keys: ['tab', 'shift-tab'], words: 'users or roles', group: 'look'},
	previous: {keys: ['left', 'h'], words: 'previous action, from inside one', group: 'look'},
	next: {keys: ['right', 'l'], words: 'next action, from inside one', group: 'look'},
	warnings: {keys: ['w'], words: 'warnings, what the trail records, files that could not be read', group: 'look'},
	unmapped: {keys: ['m'], words: 'events that map to no IAM action', group: 'look'},
	filter: {keys: ['/'], words: 'filter: words are AND, !word excludes', group: 'narrow'},
	'used-only': {keys: ['u'], words: 'only what was used', group: 'narrow'},
	'hide-benign': {keys: ['b'], words: 'hide benign actions (list*, describe*)', group: 'narrow'},
	'hide-unknown': {keys: ['x'], words: 'hide unknown (?)', group: 'narrow'},
	sort: {keys: ['s'], words: 'sort by the next column', group: 'narrow'},
	refresh: {keys: ['r'], words: 'read again', group: 'program'},
	help: {keys: ['?'], words: 'this help', group: 'program'},
	quit: {keys: ['q'], words: 'quit', group: 'program'},
	'force-quit': {keys: ['ctrl-c'], words: 'quit, also from a text field', group: 'program'},
};

const byKey: ReadonlyMap<string, Command> = new Map(commands.flatMap(command => keymap[command].keys.map(key => [key, command])));

/** The command of a key; undefined for a key that does nothing. */
export function commandOf(key: string): Command | undefined {
	return byKey.get(key);
}

/** All commands of a group, in the order of the table. */
export function commandsOf(group: Group): readonly Command[] {
	return commands.filter(command => keymap[command].group === group);
}

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
	['ctrl-u', 'Ctrl-U'],
	['ctrl-d', 'Ctrl-D'],
	['ctrl-c', 'Ctrl-C'],
]);

/** A key as the screen names it: "↑", "Ctrl-U", "esc". */
export function keyName(key: string): string {
	return shownKeys.get(key) ?? key;
}

/** What a footer says: a command with the words that fit the screen, or with the table's own. */
export type Hint = {readonly command: Command; readonly words: string};

/** "enter open  / filter": a footer of hints; one without words shares those of the next. On a narrow screen the ones before the last two go. */
export function footerText(hints: readonly Hint[], columns: number): string {
	const text = hints.map(({command, words}) => `${keyName(keymap[command].keys[0] ?? '')} ${words}${words === '' ? '' : '  '}`).join('').trimEnd();
	return text.length <= columns || hints.length < 3 ? text : footerText(hints.toSpliced(-3, 1), columns);
}
