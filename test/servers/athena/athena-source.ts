import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createDatabaseSql, createTableSql} from '../../../source/trail/athena/ddl.js';
import type {AthenaOptions} from '../../../source/trail/athena/options.js';
import {openAthenaSource} from '../../../source/trail/athena/source.js';
import type {UsageSource} from '../../../source/trail/usage-source.js';
import {accountId} from '../../support/trail-records.js';
import {AthenaServer, type ServerOptions} from './server.js';

/** A source, the server that it asks, and what closes both and removes what they kept. */
export type ServedSource = {readonly source: UsageSource; readonly server: AthenaServer; readonly options: AthenaOptions; readonly close: () => Promise<void>};

/** What a source on loopback is opened with; the clock stands at the end of the tests' year. */
export function optionsFor(server: Pick<AthenaServer, 'url'>, cacheFolder: string, changes: Partial<AthenaOptions> = {}): AthenaOptions {
	return {
		accountId, region: 'us-east-1', partition: 'aws', credentials: {accessKeyId: 'AKIATEST', secretAccessKey: 'secret'}, endpoint: server.url, maxAttempts: 2,
		bucket: 'logs', prefix: '', organizationId: null, database: 'cloudtracker_tui', table: 'cloudtrail', workgroup: 'primary', outputLocation: null,
		cacheFolder, skipSetup: false, maxScanBytes: null, confirm: async () => true, now: () => new Date('2026-12-31T12:00:00Z'), firstWait: 5,
		...changes,
	};
}

/** Makes database and table as a first start would. */
export function makeTable(server: AthenaServer, options: AthenaOptions, accounts: readonly string[] = [accountId], regions: readonly string[] = ['us-east-1']): void {
	server.catalog.run(createDatabaseSql(options.database));
	server.catalog.run(createTableSql(options, accounts, regions));
}

/** Serves a folder as the bucket "logs" and opens a source over it. With `table`, database and table are there already. */
export async function serveTrail(trail: string, {server: serverOptions = {}, source: changes = {}, hasTable = true}: {
	readonly server?: Partial<ServerOptions>;
	readonly source?: Partial<AthenaOptions>;
	readonly hasTable?: boolean;
} = {}): Promise<ServedSource> {
	const server = await AthenaServer.start({buckets: {logs: trail}, isHeld: true, ...serverOptions});
	const cacheFolder = mkdtempSync(path.join(tmpdir(), 'ct-cache-'));
	const options = optionsFor(server, cacheFolder, changes);
	if (hasTable) {
		makeTable(server, options);
	}

	const source = openAthenaSource(options);
	let closing: Promise<void> | undefined;
	const close = async () => {
		closing ??= (async () => {
			await source.close();
			await server.close();
			rmSync(cacheFolder, {recursive: true, force: true});
		})();
		return closing;
	};

	return {source, server, options, close};
}
