import {iamArn, uniqueId} from './account.js';
import {demoPolicies, policyArn} from './policies.js';
import {demoGroups, demoRoles, demoUsers, type DemoEntity} from './principals.js';

const dayMs = 86_400_000;

/** As the AWS CLI writes instants: with an offset. */
function cliTime(instant: string): string {
	return instant.replace('Z', '+00:00');
}

/** Noon of a day before the last day of the logs, as the AWS CLI writes it. */
function daysBefore(lastDay: number, days: number): string {
	return cliTime(`${new Date(lastDay - days * dayMs).toISOString().slice(0, 10)}T12:00:00Z`);
}

function attachedOf(names: readonly string[]): unknown[] {
	return demoPolicies.filter(({name}) => names.includes(name)).map(policy => ({PolicyName: policy.name, PolicyArn: policyArn(policy)}));
}

function inlineOf({inline}: DemoEntity): unknown[] {
	return Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({PolicyName, PolicyDocument}));
}

function boundaryOf(name: string | null): Readonly<Record<string, unknown>> {
	return name === null ? {} : {PermissionsBoundary: {PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: iamArn(`policy/${name}`)}};
}

/** The output of `aws iam get-account-authorization-details` for the demo account; `lastDay` is the midnight (UTC, milliseconds) of the logs' last day. */
export function demoIam(lastDay: number): unknown {
	const attachments = [...demoUsers, ...demoGroups, ...demoRoles].flatMap(({attached}) => attached);
	const boundaries = [...demoUsers, ...demoRoles].map(({boundary}) => boundary);
	return {
		UserDetailList: demoUsers.map(user => ({
			Path: user.path, UserName: user.name, UserId: uniqueId('AIDA', user.name), Arn: iamArn(`user${user.path}${user.name}`), CreateDate: cliTime(user.created),
			...(Object.keys(user.inline).length > 0 ? {UserPolicyList: inlineOf(user)} : {}),
			GroupList: user.groups, AttachedManagedPolicies: attachedOf(user.attached), ...boundaryOf(user.boundary), Tags: [],
		})),
		GroupDetailList: demoGroups.map(group => ({
			Path: group.path, GroupName: group.name, GroupId: uniqueId('AGPA', group.name), Arn: iamArn(`group${group.path}${group.name}`), CreateDate: '2019-01-07T08:00:00+00:00',
			GroupPolicyList: inlineOf(group), AttachedManagedPolicies: attachedOf(group.attached),
		})),
		RoleDetailList: demoRoles.map(role => ({
			Path: role.path, RoleName: role.name, RoleId: uniqueId('AROA', role.name), Arn: iamArn(`role${role.path}${role.name}`),
			CreateDate: typeof role.created === 'number' ? daysBefore(lastDay, role.created) : cliTime(role.created),
			AssumeRolePolicyDocument: role.trust, InstanceProfileList: [], RolePolicyList: inlineOf(role), AttachedManagedPolicies: attachedOf(role.attached),
			...boundaryOf(role.boundary), Tags: [],
			RoleLastUsed: role.lastUsed === null ? {} : {LastUsedDate: daysBefore(lastDay, role.lastUsed), Region: 'us-east-1'},
		})),
		Policies: demoPolicies.map(policy => ({
			PolicyName: policy.name, PolicyId: uniqueId('ANPA', policy.name), Arn: policyArn(policy), Path: policy.path, DefaultVersionId: 'v1',
			AttachmentCount: attachments.filter(name => name === policy.name).length,
			PermissionsBoundaryUsageCount: boundaries.filter(name => name === policy.name).length,
			IsAttachable: true, CreateDate: '2017-09-02T18:00:00+00:00', UpdateDate: '2017-09-02T18:00:00+00:00',
			PolicyVersionList: [{Document: policy.document, VersionId: 'v1', IsDefaultVersion: true, CreateDate: '2017-09-02T18:00:00+00:00'}],
		})),
	};
}
