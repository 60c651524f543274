import {readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import type {LogFile} from './log-engine.js';

const pageSize = 1000;

function escaped(value: string): string {
	return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A folder on disk as a bucket of S3: what lies in it are its objects. */
export class BucketFolder {
	readonly folder: string;
	readonly #isFrozen: boolean;
	#files: LogFile[] | undefined;

	/** A frozen folder is looked at once. */
	constructor(folder: string, isFrozen: boolean) {
		this.folder = folder;
		this.#isFrozen = isFrozen;
	}

	files(): LogFile[] {
		if (this.#files && this.#isFrozen) {
			return this.#files;
		}

		const entries = readdirSync(this.folder, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile());
		this.#files = entries.map(entry => {
			const full = path.join(entry.parentPath, entry.name);
			return {key: path.relative(this.folder, full).split(path.sep).join('/'), path: full, size: statSync(full).size};
		}).toSorted((a, b) => (a.key < b.key ? -1 : 1));
		return this.#files;
	}

	/** The answer to ListObjectsV2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
	list(bucket: string, query: URLSearchParams): string {
		const prefix = query.get('prefix') ?? '';
		const delimiter = query.get('delimiter') ?? '';
		const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
		const contents: string[] = [];
		const folders = new Set<string>();
		let last = '';
		let next: string | undefined;
		for (const {key, size} of this.files()) {
			if (!key.startsWith(prefix) || key <= after || (after.endsWith('/') && key.startsWith(after) && delimiter !== '')) {
				continue;
			}

			const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
			const folder = cut === -1 ? undefined : key.slice(0, cut + 1);
			if (folder !== undefined && folders.has(folder)) {
				continue;
			}

			if (contents.length + folders.size === pageSize) {
				next = last;
				break;
			}

			if (folder === undefined) {
				contents.push(`<Contents><Key>${escaped(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"0"</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`);
			} else {
				folders.add(folder);
			}

			last = folder ?? key;
		}

		const prefixes = [...folders].map(folder => `<CommonPrefixes><Prefix>${escaped(folder)}</Prefix></CommonPrefixes>`);
		return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${contents.length + folders.size}</KeyCount><MaxKeys>${pageSize}</MaxKeys><IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? '' : `<NextContinuationToken>${escaped(next)}</NextContinuationToken>`}${contents.join('')}${prefixes.join('')}</ListBucketResult>`;
	}
}
