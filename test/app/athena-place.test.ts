import {mkdir} from 'node:fs/promises';
import {expect, onTestFinished, test} from 'vitest';
import {athenaOptions} from '../../source/app/athena-place.js';
import {openAwsSession} from '../../source/aws/session.js';
import {UserError} from '../../source/lib/errors.js';
import {silentTask} from '../../source/lib/task.js';
import type {AthenaOptions} from '../../source/trail/athena/options.js';
import {AthenaServer} from '../servers/athena/server.js';
import {setEnvironment} from '../support/aws-query-server.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {accountId} from '../support/trail-records.js';

const trail = (changes: Readonly<Record<string, unknown>> = {}) => ({
	Name: 'audit', S3BucketName: 'logs', TrailARN: `arn:aws:cloudtrail:us-east-1:${accountId}:trail/audit`, HomeRegion: 'us-east-1', IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, IsOrganizationTrail: false, ...changes,
});

/** What Athena is asked with where these trails are found. */
async function found(...trails: unknown[]): Promise<AthenaOptions> {
	const folder = await temporaryFolder();
	const server = await AthenaServer.start({buckets: {logs: folder}, isHeld: true, trails});
	onTestFinished(async () => server.close());
	await mkdir(folder, {recursive: true});
	setEnvironment({AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret'});
	const session = await openAwsSession({region: 'us-east-1'});
	return athenaOptions({kind: 'athena'}, {accountId, cacheFolder: folder, session, limits: {yes: true, maxBytes: null, skipSetup: false}, task: silentTask});
}

test.each([
	['of all regions', {}, {multiRegion: true, globalServiceEvents: true}],
	['of one region', {IsMultiRegionTrail: false}, {multiRegion: false, globalServiceEvents: true}],
	['without global events', {IsMultiRegionTrail: false, IncludeGlobalServiceEvents: false}, {multiRegion: false, globalServiceEvents: false}],
])('what DescribeTrails says of a trail %s is kept', async (_, changes, settings) => {
	const {bucket, trailSettings} = await found(trail(changes));
	expect(bucket).toBe('logs');
	expect(trailSettings).toMatchObject([{name: 'audit', accountId, homeRegion: 'us-east-1', selectors: null, logging: null, ...settings}]);
});

test('an organization\'s trail whose organization nobody can tell is an error, not an empty folder', async () => {
	const asked = found(trail({IsOrganizationTrail: true}));
	await expect(asked).rejects.toThrow(UserError);
	await expect(asked).rejects.toThrow(/trail audit is an organization's/);
});
