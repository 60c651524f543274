import {Buffer} from 'node:buffer';
import {closeSync, openSync, readSync} from 'node:fs';
import {maximumObjectSize} from './columns.js';
import {isGzip} from './plain-reader.js';

/** Where gzip notes the raw size (RFC 1952, 2.3.1: ISIZE). */
const tailBytes = 4;

type FileOnDisk = {
	/** Where it stands on disk. */
	readonly full: string;
	/** Bytes on disk. */
	readonly size: number;
};

/** Size of a file's JSON in bytes where it is known without reading it all: gzip notes it (modulo 4 GB) in its last four bytes. */
function rawSize(file: FileOnDisk, descriptor: number, gzip: boolean): number {
	if (!gzip) {
		return file.size;
	}

	if (file.size < tailBytes) {
		return 0;
	}

	const tail = Buffer.alloc(tailBytes);
	readSync(descriptor, tail, 0, tailBytes, file.size - tailBytes);
	return tail.readUInt32LE(0);
}

/**
Bytes of the JSON that DuckDB will find in the file; undefined where it cannot be given the file: it kills the whole query on a wrong
beginning, takes some names for patterns, and reads no document of any size.
DuckDB checks no gzip checksum: a file in which a bit has flipped is read as it is where its JSON is still JSON.
Synchronous, because a few bytes are read of each of 3,000 files: promises would take ten times as long. Throws the file system's error.
*/
export function sizeForDuckdb(file: FileOnDisk): number | undefined {
	if (/[*?[]/.test(file.full) || file.size === 0) {
		return undefined;
	}

	const descriptor = openSync(file.full, 'r');
	try {
		const head = Buffer.alloc(2);
		readSync(descriptor, head, 0, 2, 0);
		const gzip = isGzip(head);
		const raw = rawSize(file, descriptor, gzip);
		return gzip === file.full.endsWith('.gz') && raw < maximumObjectSize ? raw : undefined;
	} finally {
		closeSync(descriptor);
	}
}
