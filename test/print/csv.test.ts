import {describe, expect, test} from 'vitest';
import {answer} from '../../source/print/answer.js';
import {toCsv} from '../../source/print/csv.js';
import {analysis} from './analyses.js';

const one = (value: string): string => toCsv(['cell'], [{cell: value}]).split('\r\n').slice(1, -1).join('\r\n');

describe('cells', () => {
	test.each([
		['a plain text', 's3:GetObject', 's3:GetObject'],
		['a comma', 'a,b', '"a,b"'],
		['a quote', 'say "hi"', '"say ""hi"""'],
		['a formula', '=1+1', '\'=1+1'],
		['a formula with a comma', '=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
		['a plus', '+1', '\'+1'],
		['a minus', '-1', '\'-1'],
		['an at', '@sum', '\'@sum'],
		['a tab at the start', '\tx', String.raw`'\tx`],
		['a carriage return at the start', '\rx', String.raw`'\rx`],
		['a sign further in', 'a=b', 'a=b'],
		['a line feed', 'a\nb', String.raw`a\nb`],
		['an escape', '\u001B[31m', String.raw`\x1b[31m`],
	])('%s', (_, value, expected) => {
		expect(one(value)).toBe(expected);
	});

	test('null is empty, numbers and booleans are bare, lists are joined', () => {
		const row = {a: null, b: 3, c: true, d: ['x', 'y'], e: []};
		expect(toCsv(['a', 'b', 'c', 'd', 'e'], [row])).toBe('a,b,c,d,e\r\n,3,true,x; y,\r\n');
	});
});

const options = {format: 'csv', color: false, quiet: false, showUsed: false, ignoreBenign: false, ignoreUnknown: false} as const;

test('a user\'s actions', () => {
	const lines = answer(analysis(), {kind: 'principal', principal: 'user', name: 'alice'}, options).text.split('\r\n');
	expect(lines[0]).toBe('action,verdict,reasonCode,reason,count,failed,denied,firstUsed,lastUsed,events,deniedInPart,blockedBy,accessLevel,risk');
	const times = '2018-04-01T10:00:00Z,2018-05-01T10:00:00Z';
	expect(lines[1]).toBe(`cloudwatch:DescribeAlarmHistory,used,used,2 events in the window,2,1,0,${times},cloudwatch.amazonaws.com:DescribeAlarmHistory,false,,Read,`);
	expect(lines[6]).toMatch(/^s3:CreateBucket,ungranted,blocked,.*,false,Deny in Guard; boundary Limits,Read,$/);
	expect(lines).toHaveLength(8);
});

test('a list', () => {
	const lines = answer(analysis(), {kind: 'list', principals: 'users'}, options).text.split('\r\n');
	expect(lines[0]).toBe('arn,id,name,kind,created,verdict,reasonCode,reason,lastUsed,events,denied,unusedDangerous');
	expect(lines[3]).toBe('arn:aws:iam::123456789012:user/bob,AIDAEXAMPLE,bob,user,2017-09-02T18:02:14Z,unused,no-events,3 events in the window,,0,0,0');
	expect(lines[4]).toBe('arn:aws:iam::123456789012:user/charlie,,charlie,user,,used,used,3 events in the window,2018-05-01T10:00:00Z,3,1,0');
});

test('unmapped events', () => {
	expect(answer(analysis(), {kind: 'unmapped'}, options).text).toBe('eventSource,eventName,count\r\nnew.amazonaws.com,Invent,12\r\n');
});
