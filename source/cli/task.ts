import process from 'node:process';
import type {Task} from '../lib/task.js';
import {terminalText} from '../lib/terminal-text.js';
import {createProgressLine} from '../print/progress-line.js';
import {asker} from './ask.js';

/** The task of a printed command: progress, questions and notes go to standard error. `clear` ends the progress line. */
export function printedTask(signal: AbortSignal, quiet: boolean): {readonly task: Task; readonly clear: () => void} {
	const progress = createProgressLine(process.stderr, quiet || process.env.TERM === 'dumb');
	const ask = asker(signal);
	return {
		task: {
			signal,
			progress: progress.show,
			...ask && {
				async confirm(question: string) {
					progress.clear();
					return ask(question);
				},
			},
			note(line) {
				progress.clear();
				process.stderr.write(`${terminalText(line)}\n`);
			},
		},
		clear: progress.clear,
	};
}
