import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll} from 'vitest';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {describeUsageSource} from '../../contract/usage-source.js';

const caches: string[] = [];

describeUsageSource('files', async (trailFolder, accountId) => {
	const cacheFolder = await mkdtemp(path.join(tmpdir(), 'ct-cache-'));
	caches.push(cacheFolder);
	return openFilesSource({path: trailFolder, accountId, cacheFolder});
});

afterAll(async () => {
	await Promise.all(caches.map(async folder => rm(folder, {recursive: true, force: true})));
});
