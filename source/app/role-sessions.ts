import {proposeSplit, type SplitGroup} from '../domain/role-split.js';
import type {Originator, SessionGroup, SessionUsage} from '../domain/sessions.js';
import {UserError} from '../lib/errors.js';
import type {ActionRow, Analysis, PrincipalDetail, PrincipalSummary} from './analysis.js';

/** One who used a role, in a line. */
export type RolePerson = {
	readonly originator: Originator;
	/** ARNs of the roles between, in the order they were assumed. */
	readonly via: readonly string[];
	readonly sessions: readonly SessionGroup[];
	/** Times that sessions were opened in the window. */
	readonly assumed: number;
	readonly last: string | null;
	/** Events in the sessions. */
	readonly events: number;
	/** Different actions that they prove. */
	readonly usedActions: number;
};

/** What one used in a role, and who that was. */
export type SessionDetail = {
	/** The role's detail, with the use of these sessions alone. */
	readonly detail: PrincipalDetail;
	readonly originator: Originator;
	readonly via: readonly string[];
	readonly sessions: readonly SessionGroup[];
};

const isUse = ({verdict}: ActionRow): boolean => verdict === 'used' || verdict === 'ungranted';

const latestOf = (sessions: readonly SessionGroup[]): string | null => sessions.map(({last}) => last).filter(last => last !== null).toSorted().at(-1) ?? null;

function sum(numbers: readonly number[]): number {
	let total = 0;
	for (const number of numbers) {
		total += number;
	}

	return total;
}

const rowsOf = (usages: readonly SessionUsage[]) => usages.flatMap(({rows}) => rows);

/** The actions, in lower case, that usages of a role prove. */
export function usedActionsOf(analysis: Analysis, roleArn: string, usages: readonly SessionUsage[]): ReadonlySet<string> {
	return new Set(analysis.inRole(roleArn, rowsOf(usages)).actions.filter(row => isUse(row)).map(({lower}) => lower));
}

/** Everybody who used a role, in the order of `usages`. */
export function peopleOf(analysis: Analysis, roleArn: string, usages: readonly SessionUsage[]): RolePerson[] {
	return usages.map(usage => ({
		originator: usage.originator,
		via: usage.via,
		sessions: usage.sessions,
		assumed: sum(usage.sessions.map(({assumed}) => assumed)),
		last: latestOf(usage.sessions),
		events: sum(usage.rows.map(({count}) => count)),
		usedActions: usedActionsOf(analysis, roleArn, [usage]).size,
	}));
}

/** People who use the same part of a role, and what they need of it: advice. */
export type SplitProposal = SplitGroup;

/** How a role could be split among those who use it; empty where they use the same, and where nobody knows who used some of it. */
export function splitOf(analysis: Analysis, roleArn: string, usages: readonly SessionUsage[]): SplitProposal[] {
	if (usages.some(usage => mayBeAnybodys(usage) && usage.rows.length > 0)) {
		return [];
	}

	return proposeSplit(usages.map(usage => ({name: named(usage.originator), actions: usedActionsOf(analysis, roleArn, [usage])})));
}

/** What a user or role did in a role: at the beginning of the chain, or (a role) on the way. */
export function usagesBehind(usages: readonly SessionUsage[], arn: string): SessionUsage[] {
	return usages.filter(({originator, via}) => originator.arn === arn || via.includes(arn));
}

/** Whether a usage may be anybody's: nobody is known behind it, or an account alone. */
const mayBeAnybodys = ({originator}: SessionUsage): boolean => originator.kind === 'unknown' || originator.kind === 'account';

/** Whether some of a usage is told by name and time alone: it may be another's. */
const isInferred = ({sessions}: SessionUsage): boolean => sessions.some(({link}) => link === 'inferred');

/**
The difference between what a role is granted and what some of those who used it (`chosen`, out of `all`) did in it. An action that was used where
nobody knows for certain by whom is never unused; one that the others used says so.
*/
export function sessionDetail(analysis: Analysis, roleArn: string, all: readonly SessionUsage[], chosen: readonly SessionUsage[]): PrincipalDetail {
	const rest = all.filter(usage => !chosen.includes(usage));
	const anybodys = analysis.inRole(roleArn, rowsOf(rest.filter(usage => mayBeAnybodys(usage) || isInferred(usage)))).actions
		.filter(row => isUse(row) || ['tried', 'may-have-been-needed'].includes(row.reasonCode));
	const perhaps = new Set(anybodys.map(({lower}) => lower));
	const byOthers = usedActionsOf(analysis, roleArn, rest.filter(usage => !mayBeAnybodys(usage)));
	const detail = analysis.inRole(roleArn, rowsOf(chosen));
	return {
		...detail,
		actions: detail.actions.map((row): ActionRow => {
			if (row.verdict !== 'unused') {
				return row;
			}

			if (perhaps.has(row.lower)) {
				return {...row, verdict: 'unknown', reasonCode: 'used-by-somebody', reason: 'used in sessions of this role of which the log does not tell who opened them'};
			}

			return byOthers.has(row.lower) ? {...row, reasonCode: 'used-by-others', reason: 'not used in these sessions, but others used it in this role'} : row;
		}),
	};
}

const named = ({kind, name, arn}: Originator): string => kind === 'unknown' ? 'somebody unknown' : `${kind} ${name ?? arn ?? 'without a name'}`;

/** How many of those who did use a role a message names. */
const peopleNamed = 5;

function neverAssumed(target: Analysis, role: PrincipalSummary, usages: readonly SessionUsage[], by: PrincipalSummary): UserError {
	const days = `from ${target.window.start.slice(0, 10)} to before ${target.window.end.slice(0, 10)}`;
	const missed = `no session of role ${role.name} from ${by.kind} ${by.name} is in the log ${days}`;
	if (usages.length === 0) {
		return new UserError(`${missed}, and none of anybody else`, {hint: target.trail.events === 0 ? `the log holds no event of account ${target.account.id}: see --start, --end and --trail` : 'an assumption across accounts is in both accounts\' logs: give a --trail that holds them, or an earlier --start'});
	}

	const people = usages.slice(0, peopleNamed).map(({originator, via}) => [named(originator), ...via.map(arn => arn.slice(arn.lastIndexOf('/') + 1))].join(' > '));
	const more = usages.length > peopleNamed ? ` and ${usages.length - peopleNamed} more` : '';
	const byAccount = usages.some(usage => usage.originator.kind === 'account' && usage.originator.name === by.arn.split(':')[4]);
	return new UserError(missed, {hint: byAccount
		? 'the log knows callers of that account by the account alone: give a --trail that holds the logs of both accounts'
		: `it was used by ${people.join(', ')}${more}`});
}

/** What `by` did in a role of the analysed account. Throws UserError, saying who did use the role, where `by` never assumed it. */
export function sessionsOf(target: Analysis, role: PrincipalSummary, usages: readonly SessionUsage[], by: PrincipalSummary): SessionDetail {
	const chosen = usagesBehind(usages, by.arn);
	const [first] = chosen;
	if (!first) {
		throw neverAssumed(target, role, usages, by);
	}

	return {
		detail: sessionDetail(target, role.arn, usages, chosen),
		// Several people may come through one role: then it is the role that is told.
		originator: chosen.length === 1 ? first.originator : {kind: by.kind === 'role' ? 'role' : 'user', arn: by.arn, name: by.name},
		via: chosen.length === 1 ? first.via : [],
		sessions: chosen.flatMap(({sessions}) => sessions),
	};
}
