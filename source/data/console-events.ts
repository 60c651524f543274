/**
Calls of consoles that AWS names as CloudTrail events without naming the IAM action that decides about them: any action of the services may have.
They are neither a use nor unmapped: what is granted of these services and otherwise unseen is an "unknown".
*/
export type ConsoleEvents = {
	/** IAM prefixes, separated by white space. */
	readonly services: string;
	/** Event names, separated by white space; "*" stands for every name that is no action. */
	readonly events: string;
};

/**
By event source label.

Billing, payments, taxes, purchase orders: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/logging-using-cloudtrail.html (the events),
https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-permissions-ref.html (the actions).
IAM Identity Center: https://docs.aws.amazon.com/singlesignon/latest/userguide/logging-using-cloudtrail.html ; its actions of these names left the
Service Authorization Reference.
*/
export const consoleEvents: Readonly<Record<string, ConsoleEvents>> = {
	billingconsole: {
		services: 'account aws-portal billing ce consolidatedbilling cur customer-verification freetier invoicing payments purchase-orders tax',
		events: '*',
	},
	'customer-verification': {services: 'customer-verification', events: '*'},
	'purchase-orders': {services: 'purchase-orders', events: '*'},
	sso: {
		services: 'sso sso-directory',
		events: `
			DeletePermissionsPolicy DeleteSSO DescribeDirectories DescribePermissionsPolicies DescribeTrusts GetPeregrineStatus GetPermissionsPolicy
			ProvisionApplicationInstanceForAWSAccount ProvisionApplicationProfileForAWSAccountInstance ProvisionSAMLProvider
			UpdateApplicationProfileForAWSAccountInstance UpdateDirectoryAssociation`,
	},
	'sso-directory': {services: 'sso sso-directory', events: 'PutMfaDeviceManagementForDirectory'},
	taxconsole: {services: 'aws-portal tax', events: '*'},
};
