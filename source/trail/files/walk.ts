import {readdir, realpath, stat} from 'node:fs/promises';
import type {Dirent, Stats} from 'node:fs';
import path from 'node:path';
import {messageOf, throwIfCancelled, UserError} from '../../lib/errors.js';
import {askAboutFiles} from './file-stats.js';
import {inOrder} from './in-order.js';

/** A log file as the file system shows it. */
export type TrailFile = {
	/** Relative to the trail's folder; the whole path where the trail is one file. */
	readonly path: string;
	/** Bytes on disk. */
	readonly size: number;
	/** Modification time in ms since 1970, with its fraction. */
	readonly mtime: number;
};

/** What was found under a trail path. */
export type TrailListing = {
	/** The folder to which paths are relative; "" where the trail is one file. */
	readonly root: string;
	/** In no order. */
	readonly files: readonly TrailFile[];
	/** Folders and links that could not be read. */
	readonly unreadable: ReadonlyArray<{readonly path: string; readonly reason: string}>;
};

/**
Folders beside `CloudTrail` that hold no events of API calls: digests, insights, aggregates.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
*/
const skippedFolders = new Set(['CloudTrail-Digest', 'CloudTrail-Insight', 'CloudTrail-Aggregated']);

/** The same, told by the file's name: "ACCOUNT_CloudTrail-Digest_REGION_…". */
const skippedName = /_CloudTrail-(?:Digest|Insight|Aggregated)_/;

/** Other services' logs that AWS puts beside CloudTrail's, in AWSLogs/ACCOUNT/. */
const otherServices = new Set(['Config', 'elasticloadbalancing', 'vpcflowlogs', 'vpcdnsquerylogs', 'GuardDuty', 'WAFLogs', 'RedshiftLogs', 'network-firewall']);

const logName = /\.json(?:\.gz)?$/i;

/** Whether a name can be a log file's. "._x" is what macOS leaves beside a file x. */
function isLogName(name: string): boolean {
	return logName.test(name) && !skippedName.test(name) && !name.startsWith('._');
}

function isSkippedFolder(parent: string, name: string): boolean {
	return skippedFolders.has(name) || (otherServices.has(name) && /^\d{12}$/.test(path.basename(parent)));
}

const errorWords: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ENOENT: 'it does not exist',
	ENOTDIR: 'it does not exist',
	ELOOP: 'a symbolic link that leads to itself',
	EISDIR: 'it is a folder',
	EIO: 'the disk reports an error',
};

/** The code of an error of the file system ("ENOENT") or of zlib; undefined for other errors. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
	const code = errorCode(error);
	return (code === undefined ? undefined : errorWords[code]) ?? messageOf(error);
}

class Walk {
	readonly files: TrailFile[] = [];
	readonly unreadable: Array<{path: string; reason: string}> = [];
	readonly #root: string;
	readonly #signal: AbortSignal;
	/** Real paths of the folders that were entered, and of linked files: a second way to one of them is no second copy and no loop. */
	readonly #entered = new Set<string>();
	#links: string[] = [];
	/** Log files whose size and time are not known yet: the path in the trail, and the real one. */
	readonly #found: Array<readonly [file: string, real: string]> = [];
	/** Links to files, looked at when all folders are known: most lead to a file that was found already. */
	readonly #linkedFiles: Array<{readonly path: string; readonly real: string; readonly stats: Stats}> = [];

	constructor(root: string, signal: AbortSignal) {
		this.#root = root;
		this.#signal = signal;
	}

	async run(): Promise<void> {
		await this.#enter('', this.#root);
		// Links come after all real folders and in order, so that every walk gives one file the same path.
		await this.#followLinks();
		await askAboutFiles(this.#found.map(([, real]) => real), (index, answer) => {
			this.#note(this.#found[index]![0], answer);
		}, this.#signal);
		for (const {path: link, real, stats} of this.#linkedFiles) {
			if (!this.#entered.has(real) && (!this.#entered.has(path.dirname(real)) || !isLogName(path.basename(real)))) {
				this.#entered.add(real);
				this.files.push({path: link, size: stats.size, mtime: stats.mtimeMs});
			}
		}
	}

	async #followLinks(): Promise<void> {
		const links = this.#links.toSorted();
		this.#links = [];
		for await (const _ of inOrder(links, async link => this.#follow(link))) {
			throwIfCancelled(this.#signal);
		}

		// A linked folder may hold links in its turn.
		if (this.#links.length > 0) {
			await this.#followLinks();
		}
	}

	async #enter(folder: string, real: string): Promise<void> {
		throwIfCancelled(this.#signal);
		if (this.#entered.has(real)) {
			return;
		}

		this.#entered.add(real);
		let entries: Dirent[];
		try {
			entries = await readdir(real, {withFileTypes: true});
		} catch (error) {
			this.unreadable.push({path: path.join(this.#root, folder), reason: reasonOf(error)});
			return;
		}

		const prefix = folder === '' ? '' : `${folder}/`;
		const folders: string[] = [];
		for (const entry of entries) {
			if (entry.isSymbolicLink()) {
				this.#links.push(prefix + entry.name);
			} else if (entry.isDirectory() && !isSkippedFolder(real, entry.name)) {
				folders.push(entry.name);
			} else if (entry.isFile() && isLogName(entry.name)) {
				this.#found.push([prefix + entry.name, real + path.sep + entry.name]);
			}
		}

		await Promise.all(folders.map(async name => this.#enter(prefix + name, real + path.sep + name)));
	}

	#note(file: string, answer: Stats | Error): void {
		if (!(answer instanceof Error)) {
			this.files.push({path: file, size: answer.size, mtime: answer.mtimeMs});
		} else if (errorCode(answer) !== 'ENOENT') {
			// A file that went away between listing and asking is not there: that is no defect of the log.
			this.unreadable.push({path: path.join(this.#root, file), reason: reasonOf(answer)});
		}
	}

	async #follow(link: string): Promise<void> {
		const full = path.join(this.#root, link);
		const name = path.basename(link);
		try {
			const real = await realpath(full);
			const stats = await stat(real);
			if (stats.isFile() && isLogName(name)) {
				this.#linkedFiles.push({path: link, real, stats});
			} else if (stats.isDirectory() && !isSkippedFolder(path.dirname(real), name)) {
				await this.#enter(link, real);
			}
		} catch (error) {
			throwIfCancelled(this.#signal);
			if (isLogName(name)) {
				this.unreadable.push({path: full, reason: reasonOf(error)});
			}
		}
	}
}

async function trailStats(trail: string): Promise<Stats> {
	try {
		return await stat(trail);
	} catch (error) {
		throw new UserError(`${trail}: ${reasonOf(error)}`, {hint: 'give a folder of CloudTrail files (.json.gz or .json), or one such file', cause: error});
	}
}

/** Lists the log files under a folder, or the one file. Rejects with UserError for a path that cannot be read, with CancelledError. */
export async function walkTrail(trail: string, signal: AbortSignal): Promise<TrailListing> {
	const stats = await trailStats(trail);
	if (!stats.isDirectory() && !stats.isFile()) {
		throw new UserError(`${trail} is neither a folder nor a file`, {hint: 'give a folder of CloudTrail files, or one such file'});
	}

	if (!stats.isDirectory()) {
		return {root: '', files: [{path: path.resolve(trail), size: stats.size, mtime: stats.mtimeMs}], unreadable: []};
	}

	const root = await realpath(trail);
	const walk = new Walk(root, signal);
	await walk.run();
	throwIfCancelled(signal);
	const ownFolder = walk.unreadable.find(item => path.relative(root, item.path) === '');
	if (ownFolder) {
		throw new UserError(`${trail}: ${ownFolder.reason}`);
	}

	return {root, files: walk.files, unreadable: walk.unreadable};
}

/** What is said of a folder without log files. */
export function noTrailFiles(trail: string): UserError {
	return new UserError(`${trail} holds no CloudTrail files: no .json.gz or .json file in it or below it`, {hint: 'aws s3 sync s3://BUCKET/AWSLogs FOLDER fetches a trail\'s files'});
}

/**
How many files of a path can be CloudTrail's, by their names; nothing is read. Rejects with UserError for a missing path, one that
cannot be read, or one without any .json or .json.gz file in it.
*/
export async function countTrailFiles(trail: string, signal: AbortSignal): Promise<number> {
	const {files} = await walkTrail(trail, signal);
	if (files.length === 0) {
		throw noTrailFiles(trail);
	}

	return files.length;
}
