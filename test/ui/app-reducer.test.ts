import {describe, expect, test} from 'vitest';
import {appReducer} from '../../source/ui/app-reducer.js';
import {initApp, layoutFor, lookupOf, topOf, warningsOf, type AppState} from '../../source/ui/app-state.js';
import {defaultKeys, footerText} from '../../source/ui/keys.js';
import {crumbWords, headWords, hintsOf, statusWords} from '../../source/ui/screens/describe.js';
import {demoChoice, fakeAnalysis, fakeEvidence, fakeExporter, fakePrincipal, fakeRow, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {afterKeys} from '../support/press.js';

const today = new Date('2026-11-23T12:00:00Z');
const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const analysis = fakeAnalysis(smallAccount, window);
const accounts = [prodChoice, demoChoice];
const options = {
	size: {columns: 80, rows: 24}, keys: defaultKeys, exporter: fakeExporter, today, accounts, account: prodChoice, start: undefined, end: undefined,
	toggles: {usedOnly: false, hideBenign: false, hideUnknown: false},
};

/** The program at the principals of a small account. */
function loaded(): AppState {
	return appReducer(initApp(options), {type: 'analyzed', job: 1, analysis, accounts});
}

/** "users › alice": the breadcrumbs behind the account. */
function place(state: AppState): string {
	return crumbWords(state.stack.slice(2)) || crumbWords(state.stack);
}

describe('Escape', () => {
	test.each<{name: string; keys: string[]; place: string}>([
		{name: 'closes the help first', keys: ['enter', '?', 'escape'], place: 'users › alice'},
		{name: 'then clears the filter', keys: ['enter', '/', 's', 'enter', 'escape'], place: 'users › alice'},
		{name: 'then goes back', keys: ['enter', '/', 's', 'enter', 'escape', 'escape'], place: 'users'},
		{name: 'goes back to the start date', keys: ['escape'], place: 'accounts › prod'},
		{name: 'does nothing at the root', keys: ['escape', 'escape', 'escape', 'escape'], place: 'accounts'},
	])('$name', ({keys, place: expected}) => {
		const state = afterKeys(loaded(), ...keys);
		expect(place(state)).toBe(expected);
		expect(state.help).toBeNull();
		expect(state.exitCode).toBeNull();
	});
});

describe('keys go where they belong', () => {
	test.each<{name: string; keys: string[]; place: string}>([
		{name: 'Enter opens a principal', keys: ['enter'], place: 'users › alice'},
		{name: 'Enter opens the evidence of an action', keys: ['enter', 'j', 'enter'], place: 'users › alice › cloudwatch:GetDashboard'},
		{name: 'right goes to the next action', keys: ['enter', 'enter', 'right'], place: 'users › alice › cloudwatch:GetDashboard'},
		{name: 'left stops at the first action', keys: ['enter', 'enter', 'left'], place: 'users › alice › cloudwatch:DescribeAlarms'},
		{name: 'right stops at the last action', keys: ['enter', 'G', 'enter', 'right'], place: 'users › alice › s3:ListAllMyBuckets'},
		{name: 'w opens the warnings', keys: ['enter', 'w'], place: 'users › alice › warnings'},
		{name: 'w again closes them', keys: ['w', 'w'], place: 'users'},
		{name: 'm takes the place of the warnings', keys: ['w', 'm'], place: 'users › unmapped events'},
		{name: 'letters in a filter are no commands', keys: ['/', 'w', 'm', 'q', '?'], place: 'users'},
		{name: 'Tab shows the roles', keys: ['tab'], place: 'roles'},
		{name: 'an empty list opens nothing', keys: ['j', 'enter', 'enter'], place: 'users › bob'},
	])('$name', ({keys, place: expected}) => {
		expect(place(afterKeys(loaded(), ...keys))).toBe(expected);
	});

	test('the cursor in the list goes along from action to action', () => {
		const state = afterKeys(loaded(), 'enter', 'enter', 'right', 'right', 'escape', 'enter');
		expect(place(state)).toBe('users › alice › cloudwatch:GetMetricData');
	});

	test('help swallows keys, and q quits from it', () => {
		expect(place(afterKeys(loaded(), '?', 'j', 'w', 'escape'))).toBe('users');
		expect(afterKeys(loaded(), '?', 'q').exitCode).toBe(0);
	});
});

describe('a question before something that costs money', () => {
	const question = 'Athena will scan 149 MB for about $0.00068. Scan?';
	const ask = (state: AppState): AppState => appReducer(state, {type: 'asked', job: state.job?.id ?? 0, question});

	test('Enter says yes, once a question', () => {
		const asked = ask(initApp(options));
		expect(asked.job).toMatchObject({question, agreed: 0});
		const agreed = afterKeys(asked, 'enter', 'enter');
		expect(agreed.job).toMatchObject({question: null, agreed: 1});
	});

	test('its keys are named while it is asked', () => {
		const asked = ask(initApp(options));
		expect(footerText(hintsOf(topOf(asked), asked.job), 80, defaultKeys)).toMatch(/enter scans.*esc cancels/i);
	});

	test('Esc on the loading screen leaves it and ends the job', () => {
		const left = afterKeys(ask(initApp(options)), 'escape');
		expect(left.job).toBeNull();
		expect(topOf(left).name).toBe('start-date');
	});

	test('Esc while old rows are read again ends the job and keeps the rows', () => {
		const left = afterKeys(ask(afterKeys(loaded(), 'r')), 'escape');
		expect(left.job).toBeNull();
		expect(topOf(left).name).toBe('principals');
		expect(left.stale).toMatch(/stopped/);
	});

	test('Enter on a row agrees to nothing while old rows are read again; the key that began it does', () => {
		const asked = ask(afterKeys(loaded(), 'r'));
		expect(afterKeys(asked, 'enter').job).toMatchObject({question, agreed: 0});
		expect(afterKeys(asked, 'r').job).toMatchObject({question: null, agreed: 1});
	});

	test('what a scan has cost is said until the next key', () => {
		const said = appReducer(initApp(options), {type: 'noted', words: 'Athena scanned 149 MB for $0.00068'});
		expect(said.notice).toBe('Athena scanned 149 MB for $0.00068');
	});
});

describe('jobs', () => {
	test('leaving the loading screen takes the job away, and its late answer is dropped', () => {
		const cancelled = afterKeys(initApp(options), 'escape');
		expect(cancelled.job).toBeNull();
		const late = appReducer(cancelled, {type: 'analyzed', job: 1, analysis, accounts});
		expect(topOf(late).name).toBe('start-date');
	});

	test('an answer to an older job is dropped while a newer one runs', () => {
		const again = afterKeys(initApp(options), 'escape', 'enter');
		expect(again.job?.id).toBe(2);
		expect(topOf(appReducer(again, {type: 'failed', job: 1, message: 'x', hint: null})).name).toBe('loading');
		expect(topOf(appReducer(again, {type: 'analyzed', job: 1, analysis, accounts})).name).toBe('loading');
	});

	test('retry asks the same again', () => {
		const failed = appReducer(initApp(options), {type: 'failed', job: 1, message: 'x', hint: null});
		expect(topOf(failed).name).toBe('failed');
		const retried = afterKeys(failed, 'r');
		expect(topOf(retried).name).toBe('loading');
		expect(retried.job).toMatchObject({id: 2, account: prodChoice, window});
	});

	test('a failed refresh keeps the old rows and says so', () => {
		const state = appReducer(afterKeys(loaded(), 'r'), {type: 'failed', job: 2, message: 'disk full', hint: null});
		expect(place(state)).toBe('users');
		expect(warningsOf(state)[0]).toBe('old rows, not read again: disk full');
		expect(warningsOf(afterKeys(state, 'j'))[0]).toContain('disk full');
		const again = afterKeys(state, 'r');
		expect(warningsOf(appReducer(again, {type: 'analyzed', job: again.job?.id ?? 0, analysis, accounts}))).toEqual([]);
	});

	test('a refresh keeps filter, sort and cursor', () => {
		const before = afterKeys(loaded(), 'enter', '/', 's', '3', 'enter', 's', 'j', 'r');
		const state = appReducer(before, {type: 'analyzed', job: 2, analysis: fakeAnalysis(smallAccount, window), accounts});
		const screen = topOf(state);
		expect(screen.name === 'principal' && [screen.state.list.filter.text, screen.state.sort, screen.state.list.cursor]).toEqual(['s3', 'verdict', 2]);
	});

	test('a refresh closes the screens of a principal that is gone', () => {
		const before = afterKeys(loaded(), 'enter', 'enter', 'r');
		const state = appReducer(before, {type: 'analyzed', job: before.job?.id ?? 0, analysis: fakeAnalysis(smallAccount.slice(1), window), accounts});
		expect(place(state)).toBe('users');
		expect(state.notice).toContain('gone');
	});

	test('r stops a refresh that runs', () => {
		expect(afterKeys(loaded(), 'r', 'r').job).toBeNull();
	});
});

describe('the evidence of an action', () => {
	const opened = afterKeys(loaded(), 'enter', 'G', 'k', 'enter');
	const found = (state: AppState): AppState => {
		const lookup = lookupOf(state);
		return appReducer(state, {type: 'explained', request: lookup?.request ?? 0, answer: {status: 'found', evidence: fakeEvidence(fakeRow(lookup?.action ?? '', 'ungranted'))}});
	};

	const failed = appReducer(opened, {type: 'explained', request: lookupOf(opened)?.request ?? 0, answer: {status: 'failed', message: 'disk gone', hint: null}});

	test('is asked of the log for the principal and the action', () => {
		expect(lookupOf(opened)).toMatchObject({account: prodChoice, analysis, arn: 'arn:aws:iam::123456789012:user/alice', action: 's3:CreateBucket'});
	});

	test.each<{name: string; from: AppState; keys: string[]; asks: string | undefined}>([
		{name: 'Escape drops the question', from: opened, keys: ['escape'], asks: undefined},
		{name: 'right asks about the next action', from: opened, keys: ['right'], asks: 's3:ListAllMyBuckets'},
		{name: 'the warnings over it keep the question', from: opened, keys: ['w'], asks: 's3:CreateBucket'},
		{name: 'once answered, nothing is asked', from: found(opened), keys: [], asks: undefined},
		{name: 'a neighbour is asked anew', from: found(opened), keys: ['left'], asks: 'cloudwatch:GetMetricData'},
		{name: 'after an error nothing is asked', from: failed, keys: [], asks: undefined},
		{name: 'r after an error asks again', from: failed, keys: ['r'], asks: 's3:CreateBucket'},
	])('$name', ({from, keys, asks}) => {
		expect(lookupOf(afterKeys(from, ...keys))?.action).toBe(asks);
	});

	test('r after an error reads nothing else again; without one it does', () => {
		expect(afterKeys(failed, 'r').job).toBeNull();
		expect(afterKeys(found(opened), 'r').job?.kind).toBe('refresh');
	});

	test('the answer to an older question is dropped', () => {
		const moved = afterKeys(opened, 'right');
		const late = appReducer(moved, {type: 'explained', request: lookupOf(opened)?.request ?? 0, answer: {status: 'found', evidence: fakeEvidence(fakeRow('s3:CreateBucket', 'ungranted'))}});
		expect(lookupOf(late)).toEqual(lookupOf(moved));
	});

	test('a newer analysis is asked anew', () => {
		const before = afterKeys(found(opened), 'r');
		const newer = fakeAnalysis(smallAccount, window);
		const after = appReducer(before, {type: 'analyzed', job: before.job?.id ?? 0, analysis: newer, accounts});
		expect(lookupOf(after)?.analysis).toBe(newer);
	});

	test('scrolls as far as there are lines, and says which are shown', () => {
		const low = appReducer(found(opened), {type: 'resize', size: {columns: 80, rows: 14}});
		expect(statusWords(topOf(low), low)).toMatch(/^lines 1-10 of 1\d$/);
		const total = Number(/of (\d+)/.exec(statusWords(topOf(low), low))?.[1]);
		expect(statusWords(topOf(afterKeys(low, 'j')), low)).toBe(`lines 2-11 of ${total}`);
		for (const keys of [['G'], ['pagedown', 'pagedown'], ['ctrl-d', 'ctrl-d', 'ctrl-d', 'j', 'j']]) {
			expect(statusWords(topOf(afterKeys(low, ...keys)), low)).toBe(`lines ${total - 9}-${total} of ${total}`);
		}

		expect(statusWords(topOf(afterKeys(low, 'G', 'g')), low)).toBe(`lines 1-10 of ${total}`);
	});

	test('a larger screen leaves no line empty', () => {
		const low = appReducer(found(opened), {type: 'resize', size: {columns: 80, rows: 14}});
		const high = appReducer(afterKeys(low, 'G'), {type: 'resize', size: {columns: 80, rows: 40}});
		const screen = topOf(high);
		expect(screen.name === 'action' && screen.state.first).toBe(0);
	});
});

describe('start date', () => {
	const picking = afterKeys(initApp({...options, account: undefined}), 'enter');

	test.each<{name: string; keys: string[]; start: string | undefined; says: string | null}>([
		{name: 'the preset is one year', keys: ['enter'], start: '2025-11-23T00:00:00Z', says: null},
		{name: 'another preset', keys: ['g', 'enter'], start: '2026-10-24T00:00:00Z', says: null},
		{name: 'a digit begins a free date', keys: [...'2018-01-01', 'enter'], start: '2018-01-01T00:00:00Z', says: null},
		{name: 'how far back', keys: [...'12w', 'enter'], start: '2026-08-31T00:00:00Z', says: null},
		{name: 'a day that does not exist is refused', keys: [...'2018-02-30', 'enter'], start: undefined, says: 'no such day'},
		{name: 'a day after the window is refused', keys: [...'2030-01-01', 'enter'], start: undefined, says: 'after the last one of the window, 2026-11-23'},
	])('$name', ({keys, start, says}) => {
		const state = afterKeys(picking, ...keys);
		expect(state.job?.window.start).toBe(start);
		const screen = topOf(state);
		expect(screen.name === 'start-date' ? screen.state.error : null).toEqual(says === null ? null : expect.stringContaining(says));
	});

	test('--start without an account is taken for the account that is chosen', () => {
		const state = afterKeys(initApp({...options, account: undefined, start: '2018-01-01T00:00:00Z'}), 'enter');
		expect(state.job?.window.start).toBe('2018-01-01T00:00:00Z');
	});

	test('--end is the end of every window', () => {
		expect(initApp({...options, end: '2020-01-01T00:00:00Z'}).job?.window.end).toBe('2020-01-01T00:00:00Z');
	});
});

describe('what stands around a screen', () => {
	const states = {
		accounts: initApp({...options, account: undefined}),
		'add account': afterKeys(initApp({...options, account: undefined}), 'G', 'enter'),
		'start date': afterKeys(loaded(), 'escape'),
		'a typed date': afterKeys(loaded(), 'escape', '2'),
		loading: initApp(options),
		failed: appReducer(initApp(options), {type: 'failed', job: 1, message: 'x', hint: null}),
		principals: loaded(),
		principal: afterKeys(loaded(), 'enter'),
		evidence: afterKeys(loaded(), 'enter', 'enter'),
		warnings: afterKeys(loaded(), 'w'),
		events: afterKeys(loaded(), 'm'),
	};

	test.each(Object.entries(states))('the footer of %s names at most six keys, in 80 columns', (_name, state) => {
		const hints = hintsOf(topOf(state), state.job);
		expect(hints.length).toBeLessThanOrEqual(6);
		expect(footerText(hints, 80, defaultKeys)).toBe(footerText(hints, 1000, defaultKeys));
		expect(footerText(hints, 60, defaultKeys).length).toBeLessThanOrEqual(60);
	});

	test.each(Object.entries(states).filter(([name]) => !['accounts', 'add account'].includes(name)))('the header of %s names account, source and window', (_name, state) => {
		expect(headWords(state)).toMatch(/^prod \(123456789012\) · (files )?\/data\/cloudtrail\/AWSLogs · (2025-11-23 to 2026-11-23|no start date yet)$/);
	});

	test('the status counts what is shown, what there is, and what is unused', () => {
		const state = afterKeys(loaded(), 'enter', '/', 's', '3', 'enter', 'u', 's');
		expect(statusWords(topOf(state), state)).toBe('/s3 · used only · by verdict · 1/5 · 0 unused');
	});
});

test('22,000 actions: moving the cursor makes no new list of rows', () => {
	const rows = Array.from({length: 22_000}, (_, index) => fakeRow(`s3:Action${index}`, 'unused'));
	const large = fakeAnalysis([{summary: fakePrincipal('admin', 'user', rows), rows}], window);
	const state = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: large, accounts}), 'enter');
	const moved = afterKeys(state, 'j', 'pagedown', 'G');
	const [before, after] = [topOf(state), topOf(moved)];
	expect(before.name === 'principal' && after.name === 'principal' && before.state.list.rows === after.state.list.rows).toBe(true);
});

describe('a filter typed letter by letter leaves what it leaves at once', () => {
	const rows = Array.from({length: 300}, (_, index) => fakeRow(`s3:${index % 3 === 0 ? 'List' : 'Get'}Thing${index}`, index % 2 === 0 ? 'unused' : 'used'));
	const many = fakeAnalysis([{summary: fakePrincipal('admin', 'user', rows), rows}], window);
	const opened = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: many, accounts}), 'enter');
	const shown = (state: AppState) => {
		const screen = topOf(state);
		return screen.name === 'principal' ? screen.state.shown.map(row => row.action) : [];
	};

	test.each<{name: string; keys: string[]; text: string}>([
		{name: 'words', keys: [...'get 1 2'], text: 'get 1 2'},
		{name: 'an exclusion that grows excludes less', keys: [...'!g', 'backspace', ...'list !1', '1'], text: '!list !11'},
		{name: 'a letter taken back brings rows back', keys: [...'thing12', 'backspace'], text: 'thing1'},
		{name: 'a letter put in the middle', keys: [...'1 2', 'left', 'left', '0'], text: '10 2'},
	])('$name', ({keys, text}) => {
		const words = text.split(' ');
		const expected = rows.map(row => row.action).filter(action => words.every(word => (
			word.startsWith('!') ? !action.toLowerCase().includes(word.slice(1)) : action.toLowerCase().includes(word)
		)));
		const typed = shown(afterKeys(opened, '/', ...keys));
		expect(typed.length).toBeLessThan(rows.length);
		expect(typed).toEqual(expected);
	});
});

test('a resize keeps the selected row on the screen', () => {
	const rows = Array.from({length: 100}, (_, index) => fakeRow(`s3:Action${String(index).padStart(3, '0')}`, 'unused'));
	const many = fakeAnalysis([{summary: fakePrincipal('admin', 'user', rows), rows}], window);
	const opened = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: many, accounts}), 'enter', ...Array.from({length: 12}, () => 'j'));
	const resized = appReducer(opened, {type: 'resize', size: {columns: 80, rows: 14}});
	const screen = topOf(resized);
	expect(screen.name === 'principal' && screen.state.list.cursor - screen.state.list.offset).toBeLessThan(layoutFor(resized).list);
	// The line of the service stands above the first action.
	expect(screen.name === 'principal' && screen.state.list.cursor).toBe(13);
});
