import {readFile} from 'node:fs/promises';
import type {IamSnapshot} from '../domain/snapshot.js';
import {messageOf, UserError} from '../lib/errors.js';
import {isObject, type Json} from '../lib/json-fields.js';
import {JsonPagesError, parseJsonPages} from '../lib/json-pages.js';
import {accountOfPages, entityLists, isDetailsPage, readDetails} from './authorization-details.js';

const expected = 'the output of `aws iam get-account-authorization-details`';
const hint = 'Make one with: aws iam get-account-authorization-details > iam.json';

/**
Reads an IAM snapshot from a file with the AWS CLI's output of get-account-authorization-details as it is: UTF-8 or UTF-16 (PowerShell's `>`),
with or without a byte order mark, several pages one after another or in an array.
@throws UserError that names the file, when it cannot be read or is no such output
*/
export async function loadIamFile(path: string): Promise<IamSnapshot> {
	return parseIamSnapshot(decodeText(await readBytes(path), path), path);
}

/**
The pure part of {@link loadIamFile}: from the text to the snapshot.
@param name what the text is called in errors
@throws UserError
*/
export function parseIamSnapshot(text: string, name: string): IamSnapshot {
	const pages = readPages(text, name);
	const accounts = new Set(pages.map(page => accountOfPages([page])).filter(account => account !== null));
	if (accounts.size > 1) {
		throw new UserError(`${name} holds pages of different accounts: ${[...accounts].join(', ')}`, {hint: 'Give one account a file of its own.'});
	}

	const accountId = accountOfPages(pages);
	if (accountId === null) {
		throw new UserError(`${name} does not say whose account it is: no ARN in it names one`, {hint});
	}

	return readDetails(pages, accountId);
}

function readPages(text: string, name: string): readonly Json[] {
	if (text.trim() === '') {
		throw new UserError(`${name} is empty; expected ${expected}`, {hint});
	}

	const values = parsePages(text, name);
	const pages = values.filter(value => isObject(value));
	const stranger = pages.find(page => !isDetailsPage(page));
	if (stranger !== undefined || pages.length < values.length || pages.length === 0) {
		throw new UserError(`${name} is no IAM snapshot${stranger ? whatItIs(stranger) : ''}; expected ${expected}`, {hint});
	}

	if (!pages.some(page => entityLists.some(list => Array.isArray(page[list])))) {
		throw new UserError(`${name} holds policies but no users, roles or groups; expected ${expected}`, {hint});
	}

	// Every page but the last says that there is more.
	if (pages.every(page => page.IsTruncated === true || typeof page.NextToken === 'string')) {
		throw new UserError(`${name} is incomplete: its last page says that there is more`, {hint: `${hint} (without --max-items or --no-paginate)`});
	}

	return pages;
}

function parsePages(text: string, name: string): unknown[] {
	try {
		return parseJsonPages(text);
	} catch (error) {
		const cutOff = error instanceof JsonPagesError && error.cutOff;
		throw new UserError(`${name} ${cutOff ? 'is cut off' : 'is not JSON'} (${messageOf(error)}); expected ${expected}`, {hint, cause: error});
	}
}

/** What a JSON object that is no snapshot seems to be, to put the user on the track. */
function whatItIs(page: Json): string {
	const shapes: ReadonlyArray<readonly [key: string, words: string]> = [
		['Records', 'a CloudTrail log file'],
		['Statement', 'a policy document'],
		['Users', 'the output of `aws iam list-users`'],
		['Roles', 'the output of `aws iam list-roles`'],
		['Groups', 'the output of `aws iam list-groups`'],
		['User', 'the output of `aws iam get-user`'],
		['Role', 'the output of `aws iam get-role`'],
	];
	const shape = shapes.find(([key]) => key in page);
	return shape ? `: it looks like ${shape[1]}` : '';
}

async function readBytes(path: string): Promise<Uint8Array> {
	try {
		return await readFile(path);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		const reasons: Readonly<Record<string, string>> = {
			ENOENT: 'does not exist',
			EISDIR: 'is a folder, not a file',
			EACCES: 'may not be read by you',
			EPERM: 'may not be read by you',
		};
		throw new UserError(`${path} ${reasons[code] ?? `could not be read (${messageOf(error)})`}; expected ${expected}`, {hint, cause: error});
	}
}

/** The text of a file by its byte order mark, or by the zero bytes that ASCII has in UTF-16. */
function decodeText(bytes: Uint8Array, path: string): string {
	const [first, second] = bytes;
	if (first === 0x1F && second === 0x8B) {
		throw new UserError(`${path} is compressed; expected ${expected}`, {hint: 'Unpack it first: gunzip'});
	}

	const littleEndian = (first === 0xFF && second === 0xFE) || (first !== 0 && second === 0);
	const bigEndian = (first === 0xFE && second === 0xFF) || (first === 0 && second !== 0 && second !== undefined);
	try {
		return new TextDecoder(littleEndian ? 'utf-16le' : (bigEndian ? 'utf-16be' : 'utf8')).decode(bytes);
	} catch (error) {
		throw new UserError(`${path} could not be read as text (${messageOf(error)}); expected ${expected}`, {hint, cause: error});
	}
}
