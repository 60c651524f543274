import type {Progress} from '../../../lib/task.js';
import {bytesWords, grouped} from '../../words.js';

/** "1,234 of 30,449 files · 512 MB": how far a piece of work has come. */
export function progressWords({done, total, unit, bytes}: Progress): string {
	const count = unit === null ? undefined : `${grouped(done)}${total === null ? '' : ` of ${grouped(total)}`} ${unit}`;
	return [count, bytes === null || bytes === 0 ? undefined : bytesWords(bytes)].filter(part => part !== undefined).join(' · ');
}

/** "[####------] 41%", or nothing while the whole is not known. */
export function progressBar({done, total}: Progress, width: number): string {
	if (total === null || total === 0) {
		return '';
	}

	const share = Math.min(1, done / total);
	const room = Math.max(1, Math.min(60, width - 7));
	const filled = Math.floor(share * room);
	return `[${'#'.repeat(filled)}${'-'.repeat(room - filled)}] ${Math.floor(share * 100)}%`;
}
