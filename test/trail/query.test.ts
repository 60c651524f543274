import {TrinoSQL} from 'dt-sql-parser';
import {describe, expect, it} from 'vitest';
import {
	accountDaysSql, assumptionsSql, callersSql, callsSql, countedEventsSql, countedGroupsSql, groupedEventsSql, namedEventsSql, regionsSql, sampledRowsSql, usageRowsSql,
} from '../../source/trail/query.js';
import * as query from '../../source/trail/query.js';

/** What Athena would be sent, from its table to the last answer. */
const events = `(${countedEventsSql('cloudtrail_logs', `(${callersSql('cloudtrail_logs')})`)})`;
const groups = `(${groupedEventsSql(events)})`;

const statements: ReadonlyArray<readonly [name: string, sql: string]> = [
	['callersSql', callersSql('cloudtrail_logs')],
	['countedGroupsSql', countedGroupsSql(groups, `(${callersSql('cloudtrail_logs')})`)],
	['countedEventsSql', countedEventsSql('cloudtrail_logs', `(${callersSql('cloudtrail_logs')})`)],
	['groupedEventsSql', groupedEventsSql(events)],
	['usageRowsSql', usageRowsSql(groups)],
	['assumptionsSql', assumptionsSql(groups)],
	['accountDaysSql', accountDaysSql(groups)],
	['regionsSql', regionsSql(groups)],
	['namedEventsSql', namedEventsSql('cloudtrail_logs', 2)],
	['sampledRowsSql', sampledRowsSql(events)],
	['callsSql', callsSql('cloudtrail_logs')],
];

/** Functions that mean the same on Trino and DuckDB; json_extract_scalar is a macro of ours on DuckDB. */
const safe = new Set(['count', 'count_if', 'sum', 'min', 'max', 'coalesce', 'nullif', 'max_by', 'array_agg', 'try_cast', 'strpos', 'substr', 'lower', 'json_extract_scalar']);

/** Words that stand before a bracket and are no functions. */
const words = new Set(['in', 'from', 'join', 'as', 'and', 'or', 'on', 'not', 'where', 'when', 'then', 'else', 'select', 'exists', 'by', 'distinct']);

function functionsOf(sql: string): string[] {
	const withoutTexts = sql.replaceAll(/'(?:[^']|'')*'/g, '\'\'');
	const called = [...withoutTexts.matchAll(/([a-z_]\w*)\s*\(/gi)].map(([, name]) => (name ?? '').toLowerCase());
	return [...new Set(called)].filter(name => !words.has(name));
}

function errorsOf(sql: string): string[] {
	return new TrinoSQL().validate(sql).map(({message, startLine}) => `line ${startLine}: ${message}`);
}

describe('the one SQL text', () => {
	it('is tried in all its parts', () => {
		const parts = Object.entries(query).filter(([, value]) => typeof value === 'function').map(([name]) => name);
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
