import {randomBytes} from 'node:crypto';
import {readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {throwIfCancelled} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import {Batch, type BatchFile, type FailedFile} from './batch.js';
import type {Engine} from './duckdb.js';
import {inOrder} from './in-order.js';
import {type KnownFile, type LoadedSegment, type Manifest, saveManifest, type Segment, storedFilesOf} from './manifest.js';
import {SegmentWriter} from './segment.js';
import type {TrailFile} from './walk.js';

/** Files of a segment: every query of DuckDB costs as much as 100 files, so few and large batches read fastest. */
const filesPerBatch = 3000;

/** Bytes of a segment's log files, as they lie on disk: large files make smaller batches, for memory's sake. */
const bytesPerBatch = 400 * 1024 * 1024;

/** A segment of fewer files is small: a day's new files make one. */
const smallSegment = 500;

/** More small segments than this are joined: each costs every query a little. */
const maxSmallSegments = 4;

/** Delivery time in AWS's file names: "…_20260720T0020Z_…". */
const deliveryTime = /\d{8}T\d{4}Z/;

/** How often a running batch says how far it is. */
const progressEveryMs = 100;

function compare(a: string, b: string): number {
	return Number(a > b) - Number(a < b);
}

/** Delivery order keeps a segment's events close in time: dead files and duplicates then touch few segments. */
function inDeliveryOrder(files: readonly TrailFile[]): TrailFile[] {
	const keyed = files.map(file => ({file, key: deliveryTime.exec(file.path)?.[0] ?? ''}));
	return keyed.toSorted((a, b) => compare(a.key, b.key) || compare(a.file.path, b.file.path)).map(({file}) => file);
}

function batchesOf(files: readonly TrailFile[]): TrailFile[][] {
	const batches: TrailFile[][] = [];
	let current: TrailFile[] = [];
	let bytes = 0;
	for (const file of inDeliveryOrder(files)) {
		if (current.length > 0 && (current.length >= filesPerBatch || bytes + file.size > bytesPerBatch)) {
			batches.push(current);
			current = [];
			bytes = 0;
		}

		current.push(file);
		bytes += file.size;
	}

	return current.length > 0 ? [...batches, current] : batches;
}

/** Removes what a killed process left behind and what no manifest names any more. Only the lock's holder may call it. */
async function removeStrayFiles(folder: string, manifest: Manifest): Promise<void> {
	const named = new Set(manifest.segments.flatMap(segment => storedFilesOf(segment).map(({name}) => name)));
	const names = await readdir(folder);
	const strays = names.filter(name => name !== 'manifest.json' && !/^(?:lock|spill)-/.test(name) && !named.has(name));
	await Promise.all(strays.map(async name => rm(path.join(folder, name), {force: true, recursive: true})));
}

/** Reads log files into the store, batch by batch; after each batch the manifest names it, so that what was read stays. */
export class Ingest {
	readonly #engine: Engine;
	readonly #folder: string;
	readonly #task: Task;
	#manifest: Manifest;

	constructor(engine: Engine, folder: string, manifest: Manifest, task: Task) {
		this.#engine = engine;
		this.#folder = folder;
		this.#manifest = manifest;
		this.#task = task;
	}

	/**
	Puts the store in order before it grows: segments of which no file is in the trail any more go, those of which some files are gone are written
	anew without their rows, small ones are joined, and what nobody names is removed.
	*/
	async tidy(segments: readonly LoadedSegment[], standing: ReadonlySet<KnownFile>): Promise<void> {
		const living = segments.filter(({files}) => files.some(file => standing.has(file)));
		const small = living.filter(({files}) => files.length < smallSegment);
		const groups = [
			...(small.length > maxSmallSegments ? [small] : small.map(segment => [segment])),
			...living.filter(segment => !small.includes(segment)).map(segment => [segment]),
		].filter(group => group.length > 1 || group.some(({files}) => files.some(file => !standing.has(file))));
		await this.#save(living.map(({segment}) => segment));
		await removeStrayFiles(this.#folder, this.#manifest);
		for await (const group of inOrder(groups, async group => {
			this.#task.progress({stage: 'tidying what was read before', done: 0, total: null, unit: null, bytes: null});
			const {id, name} = this.#nextSegment();
			const writer = new SegmentWriter(this.#engine, this.#folder, this.#task.signal);
			return {old: group.map(({segment}) => segment), written: await writer.rewrite(id, name, group, standing)};
		})) {
			const kept = this.#manifest.segments.filter(segment => !group.old.includes(segment));
			await this.#save([...kept, group.written]);
		}

		await removeStrayFiles(this.#folder, this.#manifest);
	}

	/** Reads the files, whose paths are relative to `root`. Gives those that could not be read this time. Rejects with CancelledError. */
	async read(files: readonly TrailFile[], root: string): Promise<FailedFile[]> {
		const failed: FailedFile[] = [];
		let done = 0;
		let bytes = 0;
		for await (const batch of inOrder(batchesOf(files), async batch => {
			const size = batch.reduce((sum, file) => sum + file.size, 0);
			let share = 0;
			const timer = setInterval(() => {
				// The batch's later queries begin at nothing again.
				share = Math.max(share, this.#engine.progress);
				this.#say(done + Math.floor(share * batch.length), files.length, bytes + Math.floor(share * size));
			}, progressEveryMs);
			try {
				this.#say(done, files.length, bytes);
				failed.push(...await this.#batch(batch, root));
				return {files: batch.length, size};
			} finally {
				clearInterval(timer);
			}
		})) {
			done += batch.files;
			bytes += batch.size;
			this.#say(done, files.length, bytes);
		}

		return failed;
	}

	#say(done: number, total: number, bytes: number): void {
		this.#task.progress({stage: 'reading CloudTrail files', done, total, unit: 'files', bytes});
	}

	async #batch(files: readonly TrailFile[], root: string): Promise<readonly FailedFile[]> {
		const {signal} = this.#task;
		throwIfCancelled(signal);
		const {id, name} = this.#nextSegment();
		const batchFiles: BatchFile[] = files.map(file => ({...file, full: path.resolve(root, file.path)}));
		const batch = new Batch(this.#engine, {folder: this.#folder, name, firstNumber: this.#manifest.nextFile}, signal);
		const result = await batch.read(batchFiles);
		if (result.read.length === 0 && !result.failed.some(({remember}) => remember)) {
			return result.failed;
		}

		const writer = new SegmentWriter(this.#engine, this.#folder, signal);
		const segment = await writer.write(id, name, result, this.#manifest.segments);
		this.#manifest = {...this.#manifest, nextFile: result.nextFile};
		await this.#save([...this.#manifest.segments, segment]);
		return result.failed;
	}

	/** The random part of the name keeps a rebuilt store from overwriting what another copy of the program still reads. */
	#nextSegment(): {id: number; name: string} {
		const id = this.#manifest.nextSegment;
		this.#manifest = {...this.#manifest, nextSegment: id + 1};
		return {id, name: `${id}-${randomBytes(4).toString('hex')}`};
	}

	async #save(segments: Segment[]): Promise<void> {
		this.#manifest = {...this.#manifest, segments};
		await saveManifest(this.#folder, this.#manifest);
	}
}
