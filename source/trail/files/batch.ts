import {rm} from 'node:fs/promises';
import path from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {CancelledError, messageOf, throwIfCancelled, UserError} from '../../lib/errors.js';
import {isTornContext, maximumObjectSize, readFilesSql} from './columns.js';
import {type Engine, literal, literalList} from './duckdb.js';
import {sizeForDuckdb} from './first-bytes.js';
import {inOrder} from './in-order.js';
import type {KnownFile} from './manifest.js';
import {rewriteTrailFile, UnreadableFileError} from './plain-reader.js';
import {errorCode, reasonOf, type TrailFile} from './walk.js';

/** Failures after which a batch is cut in pieces instead of being tried again as a whole. */
const wholeRetries = 2;

/** Pieces that a failing batch is cut into. */
const pieces = 8;

/** Rows that DuckDB gathers before it writes them: few enough to stay in the processor's cache, which saves up to a fifth of the time. */
const rowsPerGroup = 20_480;

/** Of what is read for the first time, while somebody waits: zstd makes it a fifth smaller and takes 4 % longer. What is written anew later is zstd. */
const compression = 'lz4_raw';

/** Files whose first bytes are looked at before others get a turn. */
const lookedAtOnce = 100;

/** Files that the plain reader rewrites before DuckDB takes them over: the rewritten ones need room on disk. */
const plainGroup = 200;

/** A log file of a batch, with where it stands on disk. */
export type BatchFile = TrailFile & {readonly full: string};

/** A file that could not be read this time; `remember` where reading it again can only fail again. */
export type FailedFile = {readonly file: BatchFile; readonly reason: string; readonly remember: boolean};

/** What a batch came to. */
export type BatchResult = {
	/** Parquet files of rows, not yet published. */
	readonly parts: readonly string[];
	/** Files that were read, with the number that their rows bear. */
	readonly read: ReadonlyArray<KnownFile & {readonly full: string}>;
	readonly failed: readonly FailedFile[];
	/** Numbers whose rows in `parts` do not count: those of files that were read a second time, in another way. */
	readonly refused: readonly number[];
	/** The first number that is free. */
	readonly nextFile: number;
};

type FileCounts = {readonly rows: number; readonly unfit: number; readonly timeless: number};

/** Errors that no other way of reading a file mends. */
export function isOurTrouble(message: string): boolean {
	return /no space left|could not write|out of memory|disk quota/i.test(message);
}

/** Where a batch writes: `name` begins the names of all its files, `firstNumber` is the first free file number. */
export type BatchPlace = {readonly folder: string; readonly name: string; readonly firstNumber: number};

/** Reads one batch of log files into Parquet parts in the store's folder. */
export class Batch {
	readonly #engine: Engine;
	readonly #folder: string;
	readonly #name: string;
	readonly #signal: AbortSignal;
	readonly #parts: string[] = [];
	readonly #read = new Map<BatchFile, {number: number; timeless: number}>();
	readonly #failed: FailedFile[] = [];
	readonly #refused: number[] = [];
	#nextFile: number;
	/** Bytes of the largest JSON document among the files for DuckDB. */
	#largestDocument = 0;
	#failures = 0;

	constructor(engine: Engine, {folder, name, firstNumber}: BatchPlace, signal: AbortSignal) {
		this.#engine = engine;
		this.#folder = folder;
		this.#name = name;
		this.#nextFile = firstNumber;
		this.#signal = signal;
	}

	/** Reads the files, those that DuckDB cannot read with the plain reader. Rejects with CancelledError. */
	async read(files: readonly BatchFile[]): Promise<BatchResult> {
		const plain: BatchFile[] = [];
		const forDuckdb: BatchFile[] = [];
		const groups = Array.from({length: Math.ceil(files.length / lookedAtOnce)}, (_, index) => files.slice(index * lookedAtOnce, (index + 1) * lookedAtOnce));
		for await (const group of inOrder(groups, async group => setImmediate(group))) {
			throwIfCancelled(this.#signal);
			for (const file of group) {
				this.#route(file, forDuckdb, plain);
			}
		}

		if (forDuckdb.length > 0) {
			plain.push(...await this.#readWithDuckdb(forDuckdb));
		}

		await this.#readPlainly(plain);
		return {
			parts: this.#parts,
			read: [...this.#read].map(([file, {number, timeless}]) => ({...file, number, timeless, reason: null})),
			failed: this.#failed,
			refused: this.#refused,
			nextFile: this.#nextFile,
		};
	}

	#route(file: BatchFile, forDuckdb: BatchFile[], plain: BatchFile[]): void {
		try {
			const size = sizeForDuckdb(file);
			(size === undefined ? plain : forDuckdb).push(file);
			this.#largestDocument = Math.max(this.#largestDocument, size ?? 0);
		} catch (error) {
			this.#fail(file, error);
		}
	}

	#fail(file: BatchFile, error: unknown): void {
		if (errorCode(error) === 'ENOENT') {
			return;
		}

		const remember = error instanceof UnreadableFileError;
		this.#failed.push({file, reason: remember ? error.message : reasonOf(error), remember});
	}

	/** Gives the files that DuckDB could not read, or in which it saw something that is no {Records} document. */
	async #readWithDuckdb(files: readonly BatchFile[]): Promise<BatchFile[]> {
		const numbered = new Map<number, BatchFile>();
		const refused = await this.#copyOrSplit(files, numbered);
		const counts = await this.#counts(this.#parts);
		for (const [number, file] of numbered) {
			const seen = counts.get(number);
			if (seen?.unfit === 0) {
				this.#read.set(file, {number, timeless: seen.timeless});
			} else {
				refused.push(file);
				if (seen) {
					this.#refused.push(number);
				}
			}
		}

		return refused;
	}

	async #copyOrSplit(files: readonly BatchFile[], numbered: Map<number, BatchFile>): Promise<BatchFile[]> {
		const first = this.#nextFile;
		try {
			await this.#copy(files.map(file => file.full), this.#largestDocument);
		} catch (error) {
			const message = messageOf(error);
			if (error instanceof CancelledError) {
				throw error;
			}

			if (isOurTrouble(message)) {
				throw new UserError(`the store cannot be written: ${message.split('\n')[0]}`, {hint: 'make room for the cache folder, or clear it', cause: error});
			}

			return this.#split(files, message, numbered);
		}

		for (const [index, file] of files.entries()) {
			numbered.set(first + index, file);
		}

		return [];
	}

	async #split(files: readonly BatchFile[], message: string, numbered: Map<number, BatchFile>): Promise<BatchFile[]> {
		const culprit = files.length === 1 ? files[0] : files.find(file => message.includes(`"${file.full}"`) || message.includes(`: ${file.full}\n`));
		const rest = files.filter(file => file !== culprit);
		const refused = culprit ? [culprit] : [];
		this.#failures++;
		if (rest.length === 0) {
			return refused;
		}

		const size = culprit && this.#failures <= wholeRetries ? rest.length : Math.ceil(rest.length / pieces);
		const groups = Array.from({length: Math.ceil(rest.length / size)}, (_, index) => rest.slice(index * size, (index + 1) * size));
		for await (const more of inOrder(groups, async group => this.#copyOrSplit(group, numbered))) {
			refused.push(...more);
		}

		return refused;
	}

	/** Reads files, of which none holds a larger JSON document than `documentSize` bytes, into one more part. */
	async #copy(paths: readonly string[], documentSize: number): Promise<void> {
		const part = path.join(this.#folder, `${this.#name}-${this.#parts.length}.parquet.tmp`);
		const first = this.#nextFile;
		this.#nextFile += paths.length;
		try {
			await this.#engine.run(`COPY (${readFilesSql(paths, first, documentSize)}) TO ${literal(part)} (FORMAT parquet, COMPRESSION ${compression}, ROW_GROUP_SIZE ${rowsPerGroup})`, this.#signal);
		} catch (error) {
			await rm(part, {force: true});
			throw error;
		}

		this.#parts.push(part);
	}

	async #counts(parts: readonly string[]): Promise<Map<number, FileCounts>> {
		if (parts.length === 0) {
			return new Map();
		}

		const [rows = []] = await this.#engine.rowsOfEach([{values: [], sortedBy: ['file'], sql: `SELECT file, count(*) AS n,
			count_if((eventname IS NULL AND eventsource IS NULL) OR ${isTornContext}) AS unfit,
			count_if(eventtime IS NULL OR eventsource IS NULL OR eventname IS NULL) AS timeless
			FROM read_parquet(${literalList(parts)}) GROUP BY file`}], this.#signal);
		return new Map(rows.map(row => [Number(row.file), {rows: Number(row.n), unfit: Number(row.unfit), timeless: Number(row.timeless)}]));
	}

	async #readPlainly(files: readonly BatchFile[]): Promise<void> {
		const groups = Array.from({length: Math.ceil(files.length / plainGroup)}, (_, index) => files.slice(index * plainGroup, (index + 1) * plainGroup));
		for await (const _ of inOrder(groups, async group => this.#readGroupPlainly(group))) {
			throwIfCancelled(this.#signal);
		}
	}

	async #readGroupPlainly(files: readonly BatchFile[]): Promise<void> {
		const temporary = (file: BatchFile) => path.join(this.#folder, `${this.#name}-plain-${files.indexOf(file)}.json.tmp`);
		const rewritten: BatchFile[] = [];
		try {
			for await (const file of inOrder(files, async file => this.#rewrite(file, temporary(file)))) {
				if (file) {
					rewritten.push(file);
				}
			}

			if (rewritten.length > 0) {
				await this.#copyRewritten(rewritten, temporary);
			}
		} finally {
			await Promise.all(files.map(async file => rm(temporary(file), {force: true})));
		}
	}

	async #rewrite(file: BatchFile, target: string): Promise<BatchFile | undefined> {
		throwIfCancelled(this.#signal);
		try {
			await rewriteTrailFile(file.full, target);
			return file;
		} catch (error) {
			this.#fail(file, error);
			return undefined;
		}
	}

	async #copyRewritten(files: readonly BatchFile[], temporary: (file: BatchFile) => string): Promise<void> {
		const first = this.#nextFile;
		try {
			await this.#copy(files.map(file => temporary(file)), maximumObjectSize);
		} catch (error) {
			const message = messageOf(error).split('\n')[0] ?? '';
			if (error instanceof CancelledError || isOurTrouble(message)) {
				throw error;
			}

			if (files.length === 1) {
				this.#fail(files[0]!, new UnreadableFileError(`its records cannot be stored (${message.replace(temporary(files[0]!), 'file')})`));
				return;
			}

			for await (const _ of inOrder(files, async file => this.#copyRewritten([file], temporary))) {
				throwIfCancelled(this.#signal);
			}

			return;
		}

		const counts = await this.#counts(this.#parts.slice(-1));
		for (const [index, file] of files.entries()) {
			this.#read.set(file, {number: first + index, timeless: counts.get(first + index)?.timeless ?? 0});
		}
	}
}
