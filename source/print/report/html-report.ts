import {createHash} from 'node:crypto';
import type {ActionRow, Analysis, PrincipalDetail, PrincipalSummary} from '../../app/analysis.js';
import {verdictPrefix, type Verdict} from '../../domain/verdict.js';
import {sortActions} from '../../domain/view.js';
import {counted, dayOf, grouped, verdictMeaning} from '../words.js';
import {ActionDataBuilder} from './action-data.js';
import {escapeHtml, embeddedJson} from './html.js';
import {chartsHtml} from './html-charts.js';
import {pageScript} from './page-script.js';
import {pageStyle} from './page-style.js';
import {addServices, totalsOf, worst, type ServiceTotal} from './totals.js';
import {truthsOf, type Truths} from './truths.js';

/** Rows of actions that the page holds as HTML, for readers without JavaScript; the rest are in its data. Shared out among the principals, within bounds. */
const plainRows = 40_000;

const plainBounds = {least: 25, most: 1000} as const;

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is fetched, sent or embedded; only this very style and this very script may work. */
const policy = `default-src 'none'; style-src ${hash(pageStyle)}; script-src ${hash(pageScript)}; base-uri 'none'; form-action 'none'`;

const verdictCell = (verdict: Verdict): string => `<td class="verdict ${verdict}"><span class="mark">${verdictPrefix[verdict].trim()}</span> ${verdict}</td>`;

const numberCell = (value: number): string => `<td class="n" data-v="${value}">${grouped(value)}</td>`;

const day = (instant: string | null): string => instant === null ? '' : dayOf(instant);

function introduction({facts, coverage, hasGaps, hasLogs, warnings}: Truths): string {
	const list = warnings.length === 0 ? '' : `<p>Warnings:</p><ul>${warnings.map(text => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
	return `<dl class="facts">${facts.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`).join('')}</dl>
<div class="notice${hasGaps || !hasLogs || warnings.length > 0 ? ' alarm' : ''}"><p><strong>${escapeHtml(coverage)}</strong></p>${list}</div>
`;
}

function figures({principals}: Analysis, hasLogs: boolean): string {
	const totals = totalsOf(principals);
	const tiles: ReadonlyArray<readonly [number: string, words: string]> = [
		[grouped(totals.principals.total), 'users and roles'],
		[grouped(totals.principals.unused), `of them unused; ${grouped(totals.principals.unknown)} unknown`],
		[grouped(totals.granted), 'grants: an action of a principal'],
		[hasLogs ? totals.unusedWords : 'not known', `of all grants never used (${grouped(totals.unused)})`],
		[grouped(totals.unusedDangerous), 'of them dangerous'],
		[grouped(totals.ungranted), 'used actions that are not granted today'],
	];
	return `<section aria-labelledby="h-summary"><h2 id="h-summary">Summary</h2>
<ul class="figures">${tiles.map(([number, words]) => `<li><strong>${escapeHtml(number)}</strong> <span>${escapeHtml(words)}</span></li>`).join('')}</ul></section>
`;
}

function meanings({limits}: Truths): string {
	const rows = (['used', 'unused', 'unknown', 'ungranted'] as const).map(verdict => `<tr>${verdictCell(verdict)}<td>${escapeHtml(verdictMeaning[verdict])}</td></tr>`).join('');
	return `<section aria-labelledby="h-marks"><h2 id="h-marks">What the marks mean, and cannot know</h2>
<table><caption>Marks before actions and principals</caption><thead><tr><th scope="col">mark</th><th scope="col">meaning</th></tr></thead><tbody>${rows}</tbody></table>
<ul>${limits.map(text => `<li>${escapeHtml(text)}</li>`).join('')}</ul></section>
`;
}

const principalHeaders: ReadonlyArray<readonly [text: string, type: 'text' | 'number' | 'day']> = [
	['verdict', 'text'], ['principal', 'text'], ['kind', 'text'], ['last used', 'day'], ['granted', 'number'], ['used', 'number'], ['unused', 'number'], ['unknown', 'number'],
	['not granted today', 'number'], ['unused dangerous', 'number'], ['why', 'text'],
];

function principalsTable(principals: readonly PrincipalSummary[]): string {
	const header = principalHeaders.map(([text, type]) => `<th scope="col"${type === 'number' ? ' class="n"' : ''}${type === 'text' ? '' : ' data-first="descending"'}>${text}</th>`).join('');
	const rows = principals.map(({verdict, name, arn, kind, lastUsed, counts, unusedDangerous, reason}, index) => `<tr data-index="${index}">${verdictCell(verdict)}`
		+ `<th scope="row" class="name"><a href="#p${index}" title="${escapeHtml(arn)}">${escapeHtml(name)}</a></th><td>${kind}</td><td class="day">${day(lastUsed)}</td>`
		+ [counts.granted, counts.used, counts.unused, counts.unknown, counts.ungranted, unusedDangerous].map(value => numberCell(value)).join('')
		+ `<td class="why">${escapeHtml(reason)}</td></tr>`).join('\n');
	return `<section aria-labelledby="h-principals"><h2 id="h-principals">Users and roles</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Users and roles"><table id="principals" class="sortable"><caption>${counted(principals.length, 'user or role', 'users and roles')}, unused ones first; a name leads to its actions</caption>
<thead><tr>${header}</tr></thead>
<tbody>
${rows}
</tbody></table></div></section>
`;
}

function actionRow(row: ActionRow): string {
	const {verdict, action, accessLevel, risk, count, failed, denied, lastUsed, reason} = row;
	return `<tr>${verdictCell(verdict)}<th scope="row" class="name"><code>${escapeHtml(action)}</code></th><td>${accessLevel ?? ''}</td>`
		+ `<td class="risk">${risk === null ? '' : `<b>${risk.kind}</b><br>${escapeHtml(risk.note)}`}</td><td class="n">${grouped(count)}${failed > 0 ? ` (${grouped(failed)} failed)` : ''}</td><td class="n">${grouped(denied)}</td>`
		+ `<td class="day">${day(lastUsed)}</td><td class="why">${escapeHtml(reason)}</td></tr>`;
}

/** The rows that the page holds as HTML: all of them, or those that matter most. */
function plainTable({principal, actions}: PrincipalDetail, room: number): string {
	if (actions.length === 0) {
		return '<p>No policy grants it anything, and it used nothing.</p>';
	}

	const shown = sortActions(actions, 'risk').slice(0, room);
	const cut = actions.length > room
		? `<p class="notice">The ${grouped(room)} of ${counted(actions.length, 'action')} that matter most. All of them are shown with JavaScript, and are in the JSON and CSV reports.</p>`
		: '';
	return `${cut}<div class="scroll" tabindex="0" role="region" aria-label="Actions of ${escapeHtml(principal.name)}"><table><caption>Actions of ${escapeHtml(principal.name)}, unused and dangerous ones first</caption>
<thead><tr><th scope="col">verdict</th><th scope="col">action</th><th scope="col">access level</th><th scope="col">risk</th><th scope="col" class="n">events</th><th scope="col" class="n">denied</th><th scope="col">last used</th><th scope="col">why</th></tr></thead>
<tbody>
${shown.map(row => actionRow(row)).join('\n')}
</tbody></table></div>`;
}

function principalSection(detail: PrincipalDetail, index: number, room: number): string {
	const {principal, attempted, notes} = detail;
	const {name, arn, kind, verdict, reason, counts, created, lastUsed, events, denied, flags} = principal;
	const facts: ReadonlyArray<readonly [string, string]> = [
		['ARN', arn],
		['Verdict', `${verdict}: ${reason}`],
		['Created', created ?? 'not known'],
		['Last used', lastUsed ?? 'not seen in the window'],
		['Events', `${grouped(events)}, of them ${grouped(denied)} denied`],
		...flags.length > 0 ? [['Stands out', flags.join(', ')] as const] : [],
		...attempted.length > 0 ? [['Denied, not granted', attempted.map(({action, denied: times}) => `${action} (${grouped(times)})`).join(', ')] as const] : [],
		...notes.map(note => ['Note', note] as const),
	];
	return `<details class="principal" data-index="${index}" data-name="${escapeHtml(name)}"><summary class="${verdict}"><span class="mark">${verdictPrefix[verdict].trim()}</span> <b>${escapeHtml(name)}</b>
<span>${kind}: ${grouped(counts.granted)} granted, ${grouped(counts.used)} used, ${grouped(counts.unused)} unused, ${grouped(counts.unknown)} unknown, ${grouped(counts.ungranted)} not granted today</span></summary>
<div id="p${index}" tabindex="-1"><dl class="facts">${facts.map(([label, text]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`).join('')}</dl>
<div class="actions">${plainTable(detail, room)}</div></div></details>
`;
}

function unmappedTable({unmapped}: Analysis): string {
	if (unmapped.length === 0) {
		return '';
	}

	const rows = unmapped.map(({eventSource, eventName, count}) => `<tr><th scope="row" class="name"><code>${escapeHtml(eventSource)}</code></th><td class="name"><code>${escapeHtml(eventName)}</code></td>${numberCell(count)}</tr>`).join('\n');
	return `<section aria-labelledby="h-unmapped"><h2 id="h-unmapped">Events that map to no IAM action</h2>
<table class="sortable"><caption>They prove the use of no action that is known</caption><thead><tr><th scope="col">event source</th><th scope="col">event</th><th scope="col" class="n" data-first="descending">events</th></tr></thead>
<tbody>
${rows}
</tbody></table></section>
`;
}

/**
The whole account as one page that asks nothing of a network and is read without JavaScript, which only sorts and filters.
Comes in pieces; a principal's actions are looked at once.
*/
export function * htmlReport(analysis: Analysis, {strict, version}: {readonly strict: boolean; readonly version: string}): Generator<string> {
	const truths = truthsOf(analysis, strict);
	const principals = worst(analysis.principals);
	const room = Math.min(plainBounds.most, Math.max(plainBounds.least, Math.floor(plainRows / Math.max(1, principals.length))));
	const services = new Map<string, ServiceTotal>();
	const builder = new ActionDataBuilder();
	const sections: string[] = [];
	for (const [index, {arn}] of principals.entries()) {
		const detail = analysis.principal(arn);
		addServices(services, detail.actions);
		builder.add(detail.actions);
		sections.push(principalSection(detail, index, room));
	}

	yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escapeHtml(truths.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${escapeHtml(truths.title)}</h1>
${introduction(truths)}</header>
<main>
`;
	yield figures(analysis, truths.hasLogs);
	yield chartsHtml({analysis, principals, services});
	yield principalsTable(principals);
	yield '<section aria-labelledby="h-actions"><h2 id="h-actions">Actions, principal by principal</h2>\n';
	yield * sections;
	yield '</section>\n';
	yield unmappedTable(analysis);
	yield meanings(truths);
	yield `</main>
<footer>Made by cloudtracker-tui ${escapeHtml(version)} from the logs and policies named above. This page needs no network, and sends nothing.</footer>
<script type="application/json" id="data">${embeddedJson(builder.build())}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}
