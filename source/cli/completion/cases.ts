import type {CompletedCommand, Value} from '../completion.js';

/** A word that a POSIX shell takes as it stands. */
export const quoted = (text: string): string => `'${text.replaceAll('\'', String.raw`'\''`)}'`;

type Taken = Exclude<Value, {kind: 'none'}>;

const takesValue = (commands: readonly CompletedCommand[]): ReadonlyArray<{readonly key: string; readonly value: Taken}> => commands.flatMap(({path, options}) =>
	options.flatMap(({flags, value}) => value.kind === 'none' ? [] : flags.map(flag => ({key: `${path} ${flag}`, value}))));

/** Pattern of a case: every "command --flag" after which a value stands. */
export const valueFlags = (commands: readonly CompletedCommand[]): string => takesValue(commands).map(({key}) => quoted(key)).join('|');

/** A line of a case for every way to complete a value, with the flags that it is of. */
export function valueCases(commands: readonly CompletedCommand[], action: (value: Taken) => string): readonly string[] {
	const byAction = new Map<string, string[]>();
	for (const {key, value} of takesValue(commands)) {
		const text = action(value);
		byAction.set(text, [...byAction.get(text) ?? [], quoted(key)]);
	}

	return [...byAction].map(([text, keys]) => `${keys.join('|')}) ${text}`);
}

/** A line of a case for every command, by the command before it and its own word. */
export function commandCases(commands: readonly CompletedCommand[], action: (path: string) => string): readonly string[] {
	return commands.filter(({path}) => path !== '').map(({path}) => {
		const at = path.lastIndexOf(' ');
		return `${quoted(`${path.slice(0, Math.max(0, at))} ${path.slice(at + 1)}`)}) ${action(path)}`;
	});
}
