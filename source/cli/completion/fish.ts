import type {CompletedCommand, CompletedOption, Value} from '../completion.js';

/** A word that fish takes as it stands. */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;

function action(value: Value, name: string): string {
	switch (value.kind) {
		case 'none': {
			return '';
		}

		case 'choices': {
			const words = value.choices.join(' ');
			return ` -x -a ${quoted(value.isList ? `(__fish_append , ${words})` : words)}`;
		}

		case 'file': {
			return ' -r -F';
		}

		case 'account': {
			return ` -x -a ${quoted(`(command ${name} config accounts 2>/dev/null)`)}`;
		}

		case 'text': {
			return ' -x';
		}
	}
}

/** The completions for fish. */
export function fishScript(name: string, commands: readonly CompletedCommand[]): string {
	const own = `__${name.replaceAll('-', '_')}`;
	const taking = commands.flatMap(({path, options}) => options.flatMap(({flags, value}) => value.kind === 'none' ? [] : flags.map(flag => quoted(`${path} ${flag}`))));
	const steps = commands.filter(({path}) => path !== '').map(({path}) => {
		const at = path.lastIndexOf(' ');
		return `\t\t\tcase ${quoted(`${path.slice(0, Math.max(0, at))} ${path.slice(at + 1)}`)}\n\t\t\t\tset at ${quoted(path)}`;
	});
	const line = (path: string, rest: string, description: string): string => `complete -c ${name} -n ${quoted(`${own}_at ${quoted(path)}`)}${rest}${description === '' ? '' : ` -d ${quoted(description)}`}`;
	const flags = ({flags: words}: CompletedOption): string => words.map(flag => flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`).join('');
	const lines = commands.flatMap(({path, options, words}) => [
		...words.map(({word, description}) => line(path, ` -a ${quoted(word)}`, description)),
		...options.map(option => line(path, flags(option) + action(option.value, name), option.description)),
	]);
	return `# Completes ${name} in fish. Made by: ${name} completion fish
function ${own}_at --description 'Whether the command line is at this command'
	set -l at ''
	set -l pending ''
	for word in (commandline -opc)[2..-1]
		if test -n "$pending"
			set pending ''
			continue
		end
		switch "$at $word"
			case ${taking.join(' ')}
				set pending yes
${steps.join('\n')}
		end
	end
	test "$at" = "$argv[1]"
end
complete -c ${name} -f
${lines.join('\n')}
`;
}
