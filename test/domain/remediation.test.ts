import {describe, expect, test} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';
import {createGrantEvaluator} from '../../source/domain/grants.js';
import {editSteps, standaloneSteps} from '../../source/domain/remediation-steps.js';
import {remediate, type Remediation} from '../../source/domain/remediation.js';
import type {IamPrincipal, IamSnapshot} from '../../source/domain/snapshot.js';
import {fakeCatalog} from './fake-catalog.js';
import {allow, deny, groupOf, managedOf, policyOf, roleOf, snapshotOf, userOf} from './grant-fixtures.js';

const names = ['s3:GetAcl', 's3:GetBucket', 's3:PutAcl', 'sqs:Receive', 'sqs:Send'];
const catalog = fakeCatalog(names);
const setOf = (list: readonly string[]): ActionSet => ActionSet.of(catalog.size, list.map(name => catalog.idOf(name) ?? -1));
const namesOf = (set: ActionSet): string[] => [...set.ids()].map(id => catalog.at(id).name);

function plan(snapshot: IamSnapshot, principal: IamPrincipal, marked: readonly string[], used: readonly string[] = []): Remediation {
	const {granted} = createGrantEvaluator(snapshot, catalog)(principal);
	const usedSet = setOf(used);
	return remediate({snapshot, catalog, serviceControlPolicies: undefined, principal, marked: setOf(marked), used: usedSet, unknown: granted.minus(usedSet).minusWith(setOf(marked))});
}

const readonlyArn = 'arn:aws:iam::aws:policy/job-function/Reader';
const aws = {name: 'Reader', arn: readonlyArn, document: policyOf(allow(['s3:GetAcl', 's3:GetBucket']))};
const shared = managedOf('Shared', policyOf(allow(['s3:PutAcl', 'sqs:Send'])));
const ann = userOf({groups: ['devs'], attachedPolicies: [aws, shared], document: policyOf(allow('sqs:Receive'))});
const bob = userOf({name: 'bob', arn: 'arn:aws:iam::111122223333:user/bob', groups: ['devs']});
const app = roleOf({attachedPolicies: [shared]});
const bound = roleOf({name: 'bound', arn: 'arn:aws:iam::111122223333:role/bound', boundaryArn: shared.arn, document: policyOf(allow('sqs:Send'))});
const devs = groupOf('devs', {document: policyOf(allow(['s3:PutAcl', 's3:GetAcl']))});
const snapshot = snapshotOf({users: [ann, bob], roles: [app, bound], groups: [devs], policies: [aws, shared]});
const found = plan(snapshot, ann, ['s3:PutAcl', 's3:GetAcl', 'sqs:Receive']);
const edit = (name: string) => found.edits.find(one => one.name === name);

describe('what becomes of each policy', () => {
	test('an emptied inline policy is removed', () => {
		expect(edit('inline')).toMatchObject({outcome: 'removed'});
	});

	test('a policy of AWS is replaced by a copy with a name of its own', () => {
		expect(edit('Reader')).toMatchObject({outcome: 'replaced', after: [{name: 'Reader-reduced', document: policyOf(allow(['s3:GetBucket']))}], alsoAffects: []});
		const again = plan({...snapshot, policies: [...snapshot.policies, managedOf('READER-reduced', policyOf(allow('s3:GetAcl')))]}, ann, ['s3:GetAcl']);
		expect(again.edits.find(({name}) => name === 'Reader')?.after[0]?.name).toBe('Reader-reduced-2');
	});

	test('a shared policy is edited for all that have it, attached or as a boundary', () => {
		expect(edit('Shared')).toMatchObject({outcome: 'edited', after: [{name: 'Shared', document: policyOf(allow(['sqs:Send']))}]});
		expect(edit('Shared')?.alsoAffects.map(({name}) => name)).toEqual(['app', 'bound']);
		expect(edit('Shared')?.notes.join('\n')).toContain('permissions boundary');
	});

	test('a shared policy that would be emptied is detached: nobody else loses anything', () => {
		const emptied = plan(snapshot, ann, ['s3:PutAcl', 'sqs:Send']).edits.find(({name}) => name === 'Shared');
		expect(emptied).toMatchObject({outcome: 'removed', alsoAffects: []});
	});

	test('a group\'s policy changes for its other members', () => {
		const ofGroup = found.edits.find(({places}) => places.some(({kind}) => kind === 'group'));
		expect(ofGroup).toMatchObject({outcome: 'removed', notes: ['it hangs on group devs: 1 other principal loses the marked actions too: bob']});
	});

	test('the losses are of everybody that it reaches', () => {
		expect(found.edited.losses.map(({arn, lost}) => [arn.split('/')[1], namesOf(lost)])).toEqual([
			['ann', ['s3:GetAcl', 's3:PutAcl', 'sqs:Receive']], ['bob', ['s3:GetAcl', 's3:PutAcl']], ['app', ['s3:PutAcl']], ['bound', []],
		]);
	});

	test('a policy that is missing from the snapshot stays, and is told', () => {
		const lacking = plan(snapshotOf({users: [ann], groups: [devs], policies: [aws]}), ann, ['s3:GetAcl']);
		expect(lacking.edits.find(({name}) => name === 'Shared')).toMatchObject({outcome: 'unreadable'});
		expect(lacking.notes.join('\n')).toContain('its document is not in the snapshot: what it grants is not known and is not in the new policy');
	});

	test.each([
		{name: 'a service-linked role', role: {path: '/aws-service-role/x.amazonaws.com/'}},
		{name: 'the role of a permission set', role: {name: 'AWSReservedSSO_x', path: '/aws-reserved/sso.amazonaws.com/'}},
	])('$name has no edits, and its marks are played all the same', ({role}) => {
		const fixed = roleOf({...role, document: policyOf(allow(['s3:GetAcl', 'sqs:Send']))});
		const closed = plan(snapshotOf({roles: [fixed]}), fixed, ['s3:GetAcl']);
		expect(closed.notEditable).not.toBeNull();
		expect(closed.edits).toEqual([]);
		expect(closed.edited.losses.map(({lost}) => namesOf(lost))).toEqual([['s3:GetAcl']]);
	});
});

describe('the steps', () => {
	test('what is new comes before what is old goes', () => {
		expect(editSteps(found.edits, {snapshot, principal: ann}).map(({kind}) => kind)).toEqual(['delete-inline', 'delete-inline', 'create', 'attach', 'detach', 'version']);
	});

	test('a new policy takes the place of all, groups among it', () => {
		expect(standaloneSteps(found.standalone, {snapshot, principal: ann}).map(({kind}) => kind)).toEqual(['new-inline', 'detach', 'detach', 'delete-inline', 'leave-group']);
	});
});

describe('the new least-privilege policy', () => {
	const only = (document: unknown, marked: readonly string[], used: readonly string[]): readonly unknown[] => {
		const role = roleOf({document});
		return plan(snapshotOf({roles: [role]}), role, marked, used).standalone.documents.map(one => one.document);
	};

	const bucket = 'arn:aws:s3:::b';
	const secure = {Condition: {Bool: {'aws:SecureTransport': 'true'}}};
	test.each([
		{name: 'keeps resources and conditions', statements: [allow('s3:*', bucket, secure)], kept: [{Effect: 'Allow', Action: ['s3:GetBucket'], Resource: bucket, ...secure}]},
		{
			name: 'says together what stands on the same resources', statements: [allow('s3:GetAcl', bucket), allow(['s3:GetBucket'], bucket)],
			kept: [{Effect: 'Allow', Action: ['s3:GetBucket'], Resource: bucket}],
		},
		{name: 'needs no narrow statement beside an open one', statements: [allow('s3:GetBucket'), allow('s3:*', bucket)], kept: [{Effect: 'Allow', Action: ['s3:GetBucket'], Resource: '*'}]},
		{
			name: 'keeps two narrow statements for one action', statements: [allow('s3:GetBucket', bucket), allow('s3:GetBucket', '*', secure)],
			kept: [{Effect: 'Allow', Action: ['s3:GetBucket'], Resource: bucket}, {Effect: 'Allow', Action: ['s3:GetBucket'], Resource: '*', ...secure}],
		},
		{
			name: 'carries every Deny over', statements: [allow('s3:*'), deny('s3:PutAcl', bucket, {Sid: 'No'})],
			kept: [{Effect: 'Allow', Action: ['s3:GetBucket'], Resource: '*'}, deny('s3:PutAcl', bucket)],
		},
		{name: 'keeps what the catalog does not know', statements: [allow(['s3:GetBucket', 'nope:*'])], kept: [{Effect: 'Allow', Action: ['s3:GetBucket', 'nope:*'], Resource: '*'}]},
	])('$name', ({statements, kept}) => {
		expect(only(policyOf(...statements), ['s3:GetAcl', 's3:PutAcl'], ['s3:GetBucket'])).toEqual([policyOf(...kept)]);
	});

	test('keeps as plain text what an older policy did not take for a variable', () => {
		const resource = 'arn:aws:s3:::${aws:username}'; // eslint-disable-line no-template-curly-in-string
		const written = 'arn:aws:s3:::${$}{aws:username}'; // eslint-disable-line no-template-curly-in-string
		expect(only({Statement: [allow('s3:GetBucket', resource)]}, [], ['s3:GetBucket'])).toEqual([policyOf({Effect: 'Allow', Action: ['s3:GetBucket'], Resource: written})]);
		expect(only(policyOf(allow('s3:GetBucket', resource)), [], ['s3:GetBucket'])).toEqual([policyOf({Effect: 'Allow', Action: ['s3:GetBucket'], Resource: resource})]);
	});

	test('nothing kept, nothing written', () => {
		expect(only(policyOf(allow('s3:GetAcl'), deny('sqs:*')), ['s3:GetAcl'], [])).toEqual([]);
	});
});

describe('a policy that is too large', () => {
	/** Services of 26 stems each; every stem has two used actions, an idle one, and one that begins like it and must go. */
	function stems(services: number, marksIdle: boolean): Remediation {
		const stem = (index: number): string => `S${String.fromCodePoint(97 + index)}${'x'.repeat(36)}`;
		const ends = ['Used', 'Usual', 'Idle'];
		const letter = (index: number): string => String.fromCodePoint(65 + index);
		const actionsOf = (service: number, index: number): string[] =>
			[...ends.map(end => `${stem(index)}${end}${letter(index)}`), `S${letter(index).toLowerCase()}Gone${letter(index)}`].map(name => `svc${service}:${name}`);
		const list = Array.from({length: services * 26}, (_, index) => actionsOf(Math.floor(index / 26), index % 26)).flat();
		const wide = fakeCatalog(list);
		const named = (...words: readonly string[]): ActionSet => ActionSet.of(wide.size, list.filter(name => words.some(word => name.includes(word))).map(name => wide.idOf(name) ?? -1));
		const role = roleOf({document: policyOf(allow('*'))});
		return remediate({
			snapshot: snapshotOf({roles: [role]}), catalog: wide, serviceControlPolicies: undefined, principal: role,
			marked: named('Gone', ...marksIdle ? ['Idle'] : []), used: named('Used', 'Usual'), unknown: new ActionSet(wide.size),
		});
	}

	test('inline, it is replaced by managed ones', () => {
		const {edits, edited, standalone, extras} = stems(10, true);
		expect(edits[0]).toMatchObject({outcome: 'replaced'});
		expect(edits[0]?.after.filter(({document}) => JSON.stringify(document).length > 6144)).toEqual([]);
		expect(edits[0]?.notes.join('\n')).toContain('actions that the catalog does not know are no longer allowed');
		expect([edited.check.stillGranted.isEmpty(), edited.check.lost.isEmpty(), edited.check.gained.isEmpty()]).toEqual([true, true, true]);
		expect(standalone).toMatchObject({form: 'managed', fits: true});
		expect(extras.isEmpty()).toBe(true);
	});

	test('for ten managed ones, it stays, and what can be done is said', () => {
		const {edits, edited, standalone} = stems(60, true);
		expect(edits[0]).toMatchObject({outcome: 'too-large', after: []});
		expect(edited.check.stillGranted.isEmpty()).toBe(false);
		expect(standalone.fits).toBe(false);
		expect(standalone.options).not.toEqual([]);
	});

	test('wildcards keep unmarked unused actions only where it does not fit without, and never a marked one', () => {
		expect(stems(4, false).extras.isEmpty()).toBe(true);
		const {standalone, extras, standing} = stems(40, false);
		expect(standalone.fits).toBe(true);
		expect(extras.isEmpty()).toBe(false);
		expect(standing.check.stillGranted.isEmpty()).toBe(true);
	});
});
