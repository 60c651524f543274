import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Analysis} from '../../source/app/analysis.js';
import {buildAnalysis} from '../../source/app/analyse.js';
import type {RemediationPlan} from '../../source/app/remediation.js';
import {demoAccountId, demoAccountName, writeDemo} from '../../source/demo/index.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import type {IamSnapshot} from '../../source/domain/snapshot.js';
import {defaultWindow} from '../../source/domain/window.js';
import {loadIamFile} from '../../source/iam/file.js';
import {naiveExpansion, type RawStatement} from '../domain/naive-expansion.js';
import {statementsOf} from '../domain/remediation-oracle.js';
import {principalOf} from '../../source/domain/remediation-snapshot.js';
import {readRecords, usageOf} from './read-usage.js';

const today = new Date('2026-03-15T10:11:12Z');
const folder = mkdtempSync(path.join(tmpdir(), 'demo-'));
const catalog = loadCatalog();
let snapshot: IamSnapshot;
let analysis: Analysis;

beforeAll(async () => {
	const {iam, trail} = await writeDemo(folder, {end: today});
	snapshot = await loadIamFile(iam);
	analysis = buildAnalysis({snapshot, usage: usageOf(readRecords(trail), demoAccountId), window: defaultWindow(today), accountName: demoAccountName, catalog, strict: false});
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const nothing = {stillGranted: [], lost: [], usedLost: [], gained: [], unknownLost: []};

function planOf(name: string, marks: readonly string[]): RemediationPlan {
	const found = analysis.principals.find(principal => principal.name === name);
	return analysis.plan(found?.arn ?? name, marks);
}

describe('taking every unused action from a demo principal', () => {
	it.each([
		'alice', 'bob', 'charlie', 'admin', 'AWSReservedSSO_AdministratorAccess_3f2a9c41d07be685', 'AWSReservedSSO_ReadOnly_9be0417c52d8fa36', 'AWSServiceRoleForAutoScaling',
		'access-log-reader', 'backup-operator', 'data-export', 'github-deploy', 'github-plan', 'legacy-importer', 'orders-api', 'platform-engineer', 'reporting', 'security-audit', 'web-server',
	])('%s: nothing else is lost, no event would have been denied, the new policy fits', name => {
		const plan = planOf(name, ['unused']);
		const rows = analysis.principal(plan.arn).actions;
		const used = rows.filter(({verdict}) => verdict === 'used').map(({action}) => action);
		const unused = rows.filter(({verdict}) => verdict === 'unused').map(({action}) => action);
		expect(plan.removed).toEqual(unused);
		expect(plan.notEditable === null ? plan.check : {...plan.check, stillGranted: []}).toEqual(nothing);
		expect(plan.replay.deniedEvents).toBe(0);
		expect(plan.standalone).toMatchObject({check: nothing, fits: true, extras: []});
		expect(plan.standalone.replay.deniedEvents).toBe(0);
		expect(plan.standalone.documents.filter(({size}) => size > plan.standalone.limit)).toEqual([]);

		const statements = plan.standalone.documents.flatMap(({document}) => (document as {Statement: RawStatement[]}).Statement); // eslint-disable-line @typescript-eslint/no-unsafe-type-assertion
		const naive = new Set(naiveExpansion(catalog, statements));
		const principal = principalOf(snapshot, plan.arn);
		const before = new Set(principal ? naiveExpansion(catalog, statementsOf(principal, snapshot)) : []);
		expect(used.filter(action => !naive.has(action))).toEqual([]);
		expect(unused.filter(action => naive.has(action))).toEqual([]);
		expect([...naive].filter(action => !before.has(action))).toEqual([]);
	});

	it('names every principal of the demo above', () => {
		expect(analysis.principals).toHaveLength(18);
	});
});

describe('what a plan says', () => {
	it('a service-linked role and the role of a permission set cannot be edited here, and have no commands', () => {
		for (const name of ['AWSServiceRoleForAutoScaling', 'AWSReservedSSO_ReadOnly_9be0417c52d8fa36']) {
			const plan = planOf(name, ['unused']);
			expect(plan.notEditable).not.toBeNull();
			expect(plan.policies).toEqual([]);
			expect(plan.files.filter(file => file.path.endsWith('.sh'))).toEqual([]);
		}
	});

	it('used actions that are marked would have been denied: the replay counts them', () => {
		const plan = planOf('alice', ['cloudwatch:DescribeAlarms']);
		const row = analysis.principal(plan.arn).actions.find(({action}) => action === 'cloudwatch:DescribeAlarms');
		expect(plan.replay.deniedEvents).toBe(row?.count);
		expect(plan.replay.principals[0]?.denied).toMatchObject([{event: 'monitoring.amazonaws.com:DescribeAlarms', actions: ['cloudwatch:DescribeAlarms'], count: row?.count, last: row?.lastUsed}]);
		expect(plan.check).toEqual({...nothing, usedLost: ['cloudwatch:DescribeAlarms']});
	});

	it('an AWS managed policy is replaced by a copy', () => {
		const plan = planOf('bob', ['unused']);
		expect(plan.policies.map(({kind, outcome}) => `${kind} ${outcome}`)).toContain('aws-managed replaced');
	});

	it('a group\'s policy says who else is in the group', () => {
		const plan = planOf('charlie', ['unused']);
		const ofGroup = plan.policies.filter(({places}) => places.some(({kind}) => kind === 'group'));
		expect(ofGroup).not.toEqual([]);
	});

	it('an action, a pattern and a service mark what is granted of them; a word that marks nothing is an error', () => {
		expect(planOf('github-deploy', ['ECR:putimage', 'ecs']).removed).toEqual(['ecr:PutImage', 'ecs:DescribeServices', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService']);
		expect(planOf('github-deploy', ['lambda:Update*']).removed).toEqual(['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration']);
		expect(() => planOf('github-deploy', ['s3:NoSuch'])).toThrow('"s3:NoSuch" marks nothing that is granted');
	});
});
