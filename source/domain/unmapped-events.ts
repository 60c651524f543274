import {ActionSet} from './action-set.js';
import type {Catalog} from './action.js';
import type {Coverage} from './coverage.js';
import {iamPrefixesOf} from './event-source.js';
import type {PrincipalUsage} from './principal-usage.js';

const noHints = {serviceNamespace: null, clientHost: null};

/** The unmapped events of a principal ("ecr.amazonaws.com:Unheard") that may have been calls of a service, sorted. */
export function unmappedOf(usage: PrincipalUsage | undefined, service: string): readonly string[] {
	return [...usage?.unmapped.keys() ?? []].filter(event => iamPrefixesOf(event.slice(0, event.indexOf(':')), noHints).includes(service)).toSorted();
}

/** Actions whose silence proves nothing for a principal that made a call of their service which maps to no known action: it may have been this one. */
export function hiddenByUnmapped({catalog, coverage, usage}: {
	readonly catalog: Catalog;
	readonly coverage: Coverage;
	readonly usage: PrincipalUsage | undefined;
}): ActionSet {
	const hidden = new ActionSet(catalog.size);
	for (const event of usage?.unmapped.keys() ?? []) {
		for (const prefix of iamPrefixesOf(event.slice(0, event.indexOf(':')), noHints)) {
			hidden.addRange(...catalog.serviceRange(prefix) ?? [0, 0]);
		}
	}

	return hidden.intersectWith(coverage.shaken);
}
