/** A text as an SQL string literal: the one way in which values get into a query. Trino knows no escape but the doubled quote. */
export function literal(text: string): string {
	return `'${text.replaceAll('\'', '\'\'')}'`;
}

/** A name of a table or a column as Trino quotes it. */
export function identifier(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

/** Puts values in the place of the `?` of a query, as literals; a `?` inside of a text or a quoted name stays. */
export function bind(sql: string, values: readonly string[]): string {
	let next = 0;
	const bound = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\?/g, found => found === '?' ? literal(values[next++] ?? '') : found);
	if (next !== values.length) {
		throw new RangeError(`${next} places for ${values.length} values`);
	}

	return bound;
}
