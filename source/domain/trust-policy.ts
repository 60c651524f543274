/** Whom a trust policy lets in: what is written beside Principal, and under which kind. */
export type TrustedKind = 'user' | 'role' | 'session' | 'account' | 'service' | 'federated' | 'anyone' | 'deleted' | 'other';

/** One principal that a role's trust policy names. */
export type Trusted = {
	readonly kind: TrustedKind;
	/** As written; an account's id as the ARN of its root. */
	readonly principal: string;
	/** Twelve digits; null for services, providers and everybody. */
	readonly account: string | null;
	/** The condition keys of its statements, sorted: shown, not judged. Empty where one statement has no Condition. */
	readonly conditions: readonly string[];
};

/** A role's trust policy, read. */
export type TrustPolicy = {
	readonly trusted: readonly Trusted[];
	/** What the policy has beside plain Allow statements of principals, in words: such a policy may let in fewer or more. */
	readonly notes: readonly string[];
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value as unknown[] : [value]).filter(item => typeof item === 'string');

/** The calls that open a session. */
const openings = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Whether an Action pattern reaches one of the calls that open a session. */
function opens(pattern: string): boolean {
	const escaped = pattern.toLowerCase().replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*').replaceAll('?', '.');
	return openings.some(action => new RegExp(`^${escaped}$`).test(action));
}

function opensSession({Action, NotAction}: Record<string, unknown>): boolean {
	return NotAction === undefined ? textsOf(Action).some(pattern => opens(pattern)) : !textsOf(NotAction).some(pattern => opens(pattern));
}

/** What an ARN names, by how its resource begins. */
const resourceKinds: ReadonlyArray<readonly [head: string, kind: TrustedKind]> = [['root', 'account'], ['user/', 'user'], ['role/', 'role'], ['assumed-role/', 'session']];

/** The partition of a role's ARN stands for that of an account that is given by its id. */
function trustedOf(element: string, text: string, partition: string): Pick<Trusted, 'kind' | 'principal' | 'account'> {
	if (text === '*') {
		return {kind: 'anyone', principal: '*', account: null};
	}

	if (element !== 'AWS') {
		const kinds: Readonly<Record<string, TrustedKind>> = {Service: 'service', Federated: 'federated'};
		return {kind: kinds[element] ?? 'other', principal: text, account: null};
	}

	if (/^\d{12}$/.test(text)) {
		return {kind: 'account', principal: `arn:${partition}:iam::${text}:root`, account: text};
	}

	// IAM puts the unique id in the place of a principal that was deleted: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
	if (/^A(?:IDA|ROA)[A-Z\d]+$/.test(text)) {
		return {kind: 'deleted', principal: text, account: null};
	}

	const [, account = '', resource = ''] = /^arn:[^:]*:[^:]*::(\d{12}):(.+)$/.exec(text) ?? [];
	const kind = resourceKinds.find(([head]) => resource.startsWith(head))?.[1] ?? 'other';
	return {kind, principal: text, account: account === '' ? null : account};
}

/** A principal that one statement lets in without a Condition is let in without one. */
function joined(before: readonly string[], conditions: readonly string[]): string[] {
	return before.length === 0 || conditions.length === 0 ? [] : [...new Set([...before, ...conditions])].toSorted();
}

function conditionKeys(condition: unknown): string[] {
	return isRecord(condition) ? Object.values(condition).flatMap(operands => isRecord(operands) ? Object.keys(operands) : []) : [];
}

function principalsOf(principal: unknown): Array<readonly [element: string, text: string]> {
	return isRecord(principal) ? Object.entries(principal).flatMap(([element, value]) => textsOf(value).map(text => [element, text] as const)) : textsOf(principal).map(text => ['AWS', text] as const);
}

/**
Reads whom a role's trust policy lets in. Conditions are shown, not judged; what a Deny takes away is said, and not subtracted.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
*/
export function readTrustPolicy(document: unknown, roleArn: string): TrustPolicy {
	const partition = roleArn.split(':')[1] ?? 'aws';
	const statements: unknown = isRecord(document) ? document.Statement : undefined;
	if (statements === undefined) {
		return {trusted: [], notes: ['the snapshot holds no trust policy of this role']};
	}

	const trusted = new Map<string, Trusted>();
	const notes: string[] = [];
	for (const [index, statement] of (Array.isArray(statements) ? statements as unknown[] : [statements]).entries()) {
		if (!isRecord(statement) || !opensSession(statement)) {
			continue;
		}

		if (statement.Effect !== 'Allow') {
			notes.push(`statement ${index} is a Deny: it may keep out some of those that are listed`);
			continue;
		}

		if (statement.NotPrincipal !== undefined) {
			notes.push(`statement ${index} allows everybody but its NotPrincipal`);
		}

		const named = statement.NotPrincipal === undefined ? principalsOf(statement.Principal) : [['AWS', '*'] as const];
		const conditions = conditionKeys(statement.Condition);
		for (const [element, text] of named) {
			const one = trustedOf(element, text, partition);
			const before = trusted.get(one.principal);
			trusted.set(one.principal, {...one, conditions: before ? joined(before.conditions, conditions) : [...new Set(conditions)].toSorted()});
		}
	}

	return {trusted: [...trusted.values()], notes};
}
