import {describe, expect, test} from 'vitest';
import type {ActionRow} from '../../source/app/analysis.js';
import type {Verdict} from '../../source/domain/verdict.js';
import {actionDocument} from '../../source/ui/screens/action/document.js';
import type {ActionState, Findings} from '../../source/ui/screens/action/state.js';
import {fakeEvidence, fakeGrants, fakeRow} from '../support/fake-workspace.js';

const looking: Findings = {status: 'looking', request: 1};

/** The rows as text, a line of the table as "#0", "#1", … */
function linesOf(row: ActionRow, findings: Findings, changes: Partial<ActionState> = {}, columns = 200): readonly string[] {
	const state: ActionState = {arn: 'arn:aws:iam::123456789012:user/alice', row, grants: fakeGrants, findings, first: 0, ...changes};
	return actionDocument(state, columns).map(line => line.kind === 'text' ? line.text : `#${line.line}`);
}

describe('the evidence in words', () => {
	test.each<{verdict: Verdict; prefix: string; says: string}>([
		{verdict: 'used', prefix: '    s3:GetBucketAcl · Read', says: 'used: granted and used'},
		{verdict: 'unused', prefix: '  - s3:GetBucketAcl · Read', says: 'unused: granted, not used, and CloudTrail would have shown it'},
		{verdict: 'unknown', prefix: '  ? s3:GetBucketAcl · Read', says: 'unknown: granted, and CloudTrail\'s silence proves nothing'},
		{verdict: 'ungranted', prefix: '  + s3:GetBucketAcl · Read', says: 'not granted today, but used in the window'},
	])('$verdict: prefix, meaning and reason stand first', ({verdict, prefix, says}) => {
		const row = fakeRow('s3:GetBucketAcl', verdict);
		expect(linesOf(row, looking).slice(0, 3)).toEqual([prefix, `    ${says}`, `  why: ${row.reason}`]);
	});

	test.each<{name: string; row: ActionRow; findings: Findings; has: string[]; lacks: string[]}>([
		{name: 'while the log is asked', row: fakeRow('a:B', 'used'), findings: looking, has: ['  looking in the log…', '#0', '#2'], lacks: ['  seen:']},
		{name: 'an error', row: fakeRow('a:B', 'used'), findings: {status: 'failed', message: 'gone', hint: 'do this'}, has: ['  ! gone', '  do this'], lacks: ['  seen:', '  looking in the log…']},
		{
			name: 'nothing seen, no event would prove it', row: fakeRow('a:B', 'unknown'), findings: {status: 'found', evidence: fakeEvidence(fakeRow('a:B', 'unknown'), {provedBy: []})},
			has: ['  proved by: no event that CloudTrail records', '  seen: no such event of this principal in the window', '  use: none in the window'], lacks: ['  taken away by:'],
		},
		{
			name: 'a + without a change in the log says what may be behind it', row: fakeRow('a:B', 'ungranted'),
			findings: {status: 'found', evidence: fakeEvidence(fakeRow('a:B', 'ungranted'), {changes: []})},
			has: ['  taken away by:', '    no change of its policies after the last use is in this log', '  granted by no policy'], lacks: ['#0'],
		},
		{
			name: 'a blocked + shows the statements that grant it all the same', row: fakeRow('a:B', 'ungranted', {blockedBy: ['the permissions boundary']}),
			findings: {status: 'found', evidence: fakeEvidence(fakeRow('a:B', 'ungranted'), {grantedBy: fakeGrants})},
			has: ['  blocked by:', '    the permissions boundary', '  granted by 2 statements:', '#2'], lacks: [],
		},
		{name: 'a Deny of a part', row: fakeRow('a:B', 'unused', {deniedInPart: true, blockedBy: ['policy x']}), findings: looking, has: ['  denied in part by:', '    policy x'], lacks: []},
		{name: 'denied calls are counted', row: fakeRow('a:B', 'unused', {denied: 4}), findings: looking, has: ['  use: none in the window · denied 4 times'], lacks: []},
	])('$name', ({row, findings, has, lacks}) => {
		const lines = linesOf(row, findings, row.verdict === 'ungranted' ? {grants: []} : {});
		expect(lines).toEqual(expect.arrayContaining(has));
		for (const line of lacks) {
			expect(lines).not.toContain(line);
		}
	});

	test('every resource of every statement stands there whole, at 60 columns', () => {
		const resources = Array.from({length: 40}, (_, index) => `arn:aws:s3:::a-bucket-with-a-name-that-is-so-long-that-no-line-holds-it-${index}/*`);
		const grants = fakeGrants.map(grant => ({...grant, resources}));
		const lines = linesOf(fakeRow('a:B', 'used'), looking, {grants}, 60);
		expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(60);
		const joined = lines.join('').replaceAll(' ', '');
		for (const resource of resources) {
			expect(joined.split(resource)).toHaveLength(3);
		}
	});
});
