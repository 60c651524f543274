import {readFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {keybindingsPage} from '../../source/ui/keybindings-page.js';
import {commands, keymap} from '../../source/ui/keymap.js';
import {defaultKeys, footerText, keyFor, keyNamed, keysWith, type Rebinding} from '../../source/ui/keys.js';
import {helpLines} from '../../source/ui/screens/help/state.js';

describe('the table of keys', () => {
	test('no key stands for two commands', () => {
		expect(defaultKeys.problems).toEqual([]);
	});

	test('every command has a key, and every key of the table is its own', () => {
		for (const command of commands) {
			expect(defaultKeys.keysOf(command)).toEqual(keymap[command].keys);
			expect(keymap[command].keys.map(key => defaultKeys.commandOf(key))).toEqual(keymap[command].keys.map(() => command));
		}
	});

	test('Terminal 6: nothing needs a key that keyboards of other countries lack: letters, arrows, named keys, "/" and "?"', () => {
		for (const key of commands.flatMap(command => keymap[command].keys)) {
			expect(key).toMatch(/^(?:[a-zA-Z/?]|ctrl-[a-z]|[a-z]{2,}|shift-tab)$/);
		}
	});
});

describe('Terminal 5: users can rebind', () => {
	test.each<{name: string; keys: Rebinding; does: Record<string, string | undefined>; says: RegExp[]}>([
		{name: 'another key in place of the old one', keys: {sort: ['n']}, does: {n: 'sort', s: undefined}, says: []},
		{name: 'several keys a command', keys: {sort: ['n', 'S', 'ctrl-s']}, does: {n: 'sort', S: 'sort', 'ctrl-s': 'sort'}, says: []},
		{name: '[] switches one off', keys: {refresh: []}, does: {r: undefined}, says: []},
		{name: 'two commands change places', keys: {sort: ['u'], 'used-only': ['s']}, does: {u: 'sort', s: 'used-only'}, says: []},
		{name: 'a key taken from a command that keeps its own is said', keys: {sort: ['u']}, does: {u: 'sort', s: undefined}, says: [/^u does "sort", and no longer "used-only"$/]},
		{name: 'of two with the same key the first of the table keeps it', keys: {help: ['H'], sort: ['H']}, does: {H: 'sort', '?': undefined}, says: [/^H does "sort", and no longer "help"$/]},
		{name: 'a command of that name is not there', keys: {sorted: ['n']}, does: {s: 'sort', n: undefined}, says: [/no command is called "sorted" \(did you mean sort\?\)/]},
		{name: 'a name that every object has is no command', keys: {constructor: ['n'], toString: ['n']}, does: {n: undefined}, says: [/"constructor"/, /"toString"/]},
		{name: 'a key of that name is not there', keys: {sort: ['f13', 'n']}, does: {n: 'sort'}, says: [/"sort": no key is called "f13"/]},
		{name: 'Ctrl-C always quits: it is not given away', keys: {sort: ['ctrl-c', 'n']}, does: {'ctrl-c': 'force-quit', n: 'sort'}, says: [/"sort" cannot have Ctrl-C/]},
		{name: 'and is not switched off', keys: {'force-quit': []}, does: {'ctrl-c': 'force-quit'}, says: [/keeps Ctrl-C/]},
		{name: 'other names of keys', keys: {open: ['Return', 'pgdn'], back: ['esc']}, does: {enter: 'open', pagedown: 'open', escape: 'back'}, says: [/PgDn does "open", and no longer "page-down"/]},
		{name: 'a key twice is once', keys: {sort: ['n', 'n']}, does: {n: 'sort'}, says: []},
	])('$name', ({keys, does, says}) => {
		const held = keysWith(keys);
		for (const [key, command] of Object.entries(does)) {
			expect([key, held.commandOf(key)]).toEqual([key, command]);
		}

		expect(held.problems).toHaveLength(says.length);
		for (const [index, words] of says.entries()) {
			expect(held.problems[index]).toMatch(words);
		}
	});

	test.each([
		['a letter', 'o', 'o'], ['a capital is a key of its own', 'O', 'O'], ['a letter of another alphabet', 'ж', 'ж'], ['the space by its name', 'Space', 'space'],
		['the space itself', ' ', 'space'], ['Ctrl with a letter', 'Ctrl-F', 'ctrl-f'], ['Ctrl-I is Tab', 'ctrl-i', undefined], ['two letters', 'gg', undefined],
		['a control character', '\u0001', undefined], ['nothing', '', undefined],
	])('%s', (_name, name, key) => {
		expect(keyNamed(name)).toBe(key);
	});

	test('footer, help and sentences name the keys that hold; a command without one is left out', () => {
		const keys = keysWith({filter: ['f'], sort: []});
		const hints = [{command: 'filter', words: 'filter'}, {command: 'sort', words: 'sort'}, {command: 'back', words: 'back'}] as const;
		expect(footerText(hints, 80, keys)).toBe('f filter  esc back');
		expect(keyFor(keys, 'filter')).toBe('f');
		expect(helpLines(keys)).toContainEqual({keys: 'f', words: keymap.filter.words, isHeading: false});
		expect(helpLines(keys)).toContainEqual({keys: '(no key)', words: keymap.sort.words, isHeading: false});
	});

	test('the help lists what is wrong with the preferences', () => {
		expect(helpLines(keysWith({sort: ['u']}))[1]?.words).toBe('u does "sort", and no longer "used-only"');
	});
});

test('Terminal 5: docs/keybindings.md is what the table says (node scripts/keybindings.mjs writes it)', async () => {
	expect(await readFile(new URL('../../docs/keybindings.md', import.meta.url), 'utf8')).toBe(keybindingsPage());
});

test('Terminal 5: the help has every command', () => {
	const words = helpLines(defaultKeys).map(line => line.words);
	expect(words).toEqual(expect.arrayContaining(commands.map(command => keymap[command].words)));
});
