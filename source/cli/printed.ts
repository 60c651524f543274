import process from 'node:process';
import type {AccountRequest, Format, PolicyQuestion, Question} from '../args.js';
import type {Analysis} from '../app/analysis.js';
import {findAction} from '../app/find-action.js';
import {findPrincipal} from '../app/find-principal.js';
import {writeFiles} from '../app/write-files.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import type {AccountChoice} from '../app/workspace.js';
import type {Warning} from '../domain/warning.js';
import {UserError} from '../lib/errors.js';
import {terminalText} from '../lib/terminal-text.js';
import type {Task} from '../lib/task.js';
import {answer, type Answer, type PrintedQuestion} from '../print/answer.js';
import {mayColor} from '../print/color.js';
import {accountWarnings} from '../print/document.js';
import {printEvidence} from '../print/evidence.js';
import {writeAll} from '../print/output.js';
import {printPlan} from '../print/policies.js';
import {createProgressLine} from '../print/progress-line.js';

/** How many unreadable files standard error names: a broken disk must not bury the rest. */
const filesNamed = 10;

type ExplainQuestion = Extract<Question, {kind: 'explain'}>;

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
function printedQuestion(question: Exclude<Question, ExplainQuestion | PolicyQuestion>): PrintedQuestion {
	return question.kind === 'screen' ? {kind: 'list', principals: 'all'} : question;
}

type Explanation = {readonly analysis: Analysis; readonly question: ExplainQuestion; readonly format: Format; readonly task: Task};

async function explained(workspace: OpenWorkspace, {analysis, question, format, task}: Explanation): Promise<Answer> {
	const found = findPrincipal(analysis, question.principal, question.name);
	const action = findAction(analysis, found.arn, question.action);
	const evidence = await workspace.explain(accountToPrint(workspace), analysis, {arn: found.arn, action}, task);
	return printEvidence(analysis, found.arn, evidence, format);
}

async function planned(analysis: Analysis, question: PolicyQuestion, output: {readonly format: Format; readonly color: boolean}): Promise<Answer> {
	const plan = analysis.plan(findPrincipal(analysis, question.principal, question.name).arn, question.remove);
	const written = question.exportTo === undefined ? [] : await writeFiles(question.exportTo, plan.files, {overwrite: question.overwrite});
	return printPlan(analysis, plan, {format: output.format === 'json' ? 'json' : 'text', color: output.color, written});
}

async function warn(warnings: readonly Warning[]): Promise<void> {
	await writeAll(process.stderr, warnings.map(({message}) => `warning: ${terminalText(message)}\n`).join(''));
}

async function answered(workspace: OpenWorkspace, request: AccountRequest, analysis: Analysis, task: Task): Promise<Answer> {
	const {question, format = 'text'} = request;
	const color = request.color && mayColor(process.stdout.isTTY, process.env);
	switch (question.kind) {
		case 'explain': {
			return explained(workspace, {analysis, question, format, task});
		}

		case 'policy': {
			return planned(analysis, question, {format, color});
		}

		case 'screen':
		case 'list':
		case 'principal':
		case 'unmapped': {
			return answer(analysis, printedQuestion(question), {
				format, color, quiet: request.quiet, showUsed: request.showUsed, ignoreBenign: request.ignoreBenign, ignoreUnknown: request.ignoreUnknown,
			});
		}
	}
}

/** Analyses the chosen account and prints the answer: the document on stdout, warnings and progress on stderr. Throws UserError and CancelledError. */
export async function printAnswer(workspace: OpenWorkspace, request: AccountRequest, signal: AbortSignal): Promise<void> {
	const progress = createProgressLine(process.stderr, request.quiet || process.env.TERM === 'dumb');
	try {
		const analysis = await workspace.analyze(accountToPrint(workspace), request.window, {signal, progress: progress.show});
		progress.clear();
		const {text, warnings} = await answered(workspace, request, analysis, {signal, progress: progress.show});
		progress.clear();
		await warn([...accountWarnings(analysis, filesNamed), ...warnings]);
		await writeAll(process.stdout, text);
	} finally {
		progress.clear();
	}
}
