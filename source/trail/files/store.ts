import {createHash, randomBytes} from 'node:crypto';
import {chmod, mkdir, realpath, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';

/** The folder under the cache folder that holds all stores. */
export function storesFolder(cacheFolder: string): string {
	return path.join(cacheFolder, 'trails');
}

/** The store of a trail path: one for each real path, whatever name leads to it. */
export async function storeFolder(cacheFolder: string, trail: string): Promise<string> {
	const real = await realpath(trail);
	return path.join(storesFolder(cacheFolder), createHash('sha256').update(real).digest('hex').slice(0, 24));
}

/** Makes the store's folder, readable by its owner alone. */
export async function makeStoreFolder(folder: string): Promise<void> {
	await mkdir(folder, {recursive: true, mode: 0o700});
}

/** Where a DuckDB puts what does not fit in memory: each its own, made by DuckDB when it needs it and removed by it. */
export function spillFolder(store: string): string {
	return path.join(store, `spill-${randomBytes(4).toString('hex')}`);
}

/** Puts a finished file in its place in one step: readers see the old or the new, never a part. */
export async function publish(temporary: string, final: string): Promise<void> {
	await chmod(temporary, 0o600);
	await rename(temporary, final);
}

/** Writes a text aside and puts it in its place in one step. */
export async function publishText(final: string, text: string): Promise<void> {
	const temporary = `${final}.tmp`;
	await writeFile(temporary, text, {mode: 0o600});
	await publish(temporary, final);
}
