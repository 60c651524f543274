import {describe, expect, test} from 'vitest';
import {riskOf} from '../../source/domain/risk.js';
import {filterActions, filterPrincipals, isBenign, matchRanges, parseQuery, sortActions, sortPrincipals, type ActionCriteria} from '../../source/domain/view.js';
import type {Verdict} from '../../source/domain/verdict.js';

function action(lower: string, verdict: Verdict, count = 0, lastUsed: string | null = null) {
	return {lower, verdict, count, lastUsed, risk: riskOf(lower), accessLevel: lower.includes(':list') ? 'List' as const : 'Write' as const};
}

const rows = [
	action('ec2:describeinstances', 'used', 3, '2026-01-02T00:00:00Z'),
	action('ec2:runinstances', 'unused'),
	action('s3:getobject', 'unknown'),
	action('s3:listallmybuckets', 'unused'),
	action('s3:putobject', 'ungranted', 9, '2026-01-01T00:00:00Z'),
];

const everything: ActionCriteria = {usedOnly: false, hideBenign: false, hideUnknown: false, text: ''};

describe('filterActions', () => {
	test.each([
		{name: 'no criteria leave everything', criteria: {}, shown: rows.map(row => row.lower)},
		{name: 'used only keeps what was used without being granted', criteria: {usedOnly: true}, shown: ['ec2:describeinstances', 's3:putobject']},
		{name: 'hide benign leaves out list* and describe*', criteria: {hideBenign: true}, shown: ['ec2:runinstances', 's3:getobject', 's3:putobject']},
		{name: 'hide unknown leaves out ? only', criteria: {hideUnknown: true}, shown: ['ec2:describeinstances', 'ec2:runinstances', 's3:listallmybuckets', 's3:putobject']},
		{name: 'a word is a substring, in any case', criteria: {text: 'OBJECT'}, shown: ['s3:getobject', 's3:putobject']},
		{name: 'a space is AND', criteria: {text: 's3 put'}, shown: ['s3:putobject']},
		{name: '!word excludes', criteria: {text: 's3 !object'}, shown: ['s3:listallmybuckets']},
		{name: 'a lone ! says nothing yet', criteria: {text: 's3 put !'}, shown: ['s3:putobject']},
		{name: 'criteria add up', criteria: {usedOnly: true, hideBenign: true}, shown: ['s3:putobject']},
	])('$name', ({criteria, shown}) => {
		expect(filterActions(rows, {...everything, ...criteria}).map(row => row.lower)).toEqual(shown);
	});
});

test('benign is what the name begins with, not what it contains', () => {
	expect(isBenign('s3:listbucket')).toBe(true);
	expect(isBenign('ec2:describevpcs')).toBe(true);
	expect(isBenign('sns:unlistall')).toBe(false);
	expect(isBenign('s3:getobject')).toBe(false);
});

describe('sortActions', () => {
	test.each([
		{by: 'name' as const, first: ['ec2:describeinstances', 'ec2:runinstances']},
		{by: 'verdict' as const, first: ['ec2:runinstances', 's3:listallmybuckets', 's3:putobject', 's3:getobject', 'ec2:describeinstances']},
		{by: 'last used' as const, first: ['ec2:describeinstances', 's3:putobject', 'ec2:runinstances']},
		{by: 'count' as const, first: ['s3:putobject', 'ec2:describeinstances', 'ec2:runinstances']},
		{by: 'risk' as const, first: ['ec2:runinstances', 's3:getobject', 's3:listallmybuckets', 's3:putobject', 'ec2:describeinstances']},
	])('by $by', ({by, first}) => {
		expect(sortActions(rows.toReversed(), by).map(row => row.lower).slice(0, first.length)).toEqual(first);
	});
});

test('by risk: among the unused and dangerous what gives more permissions comes first, then what opens resources, then what reads data', () => {
	const names = ['s3:getobject', 's3:putbucketpolicy', 'iam:passrole', 'a:write', 'a:list'];
	expect(sortActions(names.toReversed().map(name => action(name, 'unused')), 'risk').map(row => row.lower)).toEqual(['iam:passrole', 's3:putbucketpolicy', 's3:getobject', 'a:write', 'a:list']);
});

describe('principals', () => {
	const principals = [
		{name: 'Zed', verdict: 'used' as const, lastUsed: '2026-01-02T00:00:00Z', counts: {unused: 1}, unusedDangerous: 0},
		{name: 'alice', verdict: 'unused' as const, lastUsed: null, counts: {unused: 0}, unusedDangerous: 0},
		{name: 'bob', verdict: 'unknown' as const, lastUsed: '2026-01-03T00:00:00Z', counts: {unused: 7}, unusedDangerous: 0},
		{name: 'carol', verdict: 'used' as const, lastUsed: '2026-01-01T00:00:00Z', counts: {unused: 2}, unusedDangerous: 1},
	];

	test.each([
		{by: 'name' as const, names: ['Zed', 'alice', 'bob', 'carol']},
		{by: 'verdict' as const, names: ['alice', 'bob', 'Zed', 'carol']},
		{by: 'last used' as const, names: ['bob', 'Zed', 'carol', 'alice']},
		{by: 'unused' as const, names: ['bob', 'carol', 'Zed', 'alice']},
		{by: 'risk' as const, names: ['carol', 'bob', 'Zed', 'alice']},
	])('by $by', ({by, names}) => {
		expect(sortPrincipals(principals, by).map(row => row.name)).toEqual(names);
	});

	test('are filtered by name in any case', () => {
		expect(filterPrincipals(principals, {usedOnly: false, hideUnknown: false, text: 'Z'}).map(row => row.name)).toEqual(['Zed']);
		expect(filterPrincipals(principals, {usedOnly: false, hideUnknown: false, text: '!b'}).map(row => row.name)).toEqual(['Zed', 'alice', 'carol']);
	});
});

describe('matchRanges', () => {
	test.each([
		{name: 'each word once', text: 's3:GetObject', words: 'get s3', ranges: [[0, 2], [3, 6]]},
		{name: 'overlapping words become one', text: 's3:GetObject', words: 'geto tobj', ranges: [[3, 9]]},
		{name: 'excluded words are not marked', text: 's3:GetObject', words: '!acl', ranges: []},
		{name: 'a text that changes length in lower case is not marked', text: 'İx', words: 'x', ranges: []},
	])('$name', ({text, words, ranges}) => {
		expect(matchRanges(text, parseQuery(words))).toEqual(ranges);
	});
});
