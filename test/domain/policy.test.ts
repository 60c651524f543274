import {describe, expect, it} from 'vitest';
import {parsePolicy} from '../../source/domain/policy.js';

const allow = {Effect: 'Allow', Action: 's3:GetObject', Resource: '*'};

describe('a policy document in its normal form', () => {
	it('takes one statement as a list of one, and a string as a list of one', () => {
		expect(parsePolicy({Version: '2012-10-17', Statement: {...allow, Sid: 'Read'}})).toEqual({
			statements: [{
				index: 0, sid: 'Read', effect: 'Allow', actions: ['s3:GetObject'], notActions: null, resources: ['*'], notResources: null, conditional: false,
			}],
			problems: [],
		});
	});

	it('keeps NotAction and NotResource apart from Action and Resource', () => {
		const [statement] = parsePolicy({Statement: [{Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], NotResource: 'arn:aws:s3:::a'}]}).statements;
		expect(statement).toMatchObject({effect: 'Deny', actions: null, notActions: ['iam:*', 'sts:*'], resources: null, notResources: ['arn:aws:s3:::a']});
	});

	it.each([
		['a Condition', {StringEquals: {'aws:RequestedRegion': 'eu-west-1'}}, true],
		['an empty Condition, which is always true', {}, false],
	])('sees %s', (_, condition, conditional) => {
		expect(parsePolicy({Statement: [{...allow, Condition: condition}]}).statements[0]?.conditional).toBe(conditional);
	});

	it('has the statements that count, each with its place in the document, beside those that do not', () => {
		const {statements, problems} = parsePolicy({Statement: [{...allow, Effect: 'allow', Sid: 'Bad'}, allow]});
		expect(statements.map(({index}) => index)).toEqual([1]);
		expect(problems).toEqual([{statement: 0, sid: 'Bad', reason: 'has the Effect "allow", which is neither "Allow" nor "Deny"'}]);
	});
});

describe('IAM would reject', () => {
	it.each<[rule: string, statement: unknown, reason: RegExp]>([
		['an Effect in lower case', {...allow, Effect: 'deny'}, /Effect "deny"/],
		['no Effect', {Action: 's3:*', Resource: '*'}, /no Effect/],
		['both Action and NotAction', {...allow, NotAction: 'iam:*'}, /both Action and NotAction/],
		['neither Action nor NotAction', {Effect: 'Allow', Resource: '*'}, /neither Action nor NotAction/],
		['both Resource and NotResource', {...allow, NotResource: '*'}, /both Resource and NotResource/],
		['neither Resource nor NotResource', {Effect: 'Allow', Action: 's3:*'}, /neither Resource nor NotResource/],
		['a wildcard in the service prefix', {...allow, Action: 's*:Get*'}, /wildcard in the service prefix of "s\*:Get\*"/],
		['a ? in the service prefix', {...allow, Action: '?3:Get*'}, /wildcard in the service prefix/],
		['a wildcard in the service prefix before everything', {...allow, Action: ['s3:Get*', '*:Get*']}, /"\*:Get\*"/],
		['an action without a service', {...allow, Action: 'GetObject'}, /"GetObject" without a service prefix/],
		['an action without a name', {...allow, Action: 's3:'}, /"s3:"/],
		['the same in NotAction', {Effect: 'Allow', NotAction: 'Get*', Resource: '*'}, /without a service prefix/],
		['an empty list of actions', {...allow, Action: []}, /empty Action/],
		['an action that is no string', {...allow, Action: [1]}, /no string/],
		['element names in lower case', {effect: 'Allow', action: 's3:*', resource: '*'}, /unknown element "effect"/],
		['a Principal in an identity policy', {...allow, Principal: '*'}, /Principal/],
		['a Condition that is a list', {...allow, Condition: []}, /Condition/],
		['a statement that is no object', 'Allow', /no JSON object/],
	])('%s', (_, statement, reason) => {
		const {statements, problems} = parsePolicy({Statement: [statement]});
		expect(statements).toEqual([]);
		expect(problems.map(problem => problem.statement)).toEqual([0]);
		expect(problems[0]?.reason).toMatch(reason);
	});

	it.each([
		['no object', 'text', /no JSON object/], ['null', null, /no JSON object/], ['a list', [allow], /no JSON object/], ['no Statement', {Version: '2012-10-17'}, /no Statement/],
	])('a document that is %s', (_, document, reason) => {
		const {statements, problems} = parsePolicy(document);
		expect(statements).toEqual([]);
		expect(problems.map(problem => problem.statement)).toEqual([null]);
		expect(problems[0]?.reason).toMatch(reason);
	});
});
