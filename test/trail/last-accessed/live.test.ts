import {readFile, stat, writeFile} from 'node:fs/promises';
import {describe, expect, test, vi} from 'vitest';
import {CancelledError, UserError} from '../../../source/lib/errors.js';
import {silentTask, type Progress} from '../../../source/lib/task.js';
import {pollDelays} from '../../../source/trail/last-accessed/job.js';
import type {LastAccessedOptions} from '../../../source/trail/last-accessed/client.js';
import {openLastAccessed} from '../../../source/trail/last-accessed/source.js';
import {temporaryFolder} from '../../support/temporary-folder.js';
import {completed, generated, iamServer, inProgress, service, type Answer, type Call, type IamServer} from './iam-server.js';

const accountId = '111122223333';
const role = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;
const now = `${new Date().toISOString().slice(0, 19)}Z`;
const last = '2026-01-20T12:00:00Z';
const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret'};

async function optionsFor(server: IamServer, principals: readonly string[] = [role('deployment')], more: Partial<LastAccessedOptions> = {}): Promise<LastAccessedOptions> {
	return {credentials, region: 'us-east-1', accountId, principals, cacheFolder: await temporaryFolder(), endpoint: server.endpoint, ...more};
}

const isStart = ({action}: Call): boolean => action === 'GenerateServiceLastAccessedDetails';
const arnIn = ({parameters}: Call): string => parameters.get('Arn') ?? parameters.get('JobId') ?? '';

/** Every job is done at once, with what the test says of its pages. */
const whenStarted = (page: (call: Call, calls: readonly Call[]) => Answer) => (call: Call, calls: readonly Call[]): Answer => isStart(call) ? generated(arnIn(call)) : page(call, calls);

const done = completed(now, service('s3', last, {CreateBucket: last, DeleteBucket: null}) + service('kms', null));
const deployment = {
	arn: role('deployment'), created: now, complete: true,
	services: [
		{service: 's3', last, actions: [{name: 'CreateBucket', last}, {name: 'DeleteBucket', last: null}]},
		{service: 'kms', last: null, actions: null},
	],
};

describe('the report of a principal', () => {
	test('is asked for action by action, and read with its services and tracked actions', async () => {
		const server = await iamServer(whenStarted(() => done));
		const found = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(found).toEqual({location: 'IAM of account 111122223333', reports: [deployment], warnings: []});
		expect(server.calls.map(({action}) => action)).toEqual(['GenerateServiceLastAccessedDetails', 'GetServiceLastAccessedDetails']);
		expect(server.calls[0]?.parameters.get('Granularity')).toBe('ACTION_LEVEL');
	});

	test('is polled until the job is done', async () => {
		const server = await iamServer(whenStarted((_call, calls) => calls.length < 4 ? inProgress(now) : done));
		const found = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(found.reports).toEqual([deployment]);
		expect(server.calls).toHaveLength(4);
	});

	test('is polled after 250 ms at first, and after 2 s at most', () => {
		const delays = pollDelays();
		expect(Array.from({length: 6}, () => delays.next().value)).toEqual([250, 500, 1000, 2000, 2000, 2000]);
	});

	test('is read page by page, short pages too', async () => {
		const pages = new Map<string | null, Answer>([
			[null, completed(now, service('s3', last), '<IsTruncated>true</IsTruncated><Marker>second</Marker>')],
			['second', completed(now, '', '<IsTruncated>true</IsTruncated><Marker>third</Marker>')],
			['third', completed(now, service('kms', null))],
		]);
		const server = await iamServer(whenStarted(({parameters}) => pages.get(parameters.get('Marker')) ?? {error: 'InvalidInput'}));
		const {reports} = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(reports.map(({complete, services}) => [complete, services.map(access => access.service)])).toEqual([[true, ['s3', 'kms']]]);
	});

	test('that ends in the middle, with no mark to go on from, is not whole', async () => {
		const server = await iamServer(whenStarted(() => completed(now, service('s3', last), '<IsTruncated>true</IsTruncated>')));
		const {reports} = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(reports[0]?.complete).toBe(false);
	});

	test('is read after throttling', async () => {
		const server = await iamServer((call, calls) => calls.length % 2 === 1 ? {error: 'Throttling'} : whenStarted(() => done)(call, calls));
		const {reports} = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(reports).toEqual([deployment]);
	});

	test('is started again where the job is not known any more', async () => {
		const server = await iamServer(whenStarted((_call, calls) => calls.filter(call => isStart(call)).length === 1 ? {error: 'NoSuchEntity', status: 404} : done));
		const {reports} = await openLastAccessed(await optionsFor(server)).read(silentTask());
		expect(reports).toEqual([deployment]);
	});
});

describe('an account', () => {
	const names = Array.from({length: 20}, (_, index) => role(`number-${index}`));

	test('is asked about a few principals at a time, with progress, and answers in the order of the question', async () => {
		let running = 0;
		let most = 0;
		const polled = new Set<string>();
		const server = await iamServer(call => {
			if (isStart(call)) {
				running++;
				most = Math.max(most, running);
				return generated(arnIn(call));
			}

			// No job is done at its first poll: all that may run at a time are seen at a time.
			if (!polled.has(arnIn(call))) {
				polled.add(arnIn(call));
				return inProgress(now);
			}

			running--;
			return done;
		});
		const seen: Progress[] = [];
		const {reports} = await openLastAccessed(await optionsFor(server, names)).read({
			...silentTask(),
			progress(progress) {
				seen.push(progress);
			},
		});
		expect(reports.map(({arn}) => arn)).toEqual(names);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(8);
		expect(seen[0]).toMatchObject({done: 0, total: 20, unit: 'principals'});
		expect(seen.at(-1)).toMatchObject({done: 20, total: 20});
	});

	test('of which a principal is gone or its job fails has the others\' reports, and says so', async () => {
		const server = await iamServer(call => {
			if (arnIn(call) === names[0]) {
				return {error: 'NoSuchEntity', status: 404};
			}

			return arnIn(call) === names[1] && !isStart(call)
				? {result: `<JobStatus>FAILED</JobStatus><JobCreationDate>${now}</JobCreationDate><JobCompletionDate>${now}</JobCompletionDate><ServicesLastAccessed/><Error><Message>try later</Message><Code>InternalError</Code></Error>`}
				: whenStarted(() => done)(call, []);
		});
		const {reports, warnings} = await openLastAccessed(await optionsFor(server, names.slice(0, 4))).read(silentTask());
		expect(reports.map(({arn}) => arn)).toEqual(names.slice(2, 4));
		expect(warnings.map(({code, message}) => `${code}: ${message}`)).toEqual([
			'last-accessed-failed: 1 principal of which IAM could make no report (try later): role/number-1',
			'last-accessed-gone: 1 principal of the snapshot that IAM does not know any more: role/number-0',
		]);
	});

	test('of which every job fails is an error of the source', async () => {
		const server = await iamServer(whenStarted(() => ({result: `<JobStatus>FAILED</JobStatus><JobCreationDate>${now}</JobCreationDate><Error><Message>try later</Message><Code>X</Code></Error>`})));
		await expect(openLastAccessed(await optionsFor(server)).read(silentTask())).rejects.toMatchObject({exitCode: 3, message: 'IAM could make no report of account 111122223333: try later'});
	});
});

describe('a call that fails', () => {
	const cases: Array<[what: string, answer: (call: Call, calls: readonly Call[]) => Answer, message: RegExp, hint: RegExp]> = [
		['AccessDenied on starting', () => ({error: 'AccessDenied', status: 403}), /^AWS denies iam:GenerateServiceLastAccessedDetails/, /allow iam:GenerateServiceLastAccessedDetails .* docs\/iam-permissions\.md/],
		['AccessDenied on reading', whenStarted(() => ({error: 'AccessDenied', status: 403})), /^AWS denies iam:GetServiceLastAccessedDetails/, /allow iam:GetServiceLastAccessedDetails/],
		['an expired token', () => ({error: 'ExpiredToken', status: 403}), /credentials have expired/, /aws sso login/],
		['a token that expires in the middle', whenStarted(() => ({error: 'ExpiredToken', status: 403})), /credentials have expired/, /aws sso login/],
		['unknown keys', () => ({error: 'InvalidClientTokenId', status: 403}), /does not accept AWS credentials/, /aws sts get-caller-identity/],
	];
	test.each(cases)('%s is an error of the source that says what to do', async (_, answer, message, hint) => {
		const server = await iamServer(answer);
		const error: unknown = await openLastAccessed(await optionsFor(server)).read(silentTask()).catch((error: unknown) => error);
		if (!(error instanceof UserError)) {
			throw new TypeError(`no UserError: ${String(error)}`);
		}

		expect(error.exitCode).toBe(3);
		expect(error.message).toMatch(message);
		expect(error.hint).toMatch(hint);
		expect(`${error.message}${error.hint ?? ''}`).not.toContain('not-a-secret');
	});

	test('for want of a network is an error of the source', async () => {
		const server = await iamServer(() => 'hang-up');
		const reading = openLastAccessed(await optionsFor(server)).read(silentTask());
		await expect(reading).rejects.toBeInstanceOf(UserError);
		await expect(reading).rejects.toThrow('AWS cannot be reached for iam:GenerateServiceLastAccessedDetails');
	});
});

test.each<[when: string, page: Answer]>([['between two polls', inProgress(now)], ['while IAM does not answer', 'hang']])('a cancel %s ends it, and no further call is made', async (_, page) => {
	const server = await iamServer(whenStarted(() => page));
	const controller = new AbortController();
	const reading = openLastAccessed(await optionsFor(server)).read({...silentTask(), signal: controller.signal});
	const outcome = reading.catch((error: unknown) => error);
	await vi.waitFor(() => {
		expect(server.calls.length).toBeGreaterThanOrEqual(2);
	});
	controller.abort();
	expect(await outcome).toBeInstanceOf(CancelledError);
	const calls = server.calls.length;
	await expect(openLastAccessed(await optionsFor(server)).read({...silentTask(), signal: controller.signal})).rejects.toBeInstanceOf(CancelledError);
	expect(server.calls).toHaveLength(calls);
});

describe('what was read is kept', () => {
	test('for the owner alone, without credentials, and not asked for again', async () => {
		const server = await iamServer(whenStarted(() => done));
		const options = await optionsFor(server);
		const first = await openLastAccessed(options).read(silentTask());
		const file = `${options.cacheFolder}/${accountId}.json`;
		const {mode} = await stat(file);
		expect((mode % 0o1000).toString(8)).toBe('600');
		expect(await readFile(file, 'utf8')).not.toMatch(/AKID|not-a-secret/);
		expect(await openLastAccessed(options).read(silentTask())).toEqual(first);
		expect(server.calls).toHaveLength(2);
	});

	test('but asked for anew with refresh, or when it is hours old, or cannot be read', async () => {
		const old = `${new Date(Date.now() - 5 * 3_600_000).toISOString().slice(0, 19)}Z`;
		let created = old;
		const server = await iamServer(whenStarted(() => completed(created, service('s3', last))));
		const options = await optionsFor(server);
		const starts = () => server.calls.filter(call => isStart(call)).length;
		await openLastAccessed(options).read(silentTask());
		created = now;
		await openLastAccessed(options).read(silentTask());
		expect(starts()).toBe(2);
		await openLastAccessed({...options, refresh: true}).read(silentTask());
		expect(starts()).toBe(3);
		await writeFile(`${options.cacheFolder}/${accountId}.json`, '{"version":1,"reports":[{"arn":7}]}');
		await openLastAccessed(options).read(silentTask());
		expect(starts()).toBe(4);
	});

	test('though another principal\'s call fails: the next run asks for the rest', async () => {
		let denied = true;
		const server = await iamServer(whenStarted((call, calls) => {
			if (arnIn(call) === role('deployment') || !denied) {
				return done;
			}

			// The refusal comes when the other report has been here for two polls.
			const asked = (arn: string) => calls.filter(one => !isStart(one) && arnIn(one) === arn).length;
			return asked(role('deployment')) > 0 && asked(role('denied-name')) > 2 ? {error: 'AccessDenied', status: 403} : inProgress(now);
		}));
		const options = await optionsFor(server, [role('deployment'), role('denied-name')]);
		await expect(openLastAccessed(options).read(silentTask())).rejects.toThrow(/^AWS denies iam:GetServiceLastAccessedDetails/);
		denied = false;
		const before = server.calls.length;
		const {reports} = await openLastAccessed(options).read(silentTask());
		expect(reports).toHaveLength(2);
		expect(server.calls.slice(before).map(call => arnIn(call))).toEqual([role('denied-name'), role('denied-name')]);
	});
});

test('as the only source it is a usage without events, with what IAM says', async () => {
	const server = await iamServer(whenStarted(() => done));
	const source = openLastAccessed(await optionsFor(server));
	const usage = await source.usage({start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'}, silentTask());
	expect(usage).toMatchObject({source: 'last-accessed', rows: [], lastAccessed: {reports: [deployment]}});
	expect(await source.samples({start: now, end: now}, [], silentTask())).toEqual([]);
	expect(await source.calls({start: now, end: now}, [], silentTask())).toEqual([]);
	await source.close();
	await source.close();
});
