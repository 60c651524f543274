import path from 'node:path';
import type {StoredAccount} from '../config/schema.js';
import type {ConfigStore} from '../config/store.js';
import {UserError} from '../lib/errors.js';
import type {KnownAccount} from './configured-accounts.js';
import {absolutePlaces, iamWords} from './places.js';
import type {ConfigFile, NewAccount, Workspace} from './workspace.js';

/** An account of a config.yaml; `id` is what the file says of it, null where it says nothing. */
type FileAccount = Omit<NewAccount, 'trail'> & {readonly id: string | null};

/** Rejects with UserError also where an account's IAM snapshot is not there, its name is one of `taken` or stands twice, or there is none. */
async function readConfigFile(file: string, taken: readonly string[]): Promise<ConfigFile & {readonly accounts: readonly FileAccount[]}> {
	const {readCloudTrackerConfig} = await import('../config/cloudtracker-yaml.js');
	const {accounts, trail} = readCloudTrackerConfig(path.resolve(file));
	if (accounts.length === 0) {
		throw new UserError(`${file} names no account`);
	}

	const names = accounts.map(({name}) => name);
	const twice = names.find((name, index) => taken.includes(name) || names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw new UserError(taken.includes(twice) ? `there is an account "${twice}" already` : `${file} names the account "${twice}" twice`, {hint: `rename it in ${path.basename(file)}`});
	}

	return {names, trail, accounts: accounts.map(({name, id, iam, tried}) => {
		if (iam === null) {
			throw new UserError(`account ${name} has no IAM snapshot${tried.length === 0 ? '' : ` (tried ${tried.join(' and ')})`}`, {hint: 'make it with: aws iam get-account-authorization-details > iam.json'});
		}

		return {name, id, iam: {kind: 'file', path: iam}};
	})};
}

/** What adding accounts needs of the workspace. */
export type AddingContext = {
	readonly checks: Pick<Workspace, 'checkIamFile' | 'checkTrailPath' | 'checkProfile'>;
	/** Names of accounts that are there. */
	taken(): readonly string[];
	openStore(): Promise<ConfigStore>;
	/** Takes over accounts that are stored now. */
	added(accounts: readonly KnownAccount[]): void;
};

/** The part of a workspace that takes accounts into the configuration. */
export function createAdding({checks, taken, openStore, added}: AddingContext): Pick<Workspace, 'checkConfigFile' | 'addConfigFile' | 'addAccount'> {
	/** Checks an account as far as it can be without reading its logs; its id is `expectedId` where that is known. */
	const checked = async ({name, profile, region, ...places}: NewAccount, expectedId: string | null): Promise<StoredAccount> => {
		const {iam, trail} = absolutePlaces(places);
		const [{accountId}] = await Promise.all([
			iam.kind === 'file' ? checks.checkIamFile(iam.path) : checks.checkProfile({profile, region}),
			trail.kind === 'files' ? checks.checkTrailPath(trail.path) : undefined,
		]);
		if (expectedId !== null && expectedId !== accountId) {
			throw new UserError(`account ${name} has the id ${expectedId}, but ${iamWords(iam)} is the IAM snapshot of ${accountId}`);
		}

		return {name, id: accountId, ...profile !== undefined && {profile}, ...region !== undefined && {region}, iam, trail};
	};

	const keep = async (accounts: readonly StoredAccount[]): Promise<readonly KnownAccount[]> => {
		const store = await openStore();
		await store.add(...accounts);
		const known = accounts.map(({name, id, iam, trail, profile, region}): KnownAccount => ({
			key: `stored:${name}`, name, id: id ?? null, iam, trail, profile: profile ?? null, region: region ?? null,
			origin: 'stored', expectedId: id ?? null, missingIam: '', missingTrail: '',
		}));
		added(known);
		return known;
	};

	return {
		async checkConfigFile(file) {
			const {names, trail} = await readConfigFile(file, taken());
			return {names, trail};
		},
		async addConfigFile(file, named) {
			const {accounts, trail: own} = await readConfigFile(file, taken());
			const trail = named ?? own;
			if (trail === null) {
				throw new UserError(`${file} has no section athena or elasticsearch`, {hint: 'name the logs'});
			}

			return keep(await Promise.all(accounts.map(async ({id, ...account}) => checked({...account, trail}, id))));
		},
		async addAccount(account) {
			const name = account.name.trim();
			if (name === '' || taken().includes(name)) {
				throw new UserError(name === '' ? 'the account needs a name' : `there is an account "${name}" already`);
			}

			const [stored] = await keep([await checked({...account, name}, null)]);
			return stored!;
		},
	};
}
