import path from 'node:path';
import type {SessionOptions} from '../aws/session.js';
import type {LastAccessed} from '../domain/last-accessed.js';
import type {IamSnapshot} from '../domain/snapshot.js';
import type {Window} from '../domain/window.js';
import {throwIfCancelled, UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import type {AccountMemory, SourceRequest} from './account-memory.js';
import type {AnalysisInput} from './analyse.js';
import type {Analysis} from './analysis.js';
import type {KnownAccount} from './configured-accounts.js';
import type {WorkspaceOptions} from './open-workspace.js';
import {iamWords, type IamPlace, type TrailPlace} from './places.js';
import {snapshotAge} from './snapshot-age.js';

type Extras = Pick<AnalysisInput, 'trailSettings' | 'serviceControlPolicies'> & {
	/** The snapshot with the dates of the credential report, where one was given. */
	readonly dated: (snapshot: IamSnapshot) => IamSnapshot;
};

/** Where an account's IAM and its trail are. */
export type Places = {readonly iam: IamPlace; readonly trail: TrailPlace};

/** Whose session an account is asked in. */
export function sessionOptions({profile, region}: KnownAccount): SessionOptions {
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

/** Reads an account's IAM and its trail, and compares them. Throws UserError and CancelledError. */
export async function analyzePlaces({account, iam, trail, cache, window, task, options, refresh, memory}: Places & {
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
