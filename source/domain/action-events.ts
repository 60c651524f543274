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

/** What is known of the data event of an action: its resource types and AWS's page. Undefined for all others. */
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

/** Verbs of calls that only look: of a Read or List action, their events are read-only. */
const looking = /^(batchdescribe|batchget|describe|get|head|list|lookup|search|view)/i;

/**
Whether CloudTrail marks an action's events read-only: true for List and Read actions that get, list or describe, false where the verb plainly changes something,
null where it is not known. The access level alone does not tell: sts:AssumeRole is a Write action with read-only events, bedrock:InvokeModel and comprehend:ClassifyDocument
are Read actions with events that are not (the examples of https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html and
https://docs.aws.amazon.com/comprehend/latest/dg/logging-using-cloudtrail.html ).
*/
export function readOnlyOf(action: CatalogAction): boolean | null {
	const verb = action.name.slice(action.name.indexOf(':') + 1);
	if (action.accessLevel === 'List' || action.accessLevel === 'Read') {
		return looking.test(verb) ? true : null;
	}

	return changing.test(verb) ? false : null;
}
