import type {UsageRow} from './usage.js';
import {later} from './words.js';

/** What kind of identity opened a role's sessions: at the beginning of the chain, where roles were assumed one after the other. */
export type OriginatorKind = 'user' | 'role' | 'sso' | 'service' | 'federated' | 'account' | 'unknown';

/** Who was behind sessions of a role. */
export type Originator = {
	readonly kind: OriginatorKind;
	/** ARN of the user or role; null for people and services, which have none. */
	readonly arn: string | null;
	/** Name of the user or role, the person's name (SSO, federation), the service's host, the account's id; null where the log tells nothing. */
	readonly name: string | null;
};

/** How sessions were linked to who opened them: by the access key of the assumption, by its record in the caller's account, by name and time alone. */
export type SessionLink = 'access-key' | 'shared-event' | 'inferred';

/** Sessions of one name. Times are ISO 8601 UTC with Z. */
export type SessionGroup = {
	/** The session name; what a machine makes of a name is folded: "i-*". Null where the log has none. */
	readonly name: string | null;
	/** sts:SourceIdentity that the session was opened with. */
	readonly sourceIdentity: string | null;
	readonly link: SessionLink;
	/** Times that a session was opened in the window; 0 where it was opened before, or no such event is in the log. */
	readonly assumed: number;
	/** First and last time that one was opened or used. */
	readonly first: string | null;
	readonly last: string | null;
	/** Addresses that sessions were opened from, the most frequent first. */
	readonly sourceAddresses: readonly string[];
};

/** What one originator did in a role. */
export type SessionUsage = {
	readonly originator: Originator;
	/** ARNs of the roles between the originator and this one, in the order they were assumed. */
	readonly via: readonly string[];
	readonly sessions: readonly SessionGroup[];
	/** What was done in the sessions, as `Usage.rows`. */
	readonly rows: readonly UsageRow[];
};

/** Who opened sessions, as an engine groups it; `origin` numbers the group. */
export type OpenerRow = {
	readonly origin: number;
	readonly originType: string | null;
	readonly originArn: string | null;
	readonly originAccount: string | null;
	readonly originName: string | null;
	readonly originService: string | null;
	/** The first role of the chain, where it is one of IAM Identity Center; else empty. */
	readonly originRole: string;
	/** The name of the first session of the chain. */
	readonly originSession: string | null;
	/** ARNs of the roles between, the last assumed first, each before a space. */
	readonly via: string;
	readonly sessionName: string | null;
	readonly sessionIdentity: string | null;
	/** The caller is known from another account's record. */
	readonly linked: boolean;
	readonly assumed: number;
	readonly first: string;
	readonly last: string;
	readonly addresses: readonly string[];
};

/** What was done in sessions: of the group `origin`, or (null) of sessions of which no opening is in the log. */
export type SessionRow = {
	readonly origin: number | null;
	/** The origin is told by name and time alone. */
	readonly inferred: boolean;
	readonly sessionName: string | null;
	readonly sessionIdentity: string | null;
	readonly row: UsageRow;
};

/** IAM Identity Center's roles: https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html and "permission sets". */
const isSsoRole = (arn: string): boolean => arn.includes('/AWSReservedSSO_');

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const unknown: Originator = {kind: 'unknown', arn: null, name: null};

/** Who opened the first session of a chain. */
export function originatorOf(row: OpenerRow): Originator {
	switch (row.originType) {
		case 'IAMUser': {
			return {kind: 'user', arn: row.originArn, name: row.originName ?? (row.originArn === null ? null : nameOf(row.originArn))};
		}

		case 'Root': {
			return {kind: 'user', arn: row.originArn, name: '<root>'};
		}

		case 'AssumedRole':
		case 'Role': {
			if (row.originArn === null) {
				return unknown;
			}

			// Identity Center names the session after the person: https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
			return isSsoRole(row.originArn)
				? {kind: 'sso', arn: null, name: row.originSession}
				: {kind: 'role', arn: row.originArn, name: nameOf(row.originArn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1'))};
		}

		case 'SAMLUser':
		case 'WebIdentityUser': {
			return isSsoRole(row.originRole)
				? {kind: 'sso', arn: null, name: row.originSession ?? row.originName}
				: {kind: 'federated', arn: null, name: row.originName ?? row.originSession};
		}

		case 'IdentityCenterUser': {
			return {kind: 'sso', arn: null, name: row.originName ?? row.originSession};
		}

		case 'FederatedUser': {
			return {kind: 'federated', arn: row.originArn, name: row.originName ?? (row.originArn === null ? null : nameOf(row.originArn))};
		}

		case 'AWSService': {
			return {kind: 'service', arn: null, name: row.originService};
		}

		case 'AWSAccount': {
			return {kind: 'account', arn: null, name: row.originAccount};
		}

		default: {
			return unknown;
		}
	}
}

/** The roles between; the role of a person of Identity Center is one of them, whether its own opening is in the log or not. */
function viaOf({originType, originArn, via}: OpenerRow): string[] {
	const roles = via.split(' ').filter(arn => arn !== '').toReversed();
	return (originType === 'AssumedRole' || originType === 'Role') && originArn !== null && isSsoRole(originArn) ? [originArn, ...roles] : roles;
}

/** Who uses sessions of which no opening is in the log, as far as the role and the session's name say it. */
function guessedOriginator(roleArn: string, session: string | null): Originator {
	if (isSsoRole(roleArn)) {
		return {kind: 'sso', arn: null, name: session};
	}

	// EC2 names the session after the instance, and no call in the log opens it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
	return session === 'i-*' ? {kind: 'service', arn: null, name: 'ec2.amazonaws.com'} : unknown;
}

const linkOf = ({linked}: OpenerRow): SessionLink => linked ? 'shared-event' : 'access-key';

type MutableGroup = {-readonly [Key in keyof SessionGroup]: SessionGroup[Key]};

type Person = {readonly originator: Originator; readonly via: readonly string[]; readonly groups: Map<string, MutableGroup>; readonly rows: UsageRow[]};

const earlier = (a: string | null, b: string | null): string | null => a === null || (b !== null && b < a) ? b : a;

/**
Puts together what each originator did in a role. `openers` and `rows` are an engine's answers for one role and window; rows of usage that
several groups of one originator gave are added up. Most recently used first.
*/
export function foldSessions(roleArn: string, openers: readonly OpenerRow[], rows: readonly SessionRow[]): SessionUsage[] {
	const people = new Map<string, Person>();
	const byOrigin = new Map<number, {readonly person: Person; readonly opener: OpenerRow}>();

	const personOf = (originator: Originator, via: readonly string[], more = ''): Person => {
		const key = [originator.kind, originator.arn, originator.name, ...via, more].join('\n');
		const person = people.get(key) ?? {originator, via, groups: new Map(), rows: []};
		people.set(key, person);
		return person;
	};

	const groupOf = (person: Person, name: string | null, sourceIdentity: string | null, link: SessionLink): MutableGroup => {
		const key = [name, sourceIdentity, link].join('\n');
		const group = person.groups.get(key) ?? {name, sourceIdentity, link, assumed: 0, first: null, last: null, sourceAddresses: []};
		person.groups.set(key, group);
		return group;
	};

	for (const opener of openers) {
		const person = personOf(originatorOf(opener), viaOf(opener));
		byOrigin.set(opener.origin, {person, opener});
		if (opener.assumed > 0) {
			const group = groupOf(person, opener.sessionName, opener.sessionIdentity, linkOf(opener));
			group.assumed += opener.assumed;
			group.first = earlier(group.first, opener.first);
			group.last = later(group.last, opener.last);
			group.sourceAddresses = [...new Set([...group.sourceAddresses, ...opener.addresses])];
		}
	}

	for (const {origin, inferred, sessionName, sessionIdentity, row} of rows) {
		const known = origin === null ? undefined : byOrigin.get(origin);
		const person = known?.person ?? personOf(guessedOriginator(roleArn, sessionName), [], sessionName ?? '');
		const link = known && !inferred ? linkOf(known.opener) : 'inferred';
		const group = groupOf(person, known?.opener.sessionName ?? sessionName, known ? known.opener.sessionIdentity : sessionIdentity, link);
		group.first = earlier(group.first, row.first);
		group.last = later(group.last, row.last);
		person.rows.push(row);
	}

	const last = (person: Person): string => [...person.groups.values()].map(group => group.last ?? '').toSorted().at(-1) ?? '';
	return [...people.values()]
		.filter(person => person.groups.size > 0)
		.toSorted((a, b) => last(a) > last(b) ? -1 : 1)
		.map(({groups, rows: done, ...person}) => ({
			...person,
			sessions: [...groups.values()].toSorted((a, b) => (a.last ?? '') > (b.last ?? '') ? -1 : 1),
			rows: done,
		}));
}
