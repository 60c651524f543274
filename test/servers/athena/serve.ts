import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {AthenaServer} from './server.js';

/** Serves a folder of CloudTrail files as the bucket "logs", for trying the program by hand: `npx tsx test/servers/athena/serve.ts FOLDER [REGION]`. */
const [folder, region = 'us-east-1'] = process.argv.slice(2);
if (folder === undefined) {
	throw new TypeError('give the folder that holds AWSLogs');
}

const account = '111122223333';
const server = await AthenaServer.start({
	buckets: {logs: folder, results: mkdtempSync(path.join(tmpdir(), 'ct-results-'))}, region, accountId: account, isFrozen: true,
	trails: [{Name: 'audit', S3BucketName: 'logs', TrailARN: `arn:aws:cloudtrail:${region}:${account}:trail/audit`, HomeRegion: region, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, IsOrganizationTrail: false}],
});
process.stdout.write(`export AWS_ENDPOINT_URL=${server.url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=AKIATEST AWS_SECRET_ACCESS_KEY=test\n`);
process.on('SIGINT', () => {
	process.stdout.write(`\nStartQueryExecution ${server.count('StartQueryExecution')}, of which scans ${server.scans.length}; StopQueryExecution ${server.count('StopQueryExecution')}\n`);
	void server.close();
});
