import {globalRegions, globalServices} from '../data/global-services.js';
import {ActionSet} from './action-set.js';
import type {Catalog, CatalogAction} from './action.js';
import {dataEventOf, eventSourceOf, readOnlyOf} from './action-events.js';
import {recordingOf, type EventTraits, type Recording, type TrailSettings} from './trail-config.js';
import type {TrailFacts} from './trail-facts.js';

/** What CloudTrail's silence about one action is worth in this trail. */
export type Silence = {
	/** Whether not having seen the action proves that it was not used. */
	readonly proves: boolean;
	/** Stable kebab-case code, for scripts. */
	readonly code: string;
	/** The same in words. */
	readonly reason: string;
};

/** What silence proves, action by action. */
export type Coverage = {
	/** The actions whose silence proves something. */
	readonly provable: ActionSet;
	/** Of those, the ones that an event of their service which maps to no known action may have been. */
	readonly shaken: ActionSet;
	silence(id: number): Silence;
};

/** How silence is to be judged. */
export type CoverageOptions = {
	/** Take no assumption and no gap in the logs. */
	readonly strict: boolean;
	/** The trail's own configuration where it was given; it is taken over what the log lets one infer. */
	readonly settings: readonly TrailSettings[];
	/** Partition of the account: "aws", "aws-us-gov", "aws-cn". */
	readonly partition: string;
	/** The account whose logs they are; trails of another account are an organization's. */
	readonly accountId?: string;
};

const proof = (code: string, reason: string): Silence => ({proves: true, code, reason});
const blind = (code: string, reason: string): Silence => ({proves: false, code, reason});

const noLogs = blind('no-logs', 'the trail holds no event of this account in the window');
const never = blind('never-logged', 'CloudTrail does not record this action');
const noPublicApi = blind('no-public-api', 'a permission without an API call of its own: there is nothing for CloudTrail to record');
const dataEvent = blind('data-event', 'a data event: CloudTrail records it only where a trail selects that resource type');
const documented = proof('not-used', 'CloudTrail records the management events of this service, as AWS documents or this log shows, and none of this action was seen in the window');
const assumed = proof('not-used-assumed', 'none was seen in the window; that CloudTrail records this action is assumed (a public API operation, recorded by default; no page for it was read)');
const strictAssumed = blind('strict-assumed', 'that CloudTrail records this action is only assumed, and --strict takes no assumption');
const strictGaps = blind('strict-gaps', 'the logs do not cover every day of the window, or files could not be read, and --strict takes no gap');
const noReads = blind('no-read-events', 'this log holds no read-only event at all: the trail seems to record writes only');
const noWrites = blind('no-write-events', 'this log holds nothing but read-only events: the trail seems to record reads only');
const untoldReads = blind('read-only-unknown', 'no management event of this log tells whether it is a read-only one: the trail may record reads only, or writes only');
const untoldRegions = blind('regions-unknown', 'a global service, whose events are in one region, and this log does not tell which regions it holds');
const strictOrganization = blind('strict-organization-trail', 'the trail is an organization\'s: a change of what it selects would not be in this log, and --strict takes no assumption');
const singleRegion = blind('single-region-trail', 'the trail records one region only: a call in another region would not be in this log');
const notSelected = blind('not-selected', 'the trail\'s event selectors leave these events out');
const narrowSelector = blind('narrow-selector', 'the trail\'s event selectors let only a part of these events through');

/** Services whose events a trail can leave out of its management events, with their source (AWS CloudTrail API reference, EventSelector). */
const excludableSources: ReadonlyMap<string, string> = new Map([['kms', 'kms.amazonaws.com'], ['rds-data', 'rdsdata.amazonaws.com']]);

/** The least of what several trails record: only what all of them record is certain to be in the log, whichever wrote it. Null: not known. */
function leastRecording(settings: readonly TrailSettings[], event: EventTraits): Recording | null {
	const recordings = settings.map(trail => recordingOf(trail, event));
	const least = (['none', 'part'] as const).find(recording => recordings.includes(recording));
	return least ?? (recordings.length > 0 && recordings.every(recording => recording === 'all') ? 'all' : null);
}

/** A region that holds the service's events and has none of any in this log, as far as the log tells. */
function missingRegion(action: CatalogAction, trail: TrailFacts, partition: string): Silence | undefined {
	const service = globalServices[action.service];
	const region = service && (partition === 'aws' ? service.region : globalRegions[partition]);
	if (region === undefined || trail.regions.includes(region)) {
		return undefined;
	}

	return trail.regions.length === 0
		? untoldRegions
		: blind('no-global-region', `${action.service} is a global service whose events are in ${region}, and this log holds no event of ${region}`);
}

/** A trail of one region sees a global service only if it includes global service events and the log holds their region. */
function outsideRegion(action: CatalogAction, settings: readonly TrailSettings[]): Silence | undefined {
	const single = settings.filter(trail => trail.multiRegion === false);
	const isGlobal = action.service in globalServices;
	return single.length === 0 || (isGlobal && single.every(trail => trail.globalServiceEvents !== false)) ? undefined : singleRegion;
}

/** What the log itself shows of blind spots for management events; for trails whose configuration is not known. */
function inferredBlindSpot(action: CatalogAction, trail: TrailFacts): Silence | undefined {
	const {observed} = trail;
	if (!observed.reads && !observed.writes) {
		return untoldReads;
	}

	if (observed.writes && !observed.reads && readOnlyOf(action) !== false) {
		return noReads;
	}

	if (observed.reads && !observed.writes && readOnlyOf(action) !== true) {
		return noWrites;
	}

	const source = excludableSources.get(action.service);
	return source !== undefined && !observed.managementSources.has(source)
		? blind('source-may-be-excluded', `this log holds no event of ${source} at all: the trail may exclude them`)
		: undefined;
}

/** What a trail records of an action whose events may be of any of several resource types; null where it is not known. */
function recordingOfTypes(types: readonly string[], settings: readonly TrailSettings[], eventSource: string): Recording | null {
	// Which data events CloudTrail marks read-only is documented nowhere: a selector of one half is a narrower filter.
	const recordings = types.map(resourceType => leastRecording(settings, {category: 'Data', resourceType, eventSource, readOnly: null}));
	if (recordings.length === 0 || recordings.includes(null)) {
		return null;
	}

	return recordings.every(recording => recording === recordings[0]) ? recordings[0] ?? null : 'part';
}

/** What silence proves of data events of which every one is recorded today. */
function recordedData(named: string, trail: TrailFacts, options: CoverageOptions): Silence {
	const foreign = foreignTrail(options);
	if (!foreign) {
		return options.strict && hasGaps(trail) ? strictGaps : proof('not-used-data', `the trail records every ${named} event, and none was seen in the window`);
	}

	if (options.strict) {
		return strictOrganization;
	}

	const unseen = `a change of trail ${foreign.name} is an event of account ${foreign.accountId ?? ''} and would not be in this log`;
	return proof('not-used-data', `the trail records every ${named} event, and none was seen in the window (${unseen})`);
}

function judgeData(action: CatalogAction, trail: TrailFacts, options: CoverageOptions): Silence {
	const event = dataEventOf(action);
	const types = event?.resourceTypes ?? [];
	const named = types.join(', ');
	if (event?.unrecorded !== undefined) {
		return blind('partly-recorded', `${event.unrecorded} need it, too, and CloudTrail does not record them`);
	}

	const recording = recordingOfTypes(types, options.settings, eventSourceOf(action.service));
	if (recording === null) {
		return trail.observed.dataServices.has(action.service)
			? blind('data-event-seen', `data events of ${action.service} are in this log, but the trail's selectors may leave resources out: give --trail-config`)
			: dataEvent;
	}

	if (recording !== 'all') {
		return recording === 'none' ? {...notSelected, reason: `${notSelected.reason} (${named})`} : {...narrowSelector, reason: `${narrowSelector.reason} (${named})`};
	}

	const [change] = trail.observed.configurationChanges;
	if (change) {
		return blind('trail-changed', `the trail selects ${named} today, but trails were changed inside the window (${change[0]}, ${change[1]})`);
	}

	const asManagement = event?.alsoManagement ? judgeManagement(action, trail, options) : undefined;
	if (asManagement && !asManagement.proves) {
		return asManagement;
	}

	return outsideRegion(action, options.settings) ?? recordedData(named, trail, options);
}

/** A trail of another account, the organization's: its changes are events of that account. */
function foreignTrail({settings, accountId}: CoverageOptions): TrailSettings | undefined {
	return settings.find(trail => accountId !== undefined && trail.accountId !== null && trail.accountId !== accountId);
}

/** Whether days of the window are without logs, or files could not be read. */
export const hasGaps = (trail: Pick<TrailFacts, 'unreadableFiles' | 'daysCovered' | 'daysInWindow'>): boolean => trail.unreadableFiles > 0 || trail.daysCovered < trail.daysInWindow;

/** Whether a page of AWS, or this very log, says that the action leaves an event of its own name. */
const isKnown = (action: CatalogAction, trail: TrailFacts): boolean => action.documented || trail.observed.asManagement.has(action.id);

function judgeManagement(action: CatalogAction, trail: TrailFacts, options: CoverageOptions): Silence {
	// Without a configuration nothing is asked of it, 22,000 times.
	const recording = options.settings.length === 0
		? null
		: leastRecording(options.settings, {category: 'Management', resourceType: null, eventSource: eventSourceOf(action.service), readOnly: readOnlyOf(action)});
	const spot = recording === 'none'
		? notSelected
		: (recording === 'part' ? narrowSelector : outsideRegion(action, options.settings) ?? missingRegion(action, trail, options.partition));
	if (spot) {
		return spot;
	}

	// A configuration that was changed inside the window does not speak for all of it: then the log itself is asked, too.
	const inferred = recording === null || trail.observed.configurationChanges.size > 0 || foreignTrail(options) ? inferredBlindSpot(action, trail) : undefined;
	if (inferred) {
		return inferred;
	}

	const known = isKnown(action, trail);
	if (options.strict) {
		return known ? (hasGaps(trail) ? strictGaps : documented) : strictAssumed;
	}

	return known ? documented : assumed;
}

/** Judges what the silence of one trail and window proves (Domain rules, section 5). */
export function judgeCoverage(catalog: Catalog, trail: TrailFacts, options: CoverageOptions): Coverage {
	const judge = (action: CatalogAction): Silence => {
		if (trail.events === 0) {
			return noLogs;
		}

		switch (action.trailClass) {
			case 'management': {
				return judgeManagement(action, trail, options);
			}

			case 'data': {
				return judgeData(action, trail, options);
			}

			case 'never': {
				return never;
			}

			case 'no-public-api': {
				return noPublicApi;
			}
		}
	};

	const silences: Silence[] = [];
	const provable = new ActionSet(catalog.size);
	const shaken = new ActionSet(catalog.size);
	for (let id = 0; id < catalog.size; id++) {
		const action = catalog.at(id);
		const silence = judge(action);
		silences.push(silence);
		if (silence.proves) {
			provable.add(id);
			if (options.strict || !isKnown(action, trail)) {
				shaken.add(id);
			}
		}
	}

	return {
		provable,
		shaken,
		silence(id) {
			const silence = silences[id];
			if (!silence) {
				throw new RangeError(`no action ${id} in a catalog of ${catalog.size}`);
			}

			return silence;
		},
	};
}
