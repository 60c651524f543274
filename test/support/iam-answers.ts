import {Buffer} from 'node:buffer';
import type {QueryAnswer, QueryCall} from './aws-query-server.js';

export const accountId = '012345678901';

/** A policy document as the IAM API gives it. */
export const encoded = (document: unknown): string => encodeURIComponent(JSON.stringify(document)).replaceAll(/[!'()*]/g, character => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`);

export const identityXml = (account = accountId): string => `<Arn>arn:aws:iam::${account}:user/auditor</Arn><UserId>AIDAAUDITOR</UserId><Account>${account}</Account>`;

const listing = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]};

export function userXml(name: string, document: unknown = listing): string {
	return `<member><Path>/</Path><UserName>${name}</UserName><UserId>AIDA${name.toUpperCase()}</UserId><Arn>arn:aws:iam::${accountId}:user/${name}</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate>`
		+ `<UserPolicyList><member><PolicyName>own</PolicyName><PolicyDocument>${encoded(document)}</PolicyDocument></member></UserPolicyList><GroupList/><AttachedManagedPolicies/></member>`;
}

export function roleXml(name: string): string {
	const trust = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: {Service: 'ec2.amazonaws.com'}, Action: 'sts:AssumeRole'}]};
	return `<member><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA${name.toUpperCase()}</RoleId><Arn>arn:aws:iam::${accountId}:role/${name}</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate>`
		+ `<AssumeRolePolicyDocument>${encoded(trust)}</AssumeRolePolicyDocument><RolePolicyList/><AttachedManagedPolicies/><RoleLastUsed><LastUsedDate>2024-02-03T04:05:06Z</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed></member>`;
}

/** One page of GetAccountAuthorizationDetails; `marker` says that there is more. */
export function detailsXml({users = [], roles = [], marker}: {readonly users?: readonly string[]; readonly roles?: readonly string[]; readonly marker?: string}): string {
	return `<UserDetailList>${users.join('')}</UserDetailList><RoleDetailList>${roles.join('')}</RoleDetailList><GroupDetailList/><Policies/>`
		+ `<IsTruncated>${marker !== undefined}</IsTruncated>${marker === undefined ? '' : `<Marker>${marker}</Marker>`}`;
}

const reportHead = 'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,'
	+ 'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,'
	+ 'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

/** A credential report of users with the last uses of their password and two keys. */
export function reportCsv(users: Readonly<Record<string, readonly [password: string, key1: string, key2: string]>>, account = accountId): string {
	const line = (name: string, arn: string, [password, key1, key2]: readonly string[]): string => [
		name, arn, '2020-01-02T03:04:05+00:00', 'true', password, '2020-01-02T03:04:05+00:00', 'N/A', 'false',
		'true', '2020-01-02T03:04:05+00:00', key1, 'us-east-1', 's3', 'false', 'N/A', key2, 'N/A', 'N/A', 'false', 'N/A', 'false', 'N/A',
	].join(',');
	return [
		reportHead,
		line('<root_account>', `arn:aws:iam::${account}:root`, ['no_information', 'N/A', 'N/A']),
		...Object.entries(users).map(([name, uses]) => line(name, `arn:aws:iam::${account}:user/${name}`, uses)),
	].join('\n');
}

/** Answers of an account with two users and a role on one page, and a report; `changes` answers some actions otherwise. */
export function answers(changes: Readonly<Record<string, (call: QueryCall, before: number) => QueryAnswer>> = {}): (call: QueryCall, before: number) => QueryAnswer {
	const report = reportCsv({alice: ['2024-03-02T01:02:03+00:00', '2024-03-01T00:00:00+00:00', 'N/A'], bob: ['no_information', 'N/A', 'N/A']});
	const usual: Readonly<Record<string, string>> = {
		GetCallerIdentity: identityXml(),
		GetAccountAuthorizationDetails: detailsXml({users: [userXml('alice'), userXml('bob')], roles: [roleXml('ci')]}),
		GenerateCredentialReport: '<State>COMPLETE</State>',
		GetCredentialReport: `<Content>${Buffer.from(report).toString('base64')}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2024-03-03T00:00:00Z</GeneratedTime>`,
		ListUsers: '<Users>'
			+ `<member><Path>/</Path><UserName>alice</UserName><UserId>AIDAALICE</UserId><Arn>arn:aws:iam::${accountId}:user/alice</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate><PasswordLastUsed>2024-03-02T01:02:03Z</PasswordLastUsed></member>`
			+ `<member><Path>/</Path><UserName>bob</UserName><UserId>AIDABOB</UserId><Arn>arn:aws:iam::${accountId}:user/bob</Arn><CreateDate>2020-01-02T03:04:05Z</CreateDate></member>`
			+ '</Users><IsTruncated>false</IsTruncated>',
	};
	return (call, before) => {
		const action = call.Action ?? '';
		const change = changes[action];
		if (change) {
			return change(call, before);
		}

		if (action === 'ListAccessKeys') {
			return {xml: `<AccessKeyMetadata><member><UserName>${call.UserName ?? ''}</UserName><AccessKeyId>AKIA${(call.UserName ?? '').toUpperCase()}</AccessKeyId><Status>Active</Status></member></AccessKeyMetadata><IsTruncated>false</IsTruncated>`};
		}

		if (action === 'GetAccessKeyLastUsed') {
			const used = call.AccessKeyId === 'AKIABOB' ? '<LastUsedDate>2024-03-05T06:07:08Z</LastUsedDate>' : '';
			return {xml: `<UserName>x</UserName><AccessKeyLastUsed>${used}<ServiceName>s3</ServiceName><Region>us-east-1</Region></AccessKeyLastUsed>`};
		}

		const xml = usual[action];
		return xml === undefined ? {error: 'InvalidAction', message: `no answer to ${action}`} : {xml};
	};
}

export const denied = (call: QueryCall): QueryAnswer => ({
	error: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${accountId}:user/auditor is not authorized to perform: iam:${call.Action ?? ''}`,
});
