import process from 'node:process';
import type {AccountRequest, Format, Question} from '../args.js';
import type {Analysis} from '../app/analysis.js';
import {findAction} from '../app/find-action.js';
import {findPrincipal} from '../app/find-principal.js';
import type {OpenWorkspace} from '../app/open-workspace.js';
import {peopleOf, splitOf} from '../app/role-sessions.js';
import type {AccountChoice} from '../app/workspace.js';
import type {Warning} from '../domain/warning.js';
import {UserError} from '../lib/errors.js';
import {terminalText} from '../lib/terminal-text.js';
import type {Task} from '../lib/task.js';
import {answer, type Answer, type PrintedQuestion, type PrintOptions} from '../print/answer.js';
import {mayColor} from '../print/color.js';
import {accountWarnings} from '../print/document.js';
import {printEvidence} from '../print/evidence.js';
import {writeAll} from '../print/output.js';
import {printDestination} from '../print/destination.js';
import {printTrust} from '../print/trust.js';
import {createProgressLine} from '../print/progress-line.js';
import {arrive, type DestinationQuestion} from './destination.js';

/** How many unreadable files standard error names: a broken disk must not bury the rest. */
const filesNamed = 10;

type ExplainQuestion = Extract<Question, {kind: 'explain'}>;

type TrustQuestion = Extract<Question, {kind: 'trust'}>;

type OwnQuestion = ExplainQuestion | DestinationQuestion | TrustQuestion;

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
function printedQuestion(question: Exclude<Question, OwnQuestion>): PrintedQuestion {
	return question.kind === 'screen' ? {kind: 'list', principals: 'all'} : question;
}

type Explanation = {readonly analysis: Analysis; readonly question: ExplainQuestion; readonly format: Format; readonly task: Task};

async function explained(workspace: OpenWorkspace, {analysis, question, format, task}: Explanation): Promise<Answer> {
	const found = findPrincipal(analysis, question.principal, question.name);
	const action = findAction(analysis, found.arn, question.action);
	const evidence = await workspace.explain(accountToPrint(workspace), analysis, {arn: found.arn, action}, task);
	return printEvidence(analysis, found.arn, evidence, format);
}

/** An answer, and the account whose warnings belong beside it. */
type Answered = Answer & {readonly of: Analysis};

async function warn(warnings: readonly Warning[]): Promise<void> {
	await writeAll(process.stderr, warnings.map(({message}) => `warning: ${terminalText(message)}\n`).join(''));
}

/** Analyses the chosen account and prints the answer: the document on stdout, warnings and progress on stderr. Throws UserError and CancelledError. */
export async function printAnswer(workspace: OpenWorkspace, request: AccountRequest, signal: AbortSignal): Promise<void> {
	const progress = createProgressLine(process.stderr, request.quiet || process.env.TERM === 'dumb');
	try {
		const choice = accountToPrint(workspace);
		const task = {signal, progress: progress.show};
		const {question} = request;
		const analysis = await workspace.analyze(choice, request.window, task);
		const options: PrintOptions = {
			format: request.format ?? 'text',
			color: request.color && mayColor(process.stdout.isTTY, process.env),
			quiet: request.quiet,
			showUsed: request.showUsed,
			ignoreBenign: request.ignoreBenign,
			ignoreUnknown: request.ignoreUnknown,
		};
		const answered = async (): Promise<Answered> => {
			switch (question.kind) {
				case 'explain': {
					return {of: analysis, ...await explained(workspace, {analysis, question, format: options.format, task})};
				}

				case 'destination': {
					const arrival = await arrive(workspace, choice, {analysis, question, task});
					return {of: arrival.target, ...printDestination(arrival, options)};
				}

				case 'trust': {
					const {arn} = findPrincipal(analysis, 'role', question.name);
					const usages = await workspace.sessions(choice, analysis, arn, task);
					const known = {trust: analysis.trust(arn, usages), people: peopleOf(analysis, arn, usages), split: splitOf(analysis, arn, usages)};
					return {of: analysis, ...printTrust({analysis, roleArn: arn, ...known}, options)};
				}

				default: {
					return {of: analysis, ...answer(analysis, printedQuestion(question), options)};
				}
			}
		};

		const {of, text, warnings} = await answered();
		progress.clear();
		await warn([...accountWarnings(of, filesNamed), ...warnings]);
		await writeAll(process.stdout, text);
	} finally {
		progress.clear();
	}
}
