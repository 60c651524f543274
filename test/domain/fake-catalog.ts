import type {AccessLevel, Catalog, CatalogAction, TrailClass} from '../../source/domain/action.js';

/** What a test says of one action; the rest is a documented management Read action. */
export type FakeAction = {
	readonly name: string;
	readonly accessLevel?: AccessLevel;
	readonly trailClass?: TrailClass;
	readonly documented?: boolean;
};

/** A catalog of just the given actions ("s3:GetObject", or an object where its class matters), sorted as the real one is. */
export function fakeCatalog(actions: ReadonlyArray<string | FakeAction>): Catalog {
	const entries = actions
		.map(action => typeof action === 'string' ? {name: action} : action)
		.map(action => ({...action, lower: action.name.toLowerCase()}))
		.toSorted((a, b) => compareText(a.lower, b.lower));
	const list: CatalogAction[] = entries.map((action, id) => ({
		id,
		name: action.name,
		service: action.lower.slice(0, action.lower.indexOf(':')),
		accessLevel: action.accessLevel ?? 'Read',
		trailClass: action.trailClass ?? 'management',
		documented: action.documented ?? true,
	}));
	const ids = new Map(entries.map((action, id) => [action.lower, id]));
	const services = [...new Set(list.map(action => action.service))].toSorted(compareText);

	const at = (id: number): CatalogAction => {
		const action = list[id];
		if (!action) {
			throw new RangeError(`no action ${id}`);
		}

		return action;
	};

	return {
		size: list.length,
		at,
		lowerName: id => at(id).name.toLowerCase(),
		idOf: name => ids.get(name.toLowerCase()),
		serviceRange(prefix) {
			const service = prefix.toLowerCase();
			const from = list.findIndex(action => action.service === service);
			return from === -1 ? undefined : [from, list.findLastIndex(action => action.service === service) + 1];
		},
		services,
	};
}

function compareText(a: string, b: string): number {
	return a < b ? -1 : (a > b ? 1 : 0);
}
