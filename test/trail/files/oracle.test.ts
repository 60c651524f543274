import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import type {UsageRow} from '../../../source/domain/usage.js';
import {silentTask} from '../../../source/lib/task.js';
import {openFilesSource} from '../../../source/trail/files/source.js';
import {accountId, inTemporaryFolder} from '../../support/trail-records.js';

const generator = fileURLToPath(new URL('../../../../shared/generate/gen_trail.mjs', import.meta.url));

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

const cases: ReadonlyArray<{readonly name: string; readonly options: readonly string[]}> = [
	{name: 'seed 1', options: ['--seed', '1']},
	{name: 'seed 2, many errors and repeats', options: ['--seed', '2', '--errors', '0.3', '--dups', '0.05']},
	{name: 'seed 3, an organization\'s layout', options: ['--seed', '3', '--org', 'o-abc123']},
	{name: 'seed 4, one region, few large files, 200 principals', options: ['--seed', '4', '--regions', 'us-east-1:1', '--interval', '600', '--principals', '200']},
];

describe.skipIf(!existsSync(generator))('generated trails against their oracle (skipped where ../shared/generate is absent)', () => {
	it.each(cases)('$name: each principal\'s events, with count, errors, first and last time', async ({options}) => {
		await inTemporaryFolder(async folder => {
			execFileSync(process.execPath, [generator, '--records', '20000', '--days', '20', '--interval', '120', '--out', folder, ...options], {stdio: 'ignore'});
			const oracle = oracleSchema.parse(JSON.parse(await readFile(path.join(folder, 'oracle.json'), 'utf8')));
			const source = openFilesSource({path: folder, accountId, cacheFolder: path.join(folder, 'cache')});
			const usage = await source.usage({start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z'}, silentTask());
			const roles = new Map(Object.entries(oracle.principals).filter(([, {kind}]) => kind === 'role').map(([arn, {name}]) => [name, arn]));

			expect(usage.unreadable.map(({path: file}) => path.basename(file))).toEqual(['oracle.json']);
			expect(usage.rows.reduce((sum, {count}) => sum + count, 0)).toBe(oracle.totals.unique);
			expect(usage.accounts.find(entry => entry.accountId === accountId)).toMatchObject({firstEvent: oracle.totals.firstTime, lastEvent: oracle.totals.lastTime});
			const expected = Object.fromEntries(Object.entries(oracle.principals).map(([arn, {events}]) => [arn, events]));
			expect(usedBy(usage.rows, roles)).toEqual(expected);
		});
	}, 60_000);
});
