import type {Window} from '../../domain/window.js';
import {textOf} from '../../lib/json-fields.js';
import {usageKeys} from '../query.js';
import type {ResultRow} from '../row-file.js';
import {openedFrom, sessionArnHead} from '../sessions-answers.js';
import {sessionScanColumns} from '../sessions-query.js';
import {Collector, type Gathered} from './collect.js';
import {all, any, type Dsl, not, type Role} from './dsl.js';
import {columnPaths, eventOf} from './event.js';
import {account, instant, type Values} from './fold.js';
import type {Searcher} from './searcher.js';

/** Columns that tell the sessions of a role apart. */
const sessionColumns = ['accessKey', 'principalId', 'sessionIdentity'] as const;

/** Rows that are written at once. */
const rowsPerPage = 1000;

/** "AROA…:SESSION" without the id; null where there is no session. */
function sessionIn(principalId: unknown): string | null {
	const text = textOf(principalId) ?? '';
	const colon = text.indexOf(':');
	return colon === -1 ? null : textOf(text.slice(colon + 1));
}

function rowOf(values: Readonly<Record<string, unknown>>): ResultRow {
	return sessionScanColumns.map(column => {
		const value = values[column];
		return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
	});
}

/** What was done in sessions. Calls that another account saw, too, have been left out. */
function deedRow({row, values}: Gathered): ResultRow {
	const usage: Readonly<Record<string, unknown>> = {...row};
	return rowOf({
		...Object.fromEntries(usageKeys.map(key => [key, usage[key]])),
		isCall: false,
		isDeed: true,
		deedKey: textOf(values.accessKey),
		deedName: sessionIn(values.principalId),
		deedDay: row.first.slice(0, 10),
		deedIdentity: textOf(values.sessionIdentity),
		records: row.count,
		firstEvent: row.first,
		lastEvent: row.last,
	});
}

/** The call of a document that opened a session of a role; undefined for one that failed. `known` are ids of records that were given. */
function callRow(event: NonNullable<ReturnType<typeof eventOf>>, known: Set<string>): ResultRow | undefined {
	const {values, time} = event;
	const text = (name: keyof Values) => textOf(values[name]);
	const eventId = text('eventId');
	const recipient = account(values.recipientAccount);
	const record = `${eventId ?? ''} ${recipient ?? ''}`;
	if (text('errorCode') !== null || text('errorMessage') !== null || (eventId !== null && known.has(record))) {
		return undefined;
	}

	known.add(record);
	const {opened} = event;
	const calledAt = instant(time);
	return rowOf({
		isCall: true,
		isDeed: false,
		call: text('sharedEventId') ?? eventId ?? opened.accessKey ?? calledAt,
		isShared: text('sharedEventId') !== null,
		recipient,
		calledAt,
		roleArn: opened.role,
		sessionName: opened.name,
		sessionIdentity: opened.sourceIdentity ?? text('sessionIdentity'),
		sessionKey: opened.accessKey,
		sourceAddress: text('sourceAddress'),
		callerType: text('identityType'),
		callerArn: text('issuerArn') ?? text('arn'),
		callerAccount: account(values.identityAccount),
		callerSession: sessionIn(values.principalId),
		callerName: text('userName'),
		callerService: text('invokedBy'),
		callerKey: text('accessKey'),
	});
}

function isIn({arn, sessions}: Role, {issuerArn, arn: own}: Values): boolean {
	const issuer = textOf(issuerArn);
	return issuer === null ? textOf(own)?.startsWith(sessions) ?? false : issuer === arn;
}

/** Whose sessions are asked for, and when. */
export type SessionsQuestion = {
	readonly window: Window;
	readonly roleArn: string;
	/** The name of the parameter that makes a histogram of days. */
	readonly interval: 'fixed_interval' | 'interval';
};

/**
The rows of `sessionScanSql`, out of an index: what was done in a role's sessions, grouped by session and day, and each call that opened a session of
any role, for chains lead through others. `dsl` is that of the role's account.
*/
async function * rowsOfRole(searcher: Searcher, dsl: Dsl, {window, roleArn, interval}: SessionsQuestion): AsyncGenerator<ResultRow> {
	const role: Role = {arn: roleArn, sessions: sessionArnHead(roleArn)};
	const complete = all(dsl.events(), not(dsl.incomplete()));
	const inWindow = all(complete, dsl.inWindow(window));
	const deeds = new Collector(searcher, dsl, {more: sessionColumns, byDay: interval});
	for await (const deed of deeds.gather({
		filter: all(inWindow, dsl.inRole(role)),
		unsure: {query: all(inWindow, any(...dsl.nameless())), isWanted: values => isIn(role, values)},
	})) {
		yield deedRow(deed);
	}

	const openings = all(complete, dsl.inWindow({start: openedFrom(window), end: window.end}), dsl.assumptions(), not(dsl.has('errorCode')));
	const known = new Set<string>();
	for await (const {source} of searcher.documents(openings, columnPaths(dsl.layout))) {
		const event = eventOf(dsl.layout, source);
		const call = event && callRow(event, known);
		if (call) {
			yield call;
		}
	}
}

/** The same, in pages. */
export async function * pagesOfRole(searcher: Searcher, dsl: Dsl, question: SessionsQuestion): AsyncGenerator<ResultRow[]> {
	let page: ResultRow[] = [];
	for await (const row of rowsOfRole(searcher, dsl, question)) {
		page.push(row);
		if (page.length === rowsPerPage) {
			yield page;
			page = [];
		}
	}

	yield page;
}
