import {createRequire} from 'node:module';
import {availableParallelism} from 'node:os';
import type * as DuckDB from '@duckdb/node-api';
import {CancelledError, throwIfCancelled} from '../../lib/errors.js';

/** A value of a result: BIGINT comes as bigint. */
export type SqlValue = string | number | bigint | boolean | null;

export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Threads beyond this only cost memory: each holds a read buffer of 128 MiB. */
const maxThreads = 8;

/** How often a query is told again to stop: an interrupt that lands between two queries is forgotten by DuckDB. */
const interruptEveryMs = 5;

/** An SQL string literal, for the places that take no parameter: file lists and COPY targets. */
export function literal(text: string): string {
	return `'${text.replaceAll('\'', '\'\'')}'`;
}

/** A list literal of strings. */
export function literalList(texts: readonly string[]): string {
	return `[${texts.map(text => literal(text)).join(',')}]`;
}

/** Queries give texts, numbers and booleans; of anything else its JSON is enough. */
function scalar(value: unknown): SqlValue {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value === null ? value : JSON.stringify(value);
}

/** A query with the values of its parameters. `sortedBy` names columns where many rows are to come, in their order. */
export type Query = {readonly sql: string; readonly values: readonly SqlValue[]; readonly sortedBy?: readonly string[]};

/** Rows of a large answer that come as one text. */
const rowsPerText = 5000;

/** A query whose rows come as texts of JSON: one is taken apart in a third of the time that its values take one by one. */
function asTexts(sql: string, sortedBy: readonly string[]): string {
	return `SELECT CAST(to_json(list(r ORDER BY place)) AS VARCHAR) AS text
FROM (SELECT r, row_number() OVER (ORDER BY ${sortedBy.join(', ')}) - 1 AS place FROM (${sql}) AS r) GROUP BY place // ${rowsPerText} ORDER BY min(place)`;
}

/** The rows of a text that {@link asTexts} gave. */
function textRows(text: unknown): SqlRow[] {
	const rows: unknown = typeof text === 'string' ? JSON.parse(text) : [];
	return (Array.isArray(rows) ? rows : []) as SqlRow[]; // eslint-disable-line @typescript-eslint/no-unsafe-type-assertion -- DuckDB wrote it, with a row's columns as keys
}

function rowsOf(reader: DuckDB.DuckDBResultReader, {sortedBy}: Pick<Query, 'sortedBy'> = {}): SqlRow[] {
	if (sortedBy) {
		return reader.getColumnsJS().flat().flatMap(text => textRows(text));
	}

	const columns = reader.getColumnsJS();
	const names = reader.deduplicatedColumnNames();
	return Array.from({length: reader.currentRowCount}, (_, row) => Object.fromEntries(names.map((name, column) => [name, scalar(columns[column]?.[row])])));
}

/** One in-memory DuckDB with one connection. */
export class Engine {
	/** Starts DuckDB; `spillFolder` takes what does not fit in memory. The library is loaded on first use, not on import. */
	static async open(spillFolder: string): Promise<Engine> {
		// Its many CommonJS files load in half the time when nobody looks through each for the names it exports, as import does.
		const {DuckDBInstance: Instance}: typeof DuckDB = createRequire(import.meta.url)('@duckdb/node-api'); // eslint-disable-line @typescript-eslint/no-unsafe-assignment -- require knows no types
		const instance = await Instance.create(':memory:', {
			threads: String(Math.min(availableParallelism(), maxThreads)),
			temp_directory: spillFolder,
			// Nothing is ever fetched from the network.
			autoinstall_known_extensions: 'false',
			autoload_known_extensions: 'false',
			preserve_insertion_order: 'false',
		});
		const connection = await instance.connect();
		await connection.run('SET TimeZone = \'UTC\'; SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET progress_bar_time = 0');
		return new Engine(instance, connection);
	}

	/** Starts DuckDB for a question and closes it after, however that ends. */
	static async during<T>(spillFolder: string, question: (engine: Engine) => Promise<T>): Promise<T> {
		const engine = await Engine.open(spillFolder);
		try {
			return await question(engine);
		} finally {
			engine.close();
		}
	}

	readonly #instance: DuckDB.DuckDBInstance;
	readonly #connection: DuckDB.DuckDBConnection;
	#closed = false;

	private constructor(instance: DuckDB.DuckDBInstance, connection: DuckDB.DuckDBConnection) {
		this.#instance = instance;
		this.#connection = connection;
	}

	/** Share of the running query that is done, 0 to 1; 0 where DuckDB does not know. */
	get progress(): number {
		return Math.max(0, this.#connection.progress.percentage) / 100;
	}

	/** Runs a statement for its effect. Rejects with CancelledError when the signal is aborted, and then the query has stopped. */
	async run(sql: string, signal: AbortSignal, values: SqlValue[] = []): Promise<void> {
		await this.#interruptible(signal, async () => this.#connection.run(sql, values));
	}

	/** Runs a query; its rows as objects. Cancelled like `run`. */
	async rows(sql: string, signal: AbortSignal, values: SqlValue[] = []): Promise<SqlRow[]> {
		return rowsOf(await this.#read({sql, values}, signal));
	}

	/** Runs queries one after the other; the rows of each as objects. An answer is taken apart while the next query runs. Cancelled like `run`. */
	async rowsOfEach(queries: readonly Query[], signal: AbortSignal): Promise<SqlRow[][]> {
		const answers: SqlRow[][] = [];
		let takeApart = () => {};
		for (const query of queries) {
			const reading = this.#read(query, signal);
			takeApart();
			// eslint-disable-next-line no-await-in-loop -- a connection runs one query at a time.
			const reader = await reading;
			takeApart = () => {
				answers.push(rowsOf(reader, query));
			};
		}

		takeApart();
		return answers;
	}

	close(): void {
		if (!this.#closed) {
			this.#closed = true;
			this.#connection.closeSync();
			this.#instance.closeSync();
		}
	}

	async #read({sql, values, sortedBy}: Query, signal: AbortSignal): Promise<DuckDB.DuckDBResultReader> {
		return this.#interruptible(signal, async () => this.#connection.runAndReadAll(sortedBy ? asTexts(sql, sortedBy) : sql, [...values]));
	}

	async #interruptible<T>(signal: AbortSignal, query: () => Promise<T>): Promise<T> {
		throwIfCancelled(signal);
		let timer: NodeJS.Timeout | undefined;
		const stop = () => {
			this.#connection.interrupt();
			timer = setInterval(() => {
				this.#connection.interrupt();
			}, interruptEveryMs);
		};

		signal.addEventListener('abort', stop, {once: true});
		try {
			return await query();
		} catch (error) {
			throw signal.aborted ? new CancelledError() : error;
		} finally {
			signal.removeEventListener('abort', stop);
			clearInterval(timer);
		}
	}
}
