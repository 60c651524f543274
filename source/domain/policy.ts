/**
A statement of an identity policy, a boundary or a service control policy in its normal form: lists where IAM allows a string.
Of `actions` and `notActions`, and of `resources` and `notResources`, exactly one is not null.
*/
export type Statement = {
	/** Index in the document, from 0. */
	readonly index: number;
	readonly sid: string | null;
	readonly effect: 'Allow' | 'Deny';
	readonly actions: readonly string[] | null;
	readonly notActions: readonly string[] | null;
	readonly resources: readonly string[] | null;
	readonly notResources: readonly string[] | null;
	/** The statement has a Condition with something in it. */
	readonly conditional: boolean;
};

/** Why IAM would reject a statement, or the whole document where `statement` is null. */
export type PolicyProblem = {
	/** Index in the document, from 0. */
	readonly statement: number | null;
	readonly sid: string | null;
	/** In words that complete "statement 2 …": "has the Effect \"allow\" …". */
	readonly reason: string;
};

/** A policy document read: the statements that count, and what was left out. */
export type ParsedPolicy = {
	readonly statements: readonly Statement[];
	readonly problems: readonly PolicyProblem[];
};

/** The elements a statement may have. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const statementElements: ReadonlySet<string> = new Set([
	'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
]);

/**
Reads an identity policy, a permissions boundary or a service control policy. Never throws: a statement that IAM would reject
is left out and named in `problems`, since IAM grants nothing through what it does not accept.
Element names and Effect values are case-sensitive (IAM answers "Unknown field statement" to a lower-case one), action names are not:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
*/
export function parsePolicy(document: unknown): ParsedPolicy {
	if (!isRecord(document)) {
		return rejectedDocument('is no JSON object');
	}

	const list = document.Statement;
	if (list === undefined) {
		return rejectedDocument('has no Statement');
	}

	const statements: Statement[] = [];
	const problems: PolicyProblem[] = [];
	for (const [index, value] of (Array.isArray(list) ? list as unknown[] : [list]).entries()) {
		const read = readStatement(value, index);
		if (typeof read === 'string') {
			problems.push({statement: index, sid: isRecord(value) ? textOrNull(value.Sid) : null, reason: read});
		} else {
			statements.push(read);
		}
	}

	return {statements, problems};
}

/** Whether a list of resources covers every resource. Only "*" itself is certain to. */
export function coversEveryResource(statement: Statement): boolean {
	return statement.resources?.includes('*') ?? false;
}

/** Whether "prefix:Name", in which only the name has wildcards, or everything ("*", "*:*"). */
function actionProblem(action: string): string | undefined {
	if (action === '*' || action === '*:*') {
		return undefined;
	}

	const colon = action.indexOf(':');
	if (colon === -1) {
		return `names the action "${action}" without a service prefix`;
	}

	const prefix = action.slice(0, colon);
	if (/[*?]/.test(prefix)) {
		return `has a wildcard in the service prefix of "${action}"`;
	}

	return prefix === '' || colon === action.length - 1 ? `names the action "${action}", which lacks a part` : undefined;
}

/** The statement in its normal form, or why IAM would reject it. */
function readStatement(value: unknown, index: number): Statement | string {
	if (!isRecord(value)) {
		return 'is no JSON object';
	}

	const unknownElement = Object.keys(value).find(key => !statementElements.has(key));
	if (unknownElement !== undefined) {
		return `has the unknown element "${unknownElement}"`;
	}

	if ('Principal' in value || 'NotPrincipal' in value) {
		return 'names a Principal, which only resource policies may';
	}

	const effect = value.Effect;
	if (effect !== 'Allow' && effect !== 'Deny') {
		return effect === undefined ? 'has no Effect' : `has the Effect ${JSON.stringify(effect)}, which is neither "Allow" nor "Deny"`;
	}

	const actions = readEither(value, 'Action', 'NotAction');
	if (typeof actions === 'string') {
		return actions;
	}

	const resources = readEither(value, 'Resource', 'NotResource');
	if (typeof resources === 'string') {
		return resources;
	}

	const badAction = actions.list.map(action => actionProblem(action)).find(problem => problem !== undefined);
	if (badAction !== undefined) {
		return badAction;
	}

	const condition = value.Condition;
	if (condition !== undefined && !isRecord(condition)) {
		return 'has a Condition that is no JSON object';
	}

	return {
		index,
		sid: textOrNull(value.Sid),
		effect,
		actions: actions.negated ? null : actions.list,
		notActions: actions.negated ? actions.list : null,
		resources: resources.negated ? null : resources.list,
		notResources: resources.negated ? resources.list : null,
		conditional: condition !== undefined && Object.keys(condition).length > 0,
	};
}

/** The list under an element or under its negation; a reason where both, neither, or no strings stand there. */
function readEither(statement: Record<string, unknown>, name: string, negation: string): {list: readonly string[]; negated: boolean} | string {
	const negated = negation in statement;
	if (name in statement === negated) {
		return `has ${negated ? 'both' : 'neither'} ${name} ${negated ? 'and' : 'nor'} ${negation}`;
	}

	const key = negated ? negation : name;
	const value = statement[key];
	const list: unknown[] = Array.isArray(value) ? value : [value];
	const texts = list.filter(item => typeof item === 'string');
	if (texts.length !== list.length) {
		return `has ${key} with something that is no string`;
	}

	return texts.length === 0 ? `has an empty ${key}` : {list: texts, negated};
}

function rejectedDocument(reason: string): ParsedPolicy {
	return {statements: [], problems: [{statement: null, sid: null, reason}]};
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
