/**
Event sources of CloudTrail, without ".amazonaws.com": the column "CloudTrail event source" of the table of all services in the EventBridge events
reference, https://docs.aws.amazon.com/eventbridge/latest/ref/events.html , in its order, read in its edition of 2026. Rows without one ("n/a") are in {@link withoutCloudTrailSource}.
*/
export const eventBridgeLabels = `
	aiops apigateway arc-zonal-shift access-analyzer account amplify amplifybackend amplifyuibuilder appmesh apprunner appconfig appfabric fabric
	app-integrations appstream appsync appflow application-cost-profiler discovery mgn apptest application-transformation artifact athena auditmanager dsql
	autoscaling b2bi backup backup-gateway batch bedrock billing billingconductor bcm-data-exports braket budgets bugbust cassandra controlcatalog acm
	acm-pca chatbot chime chime-sdk-media-pipelines chime-sdk-voice cleanrooms cloudcontrolapi clouddirectory servicediscovery cloud9 cloudformation
	cloudfront edgekeyvaluestore cloudsearch cloudshell cloudtrail cloudtrail-data application-insights evidently logs networkmonitor oam observabilityadmin
	sdkmetrics synthetics codeartifact codebuild codecommit codeconnections codedeploy codeguru-profiler codeguru-reviewer codepipeline codestar-connections
	codestar-notifications codewhisperer cognito-identity cognito-sync cognito-idp comprehendmedical compute-optimizer config connect connect-campaigns cases
	contact-lens profile participant-connect consoleapp controltower ce cost-optimization-hub customer-verification dataexchange dlm datapipeline datasync
	datazone dms deadline deepracer detective devops-guru directconnect ds dynamodb dax ebs ec2 imagebuilder ecr-public eks-auth emr-containers
	emr-serverless emrwal elasticache elasticbeanstalk ecr ecs drs elasticfilesystem eks elasticloadbalancing elb elasticmapreduce elastictranscoder
	mediapackage mediapackagev2 sms-voice enterpriseq entityresolution events scheduler schemas expertq fis finspace finspace-api fms forecast frauddetector
	gamelift geo-places geo-routes glacier globalaccelerator glue databrew greengrass groundstation guardduty health medical-imaging healthlake omics iam sso
	sso-directory sso-oauth rolesanywhere identitystore inspector inspector-scan inspector2 ivs ivschat internetmonitor iot iotdeviceadvisor iotfleethub
	iotfleetwise iotsecuredtunneling iotsitewise iottwinmaker iotwireless kendra kendra-ranking kms kinesis firehose kinesisvideo lakeformation lambda
	launchwizard lex license-manager license-manager-linux-subscriptions license-manager-user-subscriptions lightsail geo lookoutequipment lookoutvision
	amazonmq machinelearning macie2 m2 managedblockchain managedblockchain-query grafana kinesisanalytics aps aps-workspaces managedservices ams-k8s
	kafka-cluster kafkaconnect airflow marketplacecatalog marketplace-commerce-analytics deployment-marketplace discovery-marketplace entitlement-marketplace
	vendor-insights mturk-requester mediaconnect mediaconvert medialive mediastore memorydb metering-marketplace migrationhub-orchestrator refactor-spaces
	migrationhub-strategy migrationhub monitoring monitron multi-party-approval neptune-graph network-firewall networkflowmonitor networkmanager
	networkmanager-chat one osis aoss opensearchservice es odb organizations outposts panorama pcs payment-cryptography aws-payment-encryption pi personalize
	pinpoint pipes polly pricelist pca-connector-scep proton qapps amazonq qbusiness user-subscriptions qconnect qldb quicksight rdsdata rdsdataapi rum rbin
	redshift redshift-data redshift-serverless rekognition rds resiliencehub ram resource-explorer-2 resource-groups tagging robomaker route53
	route53-recovery-control-config route53domains route53profiles route53resolver s3express s3-banner s3-outposts sqlworkbench ssm-contacts ssm-guiconnect
	ssm-incidents sagemaker metrics-sagemaker savingsplans secretsmanager securityhub security-ir securitylake sts serverlessrepo servicecatalog
	servicecatalog-appregistry servicequotas signin signup signer simspaceweaver ses sns sqs s3 swf sdb snow-device-management snowball states storagegateway
	scn support supportapp support-console ssm ssm-quicksetup ssm-sap taxconsole tnb textract thinclient timestream transcribe transcribestreaming transfer
	translate trustedadvisor notifications notifications-contacts vpc-lattice verifiedpermissions voiceid wafv2 waf-regional waf wellarchitected wickr workdocs
	workmail workmailmessageflow workspaces workspaces-web xray repostspace transform workspaces-instances`.trim().split(/\s+/);

/** Rows of that table whose services send events of their own, but none through CloudTrail under this name. */
export const withoutCloudTrailSource = `
	arc-region-switch application-autoscaling cloudwatch applicationinsights datasync-discovery emr geo-maps glue-dataquality macie airflow-serverless
	private-marketplace networkaccessanalyzer partnercentral-selling bcm-pricing-calculator pca-connector-ad social-messaging tag`.trim().split(/\s+/);
