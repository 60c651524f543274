import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {cachePart} from '../config/cache.js';
import {openConfigStore} from '../config/store.js';
import {plural} from '../domain/words.js';
import type {ProbeOptions} from '../iam/live-probe.js';
import {messageOf, UserError} from '../lib/errors.js';
import type {LastAccessedOptions} from '../trail/last-accessed/client.js';
import {check, findingsOf, type Check} from './doctor.js';

/** Names of checks that others need. */
export const checkNames = {iamFile: 'IAM snapshot', cache: 'cache folder', duckdb: 'DuckDB', liveIam: 'live IAM'} as const;

/** Whether our own configuration file is one; none is no fault. */
export function configCheck(file: string): Check {
	return check('configuration file', async () => {
		const {accounts} = await openConfigStore(file);
		return `${file}: ${plural(accounts.length, 'account')}`;
	});
}

/** Whether the cache folder takes a file. */
export function cacheCheck(folder: string): Check {
	return check(checkNames.cache, async () => {
		const trails = await cachePart(folder, 'trails');
		try {
			const aside = await mkdtemp(path.join(trails, 'doctor.'));
			await writeFile(path.join(aside, 'file'), 'a line\n', {mode: 0o600});
			await rm(aside, {recursive: true});
		} catch (error) {
			throw new UserError(`the cache folder ${trails} cannot be written: ${messageOf(error)}`, {hint: 'name another one in CLOUDTRACKER_TUI_CACHE_DIR', cause: error});
		}

		return `${folder} can be written`;
	});
}

/** Whether the engine that reads log files starts on this machine. */
export function duckdbCheck(cacheFolder: string): Check {
	return check(checkNames.duckdb, async () => {
		const {Engine} = await import('../trail/files/duckdb.js');
		try {
			const engine = await Engine.open(cacheFolder);
			engine.close();
		} catch (error) {
			throw new UserError(`DuckDB does not start: ${messageOf(error)}`, {exitCode: 3, hint: 'install again for this system: npm install --include=optional', cause: error});
		}

		return 'starts';
	}, [checkNames.cache]);
}

/** Whether the IAM snapshot can be read, and is of the configured account; `found` is told whose it is. */
export function iamFileCheck(file: string, expectedId: string | null, found?: (accountId: string) => void): Check {
	return check(checkNames.iamFile, async () => {
		const {loadIamFile} = await import('../iam/file.js');
		const {accountId, users, roles} = await loadIamFile(file);
		if (expectedId !== null && accountId !== expectedId) {
			throw new UserError(`${file} is of account ${accountId}, not of ${expectedId}`, {hint: `make one of ${expectedId} with: aws iam get-account-authorization-details > iam.json`});
		}

		found?.(accountId);
		return `${file}: account ${accountId}, ${plural(users.length, 'user')}, ${plural(roles.length, 'role')}`;
	});
}

/** Whether there are CloudTrail files. */
export function trailFilesCheck(trail: string): Check {
	return check('CloudTrail files', async signal => {
		const {countTrailFiles} = await import('../trail/files/walk.js');
		return `${trail}: ${plural(await countTrailFiles(trail, signal), 'file')}`;
	});
}

/** Whether each call of live IAM is allowed. */
export function liveIamCheck(options: ProbeOptions, needs: readonly string[] = []): Check {
	return {
		name: checkNames.liveIam,
		needs,
		async run(signal) {
			const {probeLiveIam} = await import('../iam/live-probe.js');
			const calls = await probeLiveIam(options, signal);
			return findingsOf(calls.map(({action, ...call}) => ({check: `${checkNames.liveIam} (${action})`, ...call})));
		},
	};
}

/** Whether IAM makes a report for these credentials; `options` says the principals when it is asked. */
export function lastAccessedCheck(options: () => Promise<LastAccessedOptions>, needs: readonly string[] = []): Check {
	return check('last accessed data (iam:GenerateServiceLastAccessedDetails, iam:GetServiceLastAccessedDetails)', async signal => {
		const {probeLastAccessed} = await import('../trail/last-accessed/probe.js');
		return probeLastAccessed(await options(), signal);
	}, needs);
}
