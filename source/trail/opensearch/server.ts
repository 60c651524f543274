import {UserError} from '../../lib/errors.js';
import {isObject, objectsOf, textOf} from '../../lib/json-fields.js';
import type {Connection} from './connection.js';
import type {Place} from './layout.js';

/** What a server says of itself. */
export type Server = {readonly product: 'OpenSearch' | 'Elasticsearch'; readonly version: string};

/** Asks a server what it is. Serverless collections do not say. */
export async function askServer(connection: Connection, signal: AbortSignal): Promise<Server> {
	const body = await connection.ask({method: 'GET', path: '/', expected: [404]}, connection.url, signal);
	const version = isObject(body.version) ? body.version : {};
	return {product: version.distribution === 'opensearch' || !isObject(body.version) ? 'OpenSearch' : 'Elasticsearch', version: textOf(version.number) ?? 'unknown'};
}

/** The name of the parameter that makes a histogram of days: Elasticsearch 7.0 and 7.1 know the old one alone. */
export function intervalName({product, version}: Server): 'fixed_interval' | 'interval' {
	return product === 'Elasticsearch' && /^7\.[01]\./.test(version) ? 'interval' : 'fixed_interval';
}

/** An index behind a name or pattern. */
export type IndexState = {readonly name: string; readonly isOpen: boolean; readonly health: string; readonly documents: number};

/** The indices behind a name or pattern, closed ones too; undefined where we may not ask. */
export async function askIndices(connection: Connection, {index, where}: Place, signal: AbortSignal): Promise<IndexState[] | undefined> {
	const body = await connection.ask({
		method: 'GET', path: `/_cat/indices/${encodeURIComponent(index)}`, query: {format: 'json', h: 'index,status,health,docs.count', expand_wildcards: 'all'}, expected: [403],
	}, where, signal);
	return body.list === undefined
		? undefined
		: objectsOf(body.list).map(item => ({
			name: String(item.index), isOpen: item.status !== 'close', health: textOf(item.health) ?? 'unknown', documents: Number(item['docs.count'] ?? 0),
		}));
}

/** Rejects with UserError where a part of what the name or pattern means cannot be read. */
export function requireOpen(indices: readonly IndexState[] | undefined, {index, where}: Place): void {
	if (indices === undefined) {
		// A search leaves the closed indices of a wildcard out, unsaid; it fails on one that is named. So do aliases.
		if (/\*|^_all$/.test(index)) {
			throw new UserError(`${where}: whether indices of the pattern are closed may not be asked (403); a partial answer is not shown`, {
				hint: 'allow GET _cat/indices (indices:monitor/stats, indices:monitor/settings/get, cluster:monitor/state), or name the index or an alias without a wildcard',
				exitCode: 3,
			});
		}

		return;
	}

	const closed = indices.filter(({isOpen}) => !isOpen).map(({name}) => name);
	if (closed.length > 0) {
		const [is, them] = closed.length === 1 ? ['is', 'it'] : ['are', 'them'];
		const names = `${closed.slice(0, 3).join(', ')}${closed.length > 3 ? ', …' : ''}`;
		throw new UserError(`${where}: ${closed.length} of ${indices.length} indices ${is} closed (${names}); a partial answer is not shown`, {
			hint: `open ${them} (POST ${closed[0] ?? 'INDEX'}/_open), or name a pattern without ${them}`,
			exitCode: 3,
		});
	}
}
