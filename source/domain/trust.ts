import type {Originator, SessionUsage} from './sessions.js';
import {readTrustPolicy, type Trusted, type TrustedKind} from './trust-policy.js';
import type {Verdict} from './verdict.js';
import {later, plural} from './words.js';

/** Who may open sessions of a role, against who did. Times are ISO 8601 UTC. */
export type TrustRow = {
	readonly verdict: Verdict;
	/** Stable kebab-case code, for scripts. */
	readonly reasonCode: string;
	readonly reason: string;
	readonly kind: TrustedKind | 'sso' | 'unknown';
	/** As the policy writes it, or who opened sessions; null where nobody knows. */
	readonly principal: string | null;
	/** Condition keys of the statements that let it in. */
	readonly conditions: readonly string[];
	/** Times that it opened sessions in the window. */
	readonly assumed: number;
	readonly last: string | null;
};

export type TrustJudgement = {readonly rows: readonly TrustRow[]; readonly notes: readonly string[]};

/** Who called sts, before chains are followed: that is whom a trust policy names. */
type Caller = {readonly kind: TrustRow['kind']; readonly principal: string | null; readonly account: string | null; assumed: number; last: string | null};

const accountOf = (arn: string): string | null => /^\d{12}$/.exec(arn.split(':')[4] ?? '')?.[0] ?? null;

function callerOf({originator, via}: SessionUsage): Pick<Caller, 'kind' | 'principal' | 'account'> {
	const lastRole = via.at(-1);
	if (lastRole !== undefined) {
		return {kind: 'role', principal: lastRole, account: accountOf(lastRole)};
	}

	const {kind, arn, name}: Originator = originator;
	if (kind === 'account') {
		return {kind, principal: name, account: name};
	}

	return {kind, principal: arn ?? name, account: arn === null ? null : accountOf(arn)};
}

/** Callers with their counts; an inferred group adds no assumption. */
function callersOf(usages: readonly SessionUsage[]): Caller[] {
	const callers = new Map<string, Caller>();
	for (const usage of usages) {
		const found = callerOf(usage);
		const key = `${found.kind}\n${found.principal ?? ''}`;
		const caller = callers.get(key) ?? {...found, assumed: 0, last: null};
		callers.set(key, caller);
		for (const group of usage.sessions) {
			caller.assumed += group.assumed;
			caller.last = later(caller.last, group.last);
		}
	}

	return [...callers.values()];
}

/** Whether a trusted principal covers a caller; undefined where the log does not tell. */
function covers(trusted: Trusted, caller: Caller, providers: number): boolean | undefined {
	switch (trusted.kind) {
		case 'anyone': {
			return caller.kind !== 'unknown';
		}

		case 'account': {
			return caller.account === trusted.account;
		}

		case 'user':
		case 'role': {
			// Of a caller of another account the role's own log may know the account alone.
			return caller.kind === 'account' && caller.account === trusted.account ? undefined : caller.principal === trusted.principal;
		}

		case 'session': {
			return caller.account === trusted.account && (caller.kind === 'role' || caller.kind === 'account') ? undefined : false;
		}

		case 'service': {
			return caller.kind === 'service' && caller.principal === trusted.principal;
		}

		case 'federated': {
			// Which provider signed somebody in is not kept: of one it is certain.
			if (caller.kind !== 'federated' && caller.kind !== 'sso') {
				return false;
			}

			return providers === 1 ? true : undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** What the silence about a trusted principal is worth. */
export type TrustSilence = {
	/** Whether the trail records assumptions of roles, as coverage has it. */
	readonly provable: boolean;
	/** Why not, in words. */
	readonly reason: string;
};

type Silent = Pick<TrustRow, 'verdict' | 'reasonCode' | 'reason'>;

function silentVerdict({kind, account}: Trusted, {silence, hasUnknown, home}: {readonly silence: TrustSilence; readonly hasUnknown: boolean; readonly home: string | null}): Silent {
	if (!silence.provable) {
		return {verdict: 'unknown', reasonCode: 'trail-is-blind', reason: silence.reason};
	}

	if (hasUnknown) {
		return {verdict: 'unknown', reasonCode: 'unknown-callers', reason: 'sessions of this role are in the log of which it does not tell who opened them'};
	}

	if (kind === 'service') {
		return {verdict: 'unknown', reasonCode: 'service', reason: 'a service may be given a role\'s credentials by a way that leaves no event in this log'};
	}

	if (kind === 'deleted' || kind === 'other') {
		return {verdict: 'unknown', reasonCode: 'not-told', reason: kind === 'deleted' ? 'the unique id of a principal that was deleted: nobody can come as it' : 'the log does not tell such principals'};
	}

	return {
		verdict: 'unused', reasonCode: 'never-assumed',
		reason: `no successful assumption by it is in the log${account === null || account === home ? '' : '; a denied one is in the log of its own account alone'}`,
	};
}

type Log = {
	readonly callers: readonly Caller[];
	/** Identity providers that the policy names. */
	readonly providers: number;
	readonly silence: TrustSilence;
	/** The role's account. */
	readonly home: string | null;
};

/** What a reader must know of principals that stand for many. */
const remarks: Readonly<Partial<Record<TrustedKind, string>>> = {anyone: '; a wildcard: everybody, of whatever account', account: '; an account as a whole: its own policies say who'};

function trustedRow(trusted: Trusted, {callers, providers, silence, home}: Log): TrustRow {
	const common = {kind: trusted.kind, principal: trusted.principal, conditions: trusted.conditions};
	const sure = callers.filter(caller => covers(trusted, caller, providers) === true);
	const note = remarks[trusted.kind] ?? '';
	if (sure.length > 0) {
		let assumed = 0;
		let last: string | null = null;
		for (const caller of sure) {
			assumed += caller.assumed;
			last = later(last, caller.last);
		}

		if (assumed === 0) {
			return {...common, verdict: 'unknown', reasonCode: 'no-assumption', reason: `the role is in use, as it seems by it, but no assumption is in this log${note}`, assumed, last};
		}

		return {...common, verdict: 'used', reasonCode: 'assumed', reason: `assumed ${plural(assumed, 'time')} in the window${note}`, assumed, last};
	}

	const perhaps = callers.some(caller => covers(trusted, caller, providers) === undefined);
	const hasUnknown = callers.some(({kind}) => kind === 'unknown');
	const silent: Silent = perhaps
		? {verdict: 'unknown', reasonCode: 'perhaps', reason: 'the role was assumed by somebody who may have been it: the log does not tell'}
		: silentVerdict(trusted, {silence, hasUnknown, home});
	return {...common, ...silent, reason: silent.reason + note, assumed: 0, last: null};
}

function strangerRow(caller: Caller): TrustRow {
	const common = {kind: caller.kind, principal: caller.principal, conditions: [], assumed: caller.assumed, last: caller.last};
	if (caller.kind === 'unknown') {
		return {...common, verdict: 'unknown', reasonCode: 'no-assumption', reason: 'the role is in use, but no assumption of these sessions is in this log'};
	}

	return {...common, verdict: 'ungranted', reasonCode: 'not-trusted', reason: `assumed ${plural(caller.assumed, 'time')} in the window, and the trust policy names it no longer`};
}

/** Judges a role's trust policy: who may open sessions of it, against who did. Those whom the policy names come first, in its order. */
export function judgeTrust({roleArn, policy, usages, silence}: {
	readonly roleArn: string;
	/** The trust policy's document, unjudged. */
	readonly policy: unknown;
	readonly usages: readonly SessionUsage[];
	readonly silence: TrustSilence;
}): TrustJudgement {
	const {trusted, notes} = readTrustPolicy(policy, roleArn);
	const callers = callersOf(usages);
	const providers = trusted.filter(({kind}) => kind === 'federated').length;
	// A caller is a stranger only where it is certain that nothing in the policy covers it.
	const strangers = callers.filter(caller => trusted.every(one => covers(one, caller, providers) === false) || caller.kind === 'unknown');
	return {
		rows: [
			...trusted.map(one => trustedRow(one, {callers, providers, silence, home: accountOf(roleArn)})),
			// Without the policy nobody can be called a stranger.
			...policy === null || policy === undefined ? [] : strangers.map(caller => strangerRow(caller)),
		],
		notes,
	};
}
