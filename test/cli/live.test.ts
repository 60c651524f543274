import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {parseIamSnapshot} from '../../source/iam/file.js';
import {startQueryServer, testKeys} from '../support/aws-query-server.js';
import {accountId, answers, denied} from '../support/iam-answers.js';
import {runCli} from '../support/run-cli.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {writeSmallAccount} from './small-account.js';

const nowhere = {AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials', AWS_EC2_METADATA_DISABLED: 'true', AWS_PROFILE: ''};

test('iam snapshot: the JSON alone on stdout, what could not be had on stderr', async () => {
	const server = await startQueryServer(answers({GenerateCredentialReport: denied, ListUsers: denied}));
	const {code, stdout, stderr} = await runCli(['iam', 'snapshot'], await temporaryFolder(), {...nowhere, ...testKeys, AWS_ENDPOINT_URL: server.url});
	expect(stderr).toMatch(/^warning: IAM's own last-used dates of users are not known: AWS denies iam:ListUsers.*\n$/);
	expect(code).toBe(0);
	expect(parseIamSnapshot(stdout, 'stdout')).toMatchObject({accountId, users: [{name: 'alice'}, {name: 'bob'}], roles: [{name: 'ci'}]});
});

test('--profile and --trail print an account; what is kept of its IAM is said with its age', async () => {
	const server = await startQueryServer(answers());
	const home = await temporaryFolder();
	const {trail} = await writeSmallAccount(home);
	const credentials = path.join(home, 'credentials');
	await writeFile(credentials, '[prod]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = s3cret\n');
	const environment = {...nowhere, AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_ENDPOINT_URL: server.url};
	const words = ['--profile', 'prod', '--trail', trail, '--start', '2024-03-01', '--end', '2024-03-03', '--list', 'users'];
	const first = await runCli(words, home, environment);
	expect(first).toMatchObject({code: 0, stdout: '  alice\n- bob\n'});
	expect(first.stderr).not.toContain('IAM snapshot');
	const second = await runCli(words, home, environment);
	expect(second).toMatchObject({code: 0, stdout: '  alice\n- bob\n'});
	expect(second.stderr).toMatch(/^warning: IAM snapshot of .* old: --refresh \(r on the screen\) takes it anew$/m);
	expect(second.stderr + first.stderr).not.toMatch(/s3cret|AKIA/);
});

test('no credentials: what is missing and the next step, exit code 3', async () => {
	const {code, stdout, stderr} = await runCli(['iam', 'snapshot', '--profile', 'gone'], await temporaryFolder(), nowhere);
	expect({code, stdout}).toEqual({code: 3, stdout: ''});
	expect(stderr).toMatch(/^error: profile gone gives no credentials: .*\n {2}see the profiles with: aws configure list-profiles/);
});
