import {setImmediate} from 'node:timers/promises';
import {Engine} from '../files/duckdb.js';
import {askGroups} from '../sql-answers.js';
import {defineGroups} from './local-groups.js';

/** Starts DuckDB. Its first answers are its slowest: those about nothing are given while Athena works. */
export async function warmEngine(spill: string, signal: AbortSignal): Promise<Engine> {
	const engine = await Engine.open(spill);
	try {
		await defineGroups(engine, undefined, {first: '', end: ''}, signal);
		await askGroups(engine, {start: '', end: ''}, '', signal);
	} catch {
		// Whoever cancelled is told by the next question.
	}

	return engine;
}

/** Closes an engine a moment later, where one was opened: its answer does not wait for the memory that it gives back. */
export async function closedLater(opening: Promise<Engine> | undefined): Promise<void> {
	const engine = await opening?.catch(() => undefined);
	await setImmediate();
	engine?.close();
}
