import type {ActionRow, Analysis, PrincipalSummary} from '../../app/analysis.js';
import {summarizeAccount, type AccountSummary} from '../../domain/account-summary.js';
import type {Window} from '../../domain/window.js';
import {percent} from '../words.js';

/** An account in numbers; what the summaries of its principals say, without a look at any action. */
export type AccountTotals = AccountSummary & {
	/** Actions used that are not granted today, summed over the principals. */
	readonly ungranted: number;
	/** `unusedShare` in words: "79.6%". */
	readonly unusedWords: string;
};

/** Adds up the principals of an account, root left out. */
export function totalsOf(principals: readonly PrincipalSummary[]): AccountTotals {
	const summary = summarizeAccount(principals);
	return {
		...summary,
		ungranted: principals.reduce((sum, {counts}) => sum + counts.ungranted, 0),
		unusedWords: percent(summary.unused, summary.granted),
	};
}

/** What is granted in one service over all principals: a grant is one action of one principal. */
export type ServiceTotal = {readonly service: string; unused: number; granted: number};

/** Adds rows to the totals of their services. */
export function addServices(totals: Map<string, ServiceTotal>, rows: readonly ActionRow[]): void {
	for (const {lower, verdict} of rows) {
		if (verdict === 'ungranted') {
			continue;
		}

		const service = lower.slice(0, Math.max(0, lower.indexOf(':')));
		let total = totals.get(service);
		if (total === undefined) {
			total = {service, unused: 0, granted: 0};
			totals.set(service, total);
		}

		total.granted++;
		total.unused += verdict === 'unused' ? 1 : 0;
	}
}

/** The services with the most unused grants first. */
export const mostUnused = (totals: ReadonlyMap<string, ServiceTotal>): readonly ServiceTotal[] => [...totals.values()]
	.filter(({unused}) => unused > 0)
	.toSorted((a, b) => b.unused - a.unused || (a.service < b.service ? -1 : 1));

/** A bar of the histogram: how many principals were last active so long before the window's end. */
export type ActivityBin = {readonly label: string; users: number; roles: number};

const dayMs = 86_400_000;

const ages: ReadonlyArray<readonly [upTo: number, label: string]> = [
	[7, 'in the last 7 days'], [30, '8 to 30 days before'], [90, '31 to 90 days before'], [180, '91 to 180 days before'], [365, '181 to 365 days before'], [Infinity, 'longer ago'],
];

/**
Principals by the days between their last activity and the window's end; who was not seen stands apart, by what the silence is worth.
Ages that the window does not reach are left out.
*/
export function lastActivity({principals, window}: Pick<Analysis, 'principals' | 'window'>): readonly ActivityBin[] {
	const end = Date.parse(window.end);
	const reach = (end - Date.parse(window.start)) / dayMs;
	const seen = ages.map(([upTo, label], index) => ({upTo, label, from: index === 0 ? 0 : ages[index - 1]![0], users: 0, roles: 0})).filter(({from}) => from < reach);
	const silent: readonly ActivityBin[] = [
		{label: 'only denied', users: 0, roles: 0}, {label: 'not seen: “-”', users: 0, roles: 0}, {label: 'not seen: “?”', users: 0, roles: 0},
	];
	const binOf = ({lastUsed, verdict}: PrincipalSummary): ActivityBin | undefined => {
		if (lastUsed !== null) {
			return seen.find(({upTo}) => (end - Date.parse(lastUsed)) / dayMs <= upTo) ?? seen.at(-1);
		}

		return silent[verdict === 'used' ? 0 : (verdict === 'unused' ? 1 : 2)];
	};

	for (const principal of principals) {
		const bin = binOf(principal);
		if (bin) {
			bin[principal.kind === 'role' ? 'roles' : 'users']++;
		}
	}

	return [...seen, ...silent].map(({label, users, roles}) => ({label, users, roles})).filter(({label, users, roles}) => label !== 'only denied' || users + roles > 0);
}

/** "2025-11-23 00:00 to …" is no label: the day before which the ages count. */
export const activityEnd = ({end}: Window): string => new Date(Date.parse(end) - 1).toISOString().slice(0, 10);

const worstFirst = {unused: 0, unknown: 1, used: 2};

/** Unused principals first, then those with the most unused dangerous actions, the most unused ones, by name. */
export function worst(principals: readonly PrincipalSummary[]): readonly PrincipalSummary[] {
	return principals.toSorted((a, b) => worstFirst[a.verdict] - worstFirst[b.verdict]
		|| b.unusedDangerous - a.unusedDangerous
		|| b.counts.unused - a.counts.unused
		|| (a.name < b.name ? -1 : 1));
}
