import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {buildAnalysis} from '../../source/app/analyse.js';
import type {Analysis} from '../../source/app/analysis.js';
import {createAttribution} from '../../source/domain/attribution.js';
import {loadCatalog} from '../../source/domain/catalog.js';
import {judgeOutcome} from '../../source/domain/outcome.js';
import type {IamSnapshot} from '../../source/domain/snapshot.js';
import type {Usage, UsageRow} from '../../source/domain/usage.js';
import {loadIamFile} from '../../source/iam/file.js';
import {silentTask} from '../../source/lib/task.js';
import {openFilesSource} from '../../source/trail/files/source.js';

const generator = '../shared/generate/gen_trail.mjs';

const oracleSchema = z.object({
	params: z.object({account: z.string()}),
	principals: z.record(z.string(), z.object({
		kind: z.enum(['user', 'role', 'root']),
		inGaad: z.boolean(),
		unique: z.number(),
		denied: z.number(),
		byId: z.record(z.string(), z.number()).optional(),
		events: z.record(z.string(), z.object({n: z.number(), denied: z.number(), first: z.string(), last: z.string()})),
	})),
	unusedInGaad: z.array(z.string()),
});

/** Denials by the oracle's naive rule (a code that contains one of these), as it applies them to every record. */
const naivelyDenied = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/;

const trees: ReadonlyArray<{readonly name: string; readonly options: readonly string[]}> = [
	{name: 'a plain trail', options: ['--records', '12000', '--seed', '1']},
	{name: 'an organisation trail with many duplicates and errors', options: ['--records', '12000', '--seed', '7', '--org', 'o-abc123', '--dups', '0.05', '--errors', '0.3', '--principals', '90']},
	{name: 'few principals, one region, half of them unused', options: ['--records', '6000', '--seed', '23', '--principals', '12', '--unused', '0.5', '--regions', 'eu-west-1:1', '--days', '9']},
];

describe.skipIf(!existsSync(generator)).each(trees)('generated trails against their oracle (skipped where ../shared/generate is absent): $name', ({options}) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'oracle-'));
	let oracle: z.infer<typeof oracleSchema>;
	let snapshot: IamSnapshot;
	let usage: Usage;
	let analysis: Analysis;
	/** Rows by principal ARN and "source|event". */
	const rowsOf = new Map<string, Map<string, UsageRow[]>>();

	beforeAll(async () => {
		execFileSync(process.execPath, [generator, ...options, '--interval', '60', '--out', folder], {stdio: 'ignore'});
		oracle = oracleSchema.parse(JSON.parse(readFileSync(path.join(folder, 'oracle.json'), 'utf8')));
		snapshot = await loadIamFile(path.join(folder, 'gaad.json'));
		const source = openFilesSource({path: path.join(folder, 'AWSLogs'), accountId: oracle.params.account, cacheFolder: path.join(folder, 'cache')});
		const window = {start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'};
		usage = await source.usage(window, silentTask());
		await source.close();
		analysis = buildAnalysis({snapshot, usage, window, accountName: null, catalog: loadCatalog(), strict: false});
		const attribute = createAttribution(snapshot);
		for (const row of usage.rows) {
			const whose = attribute(row);
			if (whose.kind === 'principal') {
				const events = rowsOf.get(whose.arn) ?? new Map<string, UsageRow[]>();
				rowsOf.set(whose.arn, events);
				const key = `${row.eventSource}|${row.eventName}`;
				events.set(key, [...events.get(key) ?? [], row]);
			}
		}
	}, 300_000);

	afterAll(() => {
		rmSync(folder, {recursive: true, force: true});
	});

	const idOf = (arn: string) => [...snapshot.users, ...snapshot.roles].find(entry => entry.arn === arn)?.id ?? '';

	/** A role that was made again: the oracle merges the two, so their events are compared by id. */
	const isRecreated = (arn: string) => Object.keys(oracle.principals[arn]?.byId ?? {}).some(id => id !== idOf(arn));

	const comparable = () => Object.entries(oracle.principals).filter(([arn, one]) => (one.inGaad || one.kind === 'root') && !isRecreated(arn));

	test('every file is read', () => {
		expect(usage.unreadable).toEqual([]);
	});

	test('each principal\'s events with counts, first and last times are the oracle\'s', () => {
		const ours = comparable().map(([arn]) => [arn, Object.fromEntries([...rowsOf.get(arn) ?? []].map(([key, rows]) => [key, {
			n: rows.reduce((sum, row) => sum + row.count, 0),
			first: rows.map(row => row.first).toSorted()[0],
			last: rows.map(row => row.last).toSorted().at(-1),
			denied: rows.filter(row => naivelyDenied.test(row.errorCode ?? '')).reduce((sum, row) => sum + row.count, 0),
		}]))]);
		const theirs = comparable().map(([arn, one]) => [arn, Object.fromEntries(Object.entries(one.events).map(([key, {n, first, last, denied}]) => [key, {n, first, last, denied}]))]);
		expect(ours.length).toBeGreaterThan(3);
		expect(ours).toEqual(theirs);
	});

	test('a role that was made again has the events of its own id', () => {
		for (const [arn, one] of Object.entries(oracle.principals).filter(([arn, one]) => one.inGaad && isRecreated(arn))) {
			const events = [...rowsOf.get(arn)?.values() ?? []].flat().reduce((sum, row) => sum + row.count, 0);
			expect(events, arn).toBe(one.byId?.[idOf(arn)] ?? 0);
		}
	});

	test('the list has the same events and denials: no code in the pool is judged otherwise by the rules', () => {
		const judgedOtherwise = new Set(usage.rows
			.filter(row => naivelyDenied.test(row.errorCode ?? '') !== (judgeOutcome(row) === 'denied'))
			.map(row => row.errorCode));
		expect([...judgedOtherwise]).toEqual([]);
		for (const [arn, one] of comparable()) {
			const listed = analysis.principals.find(principal => principal.arn === arn);
			expect({arn, events: listed?.events, denied: listed?.denied}).toEqual({arn, events: one.unique, denied: one.denied});
		}
	});

	test('the principals without an event are the oracle\'s, and none of them is used', () => {
		const silent = analysis.principals.filter(principal => principal.events === 0 && !rowsOf.has(principal.arn) && !oracle.principals[principal.arn]);
		expect(silent.map(principal => principal.arn).toSorted()).toEqual([...oracle.unusedInGaad].toSorted());
		expect(silent.filter(principal => principal.verdict === 'used').map(principal => principal.reasonCode)).toEqual([]);
		expect(analysis.principals.filter(principal => principal.verdict === 'unused' && oracle.principals[principal.arn] !== undefined && !isRecreated(principal.arn))).toEqual([]);
	});
});
