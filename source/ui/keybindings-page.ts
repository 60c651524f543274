import {commandsOf, groups, keymap} from './keymap.js';
import {defaultKeys, keyName} from './keys.js';

const head = `# Keys

Written by \`node scripts/keybindings.mjs\` from \`source/ui/keymap.ts\`, as are the footer and the help (\`?\`) of the program.

Keys can be changed in the preferences of \`config.json\` (\`cloudtracker-tui config path\` prints where it is): a command's name with its keys, all of them.
Several keys may do the same; an empty list switches a command off. A key that you give to one command is taken from the one that had it.
What cannot be understood is passed over, and said when the program starts and in its help.

\`\`\`json
{
	"preferences": {
		"keys": {
			"sort": ["s", "n"],
			"half-down": ["ctrl-d", "ctrl-f"],
			"hide-benign": []
		}
	}
}
\`\`\`

A key is one character (capital letters are keys of their own), \`ctrl-\` with a letter, or one of \`up\`, \`down\`, \`left\`, \`right\`, \`home\`, \`end\`, \`pageup\`, \`pagedown\`,
\`enter\`, \`escape\`, \`tab\`, \`shift-tab\`, \`backspace\`, \`space\`. Ctrl-C always quits. Text fields keep their own keys: Enter takes the text, Escape leaves it,
arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-U and Ctrl-W edit it.
`;

const code = (text: string): string => text === '`' ? '`` ` ``' : `\`${text.replaceAll('|', String.raw`\|`)}\``;

/** docs/keybindings.md: every command of the table with its keys. */
export function keybindingsPage(): string {
	const sections = groups.map(([group, title]) => {
		const rows = commandsOf(group).map(command => `| ${defaultKeys.keysOf(command).map(key => code(keyName(key))).join(' ')} | ${keymap[command].words} | ${code(command)} |`);
		return [`## ${title}`, '', '| keys | | command |', '| --- | --- | --- |', ...rows, ''].join('\n');
	});
	return [head, ...sections].join('\n');
}
