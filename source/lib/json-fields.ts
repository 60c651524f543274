export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that is not empty; null for anything else. */
export function textOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The objects of a list; none for anything that is no list. */
export function objectsOf(value: unknown): readonly Json[] {
	return Array.isArray(value) ? value.filter(item => isObject(item)) : [];
}

/**
An instant as "YYYY-MM-DDTHH:MM:SSZ" from what the AWS CLI writes: ISO 8601 with an offset, with a space for the T, or seconds since 1970
(AWS CLI 1). Null for anything else.
*/
export function instantOf(value: unknown): string | null {
	const time = typeof value === 'number' ? value * 1000 : (typeof value === 'string' ? Date.parse(value.replace(/^(\d{4}-\d\d-\d\d) /, '$1T')) : Number.NaN);
	return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
}

/**
A policy document: an object as it is, a text as JSON or as URL-encoded JSON (RFC 3986, as the IAM API returns it). Null when it is none of these.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html
*/
export function documentOf(value: unknown): unknown {
	if (typeof value !== 'string') {
		return isObject(value) ? value : null;
	}

	return jsonOf(value) ?? jsonOf(decoded(value));
}

function jsonOf(text: string): Json | null {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : null;
	} catch {
		return null;
	}
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return '';
	}
}
