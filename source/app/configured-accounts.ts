import path from 'node:path';
import type {ConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import {didYouMean} from '../lib/nearest.js';
import {trailPlace} from './places.js';
import type {AccountChoice} from './workspace.js';

/** Which account the command line named; undefined where a flag was not given. */
export type Selection = {
	readonly account: string | undefined;
	readonly iam: string | undefined;
	readonly trail: string | undefined;
	readonly config: string | undefined;
	readonly demo: boolean;
	/** Undefined or left out: the account's own, else what the SDK finds. */
	readonly profile?: string | undefined;
	readonly region?: string | undefined;
};

/** An account, and what to say when a part of it is missing. */
export type KnownAccount = AccountChoice & {
	/** Id that the configuration gives: the snapshot's must be the same. */
	readonly expectedId: string | null;
	readonly missingIam: string;
	readonly missingTrail: string;
};

export const demoAccount: KnownAccount = {
	key: 'demo',
	name: 'demo',
	id: null,
	iam: null,
	trail: null,
	profile: null,
	region: null,
	origin: 'demo',
	expectedId: null,
	missingIam: '',
	missingTrail: '',
};

/** The demo's second account, which roles of it are assumed in from the first; there with --demo alone. */
export const demoBackup: KnownAccount = {...demoAccount, key: 'demo-backup', name: 'backup', id: '777788889999', expectedId: '777788889999'};

/** Whether --config names a file of CloudTracker's; ours ends in .json. */
const isOurs = (file: string): boolean => path.extname(file).toLowerCase() === '.json';

/** The file that holds stored accounts. */
export function storeFile(config: string | undefined, configFolder: string): string {
	return config !== undefined && isOurs(config) ? path.resolve(config) : path.join(configFolder, 'config.json');
}

function fromStore(store: ConfigStore): KnownAccount[] {
	return store.accounts.map(account => ({
		key: `stored:${account.name}`,
		name: account.name,
		id: account.id ?? null,
		iam: account.iam,
		trail: account.trail,
		profile: account.profile ?? null,
		region: account.region ?? null,
		origin: 'stored',
		expectedId: account.id ?? null,
		missingIam: '',
		missingTrail: '',
	}));
}

async function fromYaml(file: string): Promise<KnownAccount[]> {
	const {readCloudTrackerConfig} = await import('../config/cloudtracker-yaml.js');
	const {accounts, trail} = readCloudTrackerConfig(file);
	return accounts.map((account, index) => ({
		key: `config-file:${index}`,
		name: account.name,
		id: account.id,
		iam: account.iam === null ? null : {kind: 'file', path: account.iam},
		trail,
		profile: null,
		region: null,
		origin: 'config-file',
		expectedId: account.id,
		missingIam: account.tried.length === 0
			? `account ${account.name} has no IAM snapshot in ${file}`
			: `the IAM snapshot of account ${account.name} is not there (tried ${account.tried.join(' and ')})`,
		missingTrail: `account ${account.name} has no logs: ${file} has no section athena or elasticsearch`,
	}));
}

/** Whether the flags alone make an account: from files, or through a profile, which gives IAM and finds the trail. */
function isWhole({iam, trail, profile}: Selection): boolean {
	return profile !== undefined || (iam !== undefined && trail !== undefined);
}

/** The accounts that the configuration holds, without the demo. Reads nothing where the flags name an account in full. */
export async function configuredAccounts(selection: Selection, openStore: () => Promise<ConfigStore>): Promise<KnownAccount[]> {
	const {account, config, demo} = selection;
	if (demo || (config === undefined && isWhole(selection) && (account === undefined || selection.profile === undefined))) {
		return [];
	}

	return config === undefined || isOurs(config) ? fromStore(await openStore()) : fromYaml(path.resolve(config));
}

/** The names of the accounts that the configuration holds (the id of one without a name), and the demo. Throws UserError for a configuration that cannot be read. */
export async function accountNames(config: string | undefined, configFolder: string): Promise<readonly string[]> {
	const {openConfigStore} = await import('../config/store.js');
	const accounts = await configuredAccounts(
		{account: undefined, iam: undefined, trail: undefined, config, demo: false},
		async () => openConfigStore(storeFile(config, configFolder)),
	);
	return [...accounts, demoAccount].flatMap(({name, id}) => name ?? id ?? []);
}

function named(word: string, accounts: readonly KnownAccount[]): KnownAccount | undefined {
	return accounts.find(({name}) => name === word)
		?? accounts.find(({id}) => id === word)
		?? accounts.find(({name}) => name?.toLowerCase() === word.toLowerCase());
}

function adHoc(account: string | undefined): KnownAccount {
	const isId = account !== undefined && /^\d{12}$/.test(account);
	return {
		key: 'ad-hoc',
		name: isId ? null : account ?? null,
		id: isId ? account : null,
		iam: null,
		trail: null,
		profile: null,
		region: null,
		origin: 'ad-hoc',
		expectedId: isId ? account : null,
		missingIam: '',
		missingTrail: '',
	};
}

function unknownAccount(word: string, accounts: readonly KnownAccount[]): UserError {
	const names = accounts.flatMap(({name, id}) => [name, id]).filter(text => text !== null);
	const suggestion = didYouMean(word, names);
	const known = accounts.map(({name, id}) => name ?? id).join(', ');
	return new UserError(`unknown account "${word}"${suggestion || `: there are ${known}`}`);
}

/** An account with the flags in place of its own parts; what it lacks a profile gives. */
function overridden(one: KnownAccount, {iam, trail, profile, region}: Selection): KnownAccount {
	const own = profile === undefined ? {iam: one.iam, trail: one.trail} : {iam: one.iam ?? {kind: 'live' as const}, trail: one.trail ?? {kind: 'athena' as const}};
	return {
		...one,
		...profile !== undefined && {profile},
		...region !== undefined && {region},
		iam: iam === undefined ? own.iam : {kind: 'file', path: path.resolve(iam)},
		trail: trail === undefined ? own.trail : trailPlace(trail),
	};
}

/**
All accounts with the command line's flags applied, and the one that it chose (undefined: none, or several to pick from).
Throws UserError for an unknown account, and for --iam that fits no single account.
*/
export function applySelection(selection: Selection, configured: readonly KnownAccount[]): {accounts: KnownAccount[]; selected: KnownAccount | undefined} {
	const {account, iam, trail, profile} = selection;
	const whole = isWhole(selection);
	const known = selection.demo ? [demoAccount, demoBackup] : [...configured, demoAccount];
	const chosen = account === undefined ? undefined : named(account, whole ? configured : known);
	if (account !== undefined && !chosen && !whole) {
		throw unknownAccount(account, known);
	}

	if (chosen) {
		if (chosen.origin === 'demo' && (iam !== undefined || trail !== undefined)) {
			throw new UserError('the demo account brings its own files: leave out --iam and --trail');
		}

		const selected = overridden(chosen, selection);
		return {accounts: known.map(one => one === chosen ? selected : one), selected};
	}

	// A profile for the only account of a file that was named is that account's; else it is an account of its own.
	const isForConfig = profile !== undefined && account === undefined && selection.config !== undefined && configured.length === 1;
	if (whole && !isForConfig) {
		const selected = overridden(adHoc(account), selection);
		return {accounts: [selected, ...known], selected};
	}

	if (iam !== undefined && configured.length !== 1) {
		throw new UserError('--iam needs --trail or --profile beside it, or --account with a configured account');
	}

	if (trail !== undefined && configured.length === 0) {
		throw new UserError('--trail needs --iam or --profile beside it, or an account of a --config file');
	}

	const accounts = known.map(one => one.origin === 'demo' ? one : overridden(one, selection));
	const [only] = accounts;
	return {accounts, selected: selection.demo || configured.length === 1 ? only : undefined};
}
