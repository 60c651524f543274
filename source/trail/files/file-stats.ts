import fs, {type Stats, statSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import {setImmediate} from 'node:timers/promises';
import {throwIfCancelled} from '../../lib/errors.js';
import {inOrder} from './in-order.js';

/** Files that are asked about in the background at once. */
const concurrency = 64;

/** Files that are asked about before the keys and the screen get a turn. */
const sliceLength = 100;

/** A slice that takes longer lies on a slow disk: a local one answers a hundred times in one. */
const slowMs = 20;

/** The one that takes a callback: a promise a file takes as long again, and there are 30,000. */
const later = {stat: fs.stat};

type Answer = (index: number, answer: Stats | Error) => void;

/**
Asks the file system about files, by their paths: on a local disk slice by slice, which takes half as long as asking in the background; from the first
slice on that took longer than `slowAfterMs`, as on a network's disk, in the background, many at a time. Each answer goes to `onAnswer` with its file's
index. Rejects with CancelledError.
*/
export async function askAboutFiles(files: readonly string[], onAnswer: Answer, signal: AbortSignal, slowAfterMs = slowMs): Promise<void> {
	let asked = 0;
	const slices = Array.from({length: Math.ceil(files.length / sliceLength)}, (_, index) => files.slice(index * sliceLength, (index + 1) * sliceLength));
	for await (const took of inOrder(slices, async slice => {
		await setImmediate();
		throwIfCancelled(signal);
		const started = performance.now();
		for (const [index, file] of slice.entries()) {
			onAnswer(asked + index, askNow(file));
		}

		return {files: slice.length, ms: performance.now() - started};
	})) {
		asked += took.files;
		if (took.ms > slowAfterMs) {
			break;
		}
	}

	const left = asked;
	await askInBackground(files.slice(left), (index, answer) => {
		onAnswer(left + index, answer);
	}, signal);
	throwIfCancelled(signal);
}

function askNow(file: string): Stats | Error {
	try {
		return statSync(file);
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

async function askInBackground(files: readonly string[], onAnswer: Answer, signal: AbortSignal): Promise<void> {
	await new Promise<void>(resolve => {
		let next = 0;
		let left = files.length;
		const ask = () => {
			const index = next++;
			const file = signal.aborted ? undefined : files[index];
			if (file !== undefined) {
				later.stat(file, (error, stats) => {
					onAnswer(index, error ?? stats);
					left--;
					if (left === 0 || signal.aborted) {
						resolve();
					} else {
						ask();
					}
				});
			}
		};

		if (left === 0 || signal.aborted) {
			resolve();
		}

		for (let index = 0; index < concurrency; index++) {
			ask();
		}
	});
}
