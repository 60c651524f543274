import {chmod, open} from 'node:fs/promises';
import {literal} from './files/duckdb.js';

/** A row of an engine's answer: every value is a text, or null. */
export type ResultRow = ReadonlyArray<string | null>;

/** Writes all rows into a file, each as a JSON object {"c0":…,"c1":…}, so that DuckDB reads them; gives their number. */
export async function writeRows(pages: AsyncIterable<readonly ResultRow[]>, file: string): Promise<number> {
	const handle = await open(file, 'w', 0o600);
	let rows = 0;
	try {
		await chmod(file, 0o600);
		for await (const page of pages) {
			rows += page.length;
			await handle.write(page.map(row => `{${row.flatMap((value, index) => value === null ? [] : [`"c${index}":${JSON.stringify(value)}`]).join(',')}}\n`).join(''));
		}
	} finally {
		await handle.close();
	}

	return rows;
}

/** SELECT of the rows that {@link writeRows} wrote, by their columns' names; `flags` are booleans, all others texts. The columns are declared, or DuckDB would read the file twice. */
export function writtenRows(file: string, columns: readonly string[], flags: ReadonlySet<string>): string {
	const shape = columns.map((_, index) => `c${index}: 'VARCHAR'`).join(', ');
	const named = columns.map((column, index) => `${flags.has(column) ? `try_cast(c${index} AS BOOLEAN)` : `c${index}`} AS ${column}`).join(', ');
	return `SELECT ${named} FROM read_json(${literal(file)}, format = 'newline_delimited', columns = {${shape}}, auto_detect = false, records = true, maximum_object_size = 67108864)`;
}
