import {openConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import type {DiscoveredTrail} from '../trail/athena/discover.js';
import {applySelection, configuredAccounts, storeFile, type Selection} from './configured-accounts.js';

export type {DiscoveredTrail} from '../trail/athena/discover.js';

/** The trails that record a configured account, or the one that the profile reaches. Throws UserError and CancelledError. */
export async function discoverForAccount(selection: Selection, configFolder: string, task: Task): Promise<readonly DiscoveredTrail[]> {
	const chosen = selection.account === undefined
		? undefined
		: applySelection(selection, await configuredAccounts(selection, async () => openConfigStore(storeFile(selection.config, configFolder)))).selected;
	if (chosen?.origin === 'demo') {
		throw new UserError('the demo account is in no AWS account', {hint: 'cloudtracker-tui --demo shows it'});
	}

	const [{openAwsSession}, {identify}, {discoverTrails}] = await Promise.all([import('../aws/session.js'), import('./live-iam.js'), import('../trail/athena/discover.js')]);
	const session = await openAwsSession({profile: selection.profile ?? chosen?.profile ?? undefined, region: selection.region ?? chosen?.region ?? undefined});
	await identify(session, {name: chosen?.name ?? null, id: chosen?.expectedId ?? null}, task.signal);
	return discoverTrails({region: session.region, credentials: session.credentials}, task);
}
