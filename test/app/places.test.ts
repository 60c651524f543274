import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {trailPlace, trailWords, type TrailPlace} from '../../source/app/places.js';
import {configSchema} from '../../source/config/schema.js';
import {UserError} from '../../source/lib/errors.js';

describe('what --trail names', () => {
	test.each<[string, string, TrailPlace]>([
		['a path', 'logs', {kind: 'files', path: path.resolve('logs')}],
		['a folder that has the name of a source', './athena', {kind: 'files', path: path.resolve('athena')}],
		['Athena, over the account\'s own trail', 'athena', {kind: 'athena'}],
		['IAM\'s last accessed data', 'last-accessed', {kind: 'last-accessed'}],
		['a bucket', 's3://logs', {kind: 'athena', bucket: 'logs', prefix: ''}],
		['a bucket and a prefix', 's3://logs/my/prefix/', {kind: 'athena', bucket: 'logs', prefix: 'my/prefix'}],
		['a folder of a bucket, as S3\'s console shows it', 's3://logs/p/AWSLogs/123456789012/CloudTrail/', {kind: 'athena', bucket: 'logs', prefix: 'p'}],
		['a folder of an organization\'s bucket', 's3://logs/AWSLogs/o-abcdefghij/123456789012/', {kind: 'athena', bucket: 'logs', prefix: '', organizationId: 'o-abcdefghij'}],
		['a server and its index', 'http://localhost:9200/cloudtrail-*', {kind: 'opensearch', url: 'http://localhost:9200', index: 'cloudtrail-*', auth: {kind: 'none'}}],
		['a server behind a path', 'https://logs.example.com/es/trail', {kind: 'opensearch', url: 'https://logs.example.com/es', index: 'trail', auth: {kind: 'none'}}],
		['a server alone', 'https://logs.example.com', {kind: 'opensearch', url: 'https://logs.example.com', index: 'cloudtrail', auth: {kind: 'none'}}],
		['a domain of AWS is signed for', 'https://x.eu-west-1.es.amazonaws.com/trail', {kind: 'opensearch', url: 'https://x.eu-west-1.es.amazonaws.com', index: 'trail', auth: {kind: 'sigv4', service: 'es'}}],
		['a serverless collection, too', 'https://x.eu-west-1.aoss.amazonaws.com/trail', {kind: 'opensearch', url: 'https://x.eu-west-1.aoss.amazonaws.com', index: 'trail', auth: {kind: 'sigv4', service: 'aoss'}}],
	])('%s', (_, text, place) => {
		expect(trailPlace(text)).toEqual(place);
	});

	test.each([
		['no bucket', 's3://', /names no bucket/],
		['no address', 'https://', /is no address/],
		['a password, which is not repeated', 'https://me:s3cret@logs/x', /^(?!.*s3cret).*holds a user or a password/],
	])('%s is an error', (_, text, message) => {
		expect(() => trailPlace(text)).toThrow(UserError);
		expect(() => trailPlace(text)).toThrow(message);
	});
});

test.each<[TrailPlace, string]>([
	[{kind: 'files', path: '/logs'}, '/logs'],
	[{kind: 'athena'}, 'Athena, over the account\'s own trail'],
	[{kind: 'athena', bucket: 'logs', prefix: ''}, 'Athena, s3://logs'],
	[{kind: 'athena', bucket: 'logs', prefix: 'p'}, 'Athena, s3://logs/p'],
	[{kind: 'last-accessed'}, 'IAM last accessed data'],
	[{kind: 'opensearch', url: 'https://x', index: 'trail', auth: {kind: 'none'}}, 'OpenSearch https://x, index trail'],
])('in words: %j', (place, words) => {
	expect(trailWords(place)).toBe(words);
});

test('a stored address with a user or a password is refused: it would be shown', () => {
	const stored = (url: string) => configSchema.safeParse({accounts: [{name: 'a', iam: {kind: 'live'}, trail: {kind: 'opensearch', url, index: 'i'}}]});
	expect(stored('https://logs.example.com').success).toBe(true);
	const {success, error} = stored('https://me:s3cret@logs.example.com');
	expect(success).toBe(false);
	expect(error?.issues.map(({message}) => message).join('')).toMatch(/^(?!.*s3cret).*holds no user and no password/);
});
