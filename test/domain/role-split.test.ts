import {describe, expect, it} from 'vitest';
import {proposeSplit} from '../../source/domain/role-split.js';

const user = (name: string, ...actions: string[]) => ({name, actions: new Set(actions)});

describe('a split of a role that people share', () => {
	it.each([
		['one who uses it: no split', [user('a', 'x:1')], []],
		['people of like use: no split', [user('a', 'x:1', 'x:2'), user('b', 'x:2', 'x:3')], []],
		['people of disjoint use: a group each, with the least actions', [user('b', 'y:1', 'y:2'), user('a', 'x:1')], [
			{people: ['b'], actions: ['y:1', 'y:2'], shared: []}, {people: ['a'], actions: ['x:1'], shared: []},
		]],
		['one who is like two others joins them', [user('a', 'x:1', 'x:2'), user('c', 'z:1'), user('b', 'y:1', 'y:2'), user('ab', 'x:1', 'y:1')], [
			{people: ['c'], actions: ['z:1'], shared: []}, {people: ['a', 'ab', 'b'], actions: ['x:1', 'x:2', 'y:1', 'y:2'], shared: []},
		]],
		['a little in common does not bind, and is told', [user('a', 'x:1', 'x:2', 'x:3', 's:1'), user('b', 'y:1', 'y:2', 'y:3', 's:1')], [
			{people: ['a'], actions: ['s:1', 'x:1', 'x:2', 'x:3'], shared: ['s:1']}, {people: ['b'], actions: ['s:1', 'y:1', 'y:2', 'y:3'], shared: ['s:1']},
		]],
		['who used nothing is in no group', [user('a', 'x:1'), user('b')], []],
	])('%s', (_, users, groups) => {
		expect(proposeSplit(users)).toEqual(groups);
	});
});
