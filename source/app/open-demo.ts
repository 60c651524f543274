import {mkdtemp, readdir, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {cachePart} from '../config/cache.js';
import {demoFiles, writeDemo} from '../demo/index.js';
import {messageOf, throwIfCancelled, UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';

const exists = async (file: string): Promise<boolean> => stat(file).then(() => true, () => false);

/** Removes the copies of earlier days, half-written ones too. */
async function removeOlder(folder: string, day: string): Promise<void> {
	const names = await readdir(folder);
	const older = names.filter(name => /^\d{4}-\d{2}-\d{2}(?:\.|$)/.test(name) && name.slice(0, 10) < day);
	await Promise.all(older.map(async name => rm(path.join(folder, name), {recursive: true, force: true})));
}

/**
The IAM snapshots and logs of the demo's accounts, written once per UTC day into the cache; `day` is the midnight of its last day.
A copy that is half written has another name until it is whole, so a kill leaves nothing that looks like a demo.
What is kept of its logs lies beside them (below `cache`) and goes with them.
*/
export async function openDemo(cacheFolder: string, day: string, task: Task): Promise<{iam: string; backupIam: string; trail: string; cache: string}> {
	throwIfCancelled(task.signal);
	const folder = await cachePart(cacheFolder, 'demo');
	const name = day.slice(0, 10);
	const target = path.join(folder, name);
	if (!await exists(target)) {
		task.progress({stage: 'writing the demo account', done: 0, total: null, unit: null, bytes: null});
		try {
			await writeAside(target, day);
		} catch (error) {
			throw new UserError(`the demo account cannot be written to ${target}: ${messageOf(error)}`, {cause: error});
		}

		await removeOlder(folder, name);
	}

	return {...demoFiles(target), cache: target};
}

async function writeAside(target: string, day: string): Promise<void> {
	const aside = await mkdtemp(`${target}.`);
	await writeDemo(aside, {end: day});
	await rename(aside, target).catch(async (error: unknown) => {
		// Another run was faster: its copy is the same.
		await rm(aside, {recursive: true, force: true});
		if (!await exists(target)) {
			throw error;
		}
	});
}
