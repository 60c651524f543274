import type {EventSample, SampledRow} from '../../domain/evidence.js';
import {isObject, type Json, textOf} from '../../lib/json-fields.js';
import {sharedSources} from '../query.js';
import {type Column, signInElements} from './columns.js';

/** What is known of a group of events or of one: values as the index or a document gave them. */
export type Values = Readonly<Partial<Record<Column, unknown>>>;

/** What a group's values cannot say and its filters do. */
export type Flags = {readonly signInFailed: boolean; readonly sessionTags: boolean; readonly sourceIdentity: boolean};

/** How many, and when: ms since 1970. */
export type Span = {readonly count: number; readonly first: number; readonly last: number};

const phrase = 'is not authorized to perform';

/** Longest part of an error message that is read (CloudTrail writes 1 KB). */
const messageHead = 1024;

export const dayMs = 86_400_000;

/** "2026-03-01T10:00:00Z" */
export function instant(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The part before the first mark, or all of it. */
function before(text: string, mark: string): string {
	const at = text.indexOf(mark);
	return at === -1 ? text : text.slice(0, at);
}

/** "arn:…:assumed-role/NAME/SESSION" without the session; other ARNs as they are. */
export function withoutSession(arn: string): string {
	const [, head] = /^(.*?:assumed-role\/[^/]*)\//.exec(arn) ?? [];
	return head ?? arn;
}

/** What an error message says of a refusal: "none", "denied" or "denied ACTION". */
export function denialOf(message: string): string {
	const head = message.slice(0, messageHead);
	const lower = head.toLowerCase();
	const at = head.indexOf(`${phrase}: `);
	const action = at === -1 ? '' : before(head.slice(at + phrase.length + 2), ' ');
	return lower.includes(phrase) || lower.includes('explicit deny') ? `denied ${action}`.trim() : 'none';
}

/** In China some services write their source with another ending; all questions know one. */
export function usualSource(source: string): string {
	return source.endsWith('.cn') ? source.replace('.amazonaws.com.cn', '.amazonaws.com') : source;
}

function flag(value: unknown): boolean | null {
	const known = String(value).toLowerCase();
	return known === 'true' ? true : (known === 'false' ? false : null);
}

/** An account id; where an index holds it as a number its zeros in front are lost. */
export function account(value: unknown): string | null {
	return typeof value === 'number' ? String(value).padStart(12, '0') : textOf(value);
}

/** The principal's id without the session's name. A role session's is that of its issuer, a federated user's the account's. */
function principalOf(values: Values, issuerArn: string | null): string | null {
	const known = textOf(values.foldedPrincipalId) ?? textOf(values.principalId);
	if (known !== null || issuerArn === null || 'principalId' in values || 'foldedPrincipalId' in values) {
		return known === null ? null : before(known, ':');
	}

	return values.identityType === 'FederatedUser' ? account(values.identityAccount) : textOf(values.issuerId);
}

/** The row of a group; undefined for one without source or name. */
export function rowOf(values: Values, flags: Flags, span: Span, sample: EventSample): SampledRow | undefined {
	const eventSource = textOf(values.eventSource);
	const eventName = textOf(values.eventName);
	if (eventSource === null || eventName === null) {
		return undefined;
	}

	const source = usualSource(eventSource);
	const issuerArn = textOf(values.issuerArn);
	const arn = textOf(values.foldedArn) ?? textOf(values.arn);
	const message = textOf(values.errorMessage);
	const denial = textOf(values.denial) ?? (message === null ? null : denialOf(message));
	const isShared = sharedSources.includes(source);
	return {
		identityType: textOf(values.identityType),
		identityArn: issuerArn === null && arn !== null ? withoutSession(arn) : null,
		identityAccount: account(values.identityAccount),
		principalId: principalOf(values, issuerArn),
		userName: issuerArn === null && arn === null ? textOf(values.userName) : null,
		issuerArn,
		issuerType: textOf(values.issuerType),
		issuerId: textOf(values.issuerId),
		recipientAccount: account(values.recipientAccount),
		eventSource: source,
		eventName,
		eventType: textOf(values.eventType),
		eventCategory: textOf(values.eventCategory),
		managementEvent: flag(values.managementEvent),
		readOnly: flag(values.readOnly),
		errorCode: textOf(values.errorCode),
		hasErrorMessage: denial !== null,
		deniedAction: denial?.startsWith('denied ') ? denial.slice('denied '.length) : null,
		messageDenies: denial?.startsWith('denied') ?? false,
		signInFailed: source === 'signin.amazonaws.com' && flags.signInFailed,
		serviceNamespace: isShared ? textOf(values.serviceNamespace) : null,
		clientHost: isShared ? textOf(values.clientHost) : null,
		sessionTags: source === 'sts.amazonaws.com' && flags.sessionTags,
		sourceIdentity: source === 'sts.amazonaws.com' && flags.sourceIdentity,
		count: span.count,
		first: instant(span.first),
		last: instant(span.last),
		sample,
	};
}

/** The value at a dotted path; documents may write "a.b" as one key, and lists stand for their first value. */
export function valueAt(value: unknown, path: string): unknown {
	if (Array.isArray(value)) {
		return value.map(item => valueAt(item, path)).find(found => found !== undefined && found !== null);
	}

	if (path === '') {
		return value;
	}

	if (!isObject(value)) {
		return undefined;
	}

	if (Object.hasOwn(value, path)) {
		return valueAt(value[path], '');
	}

	for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
		const head = path.slice(0, dot);
		const found = Object.hasOwn(value, head) ? valueAt(value[head], path.slice(dot + 1)) : undefined;
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

function objectOf(value: unknown): Json | null {
	if (isObject(value)) {
		return value;
	}

	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : null;
		return isObject(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

/**
Request parameters or response elements: an object as it is, a text as JSON. Elastic's pipeline writes an object as Java does ("{a=b, c={d=e}}"),
which cannot be read back: then the original record is asked, where it was kept.
*/
export function nestedOf(value: unknown, original: unknown, name: 'requestParameters' | 'responseElements'): Json | null {
	return objectOf(value) ?? objectOf(objectOf(original)?.[name]);
}

/** What Java's text of an object tells of one key; undefined where it is no such text or lacks the key. Values end before a comma and a space: a session's name may hold commas. */
function javaValue(value: unknown, key: string): string | undefined {
	return typeof value === 'string' ? new RegExp(`[{ ]${key}=((?:[^,}]|,(?! ))*)`).exec(value)?.[1] : undefined;
}

/** Text of a parameter that stands in the parameters themselves, or in what Java made of them. */
export function parameterOf(parameters: Json | null, written: unknown, key: string): string | null {
	return textOf(parameters ? parameters[key] : javaValue(written, key));
}

/** What request parameters and response elements tell about one event. */
export function flagsOf(parameters: Json | null, elements: Json | null, written: {readonly parameters: unknown; readonly elements: unknown}): Flags {
	const [tag] = Array.isArray(parameters?.tags) ? parameters.tags as unknown[] : [];
	return {
		signInFailed: elements ? Object.values(elements).includes('Failure') : signInElements.some(name => javaValue(written.elements, name) === 'Failure'),
		sessionTags: parameters ? isObject(tag) && tag.key !== undefined && tag.key !== null : /[ {]tags=\[{/.test(textOf(written.parameters) ?? ''),
		sourceIdentity: parameterOf(parameters, written.parameters, 'sourceIdentity') !== null,
	};
}
