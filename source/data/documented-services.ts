/** A page of AWS that says which API calls of a service CloudTrail records. */
export type DocumentedService = {
	/** IAM prefix. */
	readonly service: string;
	readonly page: string;
	/** The actions that the page lists, without prefix, separated by white space; null where it says "all" or speaks of the service as a whole. */
	readonly actions: string | null;
};

/** Services whose actions IAM learns from CloudTrail's management events, one by one, and so can put into a generated policy. */
const iamPage = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation-action-last-accessed-support.html';

const onIamPage = `
	access-analyzer account airflow amplify amplifyuibuilder app-integrations appflow appsync aps athena aws-marketplace batch braket cloud9
	cloudformation cloudsearch cloudtrail codeartifact codeguru-profiler codeguru-reviewer codestar codestar-notifications
	cognito-identity cognito-idp cognito-sync compute-optimizer connect cur databrew dataexchange datapipeline dax devicefarm devops-guru
	directconnect dlm dms ds dynamodb ebs ec2 ecr ecr-public ecs eks elasticbeanstalk elasticfilesystem elasticloadbalancing elastictranscoder
	emr-containers es evidently finspace firehose fis fms geo grafana greengrass groundstation guardduty healthlake iam identitystore
	imagebuilder inspector inspector2 iotdeviceadvisor iotfleethub iottwinmaker ivs kafka kafkaconnect kinesis kms lambda lightsail
	lookoutequipment lookoutmetrics lookoutvision managedblockchain mediaconnect mediaconvert medialive mediatailor memorydb mgh mgn
	migrationhub-strategy mobiletargeting mq networkmanager nimble opsworks outposts panorama pi polly profile qldb ram rbin rds redshift-data
	resource-groups route53-recovery-control-config route53-recovery-readiness route53resolver rum s3 s3-outposts savingsplans schemas sdb
	secretsmanager securityhub servicediscovery servicequotas ses shield signer sms sms-voice snowball sqs ssm ssm-incidents sts swf synthetics
	tag textract timestream transcribe translate wellarchitected`;

/** Services of which a page of AWS says that CloudTrail records their API calls. What is in none of them is only assumed to be recorded. */
export const documentedServices: readonly DocumentedService[] = [
	...onIamPage.trim().split(/\s+/).map(service => ({service, page: iamPage, actions: null})),
	{service: 'acm-pca', page: 'https://docs.aws.amazon.com/privateca/latest/userguide/PcaCtIntro.html', actions: null},
	{service: 'apigateway', page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html', actions: null},
	{service: 'autoscaling', page: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/logging-using-cloudtrail.html', actions: null},
	{service: 'autoscaling-plans', page: 'https://docs.aws.amazon.com/autoscaling/plans/userguide/logging-using-cloudtrail.html', actions: null},
	{service: 'backup', page: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html', actions: null},
	{service: 'bedrock', page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html', actions: null},
	{service: 'chime', page: 'https://docs.aws.amazon.com/chime/latest/ag/cloudtrail.html', actions: null},
	{service: 'codebuild', page: 'https://docs.aws.amazon.com/codebuild/latest/userguide/cloudtrail.html', actions: null},
	{service: 'codecommit', page: 'https://docs.aws.amazon.com/codecommit/latest/userguide/integ-cloudtrail.html', actions: null},
	{service: 'codepipeline', page: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/monitoring-cloudtrail-logs.html', actions: null},
	{service: 'config', page: 'https://docs.aws.amazon.com/config/latest/developerguide/log-api-calls.html', actions: null},
	{service: 'datasync', page: 'https://docs.aws.amazon.com/datasync/latest/userguide/logging-using-cloudtrail.html', actions: null},
	{service: 'elasticache', page: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/logging-using-cloudtrail.html', actions: null},
	{service: 'elasticmapreduce', page: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/logging-using-cloudtrail.html', actions: null},
	{service: 'events', page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-cw-api-calls-eb.html', actions: null},
	{service: 'glue', page: 'https://docs.aws.amazon.com/glue/latest/dg/monitor-cloudtrail.html', actions: null},
	{service: 'kinesisanalytics', page: 'https://docs.aws.amazon.com/kinesisanalytics/latest/dev/logging-using-cloudtrail.html', actions: null},
	{service: 'organizations', page: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_security_incident-response.html', actions: null},
	{service: 'redshift', page: 'https://docs.aws.amazon.com/redshift/latest/mgmt/logging-with-cloudtrail.html', actions: null},
	{service: 'sagemaker', page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html', actions: null},
	{service: 'states', page: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html', actions: null},
	{service: 'storagegateway', page: 'https://docs.aws.amazon.com/storagegateway/latest/tgw/logging-using-cloudtrail.html', actions: null},
	{service: 'thinclient', page: 'https://docs.aws.amazon.com/workspaces-thin-client/latest/ag/logging-using-cloudtrail.html', actions: null},
	{service: 'transfer', page: 'https://docs.aws.amazon.com/transfer/latest/userguide/logging-using-cloudtrail.html', actions: null},
	{service: 'waf', page: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-using-cloudtrail.html', actions: null},
	{service: 'waf-regional', page: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-using-cloudtrail.html', actions: null},
	{service: 'wafv2', page: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-using-cloudtrail.html', actions: null},
	{service: 'rekognition', page: 'https://docs.aws.amazon.com/rekognition/latest/dg/logging-using-cloudtrail.html', actions: null},
	{service: 'support', page: 'https://docs.aws.amazon.com/awssupport/latest/user/logging-using-cloudtrail.html', actions: null},
	{
		service: 'sns',
		page: 'https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html',
		actions: `
			AddPermission CheckIfPhoneNumberIsOptedOut ConfirmSubscription CreatePlatformApplication CreatePlatformEndpoint CreateSMSSandboxPhoneNumber
			CreateTopic DeleteEndpoint DeletePlatformApplication DeleteSMSSandboxPhoneNumber DeleteTopic GetDataProtectionPolicy GetEndpointAttributes
			GetPlatformApplicationAttributes GetSMSAttributes GetSMSSandboxAccountStatus GetSubscriptionAttributes GetTopicAttributes
			ListEndpointsByPlatformApplication ListOriginationNumbers ListPhoneNumbersOptedOut ListPlatformApplications ListSMSSandboxPhoneNumbers
			ListSubscriptions ListSubscriptionsByTopic ListTagsForResource ListTopics OptInPhoneNumber PutDataProtectionPolicy RemovePermission
			SetEndpointAttributes SetPlatformApplicationAttributes SetSMSAttributes SetSubscriptionAttributes SetTopicAttributes Subscribe TagResource
			Unsubscribe UntagResource VerifySMSSandboxPhoneNumber`,
	},
	{
		service: 'cloudwatch',
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: `
			DeleteAlarms DeleteAnomalyDetector DeleteDashboards DeleteInsightRules DeleteMetricStream DescribeAlarmHistory DescribeAlarms DescribeAlarmsForMetric
			DescribeAnomalyDetectors DescribeInsightRules DisableAlarmActions DisableInsightRules EnableAlarmActions EnableInsightRules GetDashboard
			GetInsightRuleReport GetMetricStream ListDashboards ListManagedInsightRules ListMetricStreams ListTagsForResource PutAnomalyDetector
			PutCompositeAlarm PutDashboard PutInsightRule PutLogAlarm PutManagedInsightRules PutMetricAlarm PutMetricStream SetAlarmState
			StartMetricStreams StopMetricStreams TagResource UntagResource`,
	},
	{
		service: 'logs',
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html',
		actions: `
			AssociateKmsKey CancelExportTask CreateDelivery CreateExportTask CreateLogAnomalyDetector CreateLogGroup CreateLogStream DeleteAccountPolicy
			DeleteDataProtectionPolicy DeleteDelivery DeleteDeliveryDestination DeleteDeliveryDestinationPolicy DeleteDeliverySource DeleteDestination
			DeleteIndexPolicy DeleteIntegration DeleteLogAnomalyDetector DeleteLogGroup DeleteLogStream DeleteMetricFilter DeleteQueryDefinition
			DeleteResourcePolicy DeleteRetentionPolicy DeleteSubscriptionFilter DeleteTransformer DescribeAccountPolicies DescribeConfigurationTemplates
			DescribeDeliveries DescribeDeliveryDestinations DescribeDeliverySources DescribeDestinations DescribeExportTasks DescribeFieldIndexes
			DescribeIndexPolicies DescribeLogGroups DescribeLogStreams DescribeMetricFilters DescribeQueries DescribeQueryDefinitions
			DescribeResourcePolicies DescribeSubscriptionFilters DisassociateKmsKey FilterLogEvents GetDataProtectionPolicy GetDelivery
			GetDeliveryDestination GetDeliveryDestinationPolicy GetDeliverySource GetIntegration GetLogAnomalyDetector GetLogEvents GetLogGroupFields
			GetLogRecord GetQueryResults GetTransformer ListAnomalies ListIntegrations ListLogAnomalyDetectors ListLogGroups ListLogGroupsForQuery
			ListTagsForResource ListTagsLogGroup PutAccountPolicy PutDataProtectionPolicy PutDeliveryDestination PutDeliveryDestinationPolicy
			PutDeliverySource PutDestination PutDestinationPolicy PutIndexPolicy PutIntegration PutMetricFilter PutQueryDefinition PutResourcePolicy
			PutRetentionPolicy PutSubscriptionFilter PutTransformer StartLiveTail StartQuery StopQuery TagResource TestMetricFilter TestTransformer
			UntagResource UpdateAnomaly UpdateDeliveryConfiguration UpdateLogAnomalyDetector`,
	},
];
