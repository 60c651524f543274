/* eslint-disable no-template-curly-in-string -- scripts of shells have such words */
import type {CompletedCommand, CompletedWord, Value} from '../completion.js';
import {commandCases, quoted, valueCases, valueFlags} from './cases.js';

function action(value: Exclude<Value, {kind: 'none'}>): string {
	switch (value.kind) {
		case 'choices': {
			const words = value.choices.map(choice => quoted(choice)).join(' ');
			return value.isList ? `compset -P '*,'; compadd -- ${words}` : `compadd -- ${words}`;
		}

		case 'file': {
			return '_files';
		}

		case 'account': {
			return 'found=("${(@f)$("${words[1]}" config accounts 2>/dev/null)}"); compadd -a found';
		}

		case 'text': {
			return 'return 1';
		}
	}
}

/** Words with their descriptions, as _describe takes them. */
const described = (words: readonly CompletedWord[]): string => words
	.map(({word, description}) => quoted(`${word.replaceAll(':', String.raw`\:`)}${description === '' ? '' : `:${description}`}`)).join(' ');

/** The completions for zsh: read by it after compinit, or put into a folder of $fpath as a file named "_" and the program's name. */
export function zshScript(name: string, commands: readonly CompletedCommand[]): string {
	const own = `_${name.replaceAll('-', '_')}`;
	const offers = commands.map(({path, options, words}) => {
		const flags = options.flatMap(option => option.flags.map(word => ({word, description: option.description})));
		return `\t\t${quoted(path)}) if [[ $PREFIX == -* ]]; then found=(${described(flags)}); else found=(${described(words)}); fi ;;`;
	}).join('\n');
	return `#compdef ${name}
# Completes ${name} in zsh. Made by: ${name} completion zsh
${own}() {
	local command='' pending='' word index
	local -a found
	for ((index = 2; index < CURRENT; index++)); do
		word=\${words[index]}
		if [[ -n $pending ]]; then
			pending=''
			continue
		fi
		case "$command $word" in
			${valueFlags(commands)}) pending="$command $word" ;;
			${commandCases(commands, path => `command=${quoted(path)} ;;`).join('\n\t\t\t')}
		esac
	done
	if [[ -z $pending && $PREFIX == --*=* ]]; then
		pending="$command \${PREFIX%%=*}"
		compset -P '--*='
	fi
	if [[ -n $pending ]]; then
		case "$pending" in
			${valueCases(commands, value => `${action(value)} ;;`).join('\n\t\t\t')}
		esac
		return
	fi
	case "$command" in
${offers}
	esac
	if [[ $PREFIX == -* ]]; then
		_describe -o 'option' found
	else
		_describe 'command' found
	fi
}
if [[ $funcstack[1] == _${name} || $funcstack[1] == ${own} ]]; then
	${own} "$@"
elif (( $+functions[compdef] )); then
	compdef ${own} ${name}
fi
`;
}
