import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ActionSet} from '../../source/domain/action-set.js';
import type {Catalog} from '../../source/domain/action.js';
import {createGrantEvaluator, type ServiceControlPolicies} from '../../source/domain/grants.js';
import {fakeCatalog} from '../domain/fake-catalog.js';
import {groupOf, managedOf, policyOf, roleOf, snapshotOf, userOf} from '../domain/grant-fixtures.js';
import {naiveExpansion, type RawStatement} from '../domain/naive-expansion.js';

/** Few actions of few services whose names begin alike: patterns of them meet often. */
const catalog = fakeCatalog(['s3', 's3express', 'ec2', 'iam', 'rds-data'].flatMap(service =>
	['GetThing', 'GetThings', 'PutThing', 'DeleteAll', 'List'].map(action => `${service}:${action}`)));
const everything = Array.from({length: catalog.size}, (_, id) => catalog.at(id).name);

const names = (from: Catalog, set: ActionSet): string[] => [...set.ids()].map(id => from.at(id).name);

const namePattern = fc.array(fc.constantFrom('*', '?', 'Get', 'Thing', 's', 'Put', 'All', 'List'), {minLength: 1, maxLength: 3}).map(parts => parts.join(''));
const pattern = fc.oneof(
	{weight: 1, arbitrary: fc.constant('*')},
	{weight: 6, arbitrary: fc.tuple(fc.constantFrom('s3', 's3express', 'ec2', 'iam', 'rds-data', 'S3'), namePattern).map(([service, name]) => `${service}:${name}`)},
);
const patterns = fc.oneof(pattern, fc.array(pattern, {minLength: 1, maxLength: 3}));

function statementOf(effects: readonly string[]): fc.Arbitrary<RawStatement> {
	return fc.record({Effect: fc.constantFrom(...effects), negated: fc.boolean(), listed: patterns, conditional: fc.boolean(), narrow: fc.boolean()})
		.map(({Effect, negated, listed, conditional, narrow}) => ({
			Effect,
			...negated ? {NotAction: listed} : {Action: listed},
			Resource: narrow ? 'arn:aws:*:::thing' : '*',
			...conditional ? {Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}} : {},
		}));
}

const statements = fc.array(statementOf(['Allow', 'Allow', 'Deny']), {minLength: 1, maxLength: 3});
const optional = fc.option(statements, {nil: undefined});

/** What statements allow, whatever they deny. */
const allowedBy = (list: readonly RawStatement[]): ReadonlySet<string> => new Set(naiveExpansion(catalog, list.filter(({Effect}) => Effect === 'Allow')));

/** What statements take away from everybody: all but what is left of "allow all". */
function deniedBy(list: readonly RawStatement[]): ReadonlySet<string> {
	const left = new Set(naiveExpansion(catalog, [{Effect: 'Allow', Action: '*', Resource: '*'}, ...list.filter(({Effect}) => Effect === 'Deny')]));
	return new Set(everything.filter(name => !left.has(name)));
}

/** IAM's rule in one line: allowed by an identity policy, by the boundary and by each level, and denied by none of them. */
function expected(identity: readonly RawStatement[], boundary: readonly RawStatement[] | undefined, levels: ReadonlyArray<readonly RawStatement[]>): string[] {
	const ceilings = [...boundary ? [boundary] : [], ...levels];
	const denied = deniedBy([identity, ...ceilings].flat());
	const allowed = [identity, ...ceilings].map(list => allowedBy(list));
	return everything.filter(name => allowed.every(list => list.has(name)) && !denied.has(name));
}

describe('grants of random policies equal a naive evaluation', () => {
	it('of a user with own, group and attached policies, a boundary and two levels of service control policies', () => {
		const policies = fc.record({own: statements, ofGroup: statements, attached: statements, boundary: optional, levels: fc.array(statements, {maxLength: 2})});
		fc.assert(fc.property(policies, ({own, ofGroup, attached, boundary, levels}) => {
			const [work, limit] = [managedOf('work', policyOf(...attached)), managedOf('limit', policyOf(...boundary ?? []))];
			const snapshot = snapshotOf({policies: [work, limit], groups: [groupOf('team', {document: policyOf(...ofGroup)})]});
			const scps: ServiceControlPolicies = {levels: levels.map((level, index) => [{name: `level ${index}`, document: policyOf(...level)}])};
			const user = userOf({document: policyOf(...own), groups: ['team'], attachedPolicies: [{name: work.name, arn: work.arn}], boundaryArn: boundary ? limit.arn : null});
			const {granted, blocked, blockedBy} = createGrantEvaluator(snapshot, catalog, scps)(user);
			const identity = [...own, ...ofGroup, ...attached];
			expect(names(catalog, granted)).toEqual(expected(identity, boundary, levels));
			const allowed = allowedBy(identity);
			expect(names(catalog, blocked)).toEqual(everything.filter(name => allowed.has(name) && !granted.has(catalog.idOf(name) ?? -1)));
			expect([...blocked.ids()].filter(id => blockedBy(id).length === 0)).toEqual([]);
		}), {numRuns: 400});
	});

	it('of a level that is the union of its policies', () => {
		fc.assert(fc.property(statements, statements, statements, (own, first, second) => {
			const scps: ServiceControlPolicies = {levels: [[{name: 'first', document: policyOf(...first)}, {name: 'second', document: policyOf(...second)}]]};
			const {granted} = createGrantEvaluator(snapshotOf(), catalog, scps)(userOf({document: policyOf(...own)}));
			expect(names(catalog, granted)).toEqual(expected(own, undefined, [[...first, ...second]]));
		}), {numRuns: 200});
	});

	it('of a role that service control policies do not hold', () => {
		fc.assert(fc.property(statements, statements, (own, level) => {
			const evaluate = createGrantEvaluator(snapshotOf(), catalog, {levels: [[{name: 'one', document: policyOf(...level)}]]});
			const linked = roleOf({path: '/aws-service-role/x.amazonaws.com/', document: policyOf(...own)});
			expect(names(catalog, evaluate(linked).granted)).toEqual(expected(own, undefined, []));
			expect(names(catalog, evaluate(roleOf({document: policyOf(...own)})).granted)).toEqual(expected(own, undefined, [level]));
		}), {numRuns: 200});
	});

	it('in any order of the statements', () => {
		fc.assert(fc.property(statements.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, {minLength: list.length}))), ([list, shuffled]) => {
			const evaluate = createGrantEvaluator(snapshotOf(), catalog);
			expect(names(catalog, evaluate(userOf({document: policyOf(...shuffled)})).granted)).toEqual(names(catalog, evaluate(userOf({document: policyOf(...list)})).granted));
		}), {numRuns: 200});
	});
});
