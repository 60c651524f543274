import type {Task} from '../lib/task.js';
import type {DiscoveredTrail} from '../trail/athena/discover.js';
import type {Selection} from './configured-accounts.js';
import {selectedSession} from './selected-session.js';

export type {DiscoveredTrail} from '../trail/athena/discover.js';

/** The trails that record a configured account, or the one that the profile reaches. Throws UserError and CancelledError. */
export async function discoverForAccount(selection: Selection, configFolder: string, task: Task): Promise<readonly DiscoveredTrail[]> {
	const {session: {region, credentials}} = await selectedSession(selection, configFolder, task);
	const {discoverTrails} = await import('../trail/athena/discover.js');
	return discoverTrails({region, credentials}, task);
}
