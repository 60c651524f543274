import process from 'node:process';
import type {AccountRequest} from '../args.js';
import type {ReportQuestion} from '../args/report.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {terminalText} from '../lib/terminal-text.js';
import {writeAll} from '../print/output.js';
import {report} from '../print/report/report.js';
import {grouped} from '../print/words.js';
import {judge} from './judge.js';
import {accountToPrint, warn} from './printed.js';
import {checkOutput, writeFilePieces, writePieces} from './report-file.js';
import {printedTask} from './task.js';

type ReportRequest = AccountRequest & {readonly question: ReportQuestion; readonly version: string};

/** Analyses the chosen account and writes it whole, to standard output or a file; the exit code. Throws UserError and CancelledError. */
export async function printReport(workspace: OpenWorkspace, request: ReportRequest, signal: AbortSignal): Promise<number> {
	const {question: {format, output}, strict, quiet, version} = request;
	if (output !== undefined) {
		await checkOutput(output);
	}

	const {task, clear} = printedTask(signal, quiet);
	try {
		const analysis = await workspace.analyze(accountToPrint(workspace), request.window, task);
		clear();
		await warn(analysis);
		const pieces = report(analysis, format, {strict, version});
		if (output === undefined) {
			await writePieces(pieces, signal);
		} else {
			task.progress({stage: 'writing the report', done: 0, total: null, unit: null, bytes: null});
			const bytes = await writeFilePieces(output, pieces, signal);
			clear();
			await writeAll(process.stderr, quiet ? '' : `wrote ${terminalText(output)}, ${grouped(bytes)} bytes\n`);
		}

		return await judge(analysis, request);
	} finally {
		clear();
	}
}
