import type {Warning} from './warning.js';

/** A policy attached by ARN. */
export type AttachedPolicy = {readonly name: string; readonly arn: string};

/** A policy that lives inside a user, group or role. `document` is the parsed JSON, unjudged. */
export type InlinePolicy = {readonly name: string; readonly document: unknown};

type Entity = {
	readonly arn: string;
	readonly name: string;
	readonly path: string;
	readonly inlinePolicies: readonly InlinePolicy[];
	readonly attachedPolicies: readonly AttachedPolicy[];
};

type PrincipalEntity = Entity & {
	/** UserId or RoleId (AIDA…, AROA…); null where the snapshot lacks it. */
	readonly id: string | null;
	/** ISO 8601 UTC with Z; null where the snapshot lacks it. */
	readonly created: string | null;
	/** ARN of the permissions boundary; null without one. */
	readonly boundaryArn: string | null;
};

/** When a user's password or access keys were last used, as IAM says. */
export type CredentialsUsed = {
	/** ISO 8601 UTC with Z; null when IAM knows of no use. */
	readonly last: string | null;
	/** What was used then; null without a use. */
	readonly by: 'password' | 'access key' | null;
	/** Whether the password and every key were asked for: only then is `last` the last of all. */
	readonly complete: boolean;
};

export type IamUser = PrincipalEntity & {
	readonly kind: 'user';
	/** Names of the groups the user is in. */
	readonly groups: readonly string[];
	/** Left out where nobody asked: a snapshot alone does not hold it. */
	readonly credentialsUsed?: CredentialsUsed;
};

export type IamRole = PrincipalEntity & {
	readonly kind: 'role';
	/** RoleLastUsed of the snapshot: the instant (ISO 8601 UTC with Z); null when IAM gave none. */
	readonly lastUsed: string | null;
	/** The parsed trust policy, unjudged. */
	readonly trustPolicy: unknown;
};

export type IamPrincipal = IamUser | IamRole;

export type IamGroup = Entity;

export type ManagedPolicy = {
	readonly name: string;
	readonly arn: string;
	/** The default version's parsed document; null when the snapshot does not hold it. */
	readonly document: unknown;
};

/** An account's IAM as it was when the snapshot was taken. */
export type IamSnapshot = {
	/** Twelve digits. */
	readonly accountId: string;
	readonly users: readonly IamUser[];
	readonly roles: readonly IamRole[];
	readonly groups: readonly IamGroup[];
	readonly policies: readonly ManagedPolicy[];
	/** When it was taken (ISO 8601 UTC with Z); left out where its file does not say. */
	readonly takenAt?: string;
	/** What the loader had to say: missing lists, a document that is no JSON. */
	readonly warnings: readonly Warning[];
};
