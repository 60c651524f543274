import {describe, expect, test} from 'vitest';
import {countFindings, judgeFindings} from '../../../source/print/report/findings.js';
import {findingKinds} from '../../../source/print/report/kinds.js';
import {lastActivity, totalsOf} from '../../../source/print/report/totals.js';
import {analysis, principal} from '../analyses.js';

const bob = principal({name: 'bob', verdict: 'unused', lastUsed: null, unusedDangerous: 2, counts: {used: 0, unused: 9, unknown: 0, ungranted: 0, granted: 9}});
const eve = principal({name: 'eve', counts: {used: 1, unused: 0, unknown: 0, ungranted: 4, granted: 1}});
const calm = principal({name: 'calm'});
const unknown = principal({name: 'who', verdict: 'unknown', lastUsed: null});
const noLogs = {trail: {...analysis().trail, events: 0}};

describe('--fail-on', () => {
	test.each([
		['nothing asked: 0', [bob, eve], [], 0],
		['an unused principal', [bob], ['unused-principal'], 1],
		['no unused principal: 0', [eve, calm, unknown], ['unused-principal'], 0],
		['an unused dangerous grant', [bob], ['unused-dangerous'], 1],
		['no dangerous grant: 0', [eve, calm], ['unused-dangerous'], 0],
		['an ungranted action', [eve], ['ungranted'], 1],
		['no ungranted action: 0', [bob, calm], ['ungranted'], 0],
		['one of several kinds', [eve], ['unused-principal', 'ungranted'], 1],
		['"?" is neither clean nor unused, but no finding', [unknown], [...findingKinds], 0],
	] as const)('%s', (_, principals, failOn, exitCode) => {
		expect(judgeFindings(analysis(), principals, failOn).exitCode).toBe(exitCode);
	});

	test('a line a kind, with its count and the first names', () => {
		const many = Array.from({length: 5}, (_, index) => principal({name: `idle${index}`, verdict: 'unused'}));
		expect(judgeFindings(analysis(), [bob, eve, ...many], findingKinds).lines).toEqual([
			'fail-on unused-principal: 6 unused principals: bob, idle0, idle1 and 3 more',
			'fail-on unused-dangerous: 2 dangerous grants never used, of 1 principal: bob',
			'fail-on ungranted: 4 actions used that no policy grants today, by 1 principal: eve',
		]);
	});

	test('without logs: 3, and it says that nothing can be judged', () => {
		expect(judgeFindings(noLogs, [unknown], ['ungranted'])).toEqual({exitCode: 3, lines: ['fail-on: ungranted cannot be judged: the logs hold no event of the account in the window']});
		expect(judgeFindings(noLogs, [unknown], [])).toEqual({exitCode: 0, lines: []});
	});

	test('a name cannot move the cursor', () => {
		expect(judgeFindings(analysis(), [principal({name: '\u001B[2Jx', verdict: 'unused'})], ['unused-principal']).lines).toEqual([String.raw`fail-on unused-principal: 1 unused principal: \x1b[2Jx`]);
	});

	test('counts', () => {
		expect(findingKinds.map(kind => countFindings([bob, eve, calm], kind))).toEqual([1, 2, 4]);
	});
});

test('totals: root is left out of the grants, what is left out of 100% is never 100%', () => {
	expect(totalsOf([bob, eve, principal({kind: 'root', name: '<root>'})])).toMatchObject({granted: 10, unused: 9, unusedWords: '90%', ungranted: 4, principals: {total: 2, unused: 1}});
	expect(totalsOf([principal({counts: {used: 1, unused: 99_999, unknown: 0, ungranted: 0, granted: 100_000}})]).unusedWords).toBe('>99.9%');
	expect(totalsOf([principal({counts: {used: 99_999, unused: 1, unknown: 0, ungranted: 0, granted: 100_000}})]).unusedWords).toBe('<0.1%');
});

test('last activity: bins end where the window begins, and who was not seen stands apart by what silence is worth', () => {
	const window = {start: '2018-03-03T00:00:00Z', end: '2018-06-01T00:00:00Z'};
	const at = (lastUsed: string, kind: 'user' | 'role' = 'user') => principal({lastUsed, kind});
	expect(lastActivity({window, principals: [at('2018-05-31T23:00:00Z'), at('2018-05-25T00:00:00Z'), at('2018-05-24T23:59:59Z'), at('2018-03-03T00:00:00Z', 'role'), bob, unknown]})).toEqual([
		{label: 'in the last 7 days', users: 2, roles: 0},
		{label: '8 to 30 days before', users: 1, roles: 0},
		{label: '31 to 90 days before', users: 0, roles: 1},
		{label: 'not seen: “-”', users: 1, roles: 0},
		{label: 'not seen: “?”', users: 1, roles: 0},
	]);
});
