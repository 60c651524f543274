import {UserError} from '../../../lib/errors.js';
import {isObject, type Json, textOf} from '../../../lib/json-fields.js';
import {added} from '../columns.js';
import type {Connection} from '../connection.js';
import {requireWhole} from '../errors.js';
import type {Place} from '../layout.js';
import {fieldMapping} from '../mappings.js';
import {indexBody} from './mapping.js';

/** An index that is ready to be filled. */
export type TargetIndex = {readonly isNew: boolean; readonly uuids: readonly string[]};

function uuidOf(index: Json): string[] {
	const settings = isObject(index.settings) && isObject(index.settings.index) ? index.settings.index : {};
	const uuid = textOf(settings.uuid);
	return uuid === null ? [] : [uuid];
}

/** Makes the index where it is missing; one that is there must be of our making, or be an alias of such. */
export async function prepareIndex(connection: Connection, {index, where}: Place, signal: AbortSignal): Promise<TargetIndex> {
	if (/[*,]/.test(index)) {
		throw new UserError(`${index} is a pattern: files are loaded into one index`, {hint: 'name one, for example cloudtrail'});
	}

	const path = `/${encodeURIComponent(index)}`;
	const found = await connection.ask({method: 'GET', path, expected: [404]}, where, signal);
	const indices = Object.values(found).filter((value): value is Json => isObject(value) && isObject(value.mappings));
	if (indices.length === 0) {
		await connection.ask({method: 'PUT', path, body: indexBody}, where, signal);
		return {...await prepareIndex(connection, {index, where}, signal), isNew: true};
	}

	const foreign = indices.filter(({mappings}) => !isObject(mappings) || fieldMapping(mappings, `${added}.denial`) === undefined);
	if (foreign.length > 0 || indices.some(({data_stream: stream}) => stream !== undefined)) {
		throw new UserError(`${where}: it was not made by this command`, {hint: 'name an index that is not there yet: it is made with a mapping that fits'});
	}

	return {isNew: false, uuids: indices.flatMap(one => uuidOf(one))};
}

/** How many documents the index holds, those of a moment ago too. */
export async function countDocuments(connection: Connection, {index, where}: Place, signal: AbortSignal): Promise<number> {
	const path = `/${encodeURIComponent(index)}`;
	await connection.ask({method: 'POST', path: `${path}/_refresh`}, where, signal);
	const body = await connection.ask({method: 'GET', path: `${path}/_count`}, where, signal);
	requireWhole(body, where);
	return Number(body.count);
}
