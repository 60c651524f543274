import {Buffer} from 'node:buffer';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {loadCredentialReport, parseCredentialReport} from '../../source/iam/credential-report.js';
import {lastOf} from '../../source/iam/credentials-used.js';
import {account} from '../domain/rows.js';
import {snapshotOf, user} from '../domain/snapshots.js';
import {reportCsv} from '../support/iam-answers.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {containing, matching, userErrorOf} from '../support/user-error.js';

const csv = reportCsv({
	alice: ['2024-03-02T01:02:03+00:00', '2024-03-01T00:00:00+00:00', 'N/A'],
	bob: ['no_information', 'N/A', '2024-03-04T05:06:07+00:00'],
	carol: ['N/A', 'N/A', 'N/A'],
}, account);

async function file(content: string | Uint8Array): Promise<string> {
	const target = path.join(await temporaryFolder(), 'report');
	await writeFile(target, content);
	return target;
}

const snapshot = snapshotOf([user('alice'), user('bob'), user('carol'), user('dave')]);

const base64 = Buffer.from(csv).toString('base64');

describe('a file gives its dates to the users of a snapshot', () => {
	test.each([
		['the CSV', csv],
		['the CSV as Windows writes it', `\uFEFF${csv.replaceAll('\n', '\r\n')}\r\n`],
		['base64, not decoded', `${base64}\n`],
		['the AWS CLI\'s JSON', JSON.stringify({Content: base64, ReportFormat: 'text/csv', GeneratedTime: '2024-03-10T00:00:00+00:00'})],
	])('%s', async (_, content) => {
		const dated = await loadCredentialReport(await file(content));
		expect(dated(snapshot).users.map(({name, credentialsUsed}) => [name, credentialsUsed])).toEqual([
			['alice', {last: '2024-03-02T01:02:03Z', by: 'password', complete: true}],
			['bob', {last: '2024-03-04T05:06:07Z', by: 'access key', complete: true}],
			['carol', {last: null, by: null, complete: true}],
			['dave', undefined],
		]);
	});

	test('the report of another account is refused, both named', async () => {
		const dated = await loadCredentialReport(await file(reportCsv({}, '999999999999')));
		expect(() => dated(snapshot)).toThrow(new RegExp(`credential report of account 999999999999, not of ${account}`));
	});
});

describe('what is no report is an error that names the file and the command', () => {
	test.each([
		['empty', '', /report is no credential report: its first line has no arn/],
		['another CSV', 'a,b\n1,2\n', /is no credential report: its first line has no arn, no password_last_used/],
		['cut off', csv.slice(0, -20), /is cut off or damaged: line 5 has \d+ fields, not 22/],
		['the answer of generate-credential-report', '{"State": "STARTED"}', /has no Content/],
		['half of a JSON', '{"Content": "dXNl', /is not whole JSON/],
		['an IAM snapshot', '{"UserDetailList": []}', /has no Content/],
	])('%s', async (_, content, message) => {
		const error = await userErrorOf(loadCredentialReport(await file(content)));
		expect(error).toMatchObject({exitCode: 2, message: matching(message), hint: containing('aws iam get-credential-report')});
	});

	test('a file that is not there', async () => {
		await expect(loadCredentialReport('/nowhere/report.csv')).rejects.toThrow(/^\/nowhere\/report\.csv could not be read/);
	});
});

test('a field in quotes may hold commas and quotes', () => {
	const head = 'user,arn,password_last_used,access_key_1_last_used_date,access_key_2_last_used_date';
	expect([...parseCredentialReport(`${head}\n"a, ""b""",arn:x,N/A,,N/A`, 'x')]).toEqual([['arn:x', {password: null, keys: [null, null], complete: true}]]);
});

test.each([
	['nothing', null, [], null, null],
	['the password alone', '2024-01-01T00:00:00Z', [null], '2024-01-01T00:00:00Z', 'password'],
	['a key alone', null, [null, '2024-01-01T00:00:00Z'], '2024-01-01T00:00:00Z', 'access key'],
	['a later key', '2024-01-01T00:00:00Z', ['2023-01-01T00:00:00Z', '2024-02-01T00:00:00Z'], '2024-02-01T00:00:00Z', 'access key'],
])('the last of all: %s', (_, password, keys, last, by) => {
	expect(lastOf({password, keys, complete: true})).toEqual({last, by, complete: true});
});
