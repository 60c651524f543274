import type {DaySizes} from './bucket.js';
import {dollarsFor} from './cost.js';
import {foldersOf} from './days.js';
import type {ScanEstimate} from './options.js';

/** What a scan of the days reads where their folders have these sizes. */
export function estimateOf(days: readonly string[], knownDays: number, sizes: DaySizes): ScanEstimate {
	const folders = foldersOf(days).map(folder => sizes.get(folder) ?? {bytes: 0, files: 0});
	const bytes = folders.reduce((sum, size) => sum + size.bytes, 0);
	return {
		bytes, files: folders.reduce((sum, {files}) => sum + files, 0), dollars: dollarsFor(bytes),
		firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '', days: days.length, knownDays,
	};
}
