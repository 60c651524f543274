import type {ActionRow} from '../domain/diff.js';
import type {UnattributedKind} from '../domain/attribution.js';
import type {ActionEvidence} from '../domain/evidence.js';
import type {Grant} from '../domain/grants.js';
import type {PrincipalSummary} from '../domain/principals.js';
import type {SessionUsage} from '../domain/sessions.js';
import type {TrustJudgement} from '../domain/trust.js';
import type {AccountInTrail, AssumptionRow, UsageRow} from '../domain/usage.js';
import type {Warning} from '../domain/warning.js';
import type {Window} from '../domain/window.js';
import type {LogFindings} from './explain.js';
import type {RemediationPlan} from './remediation.js';

export type {ActionRow} from '../domain/diff.js';
export type {LogFindings} from './explain.js';
export type {ActionEvidence} from '../domain/evidence.js';
export type {UnattributedKind} from '../domain/attribution.js';
export type {PrincipalFlag, PrincipalKind, PrincipalSummary} from '../domain/principals.js';

/** The trail as the JSON head shows it. Instants are ISO 8601 UTC with Z. */
export type TrailSummary = {
	readonly source: string;
	readonly location: string;
	/** Events received by the account in the window. */
	readonly events: number;
	readonly firstEvent: string | null;
	readonly lastEvent: string | null;
	readonly daysCovered: number;
	readonly daysInWindow: number;
	readonly unreadableFiles: number;
	readonly unattributed: ReadonlyArray<{readonly kind: UnattributedKind; readonly events: number}>;
};

/** What the log itself shows of what its trail records, in the window and for the account. */
export type TrailCoverage = {
	/** UTC days of the window (YYYY-MM-DD) without any event of the account. */
	readonly missingDays: readonly string[];
	/** Regions with events. */
	readonly regions: readonly string[];
	readonly readOnlyEvents: boolean;
	readonly writeEvents: boolean;
	readonly kmsEvents: boolean;
	readonly rdsDataEvents: boolean;
	/** Data events by service (IAM prefix), most first. */
	readonly dataEvents: ReadonlyArray<{readonly service: string; readonly events: number}>;
	/** Names of the trails whose configuration was given, and is taken over what the log shows. */
	readonly configuration: readonly string[];
};

export type EventCount = {readonly eventSource: string; readonly eventName: string; readonly count: number};

/** One principal in full. */
export type PrincipalDetail = {
	readonly principal: PrincipalSummary;
	/** Sorted by `lower`. */
	readonly actions: readonly ActionRow[];
	/** The statements that grant an action of `actions`; computed when asked for. */
	grantedBy(row: ActionRow): readonly Grant[];
	/** Denied and not granted. */
	readonly attempted: ReadonlyArray<{readonly action: string; readonly denied: number}>;
	readonly noPermissionNeeded: readonly EventCount[];
	readonly unmapped: readonly EventCount[];
	/** Statements that IAM would reject, documents that are missing: said, in words. */
	readonly notes: readonly string[];
};

/** An account and window, evaluated once; every question after that is answered from memory. */
export type Analysis = {
	readonly account: {readonly id: string; readonly name: string | null};
	readonly window: Window;
	/** "IAM snapshot of 2026-01-31 08:15 UTC, 3 h old"; null where the snapshot does not say when it was taken. */
	readonly snapshotAge: string | null;
	readonly trail: TrailSummary;
	readonly coverage: TrailCoverage;
	readonly warnings: readonly Warning[];
	/** Log files that could not be read, each with its reason. */
	readonly unreadable: ReadonlyArray<{readonly path: string; readonly reason: string}>;
	/** Users (root first where it has events), then roles, each sorted by name. */
	readonly principals: readonly PrincipalSummary[];
	/** Events of attributed principals that map to no action, summed over the account. */
	readonly unmapped: readonly EventCount[];
	/** A principal in full; throws RangeError for an ARN that is not in `principals`. */
	principal(arn: string): PrincipalDetail;
	/** Every account of which the trail holds events in the window; of the whole trail where this one has none in it. */
	readonly accountsInTrail: readonly AccountInTrail[];
	/** The roles, of whichever account, that a user or role assumed in the window, most recent first; null where the source tells no callers. */
	rolesAssumed(arn: string): readonly AssumptionRow[] | null;
	/** A role in full, with the use of some of its sessions alone; throws RangeError as `principal` does. */
	inRole(arn: string, rows: readonly UsageRow[]): PrincipalDetail;
	/** Who may assume a role against who did, out of its sessions; throws RangeError as `principal` does. */
	trust(arn: string, usages: readonly SessionUsage[]): TrustJudgement;
	/** Events ("s3.amazonaws.com:ListBuckets") to fetch from the log before {@link explain}; throws RangeError as `principal` does. */
	eventsToLookFor(arn: string, action: string): readonly string[];
	/** All that the verdict on one action (any case) rests on; throws RangeError as `principal` does. */
	explain(arn: string, action: string, found: LogFindings): ActionEvidence;
	/**
	What becomes of a user's or role's policies without the marked actions. Words mark them: "unused", an action, a pattern, a service.
	Throws RangeError as `principal` does, UserError for root and for a word that marks nothing.
	*/
	plan(arn: string, marks: readonly string[]): RemediationPlan;
};
