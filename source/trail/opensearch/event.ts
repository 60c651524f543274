import type {EventSample} from '../../domain/evidence.js';
import {isObject, type Json, textOf} from '../../lib/json-fields.js';
import {type Column, columns} from './columns.js';
import {type Flags, flagsOf, nestedOf, parameterOf, valueAt, type Values} from './fold.js';
import type {Layout} from './layout.js';

/** One event, read from its document. */
export type EventInDocument = {
	readonly values: Values;
	readonly flags: Flags;
	/** ms since 1970 */
	readonly time: number;
	readonly parameters: Json | null;
	/** The session that a call asked for: of which role, under which name, and the access key that it got. */
	readonly opened: {readonly role: string | null; readonly name: string | null; readonly sourceIdentity: string | null; readonly accessKey: string | null};
};

function pathsOf({table, fields}: Layout, column: Column): readonly string[] {
	return column === 'time' ? [fields.time?.path ?? ''] : table[column];
}

/** What is read of a document's source: every path of the layout, mapped or not. */
export function columnPaths(layout: Layout): string[] {
	return [...new Set(columns.flatMap(column => pathsOf(layout, column)))];
}

/** The value of one column in a document's source. */
export function columnOf(layout: Layout, source: Json, column: Column): unknown {
	return pathsOf(layout, column).map(path => valueAt(source, path)).find(value => value !== undefined && value !== null);
}

/** A date as the document has it: a text, or ms since 1970. */
function timeOf(value: unknown): number {
	return typeof value === 'number' ? value : Date.parse(String(value));
}

/** The event of a document; undefined where its time is none. */
export function eventOf(layout: Layout, source: Json): EventInDocument | undefined {
	const time = timeOf(columnOf(layout, source, 'time'));
	if (Number.isNaN(time)) {
		return undefined;
	}

	const original = columnOf(layout, source, 'original');
	const written = {parameters: columnOf(layout, source, 'requestParameters'), elements: columnOf(layout, source, 'responseElements')};
	const parameters = nestedOf(written.parameters, original, 'requestParameters');
	const elements = nestedOf(written.elements, original, 'responseElements');
	const known = Object.fromEntries(columns.map(column => [column, columnOf(layout, source, column)])) as Values;
	return {
		values: {...known, serviceNamespace: parameterOf(parameters, written.parameters, 'serviceNamespace') ?? known.serviceNamespace},
		flags: flagsOf(parameters, elements, written),
		time,
		parameters,
		// Worked out where it is asked for: of most events nobody does.
		get opened() {
			return {
				role: parameterOf(parameters, written.parameters, 'roleArn'),
				name: parameterOf(parameters, written.parameters, 'roleSessionName'),
				sourceIdentity: parameterOf(parameters, written.parameters, 'sourceIdentity'),
				accessKey: parameterOf(elements && isObject(elements.credentials) ? elements.credentials : elements, written.elements, 'accessKeyId'),
			};
		},
	};
}

/** Where nobody asks for an event of a row's. */
export const noSample: EventSample = {eventId: null, region: null, sourceAddress: null, userAgent: null};

/** The event's id and where it came from. */
export function sampleOf(layout: Layout, source: Json): EventSample {
	const text = (column: Column) => textOf(columnOf(layout, source, column));
	return {eventId: text('eventId'), region: text('region'), sourceAddress: text('sourceAddress'), userAgent: text('userAgent')};
}
