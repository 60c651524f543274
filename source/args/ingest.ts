import type {Command} from 'commander';
import {UserError} from '../lib/errors.js';
import type {IngestOptions} from '../trail/opensearch/ingest/ingest.js';
import type {OpenSearchAuth} from '../trail/opensearch/options.js';

/** What `ingest opensearch` was given. */
export type IngestFlags = {
	readonly trail?: string;
	readonly url?: string;
	readonly index?: string;
	readonly userName?: string;
	readonly awsRegion?: string;
	readonly caFile?: string;
	readonly quiet?: boolean;
};

/** Where secrets come from: never from the command line, which others can read. */
const passwordVariable = 'OPENSEARCH_PASSWORD';
const apiKeyVariable = 'OPENSEARCH_API_KEY';

/** Adds `ingest opensearch` to the program; `found` is called with its flags. */
export function addIngest(program: Command, found: (flags: IngestFlags) => void): void {
	const ingest = program.command('ingest').description('load CloudTrail files into a search server').helpCommand(false);
	const command = ingest.command('opensearch')
		.description('load CloudTrail files into an index of OpenSearch or Elasticsearch, which is made where it is missing')
		.option('--trail <path>', 'folder or file of CloudTrail logs')
		.option('--url <url>', 'the server (default: http://localhost:9200)')
		.option('--index <name>', 'the index (default: cloudtrail)')
		.option('--user-name <name>', `the user to sign in as; the password is read from ${passwordVariable}, an API key from ${apiKeyVariable}`)
		.option('--aws-region <region>', 'sign requests with AWS credentials, for Amazon OpenSearch Service in this region')
		.option('--ca-file <file>', 'PEM file of the authority that signed the server\'s certificate')
		.option('--quiet', 'no progress');
	command.action(() => {
		found(command.opts<IngestFlags>());
	});
}

function authOf({userName, awsRegion}: IngestFlags, env: Readonly<Record<string, string | undefined>>): OpenSearchAuth {
	const [password, apiKey] = [env[passwordVariable], env[apiKeyVariable]];
	if (awsRegion !== undefined && userName !== undefined) {
		throw new UserError('--aws-region and --user-name are two ways to sign in', {hint: 'give one of them'});
	}

	if (awsRegion !== undefined) {
		return {kind: 'sigv4', region: awsRegion};
	}

	if (userName !== undefined) {
		if (password === undefined) {
			throw new UserError('--user-name without a password', {hint: `set ${passwordVariable} in the environment`});
		}

		return {kind: 'basic', username: userName, password};
	}

	return apiKey === undefined ? {kind: 'none'} : {kind: 'api-key', apiKey};
}

/** What the flags and the environment ask for. Throws UserError. */
export function ingestRequest(flags: IngestFlags, {env, cacheFolder}: {readonly env: Readonly<Record<string, string | undefined>>; readonly cacheFolder: string}): IngestOptions {
	if (flags.trail === undefined) {
		throw new UserError('ingest opensearch needs --trail', {hint: 'cloudtracker-tui ingest opensearch --trail ./logs --url http://localhost:9200 --index cloudtrail'});
	}

	return {
		path: flags.trail,
		url: flags.url ?? 'http://localhost:9200',
		index: flags.index ?? 'cloudtrail',
		auth: authOf(flags, env),
		caFile: flags.caFile ?? null,
		cacheFolder,
	};
}
