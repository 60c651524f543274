import {mkdir, readdir, readFile, rm, utimes, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {openWorkspace, type OpenWorkspace, type WorkspaceOptions} from '../../source/app/open-workspace.js';
import type {Analysis} from '../../source/app/analysis.js';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import {silentTask, type Progress} from '../../source/lib/task.js';
import {writeSmallAccount} from '../cli/small-account.js';
import {temporaryFolder} from '../support/temporary-folder.js';

const window = {start: '2024-03-01T00:00:00Z', end: '2024-03-04T00:00:00Z'};

const files = ({iam, trail}: {readonly iam: string; readonly trail: string}) => ({iam: {kind: 'file', path: iam}, trail: {kind: 'files', path: trail}} as const);

type Opened = {readonly workspace: OpenWorkspace; readonly home: string; readonly iam: string; readonly trail: string};

async function open(selection: Partial<WorkspaceOptions['selection']> | 'small' = 'small', home?: string): Promise<Opened> {
	const folder = home ?? await temporaryFolder();
	const small = await writeSmallAccount(folder);
	const flags = selection === 'small' ? {iam: small.iam, trail: small.trail} : selection;
	const workspace = await openWorkspace({
		selection: {account: undefined, iam: undefined, trail: undefined, config: undefined, demo: false, ...flags},
		strict: false,
		configFolder: path.join(folder, 'config'),
		cacheFolder: path.join(folder, 'cache'),
		trailConfig: undefined, scps: [], credentialReport: undefined, refresh: false, lastAccessed: undefined, limits: {yes: false, maxBytes: null, skipSetup: false}, demoDay: '2024-03-03T00:00:00Z',
	});
	return {workspace, home: folder, ...small};
}

async function analyze({workspace}: Opened, within = window): Promise<Analysis> {
	if (!workspace.selected) {
		throw new Error('no account is chosen');
	}

	return workspace.analyze(workspace.selected, within, silentTask());
}

const names = (analysis: Analysis): string[] => analysis.principals.map(({name, verdict}) => `${name} ${verdict}`);

describe('analyze', () => {
	test('an account from files, and its id from then on', async () => {
		const opened = await open();
		expect(opened.workspace.selected?.id).toBe(null);
		expect(names(await analyze(opened))).toEqual(['alice used', 'bob unused', 'admin unused', 'reader unused']);
		expect(opened.workspace.selected?.id).toBe('012345678901');
		await opened.workspace.close();
	});

	test('another window in the same run needs the logs no more', async () => {
		const opened = await open();
		const first = await analyze(opened);
		const second = await analyze(opened, {start: '2024-03-02T00:00:00Z', end: '2024-03-03T00:00:00Z'});
		expect([first.trail.events, second.trail.events]).toEqual([5, 2]);
		await opened.workspace.close();
	});

	test('an IAM file that changed is read again', async () => {
		const opened = await open();
		await analyze(opened);
		const text = await readFile(opened.iam, 'utf8');
		await writeFile(opened.iam, text.replaceAll('"bob"', '"bobby"').replaceAll('user/bob', 'user/bobby'));
		await utimes(opened.iam, new Date(), new Date(Date.now() + 5000));
		expect(names(await analyze(opened))).toContain('bobby unused');
		await opened.workspace.close();
	});

	test('an IAM file that is gone is an error, not the one that was read before', async () => {
		const opened = await open();
		await analyze(opened);
		await rm(opened.iam);
		await expect(analyze(opened)).rejects.toThrow(UserError);
		await opened.workspace.close();
	});

	test('progress is told, stage by stage', async () => {
		const opened = await open();
		const stages = new Set<string>();
		const task = {signal: new AbortController().signal, progress({stage}: Progress) {
			stages.add(stage);
		}};
		const {selected} = opened.workspace;
		await opened.workspace.analyze(selected ?? expect.fail('no account is chosen'), window, task);
		expect([...stages].at(0)).toBe('reading the IAM snapshot');
		expect([...stages].at(-1)).toBe('comparing grants with use');
		await opened.workspace.close();
	});

	test('a cancelled task ends in CancelledError, and the next one works', async () => {
		const opened = await open();
		const {selected} = opened.workspace;
		const abort = new AbortController();
		abort.abort();
		await expect(opened.workspace.analyze(selected ?? expect.fail('no account is chosen'), window, {signal: abort.signal, progress() {}})).rejects.toThrow(CancelledError);
		expect(names(await analyze(opened))).toContain('alice used');
		await opened.workspace.close();
	});
});

describe('stored accounts', () => {
	test('an added account is chosen by the next run, with its id', async () => {
		const {workspace, home, iam, trail} = await open({});
		expect(workspace.selected).toBe(undefined);
		const added = await workspace.addAccount({name: ' prod ', ...files({iam, trail})});
		expect(added).toMatchObject({name: 'prod', id: '012345678901', origin: 'stored'});
		expect(workspace.accounts().map(({name}) => name)).toEqual(['prod', 'demo']);
		const next = await open({}, home);
		expect(next.workspace.selected).toMatchObject({name: 'prod', id: '012345678901', ...files({iam, trail})});
		expect(await analyze(next)).toMatchObject({account: {id: '012345678901', name: 'prod'}});
		await next.workspace.close();
	});

	test.each([
		['no name', ' ', /needs a name/],
		['a name that is there', 'demo', /there is an account "demo" already/],
	])('%s is an error', async (_, name, message) => {
		const {workspace, iam, trail} = await open({});
		await expect(workspace.addAccount({name, ...files({iam, trail})})).rejects.toThrow(message);
	});

	const yaml = async (home: string, text: string): Promise<string> => {
		const file = path.join(home, 'config.yaml');
		await writeFile(file, text);
		return file;
	};

	test('the accounts of a config.yaml are stored together, with its logs or with those that are named', async () => {
		const {workspace, home, iam, trail} = await open({});
		const file = await yaml(home, `accounts:\n  - {name: one, id: "012345678901", iam: ${iam}}\n  - {name: two, iam: ${path.basename(iam)}}\n`);
		expect(await workspace.checkConfigFile(file)).toEqual({names: ['one', 'two'], trail: null});
		await expect(workspace.addConfigFile(file)).rejects.toThrow(/no section athena or elasticsearch/);
		const added = await workspace.addConfigFile(file, {kind: 'files', path: trail});
		expect(added.map(({name, id}) => [name, id])).toEqual([['one', '012345678901'], ['two', '012345678901']]);
		const {workspace: next} = await open({}, home);
		expect(next.accounts()).toMatchObject([{name: 'one', ...files({iam, trail})}, {name: 'two', ...files({iam, trail})}, {name: 'demo'}]);
		await expect(next.checkConfigFile(file)).rejects.toThrow(/there is an account "one" already/);
	});

	test.each([
		['an id that is not the snapshot\'s', (iam: string) => `accounts: [{name: one, iam: ${iam}}, {name: two, id: "999999999999", iam: ${iam}}]`, /two has the id 9{12}/],
		['a snapshot that is not there', () => 'accounts: [{name: one, iam: nowhere.json}]', /account one has no IAM snapshot .*nowhere\.json/],
		['a name twice', (iam: string) => `accounts: [{name: one, iam: ${iam}}, {name: one, iam: ${iam}}]`, /names the account "one" twice/],
		['no account', () => 'accounts: []', /names no account/],
	])('of a config.yaml with %s none is stored', async (_, text, message) => {
		const {workspace, home, iam, trail} = await open({});
		const file = await yaml(home, text(iam));
		await expect(workspace.addConfigFile(file, {kind: 'files', path: trail})).rejects.toThrow(message);
		const {workspace: next} = await open({}, home);
		expect(next.accounts().map(({name}) => name)).toEqual(['demo']);
	});

	test('what is typed is checked before it is stored', async () => {
		const {workspace, home, iam, trail} = await open({});
		expect(await workspace.checkIamFile(iam)).toEqual({accountId: '012345678901', users: 2, roles: 2});
		expect(await workspace.checkTrailPath(trail)).toEqual({files: 1});
		await expect(workspace.checkIamFile(path.join(home, 'nowhere.json'))).rejects.toThrow(UserError);
		await expect(workspace.checkTrailPath(path.join(home, 'nowhere'))).rejects.toThrow(UserError);
		await expect(workspace.addAccount({name: 'x', ...files({iam: path.join(home, 'nowhere.json'), trail})})).rejects.toThrow(UserError);
		await expect(workspace.addAccount({name: 'x', ...files({iam, trail: path.join(home, 'nowhere')})})).rejects.toThrow(UserError);
		expect(workspace.accounts().map(({name}) => name)).toEqual(['demo']);
	});
});

describe('the demo', () => {
	const lastYear = {start: '2023-03-04T00:00:00Z', end: '2024-03-04T00:00:00Z'};

	test('is written for its day, and copies of earlier days go', async () => {
		const home = await temporaryFolder();
		await mkdir(path.join(home, 'cache', 'demo', '2024-03-02'), {recursive: true});
		await mkdir(path.join(home, 'cache', 'demo', '2024-03-01.half'));
		const opened = await open({demo: true}, home);
		expect(names(await analyze(opened, lastYear))).toEqual(expect.arrayContaining(['alice used', 'bob unused', 'charlie used']));
		expect(await readdir(path.join(home, 'cache', 'demo'))).toEqual(['2024-03-03']);
		await opened.workspace.close();
	});

	test('two runs at once have the same demo', async () => {
		const home = await temporaryFolder();
		const [first, second] = [await open({demo: true}, home), await open({demo: true}, home)];
		const [one, other] = await Promise.all([analyze(first, lastYear), analyze(second, lastYear)]);
		expect(one.principals).toEqual(other.principals);
		await Promise.all([first.workspace.close(), second.workspace.close()]);
	});
});
