import type {UsageRow} from '../../source/domain/usage.js';

export const account = '111122223333';

/** A successful management call of user alice; every test names what differs. */
export function usageRow(row: Partial<UsageRow> = {}): UsageRow {
	return {
		identityType: 'IAMUser',
		identityArn: `arn:aws:iam::${account}:user/alice`,
		identityAccount: account,
		principalId: 'AIDAALICEALICEALICE1',
		userName: null,
		issuerArn: null,
		issuerType: null,
		issuerId: null,
		recipientAccount: account,
		eventSource: 's3.amazonaws.com',
		eventName: 'ListBuckets',
		eventType: 'AwsApiCall',
		eventCategory: 'Management',
		managementEvent: true,
		readOnly: true,
		errorCode: null,
		hasErrorMessage: false,
		deniedAction: null,
		messageDenies: false,
		signInFailed: false,
		serviceNamespace: null,
		clientHost: null,
		sessionTags: false,
		sourceIdentity: false,
		count: 1,
		first: '2026-01-01T00:00:00Z',
		last: '2026-01-01T00:00:00Z',
		...row,
	};
}
