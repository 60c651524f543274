import {Buffer} from 'node:buffer';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {loadIamFile, parseIamSnapshot} from '../../source/iam/file.js';
import {UserError} from '../../source/lib/errors.js';

const account = '111122223333';
const document = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]};
const user = {
	Path: '/staff/', UserName: 'ann', UserId: 'AIDAANN', Arn: `arn:aws:iam::${account}:user/staff/ann`, CreateDate: '2017-09-02T18:02:14+00:00',
	GroupList: ['staff'], AttachedManagedPolicies: [{PolicyName: 'Read', PolicyArn: `arn:aws:iam::${account}:policy/Read`}],
	UserPolicyList: [{PolicyName: 'own', PolicyDocument: document}], Tags: [],
	PermissionsBoundary: {PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: `arn:aws:iam::${account}:policy/Limit`},
};
const role = {
	Path: '/', RoleName: 'app', RoleId: 'AROAAPP', Arn: `arn:aws:iam::${account}:role/app`, CreateDate: '2020-01-01T00:00:00Z', AssumeRolePolicyDocument: document,
	RolePolicyList: [], AttachedManagedPolicies: [], InstanceProfileList: [], RoleLastUsed: {LastUsedDate: '2024-05-06T07:08:09+00:00', Region: 'eu-west-1'},
};
const group = {Path: '/', GroupName: 'staff', GroupId: 'AGPA', Arn: `arn:aws:iam::${account}:group/staff`, GroupPolicyList: [], AttachedManagedPolicies: []};
const policy = {
	PolicyName: 'Read', Arn: `arn:aws:iam::${account}:policy/Read`, DefaultVersionId: 'v2',
	PolicyVersionList: [{VersionId: 'v1', IsDefaultVersion: false, Document: {}}, {VersionId: 'v2', IsDefaultVersion: true, Document: document}],
};
const page = {UserDetailList: [user], RoleDetailList: [role], GroupDetailList: [group], Policies: [policy]};
const text = JSON.stringify(page, null, 4);

const folder = mkdtempSync(path.join(tmpdir(), 'iam-file-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

function write(name: string, content: string | Uint8Array): string {
	const file = path.join(folder, name);
	writeFileSync(file, content);
	return file;
}

describe('a snapshot is read from', () => {
	it('the AWS CLI\'s output as it is', () => {
		expect(parseIamSnapshot(text, 'iam.json')).toEqual({
			accountId: account,
			users: [{
				kind: 'user', arn: user.Arn, name: 'ann', path: '/staff/', id: 'AIDAANN', created: '2017-09-02T18:02:14Z', groups: ['staff'],
				boundaryArn: `arn:aws:iam::${account}:policy/Limit`, inlinePolicies: [{name: 'own', document}], attachedPolicies: [{name: 'Read', arn: policy.Arn}],
			}],
			roles: [{
				kind: 'role', arn: role.Arn, name: 'app', path: '/', id: 'AROAAPP', created: '2020-01-01T00:00:00Z', boundaryArn: null,
				inlinePolicies: [], attachedPolicies: [], lastUsed: '2024-05-06T07:08:09Z', trustPolicy: document,
			}],
			groups: [{arn: group.Arn, name: 'staff', path: '/', inlinePolicies: [], attachedPolicies: []}],
			policies: [{name: 'Read', arn: policy.Arn, document}],
			warnings: [],
		});
	});

	const second = JSON.stringify({UserDetailList: [{...user, UserName: 'bea "}]} \\', Arn: `arn:aws:iam::${account}:user/bea`}]});
	it.each<[form: string, content: string | Uint8Array, users: number]>([
		['pages one after another', `${JSON.stringify({...page, IsTruncated: true, Marker: 'x'})}\n${second}\n`, 2],
		['pages without anything between them', JSON.stringify(page) + second, 2],
		['pages in an array', `[${text},${second}]`, 2],
		['overlapping pages', text + text, 1],
		['a UTF-8 byte order mark', `\u{FEFF}${text}`, 1],
		['UTF-16 as PowerShell writes it', Buffer.from(`\u{FEFF}${text}`, 'utf16le'), 1],
		['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le'), 1],
		['big-endian UTF-16', Buffer.from(`\u{FEFF}${text}`, 'utf16le').swap16(), 1],
		['Windows line ends', text.replaceAll('\n', '\r\n'), 1],
	])('%s', async (_, content, users) => {
		const snapshot = await loadIamFile(write('iam.json', content));
		expect(snapshot.accountId).toBe(account);
		expect(snapshot.users).toHaveLength(users);
		expect(snapshot.roles).toHaveLength(1);
	});

	it.each<[form: string, written: unknown, read: unknown]>([
		['an object', document, document],
		['JSON in a string', JSON.stringify(document), document],
		['URL-encoded JSON', encodeURIComponent(JSON.stringify(document)), document],
		['text that is neither', '%7Bnope', null],
		['a percent sign that encodes nothing', '100%', null],
	])('a policy document as %s', (_, written, read) => {
		const {users, warnings} = parseIamSnapshot(JSON.stringify({...page, UserDetailList: [{...user, UserPolicyList: [{PolicyName: 'own', PolicyDocument: written}]}]}), 'x');
		expect(users[0]?.inlinePolicies).toEqual([{name: 'own', document: read}]);
		expect(warnings.map(({code}) => code)).toEqual(read === null ? ['iam-bad-document'] : []);
	});

	it.each<[form: string, written: unknown, read: string | null]>([
		['ISO 8601 with an offset', '2023-03-09T12:41:45+02:00', '2023-03-09T10:41:45Z'],
		['with a space for the T', '2023-03-09 10:41:45+00:00', '2023-03-09T10:41:45Z'],
		['seconds since 1970', 1_678_358_505, '2023-03-09T10:41:45Z'],
		['nothing', undefined, null],
		['no date', 'soon', null],
	])('a date as %s', (_, written, read) => {
		expect(parseIamSnapshot(JSON.stringify({UserDetailList: [{...user, CreateDate: written}]}), 'x').users[0]?.created).toBe(read);
	});

	it('a page with lists missing, saying which', () => {
		const snapshot = parseIamSnapshot(JSON.stringify({UserDetailList: [user]}), 'x');
		expect(snapshot.roles).toEqual([]);
		expect(snapshot.warnings.map(({message}) => message)).toEqual([
			'The IAM snapshot has no RoleDetailList: it knows no roles',
			'The IAM snapshot has no GroupDetailList: it knows no groups',
			'The IAM snapshot has no Policies: it knows no managed policies',
		]);
	});

	it('a policy whose versions are missing: its document stays missing', () => {
		expect(parseIamSnapshot(JSON.stringify({...page, Policies: [{...policy, PolicyVersionList: undefined}]}), 'x').policies[0]?.document).toBeNull();
	});

	it('a principal without an ARN: left out, and said', () => {
		const {roles, warnings} = parseIamSnapshot(JSON.stringify({...page, RoleDetailList: [{...role, Arn: undefined}]}), 'x');
		expect(roles).toEqual([]);
		expect(warnings.map(({message}) => message)).toEqual(['The role app has no Arn in the IAM snapshot: it is left out']);
	});

	it('what two pages say of one principal, together', () => {
		const other = {...user, GroupList: ['admins'], UserPolicyList: [{PolicyName: 'more', PolicyDocument: document}], AttachedManagedPolicies: []};
		const {users} = parseIamSnapshot(JSON.stringify([page, {UserDetailList: [other]}]), 'x');
		expect(users).toHaveLength(1);
		expect(users[0]?.groups).toEqual(['staff', 'admins']);
		expect(users[0]?.inlinePolicies.map(({name}) => name)).toEqual(['own', 'more']);
	});
});

describe('is refused, with its name and the way to make one', () => {
	const otherAccount = {UserDetailList: [{...user, Arn: 'arn:aws:iam::444455556666:user/ann'}]};
	it.each<[what: string, content: string | Uint8Array, message: RegExp]>([
		['an empty file', ' \n', /is empty/],
		['text', 'hello', /is not JSON/],
		['a file that was cut off', text.slice(0, -40), /is cut off .*in the middle of page 1/],
		['a second page that was cut off', text + text.slice(0, 300), /is cut off .*in the middle of page 2/],
		['a file cut off inside a string', text.slice(0, text.indexOf('UserName') + 4), /is cut off/],
		['something behind the page', `${text} oops`, /is not JSON .*page 2 of 2/],
		['a CloudTrail file', '{"Records": []}', /no IAM snapshot: it looks like a CloudTrail log file/],
		['list-users', '{"Users": []}', /looks like the output of `aws iam list-users`/],
		['a policy document', JSON.stringify(document), /looks like a policy document/],
		['list-policies', JSON.stringify({Policies: [policy]}), /policies but no users, roles or groups/],
		['some other JSON', '{"a": 1}', /is no IAM snapshot; expected/],
		['an array of texts', '["a"]', /is no IAM snapshot; expected/],
		['an empty array', '[]', /is no IAM snapshot; expected/],
		['a number', '42', /is no IAM snapshot; expected/],
		['a first page without its last', JSON.stringify({...page, IsTruncated: true}), /says that there is more/],
		['a page made with --max-items', JSON.stringify({...page, NextToken: 'x'}), /says that there is more/],
		['pages of two accounts', text + JSON.stringify(otherAccount), /pages of different accounts: 111122223333, 444455556666/],
		['a page without any account', '{"UserDetailList": []}', /does not say whose account/],
		['a compressed file', Uint8Array.of(0x1F, 0x8B, 8), /is compressed/],
	])('%s', async (_, content, message) => {
		const file = write('bad.json', content);
		const error: unknown = await loadIamFile(file).catch((error_: unknown) => error_);
		expect(error).toBeInstanceOf(UserError);
		expect(error).toMatchObject({message: expect.stringContaining(file) as unknown, exitCode: 2, hint: expect.any(String) as unknown});
		expect(error).toMatchObject({message: expect.stringMatching(message) as unknown});
	});

	it.each([['a folder', folder, /is a folder/], ['a file that is not there', path.join(folder, 'none.json'), /does not exist/]])('%s', async (_, file, message) => {
		await expect(loadIamFile(file)).rejects.toThrow(message);
		await expect(loadIamFile(file)).rejects.toMatchObject({hint: 'Make one with: aws iam get-account-authorization-details > iam.json'});
	});
});

const samples = '../shared/samples/iam';
describe.skipIf(!existsSync(samples))('real snapshots (skipped where ../shared/samples is absent)', () => {
	it.each([['cloudsplaining-example.json', '200611803367', [44, 78, 5, 84]], ['cloudmapper-demo.json', '123456789012', [2, 4, 1, 2]]])('%s', async (file, accountId, counts) => {
		const snapshot = await loadIamFile(path.join(samples, file));
		expect(snapshot.accountId).toBe(accountId);
		expect([snapshot.users.length, snapshot.roles.length, snapshot.groups.length, snapshot.policies.length]).toEqual(counts);
		expect(snapshot.warnings).toEqual([]);
	});
});
