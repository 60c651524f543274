import type {Analysis, PrincipalSummary} from '../../app/analysis.js';
import {grouped} from '../words.js';
import {barChart} from './charts.js';
import {escapeHtml} from './html.js';
import {activityEnd, lastActivity, mostUnused, type ServiceTotal} from './totals.js';

/** Bars of a chart: what follows is small, and stands in the tables. */
const barsShown = 20;

type ChartInput = {readonly analysis: Analysis; readonly principals: readonly PrincipalSummary[]; readonly services: ReadonlyMap<string, ServiceTotal>};

/** Index in `principals` is the page's number of a principal. */
function grantedAgainstUsed(principals: readonly PrincipalSummary[]): string {
	const rows = principals
		.map((principal, index) => ({principal, index}))
		.filter(({principal}) => principal.counts.granted > 0)
		.toSorted((a, b) => b.principal.counts.unused - a.principal.counts.unused || b.principal.counts.granted - a.principal.counts.granted);
	const which = rows.length > barsShown ? `the ${barsShown} of ${grouped(rows.length)} principals with the most unused grants` : 'the most unused grants first';
	return barChart({
		caption: `Granted against used, by principal: ${which}; a bar is all that one is granted`,
		labelHeader: 'principal',
		barHeader: 'share of what is granted',
		numberHeaders: [['used', 'used'], ['unused', 'unused'], ['unknown', 'unknown'], ['granted', null]],
		whole: null,
		rows: rows.slice(0, barsShown).map(({principal: {name, counts}, index}) => ({
			label: `<a href="#p${index}">${escapeHtml(name)}</a>`,
			segments: [{fill: 'used', value: counts.used}, {fill: 'unused', value: counts.unused}, {fill: 'unknown', value: counts.unknown}],
			numbers: [counts.used, counts.unused, counts.unknown, counts.granted],
		})),
	});
}

function unusedByService(services: ReadonlyMap<string, ServiceTotal>): string {
	const sorted = mostUnused(services);
	if (sorted.length === 0) {
		return '<p>Unused grants, by service: no grant is known to be unused.</p>';
	}

	const rest = sorted.slice(barsShown);
	const restSum = rest.reduce((sum, {unused}) => sum + unused, 0);
	return barChart({
		caption: `Unused grants, by service${rest.length === 0 ? '' : `: the first ${barsShown}; ${grouped(rest.length)} more services have ${grouped(restSum)} together`}`,
		labelHeader: 'service',
		barHeader: 'unused grants over all principals',
		numberHeaders: [['unused', 'unused'], ['granted', null]],
		whole: sorted[0]!.unused,
		rows: sorted.slice(0, barsShown).map(({service, unused, granted}) => ({
			label: `<code>${escapeHtml(service)}</code>`, segments: [{fill: 'unused', value: unused}], numbers: [unused, granted],
		})),
	});
}

function activityHistogram(analysis: Analysis): string {
	const bins = lastActivity(analysis);
	return barChart({
		caption: `Last activity: users and roles by when they were last seen, counted back from ${activityEnd(analysis.window)}`,
		labelHeader: 'last seen',
		barHeader: 'users and roles',
		numberHeaders: [['users', 'users'], ['roles', 'roles']],
		whole: Math.max(1, ...bins.map(({users, roles}) => users + roles)),
		rows: bins.map(({label, users, roles}) => ({
			label: escapeHtml(label), segments: [{fill: 'users', value: users}, {fill: 'roles', value: roles}], numbers: [users, roles],
		})),
	});
}

/** The page's three charts. Without logs there is nothing to draw but that. */
export function chartsHtml({analysis, principals, services}: ChartInput): string {
	const charts = analysis.trail.events === 0
		? '<p class="notice alarm">No charts: without any event of the account in the window nothing is known of use.</p>'
		: [grantedAgainstUsed(principals), unusedByService(services), activityHistogram(analysis)].join('\n');
	return `<section aria-labelledby="h-charts"><h2 id="h-charts">Granted and used</h2>\n${charts}</section>\n`;
}
