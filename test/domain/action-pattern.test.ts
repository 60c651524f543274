import {describe, expect, it} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';
import {addMatch, coversText, createPatternMatcher, isMatched} from '../../source/domain/action-pattern.js';
import {fakeCatalog} from './fake-catalog.js';

const catalog = fakeCatalog([
	's3:GetObject', 's3:GetObjectAcl', 's3:GetBucketAcl', 's3:PutObject', 's3:ListBucket', 's3express:CreateSession',
	'ec2:RunInstances', 'ec2:DescribeInstances', 'rds:CreateDBInstance', 'rds-data:ExecuteSql',
]);
const match = createPatternMatcher(catalog);

function namesOf(pattern: string): string[] {
	const set = new ActionSet(catalog.size);
	const found = match(pattern);
	if (found) {
		addMatch(set, found);
	}

	return [...set.ids()].map(id => catalog.at(id).name);
}

const everything = Array.from({length: catalog.size}, (_, id) => catalog.at(id).name);

describe('a pattern matches', () => {
	it.each<[rule: string, pattern: string, names: string[]]>([
		['one action by its name', 's3:GetObject', ['s3:GetObject']],
		['whatever its case', 'S3:gETobject', ['s3:GetObject']],
		['all with a prefix', 's3:Get*', ['s3:GetBucketAcl', 's3:GetObject', 's3:GetObjectAcl']],
		['in the middle', 's3:*Object*', ['s3:GetObject', 's3:GetObjectAcl', 's3:PutObject']],
		['with gaps between ids', 's3:*Acl', ['s3:GetBucketAcl', 's3:GetObjectAcl']],
		['one character for each ?', 's3:?etObject', ['s3:GetObject']],
		['no more than one for a ?', 's3:GetObject?', []],
		['nothing for an empty rest of *', 's3:GetObject*', ['s3:GetObject', 's3:GetObjectAcl']],
		['a whole service, not one of a longer name', 's3:*', ['s3:GetBucketAcl', 's3:GetObject', 's3:GetObjectAcl', 's3:ListBucket', 's3:PutObject']],
		['a service whose name begins like another', 'rds:*', ['rds:CreateDBInstance']],
		['everything by *', '*', everything],
		['everything by *:*', '*:*', everything],
		['nothing of a service that is not known', 'nope:*', []],
		['nothing by an action that is not known', 's3:GetNothing', []],
		['dots as dots', 's3:Get.bject', []],
	])('%s', (_, pattern, names) => {
		expect(namesOf(pattern)).toEqual(names);
	});

	it('tells unknown from known', () => {
		expect(match('s3:Nope*')).toBeUndefined();
		expect(match('s3:Get*')).toBeDefined();
	});

	it('answers for single ids as its set does', () => {
		for (const pattern of ['s3:*Acl', '*', 'ec2:*', 's3:GetObject']) {
			const found = match(pattern);
			const ids = everything.map((_, id) => id);
			expect(found && ids.filter(id => isMatched(found, id)).map(id => catalog.at(id).name)).toEqual(namesOf(pattern));
		}
	});

	it('is found at once in spite of many asterisks', () => {
		const long = fakeCatalog([`s3:${'a'.repeat(2000)}b`]);
		expect(createPatternMatcher(long)(`s3:${'*a?'.repeat(300)}*c`)).toBeUndefined();
	});
});

describe('a pattern covers another text of a policy', () => {
	it.each<[rule: string, pattern: string, text: string, expected: boolean]>([
		['a service covers its action', 'new:*', 'new:Thing', true],
		['a service covers a narrower pattern', 'new:*', 'new:Thi*', true],
		['everything covers all', '*', 'new:Thing*', true],
		['a narrower pattern does not cover a wider one', 'new:Thi*', 'new:*', false],
		['a ? does not cover a *', 'new:Thin?', 'new:Thin*', false],
		['another service does not', 'old:*', 'new:Thing', false],
		['case is ignored', 'NEW:thing', 'new:Thing', true],
	])('%s', (_, pattern, text, expected) => {
		expect(coversText(pattern, text)).toBe(expected);
	});
});
