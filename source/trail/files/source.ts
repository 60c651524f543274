import path from 'node:path';
import type {SampledRow} from '../../domain/evidence.js';
import type {PolicyChange} from '../../domain/policy-changes.js';
import type {SessionUsage} from '../../domain/sessions.js';
import type {Usage} from '../../domain/usage.js';
import type {Warning} from '../../domain/warning.js';
import type {Window} from '../../domain/window.js';
import {CancelledError, messageOf, throwIfCancelled, UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import type {SqlUsage} from '../sql-answers.js';
import type {UsageSource} from '../usage-source.js';
import {isOurTrouble, type FailedFile} from './batch.js';
import {Engine} from './duckdb.js';
import {Ingest} from './ingest.js';
import {withStoreLock} from './lock.js';
import {type KnownFile, loadStore, type LoadedStore, saveManifest} from './manifest.js';
import {defineTrinoFunctions} from './segment.js';
import {makeStoreFolder, spillFolder, storeFolder} from './store.js';
import {UsageQuery} from './usage-query.js';
import {type TrailFile, type TrailListing, noTrailFiles, reasonOf, walkTrail} from './walk.js';

/** Where the files source reads and where it keeps what it has read. */
export type FilesSourceOptions = {
	/** A folder of CloudTrail files, or one such file. */
	readonly path: string;
	/** Twelve digits. */
	readonly accountId: string;
	/** The program's cache folder; stores lie in a folder of it. */
	readonly cacheFolder: string;
};

/** Times that the store is asked before its failure is the answer: it may be changed by another copy of the program, or damaged. */
const attempts = 4;

/** Share of dead files from which the store is put in order though there is nothing new to read. */
const wastefulShare = 0.25;

/** The files of a listing, held against what a store knows. */
type Match = {
	/** Files that stand as they were read, or that could not be read and have not changed. */
	readonly standing: ReadonlySet<KnownFile>;
	/** New and changed files. */
	readonly unseen: readonly TrailFile[];
};

function isSame(known: KnownFile, {size, mtime}: TrailFile): boolean {
	return known.size === size && known.mtime === mtime;
}

function match(listing: TrailListing, store: LoadedStore): Match {
	const byPath = new Map<string, KnownFile>();
	/** What a path was before, where it has changed: it may be put back. */
	const earlier = new Map<string, KnownFile[]>();
	for (const {files} of store.segments) {
		for (const file of files) {
			const before = byPath.get(file.path);
			if (before) {
				earlier.set(file.path, [...earlier.get(file.path) ?? [], before]);
			}

			byPath.set(file.path, file);
		}
	}

	const standing = new Set<KnownFile>();
	const unseen: TrailFile[] = [];
	for (const file of listing.files) {
		const latest = byPath.get(file.path);
		const found = latest && !isSame(latest, file) ? earlier.get(file.path)?.find(one => isSame(one, file)) : latest;
		if (found) {
			standing.add(found);
		} else {
			unseen.push(file);
		}
	}

	return {standing, unseen};
}

/** Whether so many of the files that the store holds are gone or changed that it is worth writing it anew. */
function isWasteful(store: LoadedStore, {standing}: Match): boolean {
	const held = store.segments.reduce((sum, {files}) => sum + files.length, 0);
	return held - standing.size > held * wastefulShare;
}

function byPath<T extends {readonly path: string}>(items: readonly T[]): T[] {
	return items.toSorted((a, b) => Number(a.path > b.path) - Number(a.path < b.path));
}

class FilesSource implements UsageSource {
	readonly #options: FilesSourceOptions;

	constructor(options: FilesSourceOptions) {
		this.#options = options;
	}

	async usage(window: Window, task: Task): Promise<Usage> {
		return this.#ask(task, async reading => reading.usage(window));
	}

	async samples(window: Window, events: readonly string[], task: Task): Promise<readonly SampledRow[]> {
		return this.#ask(task, async reading => reading.query(async query => query.samples(window, this.#options.accountId, events)));
	}

	async calls(window: Window, events: readonly string[], task: Task): Promise<readonly PolicyChange[]> {
		return this.#ask(task, async reading => reading.query(async query => query.calls(window, this.#options.accountId, events)));
	}

	async sessions(window: Window, roleArn: string, task: Task): Promise<readonly SessionUsage[]> {
		return this.#ask(task, async reading => reading.query(async query => query.sessions(window, roleArn)));
	}

	async close(): Promise<void> {
		// Each question opens and closes its own DuckDB: between two of them nothing is held.
	}

	async #ask<T>(task: Task, question: (reading: Reading) => Promise<T>): Promise<T> {
		throwIfCancelled(task.signal);
		task.progress({stage: 'looking for CloudTrail files', done: 0, total: null, unit: 'files', bytes: null});
		const listing = await walkTrail(this.#options.path, task.signal);
		if (listing.files.length === 0 && listing.unreadable.length === 0) {
			throw noTrailFiles(this.#options.path);
		}

		const folder = await this.#openFolder();
		return Engine.during(spillFolder(folder), async engine => {
			await defineTrinoFunctions(engine, task.signal);
			return question(new Reading({engine, folder}, listing, this.#options, task));
		});
	}

	async #openFolder(): Promise<string> {
		try {
			const folder = await storeFolder(this.#options.cacheFolder, this.#options.path);
			await makeStoreFolder(folder);
			return folder;
		} catch (error) {
			throw new UserError(`the cache folder ${this.#options.cacheFolder} cannot be used: ${reasonOf(error)}`, {cause: error});
		}
	}
}

type OpenStore = {readonly engine: Engine; readonly folder: string};

/** One answer of the store: reads what is new, then asks. */
class Reading {
	readonly #engine: Engine;
	readonly #folder: string;
	readonly #listing: TrailListing;
	readonly #options: FilesSourceOptions;
	readonly #task: Task;
	#damage: string | null = null;
	#failed: readonly FailedFile[] = [];

	constructor({engine, folder}: OpenStore, listing: TrailListing, options: FilesSourceOptions, task: Task) {
		this.#engine = engine;
		this.#folder = folder;
		this.#listing = listing;
		this.#options = options;
		this.#task = task;
	}

	async usage(window: Window): Promise<Usage> {
		return this.query(async (query, matched) => this.#result(await query.run(window, this.#options.accountId), matched));
	}

	/** Asks the store as the trail is now, after reading what it has not seen; asks again where another copy of the program changed it meanwhile. */
	async query<T>(question: (query: UsageQuery, matched: Match) => Promise<T>, left = attempts): Promise<T> {
		let store = await loadStore(this.#folder);
		let matched = match(this.#listing, store);
		try {
			if (matched.unseen.length > 0 || store.damage !== null || isWasteful(store, matched)) {
				await this.#update();
				store = await loadStore(this.#folder);
				matched = match(this.#listing, store);
			}

			this.#task.progress({stage: 'asking the log', done: 0, total: null, unit: null, bytes: null});
			const query = new UsageQuery(this.#engine, {folder: this.#folder, segments: store.segments, standing: matched.standing}, this.#task.signal);
			return await question(query, matched);
		} catch (error) {
			if (left <= 1 || error instanceof CancelledError || error instanceof UserError) {
				throw error;
			}

			// Where memory or disk is short the store is not to blame, and reading all again would not help.
			if (isOurTrouble(messageOf(error))) {
				throw new UserError(`the logs could not be asked: ${messageOf(error).split('\n')[0] ?? ''}`, {hint: 'make room for the cache folder and in memory, and try again', exitCode: 3, cause: error});
			}

			await this.#recover(store);
			return this.query(question, left - 1);
		}
	}

	/** Reads what the store has not seen, while no other copy of the program does. */
	async #update(): Promise<void> {
		const {signal} = this.#task;
		const onWait = () => {
			this.#task.progress({stage: 'waiting for another copy of the program to finish reading', done: 0, total: null, unit: null, bytes: null});
		};

		await withStoreLock({engine: this.#engine, folder: this.#folder, signal, onWait}, async () => {
			const store = await loadStore(this.#folder);
			const matched = match(this.#listing, store);
			this.#damage ??= store.damage;
			const ingest = new Ingest(this.#engine, this.#folder, store.manifest, this.#task);
			await ingest.tidy(store.segments, matched.standing);
			this.#failed = await ingest.read(matched.unseen, this.#listing.root);
		});
	}

	/** After a failure: another copy of the program has changed the store meanwhile, or a segment is damaged and all is read again. */
	async #recover(asked: LoadedStore): Promise<void> {
		await withStoreLock({engine: this.#engine, folder: this.#folder, signal: this.#task.signal, onWait() {}}, async () => {
			const store = await loadStore(this.#folder);
			if (store.damage === null && JSON.stringify(store.manifest) === JSON.stringify(asked.manifest)) {
				this.#damage = 'a segment could not be read';
				await saveManifest(this.#folder, {...store.manifest, segments: []});
			}
		});
	}

	#result(usage: SqlUsage, {standing}: Match): Usage {
		const known = [...standing];
		const {root, files, unreadable} = this.#listing;
		const timeless = known.reduce((sum, file) => sum + file.timeless, 0);
		const warnings: Warning[] = [];
		if (this.#damage !== null) {
			warnings.push({code: 'store-rebuilt', message: `What was kept of ${this.#options.path} was read again: ${this.#damage}.`});
		}

		if (timeless > 0) {
			warnings.push({code: 'records-without-time', message: `${timeless} ${timeless === 1 ? 'record' : 'records'} without a valid time, event source or event name: not counted.`});
		}

		return {
			source: 'files',
			location: this.#options.path,
			...usage,
			unreadable: byPath([
				...unreadable,
				...known.flatMap(({path: file, reason}) => (reason === null ? [] : [{path: path.resolve(root, file), reason}])),
				...this.#failed.filter(({remember}) => !remember).map(({file, reason}) => ({path: file.full, reason})),
			]),
			files: files.length + unreadable.length,
			warnings,
		};
	}
}

/**
Usage from CloudTrail files on disk (.json.gz and .json, a folder in any layout or one file), through a store of what was read before.
Nothing happens until `usage` is called. It rejects with UserError where the path or the cache folder cannot be used.
*/
export function openFilesSource(options: FilesSourceOptions): UsageSource {
	return new FilesSource(options);
}
