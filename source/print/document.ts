import type {ActionEvidence, ActionRow, Analysis, PrincipalDetail, PrincipalSummary} from '../app/analysis.js';
import type {Warning} from '../domain/warning.js';

/** Version of the printed JSON: raised when a key changes its meaning or goes away. */
const schemaVersion = 1;

/** An analysis's warnings; behind the one that counts the unreadable files stands each of them with its reason, at most `limit`. */
export function accountWarnings({warnings, unreadable}: Analysis, limit = Infinity): Warning[] {
	const more = unreadable.length - limit;
	const files = [
		...unreadable.slice(0, limit).map(({path, reason}) => `${path}: ${reason}`),
		...more > 0 ? [`and ${more} more: see --format json or w on the screen`] : [],
	].map(message => ({code: 'unreadable-file', message}));
	return warnings.flatMap(warning => warning.code === 'unreadable-files' ? [warning, ...files] : [warning]);
}

// Every key is written out, in the order in which it is printed: that order is a promise to scripts.

/** What every document begins with. */
export function head(analysis: Analysis, more: readonly Warning[] = []) {
	const {account, window, trail, coverage} = analysis;
	return {
		schemaVersion,
		account: {id: account.id, name: account.name ?? account.id},
		window: {start: window.start, end: window.end},
		trail: {
			source: trail.source,
			location: trail.location,
			events: trail.events,
			firstEvent: trail.firstEvent,
			lastEvent: trail.lastEvent,
			daysCovered: trail.daysCovered,
			daysInWindow: trail.daysInWindow,
			unreadableFiles: trail.unreadableFiles,
			unattributed: trail.unattributed.map(({kind, events}) => ({kind, events})),
		},
		warnings: [...accountWarnings(analysis), ...more].map(({code, message}) => ({code, message})),
		coverage: {
			missingDays: [...coverage.missingDays],
			regions: [...coverage.regions],
			readOnlyEvents: coverage.readOnlyEvents,
			writeEvents: coverage.writeEvents,
			kmsEvents: coverage.kmsEvents,
			rdsDataEvents: coverage.rdsDataEvents,
			dataEvents: coverage.dataEvents.map(({service, events}) => ({service, events})),
			configuration: [...coverage.configuration],
		},
	};
}

/** A principal as the JSON shows it. */
export function principalRecord(principal: PrincipalSummary) {
	return {
		arn: principal.arn,
		id: principal.id,
		name: principal.name,
		kind: principal.kind,
		created: principal.created,
		verdict: principal.verdict,
		reasonCode: principal.reasonCode,
		reason: principal.reason,
		lastUsed: principal.lastUsed,
		events: principal.events,
		denied: principal.denied,
		unusedDangerous: principal.unusedDangerous,
	};
}

/** An action as the JSON shows it, without the statements that grant it. */
export function actionRecord(row: ActionRow) {
	return {
		action: row.action,
		verdict: row.verdict,
		reasonCode: row.reasonCode,
		reason: row.reason,
		count: row.count,
		failed: row.failed,
		denied: row.denied,
		firstUsed: row.firstUsed,
		lastUsed: row.lastUsed,
		events: [...row.events],
		deniedInPart: row.deniedInPart,
		blockedBy: [...row.blockedBy],
	};
}

/** Events and their counts as the JSON shows them. */
export const eventCounts = (counts: Analysis['unmapped']) => counts.map(({eventSource, eventName, count}) => ({eventSource, eventName, count}));

/** The JSON of `--list`. */
export function listDocument(analysis: Analysis, principals: readonly PrincipalSummary[]) {
	return {
		...head(analysis),
		principals: principals.map(principal => principalRecord(principal)),
		unmapped: eventCounts(analysis.unmapped),
	};
}

type Grants = ActionEvidence['grantedBy'];

const grantRecords = (grants: Grants) => grants.map(grant => ({
	policy: grant.policy,
	policyArn: grant.policyArn,
	policyType: grant.policyType,
	via: {kind: grant.via.kind, name: grant.via.name},
	statement: grant.statement,
	sid: grant.sid,
	conditional: grant.conditional,
	resources: grant.resources,
	notResources: grant.notResources,
}));

/** What a principal's detail has to say beside its actions, as warnings. */
export function noteWarnings(detail: PrincipalDetail): Warning[] {
	return detail.notes.map(message => ({code: 'policy-note', message}));
}

/** What the JSON says of a principal beside its own record; `actions` are the rows to show. */
export function principalBody(detail: PrincipalDetail, actions: readonly ActionRow[]) {
	return {
		actions: actions.map(row => ({
			...actionRecord(row),
			grantedBy: grantRecords(detail.grantedBy(row)),
			accessLevel: row.accessLevel,
			risk: row.risk && {kind: row.risk.kind, note: row.risk.note, source: row.risk.source},
		})),
		attempted: detail.attempted.map(({action, denied}) => ({action, denied})),
		noPermissionNeeded: eventCounts(detail.noPermissionNeeded),
		unmapped: eventCounts(detail.unmapped),
	};
}

/** The JSON of `--user` and `--role`; `actions` are the rows that the filters left. */
export function principalDocument(analysis: Analysis, detail: PrincipalDetail, actions: readonly ActionRow[]) {
	return {
		...head(analysis, noteWarnings(detail)),
		principal: principalRecord(detail.principal),
		...principalBody(detail, actions),
	};
}

/** The JSON of `--explain`; `detail` is of the principal that is asked about. */
export function evidenceDocument(analysis: Analysis, detail: PrincipalDetail, evidence: ActionEvidence) {
	return {
		...head(analysis, noteWarnings(detail)),
		principal: principalRecord(detail.principal),
		evidence: {
			action: evidence.action,
			verdict: evidence.verdict,
			reasonCode: evidence.reasonCode,
			reason: evidence.reason,
			deniedInPart: evidence.deniedInPart,
			blockedBy: [...evidence.blockedBy],
			grantedBy: grantRecords(evidence.grantedBy),
			provedBy: [...evidence.provedBy],
			seen: evidence.seen.map(seen => ({
				event: seen.event,
				outcome: seen.outcome,
				errorCode: seen.errorCode,
				count: seen.count,
				first: seen.first,
				last: seen.last,
				sample: {
					eventId: seen.sample.eventId,
					region: seen.sample.region,
					sourceAddress: seen.sample.sourceAddress,
					userAgent: seen.sample.userAgent,
				},
			})),
			changes: evidence.changes.map(({change, certain}) => ({
				time: change.time,
				event: `${change.eventSource}:${change.eventName}`,
				actor: change.actor,
				eventId: change.eventId,
				certain,
			})),
		},
	};
}

/** The JSON of `unmapped`. */
export function unmappedDocument(analysis: Analysis) {
	return {...head(analysis), unmapped: eventCounts(analysis.unmapped)};
}
