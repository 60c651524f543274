import {describe, expect, test} from 'vitest';
import {layoutOf} from '../../source/ui/layout.js';
import {selectedOf} from '../../source/ui/list-state.js';
import {isGroup, type PrincipalItem} from '../../source/ui/screens/principal/groups.js';
import {evidenceTexts} from '../../source/ui/screens/principal/pane.js';
import {initPrincipal, keepPrincipal, principalReducer, recallPrincipal, refreshPrincipal, type PrincipalState} from '../../source/ui/screens/principal/state.js';
import {groupWords} from '../../source/ui/screens/principal/view.js';
import type {Intent} from '../../source/ui/step.js';
import {fakeAnalysis, fakePrincipal, fakeRow, type FakeAccount} from '../support/fake-workspace.js';
import {pressOf} from '../support/press.js';

const height = 20;
const today = new Date('2026-11-23T12:00:00Z');
const window = {start: '2025-11-23T00:00:00Z', end: '2026-11-24T00:00:00Z'};
const toggles = {usedOnly: false, hideBenign: false, hideUnknown: false};
const escalation = {kind: 'privilege-escalation', note: 'makes keys', source: 'https://example.com'} as const;

const rows = [
	fakeRow('ec2:DescribeInstances', 'used', {count: 40}),
	fakeRow('ec2:RunInstances', 'unused'),
	fakeRow('iam:CreateAccessKey', 'unused', {risk: escalation}),
	fakeRow('iam:GetUser', 'unknown'),
	fakeRow('s3:CreateBucket', 'ungranted', {count: 3}),
	fakeRow('s3:GetObject', 'unknown'),
	fakeRow('s3:ListAllMyBuckets', 'unused', {denied: 4}),
];

const detailOf = (actions = rows) => {
	const account: FakeAccount = [{summary: fakePrincipal('alice', 'user', actions), rows: actions}];
	return fakeAnalysis(account, window).principal('arn:aws:iam::123456789012:user/alice');
};

function press(state: PrincipalState, ...keys: readonly string[]): {readonly state: PrincipalState; readonly intent: Intent | undefined} {
	let current = state;
	let intent: Intent | undefined;
	for (const key of keys) {
		const step = principalReducer(current, pressOf(key), {height, today});
		current = step.state;
		intent = step.intent;
	}

	return {state: current, intent};
}

const nameOf = (item: PrincipalItem | undefined) => item && (isGroup(item) ? `[${item.service}]` : item.action);
const namesIn = (state: PrincipalState) => state.list.rows.map(item => nameOf(item));
const selectedIn = (state: PrincipalState) => nameOf(selectedOf(state.list));
const start = initPrincipal(detailOf(), toggles, true);
const after = (...keys: readonly string[]) => press(start, ...keys).state;

describe('actions by service', () => {
	test('stand below the line of their service, and the cursor begins on the first action', () => {
		expect(namesIn(start)).toEqual([
			'[ec2]', 'ec2:DescribeInstances', 'ec2:RunInstances', '[iam]', 'iam:CreateAccessKey', 'iam:GetUser', '[s3]', 's3:CreateBucket', 's3:GetObject', 's3:ListAllMyBuckets',
		]);
		expect(selectedIn(start)).toBe('ec2:DescribeInstances');
	});

	test('a line counts each verdict, the uses, and the unused that are dangerous', () => {
		const groups = start.list.rows.filter(item => isGroup(item));
		expect(groups.map(({service, counts, count, denied, dangerous}) => [service, counts.used, counts.unused, counts.unknown, counts.ungranted, count, denied, dangerous])).toEqual([
			['ec2', 1, 1, 0, 0, 40, 0, 0], ['iam', 0, 1, 1, 0, 0, 0, 1], ['s3', 0, 1, 1, 1, 3, 4, 0],
		]);
	});

	test.each<{width: number; words: string}>([
		{width: 80, words: 's3 · 1 unused · 1 unknown · 1 not granted'},
		{width: 30, words: 's3 · -1 ?1 +1'},
		{width: 10, words: 's3 · 3'},
		{width: 4, words: 's3'},
	])('the words of a line fit $width columns', ({width, words}) => {
		const group = start.list.rows.findLast(item => isGroup(item)) ?? expect.fail();
		expect(groupWords(group, width)).toBe(words);
	});

	test.each<{name: string; keys: string[]; closed: string[]; selected: string}>([
		{name: 'left closes the service of an action, and the cursor goes to its line', keys: ['left'], closed: ['ec2'], selected: '[ec2]'},
		{name: 'right opens it', keys: ['left', 'right'], closed: [], selected: '[ec2]'},
		{name: 'Enter on a line closes and opens', keys: ['g', 'enter'], closed: ['ec2'], selected: '[ec2]'},
		{name: 'and opens it again', keys: ['g', 'enter', 'enter'], closed: [], selected: '[ec2]'},
		{name: 'z closes all', keys: ['j', 'j', 'j', 'z'], closed: ['ec2', 'iam', 's3'], selected: '[iam]'},
		{name: 'z opens all', keys: ['z', 'z'], closed: [], selected: '[ec2]'},
		{name: 'z closes the rest where one is closed', keys: ['left', 'z'], closed: ['ec2', 'iam', 's3'], selected: '[ec2]'},
		{name: 'a flat list has nothing to close', keys: ['v', 'left', 'z'], closed: [], selected: 'ec2:DescribeInstances'},
	])('$name', ({keys, closed, selected}) => {
		const state = after(...keys);
		expect([...state.closed].toSorted()).toEqual(closed);
		expect(selectedIn(state)).toBe(selected);
	});

	test('a filter opens what it finds, and what was closed is closed again after it', () => {
		const state = after('z', '/', 'g', 'e', 't');
		expect(namesIn(state)).toEqual(['[iam]', 'iam:GetUser', '[s3]', 's3:GetObject']);
		expect(namesIn(press(state, 'enter', 'left').state)).toHaveLength(3);
		expect(namesIn(press(state, 'escape').state)).toEqual(['[ec2]', '[iam]', '[s3]']);
	});

	test('Enter after a filter opens an action, not the line of its service', () => {
		const {intent} = press(start, '/', ...'createb', 'enter', 'enter');
		expect(intent).toMatchObject({type: 'open-action', row: {action: 's3:CreateBucket'}});
	});

	test('services stand in the order of their first action', () => {
		expect(namesIn(after('s', 's', 's')).filter(name => name?.startsWith('['))).toEqual(['[ec2]', '[s3]', '[iam]']);
		expect(namesIn(after('s', 's', 's', 's')).slice(0, 2)).toEqual(['[iam]', 'iam:CreateAccessKey']);
	});
});

describe('Terminal 10: the cursor stays on its action', () => {
	test.each<{name: string; keys: string[]}>([
		{name: 'through every sort', keys: ['s', 's', 's', 's', 's']},
		{name: 'through the flat view and back', keys: ['v', 'v']},
		{name: 'through a toggle that leaves it', keys: ['b', 'b', 'u', 'u']},
		{name: 'through a filter that hides it for a while', keys: ['/', 'e', 'c', '2', 'escape']},
	])('$name', ({keys}) => {
		const {state} = press(start, 'j', 'j', 'j');
		expect(selectedIn(state)).toBe('iam:CreateAccessKey');
		expect(selectedIn(press(state, ...keys).state)).toBe('iam:CreateAccessKey');
	});

	test('through a refresh, and through leaving and coming back, with filter, sort, view, marks and what is closed', () => {
		const left = after('/', '3', 'enter', 's', 'b', 'j', 'space');
		const refreshed = refreshPrincipal(left, detailOf(rows.slice(3)), height);
		const recalled = recallPrincipal(detailOf(rows.slice(3)), keepPrincipal(left), height);
		for (const state of [refreshed, recalled]) {
			expect(selectedIn(state)).toBe(selectedIn(left));
			expect([state.list.filter.text, state.sort, state.toggles.hideBenign, state.isGrouped, [...state.marked]]).toEqual(['3', 'verdict', true, true, [...left.marked]]);
		}
	});
});

describe('marks', () => {
	test.each<{name: string; keys: string[]; marked: string[]}>([
		{name: 'Space marks an action', keys: ['space'], marked: ['ec2:describeinstances']},
		{name: 'and takes the mark away', keys: ['space', 'space'], marked: []},
		{name: 'on the line of a service it marks all that is granted', keys: ['G', 'left', 'space'], marked: ['s3:getobject', 's3:listallmybuckets']},
		{name: 'a service of which a part is marked is marked whole', keys: ['space', 'k', 'space'], marked: ['ec2:describeinstances', 'ec2:runinstances']},
		{name: 'with a filter, only what it leaves', keys: ['/', ...'list', 'enter', 'k', 'space'], marked: ['s3:listallmybuckets']},
		{name: 'a marks every -', keys: ['a'], marked: ['ec2:runinstances', 'iam:createaccesskey', 's3:listallmybuckets']},
		{name: 'those of closed services, too', keys: ['z', 'a'], marked: ['ec2:runinstances', 'iam:createaccesskey', 's3:listallmybuckets']},
		{name: 'a again takes them away, and leaves others', keys: ['space', 'a', 'a'], marked: ['ec2:describeinstances']},
		{name: 'with a filter, a marks the - that it leaves', keys: ['/', 's', '3', 'enter', 'a'], marked: ['s3:listallmybuckets']},
		{name: 'what is not granted cannot be removed', keys: ['G', 'k', 'k', 'space'], marked: []},
		{name: 'marks survive filter, sort and view', keys: ['space', '/', 's', '3', 'enter', 's', 'v', 'escape'], marked: ['ec2:describeinstances']},
	])('$name', ({keys, marked}) => {
		expect([...after(...keys).marked].toSorted()).toEqual(marked);
	});

	test('a says what the filter keeps from being marked', () => {
		expect(press(start, '/', 's', '3', 'enter', 'a').intent).toEqual({type: 'say', words: 'marked the 1 unused action shown; 2 that are not shown stay as they were'});
		expect(press(start, 'u', 'a').intent).toEqual({type: 'say', words: 'no - is in this list'});
	});

	test('a refresh drops the marks of what is no longer granted', () => {
		expect([...refreshPrincipal(after('a'), detailOf(rows.slice(3)), height).marked]).toEqual(['s3:listallmybuckets']);
	});
});

describe('the pane', () => {
	test.each<{columns: number; rows: number; place: string | undefined}>([
		{columns: 120, rows: 12, place: 'right'}, {columns: 200, rows: 60, place: 'right'}, {columns: 119, rows: 24, place: 'below'}, {columns: 80, rows: 23, place: undefined},
	])('$columns x $rows: $place', ({columns, rows, place}) => {
		const layout = layoutOf({columns, rows}, 0, 'pane');
		expect(layout.pane?.place).toBe(place);
		expect(layout.list + 1 + layout.gap + layout.detail + (place === 'below' ? layout.pane?.rows ?? 0 : 0)).toBe(layout.body);
		expect(layout.listColumns + (place === 'right' ? 1 + (layout.pane?.columns ?? 0) : 0)).toBe(columns);
	});

	test('says risk, meaning, reason, use, blocks, grants and events of an action, from memory', () => {
		const row = fakeRow('iam:CreateAccessKey', 'used', {risk: escalation, deniedInPart: true, blockedBy: ['policy x']});
		const texts = evidenceTexts(row, detailOf(), 30).map(({text}) => text);
		expect(texts[0]).toBe('iam:CreateAccessKey · Read');
		expect(texts).toEqual(expect.arrayContaining([
			'privilege-escalation: makes keys', 'used: granted and used', `why: ${row.reason}`, 'denied in part by:', '  policy x', 'granted by 2 statements:',
			'  managed policy ReadOnlyAccess, statement 0, through group engineers, on *', 'events seen:', '  iam.amazonaws.com:CreateAccessKey',
		]));
	});

	test('of a service: its counts in words', () => {
		const group = start.list.rows.find(item => isGroup(item) && item.service === 'iam') ?? expect.fail();
		expect(evidenceTexts(group, detailOf(), 30).map(({text}) => text)).toEqual([
			'iam · 2 actions', '- 1 unused: granted, not used, and CloudTrail would have shown it', '? 1 unknown: granted, and CloudTrail\'s silence proves nothing',
			'1 unused action is known for a step of an attack', '0 events',
		]);
	});
});
