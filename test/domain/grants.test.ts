import {describe, expect, it} from 'vitest';
import type {ActionSet} from '../../source/domain/action-set.js';
import {createGrantEvaluator, type PrincipalGrants, type ServiceControlPolicies} from '../../source/domain/grants.js';
import type {IamPrincipal, IamSnapshot} from '../../source/domain/snapshot.js';
import {fakeCatalog} from './fake-catalog.js';
import {allow, deny, groupOf, managedOf, policyOf, roleOf, snapshotOf, userOf} from './grant-fixtures.js';

const catalog = fakeCatalog(['s3:GetObject', 's3:PutObject', 's3:DeleteBucket', 'ec2:RunInstances', 'ec2:DescribeInstances', 'iam:PassRole', 'sts:AssumeRole', 'kms:Decrypt']);
const names = (set: ActionSet): string[] => [...set.ids()].map(id => catalog.at(id).name);
const everything = Array.from({length: catalog.size}, (_, id) => catalog.at(id).name);
const but = (...left: readonly string[]): string[] => everything.filter(name => !left.includes(name));

function evaluate(principal: IamPrincipal, snapshot: IamSnapshot = snapshotOf(), scps?: ServiceControlPolicies): PrincipalGrants {
	return createGrantEvaluator(snapshot, catalog, scps)(principal);
}

function idOf(name: string): number {
	const id = catalog.idOf(name);
	if (id === undefined) {
		throw new Error(`no ${name}`);
	}

	return id;
}

const inCondition = {Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}};

describe('granted by one document', () => {
	it.each<[rule: string, statements: ReadonlyArray<Readonly<Record<string, unknown>>>, granted: string[], deniedInPart?: string[]]>([
		['what Action lists', [allow(['s3:Get*', 'kms:Decrypt'])], ['kms:Decrypt', 's3:GetObject']],
		['what NotAction leaves', [{Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*'}], ['ec2:DescribeInstances', 'ec2:RunInstances', 'kms:Decrypt', 'sts:AssumeRole']],
		['with a Condition: shown, not judged', [allow('s3:GetObject', '*', inCondition)], ['s3:GetObject']],
		['on a narrow resource: shown, not judged', [allow('s3:GetObject', 'arn:aws:s3:::a/*')], ['s3:GetObject']],
		['a Deny on every resource takes away', [allow('s3:*'), deny('s3:DeleteBucket')], ['s3:GetObject', 's3:PutObject']],
		['a Deny stands before or after its Allow', [deny('s3:DeleteBucket'), allow('s3:*')], ['s3:GetObject', 's3:PutObject']],
		['a Deny of * among other resources covers every resource', [allow('s3:*'), deny('s3:DeleteBucket', ['arn:aws:s3:::a', '*'])], ['s3:GetObject', 's3:PutObject']],
		['a Deny on a narrow resource is a denial in part', [allow('s3:GetObject'), deny('s3:*', 'arn:aws:s3:::a/*')], ['s3:GetObject'], ['s3:GetObject']],
		['a Deny with a Condition is a denial in part', [allow('s3:GetObject'), deny('s3:*', '*', inCondition)], ['s3:GetObject'], ['s3:GetObject']],
		['a Deny with NotResource is a denial in part', [allow('s3:GetObject'), {Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::a'}], ['s3:GetObject'], ['s3:GetObject']],
		['a Deny with NotResource * too', [allow('s3:GetObject'), {Effect: 'Deny', Action: 's3:*', NotResource: '*'}], ['s3:GetObject'], ['s3:GetObject']],
		['a Deny with NotAction denies all it does not list', [allow('*'), {Effect: 'Deny', NotAction: ['s3:*'], Resource: '*'}], ['s3:DeleteBucket', 's3:GetObject', 's3:PutObject']],
		['a Deny in part says nothing of what is not granted', [allow('s3:GetObject'), deny('ec2:*', '*', inCondition)], ['s3:GetObject'], []],
		['everything by *', [allow('*')], everything],
		['everything by *:*', [allow('*:*')], everything],
		['* on another service\'s ARNs grants nothing else', [allow('*', 'arn:aws:s3:::*')], ['s3:DeleteBucket', 's3:GetObject', 's3:PutObject']],
		['nor does NotAction', [{Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: ['arn:aws:s3:::*']}], ['s3:GetObject', 's3:PutObject']],
		['nor does a Deny of * there touch other services', [allow('*'), deny('*', 'arn:aws:s3:::secret/*')], everything, ['s3:DeleteBucket', 's3:GetObject', 's3:PutObject']],
		['sts takes the ARNs of iam roles', [allow('*', 'arn:aws:iam::*:role/x')], ['ec2:DescribeInstances', 'ec2:RunInstances', 'iam:PassRole', 'sts:AssumeRole']],
		['one resource of * is any service\'s', [allow('*', ['arn:aws:s3:::*', '*'])], everything],
		['a wildcard up to the service part is any service\'s', [allow('*', 'arn:aws:*:eu-west-1:*:*')], everything],
		['a variable in the service part is any service\'s', [allow('*', ['arn:aws:', '{aws:PrincipalTag/service}:::x'].join('$'))], everything],
		['NotResource is any service\'s', [{Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::a'}], everything],
		['an action that is named is not judged by its resource', [allow('ec2:RunInstances', 'arn:aws:s3:::a')], ['ec2:RunInstances']],
		['a statement IAM would reject grants nothing', [{Effect: 'allow', Action: '*', Resource: '*'}], []],
	])('%s', (_, statements, granted, deniedInPart = []) => {
		const grants = evaluate(userOf({document: policyOf(...statements)}));
		expect(names(grants.granted)).toEqual(granted.toSorted());
		expect(names(grants.deniedInPart)).toEqual(deniedInPart.toSorted());
	});
});

describe('granted through', () => {
	const read = managedOf('Read', policyOf(allow('s3:GetObject', ['arn:aws:s3:::a/*'], {Sid: 'ReadA', ...inCondition})));
	const snapshot = snapshotOf({
		policies: [read],
		groups: [groupOf('staff', {document: policyOf(deny('kms:*'), allow('ec2:*')), attachedPolicies: [{name: read.name, arn: read.arn}]})],
	});

	it('an attached policy and a group, each named with its statement', () => {
		const grants = evaluate(userOf({groups: ['staff'], attachedPolicies: [{name: read.name, arn: read.arn}]}), snapshot);
		expect(names(grants.granted)).toEqual(['ec2:DescribeInstances', 'ec2:RunInstances', 's3:GetObject']);
		const common = {policy: 'Read', policyArn: read.arn, policyType: 'managed', statement: 0, sid: 'ReadA', conditional: true, resources: ['arn:aws:s3:::a/*'], notResources: null};
		expect(grants.grantsOf(idOf('s3:GetObject'))).toEqual([
			{...common, via: {kind: 'user', name: 'ann'}},
			{...common, via: {kind: 'group', name: 'staff'}},
		]);
		expect(grants.grantsOf(idOf('ec2:RunInstances'))).toEqual([{
			policy: 'inline', policyArn: null, policyType: 'inline', via: {kind: 'group', name: 'staff'}, statement: 1, sid: null, conditional: false, resources: ['*'], notResources: null,
		}]);
		expect(grants.grantsOf(idOf('kms:Decrypt'))).toEqual([]);
	});

	it('a group whose Deny takes away what the user has', () => {
		const grants = evaluate(userOf({groups: ['staff'], document: policyOf(allow('kms:Decrypt'))}), snapshot);
		expect(names(grants.blocked)).toEqual(['kms:Decrypt']);
		expect(grants.blockedBy(idOf('kms:Decrypt'))).toEqual(['Deny in inline policy inline of group staff, statement 0']);
	});
});

describe('a permissions boundary', () => {
	const withBoundary = (document: unknown, own: unknown = policyOf(allow('*'))): PrincipalGrants => {
		const boundary = managedOf('Limit', document);
		return evaluate(userOf({document: own, boundaryArn: boundary.arn}), snapshotOf({policies: [boundary]}));
	};

	it('keeps what it allows too, and grants nothing itself', () => {
		const grants = withBoundary(policyOf(allow(['s3:*', 'kms:*'])), policyOf(allow(['s3:GetObject', 'ec2:*'])));
		expect(names(grants.granted)).toEqual(['s3:GetObject']);
		expect(names(grants.blocked)).toEqual(['ec2:DescribeInstances', 'ec2:RunInstances']);
		expect(grants.blockedBy(idOf('ec2:RunInstances'))).toEqual(['permissions boundary Limit']);
		expect(grants.blockedBy(idOf('s3:GetObject'))).toEqual([]);
		expect(grants.blockedBy(idOf('kms:Decrypt'))).toEqual([]);
		expect(grants.grantsOf(idOf('s3:GetObject')).map(({policy}) => policy)).toEqual(['inline']);
		expect(grants.boundaryGrantsOf(idOf('s3:GetObject')).map(({policy}) => policy)).toEqual(['Limit']);
	});

	it('allows by a Condition or a narrow resource', () => {
		expect(names(withBoundary(policyOf(allow('s3:*', '*', inCondition), allow('kms:Decrypt', 'arn:aws:kms:*:*:key/a'))).granted))
			.toEqual(['kms:Decrypt', 's3:DeleteBucket', 's3:GetObject', 's3:PutObject']);
	});

	it('takes away by a full Deny, and in part by another', () => {
		const grants = withBoundary(policyOf(allow('*'), deny('iam:*', '*', {Sid: 'NoIam'}), deny('kms:*', '*', {Sid: 'Mfa', ...inCondition})));
		expect(names(grants.granted)).toEqual(but('iam:PassRole'));
		expect(grants.blockedBy(idOf('iam:PassRole'))).toEqual(['Deny in permissions boundary Limit, statement 1 (NoIam)']);
		expect(names(grants.deniedInPart)).toEqual(['kms:Decrypt']);
		expect(grants.blockedBy(idOf('kms:Decrypt'))).toEqual(['Deny in permissions boundary Limit, statement 2 (Mfa) (under a Condition)']);
	});

	it.each([['is not in the snapshot', []], ['has no document', [managedOf('Limit', null)]], ['is no policy', [managedOf('Limit', {})]]])('blocks nothing when it %s, and says so', (_, policies) => {
		const grants = evaluate(userOf({document: policyOf(allow('*')), boundaryArn: managedOf('Limit', null).arn}), snapshotOf({policies}));
		expect(names(grants.granted)).toEqual(everything);
		expect(grants.boundary).toBe('arn:aws:iam::111122223333:policy/Limit');
		expect(grants.incomplete).toEqual([expect.stringContaining('permissions boundary Limit (arn:aws:iam::111122223333:policy/Limit)')]);
	});
});

describe('service control policies', () => {
	const full = {name: 'FullAWSAccess', document: policyOf(allow('*'))};
	const s3 = {name: 'OnlyS3', document: policyOf(allow('s3:*'))};
	const kms = {name: 'OnlyKms', document: policyOf(allow('kms:*'))};
	const noLeave = {name: 'NoDelete', document: policyOf(deny('s3:DeleteBucket', '*', {Sid: 'Keep'}))};
	const region = {name: 'Region', document: policyOf({Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: {StringNotEquals: {'aws:RequestedRegion': 'eu-west-1'}}})};
	const admin = policyOf(allow('*'));

	it.each<[rule: string, levels: ServiceControlPolicies['levels'], granted: string[]]>([
		['union within a level', [[s3, kms]], ['kms:Decrypt', 's3:DeleteBucket', 's3:GetObject', 's3:PutObject']],
		['intersection over the levels', [[full], [s3, kms], [kms]], ['kms:Decrypt']],
		['a Deny at any level takes away', [[full, noLeave], [full]], but('s3:DeleteBucket')],
		['a Deny under a Condition takes away in part only', [[full, region]], everything],
		['no level limits nothing', [], everything],
		['a level without policies limits nothing', [[]], everything],
		['a level with an unreadable policy limits nothing', [[s3, {name: 'Broken', document: null}]], everything],
	])('%s', (_, levels, granted) => {
		expect(names(evaluate(roleOf({document: admin}), snapshotOf(), {levels}).granted)).toEqual(granted);
	});

	it('say what they block, and where', () => {
		const grants = evaluate(userOf({document: admin}), snapshotOf(), {levels: [[full, noLeave, region], [s3]]});
		expect(grants.blockedBy(idOf('s3:DeleteBucket'))).toEqual([
			'Deny in service control policy NoDelete, statement 0 (Keep)',
			'Deny in service control policy Region, statement 0 (under a Condition)',
		]);
		expect(grants.blockedBy(idOf('iam:PassRole'))).toEqual(['service control policies of level 2: none allows it']);
		expect(names(grants.deniedInPart)).toEqual(['s3:GetObject', 's3:PutObject']);
	});

	it('do not hold service-linked roles', () => {
		const role = roleOf({path: '/aws-service-role/config.amazonaws.com/', document: admin});
		expect(names(evaluate(role, snapshotOf(), {levels: [[s3]]}).granted)).toEqual(everything);
	});
});

describe('an action that the catalog does not know', () => {
	const unknownOf = (...statements: ReadonlyArray<Readonly<Record<string, unknown>>>): string[] =>
		evaluate(userOf({document: policyOf(...statements)})).unknown.map(({action}) => action);

	it('is one row as first written, with every statement that grants it', () => {
		const {unknown} = evaluate(userOf({document: policyOf(allow(['new:DoThing', 's3:GetObject']), allow('NEW:dothing'))}));
		expect(unknown.map(({action, grantedBy}) => [action, grantedBy.map(({statement}) => statement)])).toEqual([['new:DoThing', [0, 1]]]);
	});

	it.each<[rule: string, statements: ReadonlyArray<Readonly<Record<string, unknown>>>, unknown: string[]]>([
		['a pattern that matches nothing', [allow(['s3:Frob*', 'new:*'])], ['s3:Frob*', 'new:*']],
		['but not one that NotAction lists', [{Effect: 'Allow', NotAction: 'new:*', Resource: '*'}], []],
		['nor one that a Deny of its service takes away', [allow('new:Thing*'), deny('new:*')], []],
		['nor one that a Deny with NotAction takes away', [allow('new:Thing'), {Effect: 'Deny', NotAction: 's3:*', Resource: '*'}], []],
		['though a narrower Deny leaves some of it', [allow('new:*'), deny('new:Thing')], ['new:*']],
		['and a Deny with a Condition leaves it', [allow('new:Thing'), deny('*', '*', inCondition)], ['new:Thing']],
	])('%s', (_, statements, unknown) => {
		expect(unknownOf(...statements)).toEqual(unknown);
	});

	it.each([['*', ['new:Thing', 'new:Th*']], ['s3:*', []], ['new:*', ['new:Thing', 'new:Th*']], ['new:Thin?', ['new:Thing', 'new:Th*']]])(
		'stays under a boundary of %s only where it may be allowed',
		(action, expected) => {
			const boundary = managedOf('Limit', policyOf(allow(action)));
			const grants = evaluate(userOf({document: policyOf(allow(['new:Thing', 'new:Th*'])), boundaryArn: boundary.arn}), snapshotOf({policies: [boundary]}));
			expect(grants.unknown.map(entry => entry.action)).toEqual(expected);
		},
	);
});

describe('what is missing or rejected is said', () => {
	it('an attached policy without document, a group that is not there, an inline policy that could not be read', () => {
		const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
		const {incomplete, granted} = evaluate(userOf({
			groups: ['gone'], attachedPolicies: [{name: 'ReadOnlyAccess', arn}], inlinePolicies: [{name: 'broken', document: null}],
		}));
		expect(incomplete).toEqual([
			'inline policy broken cannot be read',
			`policy ReadOnlyAccess (${arn}) is attached but its document is not in the snapshot`,
			'group gone is not in the snapshot',
		]);
		expect(granted.isEmpty()).toBe(true);
	});

	it('a statement IAM would reject', () => {
		expect(evaluate(userOf({document: policyOf(allow('s3:*'), allow('s*:Get*', '*', {Sid: 'Wild'}))})).rejected)
			.toEqual(['inline policy inline, statement 1 (Wild) has a wildcard in the service prefix of "s*:Get*": IAM would reject it, so it is ignored']);
	});
});

describe('an administrator', () => {
	it.each<[rule: string, statements: ReadonlyArray<Readonly<Record<string, unknown>>>, admin: boolean]>([
		['is one by * on *', [allow('*')], true],
		['not with a Condition', [allow('*', '*', inCondition)], false],
		['not on narrow resources', [allow('*', 'arn:aws:s3:::*')], false],
		['not when most is denied', [allow('*'), deny(['s3:*', 'ec2:*'])], false],
		['not by NotAction', [{Effect: 'Allow', NotAction: 'iam:*', Resource: '*'}], false],
	])('%s', (_, statements, admin) => {
		expect(evaluate(userOf({document: policyOf(...statements)})).admin).toBe(admin);
	});
});
