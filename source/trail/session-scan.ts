import type {SessionUsage} from '../domain/sessions.js';
import type {Window} from '../domain/window.js';
import type {Engine} from './files/duckdb.js';
import {defineTrinoFunctions} from './files/segment.js';
import {flagColumns} from './query.js';
import {writtenRows} from './row-file.js';
import {askSessions} from './sessions-answers.js';
import {sessionScanColumns} from './sessions-query.js';

const flags: ReadonlySet<string> = new Set([...flagColumns, 'isCall', 'isDeed', 'isShared']);

/** Tells who was behind a role, and what each did, out of a file of rows as `sessionScanSql` gives them, written by `writeRows`. */
export async function answerSessions(engine: Engine, rowsFile: string, question: {readonly window: Window; readonly roleArn: string}, signal: AbortSignal): Promise<SessionUsage[]> {
	await defineTrinoFunctions(engine, signal);
	const rows = writtenRows(rowsFile, sessionScanColumns, flags);
	await engine.run(`CREATE OR REPLACE TEMP TABLE role_scan AS SELECT * REPLACE (CAST(records AS BIGINT) AS records) FROM (${rows})`, signal);
	// A call into another account that left a record in both counts once, for the caller.
	const repeated = '(SELECT deedCall FROM role_scan WHERE isDeed AND deedCall IS NOT NULL AND recipientAccount = identityAccount)';
	return askSessions(engine, {
		...question,
		records: {sql: '(SELECT * EXCLUDE (records) FROM role_scan WHERE isCall) AS r', values: []},
		deeds: {sql: `(SELECT * FROM role_scan WHERE isDeed AND NOT coalesce(recipientAccount <> identityAccount AND deedCall IN ${repeated}, false))`, values: []},
	}, signal);
}
