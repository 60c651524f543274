import {existsSync, readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import * as z from 'zod';
import type {ActionSet} from '../../source/domain/action-set.js';
import type {Catalog} from '../../source/domain/action.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createGrantEvaluator} from '../../source/domain/grants.js';
import {fakeCatalog} from './fake-catalog.js';
import {policyOf, snapshotOf, userOf} from './grant-fixtures.js';
import {naiveExpansion, type RawStatement} from './naive-expansion.js';

const names = (catalog: Catalog, set: ActionSet): string[] => [...set.ids()].map(id => catalog.at(id).name);

describe('the granted set equals a naive expansion by regular expressions', () => {
	const small = fakeCatalog(['s3', 's3express', 'ec2', 'rds', 'rds-data', 'iam'].flatMap(service =>
		['GetThing', 'GetThings', 'PutThing', 'DeleteAll', 'List', 'GetX'].map(action => `${service}:${action}`)));
	const namePattern = fc.array(fc.constantFrom('*', '?', 'Get', 'get', 'Thing', 's', 'Put', 'All', 'List', 'X'), {minLength: 1, maxLength: 4}).map(parts => parts.join(''));
	const pattern = fc.oneof(
		{weight: 1, arbitrary: fc.constantFrom('*', '*:*')},
		{weight: 8, arbitrary: fc.tuple(fc.constantFrom('s3', 'S3', 's3express', 'ec2', 'rds', 'rds-data', 'iam', 'nope'), namePattern).map(([service, name]) => `${service}:${name}`)},
	);
	const patterns = fc.oneof(pattern, fc.array(pattern, {minLength: 1, maxLength: 4}));
	const statement: fc.Arbitrary<RawStatement> = fc.record({
		Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
		negated: fc.boolean(),
		patterns,
		resource: fc.constantFrom<RawStatement>({Effect: '', Resource: '*'}, {Effect: '', Resource: ['arn:aws:*:::x', '*']}, {Effect: '', Resource: 'arn:aws:*:::x'}, {Effect: '', NotResource: '*'}),
		conditional: fc.boolean(),
	}).map(({Effect, negated, patterns, resource, conditional}) => ({
		...resource, Effect, ...(negated ? {NotAction: patterns} : {Action: patterns}), ...(conditional ? {Condition: {Bool: {'aws:SecureTransport': 'true'}}} : {}),
	}));

	it('for random statements with NotAction, wildcards, Conditions and Deny', () => {
		fc.assert(fc.property(fc.array(statement, {minLength: 1, maxLength: 5}), statements => {
			const {granted} = createGrantEvaluator(snapshotOf(), small)(userOf({document: policyOf(...statements)}));
			expect(names(small, granted)).toEqual(naiveExpansion(small, statements));
		}), {numRuns: 500});
	});

	it('whichever of the policies of a user, a group and a managed policy they stand in', () => {
		fc.assert(fc.property(fc.array(statement, {minLength: 3, maxLength: 3}), statements => {
			const [own, ofGroup, managed] = statements.map(single => policyOf(single));
			const arn = 'arn:aws:iam::111122223333:policy/m';
			const snapshot = snapshotOf({
				policies: [{name: 'm', arn, document: managed}],
				groups: [{name: 'g', arn: 'arn:aws:iam::111122223333:group/g', path: '/', inlinePolicies: [{name: 'i', document: ofGroup}], attachedPolicies: []}],
			});
			const {granted} = createGrantEvaluator(snapshot, small)(userOf({document: own, groups: ['g'], attachedPolicies: [{name: 'm', arn}]}));
			expect(names(small, granted)).toEqual(naiveExpansion(small, statements));
		}), {numRuns: 200});
	});
});

const texts = z.union([z.string(), z.array(z.string())]).optional();
const rawStatement = z.looseObject({Effect: z.string(), Action: texts, NotAction: texts, Resource: texts, NotResource: texts});
const policyFile = z.object({document: z.object({Statement: z.union([rawStatement, z.array(rawStatement)])})});

const policies = '../shared/generate/policies';
describe.skipIf(!existsSync(policies))('AWS managed policies (skipped where ../shared/generate/policies is absent)', () => {
	const catalog = loadCatalog();
	const files = existsSync(policies) ? readdirSync(policies).filter(name => name.endsWith('.json')) : [];

	it('are at least 50', () => {
		expect(files.length).toBeGreaterThanOrEqual(50);
	});

	it.each(files)('%s grants what a naive expansion gives', file => {
		const {document} = policyFile.parse(JSON.parse(readFileSync(`${policies}/${file}`, 'utf8')));
		const {granted, rejected} = createGrantEvaluator(snapshotOf(), catalog)(userOf({document}));
		expect(rejected).toEqual([]);
		expect(names(catalog, granted)).toEqual(naiveExpansion(catalog, [document.Statement].flat()));
		expect(granted.isEmpty()).toBe(false);
	});
});
