import {isObject, type Json} from '../../lib/json-fields.js';
import type {Call, Connection} from './connection.js';

/** What the server says of one field in one kind of mapping. */
type Kind = {readonly type: string; readonly aggregatable: boolean; readonly indices: readonly string[] | null};

/** Longest list of fields in one request line, which servers limit to 4 KB. */
const longestList = 2500;

const subFields = ['', '.keyword', '.raw'];

/** A column's place in the documents. */
export type Field = {
	/** Where the value stands in a document's source. */
	readonly path: string;
	/** What can be grouped by and compared exactly: the path itself or a sub-field of it; null where the index has no such thing. */
	readonly exact: string | null;
};

function texts(value: unknown): string[] {
	return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/** The fields of an index or a pattern, as `_field_caps` describes them. */
export class FieldCaps {
	readonly indices: readonly string[];
	readonly #fields: ReadonlyMap<string, readonly Kind[]>;

	private constructor(indices: readonly string[], fields: ReadonlyMap<string, readonly Kind[]>) {
		this.indices = indices;
		this.#fields = fields;
	}

	/** Asks for fields by name or pattern. */
	static async ask(connection: Connection, {index, where}: {readonly index: string; readonly where: string}, names: readonly string[], signal: AbortSignal): Promise<FieldCaps> {
		const fields = new Map<string, Kind[]>();
		const indices = new Set<string>();
		const queries = listsOf([...new Set(names)]).map((list): Call => ({
			method: 'GET',
			path: `/${encodeURIComponent(index)}/_field_caps`,
			query: {fields: list.join(','), include_unmapped: 'true', ignore_unavailable: 'false', allow_no_indices: 'false'},
		}));
		await Promise.all(queries.map(async call => {
			const body = await connection.ask(call, where, signal);
			for (const name of texts(body.indices)) {
				indices.add(name);
			}

			for (const [name, kinds] of Object.entries(isObject(body.fields) ? body.fields : {})) {
				fields.set(name, Object.values(isObject(kinds) ? kinds : {}).flatMap(kind => isObject(kind) ? [kindOf(kind)] : []));
			}
		}));
		return new FieldCaps([...indices], fields);
	}

	/** Names of the fields that are there, in no order. */
	names(): string[] {
		return [...this.#fields.keys()].filter(name => this.isMapped(name));
	}

	isMapped(name: string): boolean {
		return this.#kinds(name).length > 0;
	}

	/** Types of a field: more than one where indices differ. */
	types(name: string): string[] {
		return [...new Set(this.#kinds(name).map(({type}) => type))];
	}

	/** Indices that have the field. */
	indicesWith(name: string): readonly string[] {
		const without = new Set(this.indicesWithout(name));
		return this.indices.filter(index => !without.has(index));
	}

	/** Indices that do not have the field. */
	indicesWithout(name: string): readonly string[] {
		return this.isMapped(name) ? (this.#fields.get(name) ?? []).find(({type}) => type === 'unmapped')?.indices ?? [] : this.indices;
	}

	/** The first of the paths that is there, with what of it can be grouped by. `everywhere` asks that all those indices have it. */
	field(paths: readonly string[], everywhere: readonly string[] = []): Field | null {
		for (const path of paths) {
			const without = new Set(this.indicesWithout(path));
			if (this.isMapped(path) && !everywhere.some(index => without.has(index)) && !this.#isObject(path)) {
				const exact = subFields.map(suffix => path + suffix).find(name => this.#isExact(name) && this.indicesWithout(name).every(index => without.has(index)));
				return {path, exact: exact ?? null};
			}

			if (this.isFlattened(path)) {
				return {path, exact: path};
			}
		}

		return null;
	}

	/** Whether a path lies in Elasticsearch's type `flattened`, whose keys can all be grouped by (OpenSearch's `flat_object` cannot). */
	isFlattened(path: string): boolean {
		const parts = path.split('.');
		return parts.some((_, index) => {
			const types = this.types(parts.slice(0, index).join('.'));
			return types.length === 1 && types[0] === 'flattened';
		});
	}

	#kinds(name: string): Kind[] {
		return (this.#fields.get(name) ?? []).filter(({type}) => type !== 'unmapped');
	}

	#isObject(name: string): boolean {
		return this.#kinds(name).every(({type}) => type === 'object' || type === 'nested' || type === 'flattened' || type === 'flat_object');
	}

	/** Indices with two types of a field cannot be grouped by it in one request. */
	#isExact(name: string): boolean {
		const kinds = this.#kinds(name);
		return kinds.length === 1 && kinds.every(({type, aggregatable}) => aggregatable && type !== 'text');
	}
}

function kindOf(kind: Json): Kind {
	return {type: String(kind.type), aggregatable: kind.aggregatable === true, indices: Array.isArray(kind.indices) ? texts(kind.indices) : null};
}

function listsOf(names: readonly string[]): string[][] {
	const lists: string[][] = [[]];
	let length = 0;
	for (const name of names) {
		if (length > longestList) {
			lists.push([]);
			length = 0;
		}

		lists.at(-1)?.push(name);
		length += name.length + 1;
	}

	return lists;
}
