/** One question to Athena in a process of its own: prints the milliseconds until the scan is agreed to (libraries, setup, estimate) and from there to the answer, peak memory in MB and events. With no options it only says what an empty process takes. */
import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {openAthenaSource} from '../../source/trail/athena/source.js';

/** Peak memory in MB; 0 where the system does not tell it. */
function peak() {
	try {
		return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1000;
	} catch {
		return 0;
	}
}

const [options, window] = process.argv.slice(2).map(text => JSON.parse(text));
if (options) {
	let agreed = 0;
	const source = openAthenaSource({...options, async confirm() {
		agreed = performance.now();
		return true;
	}});
	const started = performance.now();
	const {rows} = await source.usage(window, {signal: new AbortController().signal, progress() {}});
	const ended = performance.now();
	await source.close();
	console.log(JSON.stringify({before: agreed - started, wall: ended - Math.max(started, agreed), peak: peak(), events: rows.reduce((sum, {count}) => sum + count, 0)}));
} else {
	console.log(JSON.stringify({peak: peak()}));
}
