import {stat} from 'node:fs/promises';
import type {AwsSession, SessionOptions} from '../aws/session.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import {UserError} from '../lib/errors.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {IamPlace, TrailPlace} from './places.js';
import {openUsageSource} from './sources.js';

/** Changes when the file's content does. */
async function stampOf(file: string): Promise<string> {
	const {mtimeMs, size} = await stat(file).catch(() => ({mtimeMs: 0, size: -1}));
	return `${file}\n${mtimeMs}\n${size}`;
}

/** What was read of one account, kept so that another window reads nothing again. */
export class AccountMemory {
	#loaded: {readonly stamp: string; readonly snapshot: IamSnapshot} | undefined;
	#opened: {readonly key: string; readonly snapshot: IamSnapshot; readonly source: UsageSource} | undefined;
	readonly #sessions = new Map<string, Promise<AwsSession>>();

	/** The snapshot of a place; a file is read again only when it changed. */
	async snapshot(place: IamPlace): Promise<IamSnapshot> {
		switch (place.kind) {
			case 'file': {
				return this.#fileSnapshot(place.path);
			}

			case 'live': {
				throw new UserError('this version cannot read IAM from the account', {hint: 'make a file with: aws iam get-account-authorization-details > iam.json, and name it with --iam iam.json'});
			}
		}
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

	/** `account` is what its own session is opened with; `cacheFolder` may keep what was read of the logs. */
	async source(trail: TrailPlace, {snapshot, account, cacheFolder}: {readonly snapshot: IamSnapshot; readonly account: SessionOptions; readonly cacheFolder: string}): Promise<UsageSource> {
		const {accountId} = snapshot;
		const key = JSON.stringify([accountId, trail, account]);
		if (this.#opened?.key !== key || this.#opened.snapshot !== snapshot) {
			await this.close();
			const source = await openUsageSource(trail, {
				accountId, snapshot, cacheFolder,
				session: async own => this.session({profile: own?.profile ?? account.profile, region: own?.region ?? account.region}),
			});
			this.#opened = {key, snapshot, source};
		}

		return this.#opened.source;
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
