import {describe, expect, test} from 'vitest';
import type {ActionEvidence} from '../../source/app/analysis.js';
import {printEvidence} from '../../source/print/evidence.js';
import {objectOf} from '../support/documents.js';
import {schemaErrors} from '../support/json-schema.js';
import {analysis, grant} from './analyses.js';

const alice = 'arn:aws:iam::123456789012:user/alice';

const evidence: ActionEvidence = {
	action: 's3:CreateBucket',
	verdict: 'ungranted',
	reasonCode: 'blocked',
	reason: 'used in the window, blocked now by permissions boundary Limits',
	deniedInPart: false,
	grantedBy: [grant],
	blockedBy: ['permissions boundary Limits'],
	provedBy: ['s3.amazonaws.com:CreateBucket'],
	seen: [
		{
			event: 's3.amazonaws.com:CreateBucket', relation: 'proof', outcome: 'succeeded', errorCode: null, count: 3, first: '2018-04-01T10:00:00Z', last: '2018-05-01T10:00:00Z',
			sample: {eventId: 'e1', region: 'eu-west-1', sourceAddress: '192.0.2.1', userAgent: 'aws-cli'},
		},
		{
			event: 's3.amazonaws.com:CreateBucket', relation: 'proof', outcome: 'denied', errorCode: 'AccessDenied', count: 1, first: '2018-05-02T10:00:00Z', last: '2018-05-02T10:00:00Z',
			sample: {eventId: null, region: null, sourceAddress: null, userAgent: null},
		},
	],
	changes: [{
		certain: true,
		change: {
			time: '2018-05-01T11:00:00Z', eventSource: 'iam.amazonaws.com', eventName: 'PutUserPermissionsBoundary',
			actor: 'arn:aws:iam::123456789012:user/bob', eventId: 'e2', parameters: {userName: 'alice'},
		},
	}],
};

const unused: ActionEvidence = {
	action: 's3:DeleteBucket', verdict: 'unused', reasonCode: 'not-used', reason: 'none was seen', deniedInPart: false, grantedBy: [grant], blockedBy: [], provedBy: [], seen: [], changes: [],
};

const print = (format: 'text' | 'json' | 'csv', shown = evidence, account = analysis()): string => printEvidence(account, alice, shown, format).text;

describe('JSON', () => {
	test.each([
		['with all its parts', evidence],
		['of a granted action that nobody used', unused],
		['of an action neither granted nor used', {...unused, verdict: null, grantedBy: []}],
	])('evidence %s is what docs/ says', (_, shown) => {
		expect(schemaErrors('evidence', JSON.parse(print('json', shown)))).toEqual([]);
	});

	test('a missing key and one too many are errors', () => {
		const document = objectOf(print('json'));
		const {provedBy: _provedBy, ...rest} = objectOf(JSON.stringify(document.evidence));
		expect(schemaErrors('evidence', {...document, more: 1})).not.toEqual([]);
		expect(schemaErrors('evidence', {...document, evidence: rest})).not.toEqual([]);
	});

	test('the document, key by key', () => {
		expect(objectOf(print('json'))).toMatchObject({
			schemaVersion: 1,
			principal: {arn: alice, name: 'alice'},
			evidence: {
				action: 's3:CreateBucket',
				verdict: 'ungranted',
				reasonCode: 'blocked',
				blockedBy: ['permissions boundary Limits'],
				grantedBy: [{policy: 'Readers', statement: 0, via: {kind: 'group', name: 'developers'}}],
				provedBy: ['s3.amazonaws.com:CreateBucket'],
				seen: [{outcome: 'succeeded', count: 3, sample: {eventId: 'e1', region: 'eu-west-1', sourceAddress: '192.0.2.1', userAgent: 'aws-cli'}}, {outcome: 'denied', sample: {eventId: null}}],
				changes: [{time: '2018-05-01T11:00:00Z', event: 'iam.amazonaws.com:PutUserPermissionsBoundary', actor: 'arn:aws:iam::123456789012:user/bob', eventId: 'e2', certain: true}],
			},
		});
	});
});

test('CSV has a row for each piece of the evidence, in the order of the printed lines', () => {
	expect(print('csv').split('\r\n')).toEqual([
		'action,verdict,evidence,subject,relation,outcome,errorCode,count,first,last,eventId,region,sourceAddress,userAgent,actor',
		's3:CreateBucket,ungranted,why,"used in the window, blocked now by permissions boundary Limits",,,,,,,,,,,',
		expect.stringMatching(/^s3:CreateBucket,ungranted,granted-by,"managed policy Readers, statement 0, through group developers, on \*",{11}$/) as unknown,
		's3:CreateBucket,ungranted,blocked-by,permissions boundary Limits,,,,,,,,,,,',
		's3:CreateBucket,ungranted,proved-by,s3.amazonaws.com:CreateBucket,,,,,,,,,,,',
		's3:CreateBucket,ungranted,seen,s3.amazonaws.com:CreateBucket,proof,succeeded,,3,2018-04-01T10:00:00Z,2018-05-01T10:00:00Z,e1,eu-west-1,192.0.2.1,aws-cli,',
		's3:CreateBucket,ungranted,seen,s3.amazonaws.com:CreateBucket,proof,denied,AccessDenied,1,2018-05-02T10:00:00Z,2018-05-02T10:00:00Z,,,,,',
		's3:CreateBucket,ungranted,changed-by,iam.amazonaws.com:PutUserPermissionsBoundary,certain,,,1,2018-05-01T11:00:00Z,2018-05-01T11:00:00Z,e2,,,,arn:aws:iam::123456789012:user/bob',
		'',
	]);
});

test('CSV of what nothing is known of has the reason alone, and a Deny of a part is called so', () => {
	expect(print('csv', {...unused, verdict: null, grantedBy: []}).split('\r\n').slice(1)).toEqual(['s3:DeleteBucket,,why,none was seen,,,,,,,,,,,', '']);
	expect(print('csv', {...unused, deniedInPart: true, blockedBy: ['Deny in Guard']})).toContain('s3:DeleteBucket,unused,denied-in-part-by,Deny in Guard,');
});

test('a line of text for each fact, and nothing that a terminal would act on', () => {
	const agent = '\u001B]0;x\u0007evil\n- s3:fake';
	const [seen] = evidence.seen;
	const text = print('text', {...evidence, seen: seen ? [{...seen, sample: {...seen.sample, userAgent: agent}}] : []});
	expect(text).toContain(String.raw`by \x1b]0;x\x07evil\n- s3:fake`);
	expect(text.split('\n')[0]).toBe('s3:CreateBucket: used, not granted today (+)');
	expect(text.endsWith('\n')).toBe(true);
});

test('what the principal\'s policies lack is said beside the evidence and in it: a grant may be missing', () => {
	const account = analysis({}, {notes: ['policy X is missing']});
	for (const format of ['text', 'json', 'csv'] as const) {
		expect(printEvidence(account, alice, unused, format).warnings, format).toEqual([{code: 'policy-note', message: 'policy X is missing'}]);
	}

	expect(objectOf(print('json', unused, account)).warnings).toContainEqual({code: 'policy-note', message: 'policy X is missing'});
});
