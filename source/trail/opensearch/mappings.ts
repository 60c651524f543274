import {isObject, type Json} from '../../lib/json-fields.js';
import type {Connection} from './connection.js';

/** One index's mapping, as far as it was asked for. */
export type IndexMapping = {readonly index: string; readonly mapping: Json};

/** The mappings of an index or pattern. */
export async function askMappings(connection: Connection, {index, where}: {readonly index: string; readonly where: string}, signal: AbortSignal): Promise<IndexMapping[]> {
	const body = await connection.ask({method: 'GET', path: `/${encodeURIComponent(index)}/_mapping`}, where, signal);
	return Object.entries(body).flatMap(([name, value]) => isObject(value) && isObject(value.mappings) ? [{index: name, mapping: value.mappings}] : []);
}

function child(node: Json, name: string): Json | undefined {
	const inner = [node.properties, node.fields].find(part => isObject(part) && isObject(part[name]));
	return isObject(inner) && isObject(inner[name]) ? inner[name] : undefined;
}

/** The mapping of one field; undefined where there is none. */
export function fieldMapping(mapping: Json, path: string): Json | undefined {
	let node: Json | undefined = mapping;
	for (const name of path.split('.')) {
		node &&= child(node, name);
	}

	return node;
}

/** Longest value that a field keeps; null without such a limit. */
export function ignoreAbove(mapping: Json, path: string): number | null {
	const limit = fieldMapping(mapping, path)?.ignore_above;
	return typeof limit === 'number' ? limit : null;
}

/**
Whether a value at the path would have been indexed if a document had held it: it is mapped, or everything on the way to it is mapped by itself
("dynamic"). Where this is not so, documents may hold the value though the index does not know it.
*/
export function wouldBeIndexed(mapping: Json, path: string): boolean {
	let node: Json = mapping;
	let isDynamic = true;
	for (const name of path.split('.')) {
		if (node.enabled === false) {
			return false;
		}

		if (node.dynamic !== undefined) {
			isDynamic = node.dynamic === true || node.dynamic === 'true';
		}

		const next = child(node, name);
		if (next === undefined) {
			return node.type === 'flattened' || (isDynamic && (node.type === undefined || node.type === 'object' || node.type === 'nested'));
		}

		node = next;
	}

	return node.enabled !== false;
}
