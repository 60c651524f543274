import {describe, expect, test} from 'vitest';
import {answer, type PrintedQuestion} from '../../source/print/answer.js';
import {toJson} from '../../source/print/json.js';
import {actionsOf, objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {analysis, row} from './analyses.js';

const options = {format: 'json', color: false, quiet: false, showUsed: false, ignoreBenign: false, ignoreUnknown: false} as const;

const questions: ReadonlyArray<[string, PrintedQuestion]> = [
	['list', {kind: 'list', principals: 'all'}],
	['principal', {kind: 'principal', principal: 'user', name: 'alice'}],
	['unmapped', {kind: 'unmapped'}],
];

describe('schemas', () => {
	test.each(questions)('%s: the document is what docs/ says', (name, question) => {
		expect(schemaErrors(name, JSON.parse(answer(analysis(), question, options).text))).toEqual([]);
	});

	test.each(questions)('%s: a missing key and one too many are errors', (name, question) => {
		const document = objectOf(answer(analysis(), question, options).text);
		expect(schemaErrors(name, {...document, more: 1})).not.toEqual([]);
		const {window: _window, ...rest} = document;
		expect(schemaErrors(name, rest)).not.toEqual([]);
	});
});

/** The keys of the first element of each list and of each object, in the order in which they are printed. */
function keyOrder(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.length === 0 ? [] : [keyOrder(value[0])];
	}

	return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, inner]) => typeof inner === 'object' && inner !== null ? [key, keyOrder(inner)] : key) : 'value';
}

const head = [
	'schemaVersion',
	['account', ['id', 'name']],
	['window', ['start', 'end']],
	['trail', ['source', 'location', 'events', 'firstEvent', 'lastEvent', 'daysCovered', 'daysInWindow', 'unreadableFiles', ['unattributed', [['kind', 'events']]]]],
	['warnings', [['code', 'message']]],
	['coverage', [
		['missingDays', []], ['regions', ['value']], 'readOnlyEvents', 'writeEvents', 'kmsEvents', 'rdsDataEvents', ['dataEvents', [['service', 'events']]], ['configuration', []],
	]],
];
const principalKeys = ['arn', 'id', 'name', 'kind', 'created', 'verdict', 'reasonCode', 'reason', 'lastUsed', 'events', 'denied', 'unusedDangerous'];

describe('keys, in their order', () => {
	const order = (question: PrintedQuestion): unknown => keyOrder(JSON.parse(answer(analysis(), question, options).text));

	test('--list', () => {
		expect(order({kind: 'list', principals: 'users'})).toEqual([...head, ['principals', [principalKeys]], ['unmapped', [['eventSource', 'eventName', 'count']]]]);
	});

	test('--user', () => {
		const grant = ['policy', 'policyArn', 'policyType', ['via', ['kind', 'name']], 'statement', 'sid', 'conditional', ['resources', ['value']], 'notResources'];
		const action = [
			'action', 'verdict', 'reasonCode', 'reason', 'count', 'failed', 'denied', 'firstUsed', 'lastUsed', ['events', ['value']], 'deniedInPart', ['blockedBy', []],
			['grantedBy', [grant]], 'accessLevel', 'risk',
		];
		expect(order({kind: 'principal', principal: 'user', name: 'alice'})).toEqual([
			...head,
			['principal', principalKeys],
			['actions', [action]],
			['attempted', [['action', 'denied']]],
			['noPermissionNeeded', [['eventSource', 'eventName', 'count']]],
			['unmapped', []],
		]);
	});
});

test('what a terminal would act on is escaped, and reads back the same', () => {
	const evil = 's3:\u001B[2J\u009B2J\u007F\u202E\u2028\u{E0041}x';
	const {text} = answer(analysis({}, {actions: [row(evil)]}), {kind: 'principal', principal: 'user', name: 'alice'}, options);
	expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Default_Ignorable_Code_Point}]/u);
	expect(actionsOf(text).map(({action}) => action)).toEqual([evil]);
});

test('a document ends with one line feed', () => {
	expect(toJson({a: null})).toBe('{\n  "a": null\n}\n');
});
