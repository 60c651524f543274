/** One who uses a role, with the actions used, in lower case. */
export type RoleUser = {readonly name: string; readonly actions: ReadonlySet<string>};

/** People who use the same part of a role, and what they need of it. */
export type SplitGroup = {
	/** Sorted. */
	readonly people: readonly string[];
	/** The least set of actions that serves them all, sorted. */
	readonly actions: readonly string[];
	/** Of those, the ones that another group needs, too. */
	readonly shared: readonly string[];
};

/** Share of their common actions from which two people belong together (Jaccard index). */
const together = 0.2;

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	const both = [...a].filter(action => b.has(action)).length;
	return both / (a.size + b.size - both);
}

/**
Proposes roles to take the place of one that is shared: groups of people by what they use. Advice, no proof: it knows the window alone.
Whoever used nothing is in no group. Empty where all belong together.
*/
export function proposeSplit(users: readonly RoleUser[]): SplitGroup[] {
	const active = users.filter(({actions}) => actions.size > 0);
	const groups: RoleUser[][] = [];
	for (const user of active) {
		// Whoever is like members of several groups joins them into one.
		const near = groups.filter(group => group.some(({actions}) => similarity(actions, user.actions) >= together));
		for (const group of near) {
			groups.splice(groups.indexOf(group), 1);
		}

		groups.push([...near.flat(), user]);
	}

	if (groups.length < 2) {
		return [];
	}

	const needs = groups.map(group => new Set(group.flatMap(({actions}) => [...actions])));
	return groups.map((group, index) => {
		const actions = [...needs[index] ?? []].toSorted();
		return {
			people: [...new Set(group.map(({name}) => name))].toSorted(),
			actions,
			shared: actions.filter(action => needs.some((other, place) => place !== index && other.has(action))),
		};
	});
}
