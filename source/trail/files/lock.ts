import {chmod} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {CancelledError, messageOf, throwIfCancelled} from '../../lib/errors.js';
import {type Engine, literal} from './duckdb.js';
import {inOrder, numbers} from './in-order.js';

/** How often a waiting copy of the program asks whether the other has finished. */
const askEveryMs = 50;

/** Lock files that a killed process may have left half made, before one gives up. */
const lockFiles = 100;

/** The last holder of each store inside this process: the operating system's lock tells processes apart, not the parts of one. */
const holders = new Map<string, Promise<unknown>>();

/** Which store is wanted, by whom. */
export type LockRequest = {
	readonly engine: Engine;
	readonly folder: string;
	readonly signal: AbortSignal;
	/** Called while somebody is waited for. */
	readonly onWait: () => void;
};

type Attempt = 'held' | 'busy' | 'unusable';

async function attach(engine: Engine, file: string, signal: AbortSignal): Promise<Attempt> {
	try {
		await engine.run(`ATTACH ${literal(file)} AS store_lock`, signal);
		await chmod(file, 0o600);
		return 'held';
	} catch (error) {
		const message = messageOf(error);
		if (/could not set lock|used by another process/i.test(message)) {
			return 'busy';
		}

		if (/not a valid duckdb|corrupt|checksum/i.test(message)) {
			return 'unusable';
		}

		throw error;
	}
}

/**
The lock is a DuckDB database file, attached: the operating system locks it for the process and lets go when the process ends, however it
ends. A file that was left half made stays unusable for everybody, so everybody goes on to the next name.
*/
async function tryAttach(engine: Engine, folder: string, signal: AbortSignal): Promise<boolean> {
	for await (const attempt of inOrder(numbers(lockFiles), async index => attach(engine, path.join(folder, `lock-${index}.db`), signal))) {
		if (attempt !== 'unusable') {
			return attempt === 'held';
		}
	}

	throw new Error(`no usable lock file in ${folder}`);
}

async function pause(signal: AbortSignal): Promise<void> {
	try {
		await delay(askEveryMs, undefined, {signal});
	} catch {
		throw new CancelledError();
	}
}

/** Resolves when `turn` has settled, rejects with CancelledError when the signal is aborted before. */
async function turnOrCancel(turn: Promise<unknown>, signal: AbortSignal): Promise<void> {
	throwIfCancelled(signal);
	const aborted = new AbortController();
	try {
		await Promise.race([turn.catch(() => {}), new Promise<never>((_resolve, reject) => {
			signal.addEventListener('abort', () => {
				reject(new CancelledError());
			}, {once: true, signal: aborted.signal});
		})]);
	} finally {
		aborted.abort();
	}
}

async function locked<T>({engine, folder, signal, onWait}: LockRequest, work: () => Promise<T>): Promise<T> {
	for await (const held of inOrder(numbers(), async () => tryAttach(engine, folder, signal))) {
		if (held) {
			break;
		}

		onWait();
		await pause(signal);
	}

	try {
		return await work();
	} finally {
		await engine.run('DETACH store_lock', new AbortController().signal);
	}
}

/**
Does `work` while no other copy of the program, nor another part of this one, works on the store.
Rejects with CancelledError when the signal is aborted while waiting.
*/
export async function withStoreLock<T>(request: LockRequest, work: () => Promise<T>): Promise<T> {
	const {folder, signal, onWait} = request;
	const before = holders.get(folder);
	const mine = (async () => {
		if (before) {
			onWait();
			await turnOrCancel(before, signal);
		}

		return locked(request, work);
	})();

	// Who comes after waits for the one before too: a cancelled waiter must not let the next one past the holder.
	const turn = Promise.allSettled([before, mine]);
	holders.set(folder, turn);
	try {
		return await mine;
	} finally {
		if (holders.get(folder) === turn) {
			void turn.then(() => {
				if (holders.get(folder) === turn) {
					holders.delete(folder);
				}
			});
		}
	}
}
