import {describe, expect, it} from 'vitest';
import {
	accountDaysSql, assumptionsSql, callersSql, callsSql, countedEventsSql, countedGroupsSql, groupedEventsSql, namedEventsSql, packedGroupsSql, regionsSql, sampledRowsSql, usageRowsSql,
} from '../../source/trail/query.js';
import * as query from '../../source/trail/query.js';
import {functionsOf, safeFunctions as safe, trinoErrors as errorsOf} from '../support/sql-dialects.js';

/** What Athena would be sent, from its table to the last answer. */
const events = `(${countedEventsSql('cloudtrail_logs', `(${callersSql('cloudtrail_logs')})`)})`;
const groups = `(${groupedEventsSql(events)})`;

const statements: ReadonlyArray<readonly [name: string, sql: string]> = [
	['callersSql', callersSql('cloudtrail_logs')],
	['countedGroupsSql', countedGroupsSql(groups, `(${callersSql('cloudtrail_logs')})`)],
	['countedEventsSql', countedEventsSql('cloudtrail_logs', `(${callersSql('cloudtrail_logs')})`)],
	['groupedEventsSql', groupedEventsSql(events)],
	['packedGroupsSql', packedGroupsSql('(SELECT *, \'2026-03-01\' AS logday FROM cloudtrail_logs) AS events')],
	['usageRowsSql', usageRowsSql(groups)],
	['assumptionsSql', assumptionsSql(groups)],
	['accountDaysSql', accountDaysSql(groups)],
	['regionsSql', regionsSql(groups)],
	['namedEventsSql', namedEventsSql('cloudtrail_logs', 2)],
	['sampledRowsSql', sampledRowsSql(events)],
	['callsSql', callsSql('cloudtrail_logs')],
];

describe('the one SQL text', () => {
	it('is tried in all its parts', () => {
		const parts = Object.entries(query).filter(([name]) => name.endsWith('Sql')).map(([name]) => name);
		expect(new Set(statements.map(([name]) => name))).toEqual(new Set(parts));
	});

	it.each(statements)('%s is Trino\'s grammar', (_name, sql) => {
		expect(errorsOf(sql)).toEqual([]);
	});

	it.each(statements)('%s uses only functions that mean the same on both engines', (_name, sql) => {
		expect(functionsOf(sql).filter(name => !safe.has(name))).toEqual([]);
	});

	it('notices what is not Trino\'s, and a function that is not safe', () => {
		expect(errorsOf('SELECT * EXCLUDE (a) FROM t')).not.toEqual([]);
		expect(functionsOf('SELECT regexp_extract(a, \'x(y)\') FROM t')).toEqual(['regexp_extract']);
	});

	it('takes the window and the account as parameters', () => {
		expect(usageRowsSql('t').split('?')).toHaveLength(5);
		expect(assumptionsSql('t').split('?')).toHaveLength(3);
		expect(accountDaysSql('t').split('?')).toHaveLength(3);
		expect(regionsSql('t').split('?')).toHaveLength(4);
		expect(namedEventsSql('t', 2).split('?')).toHaveLength(7);
		expect(sampledRowsSql('t').split('?')).toHaveLength(3);
		expect(callsSql('t').split('?')).toHaveLength(2);
	});
});
