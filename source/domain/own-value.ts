/** The record's own value of a key that comes from a log: "constructor" and "__proto__" are keys like any other. */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
