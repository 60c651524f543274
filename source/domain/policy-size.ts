import type {RawStatement} from './remediation-document.js';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: characters, white space not counted. Inline policies count in sum.
const inlineLimits = {user: 2048, group: 5120, role: 10_240} as const;

/** Characters that one managed policy may have. */
export const managedLimit = 6144;

/** Managed policies that may be attached to a user, group or role: by default, and at most on request. */
export const attachedLimit = {byDefault: 10, atMost: 20} as const;

/** Characters that the inline policies of a user, group or role may have in sum. */
export function inlineLimit(kind: 'user' | 'group' | 'role'): number {
	return inlineLimits[kind];
}

/** The size of a policy as IAM counts it, or a little more: blanks inside a text are counted. */
export function policySize(document: unknown): number {
	return JSON.stringify(document)?.length ?? 0;
}

const sizeOf = (version: unknown, statements: readonly RawStatement[]): number => policySize(documentOf(version, statements));

/** A document of some statements; without a Version where there was none. */
export function documentOf(version: unknown, statements: readonly RawStatement[]): RawStatement {
	return {...version === undefined ? {} : {Version: version}, Statement: statements};
}

/** A statement too large for a document, in two; none where its list of actions cannot be parted (NotAction, or a single one). */
function halves(statement: RawStatement): readonly RawStatement[] {
	const {Sid: _, ...unnamed} = statement;
	const actions = statement.Action;
	if (!Array.isArray(actions) || actions.length < 2) {
		return [];
	}

	const middle = Math.ceil(actions.length / 2);
	return [{...statement, Action: actions.slice(0, middle) as unknown[]}, {...unnamed, Action: actions.slice(middle) as unknown[]}];
}

/** The statements, none larger alone than a document may be; undefined where one cannot be parted. */
function parted(version: unknown, statement: RawStatement, limit: number): readonly RawStatement[] | undefined {
	if (sizeOf(version, [statement]) <= limit) {
		return [statement];
	}

	const parts = halves(statement).map(half => parted(version, half, limit));
	return parts.length === 0 || parts.includes(undefined) ? undefined : parts.flatMap(part => part ?? []);
}

/** The statements as documents that each have at most `limit` characters, first fit; undefined where one statement alone is larger and cannot be parted. */
export function splitStatements(version: unknown, statements: readonly RawStatement[], limit: number): ReadonlyArray<readonly RawStatement[]> | undefined {
	const pieces = statements.map(statement => parted(version, statement, limit));
	if (pieces.includes(undefined)) {
		return undefined;
	}

	const documents: Array<{statements: RawStatement[]; size: number}> = [];
	const empty = sizeOf(version, []);
	for (const piece of pieces.flatMap(part => part ?? [])) {
		// A comma stands between two statements.
		const more = policySize(piece) + 1;
		const fitting = documents.find(({size}) => size + more <= limit);
		if (fitting) {
			fitting.statements.push(piece);
			fitting.size += more;
		} else {
			documents.push({statements: [piece], size: empty + more});
		}
	}

	return documents.map(document => document.statements);
}
