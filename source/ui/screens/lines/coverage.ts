import type {Analysis, TrailCoverage} from '../../../app/analysis.js';
import {counted, grouped} from '../../words.js';
import type {TextLine} from './state.js';

const dayMs = 86_400_000;

/** "2025-11-23 to 2026-01-29", "2026-02-03": sorted days, those that follow one another as one. */
export function dayRanges(days: readonly string[]): readonly string[] {
	const ranges: Array<{readonly first: string; last: string}> = [];
	for (const day of days) {
		const range = ranges.at(-1);
		if (range && Date.parse(day) - Date.parse(range.last) === dayMs) {
			range.last = day;
		} else {
			ranges.push({first: day, last: day});
		}
	}

	return ranges.map(({first, last}) => first === last ? first : `${first} to ${last}`);
}

/** Characters of a line at most, so that it stands whole in a list of 80 columns. */
const lineRoom = 57;

/** Words in as few lines as hold them, a comma between two. */
function packed(words: readonly string[]): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const joined = [...lines.slice(-1), word].join(', ');
		if (joined.length > lineRoom) {
			lines.push(word);
		} else {
			lines.splice(-1, 1, joined);
		}
	}

	return lines;
}

const yesOrNo = (isSeen: boolean) => isSeen ? 'yes' : 'no';

function recordWords({readOnlyEvents, writeEvents, kmsEvents, rdsDataEvents}: TrailCoverage): readonly string[] {
	return [
		`read-only events ${yesOrNo(readOnlyEvents)} · write events ${yesOrNo(writeEvents)}`,
		`KMS events ${yesOrNo(kmsEvents)} · RDS Data events ${yesOrNo(rdsDataEvents)}`,
	];
}

/** What the trail records, in words: as its log shows it, and whose configuration is taken over that. */
export function coverageLines({coverage, trail}: Pick<Analysis, 'coverage' | 'trail'>): readonly TextLine[] {
	const {regions, dataEvents, configuration, missingDays} = coverage;
	const seen: ReadonlyArray<readonly [lead: string, texts: readonly string[]]> = [
		['records', recordWords(coverage)],
		['regions', regions.length === 0 ? ['not known'] : packed(regions)],
		['data events', dataEvents.length === 0 ? ['none seen'] : packed(dataEvents.map(({service, events}) => `${service} (${grouped(events)})`))],
	];
	const lines: ReadonlyArray<readonly [lead: string, texts: readonly string[]]> = [
		...trail.events === 0 ? [['records', ['not known: the window has no event of the account']] as const] : seen,
		['configuration', configuration.length === 0
			? ['not given (--trail-config FILE): this is what the log shows']
			: ['given, and taken over what the log shows, for', ...packed(configuration)]],
		['no logs', missingDays.length === 0 ? ['every day of the window has events'] : [`${counted(missingDays.length, 'day')} of the window:`, ...packed(dayRanges(missingDays))]],
	];
	return lines.flatMap(([lead, texts]) => texts.map((text, index) => ({key: `${lead} ${index}`, lead, text, more: `${lead}: ${text}`})));
}
