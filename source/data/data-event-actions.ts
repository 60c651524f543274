/** CloudTrail's table of data event resource types and the API operations of each. */
const guide = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html';

/** IAM actions whose calls CloudTrail records only as data events. */
export type DataEventActions = {
	/** IAM prefix. */
	readonly service: string;
	/** Values of `resources.type` that a trail's selector must name; any one of them may hold the event. */
	readonly resourceTypes: readonly string[];
	/** The page of AWS that says so. */
	readonly page: string;
	/** Action names without prefix, separated by white space; "*" stands for the whole service. */
	readonly actions: string;
};

/**
Where it is not plain whether an action is recorded by default, it stands here: silence about a data action proves nothing.
Sources: the page of each entry.
*/
export const dataEventActions: readonly DataEventActions[] = [
	{
		service: 'appconfig',
		resourceTypes: ['AWS::AppConfig::Configuration'],
		page: 'https://docs.aws.amazon.com/appconfig/latest/userguide/logging-using-cloudtrail.html',
		actions: 'GetLatestConfiguration StartConfigurationSession',
	},
	{
		service: 'appsync',
		resourceTypes: ['AWS::AppSync::GraphQLApi'],
		page: 'https://docs.aws.amazon.com/appsync/latest/devguide/cloudtrail-logging.html',
		actions: 'GraphQL',
	},
	{
		service: 'b2bi',
		resourceTypes: ['AWS::B2BI::Transformer'],
		page: 'https://docs.aws.amazon.com/b2bi/latest/userguide/logging-using-cloudtrail.html',
		actions: 'GetTransformerJob StartTransformerJob',
	},
	{
		service: 'backup-search',
		resourceTypes: ['AWS::Backup::SearchJob'],
		page: guide,
		actions: 'ListSearchJobResults',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::AgentAlias', 'AWS::Bedrock::AsyncInvoke', 'AWS::Bedrock::FlowAlias', 'AWS::Bedrock::Guardrail', 'AWS::Bedrock::InlineAgent', 'AWS::Bedrock::KnowledgeBase'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'ApplyGuardrail GetAsyncInvoke InvokeAgent InvokeFlow InvokeInlineAgent Retrieve RetrieveAndGenerate',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::AgentAlias'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'DeleteAgentMemory GenerateQuery GetAgentMemory ListSessions OptimizePrompt Rerank',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::Session', 'AWS::Bedrock::PromptVersion', 'AWS::Bedrock::FlowExecution', 'AWS::Bedrock::DataAutomationInvocation'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: `
			CreateInvocation CreateSession DeleteSession EndSession GetInvocationStep GetSession InvokeDataAutomationAsync ListInvocationSteps
			ListInvocations PutInvocationStep RenderPrompt StartFlowExecution UpdateSession`,
	},
	{
		service: 'bedrock-agentcore',
		resourceTypes: ['AWS::BedrockAgentCore::Browser', 'AWS::BedrockAgentCore::BrowserCustom', 'AWS::BedrockAgentCore::CodeInterpreter', 'AWS::BedrockAgentCore::CodeInterpreterCustom', 'AWS::BedrockAgentCore::Gateway', 'AWS::BedrockAgentCore::Memory', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::RuntimeEndpoint', 'AWS::BedrockAgentCore::TokenVault', 'AWS::BedrockAgentCore::WorkloadIdentity', 'AWS::BedrockAgentCore::WorkloadIdentityDirectory'],
		page: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/logging-using-cloudtrail.html',
		actions: `
			BatchCreateMemoryRecords BatchDeleteMemoryRecords BatchUpdateMemoryRecords ConnectBrowserAutomationStream ConnectBrowserLiveViewStream
			CreateEvent DeleteEvent DeleteMemoryRecord GetBrowserSession GetCodeInterpreterSession GetEvent GetMemoryRecord GetResourceApiKey
			GetResourceOauth2Token GetWorkloadAccessToken GetWorkloadAccessTokenForJWT GetWorkloadAccessTokenForUserId InvokeAgentRuntime
			InvokeAgentRuntimeCommand InvokeAgentRuntimeCommandShell InvokeAgentRuntimeForUser InvokeAgentRuntimeWithWebSocketStream
			InvokeAgentRuntimeWithWebSocketStreamForUser InvokeCodeInterpreter InvokeGateway ListBrowserSessions ListCodeInterpreterSessions ListEvents
			ListMemoryRecords ListSessions RetrieveMemoryRecords StartBrowserSession StartCodeInterpreterSession StopBrowserSession
			StopCodeInterpreterSession`,
	},
	{
		service: 'cassandra',
		resourceTypes: ['AWS::Cassandra::Stream'],
		page: 'https://docs.aws.amazon.com/keyspaces/latest/devguide/logging-using-cloudtrail.html',
		actions: 'GetRecords GetShardIterator',
	},
	{
		service: 'cassandra',
		resourceTypes: ['AWS::Cassandra::Table'],
		page: 'https://docs.aws.amazon.com/keyspaces/latest/devguide/logging-using-cloudtrail.html',
		actions: 'Modify Select',
	},
	{
		service: 'cloudfront-keyvaluestore',
		resourceTypes: ['AWS::CloudFront::KeyValueStore'],
		page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging_using_cloudtrail.html',
		actions: 'DeleteKey DescribeKeyValueStore GetKey ListKeys PutKey UpdateKeys',
	},
	{
		service: 'cloudtrail-data',
		resourceTypes: ['AWS::CloudTrail::Channel'],
		page: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html',
		actions: 'PutAuditEvents',
	},
	{
		service: 'cloudwatch',
		resourceTypes: ['AWS::CloudWatch::Metric'],
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: 'GetMetricData GetMetricStatistics GetMetricWidgetImage ListMetrics PutMetricData',
	},
	{
		service: 'codeguru-profiler',
		resourceTypes: ['AWS::CodeGuruProfiler::ProfilingGroup'],
		page: guide,
		actions: 'ConfigureAgent PostAgentProfile',
	},
	{
		service: 'cognito-identity',
		resourceTypes: ['AWS::Cognito::IdentityPool'],
		page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-info-in-cloudtrail.html',
		actions: 'GetCredentialsForIdentity GetId GetOpenIdToken GetOpenIdTokenForDeveloperIdentity UnlinkIdentity',
	},
	{
		service: 'dsql',
		resourceTypes: ['AWS::DSQL::Cluster'],
		page: 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/cloudtrail-logging.html',
		actions: 'DbConnect DbConnectAdmin',
	},
	{
		service: 'dataexchange',
		resourceTypes: ['AWS::DataExchange::Asset'],
		page: guide,
		actions: 'SendApiAsset',
	},
	{
		service: 'dynamodb',
		resourceTypes: ['AWS::DynamoDB::Stream'],
		page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html',
		actions: 'GetRecords GetShardIterator',
	},
	{
		service: 'dynamodb',
		resourceTypes: ['AWS::DynamoDB::Table'],
		page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html',
		actions: `
			BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PartiQLDelete PartiQLInsert PartiQLSelect PartiQLUpdate PutItem Query Scan
			SearchVectors UpdateItem`,
	},
	{
		service: 'ec2-instance-connect',
		resourceTypes: ['AWS::EC2::InstanceConnectEndpoint'],
		page: guide,
		actions: 'OpenTunnel',
	},
	{
		service: 'ebs',
		resourceTypes: ['AWS::EC2::Snapshot'],
		page: 'https://docs.aws.amazon.com/ebs/latest/userguide/logging-ebs-apis-using-cloudtrail.html',
		actions: 'GetSnapshotBlock ListChangedBlocks ListSnapshotBlocks PutSnapshotBlock',
	},
	{
		service: 'ecs',
		resourceTypes: ['AWS::ECS::ContainerInstance'],
		page: guide,
		actions: 'Poll PutSystemLogEvents StartTelemetrySession',
	},
	{
		service: 'gameliftstreams',
		resourceTypes: ['AWS::GameLiftStreams::Application', 'AWS::GameLiftStreams::StreamGroup'],
		page: guide,
		actions: `
			CreateStreamSessionConnection ExportStreamSessionFiles GetStreamSession ListStreamSessions ListStreamSessionsByAccount StartStreamSession
			TerminateStreamSession`,
	},
	{
		service: 'geo-maps',
		resourceTypes: ['AWS::GeoMaps::Provider'],
		page: guide,
		actions: 'GetStaticMap GetTile',
	},
	{
		service: 'geo-places',
		resourceTypes: ['AWS::GeoPlaces::Provider'],
		page: guide,
		actions: 'Autocomplete Geocode GetPlace ReverseGeocode SearchNearby SearchText Suggest',
	},
	{
		service: 'geo-routes',
		resourceTypes: ['AWS::GeoRoutes::Provider'],
		page: guide,
		actions: 'CalculateIsolines CalculateRouteMatrix CalculateRoutes OptimizeWaypoints SnapToRoads',
	},
	{
		service: 'greengrass',
		resourceTypes: ['AWS::GreengrassV2::ComponentVersion', 'AWS::GreengrassV2::Deployment'],
		page: guide,
		actions: 'Discover GetComponentVersionArtifact ResolveComponentCandidates',
	},
	{
		service: 'iot',
		resourceTypes: ['AWS::IoT::Thing'],
		page: guide,
		actions: 'ListNamedShadowsForThing',
	},
	{
		service: 'iotsitewise',
		resourceTypes: ['AWS::IoTSiteWise::Asset', 'AWS::IoTSiteWise::TimeSeries'],
		page: guide,
		actions: `
			BatchGetAssetPropertyAggregates BatchGetAssetPropertyValue BatchGetAssetPropertyValueHistory BatchPutAssetPropertyValue
			GetAssetPropertyAggregates GetAssetPropertyValue GetAssetPropertyValueHistory GetInterpolatedAssetPropertyValues`,
	},
	{
		service: 'iottwinmaker',
		resourceTypes: ['AWS::IoTTwinMaker::Entity'],
		page: guide,
		actions: 'BatchPutPropertyValues CreateEntity DeleteEntity GetEntity GetPropertyValue GetPropertyValueHistory ListEntities UpdateEntity',
	},
	{
		service: 'kendra-ranking',
		resourceTypes: ['AWS::KendraRanking::ExecutionPlan'],
		page: guide,
		actions: 'Rescore',
	},
	{
		service: 'kinesis',
		resourceTypes: ['AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer'],
		page: 'https://docs.aws.amazon.com/streams/latest/dev/logging-using-cloudtrail.html',
		actions: 'GetRecords GetShardIterator PutRecord PutRecords SubscribeToShard',
	},
	{
		service: 'firehose',
		resourceTypes: ['AWS::KinesisFirehose::DeliveryStream'],
		page: guide,
		actions: 'PutRecord PutRecordBatch',
	},
	{
		service: 'kinesisvideo',
		resourceTypes: ['AWS::KinesisVideo::SignalingChannel'],
		page: guide,
		actions: 'ConnectAsMaster ConnectAsViewer',
	},
	{
		service: 'kinesisvideo',
		resourceTypes: ['AWS::KinesisVideo::Stream'],
		page: guide,
		actions: 'GetClip GetDASHStreamingSessionURL GetHLSStreamingSessionURL GetImages GetMedia GetMediaForFragmentList ListFragments PutMedia',
	},
	{
		service: 'lambda',
		resourceTypes: ['AWS::Lambda::Function'],
		page: 'https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html',
		actions: 'InvokeAsync InvokeFunction InvokeFunctionUrl',
	},
	{
		service: 'airflow',
		resourceTypes: ['AWS::MWAA::Environment'],
		page: guide,
		actions: 'InvokeRestApi',
	},
	{
		service: 'machinelearning',
		resourceTypes: ['AWS::MachineLearning::MlModel'],
		page: guide,
		actions: 'Predict',
	},
	{
		service: 'managedblockchain-query',
		resourceTypes: ['AWS::ManagedBlockchainQuery::QueryAPI'],
		page: guide,
		actions: `
			BatchGetTokenBalance GetAssetContract GetTokenBalance GetTransaction ListAssetContracts ListFilteredTransactionEvents ListTokenBalances
			ListTransactionEvents ListTransactions`,
	},
	{
		service: 'medical-imaging',
		resourceTypes: ['AWS::MedicalImaging::Datastore', 'AWS::MedicalImaging::Imageset'],
		page: 'https://docs.aws.amazon.com/healthimaging/latest/devguide/logging-using-cloudtrail.html',
		actions: 'CopyImageSet DeleteImageSet GetImageFrame GetImageSet GetImageSetMetadata ListImageSetVersions SearchImageSets UpdateImageSetMetadata',
	},
	{
		service: 'neptune-graph',
		resourceTypes: ['AWS::NeptuneGraph::Graph'],
		page: guide,
		actions: 'CancelQuery DeleteDataViaQuery GetGraphSummary GetQueryStatus ListQueries ReadDataViaQuery WriteDataViaQuery',
	},
	{
		service: 'networkflowmonitor',
		resourceTypes: ['AWS::NetworkFlowMonitor::Monitor', 'AWS::NetworkFlowMonitor::Scope'],
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: `
			GetQueryResultsMonitorTopContributors GetQueryResultsWorkloadInsightsTopContributors GetQueryResultsWorkloadInsightsTopContributorsData
			GetQueryStatusMonitorTopContributors GetQueryStatusWorkloadInsightsTopContributors GetQueryStatusWorkloadInsightsTopContributorsData
			StartQueryMonitorTopContributors StartQueryWorkloadInsightsTopContributors StartQueryWorkloadInsightsTopContributorsData
			StopQueryMonitorTopContributors StopQueryWorkloadInsightsTopContributors StopQueryWorkloadInsightsTopContributorsData`,
	},
	{
		service: 'payment-cryptography',
		resourceTypes: ['AWS::PaymentCryptography::Key', 'AWS::PaymentCryptography::Alias'],
		page: 'https://docs.aws.amazon.com/payment-cryptography/latest/userguide/logging-using-cloudtrail.html',
		actions: `
			DecryptData EncryptData GenerateCardValidationData GenerateMac GenerateMacEmvPinChange GeneratePinData ReEncryptData TranslateKeyMaterial
			TranslatePinData VerifyAuthRequestCryptogram VerifyCardValidationData VerifyMac VerifyPinData`,
	},
	{
		service: 'mobiletargeting',
		resourceTypes: ['AWS::Pinpoint::App'],
		page: guide,
		actions: 'PutEvents SendMessages SendUsersMessages',
	},
	{
		service: 'qbusiness',
		resourceTypes: ['AWS::QBusiness::Application'],
		page: guide,
		actions: 'BatchDeleteDocument BatchPutDocument Chat ChatSync DeleteConversation GetMedia ListConversations ListMessages PutFeedback',
	},
	{
		service: 'rds-data',
		resourceTypes: ['AWS::RDS::DBCluster'],
		page: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/logging-using-cloudtrail-data-api.html',
		actions: 'BatchExecuteStatement BeginTransaction CommitTransaction ExecuteStatement RollbackTransaction',
	},
	{
		service: 'rum',
		resourceTypes: ['AWS::RUM::AppMonitor'],
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: 'PutRumEvents',
	},
	{
		service: 's3',
		resourceTypes: ['AWS::S3::Object', 'AWS::S3::AccessPoint'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html',
		actions: `
			AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl
			GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl
			GetObjectVersionAttributes GetObjectVersionTagging GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions
			ListMultipartUploadParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionAcl
			PutObjectVersionTagging RestoreObject UpdateObjectEncryption`,
	},
	{
		service: 's3express',
		resourceTypes: ['AWS::S3Express::Object'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-one-zone-logging.html',
		actions: 'CreateSession',
	},
	{
		service: 's3-object-lambda',
		resourceTypes: ['AWS::S3ObjectLambda::AccessPoint'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html',
		actions: `
			AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectAcl
			GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectVersion GetObjectVersionAcl GetObjectVersionTagging ListBucket
			ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention
			PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging RestoreObject WriteGetObjectResponse`,
	},
	{
		service: 's3-outposts',
		resourceTypes: ['AWS::S3Outposts::Object'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/S3OutpostsCloudTrail.html',
		actions: `
			AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging GetObject GetObjectTagging
			GetObjectVersion GetObjectVersionTagging ListBucket ListMultipartUploadParts PutObject PutObjectTagging PutObjectVersionTagging`,
	},
	{
		service: 's3tables',
		resourceTypes: ['AWS::S3Tables::Table'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-logging.html',
		actions: 'GetTableData PutTableData',
	},
	{
		service: 's3vectors',
		resourceTypes: ['AWS::S3Vectors::Index'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-cloudtrail-logging.html',
		actions: 'DeleteVectors GetVectors ListVectors PutVectors QueryVectors',
	},
	{
		service: 'sdb',
		resourceTypes: ['AWS::SDB::Domain'],
		page: guide,
		actions: 'BatchDeleteAttributes BatchPutAttributes DeleteAttributes DomainMetadata GetAttributes PutAttributes Select',
	},
	{
		service: 'ses',
		resourceTypes: ['AWS::SES::EmailIdentity', 'AWS::SES::ConfigurationSet', 'AWS::SES::Template'],
		page: 'https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html',
		actions: 'SendBounce SendBulkEmail SendBulkTemplatedEmail SendCustomVerificationEmail SendEmail SendTemplatedEmail',
	},
	{
		service: 'sms-voice',
		resourceTypes: ['AWS::SMSVoice::Message', 'AWS::SMSVoice::OriginationIdentity'],
		page: guide,
		actions: `
			SendDestinationNumberVerificationCode SendMediaMessage SendNotifyTextMessage SendNotifyVoiceMessage SendRcsMessage SendTextMessage
			SendVoiceMessage`,
	},
	{
		service: 'sns',
		resourceTypes: ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint'],
		page: 'https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html',
		actions: 'Publish',
	},
	{
		service: 'sqs',
		resourceTypes: ['AWS::SQS::Queue'],
		page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-logging-using-cloudtrail.html',
		actions: `
			ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListQueueTags ListQueues ReceiveMessage
			SendMessage`,
	},
	{
		service: 'ssm',
		resourceTypes: ['AWS::SSM::ManagedNode'],
		page: guide,
		actions: 'RequestManagedInstanceRoleToken',
	},
	{
		service: 'ssmmessages',
		resourceTypes: ['AWS::SSMMessages::ControlChannel'],
		page: guide,
		actions: 'CreateControlChannel OpenControlChannel',
	},
	{
		service: 'swf',
		resourceTypes: ['AWS::SWF::Domain'],
		page: 'https://docs.aws.amazon.com/amazonswf/latest/developerguide/ct-logging.html',
		actions: `
			CountClosedWorkflowExecutions CountOpenWorkflowExecutions CountPendingActivityTasks CountPendingDecisionTasks DescribeWorkflowExecution
			GetWorkflowExecutionHistory ListClosedWorkflowExecutions ListOpenWorkflowExecutions PollForActivityTask PollForDecisionTask
			RecordActivityTaskHeartbeat RequestCancelWorkflowExecution RespondActivityTaskCanceled RespondActivityTaskCompleted
			RespondActivityTaskFailed RespondDecisionTaskCompleted SignalWorkflowExecution StartWorkflowExecution TerminateWorkflowExecution`,
	},
	{
		service: 'sagemaker',
		resourceTypes: ['AWS::SageMaker::Endpoint'],
		page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html',
		actions: 'InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream',
	},
	{
		service: 'sagemaker',
		resourceTypes: ['AWS::SageMaker::ExperimentTrialComponent'],
		page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html',
		actions: 'BatchPutMetrics',
	},
	{
		service: 'sagemaker',
		resourceTypes: ['AWS::SageMaker::FeatureGroup'],
		page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-using-cloudtrail.html',
		actions: 'BatchGetRecord DeleteRecord GetRecord PutRecord',
	},
	{
		service: 'sagemaker-mlflow',
		resourceTypes: ['AWS::SageMaker::MlflowTrackingServer'],
		page: guide,
		actions: `
			AccessUI CreateExperiment CreateModelVersion CreateRegisteredModel CreateRun DeleteExperiment DeleteLoggedModel DeleteLoggedModelTag
			DeleteModelVersion DeleteModelVersionTag DeleteRegisteredModel DeleteRegisteredModelAlias DeleteRegisteredModelTag DeleteRun DeleteTag
			DeleteTraceTag DeleteTraces EndTrace FinalizeLoggedModel GetDownloadURIForModelVersionArtifacts GetExperiment GetExperimentByName
			GetLatestModelVersions GetLoggedModel GetMetricHistory GetModelVersion GetModelVersionByAlias GetRegisteredModel GetRun GetTraceInfo
			ListArtifacts ListLoggedModelArtifacts LogBatch LogInputs LogLoggedModelParams LogMetric LogModel LogOutputs LogParam RenameRegisteredModel
			RestoreExperiment RestoreRun SearchExperiments SearchLoggedModels SearchModelVersions SearchRegisteredModels SearchRuns SearchTraces
			SetExperimentTag SetLoggedModelTags SetModelVersionTag SetRegisteredModelAlias SetRegisteredModelTag SetTag SetTraceTag StartTrace
			TransitionModelVersionStage UpdateExperiment UpdateModelVersion UpdateRegisteredModel UpdateRun`,
	},
	{
		service: 'servicediscovery',
		resourceTypes: ['AWS::ServiceDiscovery::Namespace', 'AWS::ServiceDiscovery::Service'],
		page: guide,
		actions: 'DiscoverInstances DiscoverInstancesRevision',
	},
	{
		service: 'social-messaging',
		resourceTypes: ['AWS::SocialMessaging::PhoneNumberId', 'AWS::SocialMessaging::WabaId'],
		page: guide,
		actions: 'DeleteWhatsAppMessageMedia GetWhatsAppMessageMedia PostWhatsAppMessageMedia SendWhatsAppMessage',
	},
	{
		service: 'states',
		resourceTypes: ['AWS::StepFunctions::Activity'],
		page: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html',
		actions: 'GetActivityTask',
	},
	{
		service: 'states',
		resourceTypes: ['AWS::StepFunctions::StateMachine'],
		page: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html',
		actions: 'InvokeHTTPEndpoint StartSyncExecution',
	},
	{
		service: 'timestream',
		resourceTypes: ['AWS::Timestream::Table', 'AWS::Timestream::Database', 'AWS::Timestream::RegionalEndpoint'],
		page: 'https://docs.aws.amazon.com/timestream/latest/developerguide/logging-using-cloudtrail.html',
		actions: 'ListMeasures Select SelectValues',
	},
	{
		service: 'verifiedpermissions',
		resourceTypes: ['AWS::VerifiedPermissions::PolicyStore'],
		page: 'https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/cloudtrail.html',
		actions: 'IsAuthorized IsAuthorizedWithToken',
	},
	{
		service: 'xray',
		resourceTypes: ['AWS::XRay::Trace'],
		page: 'https://docs.aws.amazon.com/xray/latest/devguide/xray-api-cloudtrail.html',
		actions: `
			BatchGetTraces GetSamplingTargets GetServiceGraph GetTimeSeriesServiceStatistics GetTraceGraph GetTraceSummaries PutTelemetryRecords
			PutTraceSegments`,
	},
];
