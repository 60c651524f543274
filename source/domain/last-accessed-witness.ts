import {ActionSet} from './action-set.js';
import type {Catalog} from './action.js';
import type {Coverage, Silence} from './coverage.js';
import type {EventFacts, EventMapping} from './event-mapping.js';
import {iamPrefixesOf} from './event-source.js';
import type {PrincipalGrants} from './grants.js';
import {hearAlone} from './last-accessed-alone.js';
import {createConditionalOf} from './last-accessed-usage.js';
import {isInWindow, type LastAccessed, type LastAccessedReport} from './last-accessed.js';
import type {PrincipalUsage} from './principal-usage.js';
import type {IamPrincipal} from './snapshot.js';
import type {Window} from './window.js';
import {later} from './words.js';

/** A verdict on a principal, with its reason. */
export type Judged = {readonly verdict: 'used' | 'unused' | 'unknown'; readonly reasonCode: string; readonly reason: string};

/** What IAM's last accessed data says of one principal. */
export type PrincipalWitness = {
	/** No trail was read: only this speaks. */
	readonly alone: boolean;
	/** Set where it alone says that the principal was used. */
	readonly used?: Judged;
	/** Why silence does not make the principal unused. */
	readonly doubt?: Judged;
	/** What unused rests on where this alone speaks. */
	readonly unused?: Judged;
};

/** A principal as it stands after IAM's data was heard. */
export type Hearing = {
	readonly usage: PrincipalUsage | undefined;
	/** What silence is worth for this principal. */
	readonly coverage: Coverage;
	readonly witness: PrincipalWitness;
};

/** The principal that is asked about; `usage` is what the trail saw of it. */
export type WitnessSubject = {readonly principal: IamPrincipal; readonly grants: PrincipalGrants; readonly usage: PrincipalUsage | undefined};

export type WitnessContext = {
	readonly catalog: Catalog;
	readonly mapEvent: (facts: EventFacts) => EventMapping;
	readonly window: Window;
	readonly strict: boolean;
	/** Actions that CloudTrail records as management events: those that IAM may track. */
	readonly management: ActionSet;
	/** Actions that a call of an action may need besides. */
	readonly conditionalOf: (id: number) => readonly number[];
};

export type WitnessOptions = Omit<WitnessContext, 'conditionalOf' | 'management'> & {
	readonly lastAccessed: LastAccessed;
	/** No trail was read. */
	readonly alone: boolean;
	/** What the trail's silence is worth. */
	readonly coverage: Coverage;
};

/** How much later than the last event that is in the log an attempt must be to be one that the log does not hold: logs are late, and so is IAM. */
const toleranceMs = 86_400_000;

/** The last event of each service (IAM prefix) that the trail holds of a principal. */
function seenServices(usage: PrincipalUsage | undefined, catalog: Catalog): ReadonlyMap<string, string | null> {
	const seen = new Map<string, string | null>();
	const see = (service: string, last: string | null) => seen.set(service, later(seen.get(service) ?? null, last));
	for (const [id, {used, denied, unproven, events}] of usage?.actions ?? []) {
		const last = later(later(used.last, denied.last), unproven.last);
		see(catalog.at(id).service, last);
		for (const event of events) {
			for (const prefix of iamPrefixesOf(event.slice(0, event.indexOf(':')), {serviceNamespace: null, clientHost: null})) {
				see(prefix, last);
			}
		}
	}

	// Of these only the source is known: their time is at most the principal's last.
	for (const event of [...usage?.noPermissionNeeded.keys() ?? [], ...usage?.unmapped.keys() ?? []]) {
		for (const prefix of iamPrefixesOf(event.slice(0, event.indexOf(':')), {serviceNamespace: null, clientHost: null})) {
			see(prefix, usage?.lastEvent ?? null);
		}
	}

	return seen;
}

const disagrees = (reason: string): Silence => ({proves: false, code: 'last-accessed-disagrees', reason});

/** Actions of which IAM knows an attempt in the window that the log does not hold; `exact` where IAM names the action, not only its service. */
function findDoubts(report: LastAccessedReport, {usage}: WitnessSubject, {catalog, window}: WitnessContext): ReadonlyMap<number, {readonly exact: boolean; readonly silence: Silence}> {
	const seen = seenServices(usage, catalog);
	const doubts = new Map<number, {exact: boolean; silence: Silence}>();
	for (const {service, last, actions} of report.services) {
		const tracked = new Set<number>();
		for (const {name, last: attempt} of actions ?? []) {
			const id = catalog.idOf(`${service}:${name}`);
			if (id === undefined) {
				continue;
			}

			tracked.add(id);
			if (isInWindow(attempt, window) && !usage?.actions.has(id)) {
				doubts.set(id, {exact: true, silence: disagrees(`IAM says it was last accessed ${attempt}, but no event of it is in these logs`)});
			}
		}

		const lastSeen = seen.get(service) ?? null;
		if (last === null || !isInWindow(last, window) || (lastSeen !== null && Date.parse(last) - Date.parse(lastSeen) <= toleranceMs)) {
			continue;
		}

		const silence = disagrees(lastSeen === null
			? `IAM says ${service} was last accessed ${last}, but no event of ${service} is in these logs`
			: `IAM says ${service} was last accessed ${last}, but the last event of ${service} in these logs is of ${lastSeen}`);
		const [from, to] = catalog.serviceRange(service) ?? [0, 0];
		for (let id = from; id < to; id++) {
			// An action that IAM tracks and saw no attempt of: both say the same.
			if (!tracked.has(id)) {
				doubts.set(id, {exact: false, silence});
			}
		}
	}

	return doubts;
}

/** Hears IAM's report beside a trail: it takes `-` away where it knows of a use that the log does not hold, and gives none. */
function hearBeside(report: LastAccessedReport | undefined, subject: WitnessSubject, context: WitnessContext & {readonly coverage: Coverage}): Hearing {
	const {usage} = subject;
	const {coverage, catalog, window} = context;
	const doubts = report ? findDoubts(report, subject, context) : new Map<number, never>();
	const [last] = (report?.services ?? []).filter(access => isInWindow(access.last, window)).toSorted((a, b) => (a.last ?? '') > (b.last ?? '') ? -1 : 1);
	const doubt: Judged | undefined = last && {
		verdict: 'unknown',
		reasonCode: 'last-accessed-disagrees',
		reason: `no event in this trail, but IAM says it last accessed ${last.service} ${last.last ?? ''}`,
	};
	const witness: PrincipalWitness = {alone: false, ...doubt && {doubt}};
	if (doubts.size === 0) {
		return {usage, coverage, witness};
	}

	const exact = [...doubts].filter(([, doubt]) => doubt.exact).map(([id]) => id);
	return {
		// That IAM knows of an attempt says more than that another call may have needed the action.
		usage: usage && {...usage, mayHaveNeeded: new Map([...usage.mayHaveNeeded].filter(([id]) => !exact.includes(id)))},
		witness,
		coverage: {
			provable: coverage.provable.minus(ActionSet.of(catalog.size, doubts.keys())),
			shaken: coverage.shaken,
			silence(id) {
				const found = doubts.get(id);
				const silence = coverage.silence(id);
				return found && (found.exact || silence.proves) ? found.silence : silence;
			},
		},
	};
}

/** Makes the function that lets IAM's last accessed data speak on one principal: alone, or beside a trail. */
export function createWitness({lastAccessed, alone, coverage, ...options}: WitnessOptions): (subject: WitnessSubject) => Hearing {
	const reports = new Map(lastAccessed.reports.map(report => [report.arn, report]));
	const {catalog} = options;
	const management = ActionSet.of(catalog.size, Array.from({length: catalog.size}, (_, id) => id).filter(id => catalog.at(id).trailClass === 'management'));
	const context = {...options, coverage, management, conditionalOf: createConditionalOf(options.catalog, options.mapEvent)};
	return subject => {
		const report = reports.get(subject.principal.arn);
		return alone ? hearAlone(report, subject, context) : hearBeside(report, subject, context);
	};
}
