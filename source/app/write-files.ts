import {lstat, mkdir, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {messageOf, UserError} from '../lib/errors.js';
import type {ExportFile} from './remediation.js';

async function exists(file: string): Promise<boolean> {
	return lstat(file).then(() => true, () => false);
}

/**
Writes files into a folder, made if it is not there (what it lies in must be: making whole paths hangs where /proc is named); only their owner may read them. Rejects with UserError, before anything is written, where one is
there already and may not be overwritten. Resolves to the paths that were written.
*/
export async function writeFiles(folder: string, files: readonly ExportFile[], options: {readonly overwrite: boolean}): Promise<readonly string[]> {
	const targets = files.map(file => ({target: path.join(folder, file.path), text: file.text}));
	if (!options.overwrite) {
		for (const {target} of targets) {
			if (await exists(target)) { // eslint-disable-line no-await-in-loop
				throw new UserError(`${target} is there already`, {hint: 'name another folder, or say --overwrite'});
			}
		}
	}

	if (!await exists(path.dirname(path.resolve(folder)))) {
		throw new UserError(`there is no folder ${path.dirname(path.resolve(folder))}`, {hint: 'make it first, or name another one'});
	}

	try {
		await mkdir(folder, {mode: 0o700}).catch((error: unknown) => {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
				throw error;
			}
		});
		for (const {target, text} of targets) {
			/* eslint-disable no-await-in-loop */
			await mkdir(path.dirname(target), {recursive: true, mode: 0o700});
			if (options.overwrite) {
				const aside = `${target}.new`;
				await writeFile(aside, text, {mode: 0o600});
				await rename(aside, target);
			} else {
				await writeFile(target, text, {mode: 0o600, flag: 'wx'});
			}
			/* eslint-enable no-await-in-loop */
		}
	} catch (error) {
		throw new UserError(`the files cannot be written into ${folder}: ${messageOf(error)}`, {cause: error});
	}

	return targets.map(({target}) => target);
}
