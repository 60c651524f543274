import {isNoCall, isRepeat} from './attribution.js';
import type {Catalog} from './action.js';
import type {EventMapping} from './event-mapping.js';
import type {UsageRow} from './usage.js';

/** What a log itself shows of what its trail records: the events received by the account in the window, whoever called. */
export type TrailFacts = {
	/** Events received by the account in the window. */
	readonly events: number;
	/** UTC days with at least one of them. */
	readonly daysCovered: number;
	readonly daysInWindow: number;
	readonly unreadableFiles: number;
	/** Regions with at least one of them, sorted; empty where the source cannot tell. */
	readonly regions: readonly string[];
	readonly observed: ObservedTrail;
};

/** What the events themselves prove of the trail. */
export type ObservedTrail = {
	/** Catalog ids that the log holds as management events. */
	readonly asManagement: ReadonlySet<number>;
	/** Whether any management event is a read-only one, and whether any is not. */
	readonly reads: boolean;
	readonly writes: boolean;
	/** Event sources of management events: "kms.amazonaws.com". */
	readonly managementSources: ReadonlySet<string>;
	/** IAM prefixes whose data events are in the log, with their number. */
	readonly dataServices: ReadonlyMap<string, number>;
	/** Changes of a trail's configuration: "PutEventSelectors" -> the last one's time. */
	readonly configurationChanges: ReadonlyMap<string, string>;
};

/** Calls that change what a trail records (AWS CloudTrail API reference). */
const trailChanges = new Set(['PutEventSelectors', 'UpdateTrail', 'StopLogging', 'StartLogging', 'CreateTrail', 'DeleteTrail']);

/** Whether a row is of data events. Records before version 1.06 do not say: then the class of what they prove does. */
function isData(row: UsageRow, certain: readonly number[], catalog: Catalog): boolean {
	if (row.eventCategory === null && row.managementEvent === null) {
		return certain.length > 0 && certain.every(id => catalog.at(id).trailClass === 'data');
	}

	return row.eventCategory === 'Data' || row.managementEvent === false;
}

/** Reads off a log what its trail records. `rows` are those of one account and window. */
export function observeTrail(rows: readonly UsageRow[], accountId: string, catalog: Catalog, mapEvent: (row: UsageRow) => EventMapping): ObservedTrail {
	const asManagement = new Set<number>();
	const managementSources = new Set<string>();
	const dataServices = new Map<string, number>();
	const configurationChanges = new Map<string, string>();
	let reads = false;
	let writes = false;
	for (const row of rows) {
		if (row.recipientAccount !== accountId || isRepeat(row) || isNoCall(row)) {
			continue;
		}

		const mapping = mapEvent(row);
		const certain = mapping.kind === 'unmapped' ? [] : mapping.certain;
		if (isData(row, certain, catalog)) {
			for (const id of certain) {
				const {service} = catalog.at(id);
				dataServices.set(service, (dataServices.get(service) ?? 0) + row.count);
			}

			continue;
		}

		managementSources.add(row.eventSource);
		reads ||= row.readOnly === true;
		writes ||= row.readOnly === false;
		if (row.managementEvent === true || row.eventCategory === 'Management') {
			for (const id of certain) {
				asManagement.add(id);
			}
		}

		if (row.eventSource === 'cloudtrail.amazonaws.com' && trailChanges.has(row.eventName) && row.errorCode === null) {
			const before = configurationChanges.get(row.eventName);
			configurationChanges.set(row.eventName, before === undefined || row.last > before ? row.last : before);
		}
	}

	return {asManagement, reads, writes, managementSources, dataServices, configurationChanges};
}
