import {Buffer} from 'node:buffer';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadLastAccessedFile, parseLastAccessed} from '../../../source/trail/last-accessed/file.js';
import {temporaryFolder} from '../../support/temporary-folder.js';

const arn = 'arn:aws:iam::111122223333:user/alice';
const created = '2026-02-01T10:00:00Z';
const last = '2026-01-20T12:00:00Z';

/** An output of `aws iam get-service-last-accessed-details`. */
const output = (more: Readonly<Record<string, unknown>> = {}) => ({
	JobStatus: 'COMPLETED', JobType: 'ACTION_LEVEL', JobCreationDate: '2026-02-01T10:00:00+00:00', JobCompletionDate: '2026-02-01T10:00:03+00:00', IsTruncated: false,
	ServicesLastAccessed: [
		{
			ServiceName: 'Amazon S3', ServiceNamespace: 's3', LastAuthenticated: '2026-01-20T12:00:00+00:00', LastAuthenticatedEntity: arn, LastAuthenticatedRegion: 'us-east-1', TotalAuthenticatedEntities: 1,
			TrackedActionsLastAccessed: [{ActionName: 'CreateBucket', LastAccessedTime: '2026-01-20T12:00:00+00:00', LastAccessedEntity: arn}, {ActionName: 'DeleteBucket'}],
		},
		{ServiceName: 'AWS KMS', ServiceNamespace: 'kms', TotalAuthenticatedEntities: 0},
	],
	...more,
});
const unaccessed = {ServicesLastAccessed: [{ServiceName: 'AWS KMS', ServiceNamespace: 'kms', TotalAuthenticatedEntities: 0}]};
const s3 = {service: 's3', last, actions: [{name: 'CreateBucket', last}, {name: 'DeleteBucket', last: null}]};
const kms = {service: 'kms', last: null, actions: null};

const parse = (...pages: readonly unknown[]) => parseLastAccessed(pages.map(page => JSON.stringify(page)).join('\n'), 'la.json');

describe('a file of last accessed data', () => {
	test('an output tells by its entities whose it is', () => {
		expect(parse(output())).toEqual({location: 'la.json', reports: [{arn, created, complete: true, services: [s3, kms]}], warnings: []});
	});

	test('an added Arn tells it where nothing was accessed', () => {
		expect(parse(output({...unaccessed, Arn: arn})).reports).toEqual([{arn, created, complete: true, services: [kms]}]);
	});

	const strangers: Array<[what: string, page: unknown]> = [
		['without any access', output(unaccessed)],
		['of a group or policy that several principals used', output({ServicesLastAccessed: [{ServiceNamespace: 's3', LastAuthenticated: last, LastAuthenticatedEntity: arn, TotalAuthenticatedEntities: 2}]})],
		['of a group or policy whose services name several principals', output({ServicesLastAccessed: [{ServiceNamespace: 's3', LastAuthenticated: last, LastAuthenticatedEntity: arn}, {ServiceNamespace: 'kms', LastAuthenticated: last, LastAuthenticatedEntity: `${arn}2`}]})],
		['without a date', output({JobCreationDate: undefined})],
	];
	test.each(strangers)('an output %s is left out, and said', (_, page) => {
		const {reports, warnings} = parse(output(), page);
		expect(reports).toHaveLength(1);
		expect(warnings.map(({code}) => code)).toEqual(['last-accessed-whose']);
	});

	test.each(['IN_PROGRESS', 'FAILED'])('an output of a job that is %s is left out, and said', JobStatus => {
		const {reports, warnings} = parse(output({JobStatus}));
		expect(reports).toEqual([]);
		expect(warnings.map(({code}) => code)).toEqual(['last-accessed-unfinished']);
	});

	test('pages of one report come together, and one that goes on is not whole', () => {
		const first = output({IsTruncated: true, Marker: 'x'});
		expect(parse(first).reports[0]?.complete).toBe(false);
		expect(parse(first, output({...unaccessed, Arn: arn, ServicesLastAccessed: [{ServiceNamespace: 'sqs'}]})).reports)
			.toEqual([{arn, created, complete: true, services: [s3, kms, {service: 'sqs', last: null, actions: null}]}]);
	});

	const [page1, page2] = ['x', 'y'].map(Marker => output({IsTruncated: true, Marker}));
	const end = output({...unaccessed, Arn: arn});
	test.each<[rule: string, pages: readonly unknown[], complete: boolean]>([
		['from the first to the last', [page1, page2, end], true],
		['with one of them twice', [page1, page1, end], true],
		['the last before the first', [end, page1], false],
		['a first page after the last', [page1, end, page2], false],
		['two that name the same next page', [page1, {...page1, JobCompletionDate: '2026-02-01T10:00:04+00:00'}, end], false],
		['one that goes on and does not say where', [output({IsTruncated: true}), end], false],
	])('pages are a whole report only where they chain: %s', (_, pages, complete) => {
		expect(parse(...pages).reports.map(report => report.complete)).toEqual([complete]);
	});

	test.each([[0, 1], [1, 0]])('of several reports on one principal the newest stays, in any order', (...order) => {
		const pages = [output(), output({JobCreationDate: '2025-02-01T10:00:00Z', ServicesLastAccessed: [], Arn: arn})];
		expect(parse(...order.map(index => pages[index])).reports).toEqual([{arn, created, complete: true, services: [s3, kms]}]);
	});

	test.each([['nothing', ''], ['text', 'hello'], ['another document', '{"Records":[]}'], ['a list of numbers', '[1]']])('%s is an input error that names the file', (_, text) => {
		expect(() => parseLastAccessed(text, 'la.json')).toThrow(/^la\.json .*expected the outputs of `aws iam get-service-last-accessed-details`/);
	});

	test('is read from disk, as PowerShell writes it too; a missing one is an input error', async () => {
		const file = path.join(await temporaryFolder(), 'la.json');
		await writeFile(file, Buffer.from(`\u{FEFF}${JSON.stringify(output())}`, 'utf16le'));
		const {reports} = await loadLastAccessedFile(file);
		expect(reports).toHaveLength(1);
		await expect(loadLastAccessedFile(`${file}.gone`)).rejects.toMatchObject({exitCode: 2});
	});
});
