import {describe, expect, test} from 'vitest';
import {loadCatalog} from '../../source/domain/catalog.js';
import {createGrantEvaluator, type PrincipalGrants, type ServiceControlPolicies} from '../../source/domain/grants.js';
import {managedOf, roleOf, snapshotOf, userOf} from './grant-fixtures.js';

const catalog = loadCatalog();

/** A policy variable, as it stands in a document. */
const variable = (name: string): string => `\${${name}}`;

const idOf = (name: string): number => {
	const id = catalog.idOf(name);
	if (id === undefined) {
		throw new Error(`${name} is not in the catalog`);
	}

	return id;
};

const evaluate = (document: unknown): PrincipalGrants => createGrantEvaluator(snapshotOf(), catalog)(userOf({document}));

const allow = {Effect: 'Allow', Action: 's3:GetObject', Resource: '*'};
const statement = (more: object) => ({Version: '2012-10-17', Statement: [{...allow, ...more}]});

/** Of three actions those that are granted. */
const probes = ['s3:GetObject', 's3:DeleteBucket', 'ec2:RunInstances'] as const;
const granted = ({granted: set}: PrincipalGrants): string[] => probes.filter(name => set.has(idOf(name)));

describe('documents as nobody should write them', () => {
	test.each<[rule: string, document: unknown, expected: readonly string[], rejected: number]>([
		['*:* is everything', statement({Action: '*:*'}), probes, 0],
		['* beside other actions is everything', statement({Action: ['s3:GetObject', '*']}), probes, 0],
		['a wildcard at the head of the name', statement({Action: 's3:*Object'}), ['s3:GetObject'], 0],
		['wildcards on both sides of the name', statement({Action: 's3:*t*'}), ['s3:GetObject', 's3:DeleteBucket'], 0],
		['a row of wildcards', statement({Action: 's3:***'}), ['s3:GetObject', 's3:DeleteBucket'], 0],
		['? is one character, not none', statement({Action: ['s3:GetObject?', 's3:DeleteBucke?']}), ['s3:DeleteBucket'], 0],
		['case counts in neither part of the action', statement({Action: 'S3:gEToBJECT'}), ['s3:GetObject'], 0],
		['a letter that only looks like another', statement({Action: 's3:GеtObject'}), [], 0],
		['white space belongs to the name', statement({Action: 's3:GetObject '}), [], 0],
		['NotAction * leaves nothing', {Statement: [{Effect: 'Allow', NotAction: '*', Resource: '*'}]}, [], 0],
		['NotAction with an action twice', {Statement: [{Effect: 'Allow', NotAction: ['s3:*', 'S3:*'], Resource: '*'}]}, ['ec2:RunInstances'], 0],
		['NotAction of an action that nobody knows', {Statement: [{Effect: 'Allow', NotAction: 'madeup:Thing', Resource: '*'}]}, probes, 0],
		['everything on the resources of one service', statement({Action: '*', Resource: ['arn:aws:s3:::*', 'arn:aws:s3:::a/*']}), ['s3:GetObject', 's3:DeleteBucket'], 0],
		['everything on a variable', statement({Action: '*', Resource: variable('aws:PrincipalTag/arn')}), probes, 0],
		['everything on what is no ARN', statement({Action: '*', Resource: '**'}), probes, 0],
		['everything but one resource', {Statement: [{Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::a'}]}, probes, 0],
		['no Version: variables are literal, and shown', {Statement: {...allow, Resource: `arn:aws:s3:::${variable('aws:username')}/*`}}, ['s3:GetObject'], 0],
		['an empty list of statements', {Version: '2012-10-17', Statement: []}, [], 0],
		['one statement as an object', {Statement: allow}, ['s3:GetObject'], 0],
		['the same statement twice', {Statement: [allow, allow]}, ['s3:GetObject'], 0],
		['an empty Condition is none', statement({Condition: {}}), ['s3:GetObject'], 0],
		['a null Condition', statement({Condition: null}), [], 1],
		['a list for an Effect', statement({Effect: ['Allow']}), [], 1],
		['an object for an action', statement({Action: {name: 's3:GetObject'}}), [], 1],
		['an empty list of resources', statement({Resource: []}), [], 1],
		['a NotPrincipal', statement({NotPrincipal: {AWS: '*'}}), [], 1],
		['a null statement beside a good one', {Statement: [null, allow]}, ['s3:GetObject'], 1],
		['a statement in a list too deep', {Statement: [[allow]]}, [], 1],
		['a number for the list of statements', {Statement: 7}, [], 1],
		['a bad Deny denies nothing', {Statement: [allow, {Effect: 'Deny', Action: '*:Get*', Resource: '*'}]}, ['s3:GetObject'], 1],
		['Deny of everything but a resource takes away in part only', {Statement: [allow, {Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::a'}]}, ['s3:GetObject'], 0],
		['Deny with NotAction takes away what it does not list', {Statement: [{...allow, Action: '*'}, {Effect: 'Deny', NotAction: 's3:Get*', Resource: '*'}]}, ['s3:GetObject'], 0],
		['Deny on * beside an ARN covers everything', {Statement: [allow, {Effect: 'Deny', Action: 's3:*', Resource: ['arn:aws:s3:::a', '*']}]}, [], 0],
		['Deny on a pattern of every ARN does not cover for certain', {Statement: [allow, {Effect: 'Deny', Action: 's3:*', Resource: 'arn:*'}]}, ['s3:GetObject'], 0],
		['Deny of an action that nobody knows', {Statement: [allow, {Effect: 'Deny', Action: 'madeup:Thing', Resource: '*'}]}, ['s3:GetObject'], 0],
		['keys of the prototype are unknown elements', JSON.parse('{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","__proto__":{"x":1}}]}'), [], 1],
	])('%s', (_, document, expected, rejected) => {
		const grants = evaluate(document);
		expect(granted(grants)).toEqual(expected);
		expect(grants.rejected).toHaveLength(rejected);
	});

	test.each<[rule: string, action: string, rows: readonly string[]]>([
		['a letter that only looks like another', 's3:GеtObject', ['s3:GеtObject']],
		['a pattern that matches nothing', 's3:Nothing*Like*This', ['s3:Nothing*Like*This']],
		['a service that nobody knows', 'madeup:*', ['madeup:*']],
	])('what the catalog does not know is one row, as it is written: %s', (_, action, rows) => {
		expect(evaluate({Statement: [{...allow, Action: [action, action]}, {...allow, Action: action.toUpperCase()}]}).unknown.map(entry => entry.action)).toEqual(rows);
	});

	test('a partial Deny says so on the row', () => {
		const grants = evaluate({Statement: [allow, {Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::a'}]});
		expect(grants.deniedInPart.has(idOf('s3:GetObject'))).toBe(true);
		expect(grants.blockedBy(idOf('s3:GetObject'))).toEqual(['Deny in inline policy inline, statement 1 (for some resources)']);
	});
});

describe('what could allow an action that is not granted', () => {
	const everything = {Version: '2012-10-17', Statement: [{...allow, Action: '*'}]};
	const onlyEc2 = {Version: '2012-10-17', Statement: [{...allow, Action: 'ec2:*'}]};
	const denied = (document: typeof everything) => ({...document, Statement: [...document.Statement, {Effect: 'Deny', Action: 's3:*', Resource: '*'}]});
	const boundary = managedOf('Limit', onlyEc2);
	const denying = managedOf('Limit', denied(everything));
	const own = {Version: '2012-10-17', Statement: [allow]};
	const levels = (...documents: readonly unknown[]): ServiceControlPolicies => ({levels: documents.map(document => [{name: 'Guard', document}])});
	const none: ServiceControlPolicies = {levels: []};

	test.each<[rule: string, kind: 'user' | 'role' | 'linked', own: unknown, limit: typeof boundary | null, scps: ServiceControlPolicies, passedBy: string | null, blocked: number]>([
		['nothing in the way: a resource policy', 'user', {}, null, none, 'a resource policy', 0],
		['a Deny of its own: nothing', 'user', denied(everything), null, none, null, 1],
		['a Deny of its own, without an Allow: nothing', 'user', {Statement: [{Effect: 'Deny', Action: 's3:*', Resource: '*'}]}, null, none, null, 1],
		['a Deny of its own for some resources: a resource policy', 'user', {Statement: [{Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::a'}]}, null, none, 'a resource policy', 0],
		['a boundary that does not allow it: one that names the user', 'user', own, boundary, none, 'a resource policy that names the user', 1],
		['a boundary that does not allow it: one that names the role\'s session', 'role', own, boundary, none, 'a resource policy that names a session of the role', 1],
		['the same where no policy of its own grants it', 'role', onlyEc2, boundary, none, 'a resource policy that names a session of the role', 1],
		['a boundary that allows what no policy grants: any resource policy', 'user', onlyEc2, managedOf('Limit', everything), none, 'a resource policy', 0],
		['a boundary that denies it: nothing', 'role', own, denying, none, null, 1],
		['a level that does not allow it: nothing', 'role', own, null, levels(onlyEc2), null, 1],
		['a level that does not allow it, and no policy of its own: nothing', 'role', onlyEc2, null, levels(everything, onlyEc2), null, 1],
		['a service control policy that denies it: nothing', 'user', own, null, levels(denied(everything)), null, 1],
		['a boundary and a level: nothing', 'user', own, boundary, levels(onlyEc2), null, 2],
		['a service-linked role is under no service control policy', 'linked', onlyEc2, null, levels(onlyEc2), 'a resource policy', 0],
		['a boundary whose document is missing blocks nothing', 'user', onlyEc2, managedOf('Limit', null), none, 'a resource policy', 0],
	])('%s', (...[, kind, document, limit, scps, passedBy, blocked]) => {
		const fields = {document, boundaryArn: limit?.arn ?? null};
		const principal = kind === 'user' ? userOf(fields) : roleOf({...fields, ...kind === 'linked' && {path: '/aws-service-role/config.amazonaws.com/'}});
		const grants = createGrantEvaluator(snapshotOf({policies: limit ? [limit] : []}), catalog, scps)(principal);
		expect(grants.granted.has(idOf('s3:GetObject'))).toBe(false);
		expect(grants.passedBy(idOf('s3:GetObject'))).toBe(passedBy);
		expect(grants.blockedBy(idOf('s3:GetObject'))).toHaveLength(blocked);
	});
});
