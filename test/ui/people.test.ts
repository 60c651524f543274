import {describe, expect, test} from 'vitest';
import type {Analysis} from '../../source/app/analysis.js';
import type {SessionUsage} from '../../source/domain/sessions.js';
import {appReducer} from '../../source/ui/app-reducer.js';
import {initApp, runningWork, sessionsLookupOf, topOf, type AppState} from '../../source/ui/app-state.js';
import {defaultKeys} from '../../source/ui/keys.js';
import {linearLines} from '../../source/ui/linear.js';
import {crumbWords, headWords, statusWords} from '../../source/ui/screens/describe.js';
import {answerPeople, initPeople, peopleReducer, type PeopleState} from '../../source/ui/screens/people/state.js';
import {emptyWords} from '../../source/ui/screens/people/words.js';
import {usageRow} from '../domain/rows.js';
import {demoChoice, fakeAnalysis, fakeExporter, prodChoice, smallAccount} from '../support/fake-workspace.js';
import {afterKeys, pressOf} from '../support/press.js';

const today = new Date('2026-11-23T12:00:00Z');
const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const role = 'arn:aws:iam::123456789012:role/Admin';
const alice = 'arn:aws:iam::123456789012:user/alice';
const elsewhere = 'arn:aws:iam::999988887777:role/backup';
const otherChoice = {...prodChoice, key: 'stored:other', name: 'other', id: '999988887777'};

/** What somebody did in the role; `action` stands for all of it. */
function usageOf(name: string, last: string, {action = 'iam:GetUser', link = 'access-key', kind = 'user'}: {action?: string; link?: 'access-key' | 'inferred'; kind?: 'user' | 'unknown'} = {}): SessionUsage {
	const row = usageRow({eventSource: action, count: 3});
	return {
		originator: kind === 'user' ? {kind, arn: `arn:aws:iam::123456789012:user/${name}`, name} : {kind, arn: null, name: null},
		via: [],
		sessions: [{name, sourceIdentity: null, link, assumed: 2, first: last, last, sourceAddresses: ['192.0.2.1']}],
		rows: [row],
	};
}

const usages = [usageOf('alice', '2026-08-02T00:00:00Z'), usageOf('carol', '2026-08-01T00:00:00Z', {action: 'iam:CreateUser'})];

/** An account in which a role's use is what the usages' rows name. */
function analysisOf(changes: Partial<Analysis> = {}): Analysis {
	const whole = fakeAnalysis(smallAccount, window);
	return fakeAnalysis(smallAccount, window, {
		inRole(arn, rows) {
			const detail = whole.principal(arn);
			const used = new Set(rows.map(({eventSource}) => eventSource.toLowerCase()));
			return {...detail, actions: detail.actions.map(row => ({...row, verdict: used.has(row.lower) ? 'used' : 'unused'}))};
		},
		rolesAssumed: arn => arn === alice
			? [
				{roleArn: role, caller: alice, count: 2, first: '2026-08-01T00:00:00Z', last: '2026-08-02T00:00:00Z'},
				{roleArn: elsewhere, caller: alice, count: 1, first: '2026-07-01T00:00:00Z', last: '2026-07-01T00:00:00Z'},
				{roleArn: 'arn:aws:iam::123456789012:role/gone', caller: alice, count: 1, first: '2026-06-01T00:00:00Z', last: '2026-06-01T00:00:00Z'},
			]
			: [],
		trust: () => ({
			rows: [
				{verdict: 'used', reasonCode: 'assumed', reason: 'may, and did', kind: 'user', principal: alice, conditions: [], assumed: 2, last: '2026-08-02T00:00:00Z'},
				{verdict: 'unused', reasonCode: 'never', reason: 'may assume it, and never did', kind: 'user', principal: 'arn:aws:iam::123456789012:user/bob', conditions: ['aws:MultiFactorAuthPresent'], assumed: 0, last: null},
			],
			notes: [],
		}),
		...changes,
	});
}

const analysis = analysisOf();
const summary = analysis.principal(role).principal;

function answered(given: readonly SessionUsage[] = usages, of = analysis): PeopleState {
	return answerPeople(initPeople(summary, of, 1), 1, {usages: given, analysis: of});
}

function press(state: PeopleState, ...keys: readonly string[]): ReturnType<typeof peopleReducer> {
	let step: ReturnType<typeof peopleReducer> = {state};
	for (const key of keys) {
		step = peopleReducer(step.state, pressOf(key), {height: 20, today});
	}

	return step;
}

const linesOf = ({list}: PeopleState) => list.rows.map(({verdict, kind, name, assumed, usedActions, link}) => [verdict, kind, name, assumed, usedActions, link]);

describe('the people in a role', () => {
	test('are those who came, most recent first, then whom the trust policy lets in and who never came', () => {
		expect(linesOf(answered())).toEqual([
			['used', 'user', 'alice', 2, 1, 'access key'],
			['used', 'user', 'carol', 2, 1, 'access key'],
			['unused', 'user', 'arn:aws:iam::123456789012:user/bob', null, null, 'trust policy'],
		]);
	});

	test('a link that is no certainty says so', () => {
		const {list} = answered([usageOf('alice', '2026-08-02T00:00:00Z', {link: 'inferred'})]);
		expect(list.rows[0]).toMatchObject({link: 'inferred'});
		expect(list.rows[0]?.more.join(' ')).toContain('no access key links it');
	});

	test('are sorted and filtered', () => {
		expect(press(answered(), 's').state.list.rows.map(({name}) => name)).toEqual(['alice', 'arn:aws:iam::123456789012:user/bob', 'carol']);
		expect(press(answered(), '/', 'c', 'a', 'r').state.list.rows.map(({name}) => name)).toEqual(['carol']);
		expect(press(answered(), '/', 't', 'r', 'u', 's', 't', 'enter').state.list.rows).toHaveLength(1);
	});

	test('are never nobody while the log is asked, or could not be', () => {
		const looking = initPeople(summary, analysis, 1);
		expect(emptyWords(looking, defaultKeys)).toContain('asking the log');
		const failed = answerPeople(looking, 1, {status: 'failed', message: 'a search server does not say who was behind a role', hint: 'name the logs'});
		expect(emptyWords(failed, defaultKeys)).toBe('! a search server does not say who was behind a role · name the logs');
		expect(press(failed, 'r').intent).toEqual({type: 'look-again'});
		expect(emptyWords(answered([], analysisOf({trust: () => ({rows: [], notes: []})})), defaultKeys)).toContain('Nobody opened a session');
	});

	test('an answer to an older question is dropped', () => {
		const looking = initPeople(summary, analysis, 2);
		expect(answerPeople(looking, 1, {usages, analysis})).toBe(looking);
		expect(answerPeople(answered(), 1, {usages: [], analysis})).toEqual(answered());
	});

	test('people with disjoint use are proposed as roles of their own; of one who is not known nothing is', () => {
		expect(press(answered(), 'p').intent).toEqual({type: 'open-split'});
		expect(press(answered([...usages, usageOf('x', '2026-08-03T00:00:00Z', {kind: 'unknown'})]), 'p').intent).toMatchObject({type: 'say'});
		expect(press(answered([usages[0]!]), 'p').intent).toMatchObject({type: 'say'});
	});

	test('are exported as they are shown', () => {
		const {intent} = press(answered(), '/', 'c', 'a', 'r', 'enter', 'e');
		expect(intent?.type === 'export' && intent.shown(analysis)).toMatchObject({kind: 'people', filter: 'car', total: 3, rows: [{name: 'carol', assumed: 2}], principal: {name: 'Admin'}});
	});
});

const options = {
	size: {columns: 80, rows: 24}, keys: defaultKeys, exporter: fakeExporter, today, accounts: [prodChoice, otherChoice, demoChoice], account: prodChoice, start: undefined, end: undefined,
	toggles: {usedOnly: false, hideBenign: false, hideUnknown: false},
};

const loaded = (): AppState => appReducer(initApp(options), {type: 'analyzed', job: 1, analysis, accounts: options.accounts});
const place = (state: AppState): string => crumbWords(state.stack.slice(1));

/** The program at the people of the role, with or without the log's answer. */
function atPeople(isAnswered = true): AppState {
	const asked = afterKeys(loaded(), 'tab', 'enter', 'tab');
	const {request = 0} = sessionsLookupOf(asked) ?? {};
	return isAnswered ? appReducer(asked, {type: 'sessions', request, answer: {usages, analysis}}) : asked;
}

describe('the way to the people and on from them', () => {
	test('Tab asks the log, and leaving ends the question and says so', () => {
		const asked = atPeople(false);
		expect(place(asked)).toBe('prod › roles › Admin › people');
		expect(sessionsLookupOf(asked)).toMatchObject({arn: role, account: prodChoice});
		expect(runningWork(asked)).toBe('asking the log who was in the role');
		const left = afterKeys(asked, 'escape');
		expect([place(left), left.notice, sessionsLookupOf(left)]).toEqual(['prod › roles › Admin', 'stopped: asking the log who was in the role', null]);
	});

	test('Enter shows what one person used of the role, which cannot be marked nor asked for evidence', () => {
		const person = afterKeys(atPeople(), 'enter');
		expect(place(person)).toBe('prod › roles › Admin › people › alice');
		expect(statusWords(topOf(person), person)).toBe('2/2 · 1 unused');
		for (const key of ['a', 'space', 'p']) {
			expect(afterKeys(person, key).notice).toContain('one person alone');
		}

		expect(afterKeys(person, 'j', 'enter').notice).toContain('one person alone');
		expect(place(afterKeys(person, 'escape', 'escape'))).toBe('prod › roles › Admin');
		expect(place(afterKeys(person, 'tab'))).toBe('prod › roles › Admin › people');
	});

	test('what one person did leaves no trace in what is kept of the role', () => {
		const marked = afterKeys(loaded(), 'tab', 'enter', 'a', 'tab');
		const {request = 0} = sessionsLookupOf(marked) ?? {};
		const back = afterKeys(appReducer(marked, {type: 'sessions', request, answer: {usages, analysis}}), 'enter', 'u', 'escape', 'escape');
		expect(statusWords(topOf(back), back)).toContain('1 marked');
		expect(statusWords(topOf(back), back)).not.toContain('used only');
	});

	test('what costs money is asked first; Enter agrees, Esc stops it', () => {
		const looking = atPeople(false);
		const {request = 0} = sessionsLookupOf(looking) ?? {};
		const asked = appReducer(looking, {type: 'sessions-asked', request, question: 'Athena will scan 1 GB. Scan?'});
		expect(linearLines(asked).join('\n')).toContain('Athena will scan 1 GB. Scan? enter scans, esc stops.');
		expect(sessionsLookupOf(asked)).toMatchObject({agreed: false});
		expect(sessionsLookupOf(afterKeys(asked, 'enter'))).toMatchObject({request, agreed: true});
		expect(sessionsLookupOf(afterKeys(asked, 'escape'))).toBeNull();
		expect(appReducer(looking, {type: 'sessions-asked', request: request + 1, question: 'old'})).toEqual(looking);
	});

	test('p opens the proposal', () => {
		const split = afterKeys(atPeople(), 'p');
		expect(place(split)).toBe('prod › roles › Admin › people › split');
		expect(linearLines(split).join('\n')).toMatch(/advice: 2 roles could take the place of Admin[\s\S]*role 1: user alice[\s\S]*iam:getuser/);
	});

	test('comes back as it was left, without asking the log again; over newer data with its filter and sort', () => {
		const left = afterKeys(atPeople(), 's', '/', 'c', 'a', 'r', 'enter', 'tab');
		expect(place(left)).toBe('prod › roles › Admin');
		const back = afterKeys(left, 'tab');
		expect([sessionsLookupOf(back), statusWords(topOf(back), back)]).toEqual([null, '/car · by name · 1/3 · could be split into 2']);
		const running = afterKeys(left, 'r');
		const newer = afterKeys(appReducer(running, {type: 'analyzed', job: running.job?.id ?? 0, analysis: analysisOf(), accounts: options.accounts}), 'tab');
		expect(sessionsLookupOf(newer)).not.toBeNull();
		expect(statusWords(topOf(newer), newer)).toBe('/car · by name · asking the log');
	});

	test('a refresh asks for the people anew', () => {
		const refreshed = appReducer(afterKeys(atPeople(), 'enter', 'r'), {type: 'analyzed', job: 4, analysis, accounts: options.accounts});
		const running = afterKeys(atPeople(), 'enter', 'r');
		const done = appReducer(running, {type: 'analyzed', job: running.job?.id ?? 0, analysis, accounts: options.accounts});
		expect(refreshed.job).not.toBeNull();
		expect([place(done), done.notice]).toEqual(['prod › roles › Admin › people', 'read again']);
		expect(sessionsLookupOf(done)).not.toBeNull();
	});

	test('a user has the roles it assumed; one of the account opens at its line', () => {
		const roles = afterKeys(loaded(), 'enter', 'tab');
		expect(place(roles)).toBe('prod › users › alice › roles assumed');
		expect(sessionsLookupOf(roles)).toBeNull();
		const opened = afterKeys(roles, 'enter');
		expect(place(opened)).toBe('prod › users › alice › roles assumed › Admin › people');
		const {request = 0} = sessionsLookupOf(opened) ?? {};
		const shown = topOf(appReducer(opened, {type: 'sessions', request, answer: {usages: usages.toReversed(), analysis}}));
		expect(shown.name === 'people' && shown.state.list.rows[shown.state.list.cursor]).toMatchObject({name: 'alice'});
	});

	test('a role that the snapshot does not hold is said', () => {
		expect(afterKeys(loaded(), 'enter', 'tab', 'G', 'enter').notice).toContain('role/gone is not in the IAM snapshot');
	});
});

describe('a role of another account', () => {
	const other = fakeAnalysis([{...smallAccount[2]!, summary: {...smallAccount[2]!.summary, name: 'backup', arn: elsewhere}}], window, {account: {id: '999988887777', name: 'other'}});

	test('is entered over the same days, and Esc leads back to where it was left', () => {
		const entering = afterKeys(loaded(), 'enter', 'tab', 'j', 'enter');
		expect(topOf(entering).name).toBe('loading');
		expect(entering.job).toMatchObject({account: otherChoice, window});
		const there = appReducer(entering, {type: 'analyzed', job: entering.job?.id ?? 0, analysis: other, accounts: options.accounts});
		expect(headWords(there)).toContain('other (999988887777)');
		expect(place(there)).toBe('prod › users › alice › roles assumed › other › roles › backup › people');
		const list = afterKeys(there, 'escape', 'escape');
		expect(place(list)).toBe('prod › users › alice › roles assumed › other › roles');
		const back = afterKeys(list, 'escape');
		expect(place(back)).toBe('prod › users › alice › roles assumed');
		expect(headWords(back)).toContain('prod (123456789012)');
		expect(place(afterKeys(back, 'escape', 'escape', 'tab', 'enter'))).toBe('prod › roles › Admin');
	});

	test('a refresh in it leaves the screens of the account below alone', () => {
		const entering = afterKeys(loaded(), 'enter', 'tab', 'j', 'enter');
		const there = appReducer(entering, {type: 'analyzed', job: entering.job?.id ?? 0, analysis: other, accounts: options.accounts});
		const running = afterKeys(there, 'r');
		const done = appReducer(running, {type: 'analyzed', job: running.job?.id ?? 0, analysis: other, accounts: options.accounts});
		expect(place(done)).toBe(place(there));
		expect(place(afterKeys(done, 'escape', 'escape', 'escape', 'escape'))).toBe('prod › users › alice');
	});

	test('leaving while it loads leads back, too', () => {
		const back = afterKeys(loaded(), 'enter', 'tab', 'j', 'enter', 'escape');
		expect([place(back), back.job, back.result?.analysis]).toEqual(['prod › users › alice › roles assumed', null, analysis]);
	});

	test('that is not configured is said', () => {
		const lonely = appReducer(initApp({...options, accounts: [prodChoice]}), {type: 'analyzed', job: 1, analysis, accounts: [prodChoice]});
		expect(afterKeys(lonely, 'enter', 'tab', 'j', 'enter').notice).toBe('account 999988887777 is not configured: add it on the account screen, with its own IAM and these logs');
	});
});

test('accounts that the trail holds beside this one are in the overview, and Enter enters those that are configured', () => {
	const shared = analysisOf({accountsInTrail: [...analysis.accountsInTrail, {accountId: '999988887777', events: 7, firstEvent: '2026-01-02T00:00:00Z', lastEvent: '2026-03-04T00:00:00Z'}]});
	const state = afterKeys(appReducer(initApp(options), {type: 'analyzed', job: 1, analysis: shared, accounts: options.accounts}), 'o', '/', 'a', 'l', 's', 'o', 'enter');
	expect(linearLines(state).join('\n')).toContain('999988887777 · 7 events in this trail, 2026-01-02 to 2026-03-04');
	expect(afterKeys(state, 'enter').job).toMatchObject({account: otherChoice});
});

test('a source that tells no callers says so', () => {
	const silent = analysisOf({rolesAssumed: () => null});
	const state = initPeople(silent.principal(alice).principal, silent, 1);
	expect(emptyWords(state, defaultKeys)).toContain('does not tell who assumed a role');
});
