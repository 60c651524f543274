import type {AttachedPolicy, IamGroup, IamRole, IamSnapshot, IamUser, InlinePolicy, ManagedPolicy} from '../domain/snapshot.js';
import type {Warning} from '../domain/warning.js';
import {documentOf, instantOf, isObject, objectsOf, textOf, type Json} from '../lib/json-fields.js';
import {lastOf} from './credentials-used.js';

/** The lists of a page. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const entityLists = ['UserDetailList', 'RoleDetailList', 'GroupDetailList'] as const;
export const allLists = [...entityLists, 'Policies'] as const;
const listWords = {UserDetailList: 'users', RoleDetailList: 'roles', GroupDetailList: 'groups', Policies: 'managed policies'} as const;

/** Whether a page of the file is one of get-account-authorization-details: it has at least one of the lists. */
export function isDetailsPage(page: Json): boolean {
	return allLists.some(list => Array.isArray(page[list]));
}

/** The account that a page names (`iam snapshot` writes it), else the one that most of its ARNs belong to; null when none names one. AWS's own policies have the account "aws". */
export function accountOfPages(pages: readonly Json[]): string | null {
	const named = pages.map(page => /^\d{12}$/.exec(textOf(page.AccountId) ?? '')?.[0]).find(id => id !== undefined);
	if (named !== undefined) {
		return named;
	}

	const counts = new Map<string, number>();
	for (const entity of pages.flatMap(page => allLists.flatMap(list => objectsOf(page[list])))) {
		const account = /^arn:[^:]*:iam::(\d{12}):/.exec(textOf(entity.Arn) ?? '')?.[1];
		if (account) {
			counts.set(account, (counts.get(account) ?? 0) + 1);
		}
	}

	return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Reads the pages into a snapshot. What is missing or unreadable is said in `warnings`; nothing is guessed. */
export function readDetails(pages: readonly Json[], accountId: string): IamSnapshot {
	const warnings = pages.flatMap(page => objectsOf(page.Warnings)).flatMap(entry => warningOf(entry));
	for (const list of allLists) {
		if (!pages.some(page => Array.isArray(page[list]))) {
			warnings.push({code: 'iam-missing-list', message: `The IAM snapshot has no ${list}: it knows no ${listWords[list]}`});
		}
	}

	const reader = createEntityReader(warnings);
	const takenAt = pages.map(page => instantOf(page.TakenAt)).find(instant => instant !== null) ?? undefined;
	const all = (list: typeof allLists[number]): readonly Json[] => pages.flatMap(page => objectsOf(page[list]));
	return {
		accountId,
		users: mergedByArn(all('UserDetailList').map(entity => reader.user(entity)), mergePrincipals),
		roles: mergedByArn(all('RoleDetailList').map(entity => reader.role(entity)), mergePrincipals),
		groups: mergedByArn(all('GroupDetailList').map(entity => reader.group(entity)), mergeEntities),
		policies: mergedByArn(all('Policies').map(entity => reader.policy(entity)), (first, second) => first.document === null ? second : first),
		...takenAt !== undefined && {takenAt},
		warnings,
	};
}

/** A warning that `iam snapshot` wrote: what could not be had. */
function warningOf({code, message}: Json): Warning[] {
	return typeof code === 'string' && typeof message === 'string' ? [{code, message}] : [];
}

/** What `iam snapshot` adds to a user; the AWS CLI's own output has no such key. */
function credentialsUsed(value: unknown): Pick<IamUser, 'credentialsUsed'> {
	if (!isObject(value)) {
		return {};
	}

	const keys: readonly unknown[] = Array.isArray(value.AccessKeys) ? value.AccessKeys : [];
	return {credentialsUsed: lastOf({password: instantOf(value.Password), keys: keys.map(key => instantOf(key)), complete: value.Complete === true})};
}

type Reader = {
	user(entity: Json): IamUser | null;
	role(entity: Json): IamRole | null;
	group(entity: Json): IamGroup | null;
	policy(entity: Json): ManagedPolicy | null;
};

function createEntityReader(warnings: Warning[]): Reader {
	const document = (value: unknown, what: string): unknown => {
		const read = documentOf(value);
		if (read === null) {
			warnings.push({code: 'iam-bad-document', message: `${what} is no JSON object: it is left out`});
		}

		return read;
	};

	/** What users, roles and groups have in common; null (and said) without an ARN. */
	const common = (entity: Json, kind: 'User' | 'Role' | 'Group'): IamGroup | null => {
		const arn = textOf(entity.Arn);
		if (arn === null) {
			warnings.push({code: 'iam-no-arn', message: `The ${kind.toLowerCase()} ${textOf(entity[`${kind}Name`]) ?? 'without a name'} has no Arn in the IAM snapshot: it is left out`});
			return null;
		}

		const name = textOf(entity[`${kind}Name`]) ?? arn.slice(arn.lastIndexOf('/') + 1);
		return {
			arn,
			name,
			path: textOf(entity.Path) ?? /:(?:user|role|group)(\/(?:.*\/)?)/.exec(arn)?.[1] ?? '/',
			inlinePolicies: objectsOf(entity[`${kind}PolicyList`]).map((policy): InlinePolicy => {
				const policyName = textOf(policy.PolicyName) ?? 'without a name';
				return {name: policyName, document: document(policy.PolicyDocument, `The inline policy ${policyName} of ${kind.toLowerCase()} ${name}`)};
			}),
			attachedPolicies: objectsOf(entity.AttachedManagedPolicies).flatMap((policy): AttachedPolicy[] => {
				const policyArn = textOf(policy.PolicyArn);
				return policyArn === null ? [] : [{name: textOf(policy.PolicyName) ?? policyArn.slice(policyArn.lastIndexOf('/') + 1), arn: policyArn}];
			}),
		};
	};

	const boundaryOf = (entity: Json): string | null => textOf(objectsOf([entity.PermissionsBoundary])[0]?.PermissionsBoundaryArn);

	return {
		user(entity) {
			const read = common(entity, 'User');
			const groups: unknown[] = Array.isArray(entity.GroupList) ? entity.GroupList : [];
			return read && {
				...read, kind: 'user', id: textOf(entity.UserId), created: instantOf(entity.CreateDate), boundaryArn: boundaryOf(entity),
				groups: groups.filter(group => typeof group === 'string'),
				...credentialsUsed(entity.CredentialsLastUsed),
			};
		},
		role(entity) {
			const read = common(entity, 'Role');
			return read && {
				...read, kind: 'role', id: textOf(entity.RoleId), created: instantOf(entity.CreateDate), boundaryArn: boundaryOf(entity),
				lastUsed: instantOf(objectsOf([entity.RoleLastUsed])[0]?.LastUsedDate),
				trustPolicy: documentOf(entity.AssumeRolePolicyDocument),
			};
		},
		group: entity => common(entity, 'Group'),
		policy(entity) {
			const arn = textOf(entity.Arn);
			if (arn === null) {
				return null;
			}

			const name = textOf(entity.PolicyName) ?? arn.slice(arn.lastIndexOf('/') + 1);
			const versions = objectsOf(entity.PolicyVersionList);
			const version = versions.find(({IsDefaultVersion}) => IsDefaultVersion === true)
				?? versions.find(({VersionId}) => VersionId !== undefined && VersionId === entity.DefaultVersionId);
			return {name, arn, document: version?.Document === undefined ? null : document(version.Document, `The document of policy ${name} (${arn})`)};
		},
	};
}

/** Entities with the same ARN (overlapping pages) become one; those that could not be read are left out. */
function mergedByArn<T extends {readonly arn: string}>(entities: ReadonlyArray<T | null>, merge: (first: T, second: T) => T): T[] {
	const merged = new Map<string, T>();
	for (const entity of entities) {
		if (entity) {
			const first = merged.get(entity.arn);
			merged.set(entity.arn, first ? merge(first, entity) : entity);
		}
	}

	return [...merged.values()];
}

function mergePrincipals<T extends IamUser | IamRole>(first: T, second: T): T {
	return {
		...mergeEntities(first, second),
		id: first.id ?? second.id,
		created: first.created ?? second.created,
		boundaryArn: first.boundaryArn ?? second.boundaryArn,
		...(first.kind === 'user' && second.kind === 'user' ? {groups: [...new Set([...first.groups, ...second.groups])], ...credentialsOf(first.credentialsUsed ? first : second)} : {}),
		...(first.kind === 'role' && second.kind === 'role' ? {lastUsed: first.lastUsed ?? second.lastUsed} : {}),
	};
}

const credentialsOf = ({credentialsUsed: used}: IamUser): Pick<IamUser, 'credentialsUsed'> => used ? {credentialsUsed: used} : {};

function mergeEntities<T extends IamGroup>(first: T, second: T): T {
	return {
		...first,
		inlinePolicies: mergeBy(first.inlinePolicies, second.inlinePolicies, policy => policy.name),
		attachedPolicies: mergeBy(first.attachedPolicies, second.attachedPolicies, policy => policy.arn),
	};
}

function mergeBy<T>(first: readonly T[], second: readonly T[], key: (item: T) => string): T[] {
	const keys = new Set(first.map(item => key(item)));
	return [...first, ...second.filter(item => !keys.has(key(item)))];
}
