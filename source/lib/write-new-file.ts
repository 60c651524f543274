import {writeFile} from 'node:fs/promises';
import {messageOf, UserError} from './errors.js';

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Writes a file that is not there yet, for its owner alone to read. Rejects with UserError where one is, or where it cannot be written. */
export async function writeNewFile(file: string, text: string): Promise<void> {
	try {
		await writeFile(file, text, {flag: 'wx', mode: 0o600});
	} catch (error) {
		throw codeOf(error) === 'EEXIST'
			? new UserError(`${file} is there already`, {hint: 'type another name'})
			: new UserError(`${file} cannot be written: ${messageOf(error)}`, {cause: error});
	}
}
