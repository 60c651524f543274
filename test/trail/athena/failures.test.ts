import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {UserError} from '../../../source/lib/errors.js';
import {silentTask} from '../../../source/lib/task.js';
import {callFailure} from '../../../source/trail/athena/failures.js';
import type {AthenaOptions} from '../../../source/trail/athena/options.js';
import {type BucketFixture, bucketOf, home} from '../../servers/athena/bucket-fixture.js';
import type {Failure} from '../../servers/athena/server.js';
import {accountId, logRecord, logText, totalEvents} from '../../support/trail-records.js';

const march = {start: '2026-03-01T00:00:00Z', end: '2026-03-02T00:00:00Z'};
const day = {'2026-03-01': [logRecord('1'), logRecord('2', {eventName: 'CreateBucket'})]};

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	await Promise.all(closing.splice(0).map(async close => close()));
});

async function bucket(more: Parameters<typeof bucketOf>[1] = {}, days: Parameters<typeof bucketOf>[0] = day): Promise<BucketFixture> {
	const made = await bucketOf(days, more);
	closing.push(made.close);
	return made;
}

/** What a question fails with. */
async function failureOf({source}: BucketFixture): Promise<UserError> {
	const failure = await source.usage(march, silentTask()).then(() => 'answered', (error: unknown) => error);
	if (!(failure instanceof UserError)) {
		throw new TypeError(`no error for the user: ${String(failure)}`);
	}

	return failure;
}

const denied = (operation: string): Failure => ({operation, code: 'AccessDeniedException', message: `not authorized to perform ${operation}`});

describe('a call that fails', () => {
	it.each<[string, Failure, RegExp, RegExp]>([
		['AccessDenied on GetWorkGroup', denied('GetWorkGroup'), /AWS refuses athena:GetWorkGroup on workgroup primary/, /give the profile athena:GetWorkGroup/],
		['AccessDenied on GetTableMetadata', denied('GetTableMetadata'), /AWS refuses athena:GetTableMetadata on table/, /give the profile athena:GetTableMetadata/],
		['AccessDenied of Glue behind GetTableMetadata', {operation: 'GetTableMetadata', code: 'MetadataException', message: 'User is not authorized to perform: glue:GetTable (Service: AmazonDataCatalog; Error Code: AccessDeniedException)'}, /AWS refuses .*glue:GetTable/, /give the profile/],
		['AccessDenied on StartQueryExecution', denied('StartQueryExecution'), /AWS refuses athena:StartQueryExecution on workgroup primary/, /athena:StartQueryExecution/],
		['AccessDenied on GetQueryExecution', denied('GetQueryExecution'), /AWS refuses athena:GetQueryExecution/, /athena:GetQueryExecution/],
		['AccessDenied on GetQueryResults', denied('GetQueryResults'), /AWS refuses athena:GetQueryResults/, /athena:GetQueryResults/],
		['AccessDenied on the bucket', {operation: 'HeadBucket', code: 'AccessDenied', status: 403}, /AWS refuses s3:ListBucket on bucket logs/, /give the profile s3:ListBucket/],
		['AccessDenied on the listing', {operation: 'ListObjectsV2', code: 'AccessDenied', status: 403}, /AWS refuses s3:ListBucket on bucket logs/, /give the profile s3:ListBucket/],
		['no such bucket', {operation: 'HeadBucket', code: 'NoSuchBucket', status: 404}, /there is no bucket logs/, /trail discover/],
		['a bucket in another region, which S3 redirects to', {operation: 'HeadBucket', code: 'PermanentRedirect', status: 301, headers: {'x-amz-bucket-region': 'eu-west-1'}}, /bucket logs lies in eu-west-1, and Athena would be asked in us-east-1/, /set the region .* to eu-west-1/],
		['credentials that have expired', {operation: 'GetWorkGroup', code: 'ExpiredTokenException', message: 'The security token included in the request is expired'}, /credentials have expired/, /aws sso login/],
		['credentials that expire in mid-scan', {operation: 'GetQueryExecution', code: 'ExpiredTokenException', message: 'expired'}, /credentials have expired/, /what was read before is kept/],
		['credentials that are no good', {operation: 'GetWorkGroup', code: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.'}, /does not take the credentials/, /get-caller-identity/],
		['throttling that does not end', {operation: 'StartQueryExecution', code: 'ThrottlingException', message: 'Rate exceeded'}, /asks for fewer requests/, /wait a little/],
		['too many queries of the workgroup', {operation: 'StartQueryExecution', code: 'TooManyRequestsException', message: 'You have exceeded the limit for the number of queries you can run concurrently.'}, /asks for fewer requests .*run concurrently/, /other queries of the workgroup/],
		['no output location', {operation: 'StartQueryExecution', code: 'InvalidRequestException', message: 'No output location provided.'}, /no place for its results/, /name an output location/],
		['the network is gone', {operation: 'GetQueryExecution', kind: 'torn'}, /no connection to AWS \(athena:GetQueryExecution/, /check the network/],
		['a page of results that is cut off', {operation: 'GetQueryResults', kind: 'cut'}, /GetQueryResults/, /nothing of the half answer was kept|start again/],
		['an error nobody knows', {operation: 'GetWorkGroup', code: 'WeatherException', message: 'rain'}, /athena:GetWorkGroup failed on workgroup primary: WeatherException: rain/, /docs\/athena\.md/],
	])('%s', async (_, failure, message, hint) => {
		const made = await bucket();
		made.server.fail(failure);
		const error = await failureOf(made);
		expect(error.message).toMatch(message);
		expect(error.hint).toMatch(hint);
	});

	it('credentials that cannot be had: the command that should give them, and its secret, is not repeated', () => {
		const error = Object.assign(new Error('Command failed: get-creds --token S3CRET'), {name: 'CredentialsProviderError'});
		const failure = callFailure(error, {action: 'athena:GetWorkGroup', on: 'workgroup primary'});
		expect(failure).toBeInstanceOf(UserError);
		expect(failure.message).toBe('no AWS credentials were found');
		expect(`${failure.message} ${failure instanceof UserError ? failure.hint : ''}`).not.toMatch(/S3CRET|get-creds/);
	});

	it('throttling that ends is waited out', async () => {
		const made = await bucket({source: {maxAttempts: 4}});
		for (const operation of ['GetWorkGroup', 'StartQueryExecution', 'GetQueryExecution']) {
			made.server.fail({operation, code: 'ThrottlingException', message: 'Rate exceeded', times: 1});
		}

		made.server.fail({operation: 'ListObjectsV2', code: 'SlowDown', status: 503, times: 1});
		const {rows} = await made.source.usage(march, silentTask());
		expect(totalEvents(rows)).toBe(2);
	});

	it('whoever fails while a query runs stops it: nobody waits for it any more', async () => {
		const made = await bucket({server: {isHeld: false}});
		made.server.fate = 'runs-on';
		made.server.fail(denied('GetQueryExecution'));
		await failureOf(made);
		expect(made.server.executions.map(({state}) => state)).toEqual(['CANCELLED']);
	});

	it('what failed is asked again by the next question, and answered', async () => {
		const made = await bucket();
		made.server.fail({...denied('GetQueryResults'), times: 1});
		await failureOf(made);
		const {rows} = await made.source.usage(march, silentTask());
		expect(totalEvents(rows)).toBe(2);
	});
});

describe('results that end in mid-page', () => {
	const many = {'2026-03-01': Array.from({length: 30}, (_, index) => logRecord(String(index), {eventName: `Call${index}`}))};

	it.each<[string, Failure]>([
		['the second page is refused', {operation: 'GetQueryResults', code: 'InternalServerException', status: 500, after: 1}],
		['the second page is cut off', {operation: 'GetQueryResults', kind: 'cut', after: 1}],
		['the connection is torn before the third', {operation: 'GetQueryResults', kind: 'torn', after: 2}],
	])('%s: an error, nothing of the answer is kept, and the next question is answered in full', async (_, failure) => {
		const made = await bucket({server: {pageRows: 10}}, many);
		made.server.fail({...failure, times: 2});
		await failureOf(made);
		const {rows} = await made.source.usage(march, silentTask());
		expect(totalEvents(rows)).toBe(30);
		expect(made.server.scans).toHaveLength(2);
	});
});

describe('a query that does not succeed', () => {
	it.each<[string, 'FAILED' | 'CANCELLED', string, RegExp, RegExp]>([
		['HIVE_BAD_DATA', 'FAILED', 'HIVE_BAD_DATA: Error parsing field value for s3://logs/x.json.gz', /failed at Athena: a log file holds what is no CloudTrail record \(HIVE_BAD_DATA.*x\.json\.gz/, /may name the file/],
		['HIVE_CURSOR_ERROR', 'FAILED', 'HIVE_CURSOR_ERROR: Unexpected end of input stream', /a log file cannot be read/, /kms:Decrypt/],
		['AccessDenied on the logs', 'FAILED', 'Access Denied (Service: Amazon S3; Status Code: 403)', /Athena may not read the logs/, /s3:GetObject/],
		['cancelled by somebody', 'CANCELLED', 'Query cancelled by user', /was cancelled at Athena \(Query cancelled by user/, /somebody stopped it/],
		['cancelled without a word', 'CANCELLED', '', /no reason was given/, /start again/],
		['cancelled by the workgroup\'s limit', 'CANCELLED', 'Bytes scanned limit was exceeded', /limit of bytes that the workgroup sets/, /shorter window/],
		['more than Athena takes on', 'FAILED', 'EXHAUSTED Query exhausted resources at this scale factor', /more than Athena takes on at once/, /what|days that were read are kept/],
		['a table that is gone', 'FAILED', 'TABLE_NOT_FOUND: line 1:1', /the table is missing/, /leave --skip-setup out/],
		['a result place that is gone', 'FAILED', 'The S3 location provided to save your query results is invalid: output location', /cannot write its results/, /must exist and lie in Athena's region/],
		['something else', 'FAILED', 'GENERIC_INTERNAL_ERROR: x', /failed at Athena \(GENERIC_INTERNAL_ERROR: x; execution [\w-]+\)/, /Athena's console/],
	])('%s', async (_, state, reason, message, hint) => {
		const made = await bucket();
		made.server.fate = {state, reason};
		const error = await failureOf(made);
		expect([error.message, error.hint, error.exitCode]).toEqual([expect.stringMatching(message), expect.stringMatching(hint), 3]);
		expect(made.server.count('StopQueryExecution')).toBe(0);
	});
});

describe('a place that holds no logs', () => {
	const empty = async (files: Readonly<Record<string, string>>, source: Partial<AthenaOptions>) => bucket({files, source}, {});

	it.each<[string, Readonly<Record<string, string>>, Partial<AthenaOptions>, RegExp]>([
		['an empty bucket', {}, {}, /s3:\/\/logs\/AWSLogs\/\d+\/CloudTrail\/ holds no logs; the bucket has no AWSLogs\/; at its top it holds nothing/],
		['a wrong prefix', {[`audit/${home}/us-east-1/2026/03/01/a.json.gz`]: ''}, {prefix: 'logs'}, /the bucket has no logs\/AWSLogs\/; at its top it holds audit/],
		['logs of other accounts alone', {'AWSLogs/444455556666/CloudTrail/us-east-1/2026/03/01/a.json.gz': ''}, {}, /AWSLogs\/ holds 4{4}5{4}6{4}/],
		['an organization\'s logs, asked for as an account\'s', {'AWSLogs/o-abcdefghij/111122223333/CloudTrail/us-east-1/2026/03/01/a.json.gz': ''}, {}, /an organization's trail lie below o-abcdefghij/],
	])('%s is an error that names what is there', async (_, files, source, message) => {
		const failure = await failureOf(await empty(files, source));
		expect(failure.message).toMatch(message);
	});

	it('a window without logs is said, with the days and accounts that are there: it is never "unused"', async () => {
		const made = await bucket({}, {'2026-05-01': [logRecord('1', {eventTime: '2026-05-01T10:00:00Z'})], '2026-05-20': [logRecord('2', {eventTime: '2026-05-20T10:00:00Z'})]});
		const usage = await made.source.usage(march, silentTask());
		expect(usage).toMatchObject({rows: [], days: [], elsewhere: [{accountId, firstEvent: '2026-05-01T10:00:00Z', lastEvent: '2026-05-20T10:00:00Z'}]});
		expect(usage.warnings.map(({code, message}) => [code, message])).toEqual([['athena-no-events', expect.stringMatching(/gave no event of account \d+ from 2026-03-01 to before 2026-03-02; its folders run from 2026-05-01 to 2026-05-20; AWSLogs\/ holds accounts \d+/)]]);
	});

	it('a table of others whose template hits nothing: the bucket\'s folders are named', async () => {
		const made = await bucket({source: {skipSetup: true}});
		const table = made.server.catalog.databases.get('cloudtracker_tui')?.tables.get('cloudtrail');
		Object.assign(table?.parameters ?? {}, {'storage.location.template': table?.parameters['storage.location.template']?.replace('CloudTrail/', '')});
		const {rows, warnings} = await made.source.usage(march, silentTask());
		expect(rows).toEqual([]);
		expect(warnings.map(({code, message}) => [code, message])).toEqual([['athena-no-events', expect.stringMatching(/its folders run from 2026-03-01 to 2026-03-01/)]]);
	});

	it('records of nothing but other accounts: no event, and the others are named', async () => {
		const made = await bucket({files: {[`${home}/us-east-1/2026/03/01/a.json`]: logText([logRecord('1', {recipientAccountId: '444455556666', userIdentity: null})])}}, {});
		const usage = await made.source.usage(march, silentTask());
		expect(usage).toMatchObject({rows: [], days: [], elsewhere: [{accountId: '444455556666', events: 1}]});
	});
});

describe('a place for results', () => {
	it('that nobody names and the console\'s bucket does not exist: an error with the command that makes it', async () => {
		const made = await bucket();
		made.server.workgroups.set('primary', {Configuration: {}});
		const error = await failureOf(made);
		expect(error.message).toMatch(/no place for Athena's results: workgroup primary names none/);
		expect(error.hint).toContain(`aws s3 mb s3://aws-athena-query-results-${accountId}-us-east-1 --region us-east-1`);
	});

	it('in a workgroup that is disabled', async () => {
		const made = await bucket();
		made.server.workgroups.set('primary', {State: 'DISABLED', Configuration: {}});
		const failure = await failureOf(made);
		expect(failure.message).toBe('the workgroup primary is disabled');
	});

	it('in a workgroup that does not exist', async () => {
		const made = await bucket({source: {workgroup: 'audit'}});
		const failure = await failureOf(made);
		expect(failure.message).toBe('there is no workgroup audit in us-east-1');
	});
});

describe('a cache folder that cannot be used', () => {
	it('is an error that names it', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'ct-file-'));
		closing.push(async () => {
			rmSync(folder, {recursive: true, force: true});
		});
		const made = await bucket({source: {cacheFolder: path.join(folder, 'x\u0000')}});
		const failure = await failureOf(made);
		expect(failure.message).toMatch(/^the cache folder .* cannot be used/);
	});
});
