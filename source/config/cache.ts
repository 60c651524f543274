import {mkdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {messageOf, UserError} from '../lib/errors.js';

/** What we keep below the cache folder. Only these are ever removed: the folder itself may be one that the user named. */
const parts = {trails: 'trails', demo: 'demo'} as const;

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

/** Removes all that was kept; says whether there was anything. Throws UserError when something cannot be removed. */
export async function clearCache(folder: string): Promise<boolean> {
	let found = false;
	for (const part of Object.values(parts)) {
		const target = path.join(folder, part);
		try {
			// eslint-disable-next-line no-await-in-loop
			found = await stat(target).then(() => true, () => found);
			await rm(target, {recursive: true, force: true});
		} catch (error) {
			throw new UserError(`${target} cannot be removed: ${messageOf(error)}`, {cause: error});
		}
	}

	return found;
}
