import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCloudTrackerConfig, type CloudTrackerConfig} from '../../source/config/cloudtracker-yaml.js';
import type {TrailPlace} from '../../source/config/schema.js';
import {temporaryFolder} from '../support/temporary-folder.js';

async function read(text: string): Promise<CloudTrackerConfig & {folder: string}> {
	const folder = await temporaryFolder();
	const file = path.join(folder, 'config.yaml');
	await writeFile(file, text);
	await mkdir(path.join(folder, 'account-data'));
	await writeFile(path.join(folder, 'account-data', 'demo_iam.json'), '{}');
	return {...readCloudTrackerConfig(file), folder};
}

describe('ids are taken from the source text', () => {
	test.each([
		['bare, with a leading zero', '012345678901'],
		['quoted', '"012345678901"'],
		['single-quoted', '\'012345678901\''],
	])('%s', async (_, id) => {
		const {accounts} = await read(`accounts:\n  - name: demo\n    id: ${id}\n    iam: account-data/demo_iam.json\n`);
		expect(accounts[0]?.id).toBe('012345678901');
	});

	test('a name that looks like a number stays as it is written', async () => {
		const {accounts} = await read('accounts:\n  - name: 007\n');
		expect(accounts[0]?.name).toBe('007');
	});
});

test('a relative IAM path is found beside the config file', async () => {
	const {accounts, folder} = await read('accounts:\n  - {name: demo, iam: account-data/demo_iam.json}\n');
	expect(accounts[0]?.iam).toBe(path.join(folder, 'account-data', 'demo_iam.json'));
});

test('the working folder comes first, as CloudTracker had it', async () => {
	const {accounts} = await read('accounts:\n  - {name: demo, iam: package.json}\n');
	expect(accounts[0]?.iam).toBe(path.resolve('package.json'));
});

test('an IAM file that is not there: what was tried is known', async () => {
	const {accounts, folder} = await read('accounts:\n  - {name: demo, iam: nowhere.json}\n');
	expect(accounts[0]).toMatchObject({iam: null, tried: [path.resolve('nowhere.json'), path.join(folder, 'nowhere.json')]});
});

describe('the log source', () => {
	test.each<[string, string, TrailPlace | null]>([
		['none', '', null],
		['athena with a bucket alone', 'athena: {s3_bucket: logs}\n', {kind: 'athena', bucket: 'logs', prefix: ''}],
		['athena with all of CloudTracker\'s keys', 'athena:\n  s3_bucket: logs\n  path: /my/prefix/\n  org_id: o-abcdefghij\n  workgroup: audit\n  output_s3_bucket: s3://results/here\n', {
			kind: 'athena', bucket: 'logs', prefix: 'my/prefix', organizationId: 'o-abcdefghij', workgroup: 'audit', outputLocation: 's3://results/here',
		}],
		['an output bucket without its scheme', 'athena: {s3_bucket: logs, output_s3_bucket: results}\n', {kind: 'athena', bucket: 'logs', prefix: '', outputLocation: 's3://results'}],
		['a bucket that looks like a number', 'athena: {s3_bucket: 0123456}\n', {kind: 'athena', bucket: '0123456', prefix: ''}],
		['elasticsearch with what its client takes for granted', 'elasticsearch: {}\n', {kind: 'opensearch', url: 'http://localhost:9200', index: 'cloudtrail', auth: {kind: 'none'}}],
		['elasticsearch with all of CloudTracker\'s keys', 'elasticsearch:\n  host: logs.example.com\n  port: 9243\n  index: trail-*\n  key_prefix: message\n  timestamp_field: "@timestamp"\n  use_ssl: True\n  url_prefix: es\n', {
			kind: 'opensearch', url: 'https://logs.example.com:9243/es', index: 'trail-*', auth: {kind: 'none'}, keyPrefix: 'message', timestampField: '@timestamp',
		}],
		['the index beside the section, as its first versions had it', 'elasticsearch: {host: localhost, port: 9200}\nindex: audit\n', {kind: 'opensearch', url: 'http://localhost:9200', index: 'audit', auth: {kind: 'none'}}],
		['elasticsearch comes before athena, as in CloudTracker', 'athena: {s3_bucket: logs}\nelasticsearch: {host: localhost}\n', {kind: 'opensearch', url: 'http://localhost:9200', index: 'cloudtrail', auth: {kind: 'none'}}],
		['a password stays in the file: an environment variable gives it', 'elasticsearch: {host: localhost, http_auth: [elastic, s3cret]}\n', {
			kind: 'opensearch', url: 'http://localhost:9200', index: 'cloudtrail', auth: {kind: 'basic', user: 'elastic', passwordVariable: 'ELASTICSEARCH_PASSWORD'},
		}],
		['the same in one text', 'elasticsearch: {host: localhost, http_auth: "elastic:s3cret"}\n', {
			kind: 'opensearch', url: 'http://localhost:9200', index: 'cloudtrail', auth: {kind: 'basic', user: 'elastic', passwordVariable: 'ELASTICSEARCH_PASSWORD'},
		}],
	])('%s', async (_, sections, place) => {
		const {trail} = await read(`${sections}accounts: []\n`);
		expect(trail).toEqual(place);
	});

	test.each([
		['athena without a bucket', 'athena: {path: x}\naccounts: []', /config\.yaml: the section athena names no s3_bucket/],
		['a host that is no address', 'elasticsearch: {host: "a b"}\naccounts: []', /config\.yaml: the section elasticsearch gives no address/],
		['a host with a password', 'elasticsearch: {host: "https://me:s3cret@logs"}\naccounts: []', /holds a user or a password$/],
	])('%s is an error that names the file', async (_, text, message) => {
		await expect(read(text)).rejects.toThrow(message);
	});
});

test.each([
	['no YAML', 'accounts: [', /config\.yaml is no YAML/],
	['no list of accounts', 'athena: {}', /has no list "accounts"/],
	['empty', '', /has no list "accounts"/],
	['an account that is no map', 'accounts: [demo]', /account 1 is no map/],
	['an account without name and id', 'accounts: [{iam: x}]', /account 1 has neither name nor id/],
	['an id of eleven digits', 'accounts: [{name: demo, id: 12345678901}]', /the id of account demo is 12345678901, not twelve digits/],
])('%s is an error that names the file', async (_, text, message) => {
	await expect(read(text)).rejects.toThrow(message);
});

test('a file that is not there is named', () => {
	expect(() => readCloudTrackerConfig('/nowhere/config.yaml')).toThrow('/nowhere/config.yaml cannot be read');
});
