import {mkdir, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {cacheCheck, configCheck, duckdbCheck, iamFileCheck, lastAccessedCheck, liveIamCheck, trailFilesCheck} from '../../source/app/doctor-checks.js';
import {check, diagnose, findingsOf, type Check, type Finding} from '../../source/app/doctor.js';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import {printDiagnosis} from '../../source/print/doctor.js';
import {schemaErrors} from '../support/json-schema.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {completed, generated, iamServer} from '../trail/last-accessed/iam-server.js';

const {signal} = new AbortController();
const fine = check('fine', async () => 'found');
const failing = (exitCode: 2 | 3): Check => check(`wrong ${exitCode}`, async () => {
	throw new UserError('it is not there', {exitCode, hint: 'put it there'});
});
const needing = (name: string): Check => check('needing', async () => 'found', [name]);

describe('the exit code is', () => {
	const cases: Array<[code: number, when: string, checks: readonly Check[]]> = [
		[0, 'nothing is checked', []],
		[0, 'all is well', [fine, needing('fine')]],
		[2, 'the user gave something wrong', [fine, failing(2)]],
		[3, 'a source failed', [failing(3), fine]],
		[3, 'both did', [failing(3), failing(2)]],
		[3, 'a source\'s list of checks has a failed one', [{name: 'list', run: async () => findingsOf([{check: 'a', ok: true, detail: '', next: null}, {check: 'b', ok: false, detail: '', next: null}])}]],
		[3, 'what was skipped needs a source that failed', [failing(3), needing('wrong 3')]],
	];
	test.each(cases)('%i when %s', async (code, _, checks) => {
		expect(await diagnose(checks, {signal})).toMatchObject({exitCode: code});
	});
});

describe('the checks', () => {
	test('all come, in their order, each told as it is found; what needs a failed one is skipped', async () => {
		const told: Finding[] = [];
		const {findings} = await diagnose([failing(3), needing('wrong 3'), fine], {
			signal,
			found(finding) {
				told.push(finding);
			},
		});
		expect(findings.map(({name, ok}) => `${name} ${ok}`)).toEqual(['wrong 3 failed', 'needing skipped', 'fine ok']);
		expect(told).toEqual(findings);
	});

	test('a bug of ours is no finding', async () => {
		await expect(diagnose([check('broken', async () => {
			throw new TypeError('ours');
		})], {signal})).rejects.toBeInstanceOf(TypeError);
	});

	test('a cancel ends them', async () => {
		const controller = new AbortController();
		const cancelling = check('cancelling', async () => {
			controller.abort();
			return 'found';
		});
		let ran = false;
		const after = check('after', async () => {
			ran = true;
			return 'found';
		});
		await expect(diagnose([cancelling, after], {signal: controller.signal})).rejects.toBeInstanceOf(CancelledError);
		expect(ran).toBe(false);
	});
});

describe('what is printed', () => {
	const account = {id: '111122223333', name: null};

	test('a line for each, with what to do, and nothing that a terminal would act on', async () => {
		const odd = check('odd', async () => 'a \u001B[31mred\u001B[0m name\nand a line');
		const text = printDiagnosis(await diagnose([fine, failing(3), needing('wrong 3'), odd], {signal}), account, 'text');
		expect(text.split('\n').slice(0, 3)).toEqual(['ok       fine: found', 'FAILED   wrong 3: it is not there; do: put it there', 'skipped  needing: needs: wrong 3']);
		expect(text.split('\n')).toHaveLength(5);
		expect(text).not.toContain('\u001B');
	});

	test('the JSON has a schema', async () => {
		const document: unknown = JSON.parse(printDiagnosis(await diagnose([fine, failing(2), needing('wrong 2')], {signal}), account, 'json'));
		expect(schemaErrors('doctor', document)).toEqual([]);
		expect(document).toMatchObject({account: {name: '111122223333'}, ok: false, checks: [{ok: 'ok'}, {ok: 'failed', next: 'put it there'}, {ok: 'skipped', next: null}]});
	});
});

/** "ok", or "failed: detail; hint", of a check of one thing. */
async function outcome(one: Check): Promise<string> {
	const {findings, exitCode} = await diagnose([{...one, needs: []}], {signal});
	return findings.map(({ok, detail, next}) => ok === 'ok' ? 'ok' : `${exitCode} ${detail}; ${next ?? ''}`).join(' | ');
}

describe('a check of files', () => {
	const details = JSON.stringify({UserDetailList: [{UserName: 'ann', Arn: 'arn:aws:iam::111122223333:user/ann'}], RoleDetailList: [], GroupDetailList: [], Policies: []});

	test('the configuration: none and a good one are ok, a damaged one is the user\'s to mend', async () => {
		const folder = await temporaryFolder();
		const file = path.join(folder, 'config.json');
		expect(await outcome(configCheck(file))).toBe('ok');
		await writeFile(file, '{"accounts":[]}');
		expect(await outcome(configCheck(file))).toBe('ok');
		await writeFile(file, '{');
		expect(await outcome(configCheck(file))).toMatch(/^2 the configuration file .* is damaged: .*; mend it/);
	});

	test('the cache folder: it takes a file, and none is left; one that cannot be is told', async () => {
		const folder = await temporaryFolder();
		expect(await outcome(cacheCheck(folder))).toBe('ok');
		expect(await readdir(path.join(folder, 'trails'))).toEqual([]);
		const file = path.join(folder, 'file');
		await writeFile(file, '');
		expect(await outcome(cacheCheck(file))).toMatch(/^2 the cache folder .* cannot be used: .*; name another one in CLOUDTRACKER_TUI_CACHE_DIR$/);
	});

	test('DuckDB starts', async () => {
		expect(await outcome(duckdbCheck(await temporaryFolder()))).toBe('ok');
	});

	test('the IAM snapshot: a missing one, and one of another account', async () => {
		const file = path.join(await temporaryFolder(), 'iam.json');
		expect(await outcome(iamFileCheck(file, null))).toMatch(/^2 .*iam\.json does not exist/);
		await writeFile(file, details);
		expect(await outcome(iamFileCheck(file, null))).toBe('ok');
		expect(await outcome(iamFileCheck(file, '111122223333'))).toBe('ok');
		expect(await outcome(iamFileCheck(file, '999988887777'))).toMatch(/^2 .* is of account 111122223333, not of 999988887777; make one of 999988887777/);
	});

	test('the logs: a folder without any, and one with some', async () => {
		const folder = await temporaryFolder();
		expect(await outcome(trailFilesCheck(folder))).toMatch(/^2 .*; ./);
		await mkdir(path.join(folder, 'AWSLogs'));
		await writeFile(path.join(folder, 'AWSLogs', 'a.json'), '{"Records":[]}');
		expect(await outcome(trailFilesCheck(folder))).toBe('ok');
	});
});

describe('a check of IAM', () => {
	const credentials = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret'};
	const arn = 'arn:aws:iam::111122223333:role/deployment';
	const denied = {error: 'AccessDenied', status: 403} as const;
	const answers: Readonly<Record<string, string>> = {
		GetAccountAuthorizationDetails: '<UserDetailList/><IsTruncated>false</IsTruncated>',
		GenerateCredentialReport: '<State>COMPLETE</State>',
		GetCredentialReport: '<Content>dXNlcg==</Content><ReportFormat>text/csv</ReportFormat>',
		ListUsers: '<Users><member><UserName>ann</UserName><UserId>AIDAANN</UserId><Path>/</Path><Arn>arn:aws:iam::111122223333:user/ann</Arn><CreateDate>2020-01-01T00:00:00Z</CreateDate></member></Users>',
		ListAccessKeys: '<AccessKeyMetadata><member><UserName>ann</UserName><AccessKeyId>AKIAEXAMPLEEXAMPLE00</AccessKeyId><Status>Active</Status></member></AccessKeyMetadata>',
		GetAccessKeyLastUsed: '<UserName>ann</UserName>',
	};

	const live = async (refused: readonly string[], state = 'COMPLETE') => {
		const server = await iamServer(({action}) => {
			if (refused.includes(action)) {
				return denied;
			}

			return state !== 'COMPLETE' && action === 'GetCredentialReport' ? {error: 'ReportInProgress', status: 404} : {result: answers[action] ?? ''};
		});
		const {findings, exitCode} = await diagnose([liveIamCheck({credentials, region: 'us-east-1', endpoint: server.endpoint})], {signal});
		return {failed: findings.filter(({ok}) => ok === 'failed').map(({name}) => name), next: findings.map(({next}) => next).filter(next => next !== null), exitCode, calls: server.calls.map(({action}) => action)};
	};

	const details = 'GetAccountAuthorizationDetails';
	const cases: Array<[what: string, refused: readonly string[], failed: readonly string[], calls: readonly string[]]> = [
		['all is allowed: the users are not asked for', [], [], [details, 'GenerateCredentialReport', 'GetCredentialReport']],
		['the details are denied', [details], [`live IAM (iam:${details})`], [details, 'GenerateCredentialReport', 'GetCredentialReport']],
		['the report is denied: the dates come user by user', ['GenerateCredentialReport'], [], [details, 'GenerateCredentialReport', 'ListUsers', 'ListAccessKeys', 'GetAccessKeyLastUsed']],
		['the report may be made and not read: the dates come user by user', ['GetCredentialReport'], [], [details, 'GenerateCredentialReport', 'GetCredentialReport', 'ListUsers', 'ListAccessKeys', 'GetAccessKeyLastUsed']],
		['both ways are denied', ['GenerateCredentialReport', 'ListUsers'], ['live IAM (iam:GenerateCredentialReport)', 'live IAM (iam:ListUsers)'], [details, 'GenerateCredentialReport', 'ListUsers']],
		['keys are denied on the other way', ['GenerateCredentialReport', 'ListAccessKeys'], ['live IAM (iam:GenerateCredentialReport)', 'live IAM (iam:ListAccessKeys)'], [details, 'GenerateCredentialReport', 'ListUsers', 'ListAccessKeys']],
	];
	test.each(cases)('%s', async (_, refused, failed, calls) => {
		const found = await live(refused);
		expect(found).toMatchObject({failed, calls, exitCode: failed.length === 0 ? 0 : 3});
		expect(found.next.every(next => next.includes('docs/iam-permissions.md'))).toBe(true);
		expect(found.next).toHaveLength(failed.length);
	});

	test('a report in the making was not denied', async () => {
		expect(await live([], 'STARTED')).toMatchObject({failed: [], exitCode: 0});
	});

	test('last accessed data: what IAM lists, and a refusal', async () => {
		let refuse = false;
		const server = await iamServer(({action}) => {
			if (refuse) {
				return denied;
			}

			return action.startsWith('Generate') ? generated(arn) : completed('2026-02-01T10:00:00Z', '');
		});
		const cacheFolder = await temporaryFolder();
		const one = lastAccessedCheck(async () => ({credentials, region: 'us-east-1', accountId: '111122223333', principals: [arn], cacheFolder, endpoint: server.endpoint}));
		expect(await outcome(one)).toBe('ok');
		refuse = true;
		expect(await outcome(one)).toMatch(/^3 AWS denies iam:GenerateServiceLastAccessedDetails: .*; allow iam:GenerateServiceLastAccessedDetails .*docs\/iam-permissions\.md/);
	});
});
