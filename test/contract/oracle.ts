import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import type {UsageRow} from '../../source/domain/usage.js';
import {silentTask} from '../../source/lib/task.js';
import {accountId, inTemporaryFolder} from '../support/trail-records.js';
import type {SourceFactory} from './harness.js';

const generator = fileURLToPath(new URL('../../../shared/generate/gen_trail.mjs', import.meta.url));

const countsSchema = z.object({n: z.number(), errors: z.number(), first: z.string(), last: z.string()});

const oracleSchema = z.object({
	totals: z.object({unique: z.number(), firstTime: z.string(), lastTime: z.string()}),
	principals: z.record(z.string(), z.object({kind: z.string(), name: z.string(), events: z.record(z.string(), countsSchema)})),
});

type Counts = z.infer<typeof countsSchema>;

/** The oracle's own simple attribution: by issuer, else by ARN, a bare role session by its role's name. */
function principalOf(row: UsageRow, roles: ReadonlyMap<string, string>): string | undefined {
	if (row.identityType === 'IAMUser' || row.identityType === 'Root') {
		return row.identityArn ?? undefined;
	}

	if ((row.identityType !== 'AssumedRole' && row.identityType !== 'FederatedUser') || row.identityAccount !== accountId) {
		return undefined;
	}

	return row.issuerArn ?? roles.get(row.identityArn?.split('/')[1] ?? '');
}

function isError(row: UsageRow): boolean {
	return row.errorCode !== null;
}

function add(counts: Counts | undefined, row: UsageRow): Counts {
	return {
		n: (counts?.n ?? 0) + row.count,
		errors: (counts?.errors ?? 0) + (isError(row) ? row.count : 0),
		first: counts && counts.first < row.first ? counts.first : row.first,
		last: counts && counts.last > row.last ? counts.last : row.last,
	};
}

function usedBy(rows: readonly UsageRow[], roles: ReadonlyMap<string, string>): Record<string, Record<string, Counts>> {
	const used: Record<string, Record<string, Counts>> = {};
	for (const row of rows) {
		const principal = principalOf(row, roles);
		if (principal !== undefined) {
			const events = used[principal] ?? {};
			const key = `${row.eventSource}|${row.eventName}`;
			used[principal] = {...events, [key]: add(events[key], row)};
		}
	}

	return used;
}

type Case = {readonly name: string; readonly options: readonly string[]};

/** Trails that differ in what a source may get wrong. */
const cases: readonly Case[] = [
	{name: 'seed 1', options: ['--seed', '1']},
	{name: 'seed 2, many errors and repeats', options: ['--seed', '2', '--errors', '0.3', '--dups', '0.05']},
	{name: 'seed 3, an organization\'s layout', options: ['--seed', '3', '--org', 'o-abc1234567']},
	{name: 'seed 4, one region, few large files, 200 principals', options: ['--seed', '4', '--regions', 'us-east-1:1', '--interval', '600', '--principals', '200']},
];

const window = {start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'};

/** Role whose sessions are asked for: of the roles, the one with most kinds of events. */
function busiestRole(principals: z.infer<typeof oracleSchema>['principals']): string {
	const roles = Object.entries(principals).filter(([, {kind}]) => kind === 'role');
	const [busiest] = roles.toSorted(([, a], [, b]) => Object.keys(b.events).length - Object.keys(a.events).length);
	return busiest?.[0] ?? '';
}

/** The part of the contract that generated trails prove: they come with an oracle of who did what, how often, when first and when last. `records` are those of each trail. */
export function describeOracle(name: string, open: SourceFactory, records = 20_000): void {
	describe.skipIf(!existsSync(generator))(`${name}: generated trails against their oracle (skipped where ../shared/generate is absent)`, () => {
		it.each(cases)('$name: each principal\'s events, with count, errors, first and last time', async ({options}) => {
			await inTemporaryFolder(async folder => {
				execFileSync(process.execPath, [generator, '--records', String(records), '--days', '20', '--interval', '120', '--out', folder, ...options], {stdio: 'ignore'});
				const oracle = oracleSchema.parse(JSON.parse(await readFile(path.join(folder, 'oracle.json'), 'utf8')));
				// What lies beside the logs is none.
				await Promise.all(['oracle.json', 'gaad.json', 'gaad.urlencoded.json'].map(async file => rm(path.join(folder, file))));
				const source = await open(folder, accountId);
				try {
					const usage = await source.usage(window, silentTask());
					const roles = new Map(Object.entries(oracle.principals).filter(([, {kind}]) => kind === 'role').map(([arn, {name: role}]) => [role, arn]));
					expect(usage.rows.reduce((sum, {count}) => sum + count, 0)).toBe(oracle.totals.unique);
					expect(usage.accounts.find(entry => entry.accountId === accountId)).toMatchObject({firstEvent: oracle.totals.firstTime, lastEvent: oracle.totals.lastTime});
					const expected = Object.fromEntries(Object.entries(oracle.principals).map(([arn, {events}]) => [arn, events]));
					expect(usedBy(usage.rows, roles)).toEqual(expected);

					const role = busiestRole(oracle.principals);
					const people = await source.sessions(window, role, silentTask());
					expect(usedBy(people.flatMap(({rows}) => rows), roles)).toEqual({[role]: expected[role]});
				} finally {
					await source.close();
				}
			});
		}, 120_000);
	});
}
