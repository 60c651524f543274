import {ActionSet} from './action-set.js';
import type {Catalog} from './action.js';
import {eventSourceOf} from './action-events.js';
import type {Coverage, Silence} from './coverage.js';
import type {EventFacts, EventMapping} from './event-mapping.js';
import type {PrincipalGrants} from './grants.js';
import {isInWindow, trackedSince, trackedUntil, type LastAccessedReport, type ServiceAccess} from './last-accessed.js';
import type {Hearing, Judged, WitnessContext, WitnessSubject} from './last-accessed-witness.js';
import type {ActionUsage, PrincipalUsage} from './principal-usage.js';
import {provingEvents} from './proving-events.js';
import type {IamPrincipal} from './snapshot.js';
import {later, plural} from './words.js';
import type {Window} from './window.js';

const proof = (code: string, reason: string): Silence => ({proves: true, code, reason});
const blind = (code: string, reason: string): Silence => ({proves: false, code, reason});

const noReport = blind('no-last-accessed-report', 'IAM gave no last accessed data of this principal');
const strictAssumed = blind('strict-assumed', 'IAM reports no attempt, but that it tracks every region and action in use is assumed, and --strict takes no assumption');
const dataEvent = blind('data-event', 'a data event: IAM does not track these one by one, and does not say that they count as use of the service');
const noCall = blind('not-tracked', 'IAM does not track this permission: it has no API call of its own, or none that is recorded');

/** How much older than the window's end a report may be: the window's last day is not over, and the one before may be another's today. */
const staleMs = 2 * 86_400_000;

/** Why a report cannot speak for a principal and window at all; undefined where it can. */
function muteness(report: LastAccessedReport, created: string | null, window: Window): Silence | undefined {
	const since = trackedSince(report);
	if (window.start < since) {
		return blind('before-tracking', `IAM's last accessed data surely goes back to ${since.slice(0, 10)} only, and the window begins ${window.start.slice(0, 10)}`);
	}

	if (Date.parse(window.end) - Date.parse(report.created) > staleMs) {
		return blind('report-too-old', `IAM's report was made ${report.created} and knows nothing of the rest of the window: make it anew, or give --end ${report.created.slice(0, 10)}`);
	}

	return created !== null && created > trackedUntil(report)
		? blind('report-too-early', `created ${created}, and IAM's report of ${report.created} may be hours late`)
		: undefined;
}

type Services = ReadonlyMap<string, {readonly access: ServiceAccess; readonly actions: ReadonlyMap<string, string | null>}>;

/** Services by prefix, each with its tracked actions by lower-case name. */
function servicesOf(report: LastAccessedReport): Services {
	return new Map(report.services.map(access => [
		access.service,
		{access, actions: new Map((access.actions ?? []).map(({name, last}) => [`${access.service}:${name.toLowerCase()}`, last]))},
	]));
}

/** What the silence of one report is worth, action by action. */
function coverageOf(report: LastAccessedReport, {principal, grants}: WitnessSubject, {catalog, window, strict}: WitnessContext): Coverage {
	const services = servicesOf(report);
	const mute = muteness(report, principal.created, window);
	const silence = (id: number): Silence => {
		const {service, trailClass} = catalog.at(id);
		const found = services.get(service);
		if (!found) {
			return blind('not-in-report', report.complete ? `IAM's report does not list ${service}` : `IAM's report does not list ${service}, and pages of it are missing`);
		}

		const tracked = found.actions.get(catalog.lowerName(id));
		const last = tracked === undefined ? found.access.last : tracked;
		const what = tracked === undefined ? service : 'it';
		if (last !== null && last >= window.end) {
			return blind('last-accessed-later', `IAM says ${what} was last attempted ${last}, after the window; whether inside it, too, IAM does not say`);
		}

		if (isInWindow(last, window)) {
			return blind('not-tracked', `IAM says ${service} was last accessed ${last}, but not by which action`);
		}

		if (trailClass !== 'management') {
			return trailClass === 'data' ? dataEvent : noCall;
		}

		if (mute) {
			return mute;
		}

		if (strict) {
			return strictAssumed;
		}

		const since = last === null ? `since ${trackedSince(report).slice(0, 10)} or longer` : `in the window: the last was ${last}`;
		return tracked === undefined
			? proof('service-not-accessed', `IAM reports no attempt to access ${service} ${since}`)
			: proof('not-accessed', `IAM tracks this action and reports no attempt ${since}`);
	};

	const provable = new ActionSet(catalog.size);
	for (const id of grants.granted.ids()) {
		if (silence(id).proves) {
			provable.add(id);
		}
	}

	return {provable, silence};
}

/** What a call that an action authorizes may need besides; remembered by id. */
export function createConditionalOf(catalog: Catalog, mapEvent: (facts: EventFacts) => EventMapping): (id: number) => readonly number[] {
	const known = new Map<number, readonly number[]>();
	const facts = (eventSource: string, eventName: string, service: string): EventFacts => ({
		eventSource, eventName, eventType: 'AwsApiCall', serviceNamespace: service === 'application-autoscaling' ? 'ecs' : null, clientHost: null, sessionTags: false, sourceIdentity: false,
	});

	const find = (id: number): readonly number[] => {
		const {name, service} = catalog.at(id);
		const same = mapEvent(facts(eventSourceOf(service), name.slice(service.length + 1), service));
		if (same.kind === 'actions' && same.certain.includes(id)) {
			return same.conditional;
		}

		const conditional = provingEvents(catalog, mapEvent, id).flatMap(event => {
			const at = event.indexOf(':');
			const mapping = mapEvent(facts(event.slice(0, at), event.slice(at + 1), service));
			return mapping.kind === 'actions' ? mapping.conditional : [];
		});
		return [...new Set(conditional)];
	};

	return id => {
		const conditional = known.get(id) ?? find(id);
		known.set(id, conditional);
		return conditional;
	};
}

/** The catalog ids of an action that IAM names; by the event of that name where the catalog does not know it. */
function idsOf(service: string, name: string, {catalog, mapEvent}: WitnessContext): readonly number[] {
	const id = catalog.idOf(`${service}:${name}`);
	if (id !== undefined) {
		return [id];
	}

	const mapping = mapEvent({eventSource: eventSourceOf(service), eventName: name, eventType: 'AwsApiCall', serviceNamespace: null, clientHost: null, sessionTags: false, sourceIdentity: false});
	return mapping.kind === 'unmapped' ? [] : mapping.certain;
}

const attempted = (last: string): ActionUsage => ({
	used: {count: 0, first: null, last},
	failed: 0,
	denied: {count: 0, first: null, last: null},
	unproven: {count: 0, first: null, last: null},
	events: new Set(),
});

/**
What the principal tried, as far as it is granted: of the rest, IAM does not say whether the attempt was denied.
What other calls may have needed is told of the `provable` alone: the rest is unknown for a better reason.
*/
function usageOf(report: LastAccessedReport, {grants, provable}: {grants: PrincipalGrants; provable: ActionSet}, context: WitnessContext): PrincipalUsage {
	const {catalog, window, conditionalOf} = context;
	const actions = new Map<number, ActionUsage>();
	const mayHaveNeeded = new Map<number, Set<string>>();
	let lastUsed: string | null = null;
	const need = (by: string, id: number) => {
		for (const needed of conditionalOf(id)) {
			if (provable.has(needed)) {
				mayHaveNeeded.set(needed, (mayHaveNeeded.get(needed) ?? new Set()).add(by));
			}
		}
	};

	for (const [service, {access, actions: tracked}] of servicesOf(report)) {
		// One whose last attempt came after the window may have been tried inside it, too.
		if ([access, ...access.actions ?? []].every(({last}) => last === null || last < window.start)) {
			continue;
		}

		lastUsed = later(lastUsed, isInWindow(access.last, window) ? access.last : null);
		for (const {name, last} of access.actions ?? []) {
			for (const id of isInWindow(last, window) ? idsOf(service, name, context) : []) {
				lastUsed = later(lastUsed, last);
				need(catalog.at(id).name, id);
				if (last !== null && grants.granted.has(id)) {
					actions.set(id, attempted(later(actions.get(id)?.used.last ?? null, last) ?? last));
				}
			}
		}

		// The service was accessed: by any of the actions that IAM does not track one by one.
		const [from, to] = catalog.serviceRange(service) ?? [0, 0];
		for (let id = from; id < to; id++) {
			if (grants.granted.has(id) && !tracked.has(catalog.lowerName(id))) {
				need(`some call of ${service}`, id);
			}
		}
	}

	return {
		events: 0, denied: 0, unauthenticated: 0, lastUsed, lastEvent: lastUsed, actions, mayHaveNeeded, noPermissionNeeded: new Map(), free: new Set(), unmapped: new Map(),
	};
}

/** IAM's own date of the principal's last use, of whatever service; undefined where it was not given. */
function ownDateOf(principal: IamPrincipal): {readonly last: string | null} | undefined {
	if (principal.kind === 'role') {
		return {last: principal.lastUsed};
	}

	return principal.credentialsUsed?.complete ? principal.credentialsUsed : undefined;
}

/** Why no access in the report does not make a principal unused; undefined where it does. */
function doubtOf(report: LastAccessedReport, coverage: Coverage, {principal, grants}: WitnessSubject, {window, strict}: WitnessContext): Judged | undefined {
	const unknown = (code: string, reason: string): Judged => ({verdict: 'unknown', reasonCode: code, reason});
	const own = principal.kind === 'role' ? principal.lastUsed : principal.credentialsUsed?.last ?? null;
	if (own !== null && own >= window.start) {
		return unknown('iam-last-used', `IAM reports no access to what its policies allow, but says it was last used ${own}`);
	}

	const last = report.services.map(access => access.last).filter(time => time !== null).toSorted().at(-1);
	if (last !== undefined && last >= window.end) {
		return unknown('last-accessed-later', `IAM says it was last used ${last}, after the window; whether inside it, too, IAM does not say`);
	}

	const mute = muteness(report, principal.created, window) ?? (strict ? strictAssumed : undefined);
	if (mute) {
		return unknown(mute.code, mute.reason);
	}

	if (!report.complete) {
		return unknown('report-cut-off', 'pages of IAM\'s report on it are missing');
	}

	const mayAct = grants.incomplete.length > 0 || grants.unknown.length > 0 || !grants.granted.isEmpty();
	if (mayAct && grants.granted.intersect(coverage.provable).isEmpty()) {
		return unknown('not-tracked', 'IAM reports no access, but nothing it may do is known to be tracked: silence means nothing');
	}

	return ownDateOf(principal)
		? undefined
		: unknown('no-own-date', 'IAM reports no access to what its policies allow, but leaves out what resource policies allow, and dates of its password and keys were not given');
}

/** Judges a principal by IAM's report on it and nothing else. */
export function hearAlone(report: LastAccessedReport | undefined, subject: WitnessSubject, context: WitnessContext): Hearing {
	const {principal, grants} = subject;
	const {catalog, window} = context;
	if (!report) {
		return {
			usage: undefined,
			coverage: {provable: new ActionSet(catalog.size), silence: () => noReport},
			witness: {alone: true, doubt: {verdict: 'unknown', reasonCode: noReport.code, reason: noReport.reason}},
		};
	}

	const coverage = coverageOf(report, subject, context);
	const usage = usageOf(report, {grants, provable: coverage.provable}, context);
	if (usage.lastUsed !== null) {
		const services = report.services.filter(({last}) => isInWindow(last, window));
		const reason = `IAM says it tried to access ${plural(services.length, 'service')} in the window, last ${usage.lastUsed}; denied attempts count, too`;
		return {usage, coverage, witness: {alone: true, used: {verdict: 'used', reasonCode: 'last-accessed', reason}}};
	}

	const doubt = doubtOf(report, coverage, subject, context);
	const last = ownDateOf(principal)?.last ?? null;
	const own = last === null ? 'IAM has no last-used date of it' : `IAM's own last-used date is ${last.slice(0, 10)}`;
	const reason = `IAM reports no access to any of the ${plural(report.services.length, 'service')} its policies allow since ${window.start.slice(0, 10)}; ${own}`;
	return {usage, coverage, witness: {alone: true, ...doubt && {doubt}, unused: {verdict: 'unused', reasonCode: 'not-accessed', reason}}};
}
