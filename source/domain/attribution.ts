import type {IamSnapshot} from './snapshot.js';
import type {UsageRow} from './usage.js';

/** Why events belong to none of the account's principals. */
export type UnattributedKind = 'service' | 'other-account' | 'no-identity' | 'deleted';

/** Whose an event is: a principal of the snapshot (or its root), nobody's, or not an event of its own at all. */
export type Attribution
	= | {readonly kind: 'principal'; readonly arn: string}
		| {readonly kind: UnattributedKind}
		| {readonly kind: 'not-counted'};

/** An identity CloudTrail hides because the user name may hold a password (CloudTrail user guide, "AWS Management Console sign-in events"). */
const hiddenName = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** Event types that are no calls of a principal (CloudTrail user guide, "CloudTrail record contents", eventType). */
const notCalls = new Set(['AwsCloudTrailInsight', 'AwsCloudTrailDigest', 'AwsCloudTrailAggregatedEvent']);

const serviceKind = {kind: 'service'} as const;
const noIdentity = {kind: 'no-identity'} as const;
const deleted = {kind: 'deleted'} as const;
const otherAccount = {kind: 'other-account'} as const;
const notCounted = {kind: 'not-counted'} as const;

const accountOf = (arn: string): string | undefined => arn.split(':')[4];

/** ARN of the account's root user, in the partition that the snapshot's ARNs are in. */
export function rootArn(snapshot: IamSnapshot): string {
	const partition = (snapshot.users[0] ?? snapshot.roles[0])?.arn.split(':')[1] ?? 'aws';
	return `arn:${partition}:iam::${snapshot.accountId}:root`;
}

/** Whether a row repeats an API call at a VPC endpoint (CloudTrail user guide, "Logging network activity events"). */
export const isRepeat = (row: UsageRow): boolean =>
	row.eventCategory === 'NetworkActivity' || row.eventType === 'AwsVpceEvent' || row.eventType === 'AwsVpceEvents';

/** Unique IDs of users start with AIDA, of roles with AROA (IAM user guide, "IAM identifiers"): only those tell two principals apart. */
const uniqueId = (id: string | null): string | null => id !== null && /^A(IDA|ROA)[A-Z\d]+$/.test(id) ? id : null;

/** Whether a row is of records that are no calls: insights, digests, aggregated events. */
export const isNoCall = (row: UsageRow): boolean => notCalls.has(row.eventType ?? '') || row.eventCategory === 'Insight' || row.eventCategory === 'Aggregated';

/** Builds the function that says whose a usage row is, for one snapshot. */
export function createAttribution(snapshot: IamSnapshot): (row: UsageRow) => Attribution {
	const root = {kind: 'principal', arn: rootArn(snapshot)} as const;
	const byArn = new Map<string, {readonly id: string | null; readonly found: Attribution}>();
	const userByName = new Map<string, string>();
	const roleByName = new Map<string, string>();
	for (const principal of [...snapshot.users, ...snapshot.roles]) {
		byArn.set(principal.arn, {id: principal.id, found: {kind: 'principal', arn: principal.arn}});
		(principal.kind === 'user' ? userByName : roleByName).set(principal.name, principal.arn);
	}

	/** Two ids that differ are two principals that had the same name one after the other. */
	const known = (arn: string, id: string | null): Attribution => {
		const entry = byArn.get(arn);
		if (!entry) {
			return deleted;
		}

		const [theirs, ours] = [uniqueId(id), uniqueId(entry.id)];
		return theirs !== null && ours !== null && theirs !== ours ? deleted : entry.found;
	};

	const byArnOf = (arn: string, id: string | null): Attribution => {
		if (accountOf(arn) !== snapshot.accountId) {
			return otherAccount;
		}

		return arn.endsWith(':root') ? root : known(arn, id);
	};

	const user = (row: UsageRow): Attribution => {
		if (row.identityArn !== null) {
			return byArnOf(row.identityArn, row.principalId);
		}

		if (row.userName === null || row.userName === hiddenName) {
			return noIdentity;
		}

		if ((row.identityAccount ?? row.recipientAccount) !== snapshot.accountId) {
			return otherAccount;
		}

		const arn = userByName.get(row.userName);
		return arn === undefined ? deleted : known(arn, row.principalId);
	};

	const role = (row: UsageRow): Attribution => {
		if (row.issuerArn !== null) {
			return byArnOf(row.issuerArn, row.issuerId ?? row.principalId);
		}

		if (row.identityArn === null) {
			return noIdentity;
		}

		if (accountOf(row.identityArn) !== snapshot.accountId) {
			return otherAccount;
		}

		const [resource, name] = row.identityArn.split(':').slice(5).join(':').split('/');
		if (resource === 'role') {
			return known(row.identityArn, row.principalId);
		}

		// The assumed-role ARN has the role's name but not its path; names are unique within an account.
		const arn = name === undefined ? undefined : roleByName.get(name);
		return arn === undefined ? deleted : known(arn, row.principalId);
	};

	const identity = (row: UsageRow): Attribution => {
		switch (row.identityType) {
			case 'IAMUser': {
				return user(row);
			}

			case 'AssumedRole':
			case 'Role': {
				return role(row);
			}

			case 'FederatedUser': {
				return row.issuerArn === null ? noIdentity : byArnOf(row.issuerArn, row.issuerId);
			}

			case 'Root': {
				const account = row.identityAccount ?? (row.identityArn === null ? undefined : accountOf(row.identityArn));
				if (account === undefined) {
					return noIdentity;
				}

				return account === snapshot.accountId ? root : otherAccount;
			}

			case 'AWSService': {
				return serviceKind;
			}

			case 'AWSAccount': {
				return otherAccount;
			}

			// SAMLUser, WebIdentityUser, IdentityCenterUser, Directory, Unknown, no identity at all.
			default: {
				return noIdentity;
			}
		}
	};

	return row => {
		if (isNoCall(row)) {
			return notCounted;
		}

		if (isRepeat(row) && row.errorCode !== 'VpceAccessDenied') {
			return notCounted;
		}

		return row.eventType === 'AwsServiceEvent' ? serviceKind : identity(row);
	};
}
