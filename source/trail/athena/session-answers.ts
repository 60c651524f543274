import type {SessionUsage} from '../../domain/sessions.js';
import type {Window} from '../../domain/window.js';
import type {Engine} from '../files/duckdb.js';
import {defineTrinoFunctions} from '../files/segment.js';
import {writtenRows} from '../row-file.js';
import {askSessions, openedFrom, roleValues} from '../sessions-answers.js';
import {sessionScanColumns, sessionScanSql} from '../sessions-query.js';
import {daysOfWindow} from './days.js';
import {bind} from './literals.js';
import {eventsOfDays, flagColumns, type TableShape, withHost} from './scan-sql.js';

const flags: ReadonlySet<string> = new Set([...flagColumns, 'isCall', 'isDeed', 'isShared']);

/** The days of a window's sessions: an opening may be of the day before its first. */
export function daysOfSessions(window: Window, now: Date): string[] {
	return daysOfWindow({...window, start: `${openedFrom(window).slice(0, 10)}T00:00:00Z`}, now);
}

/** The one scan that answers for a role. */
export function roleScanSql(shape: TableShape, days: readonly string[], {window, roleArn}: {readonly window: Window; readonly roleArn: string}): string {
	const values = [...roleValues(roleArn), window.start, openedFrom(window), window.end];
	// Tables as AWS describes them do not keep a session's source identity; the call that opened it tells it, too.
	const sql = sessionScanSql(eventsOfDays(shape, days)).replaceAll('useridentity.sessioncontext.sourceidentity', 'CAST(NULL AS varchar)');
	return withHost(bind(sql, values.map(String)), shape);
}

/** Answers out of a file of {@link roleScanSql}'s rows. */
export async function answerSessions(engine: Engine, rowsFile: string, question: {readonly window: Window; readonly roleArn: string}, signal: AbortSignal): Promise<SessionUsage[]> {
	await defineTrinoFunctions(engine, signal);
	const columns = sessionScanColumns.map((name, index) => {
		if (name === 'records') {
			return `CAST(c${index} AS BIGINT) AS records`;
		}

		return `${flags.has(name) ? `try_cast(c${index} AS BOOLEAN)` : `c${index}`} AS ${name}`;
	});
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE role_scan AS SELECT ${columns.join(', ')} FROM ${writtenRows(rowsFile, sessionScanColumns.length)}`,
		signal,
	);
	// A call into another account that left a record in both counts once, for the caller.
	const repeated = '(SELECT deedCall FROM role_scan WHERE isDeed AND deedCall IS NOT NULL AND recipientAccount = identityAccount)';
	return askSessions(engine, {
		...question,
		records: {sql: '(SELECT * EXCLUDE (records) FROM role_scan WHERE isCall) AS r', values: []},
		deeds: {sql: `(SELECT * FROM role_scan WHERE isDeed AND NOT coalesce(recipientAccount <> identityAccount AND deedCall IN ${repeated}, false))`, values: []},
	}, signal);
}
