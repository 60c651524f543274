import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {answer, type PrintedQuestion, type PrintOptions} from '../../source/print/answer.js';
import {actionsOf, objectOf} from '../support/documents.js';
import {aliceRows, analysis, principal, row} from './analyses.js';

const plain: PrintOptions = {format: 'text', color: false, quiet: false, showUsed: false, ignoreBenign: false, ignoreUnknown: false};
const alice: PrintedQuestion = {kind: 'principal', principal: 'user', name: 'alice'};
const users: PrintedQuestion = {kind: 'list', principals: 'users'};

const print = (question: PrintedQuestion, options: Partial<PrintOptions> = {}, account = analysis()): string => answer(account, question, {...plain, ...options}).text;

describe('text', () => {
	test('a user: heading, then a line an action, lower case, with its prefix', () => {
		expect(print(alice)).toBe([
			'Getting info on alice, user created 2017-09-02T18:02:14Z',
			'  cloudwatch:describealarmhistory',
			'  cloudwatch:describealarms',
			'- cloudwatch:describealarmsformetric',
			'- cloudwatch:getdashboard',
			'? cloudwatch:getmetricdata',
			'+ s3:createbucket',
			'',
		].join('\n'));
	});

	test('--quiet leaves the heading out', () => {
		expect(print(alice, {quiet: true})).toMatch(/^ {2}cloudwatch:describealarmhistory\n/);
	});

	test('a role has its own heading', () => {
		expect(print({kind: 'principal', principal: 'role', name: 'admin'})).toMatch(/^Getting info for role admin\n/);
	});

	test('a user without a creation date: the heading says none', () => {
		expect(print({kind: 'principal', principal: 'user', name: 'charlie'})).toMatch(/^Getting info on charlie\n/);
	});

	test('lists have no heading; root stands with the users', () => {
		expect(print(users)).toBe('  <root>\n  alice\n- bob\n  charlie\n');
		expect(print({kind: 'list', principals: 'roles'})).toBe('? admin\n');
	});

	test('users and then roles when all are asked for', () => {
		expect(print({kind: 'list', principals: 'all'})).toBe('  <root>\n  alice\n- bob\n  charlie\n? admin\n');
	});

	test('colour takes nothing away from the line', () => {
		const colored = print(alice, {color: true});
		expect(colored).toContain('\u001B[31m- cloudwatch:getdashboard\u001B[39m\n');
		expect(stripVTControlCharacters(colored)).toBe(print(alice));
	});

	test('what a terminal would act on comes out as a visible escape', () => {
		const evil = analysis({}, {actions: [row('s3:\u001B]0;x\u0007get\n- s3:fake')]});
		expect(print(alice, {quiet: true}, evil)).toBe('  s3:\\x1b]0;x\\x07get\\n- s3:fake\n');
	});

	test('unmapped: source, name and count in columns', () => {
		const account = analysis({unmapped: [
			{eventSource: 'new.amazonaws.com', eventName: 'Invent', count: 12},
			{eventSource: 'x.amazonaws.com', eventName: 'InventMore', count: 3},
		]});
		expect(print({kind: 'unmapped'}, {}, account)).toBe('new.amazonaws.com  Invent      12\nx.amazonaws.com    InventMore   3\n');
	});
});

describe('filters', () => {
	const verdicts = (options: Partial<PrintOptions>): string => print(alice, {...options, quiet: true}).split('\n').map(line => line.slice(0, 2)).join('|');
	const filters: ReadonlyArray<[string, Partial<PrintOptions>, string]> = [
		['--show-used: used and ungranted', {showUsed: true}, '  |  |+ |'],
		['--ignore-unknown: no "?"', {ignoreUnknown: true}, '  |  |- |- |+ |'],
		['--ignore-benign: nothing that lists or describes', {ignoreBenign: true}, '- |? |+ |'],
		['all three', {showUsed: true, ignoreBenign: true, ignoreUnknown: true}, '+ |'],
	];
	test.each(filters)('%s', (_, options, expected) => {
		expect(verdicts(options)).toBe(expected);
	});

	test.each(filters)('JSON and CSV have the rows of the text: %s', (_, options) => {
		const wanted = print(alice, {...options, quiet: true}).split('\n').slice(0, -1).map(line => line.slice(2));
		expect(actionsOf(print(alice, {...options, format: 'json'})).map(({action}) => action.toLowerCase())).toEqual(wanted);
		expect(print(alice, {...options, format: 'csv'}).split('\r\n').slice(1, -1).map(line => line.split(',')[0]?.toLowerCase())).toEqual(wanted);
	});

	test('lists: --show-used leaves the used, --ignore-unknown takes "?" away', () => {
		expect(print(users, {showUsed: true})).toBe('  <root>\n  alice\n  charlie\n');
		expect(print({kind: 'list', principals: 'roles'}, {ignoreUnknown: true})).toBe('');
	});
});

describe('which principal', () => {
	const failures: ReadonlyArray<[string, 'user' | 'role', string, RegExp]> = [
		['a misspelt name: the nearest', 'user', 'alcie', /no user "alcie" \(did you mean alice\?\)/],
		['a role asked for as a user', 'user', 'admin', /no user "admin", but a role of that name: use --role/],
		['an ARN of another account', 'user', 'arn:aws:iam::999999999999:user/alice', /is of ac{2}ount 9{12}, not of 123456789012/],
		['an ARN of a role asked for as a user', 'user', 'arn:aws:iam::123456789012:role/admin', /is a role: use --role/],
		['nothing near', 'role', 'zzzzzz', /no role "z{6}"$/],
	];
	test.each(failures)('%s is an error', (_, kind, name, message) => {
		expect(() => print({kind: 'principal', principal: kind, name})).toThrow(message);
	});

	test('a name in another case is found, the exact one first', () => {
		const account = analysis({principals: [principal({name: 'ALICE', arn: 'arn:aws:iam::123456789012:user/ALICE'}), principal()]});
		const asked: string[] = [];
		const watched = {...account, principal(arn: string) {
			asked.push(arn);
			return analysis().principal('arn:aws:iam::123456789012:user/alice');
		}};
		for (const name of ['alice', 'ALICE', 'Alice']) {
			print({kind: 'principal', principal: 'user', name}, {}, watched);
		}

		expect(asked.map(arn => arn.split('/')[1])).toEqual(['alice', 'ALICE', 'ALICE']);
	});

	test('"root" means the root user', () => {
		expect(print({kind: 'principal', principal: 'user', name: 'root'})).toMatch(/^Getting info on <root>\n/);
	});

	test('an IAM user named root wins', () => {
		const root = principal({name: 'root'});
		const account = analysis({principals: [...analysis().principals, root]});
		const asked: string[] = [];
		print({kind: 'principal', principal: 'user', name: 'root'}, {}, {...account, principal(arn) {
			asked.push(arn);
			return analysis().principal('arn:aws:iam::123456789012:user/alice');
		}});
		expect(asked).toEqual([root.arn]);
	});
});

test('a principal\'s notes are warnings beside the document and in it', () => {
	const account = analysis({}, {notes: ['policy X is missing']});
	const answered = answer(account, alice, {...plain, format: 'json'});
	expect(answered.warnings).toEqual([{code: 'policy-note', message: 'policy X is missing'}]);
	expect(objectOf(answered.text).warnings).toHaveLength(3);
});

test('an account without a name is named by its id', () => {
	const document = objectOf(print(users, {format: 'json'}, analysis({account: {id: '123456789012', name: null}})));
	expect(document.account).toEqual({id: '123456789012', name: '123456789012'});
});

test('the fixture is sorted as an analysis is', () => {
	expect(aliceRows.map(({lower}) => lower)).toEqual(aliceRows.map(({lower}) => lower).toSorted());
});
