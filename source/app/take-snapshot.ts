import {openConfigStore, type ConfigStore} from '../config/store.js';
import type {Warning} from '../domain/warning.js';
import {UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import {applySelection, configuredAccounts, storeFile, type Selection} from './configured-accounts.js';

/**
The IAM of an account as JSON that the file loader reads: of a configured account, or of what the profile, else the SDK's own chain, reaches.
@throws UserError, CancelledError
*/
export async function takeSnapshot(selection: Selection, configFolder: string, task: Task): Promise<{json: string; warnings: readonly Warning[]}> {
	const openStore = async (): Promise<ConfigStore> => openConfigStore(storeFile(selection.config, configFolder));
	const chosen = selection.account === undefined ? undefined : applySelection(selection, await configuredAccounts(selection, openStore)).selected;
	if (chosen?.origin === 'demo') {
		throw new UserError('the demo account is in no AWS account', {hint: 'cloudtracker-tui --demo shows it'});
	}

	const [{openAwsSession}, {identify}, {fetchLiveDetails}] = await Promise.all([import('../aws/session.js'), import('./live-iam.js'), import('../iam/live.js')]);
	const session = await openAwsSession({profile: selection.profile ?? chosen?.profile ?? undefined, region: selection.region ?? chosen?.region ?? undefined});
	const {accountId} = await identify(session, {name: chosen?.name ?? null, id: chosen?.expectedId ?? null}, task.signal);
	const details = await fetchLiveDetails({session, accountId, now: new Date(), task});
	return {json: `${JSON.stringify(details, undefined, 4)}\n`, warnings: details.Warnings};
}
