import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import type {Analysis} from '../../source/app/analysis.js';
import {openWorkspace, type OpenWorkspace, type WorkspaceOptions} from '../../source/app/open-workspace.js';
import {silentTask} from '../../source/lib/task.js';
import {writeSmallAccount} from '../cli/small-account.js';
import {startQueryServer, setEnvironment, type QueryServer} from '../support/aws-query-server.js';
import {accountId, answers, denied, identityXml, reportCsv} from '../support/iam-answers.js';
import {temporaryFolder} from '../support/temporary-folder.js';
import {userErrorOf} from '../support/user-error.js';

const window = {start: '2024-03-01T00:00:00Z', end: '2024-03-04T00:00:00Z'};

type Live = {readonly home: string; readonly trail: string; readonly iam: string; readonly server: QueryServer; open(changes?: Partial<WorkspaceOptions>, selection?: Partial<WorkspaceOptions['selection']>): Promise<OpenWorkspace>};

/** An account behind a server on loopback, its profile `prod`, and its trail as files. */
async function liveAccount(...changes: Parameters<typeof answers>): Promise<Live> {
	const home = await temporaryFolder();
	const {trail, iam} = await writeSmallAccount(home);
	const server = await startQueryServer(answers(...changes));
	const credentials = path.join(home, 'credentials');
	await writeFile(credentials, '[prod]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = s3cret\n');
	setEnvironment({AWS_ENDPOINT_URL: server.url, AWS_SHARED_CREDENTIALS_FILE: credentials});
	return {
		home, trail, iam, server,
		open: async (more = {}, selection?: Partial<WorkspaceOptions['selection']>) => openWorkspace({
			selection: {account: undefined, iam: undefined, trail: undefined, config: undefined, demo: false, ...selection ?? {profile: 'prod', trail}},
			strict: false, configFolder: path.join(home, 'config'), cacheFolder: path.join(home, 'cache'),
			trailConfig: undefined, scps: [], credentialReport: undefined, refresh: false, lastAccessed: undefined, limits: {yes: false, maxBytes: null, skipSetup: false}, demoDay: '2024-03-03T00:00:00Z', ...more,
		}),
	};
}

async function analyze(workspace: OpenWorkspace, options: {readonly refresh?: boolean} = {}): Promise<Analysis> {
	return workspace.analyze(workspace.selected ?? expect.fail('no account is chosen'), window, silentTask(), options);
}

const calls = ({calls}: QueryServer, action: string): number => calls.filter(({Action}) => Action === action).length;

/** What is kept, as if it had been taken `age` milliseconds ago. */
const takenAt = (text: string, age: number): string => text.replace(/"TakenAt":"[^"]+"/, `"TakenAt":"${new Date(Date.now() - age).toISOString()}"`);

const verdicts = ({principals}: Analysis): string[] => principals.map(({name, verdict, reasonCode}) => `${name} ${verdict} ${reasonCode}`);

test('a teardown through a profile of another account than the configured one is refused before anything is looked at', async () => {
	const {open, server, home} = await liveAccount();
	await mkdir(path.join(home, 'config'), {recursive: true});
	const config = path.join(home, 'config', 'other.json');
	await writeFile(config, JSON.stringify({accounts: [{name: 'prod', id: '444455556666', profile: 'prod', iam: {kind: 'live'}, trail: {kind: 'athena', bucket: 'logs', region: 'us-east-1'}}]}));
	const workspace = await open({}, {config, account: 'prod'});
	const torn = workspace.teardown(workspace.selected ?? expect.fail('no account is chosen'), async () => true, silentTask());
	await expect(torn).rejects.toThrow(/belongs to account \d+ .*but account prod has the id 444455556666/);
	expect(server.calls.map(({Action}) => Action)).toEqual(['GetCallerIdentity']);
	await workspace.close();
});

describe('an account through a profile', () => {
	test('its grants against its trail; who used a key that the trail did not see is no candidate', async () => {
		const {open} = await liveAccount({GenerateCredentialReport: denied});
		const workspace = await open();
		const analysis = await analyze(workspace);
		expect(verdicts(analysis)).toEqual(['alice used used', 'bob unknown iam-last-used', 'ci unused no-events']);
		expect(analysis.account.id).toBe(accountId);
		expect(analysis.snapshotAge).toMatch(/^IAM snapshot of \d{4}-\d\d-\d\d \d\d:\d\d UTC, (?:less than a minute|\d+ min) old$/);
		expect(analysis.warnings.map(({code}) => code)).not.toContain('iam-snapshot-age');
		expect(workspace.selected).toMatchObject({id: accountId, iam: {kind: 'live'}});
		await workspace.close();
	});

	test('the next run takes what was kept, and says how old it is; another window asks AWS for nothing', async () => {
		const {open, server, home} = await liveAccount();
		const first = await open();
		await analyze(first);
		await analyze(first);
		await first.close();
		expect([calls(server, 'GetAccountAuthorizationDetails'), calls(server, 'GetCallerIdentity')]).toEqual([1, 1]);
		const file = path.join(home, 'cache', 'iam', `${accountId}.json`);
		if (process.platform !== 'win32') {
			const {mode} = await stat(file);
			expect(mode % 0o1000).toBe(0o600);
		}

		const text = await readFile(file, 'utf8');
		expect(text).not.toMatch(/AKIA|s3cret/);
		await writeFile(file, takenAt(text, 3.5 * 3_600_000));
		const second = await open();
		const analysis = await analyze(second);
		expect(analysis.snapshotAge).toMatch(/UTC, 3 h old$/);
		expect(analysis.warnings.find(({code}) => code === 'iam-snapshot-age')?.message).toMatch(/UTC, 3 h old: --refresh \(r on the screen\) takes it anew$/);
		expect(calls(server, 'GetAccountAuthorizationDetails')).toBe(1);
		await second.close();
	});

	test.each<[string, (text: string) => string]>([
		['is older than a day', text => takenAt(text, 86_500_000)],
		['is damaged', text => text.slice(0, 100)],
		['has another shape', () => '{"UserDetailList": []}'],
	])('a kept snapshot that %s is taken anew', async (_, damage) => {
		const {open, server, home} = await liveAccount();
		const first = await open();
		await analyze(first);
		await first.close();
		const file = path.join(home, 'cache', 'iam', `${accountId}.json`);
		await writeFile(file, damage(await readFile(file, 'utf8')));
		const second = await open();
		expect(verdicts(await analyze(second))).toHaveLength(3);
		expect(calls(server, 'GetAccountAuthorizationDetails')).toBe(2);
		await second.close();
	});

	test('what a profile could not read in full is not kept: another profile may', async () => {
		let mayList = false;
		const {open, server} = await liveAccount({GenerateCredentialReport: denied, ListUsers: (call, before) => mayList ? answers()({...call, Action: 'ListUsers'}, before) : denied(call)});
		const first = await open();
		const {warnings} = await analyze(first);
		expect(warnings.length).toBeGreaterThan(0);
		await first.close();
		mayList = true;
		const second = await open();
		await analyze(second);
		expect(calls(server, 'GetAccountAuthorizationDetails')).toBe(2);
		await second.close();
	});

	test('a refresh takes it anew in the same run; --refresh in the next', async () => {
		const {open, server} = await liveAccount();
		const first = await open();
		await analyze(first);
		await analyze(first, {refresh: true});
		await first.close();
		expect(calls(server, 'GetAccountAuthorizationDetails')).toBe(2);
		const second = await open({refresh: true});
		await analyze(second);
		await analyze(second);
		await second.close();
		expect(calls(server, 'GetAccountAuthorizationDetails')).toBe(3);
	});

	test('the wrong account is an error that names both, before anything is read', async () => {
		const {open, server, trail} = await liveAccount();
		const workspace = await open({}, {profile: 'prod', trail, account: '999999999999'});
		const error = await userErrorOf(analyze(workspace));
		expect(error).toMatchObject({message: `profile prod belongs to account ${accountId} (arn:aws:iam::${accountId}:user/auditor), but account 999999999999 has the id 999999999999`});
		expect(server.calls.map(({Action}) => Action)).toEqual(['GetCallerIdentity']);
		await workspace.close();
	});

	test('a denied call fails with the permission it needs, and the next try works', async () => {
		const {open} = await liveAccount({
			GetAccountAuthorizationDetails: (call, before) => before === 0 ? denied(call) : {xml: '<UserDetailList/><RoleDetailList/><GroupDetailList/><Policies/><IsTruncated>false</IsTruncated>'},
		});
		const workspace = await open();
		await expect(analyze(workspace)).rejects.toThrow(/AWS denies iam:GetAccountAuthorizationDetails/);
		const {principals} = await analyze(workspace);
		expect(principals).toEqual([]);
		await workspace.close();
	});
});

describe('an account that is added from a profile', () => {
	test('bears the id that AWS says, and no credentials, in the file', async () => {
		const {open, home, trail} = await liveAccount();
		const workspace = await open({}, {});
		expect(await workspace.profiles()).toEqual([{name: 'prod', region: undefined, source: 'access key'}]);
		expect(await workspace.checkProfile({profile: 'prod'})).toEqual({accountId, arn: `arn:aws:iam::${accountId}:user/auditor`});
		const added = await workspace.addAccount({name: 'mine', profile: 'prod', iam: {kind: 'live'}, trail: {kind: 'files', path: trail}});
		expect(added).toMatchObject({name: 'mine', id: accountId, profile: 'prod', iam: {kind: 'live'}});
		const text = await readFile(path.join(home, 'config', 'config.json'), 'utf8');
		expect(text).not.toMatch(/AKIA|s3cret/);
		const next = await open({}, {});
		expect(next.selected).toMatchObject({name: 'mine', id: accountId, profile: 'prod', region: null, iam: {kind: 'live'}, trail: {kind: 'files', path: trail}});
		expect(verdicts(await analyze(next))).toHaveLength(3);
		await Promise.all([workspace.close(), next.close()]);
	});

	test('is not stored where its profile gives no credentials', async () => {
		const {open, trail} = await liveAccount();
		const workspace = await open({}, {});
		await expect(workspace.addAccount({name: 'mine', profile: 'gone', iam: {kind: 'live'}, trail: {kind: 'files', path: trail}})).rejects.toThrow(/profile gone gives no credentials/);
		expect(workspace.accounts().map(({name}) => name)).toEqual(['demo']);
		await workspace.close();
	});

	test('whose profile is another account by now is refused', async () => {
		let account = accountId;
		const {open, trail} = await liveAccount({GetCallerIdentity: () => ({xml: identityXml(account)})});
		const workspace = await open({}, {});
		const added = await workspace.addAccount({name: 'mine', profile: 'prod', iam: {kind: 'live'}, trail: {kind: 'files', path: trail}});
		account = '999999999999';
		await expect(workspace.analyze(added, window, silentTask())).rejects.toThrow(`profile prod belongs to account 999999999999 (arn:aws:iam::999999999999:user/auditor), but account mine has the id ${accountId}`);
		await workspace.close();
	});
});

test('--credential-report gives its dates to the snapshot of a file', async () => {
	const {open, iam, trail, home} = await liveAccount();
	const credentialReport = path.join(home, 'report.csv');
	await writeFile(credentialReport, reportCsv({bob: ['2024-03-02T00:00:00+00:00', 'N/A', 'N/A']}));
	const [bare, dated] = [await open({}, {iam, trail}), await open({credentialReport}, {iam, trail})];
	expect(verdicts(await analyze(bare))).toContain('bob unused no-events');
	expect(verdicts(await analyze(dated))).toContain('bob unknown iam-last-used');
	await Promise.all([bare.close(), dated.close()]);
});
