import {afterEach, describe, expect, test} from 'vitest';
import {cleanup} from 'ink-testing-library';
import stringWidth from 'string-width';
import {UserError} from '../../source/lib/errors.js';
import {App} from '../../source/ui/app.js';
import type {AppOptions} from '../../source/ui/app-state.js';
import type {Workspace} from '../../source/app/workspace.js';
import {demoChoice, endlessAnalysis, fakeAnalysis, fakePrincipal, fakeRow, fakeWorkspace, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {renderSized, type Rendered} from '../support/render.js';

const size = {columns: 80, rows: 24};

function start(workspace: Workspace, changes: Partial<AppOptions> = {}): Rendered & {readonly exits: number[]} {
	const exits: number[] = [];
	const options: AppOptions = {
		size,
		today: new Date('2026-11-23T12:00:00Z'),
		accounts: workspace.accounts(),
		account: prodChoice,
		start: undefined,
		end: undefined,
		toggles: {usedOnly: false, hideBenign: false, hideUnknown: false},
		...changes,
	};
	const rendered = renderSized(<App
		workspace={workspace} options={options} onExit={code => {
			exits.push(code);
		}}/>, options.size);
	return {...rendered, exits};
}

afterEach(() => {
	cleanup();
});

describe('the way through the program', () => {
	test('account, start date, principals, principal, evidence, and back', async () => {
		const program = start(fakeWorkspace(), {account: undefined});
		await program.shows('Which account?');
		program.type('\r');
		await program.shows('since when?');
		expect(program.text()).toContain('> 1 year     since 2025-11-23');
		program.type('\r');
		await program.shows('accounts › prod › users');
		expect(program.text()).toContain('prod (123456789012) · files /data/cloudtrail/AWSLogs · 2025-11-23 to 2026-11-23');
		expect(program.text()).toContain('2/2 · 1 unused');
		program.type('\r');
		await program.shows('accounts › prod › users › alice');
		expect(program.text()).toContain('5/5 · 2 unused');
		program.type('j\r');
		await program.shows('cloudwatch:GetDashboard · Read');
		expect(program.text()).toMatch(/>\s+ReadOn…Access\s+managed\s+group …ineers\s+0\s+no\s+\*/);
		expect(program.text()).toContain('> arn:aws:iam::aws:policy/ReadOnlyAccess, through group engineers');
		program.type('\u001B');
		await program.shows('5/5 · 2 unused');
		program.type('\u001B');
		await program.shows('2/2 · 1 unused');
		program.type('\u001B');
		await program.shows('since when?');
	});

	test('a given account and window go straight to the principals', async () => {
		const program = start(fakeWorkspace(), {start: '2018-01-01T00:00:00Z'});
		await program.shows('2018-01-01 to 2026-11-23');
		await program.shows('alice');
	});

	test('one chunk walks through several screens', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('\r/s3\r');
		await program.shows('/s3 · 2/5 · 1 unused');
	});
});

describe('principals', () => {
	test('each row has prefix, name, last use, counts and flags', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		expect(program.text()).toMatch(/^> {3}alice\s+2026-08-19\s+1\s+4\s+2\s+4\s*$/m);
		expect(program.text()).toMatch(/^ {2}- bob\s+not se{2}n(?:\s+0){4}\s*$/m);
		program.type('\t');
		await program.shows('accounts › prod › roles');
		expect(program.text()).toMatch(/^> {3}Admin .* admin boundary$/m);
	});

	test('an account without users says so and shows its roles', async () => {
		const onlyRoles = smallAccount.filter(({summary}) => summary.kind === 'role');
		const program = start(fakeWorkspace({analyze: async (_choice, window) => fakeAnalysis(onlyRoles, window)}));
		await program.shows('Admin');
		program.type('\t');
		await program.shows('This account has no users');
	});

	test('a filter without a match says how to clear it, and Escape does', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('/zzz');
		await program.shows('No name matches the filter; esc clears it.');
		program.type('\u001B');
		await program.shows('alice');
	});

	test('no logs in the window are not called unused', async () => {
		const silent = [{summary: fakePrincipal('alice', 'user', [], {verdict: 'unknown', reason: 'no logs in the window'}), rows: []}];
		const program = start(fakeWorkspace({
			analyze: async (_choice, window) => fakeAnalysis(silent, window, {
				trail: {...fakeAnalysis(silent, window).trail, events: 0, daysCovered: 0, firstEvent: null, lastEvent: null},
				warnings: [{code: 'no-logs', message: 'the trail holds 2020-01-01 to 2020-02-01'}],
			}),
		}));
		await program.shows('! no logs of account 123456789012 in this window: nothing can be said');
		expect(program.text()).toMatch(/^> \? alice/m);
		program.type('w');
		await program.shows('the trail holds 2020-01-01 to 2020-02-01');
	});

	test('missing days and unreadable files stand under the header, and w lists the files', async () => {
		const program = start(fakeWorkspace({
			analyze: async (_choice, window) => fakeAnalysis(smallAccount, window, {
				warnings: [
					{code: 'days-without-logs', message: 'logs cover 31 of 365 days, last 2026-08-19'},
					{code: 'unreadable-files', message: '3 of 30,449 files could not be read'},
				],
				unreadable: [{path: '/data/a.json.gz', reason: 'not gzip'}],
			}),
		}));
		await program.shows('! logs cover 31 of 365 days, last 2026-08-19');
		expect(program.text()).toContain('! 3 of 30,449 files could not be read · press w to list');
		program.type('w');
		await program.shows('/data/a.json.gz');
		program.type('G');
		await program.shows('not gzip: /data/a.json.gz');
		program.type('m');
		await program.shows('odd.amazonaws.com:DoOdd');
	});
});

describe('a principal', () => {
	test('the toggles change the list and say so; the cursor stays on its action', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('\rjjj');
		await program.shows('> + s3:CreateBucket');
		program.type('u');
		await program.shows('used only · 2/5 · 0 unused');
		expect(program.text()).toContain('> + s3:CreateBucket');
		expect(program.text()).not.toContain('GetDashboard');
		program.type('u');
		await program.shows('5/5');
		program.type('bx');
		await program.shows('no benign · no ? · 2/5 · 1 unused');
		program.type('s');
		await program.shows('by verdict');
		expect(program.text()).toContain('> + s3:CreateBucket');
	});

	test('the flags of the command line set the toggles', async () => {
		const program = start(fakeWorkspace(), {toggles: {usedOnly: true, hideBenign: false, hideUnknown: false}});
		await program.shows('alice');
		program.type('\r');
		await program.shows('used only · 2/5');
	});

	test('the detail says why and who grants it', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('\rj');
		await program.shows('unused: CloudTrail logs it by default, and no event was seen in the window');
		expect(program.text()).toContain('granted by managed policy ReadOnlyAccess through group engineers and 1 more');
	});

	test('nothing from a policy or a log moves the cursor or sets a title', async () => {
		const rows = [fakeRow('s3:\u001B]0;owned\u0007Get\nObject', 'unused', {reason: '\u001B[31mred\u202E'})];
		const evil = [{summary: fakePrincipal('ev\u001B[2Jil', 'user', rows), rows}];
		const program = start(fakeWorkspace({analyze: async (_choice, window) => fakeAnalysis(evil, window)}));
		await program.shows(String.raw`ev\x1b[2Jil`);
		program.type('\r');
		await program.shows(String.raw`s3:\x1b]0;owned\x07Get\nObject`);
		expect(program.text()).toContain(String.raw`\x1b[31mred\u202e`);
		program.type('\r');
		await program.shows('Granted by 2 statements');
		expect(program.text()).not.toContain('\u0007');
		expect(program.text()).not.toContain('\u202E');
	});
});

describe('loading', () => {
	test('shows the stage and how far it is, and Escape cancels', async () => {
		const signals: AbortSignal[] = [];
		const program = start(fakeWorkspace({
			async analyze(_choice, _window, task) {
				signals.push(task.signal);
				return endlessAnalysis(task);
			},
		}));
		await program.shows('1,234 of 30,449 files · 512 MB · 0:00');
		expect(program.text()).toContain('reading CloudTrail files');
		expect(program.text()).toContain('esc cancels');
		program.type('\u001B');
		await program.shows('since when?');
		await program.until('the cancelled task', () => signals[0]?.aborted === true);
		program.type('\r');
		await program.shows('reading CloudTrail files');
		expect(signals).toHaveLength(2);
	});

	test('an error of the user says what to do next, and r tries again', async () => {
		let tries = 0;
		const program = start(fakeWorkspace({
			async analyze(_choice, window) {
				tries++;
				if (tries === 1) {
					throw new UserError('cannot read iam.json', {hint: 'aws iam get-account-authorization-details > iam.json'});
				}

				return fakeAnalysis(smallAccount, window);
			},
		}));
		await program.shows('cannot read iam.json');
		expect(program.text()).toContain('aws iam get-account-authorization-details > iam.json');
		program.type('r');
		await program.shows('alice');
	});

	test('a refresh keeps the old rows, marked, until the new ones are there', async () => {
		let finish: (() => void) | undefined;
		let runs = 0;
		const program = start(fakeWorkspace({
			async analyze(_choice, window) {
				runs++;
				if (runs > 1) {
					await new Promise<void>(resolve => {
						finish = resolve;
					});
				}

				return fakeAnalysis(runs > 1 ? smallAccount.slice(1) : smallAccount, window);
			},
		}));
		await program.shows('alice');
		program.type('jr');
		await program.shows('old rows, reading again');
		expect(program.text()).toContain('alice');
		await program.until('the second run', () => finish !== undefined);
		finish?.();
		await program.hides('alice');
		expect(program.text()).toContain('> - bob');
	});
});

describe('adding an account from files', () => {
	test('paths are checked when their field is left, and a complete form is stored', async () => {
		const program = start(fakeWorkspace(), {account: undefined});
		await program.shows('Which account?');
		program.type('G\r');
		await program.shows('IAM snapshot');
		program.type('/nowhere\t');
		await program.shows('! /nowhere: no such file');
		program.type('/data/logs\t');
		await program.shows('ok: 1,234 files');
		program.type('\t\u0015/data/iam.json\t');
		await program.shows('ok: account 210987654321, 3 users, 1 role');
		program.type('\tnew one\r');
		await program.shows('accounts › new one');
		program.type('\u001B');
		await program.shows('> new one · 210987654321 · /data/logs');
	});

	test('with none configured, the demo comes first', async () => {
		const program = start(fakeWorkspace({accounts: () => [demoChoice]}), {account: undefined});
		await program.shows('No account is configured yet. Try the demo, or add an account from files:');
		expect(program.text()).toContain('> demo');
	});
});

describe('the frame', () => {
	const sizes = [{columns: 60, rows: 12}, {columns: 80, rows: 24}, {columns: 120, rows: 40}];
	const ways = [
		{screen: 'principal', keys: '\r'}, {screen: 'evidence', keys: '\r\r'}, {screen: 'help', keys: '?'}, {screen: 'warnings', keys: 'w'},
		{screen: 'unmapped events', keys: 'm'}, {screen: 'filter', keys: '/abc'}, {screen: 'start date', keys: '\u001B'},
	];
	const cases = sizes.flatMap(wanted => ways.map(way => ({...way, wanted, name: `${wanted.columns}x${wanted.rows}`})));

	/** Long names, long reasons, two warnings: nothing of it may push the footer off the screen. */
	const longRows = [fakeRow('s3:GetObject', 'unused', {reason: 'because '.repeat(40), deniedInPart: true, blockedBy: ['boundary '.repeat(20)], denied: 3})];
	const longName = `alice-${'very-'.repeat(11)}long`;
	const overlong = fakeWorkspace({
		analyze: async (_choice, window) => fakeAnalysis([{summary: fakePrincipal(longName, 'user', longRows, {reason: 'because '.repeat(40)}), rows: longRows}], window, {
			warnings: [
				{code: 'days-without-logs', message: 'logs cover 31 of 365 days, last 2026-08-19'},
				{code: 'unreadable-files', message: '3 of 30,449 files could not be read'},
				{code: 'other', message: 'something else '.repeat(20)},
			],
		}),
	});

	test.each(cases)('$screen fits $name with long words', async ({wanted, keys}) => {
		const program = start(overlong, {size: wanted});
		await program.shows('alice');
		const before = program.text();
		program.type(keys);
		await program.until('another frame', text => text !== before);
		const lines = program.text().split('\n');
		expect(lines.length).toBeLessThanOrEqual(wanted.rows - 1);
		expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(wanted.columns);
		// The footer stands on the last line of the frame.
		expect(lines[wanted.rows - 2]).toMatch(/esc|enter/);
	});

	test.each(cases)('$screen fits $name', async ({wanted, keys}) => {
		const program = start(fakeWorkspace(), {size: wanted});
		await program.shows('alice');
		const before = program.text();
		program.type(keys);
		await program.until('another frame', text => text !== before);
		const lines = program.text().split('\n');
		expect(lines.length).toBeLessThanOrEqual(wanted.rows - 1);
		expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(wanted.columns);
	});

	test('too small a terminal gets one line, and recovers', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.resize({columns: 40, rows: 10});
		await program.shows('needs 60x12, has 40x10');
		expect(program.text().trim().split('\n')).toHaveLength(1);
		program.resize(size);
		await program.shows('alice');
	});

	test('only the rows in the window are drawn', async () => {
		const rows = Array.from({length: 5000}, (_, index) => fakeRow(`s3:Action${String(index).padStart(4, '0')}`, 'unused'));
		const large = [{summary: fakePrincipal('admin', 'user', rows), rows}];
		const program = start(fakeWorkspace({analyze: async (_choice, window) => fakeAnalysis(large, window)}));
		await program.shows('admin');
		program.type('\r');
		await program.shows('5,000/5,000');
		expect(program.text().match(/s3:Action/g)?.length).toBeLessThan(24);
		program.type('G');
		await program.shows('> - s3:Action4999');
	});
});

describe('quitting', () => {
	test('q quits with 0, but is a letter in a text field', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('/q');
		await program.shows('/q');
		expect(program.exits).toEqual([]);
		program.type('\u001B');
		await program.shows('alice');
		program.type('q');
		await program.until('the end', () => program.exits.length > 0);
		expect(program.exits).toEqual([0]);
	});

	test('Ctrl-C quits with 130 everywhere', async () => {
		const program = start(fakeWorkspace());
		await program.shows('alice');
		program.type('/a\u0003');
		await program.until('the end', () => program.exits.length > 0);
		expect(program.exits).toEqual([130]);
	});
});
