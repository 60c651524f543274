import type {AwsSession} from '../aws/session.js';
import {openConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import {applySelection, configuredAccounts, storeFile, type Selection} from './configured-accounts.js';

/**
The AWS session of a configured account, or of what the profile, else the SDK's own chain, reaches, with the id of its account: asked of AWS, and
held against the configured one.
@throws UserError, CancelledError
*/
export async function selectedSession(selection: Selection, configFolder: string, task: Task): Promise<{session: AwsSession; accountId: string}> {
	const chosen = selection.account === undefined
		? undefined
		: applySelection(selection, await configuredAccounts(selection, async () => openConfigStore(storeFile(selection.config, configFolder)))).selected;
	if (chosen?.origin === 'demo') {
		throw new UserError('the demo account is in no AWS account', {hint: 'cloudtracker-tui --demo shows it'});
	}

	const [{openAwsSession}, {identify}] = await Promise.all([import('../aws/session.js'), import('./live-iam.js')]);
	const session = await openAwsSession({profile: selection.profile ?? chosen?.profile ?? undefined, region: selection.region ?? chosen?.region ?? undefined});
	const {accountId} = await identify(session, {name: chosen?.name ?? null, id: chosen?.expectedId ?? null}, task.signal);
	return {session, accountId};
}
