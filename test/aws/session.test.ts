import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {awsError} from '../../source/aws/errors.js';
import {callerIdentity} from '../../source/aws/identity.js';
import {listProfiles} from '../../source/aws/profiles.js';
import {openAwsSession, partitionOf} from '../../source/aws/session.js';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import {silentTask} from '../../source/lib/task.js';
import {startQueryServer, testKeys, setEnvironment} from '../support/aws-query-server.js';
import {identityXml} from '../support/iam-answers.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {matching, userErrorOf} from '../support/user-error.js';

/** Files of ~/.aws for one test. */
async function useFiles(config: string, credentials: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
	const folder = await temporaryFolder();
	const [configFile, credentialsFile] = [path.join(folder, 'config'), path.join(folder, 'credentials')];
	await Promise.all([writeFile(configFile, config), writeFile(credentialsFile, credentials)]);
	setEnvironment({AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile, HOME: folder, ...more});
}

describe('profiles', () => {
	test('those of both files, with where their credentials come from; sessions and services are none', async () => {
		await useFiles([
			'[default]', 'region = eu-west-1', 'sso_session = work', 'sso_account_id = 1', 'sso_role_name = r',
			'[sso-session work]', 'sso_start_url = https://example.com', 'sso_region = eu-west-1',
			'[services local]', 'iam =', '  endpoint_url = http://localhost',
			'[profile admin]', 'role_arn = arn:aws:iam::123456789012:role/admin', 'source_profile = keys', 'region = us-gov-west-1',
			'[profile tool]', 'credential_process = /bin/tool',
			'[profile web]', 'role_arn = arn:aws:iam::123456789012:role/web', 'web_identity_token_file = /token',
			'[profile bare]', 'output = json',
		].join('\n'), '[keys]\naws_access_key_id = AKIATEST\naws_secret_access_key = secret\n');
		expect(await listProfiles()).toEqual([
			{name: 'default', region: 'eu-west-1', source: 'SSO'},
			{name: 'admin', region: 'us-gov-west-1', source: 'role through keys'},
			{name: 'bare', region: undefined, source: 'no credentials'},
			{name: 'keys', region: undefined, source: 'access key'},
			{name: 'tool', region: undefined, source: 'a program'},
			{name: 'web', region: undefined, source: 'role through web identity'},
		]);
	});

	test('no files: none', async () => {
		setEnvironment({HOME: await temporaryFolder()});
		expect(await listProfiles()).toEqual([]);
	});
});

describe('the region', () => {
	test.each<[string, string | undefined, Record<string, string>, string]>([
		['the one that is given', 'sa-east-1', {AWS_REGION: 'eu-west-3'}, 'sa-east-1'],
		['AWS_REGION before the profile\'s', undefined, {AWS_REGION: 'eu-west-3'}, 'eu-west-3'],
		['the profile\'s', undefined, {AWS_DEFAULT_REGION: 'eu-west-3'}, 'eu-central-1'],
	])('%s', async (_, region, environment, expected) => {
		await useFiles('[profile p]\nregion = eu-central-1\n', '', environment);
		expect(await openAwsSession({profile: 'p', region})).toMatchObject({region: expected, partition: 'aws'});
	});

	test('AWS_DEFAULT_REGION, then us-east-1, where the profile names none', async () => {
		await useFiles('[profile p]\noutput = json\n', '', {AWS_DEFAULT_REGION: 'cn-north-1'});
		expect(await openAwsSession({profile: 'p'})).toMatchObject({region: 'cn-north-1', partition: 'aws-cn'});
		await useFiles('[profile p]\noutput = json\n', '');
		expect(await openAwsSession({profile: 'p'})).toMatchObject({region: 'us-east-1', partition: 'aws'});
	});

	test.each([
		['us-east-1', 'aws'], ['us-gov-east-1', 'aws-us-gov'], ['cn-northwest-1', 'aws-cn'], ['us-iso-east-1', 'aws-iso'], ['us-isob-east-1', 'aws-iso-b'], ['eusc-de-east-1', 'aws-eusc'],
	])('%s lies in %s', (region, partition) => {
		expect(partitionOf(region)).toBe(partition);
	});
});

describe('credentials', () => {
	test('a profile wins over keys of the environment, and says nothing on standard error', async () => {
		const server = await startQueryServer(() => ({xml: identityXml()}));
		await useFiles('', '[p]\naws_access_key_id = AKIAOFPROFILE\naws_secret_access_key = secret\n', {...testKeys, AWS_ENDPOINT_URL: server.url});
		const session = await openAwsSession({profile: 'p'});
		expect(await session.credentials()).toMatchObject({accessKeyId: 'AKIAOFPROFILE'});
	});

	test('that a profile does not give say of which profile they are, whoever calls AWS with them', async () => {
		await useFiles('[profile tool]\ncredential_process = /bin/false\n', '');
		const {credentials} = await openAwsSession({profile: 'tool'});
		await expect(credentials()).rejects.toThrow(/^profile tool gives no credentials$/);
		await expect(credentials()).rejects.toThrow(UserError);
	});

	test('a role of a profile is assumed once for all clients of a session', async () => {
		const server = await startQueryServer(({Action}) => Action === 'AssumeRole'
			? {xml: '<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/admin/x</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>'}
			: {xml: identityXml()});
		await useFiles('[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = keys\n', '[keys]\naws_access_key_id = AKIATEST\naws_secret_access_key = secret\n', {AWS_ENDPOINT_URL: server.url});
		const session = await openAwsSession({profile: 'admin'});
		await callerIdentity(session, silentTask().signal);
		await callerIdentity(session, silentTask().signal);
		expect(server.calls.map(({Action}) => Action)).toEqual(['AssumeRole', 'GetCallerIdentity', 'GetCallerIdentity']);
	});
});

describe('credentials that a profile does not give: what is wrong, and the command that mends it', () => {
	const sso = '[profile p]\nsso_session = work\nsso_account_id = 123456789012\nsso_role_name = r\nregion = eu-west-1\n[sso-session work]\nsso_start_url = https://example.com\nsso_region = eu-west-1\n';
	test.each([
		['no sign-in was made', sso, /sign-in of profile p has expired or was never made/, /^sign in with: aws sso login --profile p$/],
		['no such profile', '[profile other]\nregion = eu-west-1\n', /profile p gives no credentials: it is not in ~\/\.aws\/config/, /aws configure list-profiles/],
		['nothing in the profile', '[profile p]\nregion = eu-west-1\n', /profile p gives no credentials/, /aws sts get-caller-identity --profile p/],
		['a code of a device is asked for', '[profile p]\nrole_arn = arn:aws:iam::123456789012:role/a\nsource_profile = keys\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n', /asks for a code of a multi-factor device/, /aws configure export-credentials --profile p/],
		['a program that fails', '[profile p]\ncredential_process = /nowhere/program --secret s3cret\n', /^profile p gives no credentials$/, /aws sts get-caller-identity --profile p/],
	])('%s', async (_, config, message, hint) => {
		await useFiles(config, '[keys]\naws_access_key_id = AKIATEST\naws_secret_access_key = secret\n');
		const session = await openAwsSession({profile: 'p'});
		const error = await userErrorOf(callerIdentity(session, silentTask().signal));
		expect(error).toMatchObject({exitCode: 3, message: matching(message), hint: matching(hint)});
		expect(error.message).not.toContain('s3cret');
	});
});

describe('errors of any client', () => {
	const named = (name: string, message = name, more: object = {}): Error => Object.assign(new Error(message), {name, $metadata: {}, ...more});
	test.each<[string, Error, RegExp]>([
		['throttled', named('ThrottlingException'), /^AWS throttles athena:StartQueryExecution/],
		['throttled by S3', named('SlowDown'), /^AWS throttles/],
		['denied', named('AccessDeniedException', 'You are not authorized'), /^AWS denies athena:StartQueryExecution: You are not authorized$/],
		['another region', named('PermanentRedirect'), /wrong region \(eu-west-1\)/],
		['no name server', named('Error', 'getaddrinfo ENOTFOUND athena.eu-west-9.amazonaws.com', {code: 'ENOTFOUND'}), /^AWS cannot be reached for athena:StartQueryExecution in eu-west-1/],
		['network trouble as a cause', new Error('request failed', {cause: Object.assign(new Error('gone'), {code: 'ECONNRESET'})}), /^AWS cannot be reached/],
		['an error nobody foresaw', named('InvalidRequestException', 'line 1:8: mismatched input\nmore'), /^athena:StartQueryExecution failed: line 1:8: mismatched input$/],
		['a key in AWS\'s own words', named('InvalidRequestException', 'the key AKIAABCDEFGHIJKLMNOP is bad'), /failed: the key an access key is bad$/],
	])('%s', (_, thrown, message) => {
		const error = awsError(thrown, {service: 'athena', call: 'StartQueryExecution', region: 'eu-west-1'});
		expect(error).toMatchObject({exitCode: 3, message: matching(message)});
	});

	test('the permission of a call that has another name', () => {
		expect(awsError(named('AccessDenied'), {service: 's3', call: 'ListObjectsV2', action: 's3:ListBucket', profile: 'p'})).toMatchObject({hint: matching(/^allow s3:ListBucket for the identity of profile p/)});
	});

	test('an abort is a cancellation; what is already said, and our own bugs, stay as they are', () => {
		expect(awsError(named('AbortError'), {})).toBeInstanceOf(CancelledError);
		const own = [new UserError('x'), new CancelledError(), new TypeError('x is not a function'), 'text'];
		expect(own.map(error => awsError(error, {}))).toEqual(own);
	});
});
