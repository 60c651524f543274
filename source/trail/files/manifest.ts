import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import {isObject} from '../../lib/json-fields.js';
import {inOrder} from './in-order.js';
import {publishText} from './store.js';
import {errorCode} from './walk.js';

/** Raise it whenever a segment's columns, a rollup's columns or these shapes change: older stores are then rebuilt. */
const storeVersion = 4;

const manifestName = 'manifest.json';

/** A file of the store, with what shows whether it is still the one that was written. */
const storedFileSchema = z.object({name: z.string().regex(/^[\w.-]+$/), size: z.number(), mtime: z.number()});

const segmentSchema = z.object({
	id: z.number().int(),
	/** The log files it holds. */
	index: storedFileSchema,
	/** All rows, live and dead, repeated and not. */
	rows: z.array(storedFileSchema),
	/** Rows that repeat an event: (file, row) and the file that keeps the event. */
	repeats: storedFileSchema.nullable(),
	/** The segment's rows grouped by day, repeats left out. */
	rollup: storedFileSchema.nullable(),
	/** Calls of which another account may have a record too. */
	callers: storedFileSchema.nullable(),
});

const manifestSchema = z.object({
	version: z.literal(storeVersion),
	nextFile: z.number().int(),
	nextSegment: z.number().int(),
	segments: z.array(segmentSchema),
});

/** A segment's list of its log files, column by column: 30,000 of them are read at every start. */
type FileIndex = {
	readonly folders: string[];
	/** For each file: its index into `folders`, name, size, mtime and number. */
	readonly folder: number[];
	readonly name: string[];
	readonly size: number[];
	readonly mtime: number[];
	readonly number: number[];
	/** Records without a time, source or name, by the file's place in the lists. */
	readonly timeless: Record<string, number>;
	/** Why a file could not be read, by its place in the lists. */
	readonly unreadable: Record<string, string>;
};

export type StoredFile = z.infer<typeof storedFileSchema>;
export type Segment = z.infer<typeof segmentSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

/** A log file that the store knows. */
export type KnownFile = {
	readonly path: string;
	readonly size: number;
	readonly mtime: number;
	/** The number its rows bear; unique in the store, never used again. */
	readonly number: number;
	/** Records without a time, a source or a name: in the segment, counted nowhere. */
	readonly timeless: number;
	/** Why it could not be read; null where it was. */
	readonly reason: string | null;
};

/** A segment and the log files it holds. */
export type LoadedSegment = {readonly segment: Segment; readonly files: readonly KnownFile[]};

/** A store as it stands on disk. */
export type LoadedStore = {
	readonly manifest: Manifest;
	readonly segments: readonly LoadedSegment[];
	/** What was found damaged or written by an older version and will be read again, in words; null when all is well. */
	readonly damage: string | null;
};

/** What shows whether a file of the store is unchanged. */
export async function storedFile(folder: string, name: string): Promise<StoredFile> {
	const stats = await stat(path.join(folder, name));
	return {name, size: stats.size, mtime: stats.mtimeMs};
}

async function isIntact(folder: string, file: StoredFile): Promise<boolean> {
	try {
		const now = await storedFile(folder, file.name);
		return now.size === file.size && now.mtime === file.mtime;
	} catch {
		return false;
	}
}

/** The text of a segment's index. */
export function indexText(files: readonly KnownFile[]): string {
	const folders = new Map<string, number>();
	const index: FileIndex = {folders: [], folder: [], name: [], size: [], mtime: [], number: [], timeless: {}, unreadable: {}};
	for (const [place, file] of files.entries()) {
		const cut = file.path.lastIndexOf('/') + 1;
		const folder = file.path.slice(0, cut);
		let folderIndex = folders.get(folder);
		if (folderIndex === undefined) {
			folderIndex = index.folders.push(folder) - 1;
			folders.set(folder, folderIndex);
		}

		index.folder.push(folderIndex);
		index.name.push(file.path.slice(cut));
		index.size.push(file.size);
		index.mtime.push(file.mtime);
		index.number.push(file.number);
		if (file.timeless > 0) {
			index.timeless[place] = file.timeless;
		}

		if (file.reason !== null) {
			index.unreadable[place] = file.reason;
		}
	}

	return JSON.stringify(index);
}

/** The file is known to be as it was written, so a look at its columns is enough: checking each entry would cost every start. */
function isFileIndex(value: unknown): value is FileIndex {
	return isObject(value)
		&& ['folders', 'folder', 'name', 'size', 'mtime', 'number'].every(column => Array.isArray(value[column]))
		&& isObject(value.timeless) && isObject(value.unreadable);
}

/** Reads what {@link indexText} wrote. */
function filesOf(text: string): KnownFile[] {
	const index: unknown = JSON.parse(text);
	if (!isFileIndex(index)) {
		throw new TypeError('not an index of log files');
	}

	return index.name.map((name, place) => {
		const folder = index.folders[index.folder[place] ?? -1];
		const size = index.size[place];
		const mtime = index.mtime[place];
		const number = index.number[place];
		if (folder === undefined || size === undefined || mtime === undefined || number === undefined) {
			throw new RangeError('the lists of an index differ in length');
		}

		return {path: folder + name, size, mtime, number, timeless: index.timeless[place] ?? 0, reason: index.unreadable[place] ?? null};
	});
}

/** All files of a segment. */
export function storedFilesOf({index, rows, repeats, rollup, callers}: Segment): StoredFile[] {
	return [index, ...rows, repeats, rollup, callers].filter(file => file !== null);
}

async function loadSegment(folder: string, segment: Segment): Promise<LoadedSegment | undefined> {
	const intact = await Promise.all(storedFilesOf(segment).map(async file => isIntact(folder, file)));
	if (intact.includes(false)) {
		return undefined;
	}

	try {
		return {segment, files: filesOf(await readFile(path.join(folder, segment.index.name), 'utf8'))};
	} catch {
		return undefined;
	}
}

const emptyManifest: Manifest = {version: storeVersion, nextFile: 0, nextSegment: 0, segments: []};

async function loadManifest(folder: string): Promise<{manifest: Manifest; damage: string | null}> {
	let text: string;
	try {
		text = await readFile(path.join(folder, manifestName), 'utf8');
	} catch (error) {
		if (errorCode(error) === 'ENOENT') {
			return {manifest: emptyManifest, damage: null};
		}

		throw error;
	}

	try {
		return {manifest: manifestSchema.parse(JSON.parse(text)), damage: null};
	} catch {
		const version: unknown = /^{"version":(\d+)/.exec(text)?.[1];
		const damage = version === undefined || version === String(storeVersion) ? 'its list of segments was damaged' : 'it was written by another version of this program';
		return {manifest: emptyManifest, damage};
	}
}

/** Reads what a store holds. Segments that are damaged are left out: their log files count as unseen. */
export async function loadStore(folder: string): Promise<LoadedStore> {
	const {manifest, damage} = await loadManifest(folder);
	const segments: LoadedSegment[] = [];
	let damaged = 0;
	for await (const loaded of inOrder(manifest.segments, async segment => loadSegment(folder, segment))) {
		if (loaded) {
			segments.push(loaded);
		} else {
			damaged++;
		}
	}

	return {
		manifest: {...manifest, segments: segments.map(({segment}) => segment)},
		segments,
		damage: damage ?? (damaged > 0 ? `${damaged} of ${manifest.segments.length} segments were damaged` : null),
	};
}

/** Writes the manifest; what it names is from then on what the store holds. */
export async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
	await publishText(path.join(folder, manifestName), JSON.stringify(manifest));
}
