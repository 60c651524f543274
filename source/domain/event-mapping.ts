import {conditionalActions} from '../data/conditional-actions.js';
import {consoleEvents} from '../data/console-events.js';
import {eventActions} from '../data/event-actions.js';
import {apiGatewayVerbs} from '../data/generated/api-gateway-verbs.js';
import {dependentActions} from '../data/generated/dependent-actions.js';
import {noPermissionEvents} from '../data/no-permission-events.js';
import type {Catalog} from './action.js';
import {eventSourceLabel, iamPrefixesOf} from './event-source.js';
import {ownValue} from './own-value.js';
import type {UsageRow} from './usage.js';

/** What of a usage row tells which actions it proves. */
export type EventFacts = Pick<UsageRow, 'eventSource' | 'eventName' | 'eventType' | 'serviceNamespace' | 'clientHost' | 'sessionTags' | 'sourceIdentity'>;

/**
What an event says about permissions, in catalog ids, sorted, each once.
`actions`: a successful call exercised the certain ones and may have exercised the conditional ones, too.
`no-permission`: IAM did not decide about it; `certain` are actions of that name, used where they are granted, never ungranted.
`unmapped`: nothing in the catalog.
*/
export type EventMapping
	= | {readonly kind: 'actions'; readonly certain: readonly number[]; readonly conditional: readonly number[]}
		| {readonly kind: 'no-permission'; readonly certain: readonly number[]}
		| {readonly kind: 'unmapped'};

type Proof = {readonly certain: readonly string[]; readonly conditional: readonly string[]};

const unmapped: EventMapping = {kind: 'unmapped'};

/** API versions at the end of an event name: CreateDistribution2020_05_31, ListFunctions20150331, UpdateFunctionCode20150331v2. */
const versionSuffix = /(\d{4}_\d{2}_\d{2}|20\d{6}(v\d+)?)$/;

/** Calls that make a thing, and so may tag it in the same request. */
const creates = /^(allocate|clone|copy|create|import|launch|provision|publish|purchase|put|register|request|restore|run|start|upload)/;

/** Tagging actions that a create call never needs. */
const takesTagsAway = /^(delete|remove|untag)/;

function words(text: string): readonly string[] {
	return text.split(/\s+/).filter(Boolean);
}

/** Parses a service's lines of data/event-actions.ts into full action names by lower-case event name. */
function parseProofs(prefix: string, text: string): ReadonlyMap<string, Proof> {
	const full = (name: string) => name.includes(':') ? name : `${prefix}:${name}`;
	const proofs = new Map<string, Proof>();
	for (const line of text.split('\n')) {
		const [events = '', actions] = line.split('=');
		if (actions === undefined) {
			continue;
		}

		const [certain = '', conditional = ''] = actions.split('|');
		const proof = {certain: words(certain).map(name => full(name)), conditional: words(conditional).map(name => full(name))};
		for (const event of words(events.replaceAll(',', ' '))) {
			proofs.set(event.toLowerCase(), proof);
		}
	}

	return proofs;
}

/** Parses "POST CreateApi CreateStage\nGET …" into the verb's action by lower-case operation. */
function parseVerbs(text: string): ReadonlyMap<string, Proof> {
	const proofs = new Map<string, Proof>();
	for (const line of text.split('\n')) {
		const [verbs = '', ...operations] = line.split(' ');
		// Versions 1 and 2 of the API name an operation alike and may differ in the verb: then neither is certain.
		const actions = verbs.split('|').map(verb => `apigateway:${verb}`);
		const proof = actions.length === 1 ? {certain: actions, conditional: []} : {certain: [], conditional: actions};
		for (const operation of operations) {
			proofs.set(operation.toLowerCase(), proof);
		}
	}

	return proofs;
}

/** Conditional actions by the lower-case action of the call. */
function conditionalByAction(): ReadonlyMap<string, readonly string[]> {
	const byAction = new Map<string, string[]>();
	const add = (action: string, needed: string) => {
		const list = byAction.get(action.toLowerCase()) ?? [];
		list.push(needed);
		byAction.set(action.toLowerCase(), list);
	};

	for (const [needed, actions] of Object.entries(conditionalActions)) {
		for (const action of words(actions)) {
			add(action, needed);
		}
	}

	for (const line of dependentActions.split('\n')) {
		const [needed = '', ...actions] = line.split(' ');
		for (const action of actions) {
			add(action, needed);
		}
	}

	return byAction;
}

/** The tables, each parsed when first needed; they are the same for every catalog. */
function createTables() {
	const proofs = new Map<string, ReadonlyMap<string, Proof>>();
	let conditional: ReadonlyMap<string, readonly string[]> | undefined;
	return {
		proof(prefix: string, event: string): Proof | undefined {
			let table = proofs.get(prefix);
			if (!table) {
				table = new Map([
					...prefix === 'apigateway' ? parseVerbs(apiGatewayVerbs) : [],
					...parseProofs(prefix, ownValue(eventActions, prefix) ?? ''),
				]);
				proofs.set(prefix, table);
			}

			return table.get(event);
		},
		conditional(action: string): readonly string[] {
			conditional ??= conditionalByAction();
			return conditional.get(action) ?? [];
		},
	};
}

let tables: ReturnType<typeof createTables> | undefined;

/** Whether the table names this very event. */
function needsNoPermission(key: string, event: string): boolean {
	return words(ownValue(noPermissionEvents, key)?.toLowerCase() ?? '').includes(event);
}

/**
Makes the function that tells which actions an event proves (Domain.md, section 3). Answers are remembered by the distinct facts.
An event name that the catalog and the tables do not know is `unmapped`: a name is never invented.
*/
export function createEventMapper(catalog: Catalog): (facts: EventFacts) => EventMapping {
	tables ??= createTables();
	const {proof: proofOf, conditional: conditionalOf} = tables;
	const taggingOf = new Map<string, readonly number[]>();
	const answers = new Map<string, EventMapping>();

	const idsOf = (names: readonly string[]) => names.map(name => catalog.idOf(name)).filter(id => id !== undefined);

	const tagging = (service: string): readonly number[] => {
		let ids = taggingOf.get(service);
		if (!ids) {
			const [from, to] = catalog.serviceRange(service) ?? [0, 0];
			ids = Array.from({length: to - from}, (_, index) => from + index)
				.filter(id => catalog.at(id).accessLevel === 'Tagging' && !takesTagsAway.test(catalog.lowerName(id).slice(service.length + 1)));
			taggingOf.set(service, ids);
		}

		return ids;
	};

	/** Adds what each certain action may need besides itself. */
	const withConditional = (certain: readonly number[], conditional: readonly number[]): EventMapping => {
		const may = new Set(conditional);
		for (const id of certain) {
			const {service, accessLevel} = catalog.at(id);
			const lower = catalog.lowerName(id);
			for (const needed of idsOf(conditionalOf(lower))) {
				may.add(needed);
			}

			if (accessLevel !== 'List' && accessLevel !== 'Read' && creates.test(lower.slice(service.length + 1))) {
				for (const needed of tagging(service)) {
					may.add(needed);
				}
			}
		}

		for (const id of certain) {
			may.delete(id);
		}

		const ascending = (a: number, b: number) => a - b;
		return {kind: 'actions', certain: [...new Set(certain)].toSorted(ascending), conditional: [...may].toSorted(ascending)};
	};

	const resolveName = (facts: EventFacts, label: string, event: string): EventMapping | undefined => {
		const prefixes = iamPrefixesOf(facts.eventSource, facts);
		for (const prefix of prefixes) {
			const same = idsOf([`${prefix}:${event}`]);
			if (needsNoPermission(prefix, event) || needsNoPermission(label, event)) {
				return {kind: 'no-permission', certain: same};
			}

			const proof = proofOf(prefix, event);
			const certain = proof ? idsOf(proof.certain) : same;
			const conditional = proof ? idsOf(proof.conditional) : [];
			if (certain.length + conditional.length > 0) {
				return withConditional(certain, conditional);
			}
		}

		return [label, ...prefixes].some(key => ownValue(noPermissionEvents, key) === '*') ? {kind: 'no-permission', certain: []} : undefined;
	};

	/** A console's call of which only the services are known: any of their actions may have been needed. */
	const resolveConsole = (label: string, event: string): EventMapping | undefined => {
		const console = ownValue(consoleEvents, label);
		const named = words(console?.events.toLowerCase() ?? '');
		if (!console || !(named.includes('*') || named.includes(event))) {
			return undefined;
		}

		const may = words(console.services).flatMap(service => {
			const [from, to] = catalog.serviceRange(service) ?? [0, 0];
			return Array.from({length: to - from}, (_, index) => from + index);
		});
		return may.length === 0 ? undefined : withConditional([], may);
	};

	/** What the parameters of an sts call prove besides the call. [J] */
	const withSession = (mapping: EventMapping, facts: EventFacts): EventMapping => {
		if (mapping.kind !== 'actions') {
			return mapping;
		}

		const extra = idsOf([
			...facts.sessionTags ? ['sts:TagSession'] : [],
			...facts.sourceIdentity ? ['sts:SetSourceIdentity'] : [],
		]);
		return extra.length === 0 ? mapping : withConditional([...mapping.certain, ...extra], mapping.conditional);
	};

	const resolve = (facts: EventFacts): EventMapping => {
		const label = eventSourceLabel(facts.eventSource);
		const name = facts.eventName.toLowerCase();
		const bare = name.replace(versionSuffix, '');
		const mapping = resolveName(facts, label, name) ?? (bare === name ? undefined : resolveName(facts, label, bare)) ?? resolveConsole(label, name);
		if (mapping) {
			return label === 'sts' ? withSession(mapping, facts) : mapping;
		}

		return facts.eventType === 'AwsConsoleSignIn' ? {kind: 'no-permission', certain: []} : unmapped;
	};

	return facts => {
		const key = [facts.eventSource, facts.eventName, facts.eventType, facts.serviceNamespace, facts.clientHost, facts.sessionTags, facts.sourceIdentity].join('\n');
		let answer = answers.get(key);
		if (!answer) {
			answer = resolve(facts);
			answers.set(key, answer);
		}

		return answer;
	};
}
