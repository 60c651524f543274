/** Everything a key can ask for, in the order of help and documentation. Text fields take their keys themselves (text-field.ts). */
export const commands = [
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
	'left',
	'right',
	'fold-all',
	'view',
	'pane',
	'overview',
	'warnings',
	'unmapped',
	'filter',
	'used-only',
	'hide-benign',
	'hide-unknown',
	'sort',
	'mark',
	'mark-unused',
	'policy',
	'copy',
	'copy-arn',
	'export',
	'refresh',
	'help',
	'quit',
	'force-quit',
] as const;

export type Command = (typeof commands)[number];

/** Where the help lists a command. */
export type Group = 'look' | 'narrow' | 'act' | 'move' | 'program';

/** The groups in the order of the help, each with its heading. */
export const groups: ReadonlyArray<readonly [group: Group, title: string]> = [
	['look', 'Look'],
	['narrow', 'Narrow and order the list'],
	['act', 'Act'],
	['move', 'Move'],
	['program', 'Program'],
];

export type Binding = {
	/** Names as in press.ts; several keys may do the same. */
	readonly keys: readonly string[];
	/** What it does, for the help. */
	readonly words: string;
	readonly group: Group;
};

/** The one table of keys: the reducers (by keys.ts), the footer, the help and docs/keybindings.md come from it. */
export const keymap: Readonly<Record<Command, Binding>> = {
	up: {keys: ['up', 'k'], words: 'up', group: 'move'},
	down: {keys: ['down', 'j'], words: 'down', group: 'move'},
	top: {keys: ['home', 'g'], words: 'first', group: 'move'},
	bottom: {keys: ['end', 'G'], words: 'last', group: 'move'},
	'half-up': {keys: ['ctrl-u'], words: 'half a page up', group: 'move'},
	'half-down': {keys: ['ctrl-d'], words: 'half a page down', group: 'move'},
	'page-up': {keys: ['pageup'], words: 'a page up', group: 'move'},
	'page-down': {keys: ['pagedown'], words: 'a page down', group: 'move'},
	open: {keys: ['enter'], words: 'open; close or open a group of actions', group: 'look'},
	back: {keys: ['escape'], words: 'close the help, else clear the filter, else go back', group: 'look'},
	switch: {keys: ['tab', 'shift-tab'], words: 'users or roles; of a role the people in it, of a user the roles assumed', group: 'look'},
	left: {keys: ['left', 'h'], words: 'close the group; inside an action, the previous one', group: 'look'},
	right: {keys: ['right', 'l'], words: 'open the group; inside an action, the next one', group: 'look'},
	'fold-all': {keys: ['z'], words: 'close all groups, or open them', group: 'look'},
	view: {keys: ['v'], words: 'actions by service, or all in one list', group: 'look'},
	pane: {keys: ['i'], words: 'show or hide the evidence beside the list', group: 'look'},
	overview: {keys: ['o'], words: 'the account in figures, and its ten worst principals', group: 'look'},
	warnings: {keys: ['w'], words: 'warnings, what the trail records, files that could not be read', group: 'look'},
	unmapped: {keys: ['m'], words: 'events that map to no IAM action', group: 'look'},
	filter: {keys: ['/'], words: 'filter: words are AND, !word excludes, ~word is fuzzy', group: 'narrow'},
	'used-only': {keys: ['u'], words: 'only what was used', group: 'narrow'},
	'hide-benign': {keys: ['b'], words: 'hide benign actions (list*, describe*)', group: 'narrow'},
	'hide-unknown': {keys: ['x'], words: 'hide unknown (?)', group: 'narrow'},
	sort: {keys: ['s'], words: 'sort by the next column', group: 'narrow'},
	mark: {keys: ['space'], words: 'mark an action, or a whole service, for removal', group: 'act'},
	'mark-unused': {keys: ['a'], words: 'mark every - that the filter leaves', group: 'act'},
	policy: {keys: ['p'], words: 'the policies without what is marked, played against every event; of a role\'s people, how it could be split', group: 'act'},
	copy: {keys: ['y'], words: 'copy the name or the action', group: 'act'},
	'copy-arn': {keys: ['Y'], words: 'copy the ARN', group: 'act'},
	export: {keys: ['e'], words: 'export what is on the screen: text, CSV, JSON, Markdown', group: 'act'},
	refresh: {keys: ['r'], words: 'read again, or try again', group: 'program'},
	help: {keys: ['?'], words: 'this help', group: 'program'},
	quit: {keys: ['q'], words: 'quit', group: 'program'},
	'force-quit': {keys: ['ctrl-c'], words: 'quit, also from a text field', group: 'program'},
};

/** All commands of a group, in the order of the table. */
export function commandsOf(group: Group): readonly Command[] {
	return commands.filter(command => keymap[command].group === group);
}
