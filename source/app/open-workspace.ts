import path from 'node:path';
import {cachePart} from '../config/cache.js';
import {openConfigStore, type ConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import {silentTask, type Task} from '../lib/task.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {TeardownPlan} from '../trail/athena/teardown.js';
import {AccountMemory} from './account-memory.js';
import {analyzePlaces, type Places, sessionOptions} from './analyze-places.js';
import type {ScanLimits} from './athena-place.js';
import {applySelection, configuredAccounts, demoBackup, storeFile, type KnownAccount, type Selection} from './configured-accounts.js';
import {createAdding} from './new-accounts.js';
import type {AccountChoice, Workspace} from './workspace.js';
import type {Check} from './doctor.js';

export type WorkspaceOptions = {
	readonly selection: Selection;
	/** Take no assumption and no gap in the logs. */
	readonly strict: boolean;
	readonly configFolder: string;
	readonly cacheFolder: string;
	/** Last UTC day of the demo's logs, as midnight: its files are dated back from there. */
	readonly demoDay: string;
	/** File with the trail's configuration; undefined when it was not given. */
	readonly trailConfig: string | undefined;
	/** Service control policies, a path a level; empty when none were given. */
	readonly scps: readonly string[];
	/** File with IAM's credential report; undefined when it was not given. */
	readonly credentialReport: string | undefined;
	/** Take IAM from the account anew, whatever an earlier run kept of it. */
	readonly refresh: boolean;
	/** IAM's last accessed data beside the trail: "live", or a file of it; undefined when it was not asked for. */
	readonly lastAccessed: string | undefined;
	readonly limits: ScanLimits;
};

/** A teardown's plan, and the account (twelve digits) whose credentials would carry it out. */
export type CalledPlan = TeardownPlan & {readonly caller: string};

/** A workspace, and the account that the command line chose: undefined where there are several to pick from, or none. */
export type OpenWorkspace = Workspace & {
	readonly selected: AccountChoice | undefined;
	/** Every check that the account's places ask for. */
	checks(choice: AccountChoice): Promise<readonly Check[]>;
	/** Removes what was made for Athena, where `agree` says yes to the plan; false where it did not. Rejects with UserError and CancelledError. */
	teardown(choice: AccountChoice, agree: (plan: CalledPlan) => Promise<boolean>, task: Task): Promise<boolean>;
};

/** Opens the accounts that the command line and the configuration name. Throws UserError. Reads no log and no IAM yet. */
export async function openWorkspace(options: WorkspaceOptions): Promise<OpenWorkspace> {
	const {selection, cacheFolder} = options;
	let store: ConfigStore | undefined;
	const openStore = async (): Promise<ConfigStore> => {
		store ??= await openConfigStore(storeFile(selection.config, options.configFolder));
		return store;
	};

	let {accounts, selected} = applySelection(selection, await configuredAccounts(selection, openStore));
	const memories = new Map<string, AccountMemory>();

	const memoryOf = (key: string): AccountMemory => {
		const memory = memories.get(key) ?? new AccountMemory();
		memories.set(key, memory);
		return memory;
	};

	const sourceOf = (key: string): UsageSource => {
		const source = memoryOf(key).asked;
		if (!source) {
			throw new Error(`account ${key} was not analysed yet`);
		}

		return source;
	};

	const known = (choice: AccountChoice): KnownAccount => {
		const account = accounts.find(({key}) => key === choice.key);
		if (!account) {
			throw new UserError(`unknown account "${choice.name ?? choice.key}"`);
		}

		return account;
	};

	const checkIamFile: Workspace['checkIamFile'] = async file => {
		const {loadIamFile} = await import('../iam/file.js');
		const {accountId, users, roles} = await loadIamFile(path.resolve(file));
		return {accountId, users: users.length, roles: roles.length};
	};

	const checkTrailPath: Workspace['checkTrailPath'] = async trail => {
		const {countTrailFiles} = await import('../trail/files/walk.js');
		return {files: await countTrailFiles(path.resolve(trail), silentTask().signal)};
	};

	const checkProfile: Workspace['checkProfile'] = async (options, signal = silentTask().signal) => {
		const [{openAwsSession}, {callerIdentity}] = await Promise.all([import('../aws/session.js'), import('../aws/identity.js')]);
		return callerIdentity(await openAwsSession(options), signal);
	};

	return {
		get selected() {
			return selected;
		},
		accounts: () => accounts,
		checkIamFile,
		checkTrailPath,
		async profiles() {
			const {listProfiles} = await import('../aws/profiles.js');
			return listProfiles();
		},
		checkProfile,
		...createAdding({
			checks: {checkIamFile, checkTrailPath, checkProfile},
			taken: () => accounts.flatMap(({name}) => name ?? []),
			openStore,
			added(stored) {
				accounts = [...accounts.filter(({origin}) => origin !== 'demo'), ...stored, ...accounts.filter(({origin}) => origin === 'demo')];
			},
		}),
		async analyze(choice, window, task, {refresh = false} = {}) {
			const account = known(choice);

			// Says what is wrong with the cache folder before anything slow begins.
			await cachePart(cacheFolder, 'trails');
			const places = account.origin === 'demo'
				? await demo(options, account, task)
				: {...placesOf(account), cache: cacheFolder};
			const analysis = await analyzePlaces({account, ...places, window, task, options, refresh, memory: memoryOf(account.key)});
			const {iam, trail} = places;
			accounts = accounts.map(one => one === account ? {...one, id: analysis.account.id, iam, trail} : one);
			selected = accounts.find(({key}) => key === selected?.key);
			return analysis;
		},
		async explain(choice, analysis, {arn, action}, task) {
			const source = sourceOf(choice.key);
			const {changeEvents} = await import('../domain/policy-changes.js');
			memoryOf(choice.key).ask(task);
			const rows = await source.samples(analysis.window, analysis.eventsToLookFor(arn, action), task);
			const changes = await source.calls(analysis.window, changeEvents, task);
			return analysis.explain(arn, action, {rows, changes});
		},
		async sessions(choice, analysis, roleArn, task) {
			memoryOf(choice.key).ask(task);
			return sourceOf(choice.key).sessions(analysis.window, roleArn, task);
		},
		async checks(choice) {
			const {accountChecks} = await import('./account-checks.js');
			return accountChecks({
				account: known(choice), configFile: storeFile(selection.config, options.configFolder), cacheFolder, limits: options.limits, witness: options.lastAccessed === 'live',
			});
		},
		async teardown(choice, agree, task) {
			const account = known(choice);
			if (account.trail?.kind !== 'athena') {
				throw new UserError('this account is not asked through Athena: there is nothing to remove', {hint: 'name its bucket with --trail s3://BUCKET/PREFIX'});
			}

			const [{athenaOptions}, {teardownAthena}, {identify}] = await Promise.all([import('./athena-place.js'), import('../trail/athena/teardown.js'), import('./live-iam.js')]);
			const session = await memoryOf(account.key).session({...sessionOptions(account), ...account.trail.profile !== undefined && {profile: account.trail.profile}});
			// A trail with a profile of its own may lie in a log archive's account; any other must be asked in its own.
			const caller = await identify(session, {name: account.name, id: account.trail.profile === undefined ? account.expectedId : null}, task.signal);
			const accountId = account.expectedId ?? caller.accountId;
			const told = async (plan: TeardownPlan) => agree({...plan, caller: caller.accountId});
			return teardownAthena(await athenaOptions(account.trail, {accountId, cacheFolder, session, limits: options.limits, task: () => task}), told, task);
		},
		async close() {
			await Promise.all([...memories.values()].map(async memory => memory.close()));
			memories.clear();
		},
	};
}

async function demo({cacheFolder, demoDay}: WorkspaceOptions, {key}: KnownAccount, task: Task): Promise<Places & {cache: string}> {
	const {openDemo} = await import('./open-demo.js');
	const {iam, backupIam, trail, cache} = await openDemo(cacheFolder, demoDay, task);
	return {iam: {kind: 'file', path: key === demoBackup.key ? backupIam : iam}, trail: {kind: 'files', path: trail}, cache};
}

function placesOf({iam, trail, missingIam, missingTrail}: KnownAccount): Places {
	if (iam === null) {
		throw new UserError(missingIam, {hint: 'read it from the account with --profile NAME, or make one with: aws iam get-account-authorization-details > iam.json, and name it with --iam iam.json'});
	}

	if (trail === null) {
		throw new UserError(missingTrail, {hint: 'name a folder of CloudTrail files with --trail PATH, or a bucket with --trail s3://BUCKET/PREFIX'});
	}

	return {iam, trail};
}
