import {createHash, randomBytes} from 'node:crypto';
import {readdir, readFile, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import {UserError} from '../../lib/errors.js';
import {type Engine, literal} from '../files/duckdb.js';
import {withStoreLock} from '../files/lock.js';
import {makeStoreFolder, publish, publishText, storesFolder} from '../files/store.js';
import {flagColumns} from '../query.js';
import {writtenRows} from '../row-file.js';
import {addDays} from './days.js';
import type {AthenaOptions} from './options.js';
import {scanColumns} from './scan-sql.js';

/** Raise it whenever the columns of a scan or these shapes change: older caches are then asked anew. */
const cacheVersion = 1;

const manifestName = 'days.json';

/**
A day is settled when it was asked so long after its end that no log of it is still on its way: CloudTrail delivers within some 5 minutes on average,
and promises no time: what comes hours late is still asked for. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
*/
const settlingMs = 24 * 3_600_000;

/** Files beyond this are joined to one: each costs every question a little. */
const maxFiles = 32;

const manifestSchema = z.object({
	version: z.literal(cacheVersion),
	/** Sizes of the Parquet files, by name. */
	files: z.record(z.string().regex(/^[\w.-]+$/), z.number()),
	/** For each UTC day that was asked: when, and the file that holds its rows; null where it has none. */
	days: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/), z.object({asked: z.string(), file: z.string().nullable()})),
});

type Manifest = z.infer<typeof manifestSchema>;

const empty: Manifest = {version: cacheVersion, files: {}, days: {}};

const parquet = '(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)';

/** Entries of a row's list "[a, b]". */
export const entriesSql = 'string_split(substr(days, 2, length(days) - 2), \', \')';

/** What is kept of some days, as SQL. */
export type KeptRows = {
	/** Rows of scans, with the number of the file that each lies in as `source`. A row may hold other days too. */
	readonly rows: string;
	/** Rows (source, day): which days of which file count. */
	readonly days: string;
};

/** What Athena has answered, kept for each account, table and UTC day. */
export class DayCache {
	readonly folder: string;
	#manifest: Manifest = empty;

	constructor(options: AthenaOptions) {
		const {accountId, region, database, table, bucket, prefix, organizationId, skipSetup} = options;
		const key = JSON.stringify([accountId, region, database, table, bucket, prefix, organizationId, skipSetup]);
		this.folder = path.join(storesFolder(options.cacheFolder), `athena-${createHash('sha256').update(key).digest('hex').slice(0, 24)}`);
	}

	/** Makes the folder and reads what it holds. Throws UserError where it cannot be used. */
	async load(): Promise<void> {
		try {
			await makeStoreFolder(this.folder);
			this.#manifest = await this.#read();
		} catch (error) {
			throw new UserError(`the cache folder ${this.folder} cannot be used: ${String(error)}`, {hint: 'name another one in CLOUDTRACKER_TUI_CACHE_DIR', cause: error});
		}
	}

	/** Whether anything was ever asked. */
	get isEmpty(): boolean {
		return Object.keys(this.#manifest.days).length === 0;
	}

	/** When the day was asked; undefined where it was not. */
	asked(day: string): Date | undefined {
		const known = this.#manifest.days[day];
		return known && new Date(known.asked);
	}

	/** Whether all logs of the day had arrived when it was asked. */
	isSettled(day: string): boolean {
		const asked = this.asked(day);
		return asked !== undefined && asked.getTime() >= Date.parse(`${addDays(day, 1)}T00:00:00Z`) + settlingMs;
	}

	/** Forgets all that was kept: it could not be read. */
	async forget(): Promise<void> {
		this.#manifest = empty;
		await publishText(path.join(this.folder, manifestName), JSON.stringify(empty));
	}

	/**
	Keeps the answer for `days`, asked at `asked`: `rowsFile` holds the rows of a scan as writeRows writes them, or is null where there were none.
	*/
	async add({engine, rowsFile, days, asked, signal}: {readonly engine: Engine; readonly rowsFile: string | null; readonly days: readonly string[]; readonly asked: Date; readonly signal: AbortSignal}): Promise<void> {
		const name = rowsFile === null ? null : `${randomBytes(8).toString('hex')}.parquet`;
		if (rowsFile !== null && name !== null) {
			await this.#publishQuery(engine, writtenRows(rowsFile, scanColumns, flagColumns), name, signal);
		}

		await withStoreLock({engine, folder: this.folder, signal, onWait() {}}, async () => {
			// Another copy of the program may have kept other days meanwhile.
			const known = await this.#read();
			const size = name === null ? {} : {[name]: await this.#sizeOf(name)};
			const kept = {...known.days, ...Object.fromEntries(days.map(day => [day, {asked: asked.toISOString(), file: name}]))};
			await this.#save({version: cacheVersion, files: {...known.files, ...size}, days: kept});
			if (Object.keys(this.#manifest.files).length > maxFiles) {
				await this.#join(engine, signal);
			}

			await this.#removeStrayFiles();
		});
	}

	/** What is kept of the days (of all without `days`); undefined where no row is. */
	rowsOf(days?: readonly string[]): KeptRows | undefined {
		const kept = (days ?? Object.keys(this.#manifest.days)).flatMap(day => {
			const file = this.#manifest.days[day]?.file ?? null;
			return file === null ? [] : [{day, file}];
		});
		const files = [...new Set(kept.map(({file}) => file))];
		if (files.length === 0) {
			return undefined;
		}

		return {
			rows: files.map((file, index) => `SELECT *, ${index} AS source FROM read_parquet(${literal(path.join(this.folder, file))})`).join(' UNION ALL '),
			days: `VALUES ${kept.map(({day, file}) => `(${files.indexOf(file)}, ${literal(day)})`).join(', ')}`,
		};
	}

	async #publishQuery(engine: Engine, sql: string, name: string, signal: AbortSignal): Promise<void> {
		const temporary = path.join(this.folder, `${name}.tmp`);
		try {
			await engine.run(`COPY (${sql}) TO ${literal(temporary)} ${parquet}`, signal);
			await publish(temporary, path.join(this.folder, name));
		} finally {
			await rm(temporary, {force: true});
		}
	}

	/** Writes all files anew as one. Only the lock's holder may call it. */
	async #join(engine: Engine, signal: AbortSignal): Promise<void> {
		const kept = this.rowsOf();
		if (kept !== undefined) {
			const name = `${randomBytes(8).toString('hex')}.parquet`;
			const keys = scanColumns.filter(column => column !== 'days').join(', ');
			const entries = `SELECT * EXCLUDE (days), unnest(${entriesSql}) AS one FROM (${kept.rows})`;
			await this.#publishQuery(engine, `SELECT ${keys}, '[' || string_agg(one, ', ') || ']' AS days FROM (${entries}) AS e
				JOIN (${kept.days}) AS w (source, day) ON w.source = e.source AND w.day = substr(one, 1, 10) GROUP BY ${keys}`, name, signal);
			const days = Object.fromEntries(Object.entries(this.#manifest.days).map(([day, {asked, file}]) => [day, {asked, file: file === null ? null : name}]));
			await this.#save({version: cacheVersion, files: {[name]: await this.#sizeOf(name)}, days});
		}
	}

	/** The manifest as it is on disk, without what is missing or damaged. */
	async #read(): Promise<Manifest> {
		let manifest: Manifest;
		try {
			manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(this.folder, manifestName), 'utf8')));
		} catch {
			return empty;
		}

		const intact = new Set<string>();
		await Promise.all(Object.entries(manifest.files).map(async ([name, size]) => {
			if (await this.#sizeOf(name).catch(() => -1) === size) {
				intact.add(name);
			}
		}));
		const days = Object.entries(manifest.days).filter(([, {file}]) => file === null || intact.has(file));
		return {...manifest, files: Object.fromEntries(Object.entries(manifest.files).filter(([name]) => intact.has(name))), days: Object.fromEntries(days)};
	}

	async #save({files, days, version}: Manifest): Promise<void> {
		const used = new Set(Object.values(days).map(({file}) => file));
		this.#manifest = {version, days, files: Object.fromEntries(Object.entries(files).filter(([name]) => used.has(name)))};
		await publishText(path.join(this.folder, manifestName), JSON.stringify(this.#manifest));
	}

	async #removeStrayFiles(): Promise<void> {
		const names = await readdir(this.folder);
		const strays = names.filter(name => name.endsWith('.parquet') && !(name in this.#manifest.files));
		await Promise.all(strays.map(async name => rm(path.join(this.folder, name), {force: true})));
	}

	async #sizeOf(name: string): Promise<number> {
		const {size} = await stat(path.join(this.folder, name));
		return size;
	}
}
