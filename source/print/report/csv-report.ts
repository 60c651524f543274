import type {ActionRow, Analysis, PrincipalSummary} from '../../app/analysis.js';
import {toCsv, type CsvValue} from '../csv.js';

const columns = [
	'account', 'principal', 'principalName', 'principalKind', 'principalVerdict', 'principalLastUsed', 'action', 'verdict', 'reasonCode', 'reason', 'accessLevel', 'risk',
	'count', 'failed', 'denied', 'firstUsed', 'lastUsed', 'events', 'deniedInPart', 'blockedBy',
] as const;

type Row = Readonly<Record<(typeof columns)[number], CsvValue>>;

function csvRow(accountId: string, principal: PrincipalSummary, row: ActionRow | null): Row {
	return {
		account: accountId,
		principal: principal.arn,
		principalName: principal.name,
		principalKind: principal.kind,
		principalVerdict: principal.verdict,
		principalLastUsed: principal.lastUsed,
		action: row?.action ?? null,
		verdict: row?.verdict ?? null,
		reasonCode: row?.reasonCode ?? null,
		reason: row?.reason ?? null,
		accessLevel: row?.accessLevel ?? null,
		risk: row?.risk?.kind ?? null,
		count: row?.count ?? null,
		failed: row?.failed ?? null,
		denied: row?.denied ?? null,
		firstUsed: row?.firstUsed ?? null,
		lastUsed: row?.lastUsed ?? null,
		events: row?.events ?? null,
		deniedInPart: row?.deniedInPart ?? null,
		blockedBy: row?.blockedBy ?? null,
	};
}

/** The whole account as CSV, a row for every principal and action. A principal without any action has one row that names none. */
export function * csvReport(analysis: Analysis): Generator<string> {
	yield toCsv(columns, []);
	for (const principal of analysis.principals) {
		const {actions} = analysis.principal(principal.arn);
		const rows = actions.length === 0 ? [csvRow(analysis.account.id, principal, null)] : actions.map(row => csvRow(analysis.account.id, principal, row));
		const text = toCsv(columns, rows);
		yield text.slice(text.indexOf('\r\n') + 2);
	}
}
