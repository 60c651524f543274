import type {AccountInTrail, AssumptionRow, UsageRow} from '../domain/usage.js';
import type {SampledRow} from '../domain/evidence.js';
import type {PolicyChange} from '../domain/policy-changes.js';
import type {Window} from '../domain/window.js';
import {isObject} from '../lib/json-fields.js';
import type {Engine, SqlRow, SqlValue} from './files/duckdb.js';
import {accountDaysSql, assumptionsSql, regionsSql, usageKeys, usageRowsSql} from './query.js';

/** What SQL answers about one account and window. */
export type SqlUsage = {
	readonly rows: UsageRow[];
	readonly assumptions: AssumptionRow[];
	readonly accounts: AccountInTrail[];
	readonly days: string[];
	readonly regions: string[];
	readonly elsewhere: AccountInTrail[];
};

/** A text; null for null and for an empty one. */
export function text(value: SqlValue | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function flag(value: SqlValue | undefined): boolean | null {
	return typeof value === 'boolean' ? value : null;
}

function span(row: SqlRow): {readonly count: number; readonly first: string; readonly last: string} {
	return {count: Number(row.eventCount), first: String(row.firstEvent), last: String(row.lastEvent)};
}

/** A row of usageRowsSql or sampledRowsSql. */
export function usageRow(row: SqlRow): UsageRow {
	return {
		identityType: text(row.identityType),
		identityArn: text(row.identityArn),
		identityAccount: text(row.identityAccount),
		principalId: text(row.principalId),
		userName: text(row.userName),
		issuerArn: text(row.issuerArn),
		issuerType: text(row.issuerType),
		issuerId: text(row.issuerId),
		recipientAccount: text(row.recipientAccount),
		eventSource: String(row.eventSource),
		eventName: String(row.eventName),
		eventType: text(row.eventType),
		eventCategory: text(row.eventCategory),
		managementEvent: flag(row.managementEvent),
		readOnly: flag(row.readOnly),
		errorCode: text(row.errorCode),
		hasErrorMessage: row.hasErrorMessage === true,
		deniedAction: text(row.deniedAction),
		messageDenies: row.messageDenies === true,
		signInFailed: row.signInFailed === true,
		serviceNamespace: text(row.serviceNamespace),
		clientHost: text(row.clientHost),
		sessionTags: row.sessionTags === true,
		sourceIdentity: row.sourceIdentity === true,
		...span(row),
	};
}

function parametersOf(value: SqlValue | undefined): PolicyChange['parameters'] {
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : null;
		return isObject(parsed) ? parsed : null;
	} catch {
		return null;
	}
}

function accountsOf(rows: readonly SqlRow[]): AccountInTrail[] {
	const accounts = new Map<string, AccountInTrail>();
	// The rows come sorted by account and day: a later row never begins earlier nor ends earlier.
	for (const row of rows) {
		const accountId = String(row.account);
		const {count, first, last} = span(row);
		const known = accounts.get(accountId);
		accounts.set(accountId, {accountId, events: (known?.events ?? 0) + count, firstEvent: known?.firstEvent ?? first, lastEvent: last});
	}

	return [...accounts.values()];
}

/** A row of sampledRowsSql. */
export function sampledRow(row: SqlRow): SampledRow {
	return {
		...usageRow(row),
		sample: {eventId: text(row.sampleId), region: text(row.sampleRegion), sourceAddress: text(row.sampleAddress), userAgent: text(row.sampleAgent)},
	};
}

/** A row of callsSql. */
export function policyChange(row: SqlRow): PolicyChange {
	return {
		time: String(row.eventtime),
		eventSource: String(row.eventsource),
		eventName: String(row.eventname),
		actor: text(row.actor),
		eventId: text(row.eventid),
		parameters: parametersOf(row.requestparameters),
	};
}

/**
Asks three relations of grouped events: `all_groups` holds every event once, `counted_groups` leaves out what another account's record repeats, and
`day_groups` holds every event once by its day; in the others the day may be any of the window, where their groups hold no event outside of it.
Every SQL source makes those three and asks them here, so that all give the same answer.
*/
export async function askGroups(engine: Engine, window: Window, accountId: string, signal: AbortSignal): Promise<SqlUsage> {
	const days = [window.start.slice(0, 10), window.end.slice(0, 10)];
	const [usage = [], assumptions = [], accountDays = [], regions = []] = await engine.rowsOfEach([
		{sql: usageRowsSql('counted_groups'), values: [...days, accountId, accountId], sortedBy: usageKeys},
		{sql: assumptionsSql('counted_groups'), values: days},
		{sql: accountDaysSql('day_groups'), values: days},
		{sql: regionsSql('all_groups'), values: [...days, accountId]},
	], signal);
	const own = accountDays.filter(row => row.account === accountId);
	return {
		rows: usage.map(row => usageRow(row)),
		assumptions: assumptions.map(row => ({roleArn: String(row.roleArn), caller: text(row.caller), ...span(row)})),
		accounts: accountsOf(accountDays),
		days: own.map(row => String(row.eventDay)),
		regions: regions.map(row => String(row.region)),
		elsewhere: own.length > 0 ? [] : await askEverywhere(engine, signal),
	};
}

/** Every account of `day_groups`, whatever the window. */
export async function askEverywhere(engine: Engine, signal: AbortSignal): Promise<AccountInTrail[]> {
	return accountsOf(await engine.rows(accountDaysSql('day_groups'), signal, ['0000-01-01', '9999-12-31']));
}
