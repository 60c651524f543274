import type {Warning} from '../domain/warning.js';
import type {Task} from '../lib/task.js';
import type {Selection} from './configured-accounts.js';
import {selectedSession} from './selected-session.js';

/**
The IAM of an account as JSON that the file loader reads: of a configured account, or of what the profile, else the SDK's own chain, reaches.
@throws UserError, CancelledError
*/
export async function takeSnapshot(selection: Selection, configFolder: string, task: Task): Promise<{json: string; warnings: readonly Warning[]}> {
	const {session, accountId} = await selectedSession(selection, configFolder, task);
	const {fetchLiveDetails} = await import('../iam/live.js');
	const details = await fetchLiveDetails({session, accountId, now: new Date(), task});
	return {json: `${JSON.stringify(details, undefined, 4)}\n`, warnings: details.Warnings};
}
