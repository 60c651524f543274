import type {Grant} from './grants.js';
import type {Outcome} from './outcome.js';
import type {ChangeLink} from './policy-changes.js';
import type {UsageRow} from './usage.js';
import type {Verdict} from './verdict.js';
import {someOf} from './words.js';

/** The latest event of a row, to look up in the log. Null where the record lacks it. */
export type EventSample = {
	readonly eventId: string | null;
	readonly region: string | null;
	readonly sourceAddress: string | null;
	readonly userAgent: string | null;
};

/** A usage row with its latest event. */
export type SampledRow = UsageRow & {readonly sample: EventSample};

/** What an event has to do with an action: it is one of it; it may have needed it, too; or it maps to no known action and may have been it. */
export type SeenRelation = 'proof' | 'may-have-needed' | 'unmapped';

/** Events of one name that ended in one way. Times are ISO 8601 UTC. */
export type SeenEvents = {
	/** "s3.amazonaws.com:ListBuckets" */
	readonly event: string;
	readonly relation: SeenRelation;
	readonly outcome: Outcome;
	readonly errorCode: string | null;
	readonly count: number;
	readonly first: string;
	readonly last: string;
	readonly sample: EventSample;
};

/** All that a verdict on one action of one principal rests on. */
export type ActionEvidence = {
	readonly action: string;
	/** Null when the action is neither granted nor used. */
	readonly verdict: Verdict | null;
	readonly reasonCode: string;
	readonly reason: string;
	readonly deniedInPart: boolean;
	readonly grantedBy: readonly Grant[];
	readonly blockedBy: readonly string[];
	/** Events of which a successful one would prove the use. */
	readonly provedBy: readonly string[];
	readonly seen: readonly SeenEvents[];
	/** For `+`: changes after the last use that may have taken the permission away, oldest first. */
	readonly changes: readonly ChangeLink[];
};

/** Words before an action in what is said of it. */
const verdictWords: Readonly<Record<Verdict, string>> = {
	used: 'granted and used',
	unused: 'granted, not used (-)',
	unknown: 'granted, not known whether it was used (?)',
	ungranted: 'used, not granted today (+)',
};

const outcomeWords: Readonly<Record<Outcome, string>> = {
	succeeded: 'succeeded',
	failed: 'failed after authorization',
	denied: 'denied',
	'no-proof': 'failed, which proves nothing',
	unauthenticated: 'not authenticated',
};

const relationWords: Readonly<Record<SeenRelation, string>> = {
	proof: '',
	'may-have-needed': '; it may have needed this action',
	unmapped: '; it maps to no known action',
};

/** A granting statement in words: "managed policy X, statement 0 "Sid", through group G, on *". Statements count from 0, as in the JSON. */
export function grantWords(grant: Grant): string {
	const sid = grant.sid === null ? '' : ` "${grant.sid}"`;
	const via = grant.via.kind === 'group' ? `, through group ${grant.via.name}` : '';
	const on = grant.resources === null ? `, on all but ${someOf(grant.notResources ?? [])}` : `, on ${someOf(grant.resources)}`;
	return `${grant.policyType} policy ${grant.policy}, statement ${grant.statement}${sid}${via}${on}${grant.conditional ? ', with a condition' : ''}`;
}

function seenWords(seen: SeenEvents): string[] {
	const {sample} = seen;
	const code = seen.errorCode === null ? '' : ` (${seen.errorCode})`;
	const times = seen.count === 1 ? `at ${seen.first}` : `first ${seen.first}, last ${seen.last}`;
	const where = [
		sample.eventId === null ? '' : `event ${sample.eventId}`,
		sample.region === null ? '' : `in ${sample.region}`,
		sample.sourceAddress === null ? '' : `from ${sample.sourceAddress}`,
		sample.userAgent === null ? '' : `by ${sample.userAgent}`,
	].filter(Boolean);
	return [
		`${seen.event} ${outcomeWords[seen.outcome]}${code}: ${seen.count} ${seen.count === 1 ? 'time' : 'times'}, ${times}${relationWords[seen.relation]}`,
		...where.length > 0 ? [`  for instance ${where.join(' ')}`] : [],
	];
}

function changeWords({change, certain}: ChangeLink): string {
	const who = change.actor === null ? '' : ` by ${change.actor}`;
	return `${certain ? '' : 'perhaps '}${change.eventName} at ${change.time}${who}${change.eventId === null ? '' : ` (event ${change.eventId})`}`;
}

/** What may lie behind a `+` that no change in the log explains. */
const unexplained = [
	'no change of its policies after the last use is in this log',
	'AWS\'s own updates of AWS managed policies leave no event',
];

function section(title: string, lines: readonly string[], none: string): string[] {
	return lines.length === 0 ? [`${title}: ${none}`] : [`${title}:`, ...lines.map(line => `  ${line}`)];
}

/** What takes an action away, wholly or in part, as lines for people; none where nothing does. Text from policies must be made safe before it is shown. */
export function blockLines({deniedInPart, blockedBy}: Pick<ActionEvidence, 'deniedInPart' | 'blockedBy'>): readonly string[] {
	return blockedBy.length > 0 ? section(deniedInPart ? 'denied in part by' : 'blocked by', blockedBy, '') : [];
}

/** What the log says of an action, as lines for people: what would prove it, what was seen, what may have taken it away. Text from logs must be made safe before it is shown. */
export function logLines({verdict, provedBy, seen, changes}: ActionEvidence): readonly string[] {
	return [
		...section('proved by', provedBy, 'no event that CloudTrail records'),
		...section('seen', seen.flatMap(events => seenWords(events)), 'no such event of this principal in the window'),
		...verdict === 'ungranted' ? section('taken away by', changes.length > 0 ? changes.map(link => changeWords(link)) : unexplained, '') : [],
	];
}

/** The evidence as lines for people, without colours; text from logs and policies is as it came and must be made safe before it is shown. */
export function evidenceLines(evidence: ActionEvidence): readonly string[] {
	const {verdict} = evidence;
	return [
		`${evidence.action}: ${verdict === null ? 'neither granted nor used' : verdictWords[verdict]}`,
		`why: ${evidence.reason}`,
		...section('granted by', evidence.grantedBy.map(grant => grantWords(grant)), 'no statement of an identity policy'),
		...blockLines(evidence),
		...logLines(evidence),
	];
}
