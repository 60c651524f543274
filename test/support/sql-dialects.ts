import {HiveSQL, TrinoSQL} from 'dt-sql-parser';

/** Functions that mean the same on Trino and DuckDB; json_extract_scalar and regexp_like are macros of ours on DuckDB (patterns that Java and RE2 read alike), texts are cast from numbers alone. */
export const safeFunctions: ReadonlySet<string> = new Set(['count', 'count_if', 'sum', 'min', 'max', 'coalesce', 'nullif', 'max_by', 'array_agg', 'try_cast', 'strpos', 'substr', 'lower', 'json_extract_scalar', 'cast', 'row_number', 'dense_rank', 'regexp_like', 'length']);

/** Words that stand before a bracket and are no functions. */
const words = new Set(['in', 'from', 'join', 'as', 'and', 'or', 'on', 'not', 'where', 'when', 'then', 'else', 'select', 'exists', 'by', 'distinct', 'over']);

/** Names of the functions that a query calls. */
export function functionsOf(sql: string): string[] {
	const withoutTexts = sql.replaceAll(/'(?:[^']|'')*'/g, '\'\'');
	const called = [...withoutTexts.matchAll(/([a-z_]\w*)\s*\(/gi)].map(([, name]) => (name ?? '').toLowerCase());
	return [...new Set(called)].filter(name => !words.has(name));
}

/** What Trino's grammar says against a query. */
export function trinoErrors(sql: string): string[] {
	return new TrinoSQL().validate(sql).map(({message, startLine}) => `line ${startLine}: ${message}`);
}

/** What Hive's grammar says against a statement. */
export function hiveErrors(sql: string): string[] {
	return new HiveSQL().validate(sql).map(({message, startLine}) => `line ${startLine}: ${message}`);
}
