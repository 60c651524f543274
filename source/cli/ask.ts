import process from 'node:process';
import {createInterface} from 'node:readline/promises';
import {CancelledError} from '../lib/errors.js';
import {terminalText} from '../lib/terminal-text.js';

/**
A function that asks yes or no on standard error; undefined where nobody is there to answer. No answer is no. It rejects with CancelledError
when the signal is aborted.
*/
export function asker(signal: AbortSignal): ((question: string) => Promise<boolean>) | undefined {
	if (!process.stdin.isTTY || !process.stderr.isTTY) {
		return undefined;
	}

	return async question => {
		const lines = createInterface({input: process.stdin, output: process.stderr});
		// Ctrl-C is taken by the interface: it goes on as the signal that it is.
		lines.on('SIGINT', () => {
			process.kill(process.pid, 'SIGINT');
		});
		try {
			const answer = await lines.question(`${terminalText(question)} [y/N] `, {signal});
			return /^y(?:es)?$/i.test(answer.trim());
		} catch (error) {
			throw signal.aborted ? new CancelledError() : error;
		} finally {
			lines.close();
		}
	};
}
