import {Buffer} from 'node:buffer';
import {closeSync, openSync, readSync} from 'node:fs';
import {maximumObjectSize} from './columns.js';
import {isGzip} from './plain-reader.js';

/** Compressed files from this size on may hold more than DuckDB reads in one document: their raw size is looked up. */
const suspiciousGzip = 2 * 1024 * 1024;

type FileOnDisk = {
	/** Where it stands on disk. */
	readonly full: string;
	/** Bytes on disk. */
	readonly size: number;
};

/** Size of a file's JSON in bytes where it is known without reading it all: gzip notes it (modulo 4 GB) in its last four bytes. */
function rawSize(file: FileOnDisk, descriptor: number, gzip: boolean): number {
	if (!gzip || file.size < suspiciousGzip) {
		return gzip ? 0 : file.size;
	}

	const tail = Buffer.alloc(4);
	readSync(descriptor, tail, 0, 4, file.size - 4);
	return tail.readUInt32LE(0);
}

/**
Whether DuckDB can be given the file: it kills the whole query on a wrong beginning, and takes some names for patterns.
DuckDB checks no gzip checksum: a file in which a bit has flipped is read as it is where its JSON is still JSON.
Synchronous, because two bytes are read of each of 3,000 files: promises would take ten times as long. Throws the file system's error.
*/
export function isForDuckdb(file: FileOnDisk): boolean {
	if (/[*?[]/.test(file.full) || file.size === 0) {
		return false;
	}

	const descriptor = openSync(file.full, 'r');
	try {
		const head = Buffer.alloc(2);
		readSync(descriptor, head, 0, 2, 0);
		const gzip = isGzip(head);
		return gzip === file.full.endsWith('.gz') && rawSize(file, descriptor, gzip) < maximumObjectSize;
	} finally {
		closeSync(descriptor);
	}
}
