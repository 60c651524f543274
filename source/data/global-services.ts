/** Where CloudTrail records the calls of a service that has one endpoint for all regions. */
export type GlobalService = {
	/** Region of its events in the partition "aws". */
	readonly region: string;
	/** The page of AWS that says so; null where it is the general rule of the CloudTrail concepts page. */
	readonly page: string | null;
};

/** "For most global services, events are logged as occurring in US East (N. Virginia)": the general rule. */
export const globalServicesPage = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html';

const virginia = (page: string | null = null): GlobalService => ({region: 'us-east-1', page});
const oregon = (page: string): GlobalService => ({region: 'us-west-2', page});

/** By IAM prefix. A service is here when a trail without its region cannot see it. */
export const globalServices: Readonly<Record<string, GlobalService>> = {
	account: virginia(),
	artifact: virginia(),
	'aws-marketplace': virginia(),
	'aws-portal': virginia(),
	'bcm-dashboards': virginia(),
	'bcm-data-exports': virginia(),
	'bcm-pricing-calculator': virginia(),
	'bcm-recommended-actions': virginia(),
	billing: virginia(),
	billingconductor: virginia(),
	budgets: virginia(),
	ce: virginia(),
	chime: virginia(),
	cloudfront: virginia('https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging_using_cloudtrail.html'),
	'cloudfront-keyvaluestore': virginia('https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging_using_cloudtrail.html'),
	consolidatedbilling: virginia(),
	'cost-optimization-hub': virginia(),
	cur: virginia(),
	'ecr-public': virginia(),
	freetier: virginia(),
	globalaccelerator: oregon('https://docs.aws.amazon.com/global-accelerator/latest/dg/logging-using-cloudtrail.html'),
	health: virginia(),
	iam: virginia('https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html'),
	invoicing: virginia(),
	mechanicalturk: virginia(),
	networkmanager: oregon('https://docs.aws.amazon.com/network-manager/latest/tgwnm/nm-logging-using-cloudtrail.html'),
	organizations: virginia('https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html'),
	payments: virginia(),
	pricing: virginia(),
	'purchase-orders': virginia(),
	route53: virginia('https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html'),
	route53domains: virginia('https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html'),
	savingsplans: virginia(),
	shield: virginia(),
	sts: virginia('https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html'),
	support: virginia('https://docs.aws.amazon.com/awssupport/latest/user/logging-using-cloudtrail.html'),
	'support-console': virginia(),
	supportapp: virginia(),
	supportplans: virginia(),
	sustainability: virginia(),
	tax: virginia(),
	trustedadvisor: virginia(),
	waf: virginia(),
};

/** The region of global events in the other partitions. */
export const globalRegions: Readonly<Record<string, string>> = {
	'aws-us-gov': 'us-gov-west-1',
	'aws-cn': 'cn-north-1',
};
