import type {AwsSession, SessionOptions} from '../aws/session.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import {UserError} from '../lib/errors.js';
import type {UsageSource} from '../trail/usage-source.js';
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
};

/** Opens the source of a place; each implementation is loaded when it is asked for. Throws UserError. */
export async function openUsageSource(place: TrailPlace, {accountId, cacheFolder}: SourceContext): Promise<UsageSource> {
	switch (place.kind) {
		case 'files': {
			const {openFilesSource} = await import('../trail/files/source.js');
			return openFilesSource({path: place.path, accountId, cacheFolder});
		}

		case 'athena':
		case 'last-accessed':
		case 'opensearch': {
			throw new UserError(`this version cannot read usage from ${place.kind}`, {hint: 'name a folder of CloudTrail files with --trail PATH'});
		}
	}
}
