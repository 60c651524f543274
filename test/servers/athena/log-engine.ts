import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {DuckDBInstance, type DuckDBConnection} from '@duckdb/node-api';
import type {CatalogTable} from './catalog.js';

/** A log file below the bucket's folder. */
export type LogFile = {readonly key: string; readonly size: number; readonly path: string};

/** What a query gave: every value as Athena writes it. */
export type QueryResult = {readonly columns: readonly string[]; readonly rows: ReadonlyArray<ReadonlyArray<string | null>>};

const text = 'VARCHAR';

/** Raw CloudTrail records, as they stand in the files. */
const recordType = `STRUCT(eventVersion ${text}, eventID ${text}, eventTime ${text}, eventSource ${text}, eventName ${text}, eventCategory ${text}, eventType ${text}, readOnly ${text}, managementEvent ${text},
	awsRegion ${text}, errorCode ${text}, errorMessage ${text}, recipientAccountId ${text}, sourceIPAddress ${text}, userAgent ${text}, sharedEventID ${text},
	userIdentity STRUCT("type" ${text}, principalId ${text}, arn ${text}, accountId ${text}, invokedBy ${text}, accessKeyId ${text}, userName ${text},
		sessionContext STRUCT(sessionIssuer STRUCT("type" ${text}, principalId ${text}, arn ${text}, accountId ${text}, userName ${text}))),
	tlsDetails STRUCT(clientProvidedHostHeader ${text}), requestParameters JSON, responseElements JSON)[]`;

/** The SerDe gives objects as JSON and texts as they are. */
const jsonText = (field: string) => `CASE json_type(${field}) WHEN 'NULL' THEN NULL WHEN 'VARCHAR' THEN json_extract_string(${field}, '$') ELSE CAST(${field} AS VARCHAR) END`;

const simple = ['eventID', 'eventTime', 'eventSource', 'eventName', 'eventCategory', 'eventType', 'readOnly', 'managementEvent', 'awsRegion', 'errorCode', 'errorMessage', 'recipientAccountId', 'sourceIPAddress', 'userAgent', 'sharedEventID'];

function quoted(value: string): string {
	return `'${value.replaceAll('\'', '\'\'')}'`;
}

/** Path parts that a table's location template tells, as a regular expression with a group for each partition. */
function templateOf(table: CatalogTable): RegExp {
	const template = (table.parameters['storage.location.template'] ?? `${table.location}${table.partitionKeys.map(key => `\${${key}}/`).join('')}`).replace(/^s3:\/\/[^/]+\//, '');
	const pattern = template.split(/(\${\w+})/).map(part => {
		const [, name] = /^\${(\w+)}$/.exec(part) ?? [];
		return name === undefined ? part.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`) : (name === 'timestamp' ? String.raw`(?<${name}>\d{4}/\d\d/\d\d)` : `(?<${name}>[^/]+)`);
	}).join('');
	return new RegExp(`^${pattern.replace(/\/?$/, '/')}[^/]+$`);
}

/** Runs Athena's SQL on DuckDB over log files. */
export class LogEngine {
	static async open(folder: string): Promise<LogEngine> {
		const instance = await DuckDBInstance.create(':memory:', {preserve_insertion_order: 'false'});
		const connection = await instance.connect();
		await connection.run('SET TimeZone = \'UTC\'');
		// Trino gives null where a text is no JSON, and where the path leads to no scalar.
		await connection.run('CREATE MACRO json_extract_scalar(j, p) AS CASE WHEN NOT json_valid(j) OR json_type(j, p) IN (\'OBJECT\', \'ARRAY\') THEN NULL ELSE json_extract_string(j, p) END');
		const none = path.join(folder, 'no-records.json');
		writeFileSync(none, '{"Records":[]}');
		return new LogEngine(instance, connection, none);
	}

	readonly #instance: DuckDBInstance;
	readonly #connection: DuckDBConnection;
	readonly #none: string;
	/** A database runs one query at a time here. */
	#turn: Promise<unknown> = Promise.resolve();

	private constructor(instance: DuckDBInstance, connection: DuckDBConnection, none: string) {
		this.#instance = instance;
		this.#connection = connection;
		this.#none = none;
	}

	interrupt(): void {
		this.#connection.interrupt();
	}

	close(): void {
		this.#connection.closeSync();
		this.#instance.closeSync();
	}

	/** Which files a query reads: those that the table's template, its projection and the query's own comparisons of partitions let through. */
	filesOf(sql: string, table: CatalogTable, files: readonly LogFile[]): LogFile[] {
		const template = templateOf(table);
		const accounts = table.parameters['projection.account.values']?.split(',');
		const regions = table.parameters['projection.region.values']?.split(',');
		const from = table.parameters['projection.timestamp.range']?.split(',')[0] ?? '';
		const [, account] = /"account" = '(\d+)'/.exec(sql) ?? [];
		const ranges = [...sql.matchAll(/"timestamp" >= '([\d/]+)' AND "timestamp" <= '([\d/]+)'/g)].map(([, first = '', last = '']) => ({first, last}));
		return files.filter(({key}) => {
			const groups = template.exec(key)?.groups;
			const {timestamp} = groups ?? {};
			return groups
				&& (accounts === undefined || accounts.includes(groups.account ?? '')) && (regions === undefined || regions.includes(groups.region ?? ''))
				&& (account === undefined || groups.account === account)
				&& (timestamp === undefined || (timestamp >= from && (ranges.length === 0 || ranges.some(({first, last}) => timestamp >= first && timestamp <= last))));
		});
	}

	async run(sql: string, table: CatalogTable, files: readonly LogFile[]): Promise<QueryResult> {
		const work = async () => this.#run(sql, table, files);
		const result = this.#turn.then(work, work);
		this.#turn = result.catch(() => {});
		return result;
	}

	async #run(sql: string, table: CatalogTable, files: readonly LogFile[]): Promise<QueryResult> {
		const template = templateOf(table);
		const names = new Map(files.map(file => [file.path, template.exec(file.key)?.groups ?? {}]));
		await this.#connection.run('CREATE OR REPLACE TEMP TABLE partitions (file VARCHAR, parts VARCHAR[])');
		if (files.length > 0) {
			const values = [...names].map(([file, groups]) => `(${quoted(file)}, [${table.partitionKeys.map(key => quoted(groups[key] ?? '')).join(', ')}])`);
			await this.#connection.run(`INSERT INTO partitions VALUES ${values.join(', ')}`);
		}

		const partitions = table.partitionKeys.map((key, index) => `p.parts[${index + 1}] AS "${key}"`);
		const columns = [
			...simple.map(field => `r.${field} AS ${field.toLowerCase()}`),
			`struct_pack("type" := r.userIdentity."type", principalid := r.userIdentity.principalId, arn := r.userIdentity.arn, accountid := r.userIdentity.accountId, invokedby := r.userIdentity.invokedBy, accesskeyid := r.userIdentity.accessKeyId, username := r.userIdentity.userName,
				sessioncontext := struct_pack(sessionissuer := r.userIdentity.sessionContext.sessionIssuer)) AS useridentity`,
			'r.tlsDetails AS tlsdetails', `${jsonText('r.requestParameters')} AS requestparameters`, `${jsonText('r.responseElements')} AS responseelements`,
			...partitions,
		];
		await this.#connection.run(`CREATE SCHEMA IF NOT EXISTS "${table.database}"`);
		await this.#connection.run(`CREATE OR REPLACE TEMP VIEW log_records AS SELECT unnest(Records) AS r, filename FROM read_json([${[this.#none, ...files.map(file => file.path)].map(file => quoted(file)).join(', ')}],
			format = 'newline_delimited', columns = {Records: ${quoted(recordType)}}, filename = true, hive_partitioning = false, maximum_object_size = 67108864)`);
		await this.#connection.run(`CREATE OR REPLACE TEMP VIEW "${table.name}" AS SELECT ${columns.join(', ')} FROM log_records JOIN partitions AS p ON p.file = filename`);
		const reader = await this.#connection.runAndReadAll(sql.replaceAll(`"${table.database}"."${table.name}"`, `"${table.name}"`));
		return {
			columns: reader.columnNames().map(name => name.toLowerCase()),
			rows: reader.getRowsJS().map(row => row.map(value => athenaText(value))),
		};
	}
}

function athenaText(value: unknown): string | null {
	if (value === null || value === undefined) {
		return null;
	}

	if (Array.isArray(value)) {
		return `[${value.map(item => athenaText(item) ?? 'null').join(', ')}]`;
	}

	return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
