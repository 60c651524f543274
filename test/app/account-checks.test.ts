import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {accountChecks} from '../../source/app/account-checks.js';
import {demoAccount, type KnownAccount} from '../../source/app/configured-accounts.js';
import {diagnose} from '../../source/app/doctor.js';
import {writeSmallAccount} from '../cli/small-account.js';
import {startQueryServer, setEnvironment} from '../support/aws-query-server.js';
import {accountId, answers, roleXml, detailsXml} from '../support/iam-answers.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const archive = '999988887777';
const session = (account: string) => `<Arn>arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Audit_0123456789abcdef/ann</Arn><UserId>AROA:ann</UserId><Account>${account}</Account>`;

/** What the checks of these names find, of an account whose credentials are a session of a role in `caller`. */
async function found(caller: string, changes: Partial<KnownAccount>, witness: boolean, names: RegExp) {
	const home = await temporaryFolder();
	const {iam} = await writeSmallAccount(home);
	const server = await startQueryServer(answers({
		GetCallerIdentity: () => ({xml: session(caller)}),
		GetAccountAuthorizationDetails: ({Marker}) => ({xml: Marker === undefined ? detailsXml({marker: 'a'}) : detailsXml({roles: [roleXml('ci')]})}),
		GenerateServiceLastAccessedDetails: () => ({xml: '<JobId>a</JobId>'}),
		GetServiceLastAccessedDetails: () => ({xml: '<JobStatus>COMPLETED</JobStatus><JobCreationDate>2026-02-01T10:00:00Z</JobCreationDate><JobCompletionDate>2026-02-01T10:00:01Z</JobCompletionDate><ServicesLastAccessed/><IsTruncated>false</IsTruncated>'}),
	}));
	const credentials = path.join(home, 'credentials');
	await writeFile(credentials, ['prod', 'archive'].map(name => `[${name}]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = s3cret\n`).join(''));
	setEnvironment({AWS_ENDPOINT_URL: server.url, AWS_SHARED_CREDENTIALS_FILE: credentials});
	const checks = await accountChecks({
		account: {...demoAccount, expectedId: accountId, profile: 'prod', region: 'us-east-1', iam: {kind: 'file', path: iam}, ...changes},
		configFile: path.join(home, 'config.json'), cacheFolder: path.join(home, 'cache'), limits: {yes: false, maxBytes: null, skipSetup: false}, witness,
	});
	const {findings} = await diagnose(checks.filter(({name}) => names.test(name)), new AbortController());
	return {findings: findings.map(({name, ok, detail}) => `${name}: ${ok}, ${detail}`), asked: server.calls.flatMap(({Action, Arn}) => Action === 'GenerateServiceLastAccessedDetails' ? [Arn] : [])};
}

test('a trail that a log archive\'s profile asks is no fault: its account is told, and not compared', async () => {
	const {findings} = await found(archive, {trail: {kind: 'athena', profile: 'archive'}}, false, /^AWS identity/);
	expect(findings).toEqual([expect.stringMatching(new RegExp(`^AWS identity of the trail: ok, .*, account ${archive}$`))]);
});

test('where IAM itself is asked, the account is compared', async () => {
	const {findings} = await found(archive, {iam: {kind: 'live'}}, false, /^AWS identity/);
	expect(findings).toEqual([expect.stringMatching(/^AWS identity: failed, profile prod belongs to account 999988887777/)]);
});

test.each<[iam: string, place: Partial<KnownAccount>, arn: string]>([
	['a file', {}, `arn:aws:iam::${accountId}:user/alice`],
	['the account itself', {iam: {kind: 'live'}}, `arn:aws:iam::${accountId}:role/ci`],
])('a session of a role asks for last accessed data of a principal of the snapshot: %s', async (_, place, arn) => {
	const {findings, asked} = await found(accountId, place, true, /^(?:AWS identity|last accessed)/);
	expect(findings.at(-1)).toMatch(/: ok, /);
	expect(asked).toEqual([arn]);
});
