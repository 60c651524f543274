import {foldSessions, type OpenerRow, type SessionRow, type SessionUsage} from '../domain/sessions.js';
import type {Window} from '../domain/window.js';
import type {Engine, SqlRow} from './files/duckdb.js';
import {
	keyOriginsSql, namedOriginsSql, openerAddressesSql, openersSql, openingsSql, originsSql, roleCallsSql, sessionEventsSql,
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
	const [, partition = 'aws', , , account = ''] = roleArn.split(':');
	return `arn:${partition}:sts::${account}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/`;
}

/** A row of openersSql, with the addresses of its group. */
export function openerRow(row: SqlRow, addresses: readonly string[]): OpenerRow {
	return {
		origin: Number(row.origin),
		originType: text(row.originType),
		originArn: text(row.originArn),
		originAccount: text(row.originAccount),
		originId: text(row.originId),
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

/**
Asks events in Athena's shape who was behind a role in a window, and what each did. In `all` every event stands once, in `counted` none that
repeats another account's record: the assumption of a role is told best by both.
*/
export async function askSessions(engine: Engine, {all, counted}: {readonly all: string; readonly counted: string}, {window, roleArn}: {readonly window: Window; readonly roleArn: string}, signal: AbortSignal): Promise<SessionUsage[]> {
	const table = async (name: string, sql: string, values: string[] = []): Promise<void> => engine.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${sql}`, signal, values);
	await table('role_calls', roleCallsSql(all), [openedFrom(window), window.end]);
	await table('role_origins', originsSql('role_calls'));
	await table('openings', openingsSql('role_origins'), [roleArn]);
	await table('key_origins', keyOriginsSql('openings'));
	await table('named_origins', namedOriginsSql('openings'));
	const openers = await engine.rows(openersSql('openings'), signal, [window.start]);
	const found = await engine.rows(openerAddressesSql('openings', addressesTold), signal);
	const addresses = new Map<number, string[]>();
	for (const {origin, sourceAddress} of found) {
		addresses.set(Number(origin), [...addresses.get(Number(origin)) ?? [], String(sourceAddress)]);
	}

	const head = sessionArnHead(roleArn);
	const rows = await engine.rows(sessionEventsSql(counted, 'key_origins', 'named_origins'), signal, [window.start, window.end, roleArn, head.length, head]);
	return foldSessions(roleArn, openers.map(row => openerRow(row, addresses.get(Number(row.origin)) ?? [])), rows.map(row => sessionRow(row)));
}
