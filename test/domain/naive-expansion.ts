import type {Catalog} from '../../source/domain/action.js';

/** A statement as written, one object. */
export type RawStatement = {
	readonly Effect: string;
	readonly Action?: string | readonly string[] | undefined;
	readonly NotAction?: string | readonly string[] | undefined;
	readonly Resource?: string | readonly string[] | undefined;
	readonly NotResource?: string | readonly string[] | undefined;
	readonly Condition?: unknown;
};

/** The granted actions of some statements by testing each action against each pattern as a regular expression: slow, simple, and apart from the product's code. */
export function naiveExpansion(catalog: Catalog, statements: readonly RawStatement[]): string[] {
	const rules = statements.map(statement => {
		const listed = asList(statement.Action ?? statement.NotAction);
		const speaksOfAll = listed.includes('*') || listed.includes('*:*');
		// By the text before the colon, which must be equal anyway: a hundred times faster on ReadOnlyAccess.
		const byService = new Map<string, RegExp[]>();
		for (const pattern of listed) {
			const service = serviceOf(pattern);
			byService.set(service, [...byService.get(service) ?? [], asExpression(pattern)]);
		}

		const speaksOf = (name: string): boolean =>
			(speaksOfAll || (byService.get(serviceOf(name)) ?? []).some(pattern => pattern.test(name))) === (statement.Action !== undefined);
		return {speaksOf, allows: statement.Effect === 'Allow', deniesAll: statement.Effect === 'Deny' && statement.Condition === undefined && asList(statement.Resource).includes('*')};
	});
	return Array.from({length: catalog.size}, (_, id) => catalog.at(id).name).filter(name =>
		rules.some(rule => rule.allows && rule.speaksOf(name)) && !rules.some(rule => rule.deniesAll && rule.speaksOf(name)));
}

function asExpression(pattern: string): RegExp {
	const source = [...pattern].map(character => character === '*' ? '.*' : (character === '?' ? '.' : character.replace(/\W/, String.raw`\$&`))).join('');
	return new RegExp(`^${source}$`, 'i');
}

function asList(value: string | readonly string[] | undefined): readonly string[] {
	return value === undefined ? [] : [value].flat();
}

function serviceOf(text: string): string {
	return (text.split(':')[0] ?? '').toLowerCase();
}
