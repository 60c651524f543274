import path from 'node:path';
import type {ConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import {didYouMean} from '../lib/nearest.js';
import type {AccountChoice} from './workspace.js';

/** Which account the command line named; undefined where a flag was not given. */
export type Selection = {
	readonly account: string | undefined;
	readonly iam: string | undefined;
	readonly trail: string | undefined;
	readonly config: string | undefined;
	readonly demo: boolean;
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
		iam: account.iam.path,
		trail: account.trail.path,
		origin: 'stored',
		expectedId: account.id ?? null,
		missingIam: '',
		missingTrail: '',
	}));
}

async function fromYaml(file: string): Promise<KnownAccount[]> {
	const {readCloudTrackerConfig} = await import('../config/cloudtracker-yaml.js');
	const {accounts, sources} = readCloudTrackerConfig(file);
	const why = sources.length === 0 ? `${file} names no logs` : `this version reads CloudTrail files only, not the ${sources.join(' and ')} section of ${file}`;
	return accounts.map((account, index) => ({
		key: `config-file:${index}`,
		name: account.name,
		id: account.id,
		iam: account.iam,
		trail: null,
		origin: 'config-file',
		expectedId: account.id,
		missingIam: account.tried.length === 0
			? `account ${account.name} has no IAM snapshot in ${file}`
			: `the IAM snapshot of account ${account.name} is not there (tried ${account.tried.join(' and ')})`,
		missingTrail: `account ${account.name} has no logs: ${why}`,
	}));
}

/** The accounts that the configuration holds, without the demo. Reads nothing where the flags name an account in full. */
export async function configuredAccounts({iam, trail, config, demo}: Selection, openStore: () => Promise<ConfigStore>): Promise<KnownAccount[]> {
	if (demo || (iam !== undefined && trail !== undefined && config === undefined)) {
		return [];
	}

	return config === undefined || isOurs(config) ? fromStore(await openStore()) : fromYaml(path.resolve(config));
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

/**
All accounts with the command line's flags applied, and the one that it chose (undefined: none, or several to pick from).
Throws UserError for an unknown account, and for --iam that fits no single account.
*/
export function applySelection(selection: Selection, configured: readonly KnownAccount[]): {accounts: KnownAccount[]; selected: KnownAccount | undefined} {
	const {account, iam, trail} = selection;
	const known = selection.demo ? [demoAccount, demoBackup] : [...configured, demoAccount];
	const overridden = (one: KnownAccount): KnownAccount => ({
		...one,
		...(iam !== undefined && {iam: path.resolve(iam)}),
		...(trail !== undefined && {trail: path.resolve(trail)}),
	});
	const isWhole = iam !== undefined && trail !== undefined;
	const chosen = account === undefined ? undefined : named(account, isWhole ? configured : known);
	if (account !== undefined && !chosen && !isWhole) {
		throw unknownAccount(account, known);
	}

	if (chosen) {
		if (chosen.origin === 'demo' && (iam !== undefined || trail !== undefined)) {
			throw new UserError('the demo account brings its own files: leave out --iam and --trail');
		}

		const selected = overridden(chosen);
		return {accounts: known.map(one => one === chosen ? selected : one), selected};
	}

	if (isWhole) {
		const selected = overridden(adHoc(account));
		return {accounts: [selected, ...known], selected};
	}

	if (iam !== undefined && configured.length !== 1) {
		throw new UserError('--iam needs --trail beside it, or --account with a configured account');
	}

	if (trail !== undefined && configured.length === 0) {
		throw new UserError('--trail needs --iam beside it, or an account of a --config file');
	}

	const accounts = known.map(one => one.origin === 'demo' ? one : overridden(one));
	const [only] = accounts;
	return {accounts, selected: selection.demo || configured.length === 1 ? only : undefined};
}
