import {describe, expect, test} from 'vitest';
import {summarizeAccount} from '../../source/domain/account-summary.js';
import type {PrincipalSummary} from '../../source/domain/principals.js';
import {principal} from '../print/analyses.js';

function row(name: string, unused: number, unusedDangerous: number, more: Partial<PrincipalSummary> = {}): PrincipalSummary {
	return principal({name, counts: {used: 2, unused, unknown: 1, ungranted: 5, granted: unused + 3}, unusedDangerous, ...more});
}

describe('the account summary', () => {
	const rows = [
		row('root', 9, 9, {kind: 'root'}),
		row('bob', 7, 0, {verdict: 'unused'}),
		row('alice', 7, 0),
		row('ci', 1, 1, {kind: 'role', verdict: 'unknown'}),
		row('idle', 0, 0, {kind: 'role', verdict: 'unused'}),
	];
	const summary = summarizeAccount(rows);

	test('counts the principals, root aside', () => {
		expect(summary.principals).toEqual({total: 4, users: 2, roles: 2, unused: 2, unknown: 1});
	});

	test('what was used without being granted is no grant', () => {
		expect(summary).toMatchObject({granted: 27, unused: 15, unusedDangerous: 1, unusedShare: 15 / 27});
	});

	test('the worst: by unused dangerous grants, then by unused ones, then by name; none without any', () => {
		expect(summary.worst.map(({name}) => name)).toEqual(['ci', 'alice', 'bob']);
	});

	test('names at most ten', () => {
		expect(summarizeAccount(Array.from({length: 12}, (_, index) => row(`u${index}`, index + 1, 0))).worst.map(({name}) => name))
			.toEqual(['u11', 'u10', 'u9', 'u8', 'u7', 'u6', 'u5', 'u4', 'u3', 'u2']);
	});

	test('an account that grants nothing has no share', () => {
		expect(summarizeAccount([]).unusedShare).toBeNull();
	});
});
