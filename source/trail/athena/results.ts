import {throwIfCancelled, UserError} from '../../lib/errors.js';
import {isObject, objectsOf, textOf} from '../../lib/json-fields.js';
import type {Task} from '../../lib/task.js';
import type {ResultRow} from '../row-file.js';
import type {Clients} from './clients.js';
import {callFailure} from './failures.js';
import {tapBody} from './raw-body.js';

/** Most rows that Athena puts on a page. */
const pageRows = 1000;

/** A list of {@link packedGroupsSql}: "[2026-03-01 12 10:00:00 11:30:00 , …]". */
const entryList = /^\[\d{4}-\d\d-\d\d \d+ \S* \S* \S*(?:, \d{4}-\d\d-\d\d \d+ \S* \S* \S*)*]$/;

/** A page of GetQueryResults. https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html */
type Page = {readonly rows: ResultRow[]; readonly names: readonly string[]; readonly next: string | null};

function parsePage(text: string): Page {
	const page: unknown = JSON.parse(text);
	const results = isObject(page) && isObject(page.ResultSet) ? page.ResultSet : {};
	const columns = isObject(results.ResultSetMetadata) ? objectsOf(results.ResultSetMetadata.ColumnInfo) : [];
	return {
		rows: objectsOf(results.Rows).map(row => objectsOf(row.Data).map(({VarCharValue: value}) => typeof value === 'string' ? value : null)),
		names: columns.map(({Name: name}) => textOf(name) ?? ''),
		next: isObject(page) ? textOf(page.NextToken) : null,
	};
}

/** The pages of a finished query's rows, one after the other; the header row, with which a SELECT's first page begins, is left out. */
export async function * resultPages(clients: Clients, id: string, columns: number, task: Task): AsyncGenerator<ResultRow[]> {
	const [{GetQueryResultsCommand}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	let token: string | null = null;
	let isFirst = true;
	do {
		throwIfCancelled(task.signal);
		let page: Page;
		try {
			const command: InstanceType<typeof GetQueryResultsCommand> = new GetQueryResultsCommand({QueryExecutionId: id, MaxResults: pageRows, ...token !== null && {NextToken: token}});
			const text = tapBody(command, '{}');
			// eslint-disable-next-line no-await-in-loop -- each page names the next.
			await client.send(command, {abortSignal: task.signal});
			page = parsePage(text());
		} catch (error) {
			throw callFailure(error, {action: 'athena:GetQueryResults', on: `execution ${id}`}, task.signal);
		}

		const {rows, names} = page;
		yield checked(isFirst && rows[0]?.every((value, index) => value === names[index]) ? rows.slice(1) : rows, columns, id);
		token = page.next;
		isFirst = false;
	} while (token !== null);
}

function cutOff(id: string): UserError {
	return new UserError(`the results of execution ${id} hold a row that is cut off`, {hint: 'start again: nothing of the half answer was kept', exitCode: 3});
}

/** A row with other columns than were asked for is part of no answer. */
function checked(rows: ResultRow[], columns: number, id: string): ResultRow[] {
	if (rows.some(row => row.length !== columns)) {
		throw cutOff(id);
	}

	return rows;
}

/** The same for the lists of days, the last value of each row of a scan. */
export async function * withWholeDays(pages: AsyncIterable<ResultRow[]>, id: string): AsyncGenerator<ResultRow[]> {
	for await (const page of pages) {
		if (page.some(row => !entryList.test(row.at(-1) ?? ''))) {
			throw cutOff(id);
		}

		yield page;
	}
}
