import path from 'node:path';
import type {SessionOptions} from '../aws/session.js';
import {cachePart} from '../config/cache.js';
import {openConfigStore, type ConfigStore} from '../config/store.js';
import type {LastAccessed} from '../domain/last-accessed.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Window} from '../domain/window.js';
import {throwIfCancelled, UserError} from '../lib/errors.js';
import {silentTask, type Task} from '../lib/task.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {TeardownPlan} from '../trail/athena/teardown.js';
import {AccountMemory, type SourceRequest} from './account-memory.js';
import type {AnalysisInput} from './analyse.js';
import type {Analysis} from './analysis.js';
import type {ScanLimits} from './athena-place.js';
import {applySelection, configuredAccounts, demoBackup, storeFile, type KnownAccount, type Selection} from './configured-accounts.js';
import {iamWords, type IamPlace, type TrailPlace} from './places.js';
import {createAdding} from './new-accounts.js';
import {snapshotAge} from './snapshot-age.js';
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

type Extras = Pick<AnalysisInput, 'trailSettings' | 'serviceControlPolicies'> & {
	/** The snapshot with the dates of the credential report, where one was given. */
	readonly dated: (snapshot: IamSnapshot) => IamSnapshot;
};

type Places = {readonly iam: IamPlace; readonly trail: TrailPlace};

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

function sessionOptions({profile, region}: KnownAccount): SessionOptions {
	return {profile: profile ?? undefined, region: region ?? undefined};
}

/** What the command line gave beside the account: the trail's configuration, service control policies and the credential report. */
async function extras({trailConfig, scps, credentialReport}: WorkspaceOptions): Promise<Extras> {
	const [settings, policies, credentials] = await Promise.all([
		trailConfig === undefined ? undefined : import('../trail/trail-config-file.js').then(async ({loadTrailConfig}) => loadTrailConfig(path.resolve(trailConfig))),
		scps.length === 0 ? undefined : import('../iam/scp-files.js').then(async ({loadServiceControlPolicies}) => loadServiceControlPolicies(scps.map(place => path.resolve(place)))),
		credentialReport === undefined ? undefined : import('../iam/credential-report.js').then(async ({loadCredentialReport}) => loadCredentialReport(path.resolve(credentialReport))),
	]);
	return {...settings && {trailSettings: settings}, ...policies && {serviceControlPolicies: policies}, dated: snapshot => credentials?.(snapshot) ?? snapshot};
}

async function analyzePlaces({account, iam, trail, cache, window, task, options, refresh, memory}: Places & {
	account: KnownAccount;
	cache: string;
	window: Window;
	task: Task;
	options: WorkspaceOptions;
	refresh: boolean;
	memory: AccountMemory;
}): Promise<Analysis> {
	throwIfCancelled(task.signal);
	task.progress({stage: 'reading the IAM snapshot', done: 0, total: null, unit: null, bytes: null});
	const own = {account: sessionOptions(account), expected: {name: account.name, id: account.expectedId}, task};
	const [read, {dated, ...more}] = await Promise.all([
		memory.snapshot(iam, {...own, cacheFolder: options.cacheFolder, refresh, neverKept: options.refresh}),
		extras(options),
	]);
	const snapshot = dated(read);
	if (account.expectedId !== null && account.expectedId !== snapshot.accountId) {
		throw new UserError(`account ${account.name ?? account.expectedId} has the id ${account.expectedId}, but ${iamWords(iam)} is the IAM snapshot of ${snapshot.accountId}`);
	}

	// Another account's own trail records nothing of this one: its selectors would prove what they cannot.
	const foreign = more.trailSettings?.find(trail => trail.organization !== true && trail.accountId !== null && trail.accountId !== snapshot.accountId);
	if (foreign) {
		throw new UserError(`--trail-config describes trail ${foreign.name} of account ${foreign.accountId ?? ''}, not of ${snapshot.accountId}`, {hint: 'give the configuration of the trail that wrote these logs; for an organization\'s trail, its describe-trails output, too'});
	}

	throwIfCancelled(task.signal);
	const request = {...own, snapshot: read, cacheFolder: cache, limits: options.limits, refresh: refresh || (options.refresh && memory.takeFirst())};
	const source = await memory.source(trail, request);
	// What compares is loaded while the engine reads the log, not when all wait for it.
	let loading: ReturnType<typeof loadComparison> | undefined;
	const usage = await source.usage(window, {...task, progress(progress) {
		if (progress.done > 0) {
			loading ??= loadComparison();
			loading.catch(() => {});
		}

		task.progress(progress);
	}});
	const witness = await witnessOf(options, memory, request);
	throwIfCancelled(task.signal);
	task.progress({stage: 'comparing grants with use', done: 0, total: null, unit: null, bytes: null});
	const {buildAnalysis, catalog} = await (loading ?? loadComparison());
	return buildAnalysis({snapshot, usage: witness ? {...usage, lastAccessed: witness} : usage, window, accountName: account.name, catalog, strict: options.strict, snapshotAge: snapshotAge(snapshot.takenAt, new Date()), ...more});
}

/** What compares grants with use, and the catalog of all actions. */
async function loadComparison() {
	const [{buildAnalysis}, {loadCatalog}] = await Promise.all([import('./analyse.js'), import('../domain/catalog.js')]);
	return {buildAnalysis, catalog: loadCatalog()};
}

/** What IAM says beside the trail, where that was asked for. */
async function witnessOf({lastAccessed}: WorkspaceOptions, memory: AccountMemory, request: SourceRequest): Promise<LastAccessed | undefined> {
	if (lastAccessed === undefined) {
		return undefined;
	}

	if (lastAccessed === 'live') {
		return memory.lastAccessed(request);
	}

	const {openLastAccessedFile} = await import('../trail/last-accessed/source.js');
	return openLastAccessedFile(path.resolve(lastAccessed)).read(request.task);
}
