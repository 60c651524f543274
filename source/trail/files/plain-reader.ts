import {type Buffer} from 'node:buffer';
import {readFile, writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';
import {messageOf} from '../../lib/errors.js';
import {isObject, type Json} from '../../lib/json-fields.js';
import {JsonPagesError, parseJsonPages} from '../../lib/json-pages.js';
import {contextSeparator, type FieldShape, recordShape} from './columns.js';
import {errorCode} from './walk.js';

const gunzipped = promisify(gunzip);

/** Longest text that a JavaScript string holds, in bytes of UTF-8 at worst. */
const longestText = 0x1F_FF_FF_E8;

/** Records on one line of what is handed to DuckDB. */
const recordsPerLine = 500;

/** Why a file holds no events, in words for the user. */
export class UnreadableFileError extends Error {
	constructor(reason: string) {
		super(reason);
		this.name = 'UnreadableFileError';
	}
}

/** Whether the bytes begin like gzip's (RFC 1952, 2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x1F && bytes[1] === 0x8B;
}

async function textOf(bytes: Buffer, name: string): Promise<string> {
	if (bytes.length === 0) {
		throw new UnreadableFileError('the file is empty');
	}

	let raw = bytes;
	if (isGzip(bytes)) {
		try {
			raw = await gunzipped(bytes);
		} catch (error) {
			throw new UnreadableFileError(errorCode(error) === 'Z_BUF_ERROR' ? 'the gzip file is cut off' : `the gzip file is damaged (${messageOf(error)})`);
		}
	}

	if (raw.length > longestText) {
		throw new UnreadableFileError('the file is larger than 512 MB');
	}

	const text = raw.toString('utf8').replace(/^\uFEFF/, '');
	if (text.trim() === '') {
		throw new UnreadableFileError('the file is empty');
	}

	if (!isGzip(bytes) && /\.gz$/i.test(name) && !/^\s*[[{]/.test(text)) {
		throw new UnreadableFileError('it is named .gz and is no gzip file');
	}

	return text;
}

/** The reason in a JSON error, without the piece of the log that JavaScript quotes in it. */
function jsonReason(error: unknown): string {
	return `it is no valid JSON (${messageOf(error).replace(/[,:]? *"[\S\s]*$/, '').slice(0, 100)})`;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new UnreadableFileError(jsonReason(error));
	}
}

/** The JSON values of a text, one or several one after another (a record a line, files joined by `cat`); arrays are opened. */
function valuesOf(text: string): unknown[] {
	try {
		return parseJsonPages(text);
	} catch (error) {
		throw new UnreadableFileError(error instanceof JsonPagesError && error.cutOff ? 'its JSON is cut off' : jsonReason(error));
	}
}

/** What may lie in a trail's folder without being a log: a digest file, an account's IAM. It holds no events and that is no defect. */
function isKnownNeighbour(value: Json): boolean {
	return 'digestS3Object' in value || 'digestEndTime' in value || 'UserDetailList' in value || 'RoleDetailList' in value;
}

/** The records in a document: {Records}, an array of records, one record, or what `aws cloudtrail lookup-events` prints. */
function recordsOf(value: unknown): unknown[] {
	if (Array.isArray(value)) {
		return value.flatMap(item => recordsOf(item));
	}

	if (value === null) {
		return [];
	}

	if (!isObject(value)) {
		throw new UnreadableFileError('no CloudTrail records in it');
	}

	if (Array.isArray(value.Records)) {
		return value.Records;
	}

	if (typeof value.CloudTrailEvent === 'string') {
		return recordsOf(parsed(value.CloudTrailEvent));
	}

	if (Array.isArray(value.Events)) {
		return value.Events.flatMap(item => recordsOf(item));
	}

	if (value.Records === null || isKnownNeighbour(value)) {
		return [];
	}

	if (typeof value.eventName === 'string' || typeof value.eventSource === 'string') {
		return [value];
	}

	throw new UnreadableFileError('no CloudTrail records in it');
}

/** Brings a value into the shape that DuckDB is told to expect; undefined where it cannot be. */
function shaped(value: unknown, shape: FieldShape): unknown {
	if (value === null || value === undefined || shape === 'JSON') {
		return value ?? undefined;
	}

	if (shape === 'VARCHAR') {
		return typeof value === 'string' ? value : JSON.stringify(value);
	}

	return isObject(value) ? shapedFields(value, shape) : undefined;
}

function shapedFields(value: Json, shape: Readonly<Record<string, FieldShape>>): Json {
	return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, shaped(value[name], field)]));
}

/** A replacement character stands for what the store cannot hold: half a surrogate pair, which DuckDB refuses, and the separator of a context's fields. */
function storable(_key: string, value: unknown): unknown {
	return typeof value === 'string' ? value.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll(contextSeparator, '\uFFFD') : value;
}

/** The records of a file's bytes, as they are. Throws {@link UnreadableFileError} with the reason. */
export async function recordsOfFile(bytes: Buffer, name: string): Promise<Json[]> {
	const records = valuesOf(await textOf(bytes, name)).flatMap(value => recordsOf(value)).filter(record => record !== null);
	if (!records.every(record => isObject(record))) {
		throw new UnreadableFileError('its Records hold something that is no record');
	}

	if (records.length > 0 && !records.some(record => typeof record.eventName === 'string' || typeof record.eventSource === 'string')) {
		throw new UnreadableFileError('no CloudTrail records in it');
	}

	return records;
}

/** The records of a file's bytes, in the shape that the store reads. Throws {@link UnreadableFileError} with the reason. */
export async function parseTrailFile(bytes: Buffer, name: string): Promise<Json[]> {
	const records = await recordsOfFile(bytes, name);
	return records.map(record => shapedFields(record, recordShape));
}

/**
Reads a file that DuckDB cannot read, with Node's zlib and JSON.parse, and writes its records where DuckDB can: lines of {"Records":[…]}.
Throws {@link UnreadableFileError} with the reason, or the file system's error.
*/
export async function rewriteTrailFile(source: string, target: string): Promise<void> {
	const records = await parseTrailFile(await readFile(source), source);
	const lines: string[] = [];
	for (let start = 0; start < records.length; start += recordsPerLine) {
		lines.push(JSON.stringify({Records: records.slice(start, start + recordsPerLine)}, storable) + '\n');
	}

	await writeFile(target, lines, {mode: 0o600});
}
