import {catalogFlags, catalogNames} from '../data/generated/catalog.js';
import type {AccessLevel, Catalog, CatalogAction, TrailClass} from './action.js';

/** Access levels in the order in which the catalog's flags number them. */
export const accessLevels: readonly AccessLevel[] = ['List', 'Read', 'Write', 'Permissions management', 'Tagging'];

/** CloudTrail classes in the order in which the catalog's flags number them. */
export const trailClasses: readonly TrailClass[] = ['management', 'data', 'never', 'no-public-api'];

/** First character code of the flags; all codes that follow are printable and need no escape in a string. */
const flagBase = 40;

/** The compact form of a catalog. */
export type CatalogText = {
	/** A line per service, in the order of "prefix:": the prefix and its action names, separated by spaces, in the order of their lower case. */
	readonly names: string;
	/** A character per action, in the order of `names`. */
	readonly flags: string;
};

/** Packs what is known of an action into the one character that {@link createCatalog} reads. */
export function packFlags(accessLevel: AccessLevel, trailClass: TrailClass, documented: boolean): string {
	const level = accessLevels.indexOf(accessLevel);
	const kind = trailClasses.indexOf(trailClass);
	return String.fromCodePoint(flagBase + level + accessLevels.length * (kind + trailClasses.length * Number(documented)));
}

type Service = {
	readonly prefix: string;
	readonly names: readonly string[];
	/** Id of the first action. */
	readonly from: number;
	/** "prefix:name" in lower case, by position; made when first asked for. */
	lower: readonly string[] | undefined;
	/** Position by lower-case name without the prefix; made when first asked for. */
	positions: ReadonlyMap<string, number> | undefined;
};

function parseServices(names: string): readonly Service[] {
	const services: Service[] = [];
	let from = 0;
	for (const line of names.split('\n')) {
		const [prefix = '', ...actions] = line.split(' ');
		services.push({prefix, names: actions, from, lower: undefined, positions: undefined});
		from += actions.length;
	}

	return services;
}

function lowerNamesOf(service: Service): readonly string[] {
	service.lower ??= service.names.map(name => `${service.prefix}:${name.toLowerCase()}`);
	return service.lower;
}

function positionsOf(service: Service): ReadonlyMap<string, number> {
	service.positions ??= new Map(service.names.map((name, position) => [name.toLowerCase(), position]));
	return service.positions;
}

/** Builds a catalog from its compact form. Cheap: a service's look-up tables are made when it is first asked about. */
export function createCatalog(text: CatalogText): Catalog {
	const services = parseServices(text.names);
	const byPrefix = new Map(services.map(service => [service.prefix, service]));
	const size = text.flags.length;
	/** The service's index of each id. */
	const serviceOf = new Uint16Array(size);
	for (const [index, service] of services.entries()) {
		serviceOf.fill(index, service.from, service.from + service.names.length);
	}

	const find = (id: number): Service => {
		const service = Number.isInteger(id) && id >= 0 && id < size ? services[serviceOf[id] ?? 0] : undefined;
		if (!service) {
			throw new RangeError(`no action ${id} in a catalog of ${size}`);
		}

		return service;
	};

	return {
		size,
		services: services.map(service => service.prefix).toSorted(),
		at(id): CatalogAction {
			const service = find(id);
			const flags = (text.flags.codePointAt(id) ?? flagBase) - flagBase;
			const kind = Math.floor(flags / accessLevels.length);
			return {
				id,
				name: `${service.prefix}:${service.names[id - service.from] ?? ''}`,
				service: service.prefix,
				accessLevel: accessLevels[flags % accessLevels.length] ?? 'Write',
				trailClass: trailClasses[kind % trailClasses.length] ?? 'no-public-api',
				documented: kind >= trailClasses.length,
			};
		},
		lowerName(id) {
			const service = find(id);
			return lowerNamesOf(service)[id - service.from] ?? '';
		},
		idOf(name) {
			const lower = name.toLowerCase();
			const colon = lower.indexOf(':');
			const service = byPrefix.get(lower.slice(0, Math.max(colon, 0)));
			const position = service && positionsOf(service).get(lower.slice(colon + 1));
			return service && position !== undefined ? service.from + position : undefined;
		},
		serviceRange(prefix) {
			const service = byPrefix.get(prefix.toLowerCase());
			return service && [service.from, service.from + service.names.length];
		},
	};
}

let loaded: Catalog | undefined;

/** All IAM actions that AWS's Service Authorization Reference knows; made on the first call, the same object after that. */
export function loadCatalog(): Catalog {
	loaded ??= createCatalog({names: catalogNames, flags: catalogFlags});
	return loaded;
}
