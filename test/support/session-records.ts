import {accountId, logRecord, type LogRecord} from './trail-records.js';

/** ARN of a role, with a path that its sessions' ARNs do not have. */
export const roleArnOf = (role: string, account = accountId): string => `arn:aws:iam::${account}:role/app/${role}`;

/** The identity of a user with a long-lived key. */
export function userOf(name: string, account = accountId): LogRecord {
	return {type: 'IAMUser', principalId: `AIDA${name.toUpperCase()}`, arn: `arn:aws:iam::${account}:user/${name}`, accountId: account, accessKeyId: `AKIA${name.toUpperCase()}`, userName: name};
}

/** The identity of a role's session, with the access key that it was opened with (none: undefined). */
export function sessionOf(role: string, session: string, key?: string, account = accountId): LogRecord {
	const id = `AROA${role.toUpperCase()}`;
	return {
		type: 'AssumedRole', principalId: `${id}:${session}`, arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`, accountId: account, ...(key === undefined ? {} : {accessKeyId: key}),
		sessionContext: {sessionIssuer: {type: 'Role', principalId: id, arn: roleArnOf(role, account), accountId: account, userName: role}},
	};
}

type Opening = {
	readonly by: LogRecord;
	readonly role: string;
	readonly session: string;
	/** The access key of the response; none where the log lacks it. */
	readonly key?: string;
	readonly account?: string;
};

/** The call that opened a session. */
export function opening(eventID: string, {by, role, session, key, account}: Opening, changes: LogRecord = {}): LogRecord {
	return logRecord(eventID, {
		userIdentity: by, eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole',
		requestParameters: {roleArn: roleArnOf(role, account), roleSessionName: session},
		responseElements: key === undefined ? null : {credentials: {accessKeyId: key, sessionToken: 'x', expiration: '2026-03-01T11:00:00Z'}},
		...changes,
	});
}

/** What a session did: by default an hour after the openings of the tests. */
export function deed(eventID: string, identity: LogRecord, eventName = 'ListBuckets', changes: LogRecord = {}): LogRecord {
	return logRecord(eventID, {userIdentity: identity, eventName, eventTime: '2026-03-01T11:00:00Z', ...changes});
}
