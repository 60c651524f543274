import {readdirSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';
import {DayCache} from '../../../source/trail/athena/day-cache.js';
import {addDays} from '../../../source/trail/athena/days.js';
import {defineGroups} from '../../../source/trail/athena/local-groups.js';
import {type ResultRow, writeRows} from '../../../source/trail/row-file.js';
import {scanColumns} from '../../../source/trail/athena/scan-sql.js';
import {Engine} from '../../../source/trail/files/duckdb.js';
import {inOrder, numbers} from '../../../source/trail/files/in-order.js';
import {optionsFor} from '../../servers/athena/athena-source.js';
import {inTemporaryFolder} from '../../support/trail-records.js';

const {signal} = new AbortController();

/** A scan's row of one event of a day. */
function rowOf(day: string): ResultRow {
	const values: Readonly<Record<string, string>> = {eventSource: 's3.amazonaws.com', eventName: 'ListBuckets', days: `[${day} 1 10:00:00 10:00:00 ]`};
	return scanColumns.map(column => values[column] ?? null);
}

async function * pageOf(row: ResultRow): AsyncGenerator<ResultRow[]> {
	yield [row];
}

it('many small answers are joined to one file, and none of them is lost', async () => {
	await inTemporaryFolder(async folder => {
		const options = optionsFor({url: ''}, folder);
		const cache = new DayCache(options);
		await cache.load();
		const engine = await Engine.open(path.join(folder, 'spill'));
		try {
			const days = [...numbers(36)].map(index => addDays('2026-02-01', index));
			for await (const _ of inOrder(days, async day => {
				const rowsFile = path.join(folder, 'rows');
				await writeRows(pageOf(rowOf(day)), rowsFile);
				await cache.add({engine, rowsFile, days: [day], asked: new Date('2026-12-31T00:00:00Z'), signal});
			})) {
				// One after the other.
			}

			expect(readdirSync(cache.folder).filter(name => name.endsWith('.parquet')).length).toBeLessThan(10);
			const again = new DayCache(options);
			await again.load();
			await defineGroups(engine, again.rowsOf(), {first: '2026-01-01', end: '2027-01-01'}, signal);
			const kept = await engine.rows('SELECT eventDay, sum(eventCount) AS n FROM day_groups GROUP BY 1 ORDER BY 1', signal);
			expect(kept.map(({eventDay, n}) => `${String(eventDay)} ${String(n)}`)).toEqual(days.map(day => `${day} 1`));
		} finally {
			engine.close();
		}
	});
});
