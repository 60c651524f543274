import {cachePart} from '../config/cache.js';
import type {AwsSession, SessionOptions} from '../aws/session.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Task} from '../lib/task.js';
import type {LastAccessedSource} from '../trail/last-accessed/source.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {ScanLimits} from './athena-place.js';
import type {TrailPlace} from './places.js';

/** What a usage source may be made of beside its place. */
export type SourceContext = {
	/** Twelve digits. */
	readonly accountId: string;
	readonly snapshot: IamSnapshot;
	/** The folder that may keep what was read of the logs. */
	readonly cacheFolder: string;
	/** The account's AWS session; a place with a profile or region of its own gets one of its own. */
	session(own?: SessionOptions): Promise<AwsSession>;
	readonly limits: ScanLimits;
	/** Ask again for what is kept for some hours. */
	readonly refresh: boolean;
	/** The task that asks now. */
	readonly task: () => Task;
};

/** IAM's last accessed data of the account itself. */
export async function openAccountLastAccessed({accountId, snapshot, cacheFolder, session, refresh}: SourceContext): Promise<LastAccessedSource> {
	const [{openLastAccessed}, {credentials, region}, folder] = await Promise.all([import('../trail/last-accessed/source.js'), session(), cachePart(cacheFolder, 'last-accessed')]);
	return openLastAccessed({credentials, region, accountId, principals: [...snapshot.users, ...snapshot.roles].map(({arn}) => arn), cacheFolder: folder, refresh});
}

/** Opens the source of a place; each implementation is loaded when it is asked for. Throws UserError. */
export async function openUsageSource(place: TrailPlace, context: SourceContext): Promise<UsageSource> {
	const {accountId, cacheFolder, session, limits, task} = context;
	switch (place.kind) {
		case 'files': {
			const {openFilesSource} = await import('../trail/files/source.js');
			return openFilesSource({path: place.path, accountId, cacheFolder});
		}

		case 'athena': {
			const [{openAthenaSource}, {athenaOptions}] = await Promise.all([import('../trail/athena/source.js'), import('./athena-place.js')]);
			return openAthenaSource(await athenaOptions(place, {accountId, cacheFolder, session: await session(place), limits, task}));
		}

		case 'last-accessed': {
			return openAccountLastAccessed(context);
		}

		case 'opensearch': {
			const [{openOpenSearchSource}, {searchOptions}] = await Promise.all([import('../trail/opensearch/source.js'), import('./search-place.js')]);
			return openOpenSearchSource(await searchOptions(place, accountId, async () => session(place)));
		}
	}
}
