import {expect} from 'vitest';
import * as z from 'zod';
import {ActionSet} from '../../source/domain/action-set.js';
import type {Catalog} from '../../source/domain/action.js';
import {inlineLimit, managedLimit, policySize} from '../../source/domain/policy-size.js';
import {remediate, type Remediation} from '../../source/domain/remediation.js';
import {reachingPolicies} from '../../source/domain/remediation-places.js';
import {principalOf} from '../../source/domain/remediation-snapshot.js';
import type {IamPrincipal, IamSnapshot} from '../../source/domain/snapshot.js';
import {naiveExpansion, type RawStatement} from './naive-expansion.js';

const texts = z.union([z.string(), z.array(z.string())]).optional();
const rawStatement = z.looseObject({Effect: z.string(), Action: texts, NotAction: texts, Resource: texts, NotResource: texts});
const document = z.object({Statement: z.union([rawStatement, z.array(rawStatement)])});

/** Every statement that reaches a principal, as the naive expansion takes them. */
export function statementsOf(principal: IamPrincipal, snapshot: IamSnapshot): RawStatement[] {
	return reachingPolicies(principal, snapshot).filter(policy => policy.document !== null).flatMap(policy => [document.parse(policy.document).Statement].flat());
}

export const namesOf = (catalog: Catalog, set: ActionSet): string[] => [...set.ids()].map(id => catalog.at(id).name);

/** What the tests' own expansion grants a principal by its policies alone. */
export function naiveGrants(catalog: Catalog, principal: IamPrincipal, snapshot: IamSnapshot): Set<string> {
	return new Set(naiveExpansion(catalog, statementsOf(principal, snapshot)));
}

type Wish = {readonly marked: ActionSet; readonly used: ActionSet; readonly unknown: ActionSet};

/** Takes the marked actions from a principal and holds both ways of it: by the program's own grants and by the naive expansion. */
export function expectExactCut(catalog: Catalog, snapshot: IamSnapshot, principal: IamPrincipal, wish: Wish): Remediation {
	const plan = remediate({snapshot, catalog, serviceControlPolicies: undefined, principal, ...wish});
	const {marked} = plan;
	const tooLarge = plan.edits.some(({outcome}) => outcome === 'too-large');
	const kept = wish.used.union(wish.unknown).minusWith(marked);
	const naiveBefore = naiveGrants(catalog, principal, snapshot);
	for (const [name, {check, snapshot: after}, complete] of [['edited', plan.edited, !tooLarge && plan.notEditable === null], ['new', plan.standing, true]] as const) {
		expect([name, namesOf(catalog, check.gained)], 'nothing new').toEqual([name, []]);
		expect([name, namesOf(catalog, check.lost)], 'nothing lost').toEqual([name, []]);
		expect([name, namesOf(catalog, check.usedLost.minus(marked))], 'nothing used lost').toEqual([name, []]);
		expect([name, check.unknownLost]).toEqual([name, []]);
		const naive = naiveGrants(catalog, principalOf(after, principal.arn) ?? principal, after);
		expect([...naive].filter(action => !naiveBefore.has(action)), `${name}: naively nothing new`).toEqual([]);
		expect(namesOf(catalog, kept).filter(action => !naive.has(action)), `${name}: naively all that is kept`).toEqual([]);
		if (complete) {
			expect([name, namesOf(catalog, check.stillGranted)], 'all marked gone').toEqual([name, []]);
			const removed = new Set(namesOf(catalog, marked));
			expect([...naive].filter(action => removed.has(action)), `${name}: naively nothing marked`).toEqual([]);
		}
	}

	expectSizes(plan, principal);
	return plan;
}

function expectSizes({edits, standalone}: Remediation, principal: IamPrincipal): void {
	for (const {outcome, kind, after} of edits) {
		if (outcome === 'edited' || outcome === 'replaced') {
			expect(after.map(({document: written}) => policySize(written)).filter(size => size > (kind === 'inline' && outcome === 'edited' ? 10_240 : managedLimit))).toEqual([]);
		}
	}

	const limit = standalone.form === 'inline' ? inlineLimit(principal.kind) : managedLimit;
	expect(standalone.limit).toBe(limit);
	if (standalone.fits) {
		expect(standalone.documents.map(({document: written}) => JSON.stringify(written).length).filter(size => size > limit)).toEqual([]);
		expect(standalone.documents.length).toBeLessThanOrEqual(10);
	} else {
		expect(standalone.options).not.toEqual([]);
	}
}

/** Every n-th of a set. */
export function everyNth(set: ActionSet, n: number, from = 0): ActionSet {
	return ActionSet.of(set.size, [...set.ids()].filter((_, index) => index % n === from));
}
