import type {Command, Option} from 'commander';
import type {Shell} from '../args/completion.js';
import {bashScript} from './completion/bash.js';
import {fishScript} from './completion/fish.js';
import {zshScript} from './completion/zsh.js';

/** What may follow an option: nothing, one of some words (several with commas between for a list), a file, an account, or what nobody can guess. */
export type Value
	= | {readonly kind: 'none'}
		| {readonly kind: 'file' | 'account' | 'text'}
		| {readonly kind: 'choices'; readonly choices: readonly string[]; readonly isList: boolean};

export type CompletedOption = {readonly flags: readonly string[]; readonly description: string; readonly value: Value};

export type CompletedWord = {readonly word: string; readonly description: string};

/** A command with what may follow it. `path` is "" for the program itself, "config path" for a command of a command. */
export type CompletedCommand = {
	readonly path: string;
	readonly options: readonly CompletedOption[];
	/** Commands below it, or the choices of its argument. */
	readonly words: readonly CompletedWord[];
	readonly isGroup: boolean;
};

function valueOf(option: Option): Value {
	if (!option.required && !option.optional) {
		return {kind: 'none'};
	}

	if (option.argChoices) {
		return {kind: 'choices', choices: option.argChoices, isList: /<\w+s>/.test(option.flags)};
	}

	if (/<(file|path)>/.test(option.flags)) {
		return {kind: 'file'};
	}

	return {kind: option.long === '--account' ? 'account' : 'text'};
}

/** The commands of a program with all their options, as its own help shows them. */
export function completedCommands(command: Command, path = ''): readonly CompletedCommand[] {
	const help = command.createHelp();
	const children = help.visibleCommands(command);
	const own: CompletedCommand = {
		path,
		options: help.visibleOptions(command).map(option => ({
			flags: [option.short, option.long].filter(flag => flag !== undefined && flag !== null),
			description: option.description,
			value: valueOf(option),
		})),
		words: children.length > 0
			? children.map(child => ({word: child.name(), description: child.description()}))
			: command.registeredArguments.flatMap(({argChoices}) => argChoices ?? []).map(word => ({word, description: ''})),
		isGroup: children.length > 0,
	};
	return [own, ...children.flatMap(child => completedCommands(child, `${path} ${child.name()}`.trim()))];
}

/** A shell's completions for a program: every command, flag and choice that it has, and nothing else. */
export function completionScript(program: Command, shell: Shell): string {
	const name = program.name();
	const commands = completedCommands(program);
	switch (shell) {
		case 'bash': {
			return bashScript(name, commands);
		}

		case 'zsh': {
			return zshScript(name, commands);
		}

		case 'fish': {
			return fishScript(name, commands);
		}
	}
}
