import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {messageOf, UserError} from '../lib/errors.js';
import type {Preferences, StoredAccount, StoredConfig} from './schema.js';

/** Our own configuration file. */
export type ConfigStore = {
	readonly file: string;
	readonly accounts: readonly StoredAccount[];
	/** Adds accounts, or replaces those of the same names, and writes the file (0600). Throws UserError when it cannot be written. */
	add(...accounts: readonly StoredAccount[]): Promise<void>;
};

function damaged(file: string, what: string, cause?: unknown): UserError {
	return new UserError(`the configuration file ${file} is damaged: ${what}`, {
		hint: 'mend it or move it away; nothing was changed in it',
		cause,
	});
}

async function read(file: string): Promise<StoredConfig> {
	if (!existsSync(file)) {
		return {accounts: [], preferences: {keys: {}}};
	}

	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		throw new UserError(`the configuration file ${file} cannot be read: ${messageOf(error)}`, {cause: error});
	}

	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw damaged(file, messageOf(error), error);
	}

	const {configSchema} = await import('./schema.js');
	const parsed = configSchema.safeParse(value);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw damaged(file, issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'it has another shape');
	}

	return parsed.data;
}

/** The preferences in config.json at `file`; without one, those of the program. Throws UserError as {@link openConfigStore} does. */
export async function readPreferences(file: string): Promise<Preferences> {
	const {preferences} = await read(file);
	return preferences;
}

/**
Opens config.json at `file`; without one there are no accounts yet, and nothing is written before an account is added.
Throws UserError, naming the file, when it is damaged or cannot be read: it is never reset.
*/
export async function openConfigStore(file: string): Promise<ConfigStore> {
	let {accounts} = await read(file);
	return {
		file,
		get accounts() {
			return accounts;
		},
		async add(...added) {
			// Read again: another copy of the program may have added one.
			const {accounts: current} = await read(file);
			const {default: ConfStore} = await import('conf');
			const next = [...current.filter(({name}) => !added.some(account => account.name === name)), ...added];
			try {
				mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
				const conf = new ConfStore<{accounts: StoredAccount[]}>({
					projectName: 'cloudtracker-tui',
					projectSuffix: '',
					cwd: path.dirname(file),
					configName: path.basename(file, path.extname(file)),
					fileExtension: path.extname(file).slice(1),
					configFileMode: 0o600,
				});
				conf.set('accounts', next);
			} catch (error) {
				throw new UserError(`the configuration file ${file} cannot be written: ${messageOf(error)}`, {cause: error});
			}

			accounts = next;
		},
	};
}
