import type {ListObjectsV2Command, S3Client} from '@aws-sdk/client-s3';
import {throwIfCancelled, UserError} from '../../lib/errors.js';
import {isObject} from '../../lib/json-fields.js';
import type {Task} from '../../lib/task.js';
import type {Clients} from './clients.js';
import {callFailure, isDenied, isNotFound, isOtherRegion} from './failures.js';
import type {TrailPlace} from './options.js';
import {tapBody} from './raw-body.js';

/** Listings that run side by side. S3 takes far more; the SDK keeps 50 sockets. */
const listingsAtOnce = 16;

/** Names that a message gives of a long list. */
const named = 6;

/** The folder of the accounts, with a slash at its end: "[prefix/]AWSLogs/[o-…/]". */
export function accountsFolder({prefix, organizationId}: Omit<TrailPlace, 'bucket'>): string {
	const own = prefix.replaceAll(/^\/+|\/+$/g, '');
	return `${own === '' ? '' : `${own}/`}AWSLogs/${organizationId === null ? '' : `${organizationId}/`}`;
}

/** The folder of an account's regions. */
export function regionsFolder(place: TrailPlace, accountId: string): string {
	return `${accountsFolder(place)}${accountId}/CloudTrail/`;
}

/** What of a listing is shown to people. */
export function listed(names: readonly string[]): string {
	return names.length === 0 ? 'nothing' : `${names.slice(0, named).join(', ')}${names.length > named ? ` and ${names.length - named} more` : ''}`;
}

/** The bytes and log files of each folder day (YYYY-MM-DD). */
export type DaySizes = ReadonlyMap<string, {readonly bytes: number; readonly files: number}>;

/** A page of a bucket's listing. */
type Listing = {readonly files: ReadonlyArray<{readonly key: string; readonly size: number}>; readonly folders: readonly string[]; readonly next: string | null};

const characters: Readonly<Record<string, string>> = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': '\''};

/** A text of XML as it was before it was put there. */
function unescaped(text: string): string {
	return text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, found => characters[found] ?? found).replaceAll(/&#(x?)([\da-f]+);/gi, (_, hex: string, code: string) => String.fromCodePoint(Number.parseInt(code, hex === '' ? 10 : 16)));
}

/** Reads S3's own XML, whose elements hold nothing but texts. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
function parseListing(xml: string): Listing {
	if (!xml.trimEnd().endsWith('</ListBucketResult>')) {
		throw new SyntaxError('unexpected end of file');
	}

	const files = [...xml.matchAll(/<Contents>.*?<\/Contents>/gs)].map(([entry]) => ({key: unescaped(/<Key>([^<]*)</.exec(entry)?.[1] ?? ''), size: Number(/<Size>(\d+)</.exec(entry)?.[1] ?? 0)}));
	const folders = [...xml.matchAll(/<CommonPrefixes>\s*<Prefix>([^<]*)</g)].map(([, folder = '']) => unescaped(folder));
	const next = /<NextContinuationToken>([^<]*)</.exec(xml)?.[1];
	return {files, folders, next: next === undefined ? null : unescaped(next)};
}

/** The bucket that holds a trail's logs. All methods throw UserError, and CancelledError when the task was cancelled. */
export class TrailBucket {
	readonly #clients: Clients;
	readonly #place: TrailPlace;
	readonly #region: string;

	constructor(clients: Clients, place: TrailPlace, region: string) {
		this.#clients = clients;
		this.#place = place;
		this.#region = region;
	}

	/** Checks that the bucket is there, may be listed, and lies in the region in which Athena is asked. */
	async check(signal: AbortSignal): Promise<void> {
		const [{HeadBucketCommand}, client] = await Promise.all([import('@aws-sdk/client-s3'), this.#clients.s3()]);
		const {bucket} = this.#place;
		const elsewhere = (region: string | undefined, cause?: unknown) => new UserError(`the bucket ${bucket} lies in ${region ?? 'another region'}, and Athena would be asked in ${this.#region}`, {
			hint: `set the region of the account's trail to ${region ?? 'the bucket\'s'}: Athena then reads it without paying for the way between regions`, exitCode: 3, cause,
		});
		try {
			const {BucketRegion: region} = await client.send(new HeadBucketCommand({Bucket: bucket}), {abortSignal: signal});
			if (region !== undefined && region !== this.#region) {
				throw elsewhere(region);
			}
		} catch (error) {
			if (isOtherRegion(error)) {
				throw elsewhere(regionOf(error), error);
			}

			throw isNotFound(error)
				? new UserError(`there is no bucket ${bucket}`, {hint: '"cloudtracker-tui trail discover" finds the trails and their buckets', cause: error})
				: callFailure(error, {action: 's3:ListBucket', on: `bucket ${bucket}`}, signal);
		}
	}

	/** The region in which the bucket lies; null where S3 does not tell it to this profile. */
	async region(signal: AbortSignal): Promise<string | null> {
		const [{HeadBucketCommand}, client] = await Promise.all([import('@aws-sdk/client-s3'), this.#clients.s3()]);
		try {
			const {BucketRegion: region} = await client.send(new HeadBucketCommand({Bucket: this.#place.bucket}), {abortSignal: signal});
			return region ?? null;
		} catch (error) {
			throwIfCancelled(signal);
			return regionOf(error) ?? null;
		}
	}

	/** Names of the folders directly below a prefix. */
	async folders(prefix: string, signal: AbortSignal): Promise<string[]> {
		const names: string[] = [];
		for await (const page of this.#pages({Prefix: prefix, Delimiter: '/'}, signal)) {
			names.push(...page.folders.map(folder => folder.slice(prefix.length, -1)));
		}

		return names;
	}

	/** The accounts whose logs the trail's folder holds, sorted. */
	async accounts(signal: AbortSignal): Promise<string[]> {
		const names = await this.folders(accountsFolder(this.#place), signal);
		return names.filter(name => /^\d{12}$/.test(name));
	}

	/** The regions of an account, sorted. Throws UserError where the bucket holds no logs of it, naming what it does hold. */
	async regions(accountId: string, signal: AbortSignal): Promise<string[]> {
		const regions = await this.folders(regionsFolder(this.#place, accountId), signal);
		if (regions.length === 0) {
			throw new UserError(`s3://${this.#place.bucket}/${regionsFolder(this.#place, accountId)} holds no logs; ${await this.#whatIsThere(signal)}`, {
				hint: 'check the bucket, the prefix and the organization\'s id of the account: "cloudtracker-tui trail discover" tells them', exitCode: 3,
			});
		}

		return regions;
	}

	/** First and last folder day of an account's logs; undefined where there are none. */
	async span(accountId: string, signal: AbortSignal): Promise<{readonly first: string; readonly last: string} | undefined> {
		const regions = await this.folders(regionsFolder(this.#place, accountId), signal);
		const ends = await inPool(regions, async region => Promise.all([0, -1].map(async end => this.#edge(`${regionsFolder(this.#place, accountId)}${region}/`, end, signal))));
		const days = ends.flat().filter(day => day !== undefined).toSorted();
		const [first] = days;
		const last = days.at(-1);
		return first === undefined || last === undefined ? undefined : {first, last};
	}

	/** Sizes of the log files in the given folder days below the folders ("…/CloudTrail/REGION/"), from listings of whole months: those days alone are counted. */
	async sizes(folders: readonly string[], folderDays: readonly string[], task: Task): Promise<DaySizes> {
		const wanted = new Set(folderDays);
		const months = [...new Set(folderDays.map(day => day.slice(0, 7)))];
		const sizes = new Map<string, {bytes: number; files: number}>();
		let done = 0;
		await inPool(folders.flatMap(prefix => months.map(month => ({prefix, month}))), async ({prefix, month}) => {
			const days = folderDays.filter(day => day.startsWith(month));
			const last = `${prefix}${(days.at(-1) ?? '').replaceAll('-', '/')}/\uFFFF`;
			const pages = this.#pages({Prefix: `${prefix}${month.replace('-', '/')}/`, StartAfter: `${prefix}${(days[0] ?? '').replaceAll('-', '/')}`}, task.signal, last);
			for await (const {files} of pages) {
				for (const {key, size} of files) {
					const day = key.slice(prefix.length, prefix.length + 10).replaceAll('/', '-');
					if (wanted.has(day)) {
						const known = sizes.get(day) ?? {bytes: 0, files: 0};
						sizes.set(day, {bytes: known.bytes + size, files: known.files + 1});
						done++;
					}
				}
			}
		});
		task.progress({stage: 'estimating the scan from the bucket\'s listing', done, total: null, unit: 'files', bytes: null});
		return sizes;
	}

	/** Size of all that lies below a prefix. */
	async total(prefix: string, signal: AbortSignal): Promise<{readonly bytes: number; readonly files: number}> {
		let bytes = 0;
		let count = 0;
		for await (const {files} of this.#pages({Prefix: prefix}, signal)) {
			bytes += files.reduce((sum, {size}) => sum + size, 0);
			count += files.length;
		}

		return {bytes, files: count};
	}

	/** The first (0) or last (-1) day folder below "…/REGION/". */
	async #edge(prefix: string, end: number, signal: AbortSignal): Promise<string | undefined> {
		let path = prefix;
		for (const pattern of [/^\d{4}$/, /^\d\d$/, /^\d\d$/]) {
			// eslint-disable-next-line no-await-in-loop -- each level names the next.
			const names = await this.folders(path, signal);
			const name = names.filter(folder => pattern.test(folder)).at(end);
			if (name === undefined) {
				return undefined;
			}

			path += `${name}/`;
		}

		return path.slice(prefix.length, -1).replaceAll('/', '-');
	}

	/** What stands where logs were looked for, in words. */
	async #whatIsThere(signal: AbortSignal): Promise<string> {
		const folder = accountsFolder(this.#place);
		const inside = await this.folders(folder, signal);
		if (inside.length > 0) {
			const organizations = inside.filter(name => name.startsWith('o-'));
			const organization = this.#place.organizationId === null && organizations.length > 0 ? ` (the logs of an organization's trail lie below ${listed(organizations)})` : '';
			return `${folder} holds ${listed(inside)}${organization}`;
		}

		return `the bucket has no ${folder}; at its top it holds ${listed(await this.folders('', signal))}`;
	}

	async * #pages(query: {readonly Prefix: string; readonly Delimiter?: string; readonly StartAfter?: string}, signal: AbortSignal, last?: string): AsyncGenerator<Listing> {
		const [{ListObjectsV2Command: Command}, client] = await Promise.all([import('@aws-sdk/client-s3'), this.#clients.s3()]);
		let token: string | null = null;
		do {
			throwIfCancelled(signal);
			// eslint-disable-next-line no-await-in-loop -- each page names the next.
			const page: Listing = await this.#page(client, new Command({Bucket: this.#place.bucket, ...query, ...token !== null && {ContinuationToken: token}}), signal);
			yield page;
			token = page.next;
			if (last !== undefined && (page.files.at(-1)?.key ?? '') > last) {
				return;
			}
		} while (token !== null);
	}

	async #page(client: S3Client, command: ListObjectsV2Command, signal: AbortSignal): Promise<Listing> {
		try {
			const text = tapBody(command, '<ListBucketResult/>');
			await client.send(command, {abortSignal: signal});
			return parseListing(text());
		} catch (error) {
			throw callFailure(error, {action: isDenied(error) ? 's3:ListBucket' : 's3:ListObjectsV2', on: `bucket ${this.#place.bucket}`}, signal);
		}
	}
}

/** The region that S3 names where it sends a request elsewhere. */
function regionOf(error: unknown): string | undefined {
	const response = isObject(error) ? error.$response : undefined;
	const headers = isObject(response) ? response.headers : undefined;
	const region = isObject(headers) ? headers['x-amz-bucket-region'] : undefined;
	return typeof region === 'string' ? region : undefined;
}

/** Does work for each item, {@link listingsAtOnce} at a time; the results in the items' order. The first failure is the answer. */
async function inPool<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	const waiting = [...items.entries()];
	const worker = async (): Promise<void> => {
		const next = waiting.shift();
		if (next) {
			const [index, item] = next;
			results[index] = await work(item);
			await worker();
		}
	};

	await Promise.all(Array.from({length: Math.min(listingsAtOnce, items.length)}, worker));
	return results;
}
