import process from 'node:process';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {appReducer} from '../../source/ui/app-reducer.js';
import {initApp, type AppState} from '../../source/ui/app-state.js';
import {defaultKeys} from '../../source/ui/keys.js';
import {demoChoice, fakeAnalysis, fakeExporter, fakePrincipal, fakeRow, prodChoice} from '../support/fake-workspace.js';
import {afterKeys} from '../support/press.js';

const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const accounts = [prodChoice, demoChoice];
const options = {
	size: {columns: 120, rows: 40}, keys: defaultKeys, exporter: fakeExporter, today: new Date('2026-11-23T12:00:00Z'), accounts, account: prodChoice, start: undefined,
	end: undefined, toggles: {usedOnly: false, hideBenign: false, hideUnknown: false},
};

/** A new analysis, sharing nothing with the one before: 50 rows, some 20 kB. */
function analysisOf(round: number) {
	const rows = Array.from({length: 50}, (_, index) => fakeRow(`s3:Action${index}`, 'unused', {reason: `round ${round} of row ${index}`}));
	return fakeAnalysis([{summary: fakePrincipal('alice', 'user', rows), rows}], window);
}

function heap(): number {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc()');
	return process.memoryUsage().heapUsed;
}

/** The program after refreshes, one after another, with a filter, marks, and a walk in and out. */
function refreshed(from: AppState, rounds: number): AppState {
	let state = from;
	for (let round = 0; round < rounds; round++) {
		state = afterKeys(state, 'r');
		state = appReducer(state, {type: 'progress', job: state.job?.id ?? 0, progress: null, elapsedMs: 1});
		state = appReducer(state, {type: 'analyzed', job: state.job?.id ?? 0, analysis: analysisOf(round), accounts});
		state = round % 10 === 0 ? afterKeys(state, 'escape', 'enter') : state;
	}

	return state;
}

test('8 hours of refreshes keep nothing of the old ones: 10,000 leave the heap as 1,000 did', () => {
	const opened = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: analysisOf(0), accounts}), 'enter', 'space', 'j');
	const warm = refreshed(opened, 1000);
	const before = heap();
	const state = refreshed(warm, 10_000);
	const grown = heap() - before;
	expect(state.stack).toHaveLength(warm.stack.length);
	// 10,000 kept analyses would be 200 MB.
	expect(grown).toBeLessThan(5_000_000);
}, 120_000);
