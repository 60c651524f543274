import type {Progress} from '../lib/task.js';
import {cutEnd, terminalText} from '../lib/terminal-text.js';

/** Milliseconds between two drawings: more often than this nobody can read. */
const pause = 100;

/** Milliseconds between two lines where no terminal is: a script's log says that something long goes on, and is not filled by it. */
const logPause = 30_000;

const clearLine = '\r\u001B[2K';

/** What a progress line needs of process.stderr. */
export type ProgressTarget = {readonly isTTY: boolean; readonly columns: number; write(text: string): boolean};

/** What says how far the work is, and goes when it is done. */
export type ProgressLine = {
	readonly show: (progress: Progress) => void;
	/** Takes the line away. Safe to call twice. */
	readonly clear: () => void;
};

/** What a progress says in one line: "reading CloudTrail files 1,200 of 3,000 files". */
export function progressText({stage, done, total, unit}: Progress): string {
	if (unit === null) {
		return stage;
	}

	const count = done.toLocaleString('en-US');
	return total === null ? `${stage}  ${count} ${unit}` : `${stage}  ${count} of ${total.toLocaleString('en-US')} ${unit}`;
}

/** A progress line on `stream`: on a terminal written over and over, else a line every half a minute; never when `quiet` is set. `now` gives milliseconds. */
export function createProgressLine(stream: ProgressTarget, quiet: boolean, now: () => number = Date.now): ProgressLine {
	let drawnAt = Number.NEGATIVE_INFINITY;
	let stage = '';
	let isShown = false;
	if (quiet) {
		return {show() {}, clear() {}};
	}

	if (!stream.isTTY) {
		drawnAt = now();
		return {
			show(progress) {
				if (now() - drawnAt >= logPause) {
					drawnAt = now();
					stream.write(`${terminalText(progressText(progress))}\n`);
				}
			},
			clear() {},
		};
	}

	return {
		show(progress) {
			if (progress.stage === stage && now() - drawnAt < pause) {
				return;
			}

			stage = progress.stage;
			drawnAt = now();
			isShown = true;
			stream.write(clearLine + cutEnd(progressText(progress), Math.max(1, stream.columns - 1)));
		},
		clear() {
			if (isShown) {
				isShown = false;
				stream.write(clearLine);
			}
		},
	};
}
