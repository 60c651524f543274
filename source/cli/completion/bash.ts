/* eslint-disable no-template-curly-in-string -- scripts of shells have such words */
import type {CompletedCommand, Value} from '../completion.js';
import {commandCases, quoted, valueCases, valueFlags} from './cases.js';

/** What completes a value; the names of accounts come from the program, and are never run. */
function action(value: Exclude<Value, {kind: 'none'}>): string {
	switch (value.kind) {
		case 'choices': {
			return `${value.isList ? '[[ $current == *,* ]] && prefix=${current%,*}, ; ' : ''}words=${quoted(value.choices.join('\n'))}`;
		}

		case 'file': {
			return 'compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return';
		}

		case 'account': {
			return 'words=$("${COMP_WORDS[0]}" config accounts 2>/dev/null); quoting=%q';
		}

		case 'text': {
			return 'return';
		}
	}
}

/** The completions for bash 4 or newer; needs no bash-completion. */
export function bashScript(name: string, commands: readonly CompletedCommand[]): string {
	const own = `_${name.replaceAll('-', '_')}`;
	const offers = commands.map(({path, options, words}) => {
		const flags = options.flatMap(option => option.flags).join('\n');
		return `\t\t\t${quoted(path)}) if [[ $current == -* ]]; then words=${quoted(flags)}; else words=${quoted(words.map(({word}) => word).join('\n'))}; fi ;;`;
	}).join('\n');
	return `# Completes ${name} in bash. Made by: ${name} completion bash
${own}() {
	local current=\${COMP_WORDS[COMP_CWORD]} command='' pending='' prefix='' quoting=%s words='' word index
	COMPREPLY=()
	for ((index = 1; index < COMP_CWORD; index++)); do
		word=\${COMP_WORDS[index]}
		# "--flag=value" comes as three words.
		[[ $word == = ]] && continue
		if [[ -n $pending ]]; then
			pending=''
			continue
		fi
		case "$command $word" in
			${valueFlags(commands)}) pending="$command $word" ;;
			${commandCases(commands, path => `command=${quoted(path)} ;;`).join('\n\t\t\t')}
		esac
	done
	[[ $current == = ]] && current=''
	if [[ -n $pending ]]; then
		case "$pending" in
			${valueCases(commands, value => `${action(value)} ;;`).join('\n\t\t\t')}
		esac
	else
		case "$command" in
${offers}
		esac
	fi
	while IFS= read -r word; do
		[[ -n $word && $prefix$word == "$current"* ]] && COMPREPLY+=("$(printf "$quoting" "$prefix$word")")
	done <<< "$words"
}
complete -F ${own} ${name}
`;
}
