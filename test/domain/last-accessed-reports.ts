import type {LastAccessed, LastAccessedReport, ServiceAccess} from '../../source/domain/last-accessed.js';

/** When the tests' reports were made. */
export const reported = '2026-02-01T10:00:00Z';

/** A service as IAM reports it: its last attempt, and those of its tracked actions by name; no third argument where IAM names none. */
export function access(service: string, last: string | null = null, actions?: Readonly<Record<string, string | null>>): ServiceAccess {
	return {service, last, actions: actions ? Object.entries(actions).map(([name, at]) => ({name, last: at})) : null};
}

/** A whole report on one principal. */
export function report(arn: string, services: readonly ServiceAccess[], more: Partial<LastAccessedReport> = {}): LastAccessedReport {
	return {arn, created: reported, complete: true, services, ...more};
}

export const heard = (...reports: readonly LastAccessedReport[]): LastAccessed => ({location: 'IAM of account 111122223333', reports, warnings: []});
