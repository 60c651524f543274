import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {athenaShape, collapsedMeasures, collapsedShape, readFilesSql} from '../../../source/trail/files/columns.js';
import {Engine} from '../../../source/trail/files/duckdb.js';
import {defineTrinoFunctions} from '../../../source/trail/files/segment.js';
import {groupedEventsSql, groupKeys, ordinals} from '../../../source/trail/query.js';
import {accountId, inTemporaryFolder, logRecord, logText, roleIdentity, writeTrail} from '../../support/trail-records.js';

const guest = {sharedEventID: 'shared', recipientAccountId: '444455556666'};
const denied = 'User: alice is not authorized to perform: s3:GetObject on resource: x';

/** Records of which several make one group, and the odd ones that must not. */
const records = [
	...['one', 'two', 'two'].map((session, index) => logRecord(`session-${index}`, {userIdentity: roleIdentity('app', session), eventTime: `2026-03-01T1${index}:00:00Z`})),
	logRecord('no-issuer', {userIdentity: {...roleIdentity('app', 'one'), sessionContext: {}}}),
	logRecord('no-issuer-2', {userIdentity: {...roleIdentity('app', 'two'), sessionContext: {}}}),
	logRecord('no-session', {userIdentity: {...roleIdentity('app', 'two'), arn: `arn:aws:sts::${accountId}:assumed-role/app`, sessionContext: {}}}),
	logRecord('path', {userIdentity: {type: 'IAMUser', accountId, arn: `arn:aws:iam::${accountId}:user/a/b/c`, principalId: 'AIDA'}}),
	logRecord('odd-path', {userIdentity: {type: 'IAMUser', accountId, arn: `arn:aws:iam::${accountId}:user/x:assumed-role/b/c`, principalId: 'AIDA:'}}),
	logRecord('day'),
	logRecord('next-day', {eventTime: '2026-03-02T00:00:00Z'}),
	logRecord('same-day', {eventTime: '2026-03-02T23:59:59Z', sharedEventID: 'its-own'}),
	...['g1', 'g2'].map(sharedEventID => logRecord(sharedEventID, {...guest, sharedEventID})),
	logRecord('service', {...guest, userIdentity: {type: 'AWSService', invokedBy: 'ec2.amazonaws.com'}}),
	...[denied, denied, 'explicit deny', ''].map((errorMessage, index) => logRecord(`denied-${index}`, {errorCode: 'AccessDenied', errorMessage})),
	...['one', 'two'].map(roleSessionName => logRecord(roleSessionName, {
		eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', requestParameters: {roleArn: `arn:aws:iam::${accountId}:role/app`, roleSessionName},
		responseElements: {credentials: {accessKeyId: `ASIA${roleSessionName}`}},
	})),
	logRecord('ssm', {eventSource: 'ssm.amazonaws.com', tlsDetails: {clientProvidedHostHeader: 'ssmmessages.us-east-1.amazonaws.com'}}),
	logRecord('scaling', {eventSource: 'autoscaling.amazonaws.com', requestParameters: {serviceNamespace: 'ecs'}}),
	logRecord('sign-in', {eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: {ConsoleLogin: 'Failure'}}),
	logRecord('bare', {userIdentity: undefined, readOnly: undefined, managementEvent: undefined, eventCategory: undefined, awsRegion: '', recipientAccountId: undefined}),
];

describe('collapsedShape', () => {
	it('gives the groups, the counts and the times that the events themselves give', async () => {
		await inTemporaryFolder(async folder => {
			await writeTrail(folder, {'x.json': logText(records)});
			const engine = await Engine.open(path.join(folder, 'spill'));
			const {signal} = new AbortController();
			try {
				await defineTrinoFunctions(engine, signal);
				await engine.run(`CREATE TABLE segment_rows AS ${readFilesSql([path.join(folder, 'x.json')], 0, 1_000_000)}`, signal);
				const ordered = `ORDER BY ${ordinals(groupKeys)}`;
				const each = await engine.rows(`${groupedEventsSql(`(${athenaShape('segment_rows')})`)} ${ordered}`, signal);
				const collapsed = await engine.rows(`${groupedEventsSql(`(${collapsedShape('segment_rows')})`, collapsedMeasures)} ${ordered}`, signal);
				expect(collapsed.map(row => ({...row, eventCount: Number(row.eventCount)}))).toEqual(each.map(row => ({...row, eventCount: Number(row.eventCount)})));
				expect(each.reduce((sum, row) => sum + Number(row.eventCount), 0)).toBe(records.length);
				expect(each.length).toBeLessThan(records.length);
			} finally {
				engine.close();
			}
		});
	});
});
