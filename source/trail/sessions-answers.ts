import {foldSessions, type OpenerRow, type SessionRow, type SessionUsage} from '../domain/sessions.js';
import type {Window} from '../domain/window.js';
import type {Engine, SqlRow, SqlValue} from './files/duckdb.js';
import {
	keyOriginsSql, namedOriginsSql, openerAddressesSql, numberedSql, openersSql, openingsSql, parentsSql, roleCallsSql, sessionEventsSql,
} from './sessions-query.js';
import {text, usageRow} from './sql-answers.js';

/** Addresses told of one group of sessions. */
const addressesTold = 20;

/** A session lives twelve hours at most: one that is used in a window was opened at most that long before it. */
const longestSessionMs = 12 * 60 * 60 * 1000;

/** The instant before a window from which an assumption may have opened a session that is used in it. */
export function openedFrom(window: Window): string {
	return `${new Date(Date.parse(window.start) - longestSessionMs).toISOString().slice(0, 19)}Z`;
}

/** The ARN of a role's sessions up to their names: it has no path. */
export function sessionArnHead(roleArn: string): string {
	const parts = roleArn.split(':');
	return `arn:${parts[1] ?? 'aws'}:sts::${parts[4] ?? ''}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/`;
}

/** A row of openersSql, with the addresses of its group. */
export function openerRow(row: SqlRow, addresses: readonly string[]): OpenerRow {
	return {
		origin: Number(row.origin),
		originType: text(row.originType),
		originArn: text(row.originArn),
		originAccount: text(row.originAccount),
		originName: text(row.originName),
		originService: text(row.originService),
		originRole: text(row.originRole) ?? '',
		originSession: text(row.originFolded),
		via: text(row.via) ?? '',
		sessionName: text(row.sessionFolded),
		sessionIdentity: text(row.sessionIdentity),
		linked: row.linked === true,
		assumed: Number(row.assumed),
		first: String(row.firstOpened),
		last: String(row.lastOpened),
		addresses,
	};
}

/** A row of sessionEventsSql. */
export function sessionRow(row: SqlRow): SessionRow {
	return {
		origin: row.origin === null || row.origin === undefined ? null : Number(row.origin),
		inferred: row.inferred === true,
		sessionName: text(row.sessionFolded),
		sessionIdentity: text(row.sessionIdentity),
		row: usageRow(row),
	};
}

/** A relation in brackets, or a table's name, with the values of its parameters. */
export type Relation = {readonly sql: string; readonly values: readonly SqlValue[]};

/** What the answer about a role is made of. */
export type SessionsQuestion = {
	readonly window: Window;
	readonly roleArn: string;
	/** Rows of callRecordsSql: all records, those that repeat another account's, too, for the two tell more than one. */
	readonly records: Relation;
	/** Rows of deedsSql, without those that repeat another account's record. */
	readonly deeds: Relation;
};

/** Values of callRecordsSql for a window. */
export function recordValues(window: Window): SqlValue[] {
	return [openedFrom(window), window.end];
}

/** Values that tell a role's sessions, in the order of the query texts. */
export function roleValues(roleArn: string): SqlValue[] {
	const head = sessionArnHead(roleArn);
	return [roleArn, head.length, head];
}

/** Tells who was behind a role in a window, and what each did. */
export async function askSessions(engine: Engine, {window, roleArn, records, deeds}: SessionsQuestion, signal: AbortSignal): Promise<SessionUsage[]> {
	const table = async (name: string, sql: string, values: readonly SqlValue[] = []): Promise<void> => engine.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`, signal, [...values]);
	await table('call_records', `SELECT * FROM ${records.sql}`, records.values);
	// A view: most calls are rows of the table as they are, and a copy would take as much memory again.
	await engine.run(`CREATE OR REPLACE TEMP VIEW role_calls AS ${roleCallsSql('call_records')}`, signal);
	await table('parents', parentsSql('role_calls'));
	await table('openings', openingsSql('role_calls', 'parents'), [roleArn]);
	await table('openers', openersSql('openings'), [window.start]);
	await table('numbered', numberedSql('openings', 'openers'));
	// What is not needed any more makes room.
	await engine.run('DROP VIEW role_calls; DROP TABLE call_records; DROP TABLE parents; DROP TABLE openings', signal);
	await table('key_origins', keyOriginsSql('numbered'));
	await table('named_origins', namedOriginsSql('numbered'));
	const openers = await engine.rows('SELECT * FROM openers ORDER BY origin', signal);
	const found = await engine.rows(openerAddressesSql('numbered', addressesTold), signal);
	const addresses = new Map<number, string[]>();
	for (const {origin, sourceAddress} of found) {
		addresses.set(Number(origin), [...addresses.get(Number(origin)) ?? [], String(sourceAddress)]);
	}

	const rows = await engine.rows(sessionEventsSql(deeds.sql, 'key_origins', 'named_origins'), signal, [...deeds.values]);
	return foldSessions(roleArn, openers.map(row => openerRow(row, addresses.get(Number(row.origin)) ?? [])), rows.map(row => sessionRow(row)));
}
