import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {report} from '../../../source/print/report/report.js';
import type {ReportFormat} from '../../../source/print/report/kinds.js';
import {actionsOf, objectOf} from '../../support/documents.js';
import {schemaErrors} from '../../support/json-schema.js';
import {answer} from '../../../source/print/answer.js';
import {aliceRows, analysis, principal, row} from '../analyses.js';
import {hostileAnalysis, hostileNames} from './hostile.js';

const written = (format: ReportFormat, of = analysis(), strict = false): string => [...report(of, format, {strict, version: '1.2.3'})].join('');

const danger = {kind: 'privilege-escalation', note: 'passes a role', source: 'https://docs.aws.amazon.com/'} as const;

describe('JSON', () => {
	test.each([['an account', analysis()], ['hostile names', hostileAnalysis()], ['nobody', analysis({principals: []})]])('%s: the document is what docs/report.schema.json says', (_, of) => {
		expect(schemaErrors('report', JSON.parse(written('json', of)))).toEqual([]);
	});

	test('a missing key and one too many are errors', () => {
		const {strict: _strict, ...rest} = objectOf(written('json'));
		expect(schemaErrors('report', rest)).not.toEqual([]);
		expect(schemaErrors('report', {...objectOf(written('json')), more: 1})).not.toEqual([]);
	});

	test('every principal says what --user says of it', () => {
		const whole: unknown = JSON.parse(written('json'));
		const alone = objectOf(answer(analysis(), {kind: 'principal', principal: 'user', name: 'bob'}, {format: 'json', color: false, quiet: false, showUsed: false, ignoreBenign: false, ignoreUnknown: false}).text);
		const {principal: record, actions, attempted, noPermissionNeeded, unmapped, ...head} = alone;
		expect(whole).toMatchObject({...head, warnings: head.warnings, strict: false});
		expect(whole).toHaveProperty('principals.2', {
			...z.record(z.string(), z.unknown()).parse(record), actions, attempted, noPermissionNeeded, unmapped, flags: [], counts: {used: 1, unused: 0, unknown: 0, ungranted: 0, granted: 1}, notes: [],
		});
	});

	test('nothing that a terminal would act on is in it, and an action stands on a line', () => {
		const text = written('json', hostileAnalysis());
		expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		expect(text.split('\n').filter(line => line.startsWith('\t\t\t{"action"'))).toHaveLength(hostileNames.length ** 2);
	});
});

describe('CSV', () => {
	test('a row for every principal and action, and one for who has none', () => {
		const lines = written('csv').trimEnd().split('\r\n');
		expect(lines[0]).toBe('account,principal,principalName,principalKind,principalVerdict,principalLastUsed,action,verdict,reasonCode,reason,accessLevel,risk,count,failed,denied,firstUsed,lastUsed,events,deniedInPart,blockedBy');
		expect(lines).toHaveLength(1 + 5 * aliceRows.length);
		expect(written('csv', analysis({principals: [principal()]}, {actions: []})).trimEnd().split('\r\n')[1]).toBe('123456789012,arn:aws:iam::123456789012:user/alice,alice,user,used,2018-05-01T10:00:00Z,,,,,,,,,,,,,,');
	});

	test('no cell is a formula', () => {
		expect(written('csv', hostileAnalysis())).not.toMatch(/(^|,)"?[=+@]/m);
		expect(written('csv', hostileAnalysis())).toContain('"\'=HYPERLINK(""x"")"');
	});
});

describe('Markdown', () => {
	const text = written('md', hostileAnalysis()).split('## What the marks mean')[0] ?? '';

	test('a table row has as many cells as its header, whatever the names', () => {
		const cells = (line: string): number => line.replaceAll(/\\./g, '').split('|').length;
		for (const table of text.match(/(^\|.*\n)+/gm) ?? []) {
			const lines = table.trimEnd().split('\n');
			expect(new Set(lines.map(line => cells(line))).size).toBe(1);
		}
	});

	test('a name makes no HTML, no link, and mentions nobody', () => {
		const outsideCode = text.replaceAll('**Warning:**', '').replaceAll(/(?<!\\)`[^`\n]*`/g, '');
		expect(outsideCode).not.toMatch(/<(?!code>|\/code>|!-- -->)/);
		expect(outsideCode).not.toMatch(/@(?!<!-- -->)|(?<!\\)[[*_$]|&\\/);
		expect(text).toContain('<code>back&#92;slash&#92;&#124;pipe</code>');
	});

	test('says what the page says: coverage, figures, marks, limits', () => {
		const plain = written('md');
		for (const part of ['Logs cover 150 of 151 days, last 2018-05-30.', '- **Warning:** 1 of 20 files could not be read', '## Principals', '## Used, and not granted today', '| `-` | unused | granted, not used', 'Resource policies']) {
			expect(plain).toContain(part);
		}
	});

	test('unused principals first, then those with the most unused dangerous grants', () => {
		const principals = [principal({name: 'calm'}), principal({name: 'risky', unusedDangerous: 3}), principal({name: 'idle', verdict: 'unused'})];
		const rows = analysis({principals, principal: () => analysis().principal(principal().arn)});
		expect([...written('md', rows).matchAll(/^\| (?:`-`)? ?\| `(\w+)` \| user/gm)].map(match => match[1])).toEqual(['idle', 'risky', 'calm']);
	});
});

describe('SARIF', () => {
	const resultSchema = z.object({
		ruleId: z.string(), ruleIndex: z.number(), level: z.string(), message: z.object({text: z.string()}), locations: z.array(z.object({
			physicalLocation: z.object({artifactLocation: z.object({uri: z.string().regex(/^aws-iam\/\d{12}\/(user|role|root)\/[\w%.!~*'()-]+$/)}), region: z.object({startLine: z.literal(1)})}),
			logicalLocations: z.tuple([z.object({name: z.string(), fullyQualifiedName: z.string().startsWith('arn:'), kind: z.literal('resource')})]),
		})).length(1), partialFingerprints: z.record(z.string(), z.string()),
	});
	const logSchema = z.object({runs: z.tuple([z.object({
		tool: z.object({driver: z.object({name: z.string(), version: z.string(), rules: z.array(z.object({id: z.string()}))})}),
		results: z.array(resultSchema),
		invocations: z.array(z.unknown()),
	})])});
	const runOf = (of = analysis()) => logSchema.parse(JSON.parse(written('sarif', of))).runs[0];
	const small = analysis({principals: [principal({name: 'bob', verdict: 'unused', unusedDangerous: 1, counts: {used: 0, unused: 2, unknown: 0, ungranted: 1, granted: 2}})]}, {
		actions: [row('iam:PassRole', {verdict: 'unused', count: 0, risk: danger}), row('s3:GetObject', {verdict: 'unused', count: 0}), row('s3:PutObject', {verdict: 'ungranted'}), row('s3:ListBucket')],
	});

	test('what the standard requires of a log, a run, a rule and a result', () => {
		const log = objectOf(written('sarif', hostileAnalysis()));
		expect(Object.keys(log)).toEqual(['$schema', 'version', 'runs']);
		expect(log.version).toBe('2.1.0');
		const {tool, results, invocations} = runOf(hostileAnalysis());
		expect(tool.driver).toMatchObject({name: 'cloudtracker-tui', version: '1.2.3'});
		expect(tool.driver.rules.map(({id}) => id)).toEqual(['unused-principal', 'unused-dangerous', 'ungranted', 'unused-action']);
		expect(invocations).toMatchObject([{executionSuccessful: true}]);
		for (const result of results) {
			expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
			expect(['error', 'warning', 'note']).toContain(result.level);
			expect(result.message.text).not.toBe('');
		}
	});

	test('a result for the unused principal, each dangerous and each ungranted action, and one for all that is unused', () => {
		expect(runOf(small).results.map(({ruleId, level, message}) => [ruleId, level, message.text])).toEqual([
			['unused-principal', 'warning', 'user bob is unused: 3 events in the window'],
			['unused-dangerous', 'error', 'user bob: iam:PassRole (privilege-escalation: passes a role) was never used: 2 events in the window'],
			['ungranted', 'warning', 'user bob: s3:PutObject is not granted today: 2 events in the window'],
			['unused-action', 'note', 'user bob: 2 actions never used: iam:PassRole, s3:GetObject'],
		]);
	});

	test('fingerprints differ between findings, and stay through another window and other counts', () => {
		const prints = (of: typeof small): string[] => runOf(of).results.map(({partialFingerprints}) => partialFingerprints['cloudtrackerFinding/v1'] ?? '');
		expect(new Set(prints(hostileAnalysis())).size).toBe(runOf(hostileAnalysis()).results.length);
		const later = {...small, window: {start: '2019-01-01T00:00:00Z', end: '2020-01-01T00:00:00Z'}, account: {id: '123456789012', name: 'renamed'}};
		expect(prints(later)).toEqual(prints(small));
	});

	test('more results than code scanning takes: one for each principal and rule, and it says so', () => {
		const huge = {...small, principals: [{...small.principals[0]!, unusedDangerous: 25_001}]};
		const {results, invocations} = runOf(huge);
		expect(results.map(({ruleId}) => ruleId)).toEqual(['unused-principal', 'unused-dangerous', 'ungranted', 'unused-action']);
		expect(results[1]?.message.text).toBe('user bob: 1 action dangerous and never used: iam:PassRole');
		expect(JSON.stringify(invocations)).toContain('more than 25,000 results');
	});

	test('no logs: no result, and a warning says why', () => {
		const base = analysis();
		const blind = analysis({trail: {...base.trail, events: 0, daysCovered: 0}, warnings: [], principals: [principal({verdict: 'unknown', lastUsed: null})]}, {actions: [row('s3:GetObject', {verdict: 'unknown', count: 0})]});
		expect(runOf(blind)).toMatchObject({results: [], invocations: [{toolExecutionNotifications: [{level: 'warning'}]}]});
	});
});

test('actions of a report are read as those of a printed user', () => {
	const {principals} = z.object({principals: z.array(z.unknown())}).parse(JSON.parse(written('json')));
	expect(actionsOf(JSON.stringify(principals[1]))).toHaveLength(aliceRows.length);
});
