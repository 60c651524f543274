import type {Window} from '../../domain/window.js';
import type {Task} from '../../lib/task.js';
import {type DaySizes, TrailBucket} from './bucket.js';
import {Clients} from './clients.js';
import {dollarsFor} from './cost.js';
import {daysOfWindow, foldersOf} from './days.js';
import {DayCache} from './day-cache.js';
import type {AthenaOptions, ScanEstimate} from './options.js';

/** What a scan of the days reads where their folders have these sizes. */
export function estimateOf(days: readonly string[], knownDays: number, sizes: DaySizes): ScanEstimate {
	const folders = foldersOf(days).map(folder => sizes.get(folder) ?? {bytes: 0, files: 0});
	const bytes = folders.reduce((sum, size) => sum + size.bytes, 0);
	return {
		bytes, files: folders.reduce((sum, {files}) => sum + files, 0), dollars: dollarsFor(bytes),
		firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '', days: days.length, knownDays,
	};
}

/** What the next question about a window would read and cost; null where all is known and nothing would be read. Runs no query. Throws UserError and CancelledError. */
export async function estimateScan(options: AthenaOptions, window: Window, task: Task): Promise<ScanEstimate | null> {
	const clients = new Clients(options);
	try {
		const cache = new DayCache(options);
		await cache.load();
		const days = daysOfWindow(window, options.now?.() ?? new Date());
		const due = days.filter(day => !cache.isSettled(day));
		if (due.length === 0) {
			return null;
		}

		const bucket = new TrailBucket(clients, options, options.region);
		await bucket.check(task.signal);
		const regions = await bucket.regions(options.accountId, task.signal);
		return estimateOf(due, days.length - due.length, await bucket.sizes(options.accountId, regions, foldersOf(due), task));
	} finally {
		await clients.close();
	}
}
