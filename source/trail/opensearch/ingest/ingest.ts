import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {throwIfCancelled, UserError} from '../../../lib/errors.js';
import type {Json} from '../../../lib/json-fields.js';
import type {Task} from '../../../lib/task.js';
import {inOrder} from '../../files/in-order.js';
import {recordsOfFile, UnreadableFileError} from '../../files/plain-reader.js';
import {noTrailFiles, reasonOf, type TrailFile, walkTrail} from '../../files/walk.js';
import {Connection, shownUrl} from '../connection.js';
import type {Place} from '../layout.js';
import type {OpenSearchTarget} from '../options.js';
import {BulkSender} from './bulk.js';
import {Checkpoint} from './checkpoint.js';
import {documentOf, type OutgoingDocument} from './document.js';
import {countDocuments, prepareIndex} from './target-index.js';

export type IngestOptions = OpenSearchTarget & {
	/** A folder of CloudTrail files, or one such file. */
	readonly path: string;
	readonly cacheFolder: string;
	/** How long a server that is away or busy is waited for; five minutes where not given. */
	readonly patienceMs?: number;
};

/** What went in and what came out. */
export type IngestReport = {
	/** "URL/INDEX" */
	readonly location: string;
	/** Whether this load made the index. */
	readonly madeIndex: boolean;
	readonly files: number;
	/** Files that an earlier load had brought in whole. */
	readonly loadedBefore: number;
	readonly unreadable: ReadonlyArray<{readonly path: string; readonly reason: string}>;
	/** Records of the files that were read now: created, existing and failed ones together. */
	readonly records: number;
	readonly created: number;
	/** Documents that were there already: repeated records, or those of an earlier load that was broken off. */
	readonly existing: number;
	readonly failed: ReadonlyArray<{readonly reason: string; readonly records: number}>;
	/** Documents of the index before and after. */
	readonly before: number;
	readonly after: number;
};

/** A batch's size: servers work best with requests of some megabytes. */
const batchBytes = 4 * 1024 * 1024;
const batchDocuments = 3000;

/** Batches on the way: while the server works on one the next is made. */
const inFlight = 2;

const defaultPatienceMs = 300_000;

/** A file of which records are on the way. */
type OpenFile = {readonly file: TrailFile; batches: number; isRead: boolean};

/** Reads log files and hands their records over, batch by batch; never more than a few batches ahead of the server. */
class Loader {
	records = 0;
	readonly unreadable: Array<{path: string; reason: string}> = [];
	readonly #sender: BulkSender;
	readonly #checkpoint: Checkpoint;
	readonly #task: Task;
	readonly #total: number;
	#done = 0;
	#bytes = 0;
	#batch: OutgoingDocument[] = [];
	#batchBytes = 0;
	readonly #batchFiles = new Set<OpenFile>();
	readonly #sending = new Set<Promise<void>>();
	#failure: {readonly error: unknown} | undefined;

	constructor(sender: BulkSender, checkpoint: Checkpoint, task: Task, total: number) {
		this.#sender = sender;
		this.#checkpoint = checkpoint;
		this.#task = task;
		this.#total = total;
	}

	async load(files: readonly TrailFile[], root: string): Promise<void> {
		this.#say();
		let next: Promise<Json[] | undefined> | undefined;
		try {
			for await (const _ of inOrder(files.entries(), async ([index, file]) => {
				const records = await (next ?? this.#read(file, root));
				// The next file is unpacked while this one's records are sent.
				const following = files[index + 1];
				next = following && this.#read(following, root);
				if (records) {
					await this.#add(file, records);
				}
			})) {
				throwIfCancelled(this.#task.signal);
			}

			await this.#flush();
		} finally {
			await Promise.allSettled([...this.#sending, next]);
		}

		this.#throwFailure();
	}

	async #read(file: TrailFile, root: string): Promise<Json[] | undefined> {
		const full = path.resolve(root, file.path);
		try {
			return await recordsOfFile(await readFile(full), full);
		} catch (error) {
			this.unreadable.push({path: full, reason: error instanceof UnreadableFileError ? error.message : reasonOf(error)});
			return undefined;
		}
	}

	async #add(file: TrailFile, records: readonly Json[]): Promise<void> {
		const open: OpenFile = {file, batches: 0, isRead: false};
		for await (const _ of inOrder(records.entries(), async ([index, record]) => {
			const document = documentOf(record, `${file.path}:${index}`);
			this.records++;
			this.#batch.push(document);
			this.#batchBytes += document.text.length;
			this.#batchFiles.add(open);
			if (this.#batchBytes >= batchBytes || this.#batch.length >= batchDocuments) {
				await this.#flush();
			}
		})) {
			this.#throwFailure();
		}

		open.isRead = true;
		this.#bytes += file.size;
		// A file whose records are all in sent batches, or that has none, may be finished already.
		if (!this.#batchFiles.has(open)) {
			await this.#finish(open);
		}
	}

	async #flush(): Promise<void> {
		if (this.#sending.size >= inFlight) {
			await Promise.race(this.#sending);
		}

		this.#throwFailure();
		const batch = this.#batch;
		const files = [...this.#batchFiles];
		this.#batch = [];
		this.#batchBytes = 0;
		this.#batchFiles.clear();
		for (const file of files) {
			file.batches++;
		}

		if (batch.length > 0) {
			const sending = this.#send(batch, files).finally(() => {
				this.#sending.delete(sending);
			});
			this.#sending.add(sending);
		}
	}

	async #send(batch: readonly OutgoingDocument[], files: readonly OpenFile[]): Promise<void> {
		try {
			await this.#sender.send(batch);
			for (const file of files) {
				file.batches--;
			}

			await Promise.all(files.map(async file => this.#finish(file)));
		} catch (error) {
			this.#failure ??= {error};
		}
	}

	async #finish(open: OpenFile): Promise<void> {
		if (open.isRead && open.batches === 0) {
			await this.#checkpoint.add(open.file);
			this.#done++;
			this.#say();
		}
	}

	#say(): void {
		this.#task.progress({stage: 'loading CloudTrail files', done: this.#done, total: this.#total, unit: 'files', bytes: this.#bytes});
	}

	#throwFailure(): void {
		if (this.#failure) {
			throw this.#failure.error;
		}
	}
}

/**
Loads CloudTrail files into an index, which is made where it is missing. An event is one document, by its id: loading the same files again, or
going on after an interruption, doubles nothing. Rejects with UserError where the server or the files cannot be used, or where the index holds
fewer documents in the end than it took; with CancelledError.
*/
export async function ingestOpenSearch(options: IngestOptions, task: Task): Promise<IngestReport> {
	const place: Place = {index: options.index, where: `${shownUrl(options.url)}/${options.index}`};
	const {root, files, unreadable} = await walkTrail(options.path, task.signal);
	if (files.length === 0) {
		throw noTrailFiles(options.path);
	}

	const connection = await Connection.open(options);
	try {
		const target = await prepareIndex(connection, place, task.signal);
		const checkpoint = await Checkpoint.open({cacheFolder: options.cacheFolder, url: shownUrl(options.url), index: options.index, uuids: target.uuids, root});
		const left = files.filter(file => !checkpoint.holds(file)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
		const before = await countDocuments(connection, place, task.signal);
		const sender = new BulkSender(connection, place, task, {patienceMs: options.patienceMs ?? defaultPatienceMs});
		const loader = new Loader(sender, checkpoint, task, left.length);
		await loader.load(left, root);
		const after = await countDocuments(connection, place, task.signal);
		const {created, existing, failed} = sender.counts;
		if (after < before + created) {
			throw new UserError(`${place.where}: the index holds ${after} documents, ${before + created - after} fewer than it has taken`, {
				hint: 'somebody may be deleting from it, or a shard was lost: load into an index of its own', exitCode: 3,
			});
		}

		return {
			location: place.where,
			madeIndex: target.isNew,
			files: files.length,
			loadedBefore: files.length - left.length,
			unreadable: [...unreadable, ...loader.unreadable].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
			records: loader.records,
			created,
			existing,
			failed: [...failed].map(([reason, records]) => ({reason, records})),
			before,
			after,
		};
	} finally {
		await connection.close();
	}
}

/** Whether nothing was left out. */
export function isComplete({unreadable, failed}: IngestReport): boolean {
	return unreadable.length === 0 && failed.length === 0;
}

/** The report in lines for people; text from files and servers must be made safe before it is shown. */
export function ingestLines(report: IngestReport): string[] {
	const line = (count: number, what: string) => `${String(count).padStart(9)}  ${what}`;
	const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
	return [
		`${report.madeIndex ? 'made and filled' : 'filled'} ${report.location}`,
		line(report.files, `files${report.loadedBefore > 0 ? `, ${report.loadedBefore} of them loaded before` : ''}${report.unreadable.length > 0 ? `, ${report.unreadable.length} unreadable` : ''}`),
		line(report.records, 'records read'),
		line(report.created, 'documents created'),
		line(report.existing, 'were there already'),
		line(sum(report.failed.map(({records}) => records)), 'refused by the server'),
		line(report.after, 'documents in the index now'),
		...report.unreadable.map(({path: file, reason}) => `unreadable: ${file}: ${reason}`),
		...report.failed.map(({reason, records}) => `refused: ${records} records: ${reason}`),
	];
}

