import {rm} from 'node:fs/promises';
import type {Task} from '../../lib/task.js';
import {Clients} from './clients.js';
import {DayCache} from './day-cache.js';
import {dropDatabaseSql, dropTableSql} from './ddl.js';
import {Executor} from './execution.js';
import {callFailure} from './failures.js';
import type {AthenaOptions} from './options.js';
import {isOurs, readDatabase, readTable} from './table.js';
import {readWorkgroup} from './workgroup.js';

/** What a teardown takes away and what it leaves, each in a line of words. */
export type TeardownPlan = {
	readonly removes: readonly string[];
	readonly keeps: readonly string[];
};

/** What this program has made, asked of the catalog. */
type Made = TeardownPlan & {readonly table: boolean; readonly database: boolean};

async function look(clients: Clients, options: AthenaOptions, task: Task): Promise<Made> {
	const {database, table, workgroup} = options;
	const [found, properties, settings] = await Promise.all([
		readTable(clients, options, task.signal), readDatabase(clients, options, task.signal), readWorkgroup(clients, options, task.signal),
	]);
	const isTableOurs = isOurs(found?.Parameters);
	const tables = properties === undefined ? [] : await tablesOf(clients, options, task);
	const others = tables.filter(name => name !== table);
	const isDatabaseOurs = isOurs(properties) && others.length === 0 && (found === undefined || isTableOurs);
	const {folder} = new DayCache(options);
	return {
		table: isTableOurs,
		database: isDatabaseOurs,
		removes: [
			...isTableOurs ? [`the table ${database}.${table} (the logs that it shows stay)`] : [],
			...isDatabaseOurs ? [`the database ${database}`] : [],
			`what was kept of Athena's answers on this machine, in ${folder}`,
		],
		keeps: [
			...found && !isTableOurs ? [`the table ${database}.${table}: this program has not made it`] : [],
			...properties && !isDatabaseOurs ? [`the database ${database}: ${others.length > 0 ? `it holds ${others.join(', ')} too` : 'this program has not made it, or its table stays'}`] : [],
			`the workgroup ${workgroup} and the results of earlier queries (${settings.results})`,
			'the logs and their bucket',
		],
	};
}

async function tablesOf(clients: Clients, {database, workgroup}: AthenaOptions, task: Task): Promise<string[]> {
	const [{paginateListTableMetadata}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	const names: string[] = [];
	try {
		for await (const {TableMetadataList: list} of paginateListTableMetadata({client}, {CatalogName: 'AwsDataCatalog', DatabaseName: database, WorkGroup: workgroup}, {abortSignal: task.signal})) {
			names.push(...(list ?? []).map(({Name: name = ''}) => name));
		}
	} catch (error) {
		throw callFailure(error, {action: 'athena:ListTableMetadata', on: `database ${database}`}, task.signal);
	}

	return names;
}

/**
Removes the table and the database that this program has made, where `agree` says yes to the plan, and what was kept of the answers on this machine.
Resolves to false where it did not. Throws UserError and CancelledError.
*/
export async function teardownAthena(options: AthenaOptions, agree: (plan: TeardownPlan) => Promise<boolean>, task: Task): Promise<boolean> {
	const clients = new Clients(options);
	try {
		const made = await look(clients, options, task);
		if (!await agree({removes: made.removes, keeps: made.keeps})) {
			return false;
		}

		const workgroup = await readWorkgroup(clients, options, task.signal);
		const executor = new Executor(clients, options);
		const drop = async (sql: string, stage: string) => executor.run({sql, open: true, stage, database: null, started() {}}, workgroup, task);
		if (made.table) {
			await drop(dropTableSql(options), `removing the table ${options.database}.${options.table}`);
		}

		if (made.database) {
			await drop(dropDatabaseSql(options.database), `removing the database ${options.database}`);
		}

		await rm(new DayCache(options).folder, {recursive: true, force: true});
		return true;
	} finally {
		await clients.close();
	}
}
