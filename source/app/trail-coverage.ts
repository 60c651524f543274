import type {TrailSettings} from '../domain/trail-config.js';
import type {ObservedTrail} from '../domain/trail-facts.js';
import type {Usage} from '../domain/usage.js';
import {daysIn, midnight, type Window} from '../domain/window.js';
import type {TrailCoverage} from './analysis.js';

/** Days of the window that are not among `days`. */
function missingDays(window: Window, days: readonly string[]): string[] {
	const covered = new Set(days);
	const start = new Date(window.start);
	return Array.from({length: daysIn(window)}, (_, day) => midnight(start, day).slice(0, 10)).filter(day => !covered.has(day));
}

/** Sums up, for people and scripts, what one account's log of a window shows of its trail. */
export function summarizeCoverage(usage: Usage, window: Window, observed: ObservedTrail, settings: readonly TrailSettings[]): TrailCoverage {
	return {
		missingDays: missingDays(window, usage.days),
		regions: usage.regions,
		readOnlyEvents: observed.reads,
		writeEvents: observed.writes,
		kmsEvents: observed.managementSources.has('kms.amazonaws.com'),
		rdsDataEvents: observed.managementSources.has('rdsdata.amazonaws.com') || observed.dataServices.has('rds-data'),
		dataEvents: [...observed.dataServices].map(([service, events]) => ({service, events})).toSorted((a, b) => b.events - a.events || (a.service < b.service ? -1 : 1)),
		configuration: settings.map(trail => trail.name),
	};
}
