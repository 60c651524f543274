import {chmod, open} from 'node:fs/promises';
import type {GetQueryResultsOutput} from '@aws-sdk/client-athena';
import {throwIfCancelled, UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import type {Clients} from './clients.js';
import {callFailure} from './failures.js';

/** A row as Athena gives it: every value is a text, or null. */
export type ResultRow = ReadonlyArray<string | null>;

/** Most rows that Athena puts on a page. */
const pageRows = 1000;

/**
The pages of a finished query's rows, one after the other; the header row, with which a SELECT's first page begins, is left out.
https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
*/
export async function * resultPages(clients: Clients, id: string, columns: number, task: Task): AsyncGenerator<ResultRow[]> {
	const [{GetQueryResultsCommand}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	let token: string | undefined;
	let isFirst = true;
	do {
		throwIfCancelled(task.signal);
		let page: GetQueryResultsOutput;
		try {
			// eslint-disable-next-line no-await-in-loop -- each page names the next.
			page = await client.send(new GetQueryResultsCommand({QueryExecutionId: id, MaxResults: pageRows, ...token !== undefined && {NextToken: token}}), {abortSignal: task.signal});
		} catch (error) {
			throw callFailure(error, {action: 'athena:GetQueryResults', on: `execution ${id}`}, task.signal);
		}

		const rows = (page.ResultSet?.Rows ?? []).map(row => (row.Data ?? []).map(({VarCharValue: value}) => value ?? null));
		const names = page.ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({Name: name}) => name) ?? [];
		yield checked(isFirst && rows[0]?.every((value, index) => value === names[index]) ? rows.slice(1) : rows, columns, id);
		token = page.NextToken;
		isFirst = false;
	} while (token !== undefined);
}

/** A row with other columns than were asked for is part of no answer. */
function checked(rows: ResultRow[], columns: number, id: string): ResultRow[] {
	if (rows.some(row => row.length !== columns)) {
		throw new UserError(`the results of execution ${id} hold a row that is cut off`, {hint: 'start again: nothing of the half answer was kept', exitCode: 3});
	}

	return rows;
}

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
