import {existsSync, readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import * as z from 'zod';
import {ActionSet} from '../../source/domain/action-set.js';
import type {Catalog} from '../../source/domain/action.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createGrantEvaluator} from '../../source/domain/grants.js';
import type {Remediation} from '../../source/domain/remediation.js';
import type {IamPrincipal, IamSnapshot} from '../../source/domain/snapshot.js';
import {parseIamSnapshot} from '../../source/iam/file.js';
import {fakeCatalog} from './fake-catalog.js';
import {groupOf, managedOf, policyOf, roleOf, snapshotOf, userOf} from './grant-fixtures.js';
import type {RawStatement} from './naive-expansion.js';
import {everyNth, expectExactCut, statementsOf} from './remediation-oracle.js';

const real = loadCatalog();

/** Some of the grants are used, some unknown, and the rest goes. */
function cut(catalog: Catalog, snapshot: IamSnapshot, principal: IamPrincipal): Remediation {
	const {granted} = createGrantEvaluator(snapshot, catalog)(principal);
	// An administrator uses few services, and those almost whole.
	const wide = granted.count() > 10_000;
	const within = wide ? ActionSet.of(granted.size, [...granted.ids()].filter(id => catalog.services.indexOf(catalog.at(id).service) % 40 === 0)) : granted;
	const used = wide ? within.minus(everyNth(within, 9)) : everyNth(within, 7, 0);
	const unknown = wide ? everyNth(within, 9).minus(everyNth(within, 18)) : everyNth(within, 7, 3);
	return expectExactCut(catalog, snapshot, principal, {used, unknown, marked: granted.minus(used).minusWith(unknown)});
}

const samples = '../shared/samples/iam';
describe.skipIf(!existsSync(samples))('sample accounts (skipped where ../shared/samples/iam is absent)', () => {
	const accounts = existsSync(samples) ? readdirSync(samples).filter(name => name.endsWith('.json')) : [];
	const seen = new Set<string>();
	// Many roles of an account hold the very same policies: one of each is enough.
	const isNew = (text: string): boolean => !seen.has(text) && seen.add(text).size > 0;
	const principals = accounts.flatMap(name => {
		const snapshot = parseIamSnapshot(readFileSync(`${samples}/${name}`, 'utf8'), name);
		return [...snapshot.users, ...snapshot.roles]
			.filter(principal => isNew(JSON.stringify(statementsOf(principal, snapshot))))
			.map(principal => ({account: name, name: `${principal.kind} ${principal.name}`, principal, snapshot}));
	});

	it.each(principals)('$account: $name', ({principal, snapshot}) => {
		cut(real, snapshot, principal);
	});
});

const policies = '../shared/generate/policies';
const policyFile = z.object({document: z.unknown()});
describe.skipIf(!existsSync(policies))('AWS managed policies (skipped where ../shared/generate/policies is absent)', () => {
	const files = existsSync(policies) ? readdirSync(policies).filter(name => name.endsWith('.json')).slice(0, 50) : [];

	it('are at least 50', () => {
		expect(files.length).toBeGreaterThanOrEqual(50);
	});

	it.each(files)('%s, attached to a role', file => {
		const {document} = policyFile.parse(JSON.parse(readFileSync(`${policies}/${file}`, 'utf8')));
		const arn = `arn:aws:iam::aws:policy/${file.replace('.json', '')}`;
		const role = roleOf({attachedPolicies: [{name: file, arn}]});
		const {edits} = cut(real, snapshotOf({roles: [role], policies: [{name: file, arn, document}]}), role);
		expect(edits.map(({kind}) => kind)).toEqual(['aws-managed']);
		expect(['replaced', 'removed', 'too-large']).toContain(edits[0]?.outcome);
	});
});

describe('random policies', () => {
	const catalog = fakeCatalog(['s3', 's3express', 'ec2', 'rds', 'iam'].flatMap(service =>
		['GetThing', 'GetThings', 'PutThing', 'DeleteAll', 'List', 'GetX'].map(action => `${service}:${action}`)));
	const namePattern = fc.array(fc.constantFrom('*', '?', 'Get', 'get', 'Thing', 's', 'Put', 'All', 'List', 'X'), {minLength: 1, maxLength: 4}).map(parts => parts.join(''));
	const pattern = fc.oneof(
		{weight: 1, arbitrary: fc.constantFrom('*', '*:*')},
		{weight: 8, arbitrary: fc.tuple(fc.constantFrom('s3', 'S3', 's3express', 'ec2', 'rds', 'iam', 'nope'), namePattern).map(([service, name]) => `${service}:${name}`)},
	);
	const patterns = fc.oneof(pattern, fc.array(pattern, {minLength: 1, maxLength: 4}));
	const statement: fc.Arbitrary<RawStatement> = fc.record({
		Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
		negated: fc.boolean(),
		listed: patterns,
		resource: fc.constantFrom<RawStatement>({Effect: '', Resource: '*'}, {Effect: '', Resource: ['arn:aws:*:::x', '*']}, {Effect: '', Resource: 'arn:aws:*:::x'}, {Effect: '', NotResource: '*'}),
		conditional: fc.boolean(),
	}).map(({Effect, negated, listed, resource, conditional}) => ({
		...resource, Effect, ...(negated ? {NotAction: listed} : {Action: listed}), ...(conditional ? {Condition: {Bool: {'aws:SecureTransport': 'true'}}} : {}),
	}));

	it('lose just what is marked, wherever they stand', () => {
		fc.assert(fc.property(fc.array(statement, {minLength: 4, maxLength: 4}), fc.array(fc.nat(2), {minLength: catalog.size, maxLength: catalog.size}), (statements, kinds) => {
			const [own, ofGroup, managed, byAws] = statements.map(single => policyOf(single));
			const aws = 'arn:aws:iam::aws:policy/a';
			const m = managedOf('m', managed);
			const user = userOf({document: own, groups: ['g'], attachedPolicies: [{name: 'm', arn: m.arn}, {name: 'a', arn: aws}]});
			const other = userOf({name: 'eve', arn: 'arn:aws:iam::111122223333:user/eve', attachedPolicies: [{name: 'm', arn: m.arn}]});
			const snapshot = snapshotOf({
				users: [user, other], groups: [groupOf('g', {document: ofGroup, attachedPolicies: [{name: 'a', arn: aws}]})], policies: [m, {name: 'a', arn: aws, document: byAws}],
			});
			const {granted} = createGrantEvaluator(snapshot, catalog)(user);
			const pick = (kind: number): ActionSet => ActionSet.of(catalog.size, [...granted.ids()].filter(id => kinds[id] === kind));
			expectExactCut(catalog, snapshot, user, {used: pick(0), unknown: pick(1), marked: pick(2)});
		}), {numRuns: 150});
	});
});
