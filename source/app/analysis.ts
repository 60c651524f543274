import type {AccessLevel} from '../domain/action.js';
import type {Grant} from '../domain/grants.js';
import type {Verdict} from '../domain/verdict.js';
import type {Warning} from '../domain/warning.js';
import type {Window} from '../domain/window.js';

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

export type UnattributedKind = 'service' | 'other-account' | 'no-identity' | 'deleted';

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
};

/** One line of a principal: an action and what is known of it. */
export type ActionRow = {
	/** Canonical spelling, or as the policy writes it where the catalog does not know it. */
	readonly action: string;
	/** `action` in lower case: what is printed, sorted and filtered by. */
	readonly lower: string;
	readonly verdict: Verdict;
	readonly reasonCode: string;
	readonly reason: string;
	/** Events that prove the use, failed ones included, denied ones not. */
	readonly count: number;
	/** Of those, the ones that failed after authorization. */
	readonly failed: number;
	readonly denied: number;
	readonly firstUsed: string | null;
	readonly lastUsed: string | null;
	/** "s3.amazonaws.com:ListBuckets" */
	readonly events: readonly string[];
	readonly deniedInPart: boolean;
	readonly blockedBy: readonly string[];
	/** Null where the catalog does not know the action. */
	readonly accessLevel: AccessLevel | null;
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
	readonly trail: TrailSummary;
	readonly warnings: readonly Warning[];
	/** Log files that could not be read, each with its reason. */
	readonly unreadable: ReadonlyArray<{readonly path: string; readonly reason: string}>;
	/** Users (root first where it has events), then roles, each sorted by name. */
	readonly principals: readonly PrincipalSummary[];
	/** Events of attributed principals that map to no action, summed over the account. */
	readonly unmapped: readonly EventCount[];
	/** A principal in full; throws RangeError for an ARN that is not in `principals`. */
	principal(arn: string): PrincipalDetail;
};
