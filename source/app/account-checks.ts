import {callerIdentity} from '../aws/identity.js';
import {openAwsSession, type AwsSession} from '../aws/session.js';
import type {ProbeOptions} from '../iam/live-probe.js';
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

/** Of a trail that is asked with credentials of its own: they may be another account's, as a log archive's are. */
const trailIdentityName = 'AWS identity of the trail';

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
	const usesAccount = iam?.kind === 'live' || trail?.kind === 'last-accessed' || input.witness;
	const hasTrailIdentity = trail?.kind === 'athena' && (!usesAccount || trail.profile !== undefined);
	const checks: Check[] = [configCheck(configFile), cacheCheck(cacheFolder), duckdbCheck(cacheFolder)];
	if (iam?.kind === 'file') {
		checks.push(iamFileCheck(iam.path, account.expectedId, found => {
			accountId = found;
		}));
	}

	if (usesAccount) {
		checks.push(check(identityName, async signal => {
			const {identify} = await import('./live-iam.js');
			const identity = await identify(await session(), {name: account.name, id: accountId}, signal);
			accountId ??= identity.accountId;
			return `${identity.arn}, account ${identity.accountId}`;
		}));
	}

	if (hasTrailIdentity) {
		checks.push(check(trailIdentityName, async signal => {
			const identity = await callerIdentity(await session(trail), signal);
			if (trail.profile === undefined) {
				accountId ??= identity.accountId;
			}

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
				needs: [hasTrailIdentity ? trailIdentityName : identityName],
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
			return {credentials, region, accountId: accountId ?? '', principals: await principalsOf(iam, {credentials, region}), cacheFolder};
		}, [identityName]));
	}

	return checks;
}

/** Whom to ask IAM about. Not the caller: a session of a role has an ARN of STS, of which IAM makes no report, and which does not say the role's path. */
async function principalsOf(iam: KnownAccount['iam'], options: ProbeOptions): Promise<readonly string[]> {
	if (iam?.kind === 'file') {
		const {loadIamFile} = await import('../iam/file.js');
		const {users, roles} = await loadIamFile(iam.path);
		return [...users, ...roles].slice(0, 1).map(({arn}) => arn);
	}

	const {anyPrincipal} = await import('../iam/live-probe.js');
	return anyPrincipal(options, silentTask().signal);
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
