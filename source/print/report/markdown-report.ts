import type {ActionRow, Analysis, PrincipalSummary} from '../../app/analysis.js';
import {verdictPrefix} from '../../domain/verdict.js';
import {markdownCode, markdownTable, markdownText} from '../markdown.js';
import {dayOf, grouped, verdictMeaning} from '../words.js';
import {addServices, mostUnused, totalsOf, worst, type ServiceTotal} from './totals.js';
import {truthsOf} from './truths.js';

/** Rows of a table of actions: a page that nobody can load helps nobody. */
const rowsShown = 500;

const servicesShown = 25;

type Named = {readonly principal: PrincipalSummary; readonly row: ActionRow};

/** A mark as code, so that it is no list and no rule. */
const mark = (verdict: ActionRow['verdict']): string => verdict === 'used' ? '' : markdownCode(verdictPrefix[verdict].trim());

function principalsTable(principals: readonly PrincipalSummary[]): string {
	return markdownTable(
		['', 'principal', 'kind', 'last used', 'granted', 'used', 'unused', 'unknown', 'not granted today', 'unused dangerous', 'why'],
		worst(principals).map(one => [
			mark(one.verdict), markdownCode(one.name), one.kind, one.lastUsed === null ? '' : dayOf(one.lastUsed), grouped(one.counts.granted), grouped(one.counts.used),
			grouped(one.counts.unused), grouped(one.counts.unknown), grouped(one.counts.ungranted), grouped(one.unusedDangerous), markdownText(one.reason),
		]),
	);
}

/** A heading with its table, what is left out of it said below; nothing where there is nothing to show. */
function section(title: string, header: readonly string[], rows: ReadonlyArray<readonly string[]>, shown: number): string {
	if (rows.length === 0) {
		return '';
	}

	const more = rows.length > shown ? `\nand ${grouped(rows.length - shown)} more: see the HTML or JSON report.\n` : '';
	return `\n## ${title}\n\n${markdownTable(header, rows.slice(0, shown))}${more}`;
}

/** The account for a pull request or a wiki: the summary, every principal, and the actions that ask for a decision. */
export function markdownReport(analysis: Analysis, strict: boolean): string {
	const truths = truthsOf(analysis, strict);
	const totals = totalsOf(analysis.principals);
	const services = new Map<string, ServiceTotal>();
	const dangerous: Named[] = [];
	const ungranted: Named[] = [];
	for (const principal of worst(analysis.principals)) {
		const {actions} = analysis.principal(principal.arn);
		addServices(services, actions);
		for (const row of actions) {
			if (row.verdict === 'unused' && row.risk !== null) {
				dangerous.push({principal, row});
			} else if (row.verdict === 'ungranted') {
				ungranted.push({principal, row});
			}
		}
	}

	const facts = truths.facts.map(([name, text]) => `- ${name}: ${markdownCode(text)}\n`).join('');
	const warnings = truths.warnings.map(text => `- **Warning:** ${markdownText(text)}\n`).join('');
	const figures = markdownTable(['', 'number'], [
		['users and roles', grouped(totals.principals.total)],
		['of them unused', grouped(totals.principals.unused)],
		['of them unknown', grouped(totals.principals.unknown)],
		['grants (an action of a principal)', grouped(totals.granted)],
		['of them never used', `${grouped(totals.unused)} (${totals.unusedWords})`],
		['of them never used and dangerous', grouped(totals.unusedDangerous)],
		['actions used that are not granted today', grouped(totals.ungranted)],
	]);
	return [
		`# ${markdownText(truths.title)}\n\n${facts}\n`,
		`${markdownText(truths.coverage)}\n${warnings === '' ? '' : '\n'}${warnings}`,
		`\n## Summary\n\n${figures}`,
		`\n## Principals\n\n${principalsTable(analysis.principals)}`,
		section('Dangerous and never used', ['principal', 'action', 'risk', 'what it opens'], dangerous.map(({principal, row}) => [
			markdownCode(principal.name), markdownCode(row.action), row.risk?.kind ?? '', markdownText(row.risk?.note ?? ''),
		]), rowsShown),
		section('Used, and not granted today', ['principal', 'action', 'events', 'last used', 'why'], ungranted.map(({principal, row}) => [
			markdownCode(principal.name), markdownCode(row.action), grouped(row.count), row.lastUsed === null ? '' : dayOf(row.lastUsed), markdownText(row.reason),
		]), rowsShown),
		section('Never used, by service', ['service', 'never used', 'granted'], mostUnused(services).map(({service, unused, granted}) => [
			markdownCode(service), grouped(unused), grouped(granted),
		]), servicesShown),
		`\n## What the marks mean\n\n${markdownTable(['mark', 'verdict', 'meaning'], (['used', 'unused', 'unknown', 'ungranted'] as const).map(verdict => [mark(verdict), verdict, markdownText(verdictMeaning[verdict])]))}\n`,
		truths.limits.map(text => `- ${markdownText(text)}\n`).join(''),
	].join('');
}
