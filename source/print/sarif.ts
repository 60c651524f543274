import {createHash} from 'node:crypto';
import type {ActionRow, Analysis, PrincipalSummary} from '../app/analysis.js';
import {terminalText} from '../lib/terminal-text.js';
import {toJsonLine} from './json.js';
import {totalsOf} from './report/totals.js';
import {truthsOf} from './report/truths.js';
import {counted, grouped} from './words.js';

/** Results of one run that GitHub's code scanning takes (https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit). */
const resultsTaken = 25_000;

/** How many actions a message names. */
const actionsNamed = 10;

/** How many `properties.actions` lists: a file is taken up to 10 MB, packed. */
const actionsListed = 100;

type RuleId = 'unused-principal' | 'unused-dangerous' | 'ungranted' | 'unused-action';

type Rule = {readonly id: RuleId; readonly level: 'error' | 'warning' | 'note'; readonly short: string; readonly full: string; readonly help: string};

const rules: readonly Rule[] = [
	{
		id: 'unused-principal', level: 'warning', short: 'A user or role that did nothing',
		full: 'No event of this user or role is in the window, nobody assumed it, and CloudTrail would have shown it.',
		help: 'Find out who owns it; disable its keys or its trust first, and remove it when nothing broke.',
	},
	{
		id: 'unused-dangerous', level: 'error', short: 'A dangerous permission that was never used',
		full: 'An action that is a known step of an attack (more privileges, data taken out, a resource opened) is granted, was not used in the window, and CloudTrail would have shown it.',
		help: 'Remove the action from the policy that grants it; cloudtracker-tui --explain names the statement.',
	},
	{
		id: 'ungranted', level: 'warning', short: 'An action that was used and is not granted today',
		full: 'The action was used in the window and no identity policy grants it today. A resource policy may allow it; resource policies are not evaluated.',
		help: 'See whether the permission was taken away on purpose: what used it will fail; cloudtracker-tui --explain names the change that may have taken it away.',
	},
	{
		id: 'unused-action', level: 'note', short: 'Permissions that were never used',
		full: 'Actions that are granted, were not used in the window, and that CloudTrail would have shown.',
		help: 'Narrow the policies to what is used; cloudtracker-tui --user or --role lists every action.',
	},
];

/** The same finding of the same principal has the same fingerprint in every run, whatever the window and the names of accounts. */
function fingerprint(...parts: readonly string[]): string {
	return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

function location(accountId: string, {arn, kind, name}: PrincipalSummary) {
	return {
		// Code scanning refuses a whole file when one result has a logical location alone; a principal lies in no file of a repository.
		physicalLocation: {artifactLocation: {uri: `aws-iam/${accountId}/${kind}/${encodeURIComponent(terminalText(name))}`}, region: {startLine: 1}},
		logicalLocations: [{name: terminalText(name), fullyQualifiedName: terminalText(arn), kind: 'resource'}],
	};
}

type Finding = {readonly rule: RuleId; readonly principal: PrincipalSummary; readonly text: string; readonly actions: readonly string[]; readonly more?: Readonly<Record<string, string>>; readonly key?: string};

function result(accountId: string, {rule, principal, text, actions, more, key}: Finding) {
	const index = rules.findIndex(({id}) => id === rule);
	return {
		ruleId: rule,
		ruleIndex: index,
		level: rules[index]!.level,
		message: {text: terminalText(text)},
		locations: [location(accountId, principal)],
		partialFingerprints: {'cloudtrackerFinding/v1': fingerprint(rule, principal.arn, key ?? '')},
		properties: {principal: principal.arn, ...(actions.length > 0 && {count: actions.length, actions: actions.slice(0, actionsListed)}), ...more},
	};
}

const named = (rows: readonly ActionRow[]): string => rows.slice(0, actionsNamed).map(({action}) => action).join(', ')
	+ (rows.length > actionsNamed ? ` and ${grouped(rows.length - actionsNamed)} more` : '');

const title = ({kind, name}: PrincipalSummary): string => kind === 'root' ? 'root' : `${kind} ${name}`;

/** Each action on its own, or all of them as one finding. */
function findingsOf(rule: RuleId, principal: PrincipalSummary, rows: readonly ActionRow[], options: {isGrouped: boolean; what: string; of: (row: ActionRow) => string}): Finding[] {
	if (rows.length === 0) {
		return [];
	}

	if (options.isGrouped) {
		return [{rule, principal, text: `${title(principal)}: ${counted(rows.length, 'action')} ${options.what}: ${named(rows)}`, actions: rows.map(({action}) => action)}];
	}

	return rows.map(row => ({
		rule, principal, text: `${title(principal)}: ${options.of(row)}`, actions: [row.action], key: row.lower,
		...(row.risk !== null && {more: {risk: row.risk.kind, source: row.risk.source}}),
	}));
}

function * findings(analysis: Analysis, isGrouped: boolean): Generator<Finding> {
	for (const principal of analysis.principals) {
		const {actions} = analysis.principal(principal.arn);
		if (principal.verdict === 'unused') {
			yield {rule: 'unused-principal', principal, text: `${title(principal)} is unused: ${principal.reason}`, actions: []};
		}

		const unused = actions.filter(({verdict}) => verdict === 'unused');
		yield * findingsOf('unused-dangerous', principal, unused.filter(({risk}) => risk !== null), {
			isGrouped, what: 'dangerous and never used', of: ({action, risk, reason}) => `${action} (${risk?.kind ?? ''}: ${risk?.note ?? ''}) was never used: ${reason}`,
		});
		yield * findingsOf('ungranted', principal, actions.filter(({verdict}) => verdict === 'ungranted'), {
			isGrouped, what: 'used and not granted today', of: ({action, reason}) => `${action} is not granted today: ${reason}`,
		});
		yield * findingsOf('unused-action', principal, unused, {isGrouped: true, what: 'never used', of: ({action}) => action});
	}
}

/**
The account's findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), in pieces. Dangerous and ungranted actions are results
of their own; where there would be more results than code scanning takes, one for each principal names them all.
*/
export function * sarifReport(analysis: Analysis, {strict, version}: {readonly strict: boolean; readonly version: string}): Generator<string> {
	const {principals, unusedDangerous, ungranted} = totalsOf(analysis.principals);
	// At most: an unused-action result for each principal.
	const isGrouped = principals.unused + unusedDangerous + ungranted + principals.total > resultsTaken;
	const truths = truthsOf(analysis, strict);
	const driver = {
		name: 'cloudtracker-tui',
		version,
		semanticVersion: version,
		rules: rules.map(({id, level, short, full, help}) => ({
			id, shortDescription: {text: short}, fullDescription: {text: full}, help: {text: help}, defaultConfiguration: {level},
		})),
	};
	const notes: ReadonlyArray<readonly [level: 'warning' | 'note', text: string]> = [
		[truths.hasGaps ? 'warning' : 'note', truths.coverage],
		...truths.warnings.map(text => ['warning', text] as const),
		...isGrouped ? [['note', `more than ${grouped(resultsTaken)} results: one for each principal and rule instead of one for each action`] as const] : [],
	];
	const invocation = {
		executionSuccessful: true,
		toolExecutionNotifications: notes.map(([level, text]) => ({level, message: {text: terminalText(text)}})),
	};
	const {account, window, trail} = analysis;
	const properties = {account: account.id, windowStart: window.start, windowEnd: window.end, daysCovered: trail.daysCovered, daysInWindow: trail.daysInWindow, strict};
	yield '{\n"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",\n"version": "2.1.0",\n"runs": [{\n';
	yield `"tool": ${toJsonLine({driver})},\n"invocations": [${toJsonLine(invocation)}],\n"properties": ${toJsonLine(properties)},\n`;
	yield `"automationDetails": {"id": ${toJsonLine(`cloudtracker-tui/${account.id}/`)}},\n"columnKind": "utf16CodeUnits",\n"results": [`;
	let separator = '';
	for (const finding of findings(analysis, isGrouped)) {
		yield `${separator}\n${toJsonLine(result(account.id, finding))}`;
		separator = ',';
	}

	yield '\n]\n}]\n}\n';
}
