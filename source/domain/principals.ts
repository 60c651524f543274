import type {Coverage} from './coverage.js';
import {diffSets, type DiffInput} from './diff.js';
import type {PrincipalGrants} from './grants.js';
import type {PrincipalUsage, Tally} from './principal-usage.js';
import {riskyIds} from './risk.js';
import type {IamPrincipal} from './snapshot.js';
import type {Verdict} from './verdict.js';
import type {Window} from './window.js';
import {later, plural} from './words.js';

/** What stands out about a principal. */
export type PrincipalFlag = 'admin' | 'service-linked' | 'sso' | 'boundary' | 'incomplete';

export type PrincipalKind = 'user' | 'role' | 'root';

/** A row of the principals list. */
export type PrincipalSummary = {
	readonly arn: string;
	/** UserId or RoleId; null where the snapshot lacks it. */
	readonly id: string | null;
	readonly name: string;
	readonly kind: PrincipalKind;
	readonly created: string | null;
	readonly verdict: 'used' | 'unused' | 'unknown';
	readonly reasonCode: string;
	readonly reason: string;
	/** The last event that was not denied, or the last assumption. */
	readonly lastUsed: string | null;
	/** All its own events, denied ones too. */
	readonly events: number;
	readonly denied: number;
	readonly flags: readonly PrincipalFlag[];
	/** Rows per verdict, as `principal()` would list them; `granted` = used + unused + unknown. */
	readonly counts: Readonly<Record<Verdict | 'granted', number>>;
	/** Unused actions that are known steps of an attack. */
	readonly unusedDangerous: number;
};

type Judged = Pick<PrincipalSummary, 'verdict' | 'reasonCode' | 'reason'>;

/** What the verdict on a principal rests on. */
export type PrincipalEvidence = {
	readonly principal: IamPrincipal;
	readonly grants: PrincipalGrants;
	/** Undefined when the principal has no event in the window. */
	readonly usage: PrincipalUsage | undefined;
	/** Undefined when nobody assumed the role in the window. */
	readonly assumed: Tally | undefined;
	readonly coverage: Coverage;
	readonly window: Window;
	/** Whether the trail holds any event of the account in the window. */
	readonly anyLogs: boolean;
	/** Whether the logs have gaps and no gap is taken (--strict). */
	readonly strictGaps: boolean;
};

function usedVerdict({usage, assumed}: PrincipalEvidence): Judged | undefined {
	const own = usage ? usage.events - usage.unauthenticated : 0;
	if (usage && own > 0) {
		return usage.denied === own
			? {verdict: 'used', reasonCode: 'only-denied', reason: `${plural(own, 'event')} in the window, every one denied`}
			: {verdict: 'used', reasonCode: 'used', reason: `${plural(usage.events, 'event')} in the window, last use ${usage.lastUsed ?? ''}`};
	}

	return assumed && {verdict: 'used', reasonCode: 'assumed', reason: `assumed ${plural(assumed.count, 'time')} in the window, last ${assumed.last ?? ''}; no event of its own`};
}

function unusedReason({principal, usage, window}: PrincipalEvidence): string {
	const start = window.start.slice(0, 10);
	const parts = [`no event since ${start}`];
	if (usage && usage.unauthenticated > 0) {
		parts.push(`${plural(usage.unauthenticated, 'unauthenticated call')} (a failed sign-in, an expired token)`);
	}

	if (principal.created !== null) {
		parts.push(`created ${principal.created.slice(0, 10)}${principal.created > window.start ? ', inside the window' : ''}`);
	}

	parts.push(principal.kind === 'role' && principal.lastUsed !== null
		? `IAM's own last-used date is ${principal.lastUsed.slice(0, 10)}`
		: 'IAM\'s own last-used date was not given');
	return parts.join('; ');
}

/** Whether a user or role is unused (Domain rules, section 6): no event of its own, nobody assumed it, and the silence means something. */
export function judgePrincipal(evidence: PrincipalEvidence): Judged {
	const {principal, grants, coverage, window} = evidence;
	if (!evidence.anyLogs) {
		return {verdict: 'unknown', reasonCode: 'no-logs', reason: 'the trail holds no event of this account in the window'};
	}

	const used = usedVerdict(evidence);
	if (used) {
		return used;
	}

	if (principal.kind === 'role' && principal.lastUsed !== null && principal.lastUsed >= window.start) {
		return {
			verdict: 'unknown',
			reasonCode: 'iam-last-used',
			reason: `no event in this trail, but IAM says it was last used ${principal.lastUsed}`,
		};
	}

	// Who may do nothing at all is not hidden by a blind trail; who may do what the snapshot does not say, may be.
	const mayActUnseen = grants.incomplete.length > 0 || grants.unknown.length > 0 || !grants.granted.isEmpty();
	if (mayActUnseen && grants.granted.intersect(coverage.provable).isEmpty()) {
		return {verdict: 'unknown', reasonCode: 'trail-is-blind', reason: 'no event in this trail, but nothing it may do is known to leave one: silence means nothing'};
	}

	if (evidence.strictGaps) {
		return {
			verdict: 'unknown',
			reasonCode: 'strict-gaps',
			reason: 'no event in this trail, but the logs do not cover every day of the window, or files could not be read, and --strict takes no gap',
		};
	}

	return {verdict: 'unused', reasonCode: 'no-events', reason: unusedReason(evidence)};
}

function flagsOf({principal, grants}: PrincipalEvidence): PrincipalFlag[] {
	const flags: PrincipalFlag[] = [];
	if (grants.admin) {
		flags.push('admin');
	}

	// Paths that only AWS can create roles in (IAM user guide, "Service-linked roles"; IAM Identity Center user guide, "Permission sets").
	if (principal.path.startsWith('/aws-service-role/')) {
		flags.push('service-linked');
	}

	if (principal.path.startsWith('/aws-reserved/sso.amazonaws.com/')) {
		flags.push('sso');
	}

	if (grants.boundary !== null) {
		flags.push('boundary');
	}

	if (grants.incomplete.length > 0) {
		flags.push('incomplete');
	}

	return flags;
}

/** The list row of a user or role. */
export function summarizePrincipal(evidence: PrincipalEvidence, diff: DiffInput): PrincipalSummary {
	const {principal, usage, assumed, grants} = evidence;
	const sets = diffSets(diff);
	const unknownPatterns = new Set(grants.unknown.map(entry => entry.action)).size;
	const counts = {used: sets.used.count(), unused: sets.unused.count(), unknown: sets.unknown.count() + unknownPatterns, ungranted: sets.ungranted.count()};
	return {
		arn: principal.arn,
		id: principal.id,
		name: principal.name,
		kind: principal.kind,
		created: principal.created,
		...judgePrincipal(evidence),
		lastUsed: later(usage?.lastUsed ?? null, assumed?.last ?? null),
		events: usage?.events ?? 0,
		denied: usage?.denied ?? 0,
		flags: flagsOf(evidence),
		counts: {...counts, granted: counts.used + counts.unused + counts.unknown},
		unusedDangerous: sets.unused.intersect(riskyIds(diff.catalog)).count(),
	};
}

/** The list row of the root user: listed only for its events, never judged unused. */
export function summarizeRoot(arn: string, accountId: string, usage: PrincipalUsage, usedActions: number): PrincipalSummary {
	return {
		arn,
		id: accountId,
		name: '<root>',
		kind: 'root',
		created: null,
		verdict: 'used',
		reasonCode: 'root',
		reason: `${plural(usage.events, 'event')} of the root user in the window`,
		lastUsed: usage.lastUsed,
		events: usage.events,
		denied: usage.denied,
		flags: [],
		counts: {used: usedActions, unused: 0, unknown: 0, ungranted: 0, granted: usedActions},
		unusedDangerous: 0,
	};
}
