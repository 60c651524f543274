import {ActionSet} from './action-set.js';
import type {Coverage, Silence} from './coverage.js';
import {attemptsOf, servicesOf, type Services} from './last-accessed-usage.js';
import {isInWindow, trackedSince, trackedUntil, type LastAccessedReport} from './last-accessed.js';
import type {Hearing, Judged, WitnessContext, WitnessSubject} from './last-accessed-witness.js';
import type {IamPrincipal} from './snapshot.js';
import {plural} from './words.js';
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

/** Actions of which the report knows no attempt in the window, nor one after it: by their own date where IAM tracks them, else by their service's. */
function silentActions(services: Services, {catalog, window}: WitnessContext): ActionSet {
	const silent = new ActionSet(catalog.size);
	const tried: number[] = [];
	for (const {access, actions} of services.values()) {
		if (access.last === null || access.last < window.start) {
			silent.addRange(...catalog.serviceRange(access.service) ?? [0, 0]);
		}

		for (const [name, last] of actions) {
			const id = catalog.idOf(name);
			if (id !== undefined && (last === null || last < window.start)) {
				silent.add(id);
			} else if (id !== undefined) {
				tried.push(id);
			}
		}
	}

	return silent.minusWith(ActionSet.of(catalog.size, tried));
}

/** What the silence of one report is worth, action by action. */
function coverageOf(report: LastAccessedReport, {principal, grants}: WitnessSubject, context: WitnessContext): Coverage {
	const {catalog, window, strict} = context;
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

	const provable = mute !== undefined || strict ? new ActionSet(catalog.size) : silentActions(services, context).intersectWith(context.management).intersectWith(grants.granted);
	return {provable, shaken: new ActionSet(catalog.size), silence};
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
			coverage: {provable: new ActionSet(catalog.size), shaken: new ActionSet(catalog.size), silence: () => noReport},
			witness: {alone: true, doubt: {verdict: 'unknown', reasonCode: noReport.code, reason: noReport.reason}},
		};
	}

	const coverage = coverageOf(report, subject, context);
	const usage = attemptsOf(report, {grants, provable: coverage.provable}, context);
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
