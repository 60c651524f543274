import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll} from 'vitest';
import {openFilesSource} from '../../../source/trail/files/source.js';
import type {SourceFactory} from '../../contract/harness.js';
import {describeOracle} from '../../contract/oracle.js';
import {describeSessions} from '../../contract/sessions.js';
import {describeUsageSource} from '../../contract/usage-source.js';

const caches: string[] = [];

const open: SourceFactory = async (trailFolder, accountId) => {
	const cacheFolder = await mkdtemp(path.join(tmpdir(), 'ct-cache-'));
	caches.push(cacheFolder);
	return openFilesSource({path: trailFolder, accountId, cacheFolder});
};

describeUsageSource('files', open);
describeSessions('files', open);
describeOracle('files', open);

afterAll(async () => {
	await Promise.all(caches.map(async folder => rm(folder, {recursive: true, force: true})));
});
