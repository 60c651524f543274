import {mkdir, readdir, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {isObject} from '../../lib/json-fields.js';

/** What stops the executions that this program is starting or has started, and that have not ended: each is paid for while it runs. */
const running = new Set<() => Promise<unknown>>();

/** Remembers what stops an execution, until the returned function is called. */
export function watchExecution(stop: () => Promise<unknown>): () => void {
	running.add(stop);
	return () => {
		running.delete(stop);
	};
}

/** Stops all that still runs at Athena: for whoever ends the program, by a signal, after a crash or by quitting. Never rejects. */
export async function stopRunningExecutions(): Promise<void> {
	await Promise.allSettled([...running].map(async stop => stop()));
}

/** Where a running execution leaves a note, for the case that the program is killed before it can stop it. */
function notesFolder(cacheFolder: string): string {
	return path.join(cacheFolder, 'trails', 'athena-running');
}

/** An execution's note is an empty file that bears the process's number, the region and the execution's id. */
export async function noteExecution(cacheFolder: string, region: string, id: string): Promise<() => Promise<void>> {
	const folder = notesFolder(cacheFolder);
	const file = path.join(folder, `${process.pid}.${region}.${id}`);
	await mkdir(folder, {recursive: true, mode: 0o700});
	await writeFile(file, '', {mode: 0o600});
	return async () => rm(file, {force: true});
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return isObject(error) && error.code === 'EPERM';
	}
}

/** Milliseconds after which an execution has ended by itself: Athena lets none run for a day. https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestRun = 24 * 60 * 60 * 1000;

/** An execution of a process that is no more; `hasEnded` where it cannot run any longer. */
export type LeftExecution = {readonly id: string; readonly hasEnded: boolean; readonly forget: () => Promise<void>};

/** Executions of a region that processes started which are no more. */
export async function leftExecutions(cacheFolder: string, region: string): Promise<readonly LeftExecution[]> {
	const folder = notesFolder(cacheFolder);
	const names = await readdir(folder).catch(() => []);
	const found = await Promise.all(names.map(async (name): Promise<LeftExecution | undefined> => {
		const [, pid, of, id] = /^(\d+)\.([\w-]+)\.([\w-]+)$/.exec(name) ?? [];
		if (pid === undefined || id === undefined || of !== region || isAlive(Number(pid))) {
			return undefined;
		}

		const file = path.join(folder, name);
		const {mtimeMs} = await stat(file).catch(() => ({mtimeMs: 0}));
		return {id, hasEnded: Date.now() - mtimeMs > longestRun, forget: async () => rm(file, {force: true})};
	}));
	return found.filter(execution => execution !== undefined);
}
