import {stat} from 'node:fs/promises';
import type {AwsSession, SessionOptions} from '../aws/session.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import {silentTask, type Task} from '../lib/task.js';
import type {LastAccessed} from '../domain/last-accessed.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {ScanLimits} from './athena-place.js';
import type {Expected} from './live-iam.js';
import type {IamPlace, TrailPlace} from './places.js';
import {openAccountLastAccessed, openUsageSource, type SourceContext} from './sources.js';

/** Changes when the file's content does. */
async function stampOf(file: string): Promise<string> {
	const {mtimeMs, size} = await stat(file).catch(() => ({mtimeMs: 0, size: -1}));
	return `${file}\n${mtimeMs}\n${size}`;
}

/** What reading IAM from an account needs. */
export type SnapshotRequest = {
	/** What its session is opened with. */
	readonly account: SessionOptions;
	readonly expected: Expected;
	readonly cacheFolder: string;
	/** Take it anew, whatever was read or kept. */
	readonly refresh: boolean;
	/** Take no copy of an earlier run. */
	readonly neverKept: boolean;
	readonly task: Task;
};

/** What {@link AccountMemory.source} needs. */
export type SourceRequest = Pick<SnapshotRequest, 'account' | 'expected' | 'cacheFolder' | 'refresh' | 'task'> & {readonly snapshot: IamSnapshot; readonly limits: ScanLimits};

/** What was read of one account, kept so that another window reads nothing again. */
export class AccountMemory {
	#loaded: {readonly stamp: string; readonly snapshot: IamSnapshot} | undefined;
	#opened: {readonly key: string; readonly snapshot: IamSnapshot; readonly source: UsageSource} | undefined;
	readonly #sessions = new Map<string, Promise<AwsSession>>();
	/** Who is asked and told while the source works: a source outlives the task that opened it. */
	#task: Task = silentTask();
	#isNew = true;

	/** The snapshot of a place: a file is read again only when it changed, an account only when that is asked for. */
	async snapshot(place: IamPlace, request: SnapshotRequest): Promise<IamSnapshot> {
		return place.kind === 'file' ? this.#fileSnapshot(place.path) : this.#liveSnapshot(request);
	}

	async #liveSnapshot({account, expected, cacheFolder, refresh, neverKept, task}: SnapshotRequest): Promise<IamSnapshot> {
		const stamp = JSON.stringify(account);
		if (refresh || this.#loaded?.stamp !== stamp) {
			const {readLiveIam} = await import('./live-iam.js');
			const session = await this.session(account);
			this.#loaded = {stamp, snapshot: await readLiveIam({session, expected, cacheFolder, anew: refresh || neverKept, now: new Date(), task})};
		}

		return this.#loaded.snapshot;
	}

	async #fileSnapshot(file: string): Promise<IamSnapshot> {
		const stamp = await stampOf(file);
		if (this.#loaded?.stamp !== stamp) {
			const {loadIamFile} = await import('../iam/file.js');
			this.#loaded = {stamp, snapshot: await loadIamFile(file)};
		}

		return this.#loaded.snapshot;
	}

	/** The session of a profile: opened once, so that its credentials are fetched once. */
	async session({profile, region}: SessionOptions): Promise<AwsSession> {
		const key = `${profile ?? ''}\n${region ?? ''}`;
		const open = async (): Promise<AwsSession> => {
			const {openAwsSession} = await import('../aws/session.js');
			return openAwsSession({profile, region});
		};

		const session = this.#sessions.get(key) ?? open();
		this.#sessions.set(key, session);
		// A sign-in may be made while the program runs.
		session.catch(() => this.#sessions.delete(key));
		return session;
	}

	/** The source of a place, opened once for a snapshot. */
	async source(trail: TrailPlace, request: SourceRequest): Promise<UsageSource> {
		const {snapshot, account} = request;
		const key = JSON.stringify([trail, account]);
		this.#task = request.task;
		// Last accessed data is read anew by a source of its own: what it keeps lives for hours.
		const isStale = request.refresh && trail.kind === 'last-accessed';
		if (this.#opened?.key !== key || this.#opened.snapshot !== snapshot || isStale) {
			await this.close();
			if (trail.kind === 'last-accessed') {
				await this.#identify(request);
			}

			this.#opened = {key, snapshot, source: await openUsageSource(trail, this.#context(request))};
		}

		return this.#opened.source;
	}

	/** True the first time: what the command line asks to be taken anew is taken anew once. */
	takeFirst(): boolean {
		const first = this.#isNew;
		this.#isNew = false;
		return first;
	}

	/** Questions and notes go to the user of this task from now on. */
	ask(task: Task): void {
		this.#task = task;
	}

	/** What IAM itself says of the last use of everything, beside a trail. */
	async lastAccessed(request: SourceRequest): Promise<LastAccessed> {
		await this.#identify(request);
		const source = await openAccountLastAccessed(this.#context(request));
		return source.read(request.task);
	}

	/** Last accessed data is the account's own: asked of another one, nobody would have used anything. */
	async #identify({account, expected, snapshot, task}: SourceRequest): Promise<void> {
		const {identify} = await import('./live-iam.js');
		await identify(await this.session(account), {...expected, id: snapshot.accountId}, task.signal);
	}

	#context({snapshot, account, cacheFolder, limits, refresh}: SourceRequest): SourceContext {
		return {
			accountId: snapshot.accountId, snapshot, cacheFolder, limits, refresh,
			session: async own => this.session({profile: own?.profile ?? account.profile, region: own?.region ?? account.region}),
			task: () => this.#task,
		};
	}

	/** The source that the last analysis asked; undefined before. */
	get asked(): UsageSource | undefined {
		return this.#opened?.source;
	}

	async close(): Promise<void> {
		const opened = this.#opened;
		this.#opened = undefined;
		await opened?.source.close();
	}
}
