import process from 'node:process';
import {ingestRequest, type IngestFlags} from '../args/ingest.js';
import {terminalText} from '../lib/terminal-text.js';
import {writeAll} from '../print/output.js';
import {printedTask} from './task.js';

/** Loads log files into an index and prints what went in and came out; the exit code is 3 where not all did. Throws UserError and CancelledError. */
export async function ingestAndReport(flags: IngestFlags, cacheFolder: string, signal: AbortSignal): Promise<number> {
	const options = ingestRequest(flags, {env: process.env, cacheFolder});
	const {task, clear} = printedTask(signal, flags.quiet ?? false);
	try {
		const {ingestOpenSearch, ingestLines, isComplete} = await import('../trail/opensearch/ingest/ingest.js');
		const report = await ingestOpenSearch(options, task);
		clear();
		await writeAll(process.stdout, ingestLines(report).map(line => `${terminalText(line)}\n`).join(''));
		return isComplete(report) ? 0 : 3;
	} finally {
		clear();
	}
}
