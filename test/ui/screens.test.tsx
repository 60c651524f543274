import {afterEach, describe, expect, test} from 'vitest';
import {cleanup} from 'ink-testing-library';
import stringWidth from 'string-width';
import {CancelledError, UserError} from '../../source/lib/errors.js';
import {App} from '../../source/ui/app.js';
import type {AppOptions} from '../../source/ui/app-state.js';
import {defaultKeys} from '../../source/ui/keys.js';
import type {AccountChoice, Workspace} from '../../source/app/workspace.js';
import {demoChoice, endlessAnalysis, fakeAnalysis, fakeEvidence, fakeExporter, fakeGrants, fakePrincipal, fakeRow, fakeWorkspace, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {renderSized, type Rendered} from '../support/render.js';

const size = {columns: 80, rows: 24};

function start(workspace: Workspace, changes: Partial<AppOptions> = {}): Rendered & {readonly exits: number[]} {
	const exits: number[] = [];
	const options: AppOptions = {
		size,
		keys: defaultKeys, exporter: fakeExporter,
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

async function endlessQuestion(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => {
		signal.addEventListener('abort', () => {
			reject(new CancelledError());
		});
	});
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
		expect(program.text()).toMatch(/^ {4}ReadOn\S+Access\s+managed\s+group \S+neers\s+0\s+no\s+\*/m);
		expect(program.text()).toContain('arn:aws:iam::aws:policy/ReadOnlyAccess, through group engineers');
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
		program.type('\rjjjj');
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
		await program.shows('why: CloudTrail logs it by default, and no event was seen in the window');
		expect(program.text()).toContain('granted by 2 statements:');
		expect(program.text()).toContain('managed policy ReadOnlyAccess, statement 0, through group engineers, on *');
		program.type('i');
		await program.hides('granted by 2 statements');
		await program.shows('unused: CloudTrail logs it by default');
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
		await program.shows('granted by 2 statements');
		expect(program.text()).not.toContain('\u0007');
		expect(program.text()).not.toContain('\u202E');
	});
});

describe('the evidence', () => {
	test('of a + names what was seen, a sample of it, and the change behind it', async () => {
		const program = start(fakeWorkspace(), {size: {columns: 120, rows: 40}});
		await program.shows('alice');
		program.type('\rGk\r');
		await program.shows('taken away by:');
		const text = program.text();
		expect(text).toContain('granted by no policy');
		expect(text).toMatch(/proved by:\n {4}s3\.amazonaws\.com:CreateBucket\n/);
		expect(text).toContain('s3.amazonaws.com:CreateBucket succeeded: 3 times, first 2026-01-02T03:04:05Z, last 2026-08-20T00:00:00Z');
		expect(text).toContain('for instance event f4592e26 in eu-west-1 from 198.51.100.23 by aws-cli/2.9');
		expect(text).toContain('DetachUserPolicy at 2026-10-14T07:44:42Z by arn:aws:iam::123456789012:user/charlie (event 3f8d3d0d)');
	});

	test('what is known stands there at once; leaving aborts the question', async () => {
		const signals: AbortSignal[] = [];
		const program = start(fakeWorkspace({
			async explain(_choice, _analysis, _question, {signal}) {
				signals.push(signal);
				return endlessQuestion(signal);
			},
		}));
		await program.shows('alice');
		program.type('\rj\r');
		await program.shows('looking in the log…');
		expect(program.text()).toContain('granted by 2 statements');
		await program.until('the question', () => signals.length === 1);
		program.type('\u001B');
		await program.shows('5/5');
		await program.until('the aborted question', () => signals[0]?.aborted === true);
	});

	test('of neighbours is asked one after the other, and only of the last one', async () => {
		const asked: string[] = [];
		let running = 0;
		let most = 0;
		let letGo: (() => void) | undefined;
		const program = start(fakeWorkspace({
			async explain(_choice, analysis, {arn, action}) {
				asked.push(action);
				running++;
				most = Math.max(most, running);
				if (asked.length === 1) {
					// A source that is slow to let go, and answers all the same.
					await new Promise<void>(resolve => {
						letGo = resolve;
					});
				}

				running--;
				return analysis.explain(arn, action, {rows: [], changes: []});
			},
		}));
		await program.shows('alice');
		program.type('\r\r');
		await program.until('the first question', () => letGo !== undefined);
		program.type('lll');
		await program.shows('alice › s3:CreateBucket');
		// Time enough for a question that would not wait: effects and immediates of many rounds.
		let rounds = 0;
		await program.until('rounds of the event loop', () => ++rounds > 50);
		expect(asked).toEqual(['cloudwatch:DescribeAlarms']);
		letGo?.();
		await program.shows('DetachUserPolicy');
		expect(asked).toEqual(['cloudwatch:DescribeAlarms', 's3:CreateBucket']);
		expect(most).toBe(1);
	});

	test('an error stands in its place with its hint, and r tries again', async () => {
		let tries = 0;
		const program = start(fakeWorkspace({
			async explain(_choice, analysis, {arn, action}) {
				tries++;
				if (tries === 1) {
					throw new UserError('the store is gone', {hint: 'read it again'});
				}

				return analysis.explain(arn, action, {rows: [], changes: []});
			},
		}));
		await program.shows('alice');
		program.type('\r\r');
		await program.shows('! the store is gone');
		expect(program.text()).toContain('read it again');
		expect(program.text()).toContain('granted by 2 statements');
		expect(program.text()).toContain('r try again');
		program.type('r');
		await program.shows('for instance event');
		expect(program.text()).not.toContain('the store is gone');
	});

	test('a long table of statements scrolls line by line, and the statements stand in full below it', async () => {
		const [first = expect.fail()] = fakeGrants;
		const grants = Array.from({length: 30}, (_, statement) => ({...first, statement, resources: [`arn:aws:s3:::bucket-${statement}`]}));
		const program = start(fakeWorkspace({explain: async (_choice, _analysis, {action}) => fakeEvidence(fakeRow(action, 'unused'), {grantedBy: grants})}));
		const drawn = () => [...program.text().matchAll(/^ {4}ReadOn.*? (\d+) +no +arn/gm)].map(match => Number(match[1]));
		await program.shows('alice');
		program.type('\rj\r');
		await program.shows('granted by 30 statements');
		expect(program.text()).toContain('POLICY');
		expect(drawn()[0]).toBe(0);
		const last = drawn().at(-1) ?? 0;
		program.type('j'.repeat(last));
		await program.hides('POLICY');
		expect(drawn()).toEqual(Array.from({length: drawn().length}, (_, index) => (drawn()[0] ?? 0) + index));
		expect(drawn()).toContain(last);
		program.type('G');
		await program.shows('on arn:aws:s3:::bucket-29');
	});

	test('nothing from the log moves the cursor or sets a title', async () => {
		const evil = '\u001B]0;owned\u0007\u202E';
		const program = start(fakeWorkspace({
			explain: async (_choice, _analysis, {action}) => fakeEvidence(fakeRow(action, 'ungranted'), {
				seen: [{
					event: evil, relation: 'proof', outcome: 'denied', errorCode: evil, count: 1, first: '2026-01-02T03:04:05Z', last: '2026-01-02T03:04:05Z',
					sample: {eventId: evil, region: evil, sourceAddress: evil, userAgent: evil},
				}],
				blockedBy: [evil],
			}),
		}), {size: {columns: 120, rows: 40}});
		await program.shows('alice');
		program.type('\r\r');
		await program.shows('1 time, at');
		expect(program.text().replaceAll(/\s+/g, ' ')).toContain(String.raw`by \x1b]0;owned\x07\u202e`);
		expect(program.text()).not.toContain('\u0007');
		expect(program.text()).not.toContain('\u202E');
	});
});

describe('what the trail records', () => {
	test('stands with the warnings, in words', async () => {
		const program = start(fakeWorkspace({
			analyze: async (_choice, window) => fakeAnalysis(smallAccount, window, {
				coverage: {
					missingDays: ['2025-11-23', '2025-11-24', '2026-02-03'], regions: ['eu-west-1', 'us-east-1'], readOnlyEvents: true, writeEvents: true,
					kmsEvents: false, rdsDataEvents: false, dataEvents: [{service: 's3', events: 1204}], configuration: [],
				},
			}),
		}));
		await program.shows('alice');
		program.type('w');
		await program.shows('warnings           none, and every log file could be read');
		for (const line of [
			'records            read-only events yes · write events yes', 'records            KMS events no · RDS Data events no', 'regions            eu-west-1, us-east-1',
			'data events        s3 (1,204)', 'no logs            3 days of the window:', 'no logs            2025-11-23 to 2025-11-24, 2026-02-03',
		]) {
			expect(program.text()).toContain(line);
		}
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
		await program.until('the second task', () => signals.length === 2);
	});

	test('a question before a scan waits for its answer, and says what it cost', async () => {
		const program = start(fakeWorkspace({
			async analyze(_choice, window, task) {
				await task.confirm?.('Athena will scan 149 MB in 2,976 log files, for about $0.00068. Scan?');
				task.note?.('Athena scanned 149 MB for $0.00068');
				return fakeAnalysis(smallAccount, window);
			},
		}));
		await program.shows('Athena will scan 149 MB in 2,976 log files');
		expect(program.text()).toContain('enter scans');
		program.type('\r');
		await program.shows('alice');
		expect(program.text()).toContain('Athena scanned 149 MB for $0.00068');
	});

	test('Escape at the question ends the work', async () => {
		const signals: AbortSignal[] = [];
		const program = start(fakeWorkspace({
			async analyze(_choice, _window, task) {
				signals.push(task.signal);
				await task.confirm?.('Scan?');
				return endlessAnalysis(task);
			},
		}));
		await program.shows('Scan?');
		program.type('\u001B');
		await program.shows('since when?');
		await program.until('the cancelled task', () => signals[0]?.aborted === true);
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
		await program.shows('stale: reading again');
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
		await program.shows('CloudTrail logs');
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

	test('a profile takes the place of the snapshot, and the logs may stay where they are', async () => {
		const added: unknown[] = [];
		const workspace = fakeWorkspace();
		const program = start({
			...workspace,
			async addAccount(account) {
				added.push(account);
				return workspace.addAccount(account);
			},
		}, {account: undefined});
		await program.shows('Which account?');
		program.type('G\r');
		await program.shows('(default, prod)');
		program.type('profile:prod\t');
		await program.shows('ok: account 210987654321, as arn:aws:iam::');
		program.type('s3://logs/audit\t');
		await program.shows('ok: Athena, s3://logs/audit');
		program.type('\r');
		await program.shows('accounts › prod');
		expect(added).toEqual([{name: 'prod', iam: {kind: 'live'}, profile: 'prod', trail: {kind: 'athena', bucket: 'logs', prefix: 'audit'}}]);
	});

	test('a config.yaml of CloudTracker gives all of its accounts, and their logs where it names them', async () => {
		const added: unknown[] = [];
		let accounts = [demoChoice];
		const file = {names: ['prod', 'dev'], trail: {kind: 'athena', bucket: 'logs'} as const};
		const program = start(fakeWorkspace({
			accounts: () => accounts,
			checkConfigFile: async () => file,
			async addConfigFile(path, trail) {
				added.push({path, trail});
				const stored = file.names.map((name): AccountChoice => ({...prodChoice, key: `stored:${name}`, name}));
				accounts = [...stored, ...accounts];
				return stored;
			},
		}), {account: undefined});
		await program.shows('No account is configured yet');
		program.type('G\r');
		await program.shows('config.yaml');
		program.type('/data/config.yaml\t');
		await program.shows('ok: 2 accounts: prod, dev · logs: Athena, s3://logs');
		await program.shows('leave it empty');
		program.type('\t\r');
		await program.shows('accounts › prod');
		expect(added).toEqual([{path: '/data/config.yaml', trail: undefined}]);
	});

	test('of a config.yaml that names no logs they are asked for', async () => {
		const program = start(fakeWorkspace(), {account: undefined});
		await program.shows('Which account?');
		program.type('G\r');
		await program.shows('config.yaml');
		program.type('/data/config.yml\t\t\r');
		await program.shows('! type a path, or where else the logs are');
		program.type('/data/logs\t\r');
		await program.shows('! these accounts are made up');
	});

	test('with none configured, the demo comes first', async () => {
		const program = start(fakeWorkspace({accounts: () => [demoChoice]}), {account: undefined});
		await program.shows('No account is configured yet. Try the demo, or add an account:');
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
