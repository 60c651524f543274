import process from 'node:process';
import type {AccountRequest} from '../args.js';
import type {Analysis} from '../app/analysis.js';
import {askedPrincipals} from '../print/answer.js';
import {writeAll} from '../print/output.js';
import {judgeFindings} from '../print/report/findings.js';

/** For a source that failed: of a trail without one file that could be read, the answer knows nothing. */
const unreadExitCode = 3;

/** Says on standard error what --fail-on found among the principals that were asked about; the exit code. */
export async function judge(analysis: Analysis, {question, failOn}: AccountRequest): Promise<number> {
	const principals = question.kind === 'list' || question.kind === 'principal' ? askedPrincipals(analysis, question) : analysis.principals;
	const {exitCode, lines} = judgeFindings(analysis, principals, failOn);
	await writeAll(process.stderr, lines.map(line => `${line}\n`).join(''));
	return analysis.unreadable.length > 0 && analysis.accountsInTrail.length === 0 ? unreadExitCode : exitCode;
}
