import type {LastAccessed} from './last-accessed.js';
import type {TrailSettings} from './trail-config.js';
import type {Warning} from './warning.js';

/**
One group of a usage query: events of one identity, event and outcome. The engine groups, the domain judges.
Strings are null where the log has none (an empty string counts as none).
*/
export type UsageRow = {
	/** userIdentity.type */
	readonly identityType: string | null;
	/** userIdentity.arn; null where there is a session issuer; for a role session without issuer cut to "arn:…:assumed-role/NAME". */
	readonly identityArn: string | null;
	/** userIdentity.accountId */
	readonly identityAccount: string | null;
	/** userIdentity.principalId up to the first ":" */
	readonly principalId: string | null;
	/** userIdentity.userName; null where there is an arn or a session issuer */
	readonly userName: string | null;
	/** userIdentity.sessionContext.sessionIssuer.arn */
	readonly issuerArn: string | null;
	/** userIdentity.sessionContext.sessionIssuer.type */
	readonly issuerType: string | null;
	/** userIdentity.sessionContext.sessionIssuer.principalId */
	readonly issuerId: string | null;
	readonly recipientAccount: string | null;
	readonly eventSource: string;
	readonly eventName: string;
	/** eventType: AwsApiCall, AwsServiceEvent, AwsConsoleSignIn, … */
	readonly eventType: string | null;
	/** eventCategory: Management, Data, NetworkActivity, Insight */
	readonly eventCategory: string | null;
	readonly managementEvent: boolean | null;
	readonly readOnly: boolean | null;
	readonly errorCode: string | null;
	/** Whether there was an error message. */
	readonly hasErrorMessage: boolean;
	/** The word after "is not authorized to perform: " in the error message, as it stands there. */
	readonly deniedAction: string | null;
	/** Whether the error message says "is not authorized to perform" or "explicit deny". */
	readonly messageDenies: boolean;
	/** responseElements.ConsoleLogin (or SwitchRole, ExitRole, …) said "Failure". */
	readonly signInFailed: boolean;
	/** requestParameters.serviceNamespace, for sources that several services share. */
	readonly serviceNamespace: string | null;
	/** tlsDetails.clientProvidedHostHeader, for sources that several services share. */
	readonly clientHost: string | null;
	/** An sts call that passed session tags. */
	readonly sessionTags: boolean;
	/** An sts call that set a source identity. */
	readonly sourceIdentity: boolean;
	/** Number of events, each eventID once. */
	readonly count: number;
	/** First and last event time, ISO 8601 UTC with Z. */
	readonly first: string;
	readonly last: string;
};

/** How often a role was assumed by one caller: successful sts:AssumeRole* events by requestParameters.roleArn. */
export type AssumptionRow = {
	readonly roleArn: string;
	/** ARN of the user or role that called; null where the log names none. */
	readonly caller: string | null;
	readonly count: number;
	readonly first: string;
	readonly last: string;
};

/** An account seen in the trail inside the window. */
export type AccountInTrail = {
	/** recipientAccountId */
	readonly accountId: string;
	readonly events: number;
	readonly firstEvent: string;
	readonly lastEvent: string;
};

/** What a source tells about one account and window. */
export type Usage = {
	/** "files", "athena", … */
	readonly source: string;
	/** Path, table or index that was read. */
	readonly location: string;
	/** Events whose identity or recipient is the account. */
	readonly rows: readonly UsageRow[];
	readonly assumptions: readonly AssumptionRow[];
	/** Every account the trail holds in the window, the asked one too. */
	readonly accounts: readonly AccountInTrail[];
	/** UTC days (YYYY-MM-DD, sorted) of the window with at least one event received by the account. */
	readonly days: readonly string[];
	/** Regions (sorted) of those events; empty where the source cannot tell. */
	readonly regions: readonly string[];
	/** Where the account has no event in the window: every account of the whole trail, whatever the window. Else empty. */
	readonly elsewhere: readonly AccountInTrail[];
	/** Log files that could not be read, each with its reason. */
	readonly unreadable: ReadonlyArray<{readonly path: string; readonly reason: string}>;
	/** Log files the trail holds, read or not. */
	readonly files: number;
	readonly warnings: readonly Warning[];
	/** What CloudTrail itself tells of the trails that write here, without their selectors; left out where it was not asked. */
	readonly trailSettings?: readonly TrailSettings[];
	/** What IAM itself says of the last use, beside these events; or alone, where the source is "last-accessed". */
	readonly lastAccessed?: LastAccessed;
};
