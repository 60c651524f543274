import {afterEach, describe, expect, test} from 'vitest';
import {cleanup} from 'ink-testing-library';
import stringWidth from 'string-width';
import type {Workspace} from '../../source/app/workspace.js';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import {App} from '../../source/ui/app.js';
import {appReducer} from '../../source/ui/app-reducer.js';
import {initApp, topOf, type AppOptions, type AppState} from '../../source/ui/app-state.js';
import {defaultKeys, footerText} from '../../source/ui/keys.js';
import {crumbWords, headWords, hintsOf, statusWords} from '../../source/ui/screens/describe.js';
import {demoChoice, endlessAnalysis, fakeAnalysis, fakeExporter, fakePrincipal, fakeRow, fakeWorkspace, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {afterKeys} from '../support/press.js';
import {renderSized, type Rendered} from '../support/render.js';

// The points of the terminal's checklist that need no terminal of their own; the others are in test/e2e/terminal-points.test.ts and where a name says "Terminal N".

const today = new Date('2026-11-23T12:00:00Z');
const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const toggles = {usedOnly: false, hideBenign: false, hideUnknown: false};
const accounts = [prodChoice, demoChoice];
const options: AppOptions = {
	size: {columns: 80, rows: 24}, keys: defaultKeys, exporter: fakeExporter, today, accounts, account: prodChoice, start: undefined, end: undefined, toggles,
};
const analysis = fakeAnalysis(smallAccount, window);

function loaded(from = analysis): AppState {
	return appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: from, accounts});
}

function start(workspace: Workspace, changes: Partial<AppOptions> = {}): Rendered {
	const given = {...options, accounts: workspace.accounts(), ...changes};
	return renderSized(<App workspace={workspace} options={given} onExit={() => {}}/>, given.size);
}

afterEach(() => {
	cleanup();
});

const manyRows = Array.from({length: 60}, (_, index) => fakeRow(`s3:Action${String(index).padStart(2, '0')}`, 'unused'));
const many = fakeAnalysis([{summary: fakePrincipal('admin', 'user', manyRows), rows: manyRows}], window);

describe('Terminal 1: moving', () => {
	const opened = afterKeys(loaded(many), 'enter', 'v');
	const height = 11;

	test.each<{keys: string[]; cursor: number}>([
		{keys: ['down'], cursor: 1}, {keys: ['j', 'j', 'k'], cursor: 1}, {keys: ['j', 'up'], cursor: 0}, {keys: ['G'], cursor: 59}, {keys: ['end'], cursor: 59},
		{keys: ['G', 'g'], cursor: 0}, {keys: ['end', 'home'], cursor: 0}, {keys: ['ctrl-d'], cursor: Math.floor(height / 2)}, {keys: ['ctrl-d', 'ctrl-u'], cursor: 0},
		{keys: ['pagedown'], cursor: height}, {keys: ['pagedown', 'pageup'], cursor: 0},
	])('$keys', ({keys, cursor}) => {
		const screen = topOf(afterKeys(opened, ...keys));
		expect(screen.name === 'principal' && screen.state.list.cursor).toBe(cursor);
	});

	test('Enter drills in, from the account to the evidence', () => {
		expect(crumbWords(afterKeys(loaded(), 'enter', 'enter').stack)).toBe('accounts › prod › users › alice › cloudwatch:DescribeAlarms');
	});
});

test('Terminal 2: Escape closes help, then clears the filter, then goes back, and does nothing at the root', () => {
	let state = afterKeys(loaded(), 'enter', '/', 's', '3', 'enter', '?');
	const seen: string[] = [];
	for (let press = 0; press < 7; press++) {
		const screen = topOf(state);
		seen.push(state.help === null ? `${screen.name}${screen.name === 'principal' ? `/${screen.state.list.filter.text}` : ''}` : 'help');
		state = afterKeys(state, 'escape');
	}

	expect(seen).toEqual(['help', 'principal/s3', 'principal/', 'principals', 'start-date', 'accounts', 'accounts']);
	expect(state.exitCode).toBeNull();
});

describe('Terminal 3: quitting', () => {
	test.each<{name: string; keys: string[]; code: number | null}>([
		{name: 'q quits', keys: ['q'], code: 0},
		{name: 'from the help, too', keys: ['?', 'q'], code: 0},
		{name: 'not from a text field', keys: ['/', 'q'], code: null},
		{name: 'Ctrl-C always', keys: ['/', 'ctrl-c'], code: 130},
	])('$name', ({keys, code}) => {
		expect(afterKeys(loaded(), ...keys).exitCode).toBe(code);
	});

	test('a query that is left is named and stopped', async () => {
		const signals: AbortSignal[] = [];
		const program = start(fakeWorkspace({
			async analyze(_choice, _window, task) {
				signals.push(task.signal);
				task.progress({stage: 'Athena: running for 12 s', done: 0, total: null, unit: null, bytes: 2_000_000_000});
				return new Promise((_resolve, reject) => {
					task.signal.addEventListener('abort', () => {
						reject(new CancelledError());
					});
				});
			},
		}));
		await program.shows('Athena: running for 12 s');
		program.type('\u001B');
		await program.shows('stopped: Athena: running for 12 s, 2.0 GB');
		await program.until('the stopped query', () => signals[0]?.aborted === true);
	});
});

describe('Terminal 4: the keys of the lists', () => {
	const principal = afterKeys(loaded(), 'enter');
	const status = (state: AppState) => statusWords(topOf(state), state);

	test.each<{name: string; from: AppState; keys: string[]; says: string}>([
		{name: '/ filters', from: principal, keys: ['/', 's', '3'], says: '/s3 · 2/5 · 1 unused'},
		{name: 's sorts', from: principal, keys: ['s'], says: 'by verdict · 5/5 · 2 unused'},
		{name: 'u: used only', from: principal, keys: ['u'], says: 'used only · 2/5 · 0 unused'},
		{name: 'b: no benign', from: principal, keys: ['b'], says: 'no benign · 3/5 · 1 unused'},
		{name: 'x: no unknown', from: principal, keys: ['x'], says: 'no ? · 4/5 · 2 unused'},
		{name: 'u of users', from: loaded(), keys: ['u'], says: 'used only · 1/2 · 0 unused'},
		{name: 'x of users', from: loaded(), keys: ['x'], says: 'no ? · 2/2 · 1 unused'},
		{name: 's of users', from: loaded(), keys: ['s', 's', 's', 's'], says: 'by risk · 2/2 · 1 unused'},
		{name: 'Tab: roles', from: loaded(), keys: ['tab'], says: '1/1 · 0 unused'},
		{name: 'r reads again', from: principal, keys: ['r'], says: 'stale: reading again · 5/5 · 2 unused'},
	])('$name', ({from, keys, says}) => {
		expect(status(afterKeys(from, ...keys))).toBe(says);
	});

	test.each<{name: string; from: AppState; keys: string[]; text: string | undefined}>([
		{name: 'y of a user: its name', from: loaded(), keys: ['y'], text: 'alice'},
		{name: 'Y of a user: its ARN', from: loaded(), keys: ['Y'], text: 'arn:aws:iam::123456789012:user/alice'},
		{name: 'y of an action', from: principal, keys: ['y'], text: 'cloudwatch:DescribeAlarms'},
		{name: 'y of a service', from: principal, keys: ['g', 'y'], text: 'cloudwatch'},
		{name: 'Y of an action: the principal\'s ARN', from: principal, keys: ['Y'], text: 'arn:aws:iam::123456789012:user/alice'},
		{name: 'y inside an action', from: principal, keys: ['enter', 'y'], text: 'cloudwatch:DescribeAlarms'},
		{name: 'Y inside an action', from: principal, keys: ['enter', 'Y'], text: 'arn:aws:iam::123456789012:user/alice'},
		{name: 'y of a line', from: principal, keys: ['m', 'y'], text: 'iam:PassRole · denied, not granted'},
		{name: 'y in a filter is a letter', from: principal, keys: ['/', 'y'], text: undefined},
	])('$name', ({from, keys, text}) => {
		expect(afterKeys(from, ...keys).copy?.text).toBe(text);
	});

	test('? opens the help', () => {
		expect(afterKeys(principal, '?').help).toBe(0);
	});
});

test('Terminal 6: runs of keys in one chunk all count', async () => {
	const program = start(fakeWorkspace());
	await program.shows('alice');
	program.type('\r/s3\rjy');
	await program.shows('/s3 · 2/5 · 1 unused');
	await program.shows('> - s3:ListAllMyBuckets');
});

describe('Terminal 7: around every screen', () => {
	const screens = {
		principals: loaded(), principal: afterKeys(loaded(), 'enter'), evidence: afterKeys(loaded(), 'enter', 'enter'), overview: afterKeys(loaded(), 'o'),
		warnings: afterKeys(loaded(), 'w'), events: afterKeys(loaded(), 'm'),
	};

	test.each(Object.entries(screens))('%s: account, source and window; breadcrumbs; four to six keys in 80 columns', (_name, state) => {
		expect(headWords(state)).toBe('prod (123456789012) · files /data/cloudtrail/AWSLogs · 2025-11-23 to 2026-11-23');
		expect(crumbWords(state.stack)).toMatch(/^accounts › prod › users/);
		const hints = hintsOf(topOf(state), state.job);
		expect(hints.length).toBeGreaterThanOrEqual(4);
		expect(hints.length).toBeLessThanOrEqual(6);
		expect(stringWidth(footerText(hints, 80, defaultKeys))).toBeLessThanOrEqual(80);
		expect(footerText(hints, 80, defaultKeys)).toBe(footerText(hints, 1000, defaultKeys));
	});
});

describe('Terminal 8: a committed filter stays, and each screen keeps its own', () => {
	test('through going in and out, with sort and toggles', () => {
		const state = afterKeys(loaded(), '/', 'a', 'l', 'enter', 'enter', '/', 's', '3', 'enter', 's', 'x', 'escape', 'escape', 'escape', 'enter');
		expect(topOf(state).name).toBe('principal');
		const kept = afterKeys(loaded(), '/', 'a', 'l', 'enter', 's', 'enter', '/', 's', '3', 'enter', 's', 'x');
		expect(statusWords(topOf(kept), kept)).toBe('/s3 · no ? · by verdict · 2/5 · 1 unused');
		const back = appReducer(kept, {type: 'press', press: {key: 'w', text: 'w'}});
		const again = afterKeys(back, 'escape');
		expect(statusWords(topOf(again), again)).toBe('/s3 · no ? · by verdict · 2/5 · 1 unused');
	});

	test('a principal is as it was left when it is opened again; the list of users, too', () => {
		const left = afterKeys(loaded(), '/', 'a', 'l', 'enter', 'enter', 's', 'x', 'j', 'space', 'escape');
		expect(statusWords(topOf(left), left)).toBe('/al · 1/2 · 0 unused');
		const opened = afterKeys(left, 'enter');
		expect(statusWords(topOf(opened), opened)).toBe('no ? · by verdict · 4/5 · 2 unused · 1 marked');
		const screen = topOf(opened);
		expect(screen.name === 'principal' && screen.state.list.cursor).toBe(3);
	});

	test('another window of the same account keeps them; another account begins anew', () => {
		const dates = afterKeys(loaded(), '/', 'b', 'o', 'enter', 'escape', 'escape');
		const jobOf = (state: AppState) => state.job?.id ?? 0;
		const again = afterKeys(dates, 'enter');
		const same = appReducer(again, {type: 'analyzed', job: jobOf(again), analysis, accounts});
		expect(statusWords(topOf(same), same)).toBe('2/2 · 1 unused');
		const filtered = afterKeys(loaded(), 's', 'escape', 'enter');
		const kept = appReducer(filtered, {type: 'analyzed', job: jobOf(filtered), analysis, accounts});
		expect(statusWords(topOf(kept), kept)).toBe('by verdict · 2/2 · 1 unused');
		const other = afterKeys(filtered, 'escape', 'escape', 'G', 'k', 'enter', 'enter');
		const anew = appReducer(other, {type: 'analyzed', job: jobOf(other), analysis, accounts});
		expect(statusWords(topOf(anew), anew)).toBe('2/2 · 1 unused');
	});
});

describe('Terminal 9: the filter', () => {
	const shown = (text: string) => {
		const screen = topOf(afterKeys(loaded(), 'enter', '/', ...text));
		return screen.name === 'principal' ? screen.state.shown.map(({action}) => action) : [];
	};

	test.each<{name: string; text: string; left: string[]}>([
		{name: 'is a substring, any case', text: 'BUCK', left: ['s3:CreateBucket', 's3:ListAllMyBuckets']},
		{name: 'a space is AND', text: 'buck list', left: ['s3:ListAllMyBuckets']},
		{name: '!x excludes', text: 'cloudwatch !get', left: ['cloudwatch:DescribeAlarms']},
		{name: 'is not fuzzy unasked', text: 'crbu', left: []},
		{name: 'fuzzy on request', text: '~crbu', left: ['s3:CreateBucket']},
	])('$name', ({text, left}) => {
		expect(shown(text)).toEqual(left);
	});
});

describe('Terminal 11: long ARNs', () => {
	const path = 'department/'.repeat(7);
	const arn = `arn:aws:iam::123456789012:user/${path}alice`;
	const name = `alice-of-${'a-very-'.repeat(7)}long-name`;
	const long = fakeAnalysis([{summary: fakePrincipal(name, 'user', manyRows, {arn}), rows: manyRows}], window);

	test.each([{columns: 60, rows: 12}, {columns: 80, rows: 24}, {columns: 120, rows: 40}])('are whole in the detail at $columns x $rows, and a long name is cut in the middle', async size => {
		const program = start(fakeWorkspace({analyze: async () => long}), {size});
		await program.shows('alice');
		expect(program.text().replaceAll('\n', '')).toContain(arn);
		expect(program.text()).toMatch(size.columns < 120 ? /alice-of-\S*…\S*name/ : /long-name/);
	});
});

describe('Terminal 13: only the rows that fit', () => {
	test.each([{columns: 60, rows: 12}, {columns: 80, rows: 24}, {columns: 120, rows: 40}, {columns: 200, rows: 60}])('$columns x $rows: the root is one row lower', async size => {
		const program = start(fakeWorkspace({analyze: async () => many}), {size});
		await program.shows('admin');
		program.type('\r');
		await program.shows('60/60');
		const lines = program.text().split('\n');
		expect(lines).toHaveLength(size.rows - 1);
		expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(size.columns);
		expect(program.text().match(/^.{4}s3:Action/gm)?.length ?? 0).toBeLessThan(size.rows);
		expect(lines.at(-1)).toMatch(/^enter open/);
	});
});

describe('Terminal 16: waiting', () => {
	test('the stage, the time, how far of how much, and the way out; leaving aborts at once', async () => {
		const signals: AbortSignal[] = [];
		const program = start(fakeWorkspace({
			async analyze(_choice, _window, task) {
				signals.push(task.signal);
				return endlessAnalysis(task);
			},
		}));
		await program.shows('1,234 of 30,449 files · 512 MB · 0:0');
		expect(program.text()).toContain('reading CloudTrail files');
		expect(program.text()).toContain('esc cancels');
		// How soon the work itself stops is measured in bench/store.mjs and bench/athena.mjs.
		program.type('\u001B');
		await program.until('the aborted task', () => signals[0]?.aborted === true);
		await program.shows('since when?');
		program.type('\r');
		await program.shows('1,234 of 30,449 files');
	});
});

describe('Terminal 17: a refresh', () => {
	const refreshing = afterKeys(loaded(), 'enter', '/', 's', '3', 'enter', 'r');
	const rowsOf = (state: AppState) => {
		const screen = topOf(state);
		return screen.name === 'principal' ? screen.state.shown.map(({action}) => action) : [];
	};

	test('keeps the old rows, marked stale, until the new ones are there', () => {
		expect(statusWords(topOf(refreshing), refreshing)).toMatch(/^stale: reading again/);
		expect(rowsOf(refreshing)).toEqual(['s3:CreateBucket', 's3:ListAllMyBuckets']);
		const fresh = fakeAnalysis([{summary: fakePrincipal('alice', 'user', manyRows), rows: manyRows}], window);
		const done = appReducer(refreshing, {type: 'analyzed', job: refreshing.job?.id ?? 0, analysis: fresh, accounts});
		expect(statusWords(topOf(done), done)).toBe('/s3 · 60/60 · 60 unused');
	});

	test('that fails keeps them, and says why as long as they stand there', async () => {
		let runs = 0;
		const program = start(fakeWorkspace({
			async analyze(_choice, asked) {
				runs++;
				if (runs === 2) {
					throw new UserError('the session has expired', {hint: 'aws sso login --profile prod'});
				}

				return fakeAnalysis(smallAccount, asked);
			},
		}));
		await program.shows('alice');
		program.type('r');
		await program.shows('! old rows, not read again: the session has expired');
		expect(program.text().replaceAll('\n! ', ' ')).toContain('the session has expired · aws sso login --profile prod');
		program.type('j');
		await program.shows('> - bob');
		expect(program.text()).toContain('! old rows, not read again');
		program.type('r');
		await program.hides('old rows');
	});
});

describe('Terminal 18: three different empty states', () => {
	const screenOf = (from: typeof analysis) => start(fakeWorkspace({analyze: async () => from}));

	test('no principals', async () => {
		await screenOf(fakeAnalysis([], window)).shows('This account has no users in the IAM snapshot');
	});

	test('no match for the filter', async () => {
		const program = screenOf(analysis);
		await program.shows('alice');
		program.type('/zzz');
		await program.shows('No name matches the filter; esc clears it.');
	});

	test('no logs in the window: nothing is called unused', async () => {
		const rows = [fakeRow('s3:GetObject', 'unknown')];
		const program = screenOf(fakeAnalysis([{summary: fakePrincipal('alice', 'user', rows, {verdict: 'unknown', reason: 'no logs'}), rows}], window, {
			trail: {...analysis.trail, events: 0}, warnings: [{code: 'no-logs', message: 'none'}],
		}));
		await program.shows('! no logs of account 123456789012 in this window: nothing can be said');
		expect(program.text()).toContain('1/1 · 0 unused');
		program.type('o');
		await program.shows('not known: the window has no event of the account');
		expect(program.text()).not.toContain('%');
	});
});

test('Terminal 19: an error says what, why and the next command; r tries again', async () => {
	let runs = 0;
	const program = start(fakeWorkspace({
		async analyze(_choice, asked) {
			runs++;
			if (runs === 1) {
				throw new UserError('the SSO session of profile prod has expired', {hint: 'aws sso login --profile prod'});
			}

			return fakeAnalysis(smallAccount, asked);
		},
	}));
	await program.shows('the SSO session of profile prod has expired');
	expect(program.text()).toContain('aws sso login --profile prod');
	expect(program.text()).toContain('r try again');
	program.type('r');
	await program.shows('alice');
});

test('Terminal 20: nothing from a log or a policy moves the cursor, changes colours or the title, on any screen', async () => {
	const evil = '\u001B]0;owned\u0007\u001B[2J\u202E\u0085';
	const rows = [fakeRow(`s3:${evil}`, 'unused', {reason: evil, events: [evil], deniedInPart: true, blockedBy: [evil]})];
	const program = start(fakeWorkspace({
		analyze: async () => fakeAnalysis([{summary: fakePrincipal(evil, 'user', rows, {reason: evil}), rows}], window, {
			warnings: [{code: 'days-without-logs', message: evil}], unmapped: [{eventSource: evil, eventName: evil, count: 1}], unreadable: [{path: evil, reason: evil}],
		}),
	}), {size: {columns: 120, rows: 40}});
	await program.shows(String.raw`\x1b]0;owned`);
	for (const keys of ['o', 'w', 'm', '\u001B', '\r', '/x', '\u001B', '\r']) {
		program.type(keys);
		// eslint-disable-next-line no-await-in-loop
		await program.shows(String.raw`\x1b]0;owned`);
		for (const control of ['\u0007', '\u0085', '\u202E']) {
			expect(program.text()).not.toContain(control);
		}
	}
});

test('Terminal 24: a first run offers the demo, or to add an account, in the program', async () => {
	const program = start(fakeWorkspace({accounts: () => [demoChoice]}), {account: undefined});
	await program.shows('No account is configured yet.');
	expect(program.text()).toContain('> demo');
	program.type('G\r');
	await program.shows('CloudTrail logs');
});

describe('Terminal 4: e exports what is on the screen', () => {
	const promptOf = (state: AppState) => {
		const screen = topOf(state);
		return screen.name === 'export' ? screen.state : expect.fail('no prompt');
	};

	const shownIn = (state: AppState) => {
		const {what} = promptOf(state);
		return what.kind === 'rows' ? what.shown : expect.fail('no rows');
	};

	const prompt = afterKeys(loaded(), 'enter', '/', 's', '3', 'enter', 'x', 'e');

	test('of a principal: the rows that filter and toggles leave', () => {
		const shown = shownIn(prompt);
		expect([shown.kind, shown.rows.map(row => 'action' in row ? row.action : row.name), shown.filter, shown.toggles, shown.total]).toEqual([
			'actions', ['s3:CreateBucket', 's3:ListAllMyBuckets'], 's3', ['no ?'], 5,
		]);
	});

	test('of the users', () => {
		const shown = shownIn(afterKeys(loaded(), 'e'));
		expect([shown.kind, shown.rows.length, shown.toggles]).toEqual(['principals', 2, ['users']]);
	});

	test.each<{name: string; keys: string[]; format: string; file: string}>([
		{name: 'a proposed name goes along with the format', keys: ['tab'], format: 'json', file: 'actions.json'},
		{name: 'and around', keys: ['shift-tab', 'shift-tab'], format: 'md', file: 'actions.md'},
		{name: 'a typed name stays', keys: ['ctrl-u', 'o', 'u', 't', 'tab'], format: 'json', file: 'out'},
		{name: 'letters of commands are typed', keys: ['ctrl-u', 'q', 'e', '?'], format: 'csv', file: 'qe?'},
	])('$name', ({keys, format, file}) => {
		const state = promptOf(afterKeys(prompt, ...keys));
		expect([state.format, state.field.text]).toEqual([format, file]);
	});

	test('Enter asks once for the file; without a name it asks for one', () => {
		expect(promptOf(afterKeys(prompt, 'ctrl-u', 'enter')).error).toBe('type the name of a file');
		const asked = afterKeys(prompt, 'enter', 'enter', 'a');
		expect(promptOf(asked).request).toBe(promptOf(afterKeys(prompt, 'enter')).request);
		expect(promptOf(asked).field.text).toBe('actions.csv');
		const request = promptOf(asked).request ?? 0;
		const refused = appReducer(asked, {type: 'not-exported', request, error: 'is there already'});
		expect([promptOf(refused).error, promptOf(refused).request]).toEqual(['is there already', null]);
		const written = appReducer(asked, {type: 'exported', request, file: '/out.csv'});
		expect([topOf(written).name, written.notice]).toEqual(['principal', 'wrote 2 of 5 actions of alice to /out.csv']);
	});

	test('Escape leaves without a file, and a late answer changes nothing', () => {
		const left = afterKeys(prompt, 'enter', 'escape');
		expect(topOf(left).name).toBe('principal');
		expect(appReducer(left, {type: 'exported', request: promptOf(afterKeys(prompt, 'enter')).request ?? 0, file: '/x'})).toBe(left);
	});
});
