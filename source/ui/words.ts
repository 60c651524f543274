import type {ActionRow, Analysis} from '../app/analysis.js';
import type {RiskKind} from '../domain/risk.js';
import type {Verdict} from '../domain/verdict.js';
import type {Window} from '../domain/window.js';

/** What a verdict means, in full. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
	used: 'used: granted and used',
	unused: 'unused: granted, not used, and CloudTrail would have shown it',
	unknown: 'unknown: granted, and CloudTrail\'s silence proves nothing',
	ungranted: 'not granted today, but used in the window',
};

/** What an action is known for, in a word that fits a column. */
export const riskWords: Readonly<Record<RiskKind, string>> = {
	'privilege-escalation': 'escalation',
	'data-exfiltration': 'data',
	'resource-exposure': 'exposure',
};

/** "22,000": digits in groups of three, the same on every machine. */
export function grouped(count: number): string {
	return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 event", "2 events". */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** "2026-08-19" of an instant. */
export function dayOf(instant: string): string {
	return instant.slice(0, 10);
}

/** "2026-08-19 10:03:27Z" of an instant. */
export function minuteOf(instant: string): string {
	return instant.slice(0, 10) + ' ' + instant.slice(11, 19) + 'Z';
}

/** "2025-11-23 to 2026-11-23": both days are in the window. */
export function windowWords(window: Window): string {
	const last = new Date(Date.parse(window.end) - 1).toISOString();
	return `${dayOf(window.start)} to ${dayOf(last)}`;
}

/** "1.2 GB", decimal units. */
export function bytesWords(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB', 'TB'];
	const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** step;
	return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step] ?? ''}`;
}

/** "0:07", "12:34", "1:02:03". */
export function elapsedWords(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const hours = Math.floor(seconds / 3600);
	const rest = String(seconds % 60).padStart(2, '0');
	const minutes = Math.floor(seconds / 60) % 60;
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** What cannot be overlooked, in at most two lines: how far the logs reach, and what was not read or is not understood. `more` says which key tells more. */
export function headWarnings({account, trail, warnings}: Analysis, more: string): readonly string[] {
	const messageOf = (code: string) => warnings.find(warning => warning.code === code)?.message;
	const reach = trail.events === 0
		? `no logs of account ${account.id} in this window: nothing can be said · ${more}`
		: messageOf('days-without-logs');
	const named = new Set(['no-logs', 'days-without-logs', 'unreadable-files']);
	const others = warnings.filter(({code}) => !named.has(code)).length;
	const rest = [messageOf('unreadable-files'), others > 0 ? counted(others, 'warning') : undefined].filter(part => part !== undefined);
	return [
		...(reach === undefined ? [] : [reach]),
		...(rest.length > 0 ? [`${rest.join(' · ')} · ${more} to list`] : []),
	];
}

/** How often an action was used, and when. */
export function usageWords({count, failed, denied, firstUsed, lastUsed}: ActionRow): string {
	const parts = [
		count === 0 ? 'none in the window' : counted(count, 'event'),
		failed > 0 && `${counted(failed, 'of them failed', 'of them failed')} after authorization`,
		denied > 0 && `denied ${counted(denied, 'time')}`,
		firstUsed !== null && `first ${minuteOf(firstUsed)}`,
		lastUsed !== null && `last ${minuteOf(lastUsed)}`,
	];
	return parts.filter(Boolean).join(' · ');
}
