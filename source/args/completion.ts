import {Argument, type Command} from 'commander';

/** Shells that there are completions for. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

const help = `
Examples:
  eval "$(cloudtracker-tui completion bash)"    in ~/.bashrc
  eval "$(cloudtracker-tui completion zsh)"     in ~/.zshrc, after compinit
  cloudtracker-tui completion fish | source     in ~/.config/fish/config.fish`;

/** The command that prints completions; `found` is called with the shell. */
export function addCompletion(program: Command, found: (shell: Shell, child: Command) => void): void {
	const child = program.command('completion')
		.description('print completions for a shell, to be read by it')
		.addArgument(new Argument('<shell>', 'the shell').choices(shells))
		.addHelpText('after', help);
	child.action((shell: Shell) => {
		found(shell, child);
	});
}
