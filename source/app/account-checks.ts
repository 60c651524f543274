import {callerIdentity} from '../aws/identity.js';
import {openAwsSession, type AwsSession} from '../aws/session.js';
import {type Task, silentTask} from '../lib/task.js';
import {athenaOptions, type ScanLimits} from './athena-place.js';
import type {KnownAccount} from './configured-accounts.js';
import {
	cacheCheck, checkNames, configCheck, duckdbCheck, iamFileCheck, lastAccessedCheck, liveIamCheck, trailFilesCheck,
} from './doctor-checks.js';
import {check, findingsOf, type Check} from './doctor.js';

/** What the checks of an account rest on. */
export type ChecksInput = {
	readonly account: KnownAccount;
	readonly configFile: string;
	readonly cacheFolder: string;
	readonly limits: ScanLimits;
	/** Whether last accessed data is asked beside the trail. */
	readonly witness: boolean;
};

const identityName = 'AWS identity';

/** The account's session, opened once, when a check first needs it. */
function sessionOf({account}: ChecksInput): (own?: {profile?: string | undefined; region?: string | undefined}) => Promise<AwsSession> {
	const opened = new Map<string, Promise<AwsSession>>();
	return async own => {
		const options = {profile: own?.profile ?? account.profile ?? undefined, region: own?.region ?? account.region ?? undefined};
		const key = JSON.stringify(options);
		const session = opened.get(key) ?? openAwsSession(options);
		opened.set(key, session);
		return session;
	};
}

/** Every check that an account's places ask for, in the order in which one rests on another. */
export async function accountChecks(input: ChecksInput): Promise<readonly Check[]> {
	const {account, cacheFolder, configFile} = input;
	const {iam, trail} = account;
	const session = sessionOf(input);
	let accountId = account.expectedId;
	const usesAws = iam?.kind === 'live' || trail?.kind === 'athena' || trail?.kind === 'last-accessed' || input.witness;
	const checks: Check[] = [configCheck(configFile), cacheCheck(cacheFolder), duckdbCheck(cacheFolder)];
	if (iam?.kind === 'file') {
		const file = iamFileCheck(iam.path, account.expectedId);
		checks.push({
			...file,
			async run(signal) {
				const findings = await file.run(signal);
				const {loadIamFile} = await import('../iam/file.js');
				const snapshot = await loadIamFile(iam.path);
				accountId = snapshot.accountId;
				return findings;
			},
		});
	}

	if (usesAws) {
		checks.push(check(identityName, async signal => {
			const {identify} = await import('./live-iam.js');
			const identity = await identify(await session(), {name: account.name, id: accountId}, signal);
			accountId ??= identity.accountId;
			return `${identity.arn}, account ${identity.accountId}`;
		}));
	}

	if (iam?.kind === 'live') {
		checks.push(await liveIam(session));
	}

	switch (trail?.kind) {
		case 'files': {
			checks.push(trailFilesCheck(trail.path));
			break;
		}

		case 'athena': {
			checks.push({
				name: 'Athena',
				needs: [identityName],
				async run(signal) {
					const task: Task = {...silentTask(), signal};
					const [{checkAthena}, options] = await Promise.all([
						import('../trail/athena/check.js'),
						athenaOptions(trail, {accountId: accountId ?? '', cacheFolder, session: await session(trail), limits: input.limits, task: () => task}),
					]);
					return findingsOf(await checkAthena(options, task));
				},
			});
			break;
		}

		case 'opensearch': {
			checks.push({
				name: 'search server',
				async run(signal) {
					const [{checkOpenSearch}, {searchOptions}] = await Promise.all([import('../trail/opensearch/check.js'), import('./search-place.js')]);
					return findingsOf(await checkOpenSearch(await searchOptions(trail, accountId ?? '', async () => session(trail)), signal));
				},
			});
			break;
		}

		case 'last-accessed':
		case undefined: {
			break;
		}
	}

	if (trail?.kind === 'last-accessed' || input.witness) {
		checks.push(lastAccessedCheck(async () => {
			const {credentials, region} = await session();
			const identity = await callerIdentity(await session(), silentTask().signal);
			return {credentials, region, accountId: identity.accountId, principals: [identity.arn], cacheFolder};
		}, [identityName]));
	}

	return checks;
}

async function liveIam(session: () => Promise<AwsSession>): Promise<Check> {
	return {
		name: checkNames.liveIam,
		needs: [identityName],
		async run(signal) {
			const {credentials, region} = await session();
			return liveIamCheck({credentials, region}).run(signal);
		},
	};
}
