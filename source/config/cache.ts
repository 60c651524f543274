import {mkdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {messageOf, UserError} from '../lib/errors.js';

/** What we keep below the cache folder. Only these are ever removed: the folder itself may be one that the user named. */
const parts = {trails: 'trails', demo: 'demo', iam: 'iam', 'last-accessed': 'last-accessed'} as const;

/** The folder of one part of the cache, made private (0700) when it is missing. Throws UserError when it cannot be made. */
export async function cachePart(folder: string, part: keyof typeof parts): Promise<string> {
	const target = path.join(folder, parts[part]);
	try {
		await mkdir(target, {recursive: true, mode: 0o700});
	} catch (error) {
		throw new UserError(`the cache folder ${folder} cannot be used: ${messageOf(error)}`, {
			hint: 'name another one in CLOUDTRACKER_TUI_CACHE_DIR',
			cause: error,
		});
	}

	return target;
}

async function remove(target: string): Promise<boolean> {
	const isThere = await stat(target).then(() => true, () => false);
	try {
		await rm(target, {recursive: true, force: true});
	} catch (error) {
		throw new UserError(`${target} cannot be removed: ${messageOf(error)}`, {cause: error});
	}

	return isThere;
}

/** Removes all that was kept; says whether there was anything. Throws UserError when something cannot be removed. */
export async function clearCache(folder: string): Promise<boolean> {
	const removed = await Promise.all(Object.values(parts).map(async part => remove(path.join(folder, part))));
	return removed.includes(true);
}
