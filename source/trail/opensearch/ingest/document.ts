import {createHash} from 'node:crypto';
import {isObject, type Json, textOf} from '../../../lib/json-fields.js';
import {sharedSources} from '../../query.js';
import {added} from '../columns.js';
import {assumingCalls} from '../dsl.js';
import {denialOf, type Flags, flagsOf, usualSource, withoutSession} from '../fold.js';
import {fitted} from './mapping.js';

/** A record on its way into an index. */
export type OutgoingDocument = {
	readonly id: string;
	/** Its JSON, on one line. */
	readonly text: string;
};

/** Longest `_id` that servers take, in bytes of UTF-8 at worst. */
const longestId = 128;

const nothing = {parameters: undefined, elements: undefined};

const objectOf = (value: unknown): Json | null => (isObject(value) ? value : null);

/** What a call of STS tells of the session that it opens. */
function openedSession(record: Json, parameters: Json | null, flags: Flags): Json {
	return {
		assumedRole: assumingCalls.includes(String(record.eventName)) ? textOf(parameters?.roleArn) ?? undefined : undefined,
		sessionTag: flags.sessionTags ? 'yes' : undefined,
		sourceIdentity: textOf(parameters?.sourceIdentity) ?? undefined,
	};
}

/** What the index is to know beside the record itself: see columns.ts. */
function addedFields(record: Json): Json {
	const identity = objectOf(record.userIdentity) ?? {};
	const issuer = objectOf(objectOf(identity.sessionContext)?.sessionIssuer);
	const parameters = objectOf(record.requestParameters);
	const source = usualSource(textOf(record.eventSource) ?? '');
	const isSts = source === 'sts.amazonaws.com';
	const flags = flagsOf(parameters, objectOf(record.responseElements), nothing);
	const arn = textOf(issuer?.arn) === null ? textOf(identity.arn) : null;
	const message = textOf(record.errorMessage);
	const principal = textOf(identity.principalId)?.split(':', 1)[0];
	return {
		arn: arn === null ? undefined : withoutSession(arn),
		principalId: textOf(principal) ?? undefined,
		denial: message === null ? undefined : denialOf(message),
		...isSts ? openedSession(record, parameters, flags) : {},
		...sharedSources.includes(source) ? {serviceNamespace: textOf(parameters?.serviceNamespace) ?? undefined} : {},
		...source === 'signin.amazonaws.com' && flags.signInFailed ? {signIn: 'Failure'} : {},
	};
}

/** The event's id makes a repeated record the same document; a record without one is told by its place in its file. */
function idOf(record: Json, place: string): string {
	const id = textOf(record.eventID);
	return id !== null && id.length <= longestId ? id : createHash('sha256').update(id ?? place).digest('hex');
}

/** The document of a record. `place` names it where it has no id: file and number. */
export function documentOf(record: Json, place: string): OutgoingDocument {
	const text = JSON.stringify(Object.hasOwn(record, added) ? {...record, [added]: undefined} : record);
	const extra = `"${added}":${JSON.stringify(addedFields(record))}}`;
	return {id: idOf(record, place), text: text === '{}' ? `{${extra}` : `${text.slice(0, -1)},${extra}`};
}

/** The same document with every value fitted to its field, for a record that the server refused. */
export function fittedDocument(document: OutgoingDocument): OutgoingDocument {
	const record: unknown = JSON.parse(document.text);
	return {...document, text: JSON.stringify(fitted(objectOf(record) ?? {}))};
}
