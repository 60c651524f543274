import {stat} from 'node:fs/promises';
import path from 'node:path';
import {cachePart} from '../config/cache.js';
import {openConfigStore, type ConfigStore} from '../config/store.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Window} from '../domain/window.js';
import {throwIfCancelled, UserError} from '../lib/errors.js';
import {silentTask, type Task} from '../lib/task.js';
import type {UsageSource} from '../trail/usage-source.js';
import type {AnalysisInput} from './analyse.js';
import type {Analysis} from './analysis.js';
import {applySelection, configuredAccounts, demoBackup, storeFile, type KnownAccount, type Selection} from './configured-accounts.js';
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
};

/** A workspace, and the account that the command line chose: undefined where there are several to pick from, or none. */
export type OpenWorkspace = Workspace & {readonly selected: AccountChoice | undefined};

type Loaded = {readonly stamp: string; readonly snapshot: IamSnapshot};

type Opened = {readonly key: string; readonly source: UsageSource};

/** Changes when the file's content does. */
async function stampOf(file: string): Promise<string> {
	const {mtimeMs, size} = await stat(file).catch(() => ({mtimeMs: 0, size: -1}));
	return `${file}\n${mtimeMs}\n${size}`;
}

/** What was read of one account, kept so that another window reads nothing again. */
class AccountMemory {
	#loaded: Loaded | undefined;
	#opened: Opened | undefined;

	async snapshot(file: string): Promise<IamSnapshot> {
		const stamp = await stampOf(file);
		if (this.#loaded?.stamp !== stamp) {
			const {loadIamFile} = await import('../iam/file.js');
			this.#loaded = {stamp, snapshot: await loadIamFile(file)};
		}

		return this.#loaded.snapshot;
	}

	/** `cache` is the folder that may keep what was read of the logs. */
	async source(trail: string, accountId: string, cache: string): Promise<UsageSource> {
		const key = `${accountId}\n${trail}`;
		if (this.#opened?.key !== key) {
			await this.close();
			const {openFilesSource} = await import('../trail/files/source.js');
			this.#opened = {key, source: openFilesSource({path: trail, accountId, cacheFolder: cache})};
		}

		return this.#opened.source;
	}

	/** The source that the last analysis asked; undefined before. */
	get asked(): UsageSource | undefined {
		return this.#opened?.source;
	}

	async close(): Promise<void> {
		const opened = this.#opened;
		this.#opened = undefined;
		await opened?.source.close();
	}
}

/** Opens the accounts that the command line and the configuration name. Throws UserError. Reads no log and no IAM file yet. */
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

	const checkIamFile: Workspace['checkIamFile'] = async file => {
		const {loadIamFile} = await import('../iam/file.js');
		const {accountId, users, roles} = await loadIamFile(path.resolve(file));
		return {accountId, users: users.length, roles: roles.length};
	};

	const checkTrailPath: Workspace['checkTrailPath'] = async trail => {
		const {countTrailFiles} = await import('../trail/files/walk.js');
		return {files: await countTrailFiles(path.resolve(trail), silentTask().signal)};
	};

	return {
		get selected() {
			return selected;
		},
		accounts: () => accounts,
		checkIamFile,
		checkTrailPath,
		async addAccount({name, iam, trail}) {
			const label = name.trim();
			if (label === '' || accounts.some(account => account.name === label)) {
				throw new UserError(label === '' ? 'the account needs a name' : `there is an account "${label}" already`);
			}

			const [{accountId}] = await Promise.all([checkIamFile(iam), checkTrailPath(trail)]);
			const iamPath = path.resolve(iam);
			const trailPath = path.resolve(trail);
			const target = await openStore();
			await target.add({
				name: label, id: accountId, iam: {kind: 'file', path: iamPath}, trail: {kind: 'files', path: trailPath},
			});
			const added: KnownAccount = {
				key: `stored:${label}`, name: label, id: accountId, iam: iamPath, trail: trailPath,
				origin: 'stored', expectedId: accountId, missingIam: '', missingTrail: '',
			};
			accounts = [...accounts.filter(({origin}) => origin !== 'demo'), added, ...accounts.filter(({origin}) => origin === 'demo')];
			return added;
		},
		async analyze(choice, window, task) {
			const account = accounts.find(({key}) => key === choice.key);
			if (!account) {
				throw new UserError(`unknown account "${choice.name ?? choice.key}"`);
			}

			// Says what is wrong with the cache folder before anything slow begins.
			await cachePart(cacheFolder, 'trails');
			const {iam, trail, cache} = account.origin === 'demo'
				? await demo(options, account, task)
				: {...files(account), cache: cacheFolder};
			const analysis = await analyzeFiles({account, iam, trail, cache, window, task, options, memory: memoryOf(account.key)});
			accounts = accounts.map(one => one === account ? {...one, id: analysis.account.id, iam, trail} : one);
			selected = accounts.find(({key}) => key === selected?.key);
			return analysis;
		},
		async explain(choice, analysis, {arn, action}, task) {
			const source = sourceOf(choice.key);
			const {changeEvents} = await import('../domain/policy-changes.js');
			const rows = await source.samples(analysis.window, analysis.eventsToLookFor(arn, action), task);
			const changes = await source.calls(analysis.window, changeEvents, task);
			return analysis.explain(arn, action, {rows, changes});
		},
		async sessions(choice, analysis, roleArn, task) {
			return sourceOf(choice.key).sessions(analysis.window, roleArn, task);
		},
		async close() {
			await Promise.all([...memories.values()].map(async memory => memory.close()));
			memories.clear();
		},
	};
}

async function demo({cacheFolder, demoDay}: WorkspaceOptions, {key}: KnownAccount, task: Task): Promise<{iam: string; trail: string; cache: string}> {
	const {openDemo} = await import('./open-demo.js');
	const {backupIam, ...files} = await openDemo(cacheFolder, demoDay, task);
	return key === demoBackup.key ? {...files, iam: backupIam} : files;
}

function files({iam, trail, missingIam, missingTrail}: KnownAccount): {iam: string; trail: string} {
	if (iam === null) {
		throw new UserError(missingIam, {hint: 'make one with: aws iam get-account-authorization-details > iam.json, and name it with --iam iam.json'});
	}

	if (trail === null) {
		throw new UserError(missingTrail, {hint: 'name a folder of CloudTrail files with --trail PATH'});
	}

	return {iam, trail};
}

/** What the command line gave beside the account: the trail's configuration and service control policies. */
async function extras({trailConfig, scps}: WorkspaceOptions): Promise<Pick<AnalysisInput, 'trailSettings' | 'serviceControlPolicies'>> {
	const [settings, policies] = await Promise.all([
		trailConfig === undefined ? undefined : import('../trail/trail-config-file.js').then(async ({loadTrailConfig}) => loadTrailConfig(path.resolve(trailConfig))),
		scps.length === 0 ? undefined : import('../iam/scp-files.js').then(async ({loadServiceControlPolicies}) => loadServiceControlPolicies(scps.map(place => path.resolve(place)))),
	]);
	return {...settings && {trailSettings: settings}, ...policies && {serviceControlPolicies: policies}};
}

async function analyzeFiles({account, iam, trail, cache, window, task, options, memory}: {
	account: KnownAccount;
	iam: string;
	trail: string;
	cache: string;
	window: Window;
	task: Task;
	options: WorkspaceOptions;
	memory: AccountMemory;
}): Promise<Analysis> {
	throwIfCancelled(task.signal);
	task.progress({stage: 'reading the IAM snapshot', done: 0, total: null, unit: null, bytes: null});
	const [snapshot, more] = await Promise.all([memory.snapshot(iam), extras(options)]);
	if (account.expectedId !== null && account.expectedId !== snapshot.accountId) {
		throw new UserError(`account ${account.name ?? account.expectedId} has the id ${account.expectedId}, but ${iam} is the IAM snapshot of ${snapshot.accountId}`);
	}

	// Another account's own trail records nothing of this one: its selectors would prove what they cannot.
	const foreign = more.trailSettings?.find(trail => trail.organization !== true && trail.accountId !== null && trail.accountId !== snapshot.accountId);
	if (foreign) {
		throw new UserError(`--trail-config describes trail ${foreign.name} of account ${foreign.accountId ?? ''}, not of ${snapshot.accountId}`, {hint: 'give the configuration of the trail that wrote these logs; for an organization\'s trail, its describe-trails output, too'});
	}

	throwIfCancelled(task.signal);
	const source = await memory.source(trail, snapshot.accountId, cache);
	const usage = await source.usage(window, task);
	throwIfCancelled(task.signal);
	task.progress({stage: 'comparing grants with use', done: 0, total: null, unit: null, bytes: null});
	const [{buildAnalysis}, {loadCatalog}] = await Promise.all([import('./analyse.js'), import('../domain/catalog.js')]);
	return buildAnalysis({snapshot, usage, window, accountName: account.name, catalog: loadCatalog(), strict: options.strict, ...more});
}
