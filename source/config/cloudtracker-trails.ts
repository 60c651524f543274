import {isMap, isScalar, isSeq, type YAMLMap} from 'yaml';
import {UserError} from '../lib/errors.js';
import type {SearchAuth, TrailPlace} from './schema.js';

/** The environment variable of the password where config.yaml gives a user: passwords are not taken from files. */
export const passwordVariable = 'ELASTICSEARCH_PASSWORD';

/** The text of a scalar as it stands in the file: YAML would read 012345678901 as a number and lose the zero. */
export function sourceText(map: YAMLMap, key: string): string | undefined {
	const value = map.get(key, true);
	if (!isScalar(value) || value.value === null) {
		return undefined;
	}

	return typeof value.value === 'string' ? value.value : value.source;
}

const trimmed = (path: string): string => path.replaceAll(/^\/+|\/+$/g, '');

/** CloudTracker's `athena`: s3_bucket, path, org_id, workgroup, output_s3_bucket. */
function athenaTrail(section: YAMLMap, file: string): TrailPlace {
	const bucket = sourceText(section, 's3_bucket');
	if (bucket === undefined || bucket === '') {
		throw new UserError(`${file}: the section athena names no s3_bucket`);
	}

	const organization = sourceText(section, 'org_id');
	const workgroup = sourceText(section, 'workgroup');
	const output = sourceText(section, 'output_s3_bucket');
	return {
		kind: 'athena',
		bucket,
		prefix: trimmed(sourceText(section, 'path') ?? ''),
		...organization !== undefined && {organizationId: organization},
		...workgroup !== undefined && {workgroup},
		...output !== undefined && {outputLocation: output.startsWith('s3://') ? output : `s3://${output}`},
	};
}

/** `http_auth` of the client that CloudTracker gave its section to: [user, password] or "user:password". The password is left where it is. */
function authOf(section: YAMLMap): SearchAuth {
	const value = section.get('http_auth', true);
	const user = isSeq(value) && isScalar(value.items[0]) ? String(value.items[0].value) : sourceText(section, 'http_auth')?.split(':')[0];
	return user === undefined || user === '' ? {kind: 'none'} : {kind: 'basic', user, passwordVariable};
}

/** CloudTracker's `elasticsearch`: host, port, index, key_prefix, timestamp_field; use_ssl, scheme, http_auth and url_prefix went to its client. */
function searchTrail(section: YAMLMap, root: YAMLMap, file: string): TrailPlace {
	const host = sourceText(section, 'host') ?? 'localhost';
	const isSecure = sourceText(section, 'use_ssl')?.toLowerCase() === 'true' || sourceText(section, 'scheme') === 'https' || sourceText(section, 'port') === '443';
	const path = trimmed(sourceText(section, 'url_prefix') ?? '');
	const written = /^https?:\/\//.test(host) ? host : `${isSecure ? 'https' : 'http'}://${host}:${sourceText(section, 'port') ?? '9200'}`;
	let url: URL;
	try {
		url = new URL(path, `${trimmed(written)}/`);
	} catch (error) {
		throw new UserError(`${file}: the section elasticsearch gives no address`, {hint: 'write host as a name alone, and port as a number', cause: error});
	}

	if (url.username !== '' || url.password !== '') {
		throw new UserError(`${file}: the host of elasticsearch holds a user or a password`, {hint: `give the user in http_auth, and the password in the environment variable ${passwordVariable}`});
	}

	const prefix = sourceText(section, 'key_prefix');
	const timestamp = sourceText(section, 'timestamp_field');
	return {
		kind: 'opensearch',
		url: url.href.replace(/\/$/, ''),
		// Its first versions had the index beside the section.
		index: sourceText(section, 'index') ?? sourceText(root, 'index') ?? 'cloudtrail',
		auth: authOf(section),
		...prefix !== undefined && prefix !== '' && {keyPrefix: prefix},
		...timestamp !== undefined && {timestampField: timestamp},
	};
}

/** The log source that a config.yaml describes; null without one. CloudTracker took Elasticsearch where both are there. Throws UserError. */
export function trailOfYaml(root: YAMLMap, file: string): TrailPlace | null {
	const [search, athena] = [root.get('elasticsearch', true), root.get('athena', true)];
	if (isMap(search)) {
		return searchTrail(search, root, file);
	}

	return isMap(athena) ? athenaTrail(athena, file) : null;
}
