import {auditorAccountId, demoAccountId, iamArn, uniqueId} from './account.js';
import type {Actor} from './actors.js';
import {demoRoles} from './principals.js';

type Fields = Readonly<Record<string, unknown>>;

export type DemoSession = Extract<Actor['identity'], {readonly role: string}>;

/** The sts call that opens a session, and whose call it is. */
export type Opening = {readonly name: string; readonly identity: Fields; readonly address: string; readonly agent: string};

/** ARN of a demo role, with its path. */
export function roleArn(name: string): string {
	return iamArn(`role${demoRoles.find(role => role.name === name)?.path ?? '/'}${name}`);
}

/** ARN of a session of a demo role: without the path. */
export function sessionArn(role: string, session: string): string {
	return `arn:aws:sts::${demoAccountId}:assumed-role/${role}/${session}`;
}

/** userIdentity of a user with a long-lived access key. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export function userIdentity(name: string): Fields {
	return {type: 'IAMUser', principalId: uniqueId('AIDA', name), arn: iamArn(`user/${name}`), accountId: demoAccountId, accessKeyId: uniqueId('AKIA', name).slice(0, 20), userName: name};
}

/** userIdentity of a session that was opened at an instant with the access key. */
export function sessionIdentity({role, session, opener}: DemoSession, accessKeyId: string, opened: string): Fields {
	return {
		type: 'AssumedRole', principalId: `${uniqueId('AROA', role)}:${session}`, arn: sessionArn(role, session), accountId: demoAccountId, accessKeyId,
		sessionContext: {
			sessionIssuer: {type: 'Role', principalId: uniqueId('AROA', role), arn: roleArn(role), accountId: demoAccountId, userName: role},
			...(opener.kind === 'pipeline' ? {webIdFederationData: {federatedProvider: iamArn('oidc-provider/token.actions.githubusercontent.com'), attributes: {}}} : {}),
			attributes: {creationDate: opened, mfaAuthenticated: opener.kind === 'user' ? 'true' : 'false'},
			...(opener.kind === 'instance' ? {ec2RoleDelivery: '2.0'} : {}),
		},
		...(isServiceLinked(role) && opener.kind === 'service' ? {invokedBy: opener.host} : {}),
	};
}

/** Who opens a session, by which call, from where. Null for an instance profile, whose credentials come without a call. */
export function openingOf({address, agent}: Actor, {role, session, opener}: DemoSession): Opening | null {
	switch (opener.kind) {
		case 'user': {
			return {name: 'AssumeRole', identity: userIdentity(opener.name), address, agent};
		}

		case 'service': {
			return {name: 'AssumeRole', identity: {type: 'AWSService', invokedBy: opener.host}, address: opener.host, agent: opener.host};
		}

		case 'saml': {
			return {
				name: 'AssumeRoleWithSAML', address, agent,
				identity: {type: 'SAMLUser', principalId: `${uniqueId('', role)}=:${session}`, userName: session, identityProvider: uniqueId('', role)},
			};
		}

		case 'pipeline': {
			const provider = iamArn('oidc-provider/token.actions.githubusercontent.com');
			return {
				name: 'AssumeRoleWithWebIdentity', address, agent,
				identity: {type: 'WebIdentityUser', principalId: `${provider}:sts.amazonaws.com:${opener.subject}`, userName: opener.subject, identityProvider: provider},
			};
		}

		case 'auditor': {
			return {name: 'AssumeRole', identity: {type: 'AWSAccount', principalId: `${uniqueId('AROA', 'auditor')}:${session}`, accountId: auditorAccountId}, address, agent};
		}

		case 'instance': {
			return null;
		}
	}
}

function isServiceLinked(role: string): boolean {
	return role.startsWith('AWSServiceRoleFor');
}
