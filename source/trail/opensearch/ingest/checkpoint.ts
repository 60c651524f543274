import {createHash} from 'node:crypto';
import {appendFile, mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {UserError} from '../../../lib/errors.js';
import {storesFolder} from '../../files/store.js';
import {reasonOf, type TrailFile} from '../../files/walk.js';

/** What a load goes into and comes from. */
export type Load = {
	readonly cacheFolder: string;
	readonly url: string;
	readonly index: string;
	/** The index's own ids on the server: an index that was deleted and made again has others. */
	readonly uuids: readonly string[];
	/** Folder of the log files. */
	readonly root: string;
};

function lineOf({path: file, size, mtime}: TrailFile): string {
	return JSON.stringify([file, size, mtime]);
}

/** Remembers which files are wholly in an index, so that an interrupted load goes on where it was. A line a file, written when the server has all of it. */
export class Checkpoint {
	readonly #file: string;
	readonly #done: ReadonlySet<string>;

	private constructor(file: string, done: ReadonlySet<string>) {
		this.#file = file;
		this.#done = done;
	}

	static async open({cacheFolder, url, index, uuids, root}: Load): Promise<Checkpoint> {
		const name = createHash('sha256').update(JSON.stringify([url, index, uuids.toSorted(), root])).digest('hex').slice(0, 24);
		const folder = path.join(storesFolder(cacheFolder), 'opensearch');
		const file = path.join(folder, `${name}.jsonl`);
		try {
			await mkdir(folder, {recursive: true, mode: 0o700});
			await writeFile(file, '', {flag: 'a', mode: 0o600});
			const text = await readFile(file, 'utf8');
			return new Checkpoint(file, new Set(text.split('\n')));
		} catch (error) {
			throw new UserError(`the cache folder ${cacheFolder} cannot be used: ${reasonOf(error)}`, {hint: 'name another one in CLOUDTRACKER_TUI_CACHE_DIR', cause: error});
		}
	}

	/** Whether the file, as it is now, is in the index already. */
	holds(file: TrailFile): boolean {
		return this.#done.has(lineOf(file));
	}

	async add(file: TrailFile): Promise<void> {
		await appendFile(this.#file, `${lineOf(file)}\n`);
	}
}
