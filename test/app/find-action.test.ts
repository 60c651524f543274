import {describe, expect, test} from 'vitest';
import {buildAnalysis} from '../../source/app/analyse.js';
import {findAction} from '../../source/app/find-action.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {UserError} from '../../source/lib/errors.js';
import {snapshotOf, user} from '../domain/snapshots.js';

const alice = user('alice', ['s3:CreateBucket', 'MadeUp:Thing']);
const analysis = buildAnalysis({
	snapshot: snapshotOf([alice]),
	usage: {source: 'files', location: '/logs', rows: [], assumptions: [], accounts: [], days: [], regions: [], elsewhere: [], unreadable: [], files: 0, warnings: []},
	window: {start: '2026-01-01T00:00:00Z', end: '2026-02-01T00:00:00Z'},
	accountName: null,
	catalog: loadCatalog(),
	strict: false,
});

describe('the action that a name means', () => {
	test.each([
		['one of the principal\'s, in any case', 'S3:CREATEBUCKET', 's3:CreateBucket'],
		['one that the catalog does not know, as the policy writes it', 'madeup:thing', 'MadeUp:Thing'],
		['one of the catalog that the principal is not granted', 'ec2:RunInstances', 'ec2:RunInstances'],
	])('%s', (_, name, expected) => {
		expect(findAction(analysis, alice.arn, name)).toBe(expected);
	});

	test.each([
		['a typing error: the nearest of the service', 's3:CreateBuket', /^no IAM action "s3:CreateBuket" is known \(did you mean s3:CreateBucket\b/],
		['a typing error in the service: the nearest service', 's33:CreateBucket', /^no IAM action "s33:CreateBucket" is known/],
		['a service alone', 's3', /^no IAM action "s3" is known/],
		['a pattern', 's3:*', /^no IAM action "s3:\*" is known/],
		['nothing near', 'zzz', /^no IAM action "zzz" is known$/],
	])('%s is an error with the next step', (_, name, message) => {
		const find = () => findAction(analysis, alice.arn, name);
		expect(find).toThrow(UserError);
		expect(find).toThrow(message);
		expect(find).toThrow(expect.objectContaining({hint: 'name it as in a policy: s3:CreateBucket'}));
	});
});
