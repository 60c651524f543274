import {dataEventActions, type DataEventActions} from '../data/data-event-actions.js';
import {sourcePrefixes} from '../data/event-sources.js';
import type {CatalogAction} from './action.js';

let dataEvents: Map<string, DataEventActions> | undefined;

/** The table of data events, by lower-case action, or "prefix:*" for a whole service; made on the first call. */
function dataEventTable(): ReadonlyMap<string, DataEventActions> {
	if (!dataEvents) {
		dataEvents = new Map();
		for (const entry of dataEventActions) {
			for (const action of entry.actions.trim().split(/\s+/)) {
				dataEvents.set(`${entry.service}:${action.toLowerCase()}`, entry);
			}
		}
	}

	return dataEvents;
}

/** What is known of the data event of an action: its resource types (the first is the usual one) and AWS's page. Undefined for all others. */
export function dataEventOf(action: CatalogAction): DataEventActions | undefined {
	return dataEventTable().get(action.name.toLowerCase()) ?? dataEventTable().get(`${action.service}:*`);
}

let labels: Map<string, string[]> | undefined;

/** The event source of a service's own calls, "kms.amazonaws.com". Where several labels stand for the service, the one of its own name. */
export function eventSourceOf(service: string): string {
	if (!labels) {
		labels = new Map();
		for (const [label, prefix] of Object.entries(sourcePrefixes)) {
			labels.set(prefix, [...labels.get(prefix) ?? [], label]);
		}
	}

	const [label, ...others] = labels.get(service) ?? [];
	return `${label === undefined || others.length > 0 ? (ownLabels[service] ?? service) : label}.amazonaws.com`;
}

/** Services that several labels stand for, none of them their own name. */
const ownLabels: Readonly<Record<string, string>> = {'rds-data': 'rdsdata'};

/** Verbs of calls that change something: their events are never read-only. */
const changing = new RegExp('^(' + [
	'accept', 'add', 'allocate', 'assign', 'associate', 'attach', 'authorize', 'cancel', 'change', 'create', 'deallocate', 'delete', 'deregister', 'detach', 'disable', 'disassociate', 'enable',
	'import', 'modify', 'purchase', 'put', 'reboot', 'register', 'reject', 'release', 'remove', 'replace', 'reset', 'restore', 'revoke', 'run', 'set', 'startinstances', 'stop', 'tag', 'terminate',
	'unassign', 'untag', 'update', 'upload',
].join('|') + ')', 'i');

/**
Whether CloudTrail marks an action's events read-only: true for List and Read actions, false where the verb plainly changes something,
null where it is not known (kms:Decrypt and sts:AssumeRole have the access level Write, and their events are read-only).
*/
export function readOnlyOf(action: CatalogAction): boolean | null {
	if (action.accessLevel === 'List' || action.accessLevel === 'Read') {
		return true;
	}

	return changing.test(action.name.slice(action.name.indexOf(':') + 1)) ? false : null;
}
