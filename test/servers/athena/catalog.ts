/** A table as Glue's catalog keeps it. */
export type CatalogTable = {
	readonly database: string;
	readonly name: string;
	readonly location: string;
	readonly columns: ReadonlyArray<{readonly Name: string; readonly Type: string}>;
	readonly partitionKeys: readonly string[];
	readonly parameters: Record<string, string>;
};

export type CatalogDatabase = {readonly name: string; readonly parameters: Record<string, string>; readonly tables: Map<string, CatalogTable>};

function properties(list: string): Record<string, string> {
	return Object.fromEntries([...list.matchAll(/'([^']*)'\s*=\s*'([^']*)'/g)].map(([, name = '', value = '']) => [name, value]));
}

/** Databases and tables, changed by Hive's DDL. */
export class Catalog {
	readonly databases = new Map<string, CatalogDatabase>();

	/** Runs a statement; false where it is no DDL. Throws what Athena would give as the reason of a failure. */
	run(sql: string): boolean {
		const [, name = '', table = ''] = /^\w+ (?:EXTERNAL )?\w+(?: IF (?:NOT )?EXISTS)? `(\w+)`(?:\.`(\w+)`)?/.exec(sql) ?? [];
		if (sql.startsWith('CREATE DATABASE')) {
			if (!this.databases.has(name)) {
				this.databases.set(name, {name, parameters: properties(sql), tables: new Map()});
			}
		} else if (sql.startsWith('CREATE EXTERNAL TABLE')) {
			const database = this.#database(name);
			if (!database.tables.has(table)) {
				database.tables.set(table, parseTable(sql, name, table));
			}
		} else if (sql.startsWith('ALTER TABLE')) {
			Object.assign(this.#database(name).tables.get(table)?.parameters ?? {}, properties(sql));
		} else if (sql.startsWith('DROP TABLE')) {
			this.databases.get(name)?.tables.delete(table);
		} else if (sql.startsWith('DROP DATABASE')) {
			if ((this.databases.get(name)?.tables.size ?? 0) > 0) {
				throw new Error(`FAILED: Execution Error: InvalidOperationException(message:Database ${name} is not empty. One or more tables exist.)`);
			}

			this.databases.delete(name);
		} else {
			return false;
		}

		return true;
	}

	/** The table that a query names. */
	tableOf(sql: string): CatalogTable {
		const [, database = '', name = ''] = /FROM "(\w+)"\."(\w+)"/.exec(sql) ?? [];
		const table = this.databases.get(database)?.tables.get(name);
		if (!table) {
			throw new Error(`TABLE_NOT_FOUND: line 1:1: Table 'awsdatacatalog.${database}.${name}' does not exist`);
		}

		return table;
	}

	#database(name: string): CatalogDatabase {
		const database = this.databases.get(name);
		if (!database) {
			throw new Error(`FAILED: SemanticException [Error 10072]: Database does not exist: ${name}`);
		}

		return database;
	}
}

function parseTable(sql: string, database: string, name: string): CatalogTable {
	const lists = /^[^(]*\((?<columns>[\s\S]*?)\n\)\nPARTITIONED BY \((?<keys>[^)]*)\)[\s\S]*LOCATION '(?<location>[^']*)'\nTBLPROPERTIES \((?<properties>[\s\S]*)\)$/.exec(sql)?.groups;
	if (!lists) {
		throw new Error(`FAILED: ParseException in ${sql}`);
	}

	return {
		database, name,
		location: lists.location ?? '',
		columns: [...(lists.columns ?? '').matchAll(/`(\w+)` (.+?),?$/gm)].map(([, Name = '', Type = '']) => ({Name, Type})),
		partitionKeys: [...(lists.keys ?? '').matchAll(/`(\w+)`/g)].map(([, key = '']) => key),
		parameters: properties(lists.properties ?? ''),
	};
}
