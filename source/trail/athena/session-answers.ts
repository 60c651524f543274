import type {Window} from '../../domain/window.js';
import {openedFrom, roleValues} from '../sessions-answers.js';
import {sessionScanSql} from '../sessions-query.js';
import {daysOfWindow} from './days.js';
import {bind} from './literals.js';
import {eventsOfDays, type TableShape, withHost} from './scan-sql.js';

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
