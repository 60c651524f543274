import path from 'node:path';
import type {SessionOptions} from '../aws/session.js';
import {cachePart} from '../config/cache.js';
import {openConfigStore, type ConfigStore} from '../config/store.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Window} from '../domain/window.js';
import {throwIfCancelled, UserError} from '../lib/errors.js';
import {silentTask, type Task} from '../lib/task.js';
import {AccountMemory} from './account-memory.js';
import type {AnalysisInput} from './analyse.js';
import type {Analysis} from './analysis.js';
import {applySelection, configuredAccounts, storeFile, type KnownAccount, type Selection} from './configured-accounts.js';
import {absolutePlaces, iamWords, type IamPlace, type TrailPlace} from './places.js';
import {snapshotAge} from './snapshot-age.js';
import type {AccountChoice, Workspace} from './workspace.js';

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
};

/** A workspace, and the account that the command line chose: undefined where there are several to pick from, or none. */
export type OpenWorkspace = Workspace & {readonly selected: AccountChoice | undefined};

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
		async addAccount({name, profile, region, ...places}) {
			const label = name.trim();
			if (label === '' || accounts.some(account => account.name === label)) {
				throw new UserError(label === '' ? 'the account needs a name' : `there is an account "${label}" already`);
			}

			const {iam, trail} = absolutePlaces(places);
			const [{accountId}] = await Promise.all([
				iam.kind === 'file' ? checkIamFile(iam.path) : checkProfile({profile, region}),
				trail.kind === 'files' ? checkTrailPath(trail.path) : undefined,
			]);
			const target = await openStore();
			await target.add({name: label, id: accountId, ...profile !== undefined && {profile}, ...region !== undefined && {region}, iam, trail});
			const added: KnownAccount = {
				key: `stored:${label}`, name: label, id: accountId, iam, trail, profile: profile ?? null, region: region ?? null,
				origin: 'stored', expectedId: accountId, missingIam: '', missingTrail: '',
			};
			accounts = [...accounts.filter(({origin}) => origin !== 'demo'), added, ...accounts.filter(({origin}) => origin === 'demo')];
			return added;
		},
		async analyze(choice, window, task, {refresh = false} = {}) {
			const account = accounts.find(({key}) => key === choice.key);
			if (!account) {
				throw new UserError(`unknown account "${choice.name ?? choice.key}"`);
			}

			// Says what is wrong with the cache folder before anything slow begins.
			await cachePart(cacheFolder, 'trails');
			const places = account.origin === 'demo'
				? await demo(options, task)
				: {...placesOf(account), cache: cacheFolder};
			const analysis = await analyzePlaces({account, ...places, window, task, options, refresh, memory: memoryOf(account.key)});
			const {iam, trail} = places;
			accounts = accounts.map(one => one === account ? {...one, id: analysis.account.id, iam, trail} : one);
			selected = accounts.find(({key}) => key === selected?.key);
			return analysis;
		},
		async explain(choice, analysis, {arn, action}, task) {
			const source = memoryOf(choice.key).asked;
			if (!source) {
				throw new Error(`account ${choice.key} was not analysed yet`);
			}

			const {changeEvents} = await import('../domain/policy-changes.js');
			const rows = await source.samples(analysis.window, analysis.eventsToLookFor(arn, action), task);
			const changes = await source.calls(analysis.window, changeEvents, task);
			return analysis.explain(arn, action, {rows, changes});
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

async function demo({cacheFolder, demoDay}: WorkspaceOptions, task: Task): Promise<Places & {cache: string}> {
	const {openDemo} = await import('./open-demo.js');
	const {iam, trail, cache} = await openDemo(cacheFolder, demoDay, task);
	return {iam: {kind: 'file', path: iam}, trail: {kind: 'files', path: trail}, cache};
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
	const source = await memory.source(trail, {...own, snapshot: read, cacheFolder: cache});
	const usage = await source.usage(window, task);
	throwIfCancelled(task.signal);
	task.progress({stage: 'comparing grants with use', done: 0, total: null, unit: null, bytes: null});
	const [{buildAnalysis}, {loadCatalog}] = await Promise.all([import('./analyse.js'), import('../domain/catalog.js')]);
	return buildAnalysis({snapshot, usage, window, accountName: account.name, catalog: loadCatalog(), strict: options.strict, snapshotAge: snapshotAge(snapshot.takenAt, new Date()), ...more});
}
