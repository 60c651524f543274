import {readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {UserError} from '../../source/lib/errors.js';
import {writeNewFile} from '../../source/lib/write-new-file.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('a new file is its owner\'s alone', async () => {
	const file = path.join(await temporaryFolder(), 'out.csv');
	await writeNewFile(file, 'a,b\n');
	expect(await readFile(file, 'utf8')).toBe('a,b\n');
	if (process.platform !== 'win32') {
		const {mode} = await stat(file);
		expect(mode % 0o1000).toBe(0o600);
	}
});

test('one that is there stays as it is', async () => {
	const file = path.join(await temporaryFolder(), 'out.csv');
	await writeFile(file, 'mine');
	await expect(writeNewFile(file, 'other')).rejects.toThrow(/is there already/);
	expect(await readFile(file, 'utf8')).toBe('mine');
});

test('a folder that is not there is said', async () => {
	await expect(writeNewFile(path.join(await temporaryFolder(), 'no', 'out.csv'), '')).rejects.toThrow(UserError);
});
