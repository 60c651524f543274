/**
Events whose IAM action has another name, or which exercise several actions. By IAM prefix; in each line the event names, "=", the actions
that a successful call certainly exercised, then after "|" those that it may have exercised, depending on its parameters.
A name without a prefix belongs to the same service.

Sources: the Service Authorization Reference of each service,
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html , and the pages named with the entries.
*/
export const eventActions: Readonly<Record<string, string>> = {
	'access-analyzer': `
		GetFindingV2 = GetFinding
		ListFindingsV2 = ListFindings`,
	'agent-registry': `
		BatchGetDiscoverableRegistryRecord = GetDiscoverableRegistryRecord`,
	// Newer than the SDK's models; the others are in generated/api-gateway-verbs.ts.
	apigateway: `
		CreateDomainNameAccessAssociation = POST | CreateAccessAssociation
		DeleteDomainNameAccessAssociation = DELETE
		GetDomainNameAccessAssociations = GET
		RejectDomainNameAccessAssociation = | POST RejectAccessAssociation
		PutRoutingRule = | CreateRoutingRule UpdateRoutingRule`,
	// https://docs.aws.amazon.com/marketplace/latest/APIReference/API_BatchDescribeEntities.html
	'aws-marketplace': `
		BatchDescribeEntities = DescribeEntity`,
	// "This operation requires batch:CancelJob permission for each job in the request": https://docs.aws.amazon.com/batch/latest/APIReference/API_CancelJobs.html
	batch: `
		CancelJobs = CancelJob
		TerminateJobs = TerminateJob
		TerminateServiceJobs = TerminateServiceJob`,
	'bcm-pricing-calculator': `
		BatchCreateBillScenarioCommitmentModification = CreateBillScenarioCommitmentModification
		BatchCreateBillScenarioUsageModification = CreateBillScenarioUsageModification
		BatchCreateWorkloadEstimateUsage = CreateWorkloadEstimateUsage
		BatchDeleteBillScenarioCommitmentModification = DeleteBillScenarioCommitmentModification
		BatchDeleteBillScenarioUsageModification = DeleteBillScenarioUsageModification
		BatchDeleteWorkloadEstimateUsage = DeleteWorkloadEstimateUsage
		BatchUpdateBillScenarioCommitmentModification = UpdateBillScenarioCommitmentModification
		BatchUpdateBillScenarioUsageModification = UpdateBillScenarioUsageModification
		BatchUpdateWorkloadEstimateUsage = UpdateWorkloadEstimateUsage`,
	// Converse needs InvokeModel: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
	bedrock: `
		Converse = InvokeModel
		ConverseStream = InvokeModelWithResponseStream
		InvokeModelWithBidirectionalStream, StartAsyncInvoke = InvokeModel
		RetrieveAndGenerateStream = RetrieveAndGenerate`,
	// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgets.html
	budgets: `
		CreateBudget, CreateNotification, CreateSubscriber, DeleteBudget, DeleteNotification, DeleteSubscriber = ModifyBudget
		UpdateBudget, UpdateNotification, UpdateSubscriber = ModifyBudget
		DescribeBudget, DescribeBudgets, DescribeBudgetPerformanceHistory = ViewBudget
		DescribeBudgetNotificationsForAccount, DescribeNotificationsForBudget, DescribeSubscribersForNotification = ViewBudget`,
	// "uses the same IAM action as CreateRelatedItem": https://docs.aws.amazon.com/connect/latest/APIReference/API_connect-cases_BatchCreateRelatedItem.html
	cases: `
		BatchCreateRelatedItem = CreateRelatedItem
		BatchUpdateCase = UpdateCase`,
	// https://docs.aws.amazon.com/keyspaces/latest/devguide/logging-using-cloudtrail.html
	cassandra: `
		CreateKeyspace, CreateTable, CreateType = Create
		DeleteKeyspace, DeleteTable, DropKeyspace, DropTable, DeleteType, DropType = Drop
		GetKeyspace, GetTable, ListKeyspaces, ListTables, ListTagsForResource, GetTableAutoScalingSettings, GetType, ListTypes = Select
		RestoreTable = Restore
		UpdateTable, AlterTable, AlterKeyspace, UpdateKeyspace = Alter
		Select = Select
		Insert, Update, Delete, BatchStatement = Modify`,
	cloudfront: `
		CreateDistributionWithTags = CreateDistribution TagResource
		CreateStreamingDistributionWithTags = | CreateStreamingDistributionWithTags CreateStreamingDistribution TagResource`,
	cloudsearch: `
		UploadDocuments = document`,
	comprehendmedical: `
		DetectEntities = DetectEntitiesV2`,
	detective: `
		ListOrganizationAdminAccounts = ListOrganizationAdminAccount`,
	dms: `
		StartExtensionPackAssociation = AssociateExtensionPack
		DescribeDataProviders = ListDataProviders
		DescribeExtensionPackAssociations = ListExtensionPacks
		DescribeInstanceProfiles = ListInstanceProfiles
		DescribeMetadataModelAssessments = ListMetadataModelAssessments
		DescribeMetadataModelConversions = ListMetadataModelConversions
		DescribeMetadataModelExportsAsScript, DescribeMetadataModelExportsToTarget = ListMetadataModelExports
		DescribeMigrationProjects = ListMigrationProjects
		StartMetadataModelExportAsScript = StartMetadataModelExportAsScripts
		ModifyConversionConfiguration = UpdateConversionConfiguration
		ModifyDataProvider = UpdateDataProvider
		ModifyInstanceProfile = UpdateInstanceProfile
		ModifyMigrationProject = UpdateMigrationProject`,
	// PartiQL: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html , transactions: .../transaction-apis-iam.html
	dynamodb: `
		TransactGetItems = GetItem
		TransactWriteItems = | PutItem UpdateItem DeleteItem ConditionCheckItem
		ExecuteStatement, BatchExecuteStatement, ExecuteTransaction = | PartiQLSelect PartiQLInsert PartiQLUpdate PartiQLDelete`,
	// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImageReferrers.html
	ecr: `
		ListImageReferrers = BatchGetImage`,
	elasticbeanstalk: `
		UpdateTagsForResource = | UpdateTagsForResource AddTags RemoveTags`,
	'execute-api': `
		PostToConnection, GetConnection, DeleteConnection = ManageConnections`,
	glue: `
		GetColumnStatisticsForTable = | GetColumnStatisticsForTable GetTable
		GetColumnStatisticsForPartition = | GetColumnStatisticsForPartition GetPartition
		DeleteColumnStatisticsForTable = | DeleteColumnStatisticsForTable UpdateTable
		DeleteColumnStatisticsForPartition = | DeleteColumnStatisticsForPartition UpdatePartition
		GetUnfilteredTableMetadata = GetTable
		GetUnfilteredPartitionMetadata = GetPartition
		GetUnfilteredPartitionsMetadata = GetPartitions
		BatchGetDataQualityResult = GetDataQualityResult
		BatchPutDataQualityStatisticAnnotation = PutDataQualityStatisticAnnotation`,
	iotfleetwise: `
		BatchCreateVehicle = CreateVehicle
		BatchUpdateVehicle = UpdateVehicle`,
	// A replica needs CreateKey in its own Region: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html
	kms: `
		ReEncrypt = ReEncryptFrom ReEncryptTo
		ReplicateKey = ReplicateKey | CreateKey TagResource
		CreateKey = CreateKey | TagResource PutKeyPolicy`,
	// https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-resources.html
	lambda: `
		Invoke, InvokeWithResponseStream = InvokeFunction
		GetLayerVersionByArn = GetLayerVersion`,
	// "GetDataAccess is logged in CloudTrail": https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_GetTemporaryDataLocationCredentials.html
	lakeformation: `
		GetTemporaryDataLocationCredentials, GetGlueFunctionSessionContext = GetDataAccess`,
	lex: `
		ListUtteranceMetrics, ListUtteranceAnalyticsData = | ListAggregatedUtterances`,
	'neptune-db': `
		CancelGremlinQuery, CancelOpenCypherQuery = CancelQuery
		GetGremlinQueryStatus, GetOpenCypherQueryStatus, ListGremlinQueries, ListOpenCypherQueries = GetQueryStatus
		ExecuteGremlinQuery, ExecuteOpenCypherQuery, ExecuteSparqlQuery = | ReadDataViaQuery WriteDataViaQuery DeleteDataViaQuery
		ExecuteGremlinExplainQuery, ExecuteGremlinProfileQuery, ExecuteOpenCypherExplainQuery = ReadDataViaQuery
		ExecuteFastReset = ResetDatabase
		DeletePropertygraphStatistics, DeleteSparqlStatistics = DeleteStatistics
		ManagePropertygraphStatistics, ManageSparqlStatistics = ManageStatistics
		GetPropertygraphStatistics, GetSparqlStatistics = GetStatisticsStatus
		GetPropertygraphStream, GetSparqlStream = GetStreamRecords
		GetPropertygraphSummary, GetRDFGraphSummary = GetGraphSummary
		GetMLDataProcessingJob = GetMLDataProcessingJobStatus
		GetMLEndpoint = GetMLEndpointStatus
		GetMLModelTrainingJob = GetMLModelTrainingJobStatus
		GetMLModelTransformJob = GetMLModelTransformJobStatus`,
	'neptune-graph': `
		ExecuteQuery = | ReadDataViaQuery WriteDataViaQuery DeleteDataViaQuery
		GetQuery = GetQueryStatus`,
	// https://docs.aws.amazon.com/amazonq/latest/api-reference/API_qapps_CreatePresignedUrl.html
	qapps: `
		CreatePresignedUrl = ImportDocument`,
	quicksight: `
		DescribeAnalysisDefinition = | DescribeAnalysis
		DescribeDashboardDefinition = | DescribeDashboard
		DescribeTemplateDefinition = | DescribeTemplate`,
	s3: `
		ListBuckets = ListAllMyBuckets
		HeadBucket, ListObjects, ListObjectsV2 = ListBucket
		ListObjectVersions = ListBucketVersions
		ListMultipartUploads = ListBucketMultipartUploads
		ListParts = ListMultipartUploadParts
		HeadObject, GetObject, SelectObjectContent = GetObject | GetObjectVersion
		GetObjectAcl = GetObjectAcl | GetObjectVersionAcl
		GetObjectTagging = GetObjectTagging | GetObjectVersionTagging
		GetObjectTorrent = GetObjectTorrent | GetObjectVersionTorrent
		GetObjectAttributes = GetObjectAttributes | GetObject GetObjectVersion GetObjectVersionAttributes
		PutObjectAcl = PutObjectAcl | PutObjectVersionAcl
		PutObjectTagging = PutObjectTagging | PutObjectVersionTagging
		DeleteObjectTagging = DeleteObjectTagging | DeleteObjectVersionTagging
		PutObjectRetention = PutObjectRetention | BypassGovernanceRetention
		PutObject, PostObject, CreateMultipartUpload = PutObject | PutObjectAcl PutObjectTagging PutObjectRetention PutObjectLegalHold
		UploadPart, CompleteMultipartUpload = PutObject
		CopyObject = GetObject PutObject | GetObjectVersion GetObjectTagging GetObjectVersionTagging PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging
		UploadPartCopy = GetObject PutObject | GetObjectVersion
		DeleteObject, DeleteObjects = DeleteObject | DeleteObjectVersion BypassGovernanceRetention
		CreateBucket = CreateBucket | PutBucketAcl PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketVersioning
		GetBucketEncryption = GetEncryptionConfiguration
		PutBucketEncryption, DeleteBucketEncryption = PutEncryptionConfiguration
		GetBucketLifecycle, GetBucketLifecycleConfiguration = GetLifecycleConfiguration
		PutBucketLifecycle, PutBucketLifecycleConfiguration, DeleteBucketLifecycle = PutLifecycleConfiguration
		GetBucketReplication = GetReplicationConfiguration
		PutBucketReplication, DeleteBucketReplication = PutReplicationConfiguration
		DeleteBucketCors = PutBucketCORS
		DeleteBucketTagging = PutBucketTagging
		DeleteBucketOwnershipControls = PutBucketOwnershipControls
		DeleteBucketPublicAccessBlock = PutBucketPublicAccessBlock
		PutPublicAccessBlock, DeletePublicAccessBlock = | PutBucketPublicAccessBlock PutAccountPublicAccessBlock
		GetPublicAccessBlock = | GetBucketPublicAccessBlock GetAccountPublicAccessBlock
		DeleteAccountPublicAccessBlock = PutAccountPublicAccessBlock
		GetBucketNotificationConfiguration = GetBucketNotification
		PutBucketNotificationConfiguration = PutBucketNotification
		GetBucketAccelerateConfiguration = GetAccelerateConfiguration
		PutBucketAccelerateConfiguration = PutAccelerateConfiguration
		GetObjectLockConfiguration = GetBucketObjectLockConfiguration
		PutObjectLockConfiguration = PutBucketObjectLockConfiguration
		CreateBucketMetadataConfiguration = CreateBucketMetadataTableConfiguration
		DeleteBucketMetadataConfiguration = DeleteBucketMetadataTableConfiguration
		GetBucketMetadataConfiguration = GetBucketMetadataTableConfiguration
		GetBucketAnalyticsConfiguration, ListBucketAnalyticsConfigurations = GetAnalyticsConfiguration
		PutBucketAnalyticsConfiguration, DeleteBucketAnalyticsConfiguration = PutAnalyticsConfiguration
		GetBucketInventoryConfiguration, ListBucketInventoryConfigurations = GetInventoryConfiguration
		PutBucketInventoryConfiguration, DeleteBucketInventoryConfiguration = PutInventoryConfiguration
		GetBucketMetricsConfiguration, ListBucketMetricsConfigurations = GetMetricsConfiguration
		PutBucketMetricsConfiguration, DeleteBucketMetricsConfiguration = PutMetricsConfiguration
		GetBucketIntelligentTieringConfiguration, ListBucketIntelligentTieringConfigurations = GetIntelligentTieringConfiguration
		PutBucketIntelligentTieringConfiguration, DeleteBucketIntelligentTieringConfiguration = PutIntelligentTieringConfiguration
		CreateSession = s3express:CreateSession
		ListDirectoryBuckets = s3express:ListAllMyDirectoryBuckets
		ListAccessPointsForDirectoryBuckets = s3express:ListAccessPointsForDirectoryBuckets
		GetAccessPointScope = s3express:GetAccessPointScope
		PutAccessPointScope = s3express:PutAccessPointScope
		DeleteAccessPointScope = s3express:DeleteAccessPointScope
		RenameObject = s3express:CreateSession
		GetStorageLensDashboardDataInternal = | GetStorageLensDashboard
		WriteGetObjectResponse = s3-object-lambda:WriteGetObjectResponse
		GetBucket = s3-outposts:GetBucket
		ListRegionalBuckets = s3-outposts:ListRegionalBuckets
		DeleteBucketLifecycleConfiguration = s3-outposts:PutLifecycleConfiguration`,
	's3-object-lambda': `
		ListObjects, ListObjectsV2 = ListBucket
		ListMultipartUploads = ListBucketMultipartUploads
		ListObjectVersions = ListBucketVersions
		ListParts = ListMultipartUploadParts
		HeadObject = GetObject | GetObjectVersion`,
	's3-outposts': `
		ListObjects, ListObjectsV2, HeadBucket = ListBucket
		ListMultipartUploads = ListBucketMultipartUploads
		ListObjectVersions = ListBucketVersions
		ListParts = ListMultipartUploadParts
		HeadObject, GetObject = GetObject | GetObjectVersion
		CreateMultipartUpload, UploadPart, CompleteMultipartUpload = PutObject
		DeleteObjects, DeleteObject = DeleteObject | DeleteObjectVersion
		GetBucketLifecycleConfiguration = GetLifecycleConfiguration
		PutBucketLifecycleConfiguration, DeleteBucketLifecycleConfiguration = PutLifecycleConfiguration
		GetBucketReplication = GetReplicationConfiguration
		PutBucketReplication, DeleteBucketReplication = PutReplicationConfiguration`,
	// Object calls on directory buckets are authorized by the session: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam.html
	s3express: `
		ListDirectoryBuckets = ListAllMyDirectoryBuckets
		GetObject, PutObject, DeleteObject, DeleteObjects, HeadObject, CopyObject, ListObjectsV2, HeadBucket, ListMultipartUploads = CreateSession
		UploadPart, UploadPartCopy, CreateMultipartUpload, CompleteMultipartUpload, AbortMultipartUpload, ListParts, GetObjectAttributes, RenameObject = CreateSession
		GetBucketEncryption = GetEncryptionConfiguration
		PutBucketEncryption, DeleteBucketEncryption = PutEncryptionConfiguration
		GetBucketInventoryConfiguration = GetInventoryConfiguration
		PutBucketInventoryConfiguration = PutInventoryConfiguration
		GetBucketLifecycleConfiguration = GetLifecycleConfiguration
		PutBucketLifecycleConfiguration, DeleteBucketLifecycle = PutLifecycleConfiguration
		GetBucketMetricsConfiguration = GetMetricsConfiguration
		PutBucketMetricsConfiguration = PutMetricsConfiguration`,
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-logging.html
	s3tables: `
		GetObject, HeadObject, ListParts = GetTableData
		PutObject, UploadPart, CreateMultipartUpload, CompleteMultipartUpload, AbortMultipartUpload = PutTableData`,
	securityhub: `
		BatchUpdateFindingsV2 = BatchUpdateFindings
		GetFindingsV2 = GetFindings
		GetFindingStatisticsV2 = GetAdhocInsightResults`,
	sns: `
		PublishBatch = Publish`,
	sqs: `
		SendMessageBatch = SendMessage
		DeleteMessageBatch = DeleteMessage
		ChangeMessageVisibilityBatch = ChangeMessageVisibility`,
	// Default Host Management: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterDefaultHostManagementConfiguration.html
	ssm: `
		RegisterDefaultHostManagementConfiguration = GetServiceSetting UpdateServiceSetting | iam:GetRole iam:CreateRole iam:AttachRolePolicy iam:PassRole
		DeregisterDefaultHostManagementConfiguration = GetServiceSetting ResetServiceSetting | iam:DeleteRole
		CreateControlChannel = ssmmessages:CreateControlChannel
		OpenControlChannel = ssmmessages:OpenControlChannel
		CreateDataChannel = ssmmessages:CreateDataChannel
		OpenDataChannel = ssmmessages:OpenDataChannel`,
	'sso-directory': `
		CreateGroupMembership = AddMemberToGroup
		DeleteGroupMembership = RemoveMemberFromGroup
		ListGroupMemberships = ListMembersInGroup`,
	// Session tags, source identity and context may also pass on from an earlier session, without a parameter of this call:
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining ,
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
	sts: `
		AssumeRole = AssumeRole | TagSession SetSourceIdentity SetContext
		AssumeRoleWithSAML = AssumeRoleWithSAML | TagSession SetSourceIdentity
		AssumeRoleWithWebIdentity = AssumeRoleWithWebIdentity | TagSession SetSourceIdentity
		GetFederationToken = GetFederationToken | TagSession`,
	support: `
		GetAttachmentDownloadLink = DownloadAttachment
		GetAttachmentUploadLinks = UploadAttachment`,
	// https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_taxSettings_PutTaxExemption.html
	tax: `
		BatchGetTaxExemptions, GetTaxExemptionTypes, ListTaxExemptions = GetExemptions
		PutTaxExemption = UpdateExemptions`,
	// https://docs.aws.amazon.com/timestream/latest/developerguide/security_iam_service-with-iam.html
	timestream: `
		Query = Select | SelectValues ListMeasures DescribeEndpoints`,
	verifiedpermissions: `
		BatchGetPolicy = GetPolicy
		BatchIsAuthorized = IsAuthorized
		BatchIsAuthorizedWithToken = IsAuthorizedWithToken`,
	'vpc-lattice': `
		BatchUpdateRule = UpdateRule`,
};
