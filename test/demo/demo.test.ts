import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Analysis, PrincipalDetail} from '../../source/app/analysis.js';
import {buildAnalysis} from '../../source/app/analyse.js';
import {backupAccountId, demoAccountId, demoAccountName, writeDemo} from '../../source/demo/index.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import type {IamSnapshot} from '../../source/domain/snapshot.js';
import {verdictPrefix} from '../../source/domain/verdict.js';
import {defaultWindow, midnight, parseDay, type Window} from '../../source/domain/window.js';
import {loadIamFile} from '../../source/iam/file.js';
import {logFilesOf, readRecords, usageOf, type Record} from './read-usage.js';

const today = new Date('2026-03-15T10:11:12Z');
const folder = mkdtempSync(path.join(tmpdir(), 'demo-'));
let snapshot: IamSnapshot;
let records: Record[];

beforeAll(async () => {
	const {iam, trail} = await writeDemo(folder, {end: today});
	snapshot = await loadIamFile(iam);
	records = readRecords(trail);
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

function analysisOf(window: Window): Analysis {
	const inWindow = records.filter(({eventTime}) => eventTime >= window.start && eventTime < window.end);
	return buildAnalysis({snapshot, usage: usageOf(inWindow, demoAccountId), window, accountName: demoAccountName, catalog: loadCatalog(), strict: false});
}

function detailOf(analysis: Analysis, name: string): PrincipalDetail {
	const summary = analysis.principals.find(principal => principal.name === name);
	if (!summary) {
		throw new Error(`no ${name}`);
	}

	return analysis.principal(summary.arn);
}

const linesOf = (rows: ReadonlyArray<{readonly verdict: keyof typeof verdictPrefix; readonly name: string}>): string[] => rows.map(({verdict, name}) => verdictPrefix[verdict] + name);
const windows: ReadonlyArray<[name: string, window: Window]> = [
	['the default year', defaultWindow(today)],
	['90 days', {start: parseDay('90d', today) ?? '', end: midnight(today, 1)}],
];

describe.each(windows)('the demo over %s', (_, window) => {
	it('has alice, bob and charlie, of whom bob is unused', () => {
		const users = analysisOf(window).principals.filter(({kind}) => kind !== 'role');
		expect(linesOf(users)).toEqual(['  alice', '- bob', '  charlie']);
	});

	it('shows alice\'s six lines', () => {
		const lines = linesOf(detailOf(analysisOf(window), 'alice').actions.map(({verdict, lower}) => ({verdict, name: lower})));
		expect(lines).toEqual(expect.arrayContaining([
			'  cloudwatch:describealarmhistory',
			'  cloudwatch:describealarms',
			'- cloudwatch:describealarmsformetric',
			'- cloudwatch:getdashboard',
			'? cloudwatch:getmetricdata',
			'+ s3:createbucket',
		]));
	});

	it('has just two ungranted uses, and events that all map to actions', () => {
		const analysis = analysisOf(window);
		expect(analysis.unmapped).toEqual([]);
		const ungranted = analysis.principals.flatMap(({arn, name}) => analysis.principal(arn).actions.filter(({verdict}) => verdict === 'ungranted').map(({action}) => `${name} ${action}`));
		expect(ungranted.toSorted()).toEqual(['alice s3:CreateBucket', 'github-deploy iam:CreateRole']);
	});

	it('has roles of every verdict, each for its reason', () => {
		const roles = analysisOf(window).principals.filter(({kind}) => kind === 'role');
		expect(roles).toHaveLength(15);
		expect(Object.fromEntries(roles.filter(({verdict}) => verdict !== 'used').map(({name, verdict, reasonCode}) => [name, [verdict, reasonCode]]))).toEqual({
			'access-log-reader': ['unknown', 'trail-is-blind'],
			'data-export': ['unused', 'no-events'],
			'legacy-importer': ['unused', 'no-events'],
			reporting: ['unused', 'no-events'],
		});
	});
});

describe('the demo', () => {
	it('shows a boundary, a partial Deny, a group and NotAction at work on charlie', () => {
		const charlie = detailOf(analysisOf(defaultWindow(today)), 'charlie');
		expect(charlie.principal.flags).toContain('boundary');
		const terminate = charlie.actions.find(({action}) => action === 'ec2:TerminateInstances');
		expect(terminate).toMatchObject({
			verdict: 'unknown', deniedInPart: true, denied: 3,
			blockedBy: ['Deny in policy DeveloperAccess of group developers, statement 2 (KeepProduction) (under a Condition)'],
		});
		expect(terminate && charlie.grantedBy(terminate)).toMatchObject([{policy: 'DeveloperAccess', via: {kind: 'group', name: 'developers'}}]);
		expect(charlie.actions.some(({action}) => action.startsWith('rds:'))).toBe(false);
	});

	it('flags administrators, permission sets and the service-linked role', () => {
		const {principals} = analysisOf(defaultWindow(today));
		const flagged = (flag: 'admin' | 'sso' | 'service-linked' | 'incomplete'): string[] => principals.filter(({flags}) => flags.includes(flag)).map(({name}) => name);
		expect(flagged('admin')).toEqual(['AWSReservedSSO_AdministratorAccess_3f2a9c41d07be685', 'admin']);
		expect(flagged('sso')).toHaveLength(2);
		expect(flagged('service-linked')).toEqual(['AWSServiceRoleForAutoScaling']);
		expect(flagged('incomplete')).toEqual([]);
	});

	it('has alice and charlie assume the role admin, with the keys that its events carry', () => {
		const openings = records.filter(({eventName, requestParameters}) => eventName === 'AssumeRole' && requestParameters?.roleArn === `arn:aws:iam::${demoAccountId}:role/admin`);
		expect(new Set(openings.map(({userIdentity}) => userIdentity.userName))).toEqual(new Set(['alice', 'charlie']));
		const keys = new Set(openings.map(({responseElements}) => (/ASIA\w{16}/.exec(JSON.stringify(responseElements?.credentials)))?.[0]));
		const used = new Set(records.filter(({userIdentity}) => userIdentity.arn?.includes(`${demoAccountId}:assumed-role/admin/`)).map(({userIdentity}) => userIdentity.accessKeyId));
		expect(used).toEqual(keys);
	});

	it('has a second account, into which charlie comes by calls that both accounts have a record of', () => {
		const visits = records.filter(({eventName, requestParameters}) => eventName === 'AssumeRole' && requestParameters?.roleArn === `arn:aws:iam::${backupAccountId}:role/admin`);
		const shared = (account: string) => visits.filter(({recipientAccountId}) => recipientAccountId === account).map(({sharedEventID}) => sharedEventID);
		expect(shared(demoAccountId)).toHaveLength(3);
		expect(shared(backupAccountId)).toEqual(shared(demoAccountId));
	});

	it('is small, has one file a day, account and region in its own folder, and no event twice or in the future', () => {
		const files = logFilesOf(path.join(folder, 'AWSLogs'));
		expect(files.length).toBeLessThanOrEqual(133);
		for (const file of files) {
			const [region, day] = /AWSLogs\/(111122223333|777788889999)\/CloudTrail\/([a-z\d-]+)\/(\d{4}\/\d{2}\/\d{2})\/\1_CloudTrail_\2_\d{8}T2355Z_\w{16}\.json\.gz$/.exec(file)?.slice(2) ?? [];
			expect([region, day], file).not.toContain(undefined);
		}

		expect(new Set(files.map(file => path.dirname(file))).size).toBe(files.length);
		expect(records.length).toBeLessThan(3100);
		expect(new Set(records.map(({eventID}) => eventID)).size).toBe(records.length);
		expect(records.at(-1)?.eventTime.slice(0, 10)).toBe('2026-03-14');
	});

	it('has a log of each of the last ninety days', () => {
		const days = new Set(records.map(({eventTime}) => eventTime.slice(0, 10)));
		const wanted = Array.from({length: 90}, (_, index) => midnight(today, -1 - index).slice(0, 10));
		expect(wanted.filter(day => !days.has(day))).toEqual([]);
	});

	it('is the same for the same day, byte for byte, and leaves nothing half written', async () => {
		const again = mkdtempSync(path.join(tmpdir(), 'demo-'));
		try {
			await Promise.all([writeDemo(again, {end: '2026-03-15T00:00:00Z'}), writeDemo(again, {end: today})]);
			const list = (root: string): string[] => readdirSync(root, {recursive: true, encoding: 'utf8'}).toSorted();
			expect(list(again)).toEqual(list(folder));
			for (const file of [...logFilesOf(path.join(folder, 'AWSLogs')), path.join(folder, 'iam.json'), path.join(folder, 'backup-iam.json')]) {
				expect(readFileSync(path.join(again, path.relative(folder, file))).equals(readFileSync(file)), file).toBe(true);
			}
		} finally {
			rmSync(again, {recursive: true});
		}
	});
});
