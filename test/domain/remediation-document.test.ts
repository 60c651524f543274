import {describe, expect, test} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';
import {createEditTools, editDocument, type EditForm} from '../../source/domain/remediation-document.js';
import {fakeCatalog} from './fake-catalog.js';
import {allow, deny, policyOf} from './grant-fixtures.js';

const catalog = fakeCatalog(['s3:GetAcl', 's3:GetBucket', 's3:GetBuckets', 's3:PutAcl', 's3:PutBucket', 'sqs:Receive', 'sqs:Send']);
const tools = createEditTools(catalog);

function edited(statements: ReadonlyArray<Readonly<Record<string, unknown>>>, marked: readonly string[], form: EditForm = 'open'): unknown {
	const set = ActionSet.of(catalog.size, marked.map(name => catalog.idOf(name) ?? -1));
	return editDocument(tools, policyOf(...statements), set, form).document;
}

const rejected = {Effect: 'allow', Action: 's3:GetAcl', Resource: '*'};

const narrow = {Sid: 'Mine', Condition: {Bool: {'aws:SecureTransport': 'true'}}};

describe('a statement without the marked actions', () => {
	type Raw = Readonly<Record<string, unknown>>;
	const cases: ReadonlyArray<{name: string; before: readonly Raw[]; marked: readonly string[]; after: readonly Raw[]; form?: EditForm}> = [
		{name: 'a listed action goes from the list', before: [allow(['s3:GetAcl', 's3:PutAcl'])], marked: ['s3:GetAcl'], after: [allow(['s3:PutAcl'])]},
		{name: 'what is not reached stays as it is written', before: [allow(['S3:get*', 'sqs:Send'])], marked: ['sqs:Send'], after: [allow(['S3:get*'])]},
		{name: 'a wildcard becomes what is left of it', before: [allow('s3:Get*')], marked: ['s3:GetAcl'], after: [allow('s3:GetBucket*')]},
		{name: 'a wildcard in a list is replaced in its place', before: [allow(['sqs:*', 's3:Get*', 's3:PutAcl'])], marked: ['s3:GetAcl'], after: [allow(['sqs:*', 's3:GetBucket*', 's3:PutAcl'])]},
		{name: 'what another pattern covers is not said twice', before: [allow(['s3:GetBucket*', 's3:Get*'])], marked: ['s3:GetAcl'], after: [allow(['s3:GetBucket*'])]},
		{name: 'Sid, Resource and Condition stay', before: [allow('s3:Get*', 'arn:aws:s3:::b', narrow)], marked: ['s3:GetAcl'], after: [allow('s3:GetBucket*', 'arn:aws:s3:::b', narrow)]},
		{name: 'an emptied statement goes, the others stay', before: [allow('s3:GetAcl'), allow('sqs:Send')], marked: ['s3:GetAcl'], after: [allow('sqs:Send')]},
		{name: 'a Deny stays', before: [deny('s3:GetAcl'), allow(['s3:GetAcl', 'sqs:Send'])], marked: ['s3:GetAcl'], after: [deny('s3:GetAcl'), allow(['sqs:Send'])]},
		{name: 'what the catalog does not know stays', before: [allow(['s3:GetAcl', 's3:GetInvented', 'nope:*'])], marked: ['s3:GetAcl'], after: [allow(['s3:GetInvented', 'nope:*'])]},
		{
			name: '"*" becomes NotAction, which keeps what the catalog does not know',
			before: [allow('*')], marked: ['s3:GetAcl', 's3:PutAcl'], after: [{Effect: 'Allow', NotAction: 's3:*Acl', Resource: '*'}],
		},
		{
			name: 'NotAction takes the marked actions in',
			before: [{Effect: 'Allow', NotAction: ['sqs:*'], Resource: '*'}], marked: ['s3:GetAcl'], after: [{Effect: 'Allow', NotAction: ['sqs:*', 's3:GetAcl'], Resource: '*'}],
		},
		{
			name: 'NotAction that reaches only a service takes in what is marked of it alone',
			before: [{Effect: 'Allow', NotAction: 's3:PutAcl', Resource: 'arn:aws:s3:::b'}], marked: ['s3:GetAcl', 'sqs:Send'],
			after: [{Effect: 'Allow', NotAction: ['s3:PutAcl', 's3:GetAcl'], Resource: 'arn:aws:s3:::b'}],
		},
		{
			name: 'what is named beside a "*" that does not reach it stands on its own',
			before: [{Sid: 'Both', ...allow(['*', 'sqs:Send', 'nope:Thing'], 'arn:aws:s3:::b')}], marked: ['s3:GetAcl'],
			after: [{Sid: 'Both', Effect: 'Allow', NotAction: ['s3:GetAcl'], Resource: 'arn:aws:s3:::b'}, allow(['sqs:Send', 'nope:Thing'], 'arn:aws:s3:::b')],
		},
		{name: 'closed, "*" lists what stays', before: [allow('*')], marked: ['s3:GetAcl', 's3:PutAcl', 'sqs:Send'], after: [allow(['s3:GetBucket*', 's3:PutBucket', 'sqs:Receive'])], form: 'closed'},
		{name: 'all that "*" reaches goes with it', before: [allow('*', 'arn:aws:sqs:eu-west-1:1:q'), allow('s3:PutAcl')], marked: ['sqs:Send', 'sqs:Receive'], after: [allow('s3:PutAcl')]},
		{name: 'a statement that IAM would reject stays', before: [rejected, allow('s3:GetAcl')], marked: ['s3:GetAcl'], after: [rejected]},
	];
	test.each(cases)('$name', ({before, marked, after, form}) => {
		expect(edited(before, marked, form)).toEqual(policyOf(...after));
	});

	test('nothing is left of a policy whose every statement goes', () => {
		expect(edited([allow(['s3:GetAcl', 's3:PutAcl'])], ['s3:GetAcl', 's3:PutAcl'])).toBeNull();
	});

	test('an untouched document is the very same', () => {
		const document = policyOf(allow('s3:GetAcl'));
		expect(editDocument(tools, document, new ActionSet(catalog.size), 'open')).toEqual({document, changed: false, closed: false});
	});

	test('a single statement stays single, and the document keeps its order', () => {
		const set = ActionSet.of(catalog.size, [catalog.idOf('s3:GetAcl') ?? -1]);
		const document = {Statement: {Action: ['s3:GetAcl', 's3:PutAcl'], Effect: 'Allow', Resource: '*'}, Version: '2012-10-17', Id: 'mine'};
		expect(JSON.stringify(editDocument(tools, document, set, 'open').document)).toBe(JSON.stringify({...document, Statement: {...document.Statement, Action: ['s3:PutAcl']}}));
	});
});
