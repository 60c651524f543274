import process from 'node:process';
import type {AccountRequest, Format, OtherQuestion, PolicyQuestion, Question} from '../args.js';
import type {Analysis} from '../app/analysis.js';
import {findAction} from '../app/find-action.js';
import {findPrincipal} from '../app/find-principal.js';
import {writeFiles} from '../app/write-files.js';
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
import {printPlan} from '../print/policies.js';
import {printTrust} from '../print/trust.js';
import {arrive, destinationBefore, requireSessions, type DestinationQuestion} from './destination.js';
import {judge} from './judge.js';
import {printedTask} from './task.js';

/** How many unreadable files standard error names: a broken disk must not bury the rest. */
const filesNamed = 10;

type ExplainQuestion = Extract<Question, {kind: 'explain'}>;

type TrustQuestion = Extract<Question, {kind: 'trust'}>;

/** What is not answered by a list. */
type OwnQuestion = ExplainQuestion | DestinationQuestion | TrustQuestion | PolicyQuestion | OtherQuestion;

/** The account that the command line chose. Throws UserError where it chose none. */
export function accountToPrint({accounts, selected}: OpenWorkspace): AccountChoice {
	if (selected) {
		return selected;
	}

	const configured = accounts().filter(({origin}) => origin !== 'demo').map(({name, id}) => name ?? id ?? '');
	throw new UserError(
		configured.length === 0 ? 'no account is configured' : `which account? There are ${configured.join(', ')}`,
		{hint: configured.length === 0 ? 'give --profile NAME, or --iam FILE and --trail PATH, or --config FILE, or --demo' : 'name one with --account'},
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

async function planned(analysis: Analysis, question: PolicyQuestion, output: {readonly format: Format; readonly color: boolean}): Promise<Answer> {
	const plan = analysis.plan(findPrincipal(analysis, question.principal, question.name).arn, question.remove);
	const written = question.exportTo === undefined ? [] : await writeFiles(question.exportTo, plan.files, {overwrite: question.overwrite});
	return printPlan(analysis, plan, {format: output.format === 'json' ? 'json' : 'text', color: output.color, written});
}

/** Says an analysis's warnings, and those of the answer, on standard error. */
export async function warn(analysis: Analysis, more: readonly Warning[] = []): Promise<void> {
	await writeAll(process.stderr, [...accountWarnings(analysis, filesNamed), ...more].map(({message}) => `warning: ${terminalText(message)}\n`).join(''));
}

/** What is answered from one analysis. */
type AnsweredRequest = AccountRequest & {readonly question: Exclude<Question, OtherQuestion>};

/** An answer, and the account whose warnings belong beside it. */
type Answered = Answer & {readonly of: Analysis};

async function answered(workspace: OpenWorkspace, request: AnsweredRequest, analysis: Analysis, task: Task): Promise<Answered> {
	const {question, format = 'text', quiet, showUsed, ignoreBenign, ignoreUnknown} = request;
	const color = request.color && mayColor(process.stdout.isTTY, process.env);
	const options: PrintOptions = {format, color, quiet, showUsed, ignoreBenign, ignoreUnknown};
	const choice = accountToPrint(workspace);
	switch (question.kind) {
		case 'explain': {
			return {of: analysis, ...await explained(workspace, {analysis, question, format, task})};
		}

		case 'policy': {
			return {of: analysis, ...await planned(analysis, question, {format, color})};
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

		case 'screen':
		case 'list':
		case 'principal':
		case 'unmapped': {
			return {of: analysis, ...answer(analysis, printedQuestion(question), options)};
		}
	}
}

/** Refuses what the trail cannot answer, before a log is read. Throws UserError. */
function requireAnswerable(workspace: OpenWorkspace, {question}: AnsweredRequest): void {
	const choice = accountToPrint(workspace);
	const asked = question.kind === 'trust' ? choice : (question.kind === 'destination' ? destinationBefore(workspace, choice, question) : undefined);
	if (asked) {
		requireSessions(asked);
	}
}

/** Analyses the chosen account and prints the answer: the document on stdout, warnings and progress on stderr; the exit code. Throws UserError and CancelledError. */
export async function printAnswer(workspace: OpenWorkspace, request: AnsweredRequest, signal: AbortSignal): Promise<number> {
	requireAnswerable(workspace, request);
	const {task, clear} = printedTask(signal, request.quiet);
	try {
		const analysis = await workspace.analyze(accountToPrint(workspace), request.window, task);
		clear();
		const {of, text, warnings} = await answered(workspace, request, analysis, task);
		clear();
		await warn(of, warnings);
		await writeAll(process.stdout, text);
		return await judge(analysis, request);
	} finally {
		clear();
	}
}
