import {describe, expect, it} from 'vitest';
import {createDatabaseSql, createTableSql, dropDatabaseSql, dropTableSql, setPropertiesSql} from '../../../source/trail/athena/ddl.js';
import {bind, literal} from '../../../source/trail/athena/literals.js';
import {changesSql, eventsOfDays, samplesSql, scanSql, type TableShape} from '../../../source/trail/athena/scan-sql.js';
import {optionsFor} from '../../servers/athena/athena-source.js';
import {functionsOf, hiveErrors, safeFunctions, trinoErrors} from '../../support/sql-dialects.js';
import {accountId} from '../../support/trail-records.js';

const shape: TableShape = {database: 'audit', table: 'logs', account: {column: 'account', value: accountId}, day: {kind: 'text', column: 'timestamp', separator: '/'}, absent: [], hasHost: true};
const older: TableShape = {...shape, account: null, day: {kind: 'parts', hasDay: true}, absent: ['eventcategory', 'managementevent'], hasHost: false};
const days = ['2026-03-01', '2026-03-02', '2026-03-31'];
const question = {events: ['s3.amazonaws.com:ListBuckets', 'iam.amazonaws.com:it\'s ?'], repeated: ['a', 'b\'c'], accountId};

const queries: ReadonlyArray<readonly [name: string, sql: string]> = [
	['the scan', scanSql(shape, days)],
	['the scan of an older table', scanSql(older, days)],
	['the samples', samplesSql(shape, days, question)],
	['the samples of an older table', samplesSql(older, days, {...question, repeated: []})],
	['the calls', changesSql(shape, days, question)],
];

const options = {...optionsFor({url: ''}, '/cache'), bucket: 'my-logs', prefix: 'a b', organizationId: 'o-abcdefghij'};

const statements: ReadonlyArray<readonly [name: string, sql: string]> = [
	['the database', createDatabaseSql('audit')],
	['the table', createTableSql(options, [accountId, '444455556666'], ['us-east-1', 'us-gov-west-1'])],
	['a change of the table', setPropertiesSql(options, [['projection.region.values', 'us-east-1,eu-west-1']])],
	['the end of the table', dropTableSql(options)],
	['the end of the database', dropDatabaseSql('audit')],
];

describe('what Athena is sent', () => {
	it.each(queries)('%s is Trino\'s grammar', (_name, sql) => {
		expect(trinoErrors(sql)).toEqual([]);
	});

	it.each(queries)('%s uses only functions that mean the same on both engines', (_name, sql) => {
		expect(functionsOf(sql).filter(name => !safeFunctions.has(name))).toEqual([]);
	});

	it.each(statements)('%s is Hive\'s grammar', (_name, sql) => {
		expect(hiveErrors(sql)).toEqual([]);
	});

	it('notices what is not Hive\'s', () => {
		expect(hiveErrors('CREATE EXTERNAL TABLE t (a strin g)')).not.toEqual([]);
	});

	it('reads a table once a query: each read of the logs is paid for', () => {
		expect(queries.map(([, sql]) => sql.split('FROM "audit"."logs"').length - 1)).toEqual(queries.map(() => 1));
	});

	it('the table lies in the trail\'s folder and finds its partitions by a template that ends in one slash', () => {
		const sql = createTableSql(options, [accountId], ['us-east-1']);
		expect(sql).toContain('LOCATION \'s3://my-logs/a b/AWSLogs/o-abcdefghij/\'');
		expect(sql.replaceAll('${', '{')).toContain('\'storage.location.template\'=\'s3://my-logs/a b/AWSLogs/o-abcdefghij/{account}/CloudTrail/{region}/{timestamp}/\'');
		expect(sql.replaceAll('s3://', '')).not.toContain('//');
	});
});

describe('the days of a query', () => {
	it('folders are read to a day after the events, days that follow one another as one range', () => {
		const sql = eventsOfDays(shape, days);
		expect(sql).toContain('("timestamp" >= \'2026/03/01\' AND "timestamp" <= \'2026/03/03\') OR ("timestamp" >= \'2026/03/31\' AND "timestamp" <= \'2026/04/01\')');
		expect(sql).toContain('(eventtime >= \'2026-03-01\' AND eventtime < \'2026-03-03\') OR (eventtime >= \'2026-03-31\' AND eventtime < \'2026-04-01\')');
	});

	it('a table by year, month and day is asked by those', () => {
		expect(eventsOfDays(older, ['2026-02-28'])).toContain('("year" = \'2026\' AND "month" = \'02\' AND "day" IN (\'28\')) OR ("year" = \'2026\' AND "month" = \'03\' AND "day" IN (\'01\'))');
	});

	it('only the account\'s own folders are read', () => {
		expect(eventsOfDays(shape, days)).toContain(`"account" = '${accountId}'`);
	});
});

describe('values in a query', () => {
	it.each([['plain', '\'plain\''], ['it\'s', '\'it\'\'s\''], ['a\\', String.raw`'a\'`], ['\'', '\'\'\'\'']])('%s is the literal %s', (value, expected) => {
		expect(literal(value)).toBe(expected);
	});

	it('take the places in their order; a question mark in a text or in a value is none', () => {
		expect(bind('SELECT \'?\', "?", ? WHERE a = ?', ['x?', 'y'])).toBe('SELECT \'?\', "?", \'x?\' WHERE a = \'y\'');
	});

	it('as many as there are places', () => {
		expect(() => bind('SELECT ?', [])).toThrow(RangeError);
		expect(() => bind('SELECT ?', ['a', 'b'])).toThrow(RangeError);
	});
});
