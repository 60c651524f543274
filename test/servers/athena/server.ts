import {Buffer} from 'node:buffer';
import {randomUUID} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {isObject, type Json, textOf} from '../../../source/lib/json-fields.js';
import {BucketFolder} from './bucket-folder.js';
import {Catalog} from './catalog.js';
import {LogEngine, type QueryResult} from './log-engine.js';

/** A request that the server was sent. */
export type SeenRequest = {readonly operation: string; readonly body: Readonly<Record<string, unknown>>; readonly query: string; readonly at: number};

/** How calls of an operation go wrong: the first `after` pass, the next `times` fail. */
export type Failure = {
	readonly operation: string;
	readonly code?: string;
	readonly message?: string;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** The connection is torn, or the answer stops in its middle. */
	readonly kind?: 'error' | 'torn' | 'cut';
	readonly times?: number;
	readonly after?: number;
};

/** What becomes of a query that was started. */
export type Fate = {readonly state: 'FAILED' | 'CANCELLED'; readonly reason: string} | 'runs-on';

export type WorkgroupFixture = {
	readonly State?: string;
	readonly Configuration: Record<string, unknown>;
};

type Execution = {
	readonly id: string;
	readonly sql: string;
	readonly output: string | null;
	readonly submitted: number;
	state: string;
	reason: string;
	bytes: number;
	milliseconds: number;
	result: QueryResult;
	done: Promise<void>;
};

export type ServerOptions = {
	/** Buckets by name, with the folder that each shows. */
	readonly buckets: Readonly<Record<string, string>>;
	readonly region?: string;
	readonly accountId?: string;
	/** What CloudTrail's DescribeTrails tells. */
	readonly trails?: readonly unknown[];
	/** The folders do not change while the server runs. */
	readonly isFrozen?: boolean;
	/** GetQueryExecution waits for the end of a query, so that every query is looked at once. */
	readonly isHeld?: boolean;
	/** Rows of a page of results, at most 1,000. */
	readonly pageRows?: number;
};

/** Athena, S3, CloudTrail and STS on loopback: as much of AWS's protocols as the SDK clients need. The SQL runs on DuckDB, over the files in the buckets' folders. */
export class AthenaServer {
	static async start(options: ServerOptions): Promise<AthenaServer> {
		const folder = mkdtempSync(path.join(tmpdir(), 'ct-athena-'));
		const server = new AthenaServer(options, folder, await LogEngine.open(folder));
		await new Promise<void>(resolve => {
			server.#http.listen(0, '127.0.0.1', resolve);
		});
		return server;
	}

	readonly catalog = new Catalog();
	readonly workgroups = new Map<string, WorkgroupFixture>([['primary', {
		Configuration: {ResultConfiguration: {OutputLocation: 's3://results/athena/'}, EngineVersion: {SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3'}},
	}]]);

	readonly requests: SeenRequest[] = [];
	readonly failures: Array<Failure & {passed: number; failed: number}> = [];
	/** What happens to SELECTs that are started from now on; undefined where they run. */
	fate: Fate | undefined;
	/** Called with the operation of each request, before it is answered. */
	onRequest: ((operation: string) => void) | undefined;
	readonly #options: ServerOptions;
	readonly #folder: string;
	readonly #engine: LogEngine;
	readonly #executions = new Map<string, Execution>();
	readonly #buckets: Map<string, BucketFolder>;
	readonly #http = createServer((request, response) => {
		void this.#handle(request, response);
	});

	private constructor(options: ServerOptions, folder: string, engine: LogEngine) {
		this.#options = options;
		this.#folder = folder;
		this.#engine = engine;
		this.#buckets = new Map(Object.entries(options.buckets).map(([name, place]) => [name, new BucketFolder(place, options.isFrozen ?? false)]));
	}

	get url(): string {
		const address = this.#http.address();
		return `http://127.0.0.1:${isObject(address) ? String(address.port) : ''}`;
	}

	/** Calls of an operation so far. */
	count(operation: string): number {
		return this.requests.filter(request => request.operation === operation).length;
	}

	/** Queries that read logs, in the order in which they were started. */
	get scans(): string[] {
		return this.requests.filter(({operation}) => operation === 'StartQueryExecution').map(({body}) => String(body.QueryString)).filter(sql => sql.startsWith('SELECT'));
	}

	/** Milliseconds that DuckDB worked for the last query. */
	get engineMilliseconds(): number {
		return [...this.#executions.values()].at(-1)?.milliseconds ?? 0;
	}

	stateOf(id: string): string | undefined {
		return this.#executions.get(id)?.state;
	}

	get executions(): ReadonlyArray<{readonly id: string; readonly state: string}> {
		return [...this.#executions.values()].map(({id, state}) => ({id, state}));
	}

	/** Shows a folder as one more bucket. */
	addBucket(name: string, folder: string): void {
		this.#buckets.set(name, new BucketFolder(folder, false));
	}

	fail(failure: Failure): void {
		this.failures.push({...failure, passed: 0, failed: 0});
	}

	async close(): Promise<void> {
		this.#http.closeAllConnections();
		await new Promise<void>(resolve => {
			this.#http.close(() => {
				resolve();
			});
		});
		await Promise.all([...this.#executions.values()].map(async ({done}) => done));
		this.#engine.close();
		rmSync(this.#folder, {recursive: true, force: true});
	}

	async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		request.setEncoding('utf8');
		let text = '';
		for await (const chunk of request) {
			text += String(chunk);
		}

		const target = String(request.headers['x-amz-target'] ?? '');
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const operation = target === '' ? (request.method === 'POST' ? new URLSearchParams(text).get('Action') ?? '' : s3Operation(request.method ?? '', url)) : target.slice(target.lastIndexOf('.') + 1);
		const parsed: unknown = target === '' || text === '' ? {} : JSON.parse(text);
		const body = isObject(parsed) ? parsed : {};
		this.requests.push({operation, body, query: url.search, at: performance.now()});
		this.onRequest?.(operation);
		const failure = this.#due(operation);
		if (failure?.kind === 'torn') {
			request.socket.destroy();
			return;
		}

		const answer = failure && failure.kind !== 'cut' ? errorAnswer(target !== '', failure) : await this.#answer(operation, body, url);
		if (response.destroyed) {
			return;
		}

		const payload = answer.text;
		response.writeHead(answer.status, {'Content-Type': target === '' ? 'application/xml' : 'application/x-amz-json-1.1', 'Content-Length': Buffer.byteLength(payload), ...answer.headers});
		if (failure?.kind === 'cut') {
			response.write(payload.slice(0, payload.length / 2), () => {
				request.socket.destroy();
			});
			return;
		}

		response.end(payload);
	}

	#due(operation: string): Failure | undefined {
		for (const failure of this.failures) {
			if (failure.operation === operation) {
				if (failure.passed < (failure.after ?? 0)) {
					failure.passed++;
				} else if (failure.failed < (failure.times ?? Number.POSITIVE_INFINITY)) {
					failure.failed++;
					return failure;
				}
			}
		}

		return undefined;
	}

	async #answer(operation: string, body: Json, url: URL): Promise<Answer> {
		switch (operation) {
			case 'HeadBucket':
			case 'ListObjectsV2': {
				return this.#s3(operation, url);
			}

			case 'GetCallerIdentity': {
				const account = this.#options.accountId ?? '111122223333';
				return xml(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/auditor</Arn><UserId>AIDAAUDITOR</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`);
			}

			case 'DescribeTrails': {
				return json({trailList: this.#options.trails ?? []});
			}

			case 'GetWorkGroup': {
				const name = String(body.WorkGroup);
				const group = this.workgroups.get(name);
				return group ? json({WorkGroup: {Name: name, State: 'ENABLED', ...group}}) : errorAnswer(true, {code: 'InvalidRequestException', message: `WorkGroup ${name} is not found.`});
			}

			case 'GetDatabase': {
				const database = this.catalog.databases.get(String(body.DatabaseName));
				return database ? json({Database: {Name: database.name, Parameters: database.parameters}}) : notFound();
			}

			case 'GetTableMetadata': {
				const table = this.catalog.databases.get(String(body.DatabaseName))?.tables.get(String(body.TableName));
				return table
					? json({TableMetadata: {
						Name: table.name, TableType: 'EXTERNAL_TABLE', Columns: table.columns, PartitionKeys: table.partitionKeys.map(Name => ({Name, Type: 'string'})),
						Parameters: {EXTERNAL: 'TRUE', location: table.location, ...table.parameters},
					}})
					: notFound();
			}

			case 'ListTableMetadata': {
				const database = this.catalog.databases.get(String(body.DatabaseName));
				return database ? json({TableMetadataList: [...database.tables.keys()].map(Name => ({Name}))}) : notFound();
			}

			case 'StartQueryExecution': {
				return this.#start(body);
			}

			case 'GetQueryExecution': {
				return this.#execution(body);
			}

			case 'StopQueryExecution': {
				return this.#stop(body);
			}

			case 'GetQueryResults': {
				return this.#results(body);
			}

			default: {
				return errorAnswer(true, {code: 'UnknownOperationException', message: operation});
			}
		}
	}

	#s3(operation: string, url: URL): Answer {
		const name = url.pathname.split('/')[1] ?? '';
		const bucket = this.#buckets.get(name);
		const headers = {'x-amz-bucket-region': this.#options.region ?? 'us-east-1'};
		if (!bucket) {
			return errorAnswer(false, {code: 'NoSuchBucket', message: 'The specified bucket does not exist', status: 404});
		}

		return operation === 'HeadBucket' ? {status: 200, text: '', headers} : {...xml(bucket.list(name, url.searchParams)), headers};
	}

	#start(body: Json): Answer {
		const sql = String(body.QueryString);
		const group = this.workgroups.get(textOf(body.WorkGroup) ?? 'primary')?.Configuration ?? {};
		const own = outputOf(group.ResultConfiguration);
		const given = outputOf(body.ResultConfiguration);
		const isManaged = isObject(group.ManagedQueryResultsConfiguration) && group.ManagedQueryResultsConfiguration.Enabled === true;
		const output = group.EnforceWorkGroupConfiguration === true ? own : given ?? own;
		if (output === null && !isManaged) {
			return errorAnswer(true, {code: 'InvalidRequestException', message: 'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.'});
		}

		const execution: Execution = {
			id: randomUUID(), sql, output, submitted: performance.now(), state: 'RUNNING', reason: '', bytes: 0, milliseconds: 0, result: {columns: [], rows: []}, done: Promise.resolve(),
		};
		this.#executions.set(execution.id, execution);
		execution.done = this.#run(execution);
		return json({QueryExecutionId: execution.id});
	}

	async #run(execution: Execution): Promise<void> {
		const started = performance.now();
		try {
			if (this.catalog.run(execution.sql)) {
				execution.state = 'SUCCEEDED';
				return;
			}

			const {fate} = this;
			if (fate === 'runs-on') {
				execution.bytes = 12_345_678;
				return;
			}

			if (fate) {
				execution.reason = fate.reason;
				execution.state = fate.state;
				return;
			}

			const table = this.catalog.tableOf(execution.sql);
			const bucket = this.#buckets.get(table.location.split('/')[2] ?? '');
			const files = this.#engine.filesOf(execution.sql, table, bucket?.files() ?? []);
			execution.bytes = files.reduce((sum, {size}) => sum + size, 0);
			execution.result = await this.#engine.run(execution.sql, table, files);
			execution.milliseconds = performance.now() - started;
			if (execution.state === 'RUNNING') {
				execution.state = 'SUCCEEDED';
			}
		} catch (error) {
			if (execution.state === 'RUNNING') {
				execution.reason = error instanceof Error ? error.message : String(error);
				execution.state = 'FAILED';
			}
		}
	}

	async #execution(body: Json): Promise<Answer> {
		const execution = this.#executions.get(String(body.QueryExecutionId));
		if (!execution) {
			return errorAnswer(true, {code: 'InvalidRequestException', message: 'QueryExecution was not found'});
		}

		if (this.#options.isHeld) {
			await execution.done;
		}

		const {id, sql, state, reason, bytes, milliseconds, output} = execution;
		return json({QueryExecution: {
			QueryExecutionId: id, Query: sql, Status: {State: state, ...reason !== '' && {StateChangeReason: reason}},
			Statistics: {DataScannedInBytes: bytes, EngineExecutionTimeInMillis: Math.round(milliseconds), TotalExecutionTimeInMillis: Math.round(milliseconds)},
			ResultConfiguration: output === null ? {} : {OutputLocation: `${output}${id}.csv`},
		}});
	}

	#stop(body: Json): Answer {
		const execution = this.#executions.get(String(body.QueryExecutionId));
		if (execution?.state === 'RUNNING') {
			execution.state = 'CANCELLED';
			execution.reason = 'Query cancelled by user';
			this.#engine.interrupt();
		}

		return json({});
	}

	#results(body: Json): Answer {
		const execution = this.#executions.get(String(body.QueryExecutionId));
		if (execution?.state !== 'SUCCEEDED') {
			return errorAnswer(true, {code: 'InvalidRequestException', message: `Query has not yet finished. Current state: ${execution?.state ?? 'none'}`});
		}

		const {columns, rows} = execution.result;
		const all = [columns, ...rows];
		const size = Math.min(Number(body.MaxResults ?? 1000), this.#options.pageRows ?? 1000);
		const from = Number(body.NextToken ?? 0);
		const page = all.slice(from, from + size);
		return json({
			ResultSet: {
				Rows: page.map(row => ({Data: row.map(value => value === null ? {} : {VarCharValue: value})})),
				ResultSetMetadata: {ColumnInfo: columns.map(Name => ({Name, Type: 'varchar', CaseSensitive: true}))},
			},
			...from + size < all.length && {NextToken: String(from + size)},
		});
	}
}

function outputOf(configuration: unknown): string | null {
	return isObject(configuration) ? textOf(configuration.OutputLocation) : null;
}

type Answer = {readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>>};

function json(value: unknown): Answer {
	return {status: 200, text: JSON.stringify(value)};
}

function xml(text: string): Answer {
	return {status: 200, text};
}

function notFound(): Answer {
	return errorAnswer(true, {code: 'MetadataException', message: 'Entity Not Found (Service: AmazonDataCatalog; Status Code: 400; Error Code: EntityNotFoundException; Request ID: 1; Proxy: null)'});
}

function errorAnswer(isJson: boolean, {code = 'InternalServerException', message = code, status, headers}: Omit<Failure, 'operation'>): Answer {
	return isJson
		? {status: status ?? 400, text: JSON.stringify({__type: code, Message: message, message}), ...headers && {headers}}
		: {status: status ?? 400, text: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`, ...headers && {headers}};
}

function s3Operation(method: string, url: URL): string {
	return method === 'HEAD' ? 'HeadBucket' : (url.searchParams.get('list-type') === '2' ? 'ListObjectsV2' : `${method} ${url.pathname}`);
}
