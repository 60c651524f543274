import {tmpdir} from 'node:os';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {Engine} from '../../source/trail/files/duckdb.js';
import {defineTrinoFunctions} from '../../source/trail/files/segment.js';
import {
	callRecordsSql, deedsSql, foldedName, keyOriginsSql, namedOriginsSql, openerAddressesSql, openersSql, openingsSql, parentsSql, numberedSql, roleCallsSql, sessionEventsSql, sessionScanSql,
} from '../../source/trail/sessions-query.js';
import * as query from '../../source/trail/sessions-query.js';
import {functionsOf, safeFunctions, trinoErrors} from '../support/sql-dialects.js';

const statements: ReadonlyArray<readonly [name: string, sql: string]> = [
	['foldedName', `SELECT ${foldedName('sessionName')} FROM t`],
	['callRecordsSql', callRecordsSql('cloudtrail_logs')],
	['deedsSql', deedsSql('cloudtrail_logs')],
	['sessionScanSql', sessionScanSql('cloudtrail_logs')],
	['roleCallsSql', roleCallsSql('records')],
	['parentsSql', parentsSql('calls')],
	['openingsSql', openingsSql('calls', 'parents')],
	['numberedSql', numberedSql('openings', 'openers')],
	['openersSql', openersSql('openings')],
	['openerAddressesSql', openerAddressesSql('openings', 20)],
	['namedOriginsSql', namedOriginsSql('openings')],
	['keyOriginsSql', keyOriginsSql('openings')],
	['sessionEventsSql', sessionEventsSql('deeds', 'keys', 'names')],
];

describe('the SQL of sessions', () => {
	it('is tried in all its parts', () => {
		const parts = Object.entries(query).filter(([, value]) => typeof value === 'function').map(([name]) => name);
		expect(new Set(statements.map(([name]) => name))).toEqual(new Set(parts));
	});

	it.each(statements)('%s is Trino\'s grammar', (_name, sql) => {
		expect(trinoErrors(sql)).toEqual([]);
	});

	it.each(statements)('%s uses only functions that mean the same on both engines', (_name, sql) => {
		expect(functionsOf(sql).filter(name => !safeFunctions.has(name))).toEqual([]);
	});
});

describe('a session name in which what a machine made is folded', () => {
	let engine: Engine;

	beforeAll(async () => {
		engine = await Engine.open(tmpdir());
		await defineTrinoFunctions(engine, new AbortController().signal);
	});

	afterAll(() => {
		engine.close();
	});

	it.each([
		['alice', 'alice'],
		['jane.doe@example.com', 'jane.doe@example.com'],
		['GitHubActions', 'GitHubActions'],
		['nightly-2026', 'nightly-2026'],
		['team42', 'team42'],
		['i-0a4f7c2be81d93560', 'i-*'],
		['i-1234abcd', 'i-*'],
		['i-am-alice', 'i-am-alice'],
		['botocore-session-1700000001', 'botocore-session-*'],
		['aws-sdk-js-1700000001234', 'aws-sdk-*'],
		['aws-go-sdk-1700000001234567890', 'aws-go-sdk-*'],
		['1700000001234567890', '(number)'],
		['3f2a9c41-d07b-4e85-9f0a-1b2c3d4e5f60', '(uuid)'],
		['3f2a9c41d07b4e859f0a1b2c3d4e5f60', '(hex)'],
		['deploy-3f2a9c41-d07b-4e85-9f0a-1b2c3d4e5f60', 'deploy-*'],
		['deploy-3f2a9c41d07b4e859f0a1b2c3d4e5f60', 'deploy-*'],
		['AWSCodeBuild-1700000001', 'AWSCodeBuild-*'],
		['AssumeRole-1700000001234', 'AssumeRole-*'],
		// A date and a short build number are somebody's choice.
		['release-20260301', 'release-20260301'],
	])('%s is told as %s', async (name, folded) => {
		const rows = await engine.rows(`SELECT ${foldedName('name')} AS folded FROM (SELECT ? AS name)`, new AbortController().signal, [name]);
		expect(rows).toEqual([{folded}]);
	});
});
