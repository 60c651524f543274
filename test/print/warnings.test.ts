import {expect, test} from 'vitest';
import {accountWarnings, listDocument} from '../../source/print/document.js';
import {analysis} from './analyses.js';

const counted = {code: 'unreadable-files', message: '12 of 20 files could not be read'};
const other = {code: 'unmapped-events', message: '3 events'};
const unreadable = Array.from({length: 12}, (_, index) => ({path: `/logs/${index}.json.gz`, reason: 'truncated'}));
const account = analysis({warnings: [counted, other], unreadable});

test('each unreadable file stands with its reason behind the warning that counts them', () => {
	expect(accountWarnings(account)).toEqual([
		counted,
		...unreadable.map(({path}) => ({code: 'unreadable-file', message: `${path}: truncated`})),
		other,
	]);
});

test('the JSON has them all', () => {
	expect(listDocument(account, []).warnings).toEqual(accountWarnings(account));
});

test('no more than the limit, and how many are left', () => {
	const messages = accountWarnings(account, 10).map(({message}) => message);
	expect(messages).toHaveLength(13);
	expect(messages[10]).toBe('/logs/9.json.gz: truncated');
	expect(messages[11]).toBe('and 2 more: see --format json or w on the screen');
});

test('exactly the limit leaves none over', () => {
	expect(accountWarnings(account, 12).map(({message}) => message)).not.toContainEqual(expect.stringContaining('more'));
});

test('no unreadable file, no line', () => {
	expect(accountWarnings(analysis({warnings: [other], unreadable: []}))).toEqual([other]);
});
