import process from 'node:process';
import type {SnapshotRequest} from '../args.js';
import {takeSnapshot} from '../app/take-snapshot.js';
import {terminalText} from '../lib/terminal-text.js';
import {writeAll} from '../print/output.js';
import {printedTask} from './task.js';

/** Prints the IAM of an account: the JSON on stdout, progress and what could not be had on stderr. Throws UserError and CancelledError. */
export async function printSnapshot({selection, quiet}: SnapshotRequest, configFolder: string, signal: AbortSignal): Promise<void> {
	const {task, clear} = printedTask(signal, quiet);
	try {
		const {json, warnings} = await takeSnapshot(selection, configFolder, task);
		clear();
		await writeAll(process.stderr, warnings.map(({message}) => `warning: ${terminalText(message)}\n`).join(''));
		await writeAll(process.stdout, json);
	} finally {
		clear();
	}
}
