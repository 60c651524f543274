import {mkdir, readdir, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {cachePart, clearCache} from '../../source/config/cache.js';
import {temporaryFolder} from '../support/temporary-folder.js';

test('a part of the cache is made when missing, for its owner alone', async () => {
	const folder = path.join(await temporaryFolder(), 'cache');
	const part = await cachePart(folder, 'trails');
	if (process.platform !== 'win32') {
		const made = await Promise.all([stat(folder), stat(part)]);
		expect(made.map(({mode}) => mode % 0o1000)).toEqual([0o700, 0o700]);
	}
});

test('a folder that cannot be made is an error with a way out', async () => {
	const file = path.join(await temporaryFolder(), 'file');
	await writeFile(file, '');
	await expect(cachePart(file, 'demo')).rejects.toMatchObject({exitCode: 2, hint: 'name another one in CLOUDTRACKER_TUI_CACHE_DIR'});
});

test('clearing removes what is ours and nothing else', async () => {
	const folder = await temporaryFolder();
	await writeFile(path.join(folder, 'mine.txt'), '');
	await mkdir(path.join(folder, 'trails', 'deep'), {recursive: true});
	expect(await clearCache(folder)).toBe(true);
	expect(await readdir(folder)).toEqual(['mine.txt']);
	expect(await clearCache(folder)).toBe(false);
});
