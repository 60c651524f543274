import {describe, expect, test} from 'vitest';
import {createAttribution, rootArn} from '../../source/domain/attribution.js';
import {account, usageRow} from './rows.js';
import {role, snapshotOf, user} from './snapshots.js';

const alice = user('alice', [], {id: 'AIDAALICEALICEALICE1'});
const bob = user('bob', [], {path: '/people/', arn: `arn:aws:iam::${account}:user/people/bob`});
const deploy = role('deploy', [], {id: 'AROADEPLOYDEPLOY0001', path: '/ci/', arn: `arn:aws:iam::${account}:role/ci/deploy`});
const snapshot = snapshotOf([alice, bob], [deploy]);
const attribute = createAttribution(snapshot);
const root = rootArn(snapshot);
const nobody = {identityArn: null, principalId: null, identityAccount: null};
const session = {identityType: 'AssumedRole', ...nobody, identityAccount: account};

const cases: Array<{name: string; row: Parameters<typeof usageRow>[0]; expected: string}> = [
	{name: 'an IAM user by its ARN', row: {}, expected: alice.arn},
	{name: 'an IAM user without ARN by account and user name (failed sign-in)', row: {...nobody, identityAccount: account, userName: 'bob'}, expected: bob.arn},
	{name: 'an IAM user without ARN nor account by the recipient account', row: {...nobody, userName: 'bob'}, expected: bob.arn},
	{name: 'an IAM user without ARN of another account', row: {...nobody, identityAccount: '999988887777', userName: 'bob'}, expected: 'other-account'},
	{name: 'a hidden user name is nobody', row: {...nobody, identityAccount: account, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS'}, expected: 'no-identity'},
	{name: 'a user that is not in the snapshot was deleted', row: {identityArn: `arn:aws:iam::${account}:user/gone`}, expected: 'deleted'},
	{name: 'a user made again keeps its ARN, not its id', row: {principalId: 'AIDAOTHEROTHEROTHER1'}, expected: 'deleted'},
	{name: 'an id that is no unique id tells nothing', row: {principalId: account}, expected: alice.arn},
	{name: 'a user whose snapshot has no id', row: {identityArn: bob.arn, principalId: 'AIDABOBBOBBOBBOBBOB1'}, expected: bob.arn},
	{name: 'a user of another account', row: {identityArn: 'arn:aws:iam::999988887777:user/alice'}, expected: 'other-account'},
	{name: 'a role session by its issuer, which has the path', row: {...session, issuerArn: deploy.arn, issuerId: 'AROADEPLOYDEPLOY0001'}, expected: deploy.arn},
	{name: 'a role made again keeps its ARN, not its id', row: {...session, issuerArn: deploy.arn, issuerId: 'AROAOLDOLDOLDOLD0001'}, expected: 'deleted'},
	{name: 'a role session without issuer by role name', row: {...session, identityArn: `arn:aws:sts::${account}:assumed-role/deploy`, principalId: 'AROADEPLOYDEPLOY0001'}, expected: deploy.arn},
	{name: 'a role session without issuer and another id', row: {...session, identityArn: `arn:aws:sts::${account}:assumed-role/deploy`, principalId: 'AROAOLDOLDOLDOLD0001'}, expected: 'deleted'},
	{name: 'a role session without issuer of another account', row: {...session, identityArn: 'arn:aws:sts::999988887777:assumed-role/deploy'}, expected: 'other-account'},
	{name: 'a role session without issuer and ARN', row: {...session}, expected: 'no-identity'},
	{name: 'the type Role, by the role ARN', row: {...session, identityType: 'Role', identityArn: deploy.arn}, expected: deploy.arn},
	{name: 'a role session of another account', row: {...session, issuerArn: 'arn:aws:iam::999988887777:role/ci/deploy'}, expected: 'other-account'},
	{name: 'a federated user is its session issuer', row: {identityType: 'FederatedUser', ...nobody, issuerType: 'IAMUser', issuerArn: alice.arn, issuerId: 'AIDAALICEALICEALICE1'}, expected: alice.arn},
	{name: 'a federated user of root is root', row: {identityType: 'FederatedUser', ...nobody, issuerType: 'Root', issuerArn: root, issuerId: account}, expected: root},
	{name: 'a federated user without issuer', row: {identityType: 'FederatedUser', ...nobody}, expected: 'no-identity'},
	{name: 'root by account', row: {identityType: 'Root', ...nobody, identityAccount: account}, expected: root},
	{name: 'root of another account', row: {identityType: 'Root', ...nobody, identityAccount: '999988887777'}, expected: 'other-account'},
	{name: 'root of no known account', row: {identityType: 'Root', ...nobody}, expected: 'no-identity'},
	{name: 'an AWS service', row: {identityType: 'AWSService', ...nobody}, expected: 'service'},
	{name: 'another AWS account', row: {identityType: 'AWSAccount', ...nobody}, expected: 'other-account'},
	...['SAMLUser', 'WebIdentityUser', 'IdentityCenterUser', 'Directory', 'Unknown', 'SomethingNew'].map(identityType =>
		({name: `${identityType} is nobody of IAM`, row: {identityType, ...nobody}, expected: 'no-identity'})),
	{name: 'a record without identity', row: {identityType: null, ...nobody}, expected: 'no-identity'},
	{name: 'a service event without identity', row: {identityType: null, ...nobody, eventType: 'AwsServiceEvent'}, expected: 'service'},
	{name: 'a service event is no call, whoever it names', row: {eventType: 'AwsServiceEvent'}, expected: 'service'},
	{name: 'a console action without identity', row: {identityType: null, ...nobody, eventType: 'AwsConsoleAction'}, expected: 'no-identity'},
	{name: 'a console action of a user', row: {eventType: 'AwsConsoleAction'}, expected: alice.arn},
	{name: 'an event type of a service\'s own counts', row: {eventType: 'Rds Data Service'}, expected: alice.arn},
	{name: 'an insight is no event of a principal', row: {eventType: 'AwsCloudTrailInsight', eventCategory: 'Insight'}, expected: 'not-counted'},
	{name: 'a network activity record repeats a call', row: {eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity'}, expected: 'not-counted'},
	{name: 'a network activity record repeats a call, in the newer spelling', row: {eventType: 'AwsVpceEvents'}, expected: 'not-counted'},
	{name: 'a call that a VPC endpoint policy refused has no other record', row: {eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity', errorCode: 'VpceAccessDenied'}, expected: alice.arn},
];

describe('whose event it is (Domain rules, section 1)', () => {
	test.each(cases)('$name', ({row, expected}) => {
		const found = attribute(usageRow(row));
		expect(found.kind === 'principal' ? found.arn : found.kind).toBe(expected);
	});
});

test('root\'s ARN is in the partition of the account', () => {
	expect(rootArn(snapshotOf([user('x', [], {arn: `arn:aws-cn:iam::${account}:user/x`})]))).toBe(`arn:aws-cn:iam::${account}:root`);
});
