import {expect, test} from 'vitest';
import {didYouMean, nearest} from '../../source/lib/nearest.js';

test.each([
	['a letter left out', 'alce', ['bob', 'alice'], ['alice']],
	['two letters swapped', 'alcie', ['bob', 'alice'], ['alice']],
	['another case', 'ALICE', ['bob', 'alice'], ['alice']],
	['a part of the name', 'deploy', ['ci-deploy-prod', 'bob'], ['ci-deploy-prod']],
	['the closest first, at most three', 'role1', ['role22', 'role2', 'role3', 'role4', 'role1x'], ['role1x', 'role2', 'role3']],
	['nothing near', 'zzzz', ['alice', 'bob'], []],
	['no candidates', 'alice', [], []],
	['an empty word', '', ['alice'], []],
])('%s', (_, word, candidates, expected) => {
	expect(nearest(word, candidates)).toEqual(expected);
});

test('the sentence', () => {
	expect(didYouMean('alcie', ['alice'])).toBe(' (did you mean alice?)');
	expect(didYouMean('role', ['role1', 'role2'])).toBe(' (did you mean role1 or role2?)');
	expect(didYouMean('x', ['alice'])).toBe('');
});
