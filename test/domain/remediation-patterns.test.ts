import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';
import type {Catalog} from '../../source/domain/action.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {packPatterns, type PatternTaste} from '../../source/domain/remediation-patterns.js';
import {fakeCatalog} from './fake-catalog.js';
import {naiveExpansion} from './naive-expansion.js';

const setOf = (catalog: Catalog, names: readonly string[]): ActionSet => ActionSet.of(catalog.size, names.map(name => catalog.idOf(name) ?? -1));

const namesOf = (catalog: Catalog, set: ActionSet): string[] => [...set.ids()].map(id => catalog.at(id).name);

const expanded = (catalog: Catalog, patterns: readonly string[]): string[] => patterns.length === 0 ? [] : naiveExpansion(catalog, [{Effect: 'Allow', Action: patterns, Resource: '*'}]);

describe('patterns for a set of actions', () => {
	const catalog = fakeCatalog([...['GetAcl', 'GetItem', 'GetItems', 'GetTag', 'ListTag', 'PutAcl', 'PutItem', 'PutTag'].map(name => `x:${name}`), 'y:Only']);
	test.each([
		{name: 'one action is its name', required: ['x:GetTag'], patterns: ['x:GetTag']},
		{name: 'one action of a service that has no other is its name', required: ['y:Only'], patterns: ['y:Only']},
		{name: 'what begins alike and is required whole is a wildcard', required: ['x:GetItem', 'x:GetItems'], patterns: ['x:GetItem*']},
		{name: 'a name that begins a forbidden one stands alone', required: ['x:GetItem'], patterns: ['x:GetItem']},
		{name: 'all that begins alike but one', required: ['x:GetItem', 'x:GetItems', 'x:GetTag'], patterns: ['x:GetItem*', 'x:GetTag']},
		{name: 'what ends alike', required: ['x:GetTag', 'x:ListTag', 'x:PutTag'], patterns: ['x:*Tag']},
		{name: 'a whole service', required: ['GetAcl', 'GetItem', 'GetItems', 'GetTag', 'ListTag', 'PutAcl', 'PutItem', 'PutTag'].map(name => `x:${name}`), patterns: ['x:*']},
		{name: 'what is permitted beside is covered where that saves a pattern', required: ['x:GetItem', 'x:GetTag'], permitted: ['x:GetAcl', 'x:GetItems'], patterns: ['x:Get*']},
		{name: 'nothing', required: [], patterns: []},
	])('$name', ({required, permitted, patterns}) => {
		expect(packPatterns(catalog, setOf(catalog, required), permitted ? {permitted: setOf(catalog, permitted)} : {})).toEqual(patterns);
	});

	test('the short taste leaves out what is not needed to tell apart', () => {
		expect(packPatterns(catalog, setOf(catalog, ['x:GetItem', 'x:GetItems']), {taste: 'short'})).toEqual(['x:GetI*']);
	});
});

describe('cover what is required, and nothing that is not permitted', () => {
	const name = fc.array(fc.constantFrom('Get', 'Put', 'Item', 'Items', 'ACL', 'A', 'B', 'Tag'), {minLength: 1, maxLength: 4}).map(words => words.join(''));
	const catalogs = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b'), name).map(([service, action]) => `${service}:${action}`), {minLength: 1, maxLength: 24, selector: text => text.toLowerCase()});
	const tastes = fc.constantFrom<PatternTaste>('specific', 'short');

	test('in random catalogs, and never with more patterns than actions', () => {
		fc.assert(fc.property(catalogs, fc.array(fc.nat(2), {minLength: 24, maxLength: 24}), tastes, (names, kinds, taste) => {
			const catalog = fakeCatalog(names);
			const pick = (kind: number): ActionSet => ActionSet.of(catalog.size, names.flatMap((text, index) => kinds[index] === kind ? [catalog.idOf(text) ?? -1] : []));
			const [required, permitted] = [pick(0), pick(1)];
			const exact = packPatterns(catalog, required, {taste});
			expect(expanded(catalog, exact)).toEqual(namesOf(catalog, required));
			expect(exact.length).toBeLessThanOrEqual(required.count());
			const loose = packPatterns(catalog, required, {permitted, taste});
			const covered = expanded(catalog, loose);
			expect(namesOf(catalog, required).filter(text => !covered.includes(text))).toEqual([]);
			expect(covered.filter(text => !required.union(permitted).has(catalog.idOf(text) ?? -1))).toEqual([]);
			expect(loose.length).toBeLessThanOrEqual(required.count());
		}), {numRuns: 500});
	});

	test('s3:Get* without one action of it', () => {
		const catalog = loadCatalog();
		const all = setOf(catalog, expanded(catalog, ['s3:Get*']));
		const required = all.minus(setOf(catalog, ['s3:GetBucketAcl']));
		const patterns = packPatterns(catalog, required);
		expect(expanded(catalog, patterns)).toEqual(namesOf(catalog, required));
		expect(patterns.length).toBeLessThan(required.count() / 2);
	});
});
