import process from 'node:process';
import type {AccountRequest, Question} from '../args.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import type {AccountChoice} from '../app/workspace.js';
import type {Warning} from '../domain/warning.js';
import {UserError} from '../lib/errors.js';
import {terminalText} from '../lib/terminal-text.js';
import {answer, type PrintedQuestion} from '../print/answer.js';
import {mayColor} from '../print/color.js';
import {writeAll} from '../print/output.js';
import {createProgressLine} from '../print/progress-line.js';

function accountToPrint({accounts, selected}: OpenWorkspace): AccountChoice {
	if (selected) {
		return selected;
	}

	const configured = accounts().filter(({origin}) => origin !== 'demo').map(({name, id}) => name ?? id ?? '');
	throw new UserError(
		configured.length === 0 ? 'no account is configured' : `which account? There are ${configured.join(', ')}`,
		{hint: configured.length === 0 ? 'give --iam FILE and --trail PATH, or --config FILE, or --demo' : 'name one with --account'},
	);
}

/** Nothing asked means users and then roles. */
function printedQuestion(question: Question): PrintedQuestion {
	return question.kind === 'screen' ? {kind: 'list', principals: 'all'} : question;
}

async function warn(warnings: readonly Warning[]): Promise<void> {
	await writeAll(process.stderr, warnings.map(({message}) => `warning: ${terminalText(message)}\n`).join(''));
}

/** Analyses the chosen account and prints the answer: the document on stdout, warnings and progress on stderr. Throws UserError and CancelledError. */
export async function printAnswer(workspace: OpenWorkspace, request: AccountRequest, signal: AbortSignal): Promise<void> {
	const progress = createProgressLine(process.stderr, request.quiet || process.env.TERM === 'dumb');
	try {
		const analysis = await workspace.analyze(accountToPrint(workspace), request.window, {signal, progress: progress.show});
		progress.clear();
		const {text, warnings} = answer(analysis, printedQuestion(request.question), {
			format: request.format ?? 'text',
			color: request.color && mayColor(process.stdout.isTTY, process.env),
			quiet: request.quiet,
			showUsed: request.showUsed,
			ignoreBenign: request.ignoreBenign,
			ignoreUnknown: request.ignoreUnknown,
		});
		await warn([...analysis.warnings, ...warnings]);
		await writeAll(process.stdout, text);
	} finally {
		progress.clear();
	}
}
