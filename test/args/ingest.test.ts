import {Command} from 'commander';
import {describe, expect, it} from 'vitest';
import {addIngest, type IngestFlags, ingestRequest} from '../../source/args/ingest.js';
import {UserError} from '../../source/lib/errors.js';

/** What a command line and an environment ask for. */
function request(line: string, env: Readonly<Record<string, string>> = {}) {
	let flags: IngestFlags = {};
	const program = new Command('cloudtracker-tui').exitOverride();
	addIngest(program, given => {
		flags = given;
	});
	program.parse(line.split(' '), {from: 'user'});
	return ingestRequest(flags, {env, cacheFolder: 'cache'});
}

describe('ingest opensearch', () => {
	it('loads into the index cloudtrail of a server on this machine, if nothing else is said', () => {
		expect(request('ingest opensearch --trail logs')).toEqual({path: 'logs', url: 'http://localhost:9200', index: 'cloudtrail', auth: {kind: 'none'}, caFile: null, cacheFolder: 'cache'});
	});

	it.each([
		['a user, with the password of the environment', '--user-name alice', {OPENSEARCH_PASSWORD: 'pass'}, {kind: 'basic', username: 'alice', password: 'pass'}],
		['an API key of the environment', '--index logs', {OPENSEARCH_API_KEY: 'id:key'}, {kind: 'api-key', apiKey: 'id:key'}],
		['AWS credentials of a region', '--aws-region eu-west-1', {}, {kind: 'sigv4', region: 'eu-west-1'}],
	])('%s', (_, flags, env, auth) => {
		expect(request(`ingest opensearch --trail logs ${flags}`, env as Readonly<Record<string, string>>).auth).toEqual(auth);
	});

	it.each([
		['no files', 'ingest opensearch'],
		['a user without a password', 'ingest opensearch --trail logs --user-name alice'],
		['two ways to sign in', 'ingest opensearch --trail logs --user-name alice --aws-region eu-west-1'],
	])('%s is an error of the command line', (_, line) => {
		expect(() => request(line)).toThrow(UserError);
	});
});
