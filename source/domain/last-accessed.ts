import type {Usage} from './usage.js';
import type {Warning} from './warning.js';
import {midnight, type Window} from './window.js';

/**
What IAM itself knows of the last time that a principal tried to use a service or an action: its service last accessed data.
What AWS says of it (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html ):
it counts attempts, denied ones too; it is up to four hours late; it goes back 400 days at least, fewer where a region is younger; it lists only the services that
the principal's identity policies allow; actions are told apart for management actions of a list of services, never for data events nor iam:PassRole.
*/
export type LastAccessed = {
	/** Where it was read: "IAM of account 111122223333", or the path of a file. */
	readonly location: string;
	readonly reports: readonly LastAccessedReport[];
	readonly warnings: readonly Warning[];
};

/** The report on one user or role. Instants are ISO 8601 UTC with Z. */
export type LastAccessedReport = {
	readonly arn: string;
	/** When IAM was asked for it. */
	readonly created: string;
	/** Whether all of its pages are here. */
	readonly complete: boolean;
	readonly services: readonly ServiceAccess[];
};

export type ServiceAccess = {
	/** IAM prefix, in lower case. */
	readonly service: string;
	/** The last attempt; null for none in the tracking period. */
	readonly last: string | null;
	/** The actions that IAM tracks one by one; null where it tracks none of this service, or the principal tried none of them: IAM does not tell these apart. */
	readonly actions: readonly ActionAccess[] | null;
};

export type ActionAccess = {
	/** Without prefix: "CreateBucket". */
	readonly name: string;
	/** The last attempt; null for none in the tracking period. */
	readonly last: string | null;
};

/** `Usage.source` where IAM's data is all there is: no trail was read. */
export const lastAccessedSource = 'last-accessed';

/** Days back for which IAM keeps the data, at least. */
const trackedDays = 400;

/** Hours until an attempt is in the data. */
const lateHours = 4;

const hourMs = 3_600_000;

/** An instant some hours earlier. */
const before = (instant: string, hours: number): string => `${new Date(Date.parse(instant) - hours * hourMs).toISOString().slice(0, 19)}Z`;

/** From when on a report knows of attempts. */
export const trackedSince = ({created}: LastAccessedReport): string => before(created, trackedDays * 24);

/** Up to when a report knows of attempts. */
export const trackedUntil = ({created}: LastAccessedReport): string => before(created, lateHours);

export const isInWindow = (instant: string | null, {start, end}: Window): boolean => instant !== null && instant >= start && instant < end;

/** UTC days of the window that every report speaks of. */
function daysOf(reports: readonly LastAccessedReport[], {start, end}: Window): string[] {
	const since = reports.map(report => trackedSince(report)).toSorted().at(-1);
	const [until] = reports.map(({created}) => created).toSorted();
	const days: string[] = [];
	if (since !== undefined && until !== undefined) {
		for (let day = start; day < end && day <= until; day = midnight(new Date(day), 1)) {
			if (day >= since) {
				days.push(day.slice(0, 10));
			}
		}
	}

	return days;
}

/** What IAM's data alone cannot say, in the words of the header. */
export function limitsWarning({reports}: LastAccessed): Warning {
	const [oldest] = reports.map(({created}) => created).toSorted();
	const asked = oldest === undefined ? '' : ` as of ${oldest}`;
	return {
		code: 'last-accessed-limits',
		message: `no trail was read: this is IAM's last accessed data${asked}. It has no counts, takes denied attempts for use, is up to ${lateHours} hours late, `
			+ `goes back ${trackedDays} days at least, and tells actions apart only where AWS tracks them (no data events, no iam:PassRole): the rest is ?`,
	};
}

/** The usage of an account without a trail: no event, and what IAM says. */
export function usageWithoutTrail(lastAccessed: LastAccessed, window: Window): Usage {
	return {
		source: lastAccessedSource,
		location: lastAccessed.location,
		rows: [],
		assumptions: [],
		accounts: [],
		days: daysOf(lastAccessed.reports, window),
		regions: [],
		elsewhere: [],
		unreadable: [],
		files: 0,
		warnings: [],
		lastAccessed,
	};
}
