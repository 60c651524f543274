import {randomUUID} from 'node:crypto';
import {readFile, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {messageOf, UserError} from '../lib/errors.js';
import {isObject} from '../lib/json-fields.js';
import {allLists} from './authorization-details.js';
import type {LiveDetails} from './live.js';

/** Milliseconds after which a snapshot that is kept is no longer taken: grants change. */
const keptFor = 86_400_000;

/** `folder` belongs to one account's snapshots, of mode 0700. */
export function cacheFile(folder: string, accountId: string): string {
	return path.join(folder, `${accountId}.json`);
}

function isDetails(value: unknown, accountId: string): value is LiveDetails {
	return isObject(value) && value.AccountId === accountId && typeof value.TakenAt === 'string' && Array.isArray(value.Warnings)
		&& allLists.every(list => Array.isArray(value[list]));
}

/** The kept details of an account; undefined when there are none, when they are too old or lack something, or when the file is damaged: then they are fetched anew. */
export async function readKept(folder: string, accountId: string, now: Date): Promise<LiveDetails | undefined> {
	let value: unknown;
	try {
		value = JSON.parse(await readFile(cacheFile(folder, accountId), 'utf8'));
	} catch {
		return undefined;
	}

	if (!isDetails(value, accountId) || value.Warnings.length > 0) {
		return undefined;
	}

	const age = now.getTime() - Date.parse(value.TakenAt);
	// One from the future was kept under another clock.
	return age > -60_000 && age <= keptFor ? value : undefined;
}

/** Keeps the details, readable by the user alone; a kill leaves the old ones. */
export async function keep(folder: string, details: LiveDetails): Promise<void> {
	const file = cacheFile(folder, details.AccountId);
	const aside = `${file}.${randomUUID()}`;
	try {
		await writeFile(aside, JSON.stringify(details), {mode: 0o600, flag: 'wx'});
		await rename(aside, file);
	} catch (error) {
		await rm(aside, {force: true});
		throw new UserError(`the IAM snapshot cannot be kept in ${folder}: ${messageOf(error)}`, {hint: 'name another folder in CLOUDTRACKER_TUI_CACHE_DIR', cause: error});
	}
}
