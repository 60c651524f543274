import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {runCli} from '../support/run-cli.js';

let home = '';

beforeAll(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'cloudtracker-tui-test-'));
});

afterAll(async () => {
	await rm(home, {recursive: true, force: true});
});

const demo = async (...words: string[]) => runCli(['--demo', ...words], home);

describe('what a user did in a role: CloudTracker\'s three examples on the demo', () => {
	test.each([
		['alice', ['--destrole', 'admin'], ['kms:createalias', 's3:putbucketpolicy', 'ec2:describesecuritygroups'], ['iam:createrole', 'route53:changeresourcerecordsets', 'backup:listbackupvaults']],
		['charlie', ['--destrole', 'admin'], ['iam:createrole', 'route53:changeresourcerecordsets', 'ec2:describesecuritygroups'], ['kms:createalias', 's3:putbucketpolicy', 'backup:listbackupvaults']],
		['charlie', ['--destaccount', 'backup', '--destrole', 'admin'], ['backup:listbackupvaults', 'ec2:describesnapshots'], ['iam:createrole', 'kms:createalias', 'ec2:describesecuritygroups', 'ec2:copysnapshot']],
	])('--user %s %j', async (user, words, used, unused) => {
		const {code, stdout} = await demo('--user', user, ...words);
		expect(code).toBe(0);
		const [first, second, ...lines] = stdout.split('\n');
		expect(first).toMatch(new RegExp(String.raw`^Getting info on ${user}, user created \d{4}-\d\d-\d\dT[\d:]+Z$`));
		expect(second).toBe('Getting info for AssumeRole into admin');
		expect(lines).toEqual(expect.arrayContaining([...used.map(action => `  ${action}`), ...unused.map(action => `- ${action}`)]));
	});

	test('the role\'s document says who was behind the sessions', async () => {
		const {code, stdout} = await demo('--user', 'charlie', '--destaccount', '777788889999', '--destrole', 'admin', '--show-used', '--format', 'json');
		expect(code).toBe(0);
		expect(schemaErrors('destination', JSON.parse(stdout))).toEqual([]);
		expect(objectOf(stdout)).toMatchObject({
			account: {id: '777788889999', name: 'backup'},
			principal: {arn: 'arn:aws:iam::777788889999:role/admin'},
			originator: {kind: 'user', arn: 'arn:aws:iam::111122223333:user/charlie', name: 'charlie'},
			via: [],
			sessions: [{name: 'charlie', sourceIdentity: null, link: 'shared-event', assumed: 3, sourceAddresses: ['203.0.113.77']}],
		});
	});

	test('CSV, and only what was used', async () => {
		const {code, stdout} = await demo('--user', 'charlie', '--destaccount', 'backup', '--destrole', 'admin', '--show-used', '--format', 'csv');
		expect(code).toBe(0);
		expect(stdout.trim().split('\r\n').map(line => line.split(',')[0])).toEqual(['action', 'backup:ListBackupVaults', 'backup:ListRecoveryPointsByBackupVault', 'ec2:DescribeSnapshots', 's3:ListAllMyBuckets']);
	});
});

describe('what cannot be answered', () => {
	test.each([
		['a user who never was in the role: who was', ['--user', 'bob', '--destrole', 'admin'], /^error: no session of role admin from user bob is in the log .*\n {2}it was used by user \w+, user \w+$/m],
		['a role that nobody used', ['--user', 'alice', '--destrole', 'data-export'], /^error: no session of role data-export .*, and none of anybody else\n {2}.*--start$/m],
		['a role that is not there', ['--user', 'alice', '--destrole', 'admim'], /^error: account demo has no role "admim" \(did you mean admin\?\)$/m],
		['an account that is not there', ['--user', 'alice', '--destrole', 'admin', '--destaccount', 'bakcup'], /^error: unknown account "bakcup" for --destaccount \(did you mean backup\?\)$/m],
	])('%s', async (_, words, message) => {
		const {code, stdout, stderr} = await demo(...words);
		expect(stderr).toMatch(message);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
	});
});

describe('--trust', () => {
	test('who may assume a role against who did, and who they are', async () => {
		const {code, stdout} = await demo('--role', 'admin', '--trust');
		expect(code).toBe(0);
		const lines = stdout.split('\n');
		expect(lines[0]).toBe('Getting info for role admin');
		expect(lines[1]).toMatch(/^ {2}user arn:aws:iam::111122223333:user\/alice: assumed \d+ times in the window, if aws:MultiFactorAuthPresent$/);
		expect(lines.filter(line => line.startsWith('  user ')).map(line => line.split(':')[0])).toEqual(expect.arrayContaining(['  user alice', '  user charlie']));
	});

	test('its document is what docs/trust.schema.json says', async () => {
		const {code, stdout} = await demo('--role', 'security-audit', '--trust', '--format', 'json');
		expect(code).toBe(0);
		expect(schemaErrors('trust', JSON.parse(stdout))).toEqual([]);
		expect(objectOf(stdout)).toMatchObject({
			trust: [{kind: 'account', principal: 'arn:aws:iam::444455556666:root', verdict: 'used', conditions: ['sts:ExternalId']}],
			people: [{originator: {kind: 'account', name: '444455556666'}}],
		});
	});
});
