import type {ActionRow} from '../../../app/analysis.js';
import type {Verdict} from '../../../domain/verdict.js';
import {later} from '../../../domain/words.js';

/** The line above the actions of one service: what its rows are, counted. */
export type ServiceGroup = {
	readonly service: string;
	/** As a row's key, and like none of them. */
	readonly lower: string;
	/** The rows that filter and toggles leave, in the order of the list. */
	readonly rows: readonly ActionRow[];
	readonly counts: Readonly<Record<Verdict, number>>;
	/** Unused actions that are known steps of an attack. */
	readonly dangerous: number;
	readonly count: number;
	readonly denied: number;
	readonly lastUsed: string | null;
	readonly isOpen: boolean;
};

/** A line of a principal's list. */
export type PrincipalItem = ActionRow | ServiceGroup;

export const isGroup = (item: PrincipalItem): item is ServiceGroup => 'service' in item;

export const keyOfItem = (item: PrincipalItem): string => item.lower;

/** "s3" of "s3:getobject"; the whole of a pattern that names no service. */
export function serviceOf({lower}: Pick<ActionRow, 'lower'>): string {
	const colon = lower.indexOf(':');
	return colon === -1 ? lower : lower.slice(0, colon);
}

/** The key of a service's line; no action is written with a space. */
export const keyOfService = (service: string): string => `service ${service}`;

function groupOf(service: string, rows: readonly ActionRow[], isOpen: boolean): ServiceGroup {
	const counts = {used: 0, unused: 0, unknown: 0, ungranted: 0};
	let dangerous = 0;
	let count = 0;
	let denied = 0;
	let lastUsed: string | null = null;
	for (const row of rows) {
		counts[row.verdict]++;
		dangerous += row.verdict === 'unused' && row.risk !== null ? 1 : 0;
		count += row.count;
		denied += row.denied;
		lastUsed = later(lastUsed, row.lastUsed);
	}

	return {service, lower: keyOfService(service), rows, counts, dangerous, count, denied, lastUsed, isOpen};
}

/** The rows below the lines of their services. A service stands where its first row stands; of a closed one only its line is left. */
export function grouped(rows: readonly ActionRow[], closed: ReadonlySet<string>): readonly PrincipalItem[] {
	const services = new Map<string, ActionRow[]>();
	for (const row of rows) {
		const service = serviceOf(row);
		const others = services.get(service);
		if (others) {
			others.push(row);
		} else {
			services.set(service, [row]);
		}
	}

	const items: PrincipalItem[] = [];
	for (const [service, members] of services) {
		const isOpen = !closed.has(service);
		items.push(groupOf(service, members, isOpen));
		if (isOpen) {
			for (const member of members) {
				items.push(member);
			}
		}
	}

	return items;
}
