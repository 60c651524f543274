import type {Analysis} from '../../../app/analysis.js';
import {peopleOf, type RolePerson} from '../../../app/role-sessions.js';
import type {SessionLink, SessionUsage} from '../../../domain/sessions.js';
import type {TrustRow} from '../../../domain/trust.js';
import type {AssumptionRow} from '../../../domain/usage.js';
import type {ShownPerson} from '../../exporter.js';
import {counted, minuteOf} from '../../words.js';

/**
A line about who was in a role, who may be, or which role somebody was in. Its verdict is as of an action: "used" where somebody came; by the trust policy
"unused", "unknown" or "ungranted".
*/
export type PersonRow = ShownPerson & {
	readonly key: string;
	/** What stands below the list while the line is selected. */
	readonly more: readonly string[];
	/** What Enter opens: one who was in the role (an index of the usages), a role, or nothing. */
	readonly opens: {readonly person: number} | {readonly role: string} | null;
};

const linkWords: Readonly<Record<SessionLink, string>> = {'access-key': 'access key', 'shared-event': 'shared event', inferred: 'inferred'};

const tail = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The key of the line about whoever has that ARN. */
export const keyOfCaller = (arn: string): string => `person ${arn}`;

/** "alice > deploy": who it was, and the roles that were assumed on the way. */
function nameOf({originator, via}: RolePerson): string {
	return [originator.name ?? originator.arn ?? 'not told by the log', ...via.map(arn => tail(arn))].join(' > ');
}

function sessionWords({sessions}: RolePerson): string {
	const names = sessions.map(({name, assumed, link}) => `${name ?? 'without a name'}${assumed > 1 ? ` (${assumed} times)` : ''}${link === 'inferred' ? ' (inferred)' : ''}`);
	const shown = names.slice(0, 3).join(', ');
	return `${counted(sessions.length, 'session name')}: ${shown}${names.length > 3 ? `, and ${names.length - 3} more` : ''}`;
}

function personRow(person: RolePerson, index: number): PersonRow {
	const {originator, via, sessions, assumed, last, events, usedActions} = person;
	const isInferred = sessions.some(({link}) => link === 'inferred');
	const addresses = [...new Set(sessions.flatMap(({sourceAddresses}) => sourceAddresses))];
	return {
		key: originator.arn !== null && via.length === 0 ? keyOfCaller(originator.arn) : `person ${index} ${originator.kind} ${originator.name ?? ''} ${via.join(' ')}`,
		verdict: 'used',
		kind: originator.kind,
		name: nameOf(person),
		last,
		assumed,
		usedActions,
		link: isInferred ? 'inferred' : [...new Set(sessions.map(({link}) => linkWords[link]))].join(', '),
		more: [
			`${originator.arn ?? `${originator.kind} ${originator.name ?? 'not told by the log'}`} · ${counted(events, 'event')}${last === null ? '' : ` · last ${minuteOf(last)}`}`,
			sessionWords(person),
			addresses.length === 0 ? '' : `from ${addresses.slice(0, 4).join(', ')}${addresses.length > 4 ? ', …' : ''}`,
			isInferred ? 'inferred: told by role, session name and time alone; no access key links it to who opened it' : '',
		].filter(text => text !== ''),
		opens: {person: index},
	};
}

/** What the trust policy says of who did not come, or came and may no longer. */
function trustRow({verdict, kind, principal, reason, conditions, assumed, last}: TrustRow): PersonRow {
	const condition = conditions.length === 0 ? '' : `, if ${conditions.join(', ')}`;
	return {
		key: `trust ${verdict} ${kind} ${principal ?? ''} ${condition}`,
		verdict,
		kind,
		name: principal ?? 'not told by the log',
		last,
		assumed: verdict === 'unused' ? null : assumed,
		usedActions: null,
		link: 'trust policy',
		more: [`${kind} ${principal ?? ''}`, reason + condition],
		opens: null,
	};
}

/** Who was in a role, the most recent first, then what its trust policy says of others. */
export function peopleRows(analysis: Analysis, roleArn: string, usages: readonly SessionUsage[]): {readonly rows: readonly PersonRow[]; readonly notes: readonly string[]} {
	const {rows, notes} = analysis.trust(roleArn, usages);
	return {
		rows: [
			...peopleOf(analysis, roleArn, usages).map((person, index) => personRow(person, index)),
			...rows.filter(({verdict}) => verdict !== 'used').map(row => trustRow(row)),
		],
		notes,
	};
}

/** The roles that somebody assumed; `here` is the account that is open. */
export function roleRows(assumptions: readonly AssumptionRow[], here: string): readonly PersonRow[] {
	return assumptions.map(({roleArn, count, first, last}) => {
		const account = roleArn.split(':')[4] ?? '';
		const place = account === here || account === '' ? '' : ` · account ${account}`;
		return {
			key: `role ${roleArn}`,
			verdict: 'used',
			kind: 'role',
			name: `${tail(roleArn)}${place}`,
			last,
			assumed: count,
			usedActions: null,
			link: '',
			more: [roleArn, `assumed ${counted(count, 'time')}, first ${minuteOf(first)}, last ${minuteOf(last)}`],
			opens: {role: roleArn},
		};
	});
}
