import {Buffer} from 'node:buffer';
import {open, realpath, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {messageOf, throwIfCancelled, UserError} from '../lib/errors.js';
import {writeAll} from '../print/output.js';

/** Characters that are gathered before they are written: pieces are small, and there may be millions. */
const atOnce = 262_144;

function * gathered(pieces: Iterable<string>): Generator<string> {
	let text = '';
	for (const piece of pieces) {
		text += piece;
		if (text.length >= atOnce) {
			yield text;
			text = '';
		}
	}

	yield text;
}

/** Writes pieces to standard output; ends early when its reader has gone. */
export async function writePieces(pieces: Iterable<string>, signal: AbortSignal): Promise<void> {
	for (const text of gathered(pieces)) {
		throwIfCancelled(signal);
		// One after another: the next is made when the last was taken.
		// eslint-disable-next-line no-await-in-loop
		if (!await writeAll(process.stdout, text)) {
			return;
		}
	}
}

function cannotWrite(file: string, error: unknown): UserError {
	return new UserError(`${file} cannot be written: ${messageOf(error)}`, {hint: 'give --output a file in a folder that you may write to', cause: error});
}

/** Throws UserError where no file can be written at `file`, before anything slow begins. */
export async function checkOutput(file: string): Promise<void> {
	const there = await stat(file).catch(() => undefined);
	if (there?.isDirectory()) {
		throw new UserError(`--output ${file} is a folder`, {hint: 'name a file in it'});
	}

	const folder = path.dirname(path.resolve(file));
	const parent = await stat(folder).catch(() => undefined);
	if (!parent?.isDirectory()) {
		throw new UserError(`--output ${file}: there is no folder ${folder}`, {hint: 'make it first'});
	}
}

/**
Writes pieces to a file: beside it first, then renamed, so that it is never seen half written, and an earlier one stays until then.
What is there and no plain file (/dev/stdout, a pipe) is written to as it is. Resolves to the bytes written. Throws UserError and CancelledError.
*/
export async function writeFilePieces(file: string, pieces: Iterable<string>, signal: AbortSignal): Promise<number> {
	const there = await stat(file).catch(() => undefined);
	const target = there ? await realpath(file) : path.resolve(file);
	const isPlain = there?.isFile() ?? true;
	const written = isPlain ? `${target}.${process.pid}.tmp` : target;
	let bytes = 0;
	try {
		const handle = await open(written, isPlain ? 'wx' : 'w');
		try {
			for (const text of gathered(pieces)) {
				throwIfCancelled(signal);
				// eslint-disable-next-line no-await-in-loop
				await handle.writeFile(text);
				bytes += Buffer.byteLength(text);
			}
		} finally {
			await handle.close();
		}

		if (isPlain) {
			await rename(written, target);
		}
	} catch (error) {
		if (isPlain) {
			await rm(written, {force: true});
		}

		throw error instanceof Error && 'code' in error ? cannotWrite(file, error) : error;
	}

	return bytes;
}
