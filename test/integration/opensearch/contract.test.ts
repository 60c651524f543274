import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, describe} from 'vitest';
import {silentTask} from '../../../source/lib/task.js';
import {ingestLines, ingestOpenSearch, isComplete} from '../../../source/trail/opensearch/ingest/ingest.js';
import {openOpenSearchSource} from '../../../source/trail/opensearch/source.js';
import type {SourceFactory} from '../../contract/harness.js';
import {describeOracle} from '../../contract/oracle.js';
import {describeSessions} from '../../contract/sessions.js';
import {describeUsageSource} from '../../contract/usage-source.js';
import {openSearchForTests} from '../../servers/opensearch/server.js';
import {shippedLayouts} from './layouts.js';
import {index, newIndex, recordsIn, withIndexRemoved} from './server-for-tests.js';

const server = await openSearchForTests();

afterAll(async () => {
	await server?.close();
});

function describeSource(name: string, open: SourceFactory): void {
	describeUsageSource(name, open);
	describeSessions(name, open);
	describeOracle(name, open, 8000);
}

describe.skipIf(!server)('OpenSearch (skipped where neither OPENSEARCH_URL nor Java and Maven are)', () => {
	for (const {name, keyPrefix, mappings, document} of shippedLayouts) {
		describeSource(`OpenSearch, ${name}`, async (trailFolder, accountId) => {
			const url = server?.url ?? '';
			const target = newIndex();
			const records = await recordsIn(trailFolder);
			await index(url, target, mappings, records.map(record => ({id: typeof record.eventID === 'string' && record.eventID !== '' ? record.eventID : undefined, document: document(record)})));
			return withIndexRemoved(openOpenSearchSource({accountId, url, index: target, auth: {kind: 'none'}, caFile: null, keyPrefix, timestampField: null}), url, target);
		});
	}

	describeSource('OpenSearch, an index that our ingest made', async (trailFolder, accountId) => {
		const target = {url: server?.url ?? '', index: newIndex(), auth: {kind: 'none'}, caFile: null} as const;
		const cacheFolder = await mkdtemp(path.join(tmpdir(), 'ct-ingest-'));
		const report = await ingestOpenSearch({...target, path: trailFolder, cacheFolder}, silentTask());
		await rm(cacheFolder, {recursive: true});
		if (!isComplete(report)) {
			throw new Error(ingestLines(report).join('\n'));
		}

		return withIndexRemoved(openOpenSearchSource({...target, accountId, keyPrefix: null, timestampField: null}), target.url, target.index);
	});
});
