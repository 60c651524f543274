import {once} from 'node:events';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {afterEach} from 'vitest';
import {z} from 'zod';

/** A request as the server saw it. */
export type Seen = {readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: string};

/** What the server answers: a status and a body, JSON unless it is a text. "hang" answers nothing, "drop" closes the connection. */
export type Reply = {readonly status?: number; readonly body: unknown} | 'hang' | 'drop';

export type Answering = (seen: Seen, number: number) => Reply | undefined;

/** How versions differ where we meet them, as their own answers to GET / and GET INDEX/_field_caps have it. */
export const versions = {
	'Elasticsearch 7.1': {number: '7.1.1', build_flavor: 'default', minimum_index_compatibility_version: '6.0.0-beta1'},
	'Elasticsearch 7.10': {number: '7.10.2', build_flavor: 'oss', minimum_index_compatibility_version: '6.0.0-beta1'},
	'Elasticsearch 8': {number: '8.19.3', build_flavor: 'default', minimum_index_compatibility_version: '7.0.0'},
	'Elasticsearch 9': {number: '9.1.2', build_flavor: 'default', minimum_index_compatibility_version: '8.0.0'},
	'OpenSearch 1': {number: '1.3.20', distribution: 'opensearch'},
	'OpenSearch 2': {number: '2.19.1', distribution: 'opensearch'},
	'OpenSearch 3': {number: '3.2.0', distribution: 'opensearch'},
} as const;

export type Version = keyof typeof versions;

const whole = {took: 1, timed_out: false, _shards: {total: 1, successful: 1, skipped: 0, failed: 0}};

const keyword = (name: string) => [name, {keyword: {type: 'keyword', searchable: true, aggregatable: true}}] as const;

/** Fields of an index that our ingest made. */
export const usualFields: Readonly<Record<string, unknown>> = Object.fromEntries<unknown>([
	...['eventID', 'eventSource', 'eventName', 'eventType', 'errorCode', 'errorMessage', 'recipientAccountId', 'userIdentity.type', 'userIdentity.arn', 'userIdentity.accountId',
		'userIdentity.principalId', 'userIdentity.sessionContext.sessionIssuer.arn', 'awsRegion', 'cloudtracker.denial', 'cloudtracker.assumedRole', 'cloudtracker.arn'].map(name => keyword(name)),
	['eventTime', {date: {type: 'date', searchable: true, aggregatable: true}}],
]);

/** One group of a composite aggregation: alice listing buckets. */
export const aliceBucket = {
	key: {identityType: 'IAMUser', identityAccount: '111122223333', recipientAccount: '111122223333', eventSource: 's3.amazonaws.com', eventName: 'ListBuckets', eventType: 'AwsApiCall', foldedArn: 'arn:aws:iam::111122223333:user/alice'},
	doc_count: 3, first: {value: 1_772_359_200_000}, last: {value: 1_772_359_260_000},
};

/** What we look at in a search. */
const bodySchema = z.object({aggs: z.record(z.string(), z.object({
	composite: z.object({sources: z.array(z.record(z.string(), z.unknown()))}).optional(),
	filters: z.object({filters: z.record(z.string(), z.unknown())}).optional(),
})).optional()});

/** What a server with three events of alice answers to our questions. */
export function usualAnswer({path, body}: Seen, version: Version = 'OpenSearch 2'): Reply {
	const [route = ''] = path.split('?');
	if (route === '/') {
		return {body: {name: 'node', version: versions[version], tagline: version.startsWith('Open') ? 'The OpenSearch Project: https://opensearch.org/' : 'You Know, for Search'}};
	}

	if (route.startsWith('/_cat/indices')) {
		return {body: [{index: 'logs', status: 'open', health: 'green', 'docs.count': '3'}]};
	}

	if (route.endsWith('/_field_caps')) {
		return {body: {indices: ['logs'], fields: usualFields}};
	}

	const {aggs = {}} = bodySchema.parse(JSON.parse(body === '' ? '{}' : body));
	if (aggs.groups?.composite) {
		const [first] = aggs.groups.composite.sources.flatMap(source => Object.keys(source));
		const buckets = first === 'account' ? [{...aliceBucket, key: {account: '111122223333', day: 1_772_323_200_000}}] : (first === 'identityType' ? [aliceBucket] : []);
		return {body: {...whole, aggregations: {groups: {buckets}}}};
	}

	if (aggs.counts?.filters) {
		const counts = Object.fromEntries(Object.keys(aggs.counts.filters.filters).map(name => [name, {doc_count: name === 'direct-plain' ? 3 : 0}]));
		return {body: {...whole, aggregations: {counts: {buckets: counts}}}};
	}

	return {body: {...whole, hits: {hits: []}, aggregations: {regions: {buckets: [{key: 'us-east-1', doc_count: 3}], sum_other_doc_count: 0}, incomplete: {doc_count: 0}, crossing: {doc_count: 0}}}};
}

/** A server on loopback that speaks as it is told to; closed after each test. `tls` is its key and certificate. */
export function fakeServers(): (answering: Answering, tls?: {readonly key: string; readonly cert: string}) => Promise<{readonly url: string; readonly seen: Seen[]}> {
	const closing: Array<() => Promise<void>> = [];
	afterEach(async () => {
		await Promise.all(closing.splice(0).map(async close => close()));
	});
	return async (answering, tls) => {
		const seen: Seen[] = [];
		const handle = (request: IncomingMessage, response: ServerResponse) => {
			let body = '';
			request.setEncoding('utf8').on('data', (text: string) => {
				body += text;
			});
			request.on('end', () => {
				const one: Seen = {method: request.method ?? '', path: request.url ?? '', headers: request.headers, body};
				seen.push(one);
				const reply = answering(one, seen.length) ?? usualAnswer(one);
				if (reply === 'drop') {
					request.socket.destroy();
				} else if (reply !== 'hang') {
					const isText = typeof reply.body === 'string';
					response.writeHead(reply.status ?? 200, {'content-type': isText ? 'text/html' : 'application/json'});
					response.end(isText ? String(reply.body) : JSON.stringify(reply.body));
				}
			});
		};

		const server = tls ? createSecureServer(tls, handle) : createServer(handle);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		closing.push(async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		});
		const address = server.address();
		return {url: `${tls ? 'https' : 'http'}://localhost:${typeof address === 'object' ? address?.port ?? 0 : 0}`, seen};
	};
}
