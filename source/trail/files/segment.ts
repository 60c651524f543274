import {rm} from 'node:fs/promises';
import path from 'node:path';
import {callersSql, groupedEventsSql} from '../query.js';
import type {BatchResult} from './batch.js';
import {callShape, collapsedMeasures, collapsedShape} from './columns.js';
import {type Engine, literal, literalList} from './duckdb.js';
import {inOrder} from './in-order.js';
import {indexText, type KnownFile, type LoadedSegment, type Segment, storedFile, type StoredFile} from './manifest.js';
import {publish, publishText} from './store.js';

/** A segment's Parquet files beyond this are joined into one: each costs every query a little. */
const maxParts = 4;

const parquet = '(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)';

/** Paths of a segment's row files. */
export function rowPaths(folder: string, segments: readonly Segment[]): string[] {
	return segments.flatMap(segment => segment.rows.map(file => path.join(folder, file.name)));
}

/** Paths of the segments' lists of repeated rows. */
export function repeatPaths(folder: string, segments: readonly Segment[]): string[] {
	return segments.flatMap(segment => (segment.repeats ? [path.join(folder, segment.repeats.name)] : []));
}

/**
SQL for all rows of row files, each with `keeper`: null where the row is the first of its event, else the number of the file that holds
the first one. For each event id at most one row of the store has no keeper, and all others have the same.
*/
export function rowsSql(rows: readonly string[], repeats: readonly string[]): string {
	const from = `read_parquet(${literalList(rows)}, file_row_number = true)`;
	return repeats.length === 0
		? `SELECT p.* FROM ${from} AS p`
		: `SELECT p.* REPLACE (coalesce(r.keeper, p.keeper) AS keeper) FROM ${from} AS p
			LEFT JOIN read_parquet(${literalList(repeats)}) AS r ON r.file = p.file AND r.place = p.file_row_number`;
}

/** Sets DuckDB up with what the query texts expect of Trino. */
export async function defineTrinoFunctions(engine: Engine, signal: AbortSignal): Promise<void> {
	await engine.run(`CREATE OR REPLACE MACRO json_extract_scalar(j, p) AS
		CASE WHEN json_type(j, p) IN ('OBJECT', 'ARRAY') THEN NULL ELSE json_extract_string(j, p) END`, signal);
	await engine.run('CREATE OR REPLACE MACRO regexp_like(t, p) AS regexp_matches(t, p)', signal);
}

/** Writes finished batches as segments of a store. */
export class SegmentWriter {
	readonly #engine: Engine;
	readonly #folder: string;
	readonly #signal: AbortSignal;

	constructor(engine: Engine, folder: string, signal: AbortSignal) {
		this.#engine = engine;
		this.#folder = folder;
		this.#signal = signal;
	}

	/**
	Publishes a batch's parts as a segment; its files are in place when it returns, and count from when the manifest names them.
	`older` are the segments that the store already holds.
	*/
	async write(id: number, name: string, batch: BatchResult, older: readonly Segment[]): Promise<Segment> {
		const unreadable = batch.failed.filter(({remember}) => remember).map(({file, reason}) => ({...file, number: -1, timeless: 0, reason}));
		const parts = await this.#joined(batch, name);
		const repeated = parts.length > 0 && await this.#findRepeats(parts, older);
		return this.#publish({id, name, files: [...batch.read, ...unreadable], parts, repeats: repeated ? 'SELECT * FROM found_repeats' : null});
	}

	/** Publishes one segment in the place of several, with the rows of those files alone that are in `standing`. */
	async rewrite(id: number, name: string, segments: readonly LoadedSegment[], standing: ReadonlySet<KnownFile>): Promise<Segment> {
		const files = segments.flatMap(({files}) => files.filter(file => standing.has(file)));
		const old = segments.map(({segment}) => segment);
		const numbers = files.filter(({number}) => number >= 0).map(({number}) => number);
		if (numbers.length === 0) {
			return this.#publish({id, name, files, parts: [], repeats: null});
		}

		const part = path.join(this.#folder, `${name}-0.parquet.tmp`);
		await this.#engine.run(`COPY (SELECT * EXCLUDE (file_row_number) FROM (${rowsSql(rowPaths(this.#folder, old), repeatPaths(this.#folder, old))})
			WHERE file IN (SELECT unnest([${numbers.join(',')}]))) TO ${literal(part)} ${parquet}`, this.#signal);
		// The rows stand in other places now: their own keepers tell which of them are repeats.
		const repeats = `SELECT file, file_row_number AS place, keeper, eventid FROM read_parquet(${literal(part)}, file_row_number = true) WHERE keeper IS NOT NULL`;
		const found = await this.#engine.rows(`SELECT count(*) AS n FROM (${repeats})`, this.#signal);
		return this.#publish({id, name, files, parts: [part], repeats: Number(found[0]?.n) > 0 ? repeats : null});
	}

	/** `repeats` is a query over the parts, which keep their rows' places when they are published. */
	async #publish({id, name, files, parts, repeats: repeatsSql}: {id: number; name: string; files: readonly KnownFile[]; parts: readonly string[]; repeats: string | null}): Promise<Segment> {
		const repeats = repeatsSql === null ? null : await this.#publishQuery(repeatsSql, `${name}-repeats.parquet`);
		const rows: StoredFile[] = [];
		for await (const stored of inOrder(parts.entries(), async ([index, part]) => this.#publishFile(part, `${name}-${index}.parquet`))) {
			rows.push(stored);
		}

		const index = await this.#publishIndex(name, files);
		const segment: Segment = {id, index, rows, repeats, rollup: null, callers: null};
		if (rows.length === 0) {
			return segment;
		}

		const counted = `(${rowsSql(rowPaths(this.#folder, [segment]), repeatPaths(this.#folder, [segment]))}) WHERE keeper IS NULL`;
		return {
			...segment,
			rollup: await this.#publishQuery(groupedEventsSql(`(${collapsedShape(counted)})`, collapsedMeasures), `${name}-rollup.parquet`),
			callers: await this.#publishRows(callersSql(`(${callShape(counted)})`), `${name}-callers.parquet`),
		};
	}

	async #publishIndex(name: string, files: readonly KnownFile[]): Promise<StoredFile> {
		await publishText(path.join(this.#folder, `${name}.json`), indexText(files));
		return storedFile(this.#folder, `${name}.json`);
	}

	/** The batch's parts, joined to one where they are many or hold rows that do not count. */
	async #joined({parts, refused}: BatchResult, name: string): Promise<readonly string[]> {
		if (parts.length <= maxParts && refused.length === 0) {
			return parts;
		}

		const joined = path.join(this.#folder, `${name}-joined.parquet.tmp`);
		await this.#engine.run(`COPY (SELECT * FROM read_parquet(${literalList(parts)}) WHERE file NOT IN (SELECT unnest([${refused.join(',')}]::INTEGER[])))
			TO ${literal(joined)} ${parquet}`, this.#signal);
		await Promise.all(parts.map(async part => rm(part)));
		return [joined];
	}

	/** Fills the table found_repeats with the rows of `parts` whose event is in the store already, or twice in `parts`. */
	async #findRepeats(parts: readonly string[], older: readonly Segment[]): Promise<boolean> {
		const old = rowPaths(this.#folder, older);
		await this.#engine.run(`CREATE OR REPLACE TEMP VIEW new_ids AS
			SELECT eventid, file, file_row_number AS place FROM read_parquet(${literalList(parts)}, file_row_number = true) WHERE eventid IS NOT NULL`, this.#signal);
		await this.#engine.run('CREATE OR REPLACE TEMP TABLE keepers (eventid UUID, keeper INTEGER, keeper_place BIGINT)', this.#signal);
		if (old.length > 0) {
			// All rows of an id name the same keeper, so any of them tells it.
			await this.#engine.run(`INSERT INTO keepers SELECT o.eventid, any_value(coalesce(o.keeper, o.file)), NULL
				FROM (${rowsSql(old, repeatPaths(this.#folder, older))}) AS o SEMI JOIN new_ids AS n ON n.eventid = o.eventid GROUP BY 1`, this.#signal);
		}

		await this.#engine.run(`INSERT INTO keepers SELECT eventid, least_row.file, least_row.place FROM (
				SELECT n.eventid, min(struct_pack(file := n.file, place := n.place)) AS least_row FROM new_ids AS n
				SEMI JOIN (SELECT eventid FROM new_ids GROUP BY eventid HAVING count(*) > 1) AS d ON d.eventid = n.eventid
				ANTI JOIN keepers AS k ON k.eventid = n.eventid
				GROUP BY n.eventid)`, this.#signal);
		await this.#engine.run(`CREATE OR REPLACE TEMP TABLE found_repeats AS
			SELECT n.file, n.place, k.keeper, n.eventid FROM new_ids AS n JOIN keepers AS k ON k.eventid = n.eventid
			WHERE k.keeper_place IS NULL OR n.file <> k.keeper OR n.place <> k.keeper_place`, this.#signal);
		const found = await this.#engine.rows('SELECT count(*) AS n FROM found_repeats', this.#signal);
		return Number(found[0]?.n) > 0;
	}

	async #publishQuery(sql: string, name: string): Promise<StoredFile> {
		const temporary = path.join(this.#folder, `${name}.tmp`);
		await this.#engine.run(`COPY (${sql}) TO ${literal(temporary)} ${parquet}`, this.#signal);
		return this.#publishFile(temporary, name);
	}

	/** Publishes the rows of a query; null where there are none. */
	async #publishRows(sql: string, name: string): Promise<StoredFile | null> {
		const stored = await this.#publishQuery(sql, name);
		const file = path.join(this.#folder, name);
		const counted = await this.#engine.rows(`SELECT count(*) AS n FROM read_parquet(${literal(file)})`, this.#signal);
		if (Number(counted[0]?.n) > 0) {
			return stored;
		}

		await rm(file);
		return null;
	}

	async #publishFile(temporary: string, name: string): Promise<StoredFile> {
		await publish(temporary, path.join(this.#folder, name));
		return storedFile(this.#folder, name);
	}
}
