/** CloudTrail's table of data event resource types; it names types, seldom operations: the actions of these entries are inferred from it. */
export const dataEventsGuide = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html';

/** IAM actions whose calls CloudTrail records only as data events. */
export type DataEventActions = {
	/** IAM prefix. */
	readonly service: string;
	/** Values of `resources.type`: any of them may hold the event, so a trail's selectors must name all of them before silence proves something. */
	readonly resourceTypes: readonly string[];
	/** Some of the calls are management events: these, too, must be recorded before silence proves something. */
	readonly alsoManagement?: true;
	/** Calls that need one of the actions and leave no event at all, whatever the selectors; absent where there are none. */
	readonly unrecorded?: string;
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
		page: dataEventsGuide,
		actions: 'ListSearchJobResults',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::AgentAlias'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'InvokeAgent',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::FlowAlias'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'InvokeFlow',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::InlineAgent'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'InvokeInlineAgent',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::KnowledgeBase'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'Retrieve RetrieveAndGenerate',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::Guardrail'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'ApplyGuardrail',
	},
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::Model', 'AWS::Bedrock::AsyncInvoke'],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'GetAsyncInvoke',
	},
	// InvokeModelWithBidirectionalStream and StartAsyncInvoke are data events, InvokeModel and Converse management events: all need this action.
	{
		service: 'bedrock',
		resourceTypes: ['AWS::Bedrock::Model', 'AWS::Bedrock::AsyncInvoke'],
		alsoManagement: true,
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: 'InvokeModel',
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
		resourceTypes: [
			'AWS::BedrockAgentCore::Browser',
			'AWS::BedrockAgentCore::BrowserCustom',
			'AWS::BedrockAgentCore::CodeInterpreter',
			'AWS::BedrockAgentCore::CodeInterpreterCustom',
			'AWS::BedrockAgentCore::Gateway',
			'AWS::BedrockAgentCore::Memory',
			'AWS::BedrockAgentCore::Runtime',
			'AWS::BedrockAgentCore::RuntimeEndpoint',
			'AWS::BedrockAgentCore::TokenVault',
			'AWS::BedrockAgentCore::WorkloadIdentity',
			'AWS::BedrockAgentCore::WorkloadIdentityDirectory',
		],
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
		actions: 'GetMetricStatistics GetMetricWidgetImage PutMetricData',
	},
	{
		service: 'cloudwatch',
		resourceTypes: ['AWS::CloudWatch::Metric'],
		unrecorded: 'PromQL queries',
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: 'GetMetricData ListMetrics',
	},
	{
		service: 'codeguru-profiler',
		resourceTypes: ['AWS::CodeGuruProfiler::ProfilingGroup'],
		page: dataEventsGuide,
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
		page: dataEventsGuide,
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
		page: dataEventsGuide,
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
		page: dataEventsGuide,
		actions: 'Poll PutSystemLogEvents StartTelemetrySession',
	},
	{
		service: 'gameliftstreams',
		resourceTypes: ['AWS::GameLiftStreams::Application', 'AWS::GameLiftStreams::StreamGroup'],
		page: dataEventsGuide,
		actions: `
			CreateStreamSessionConnection ExportStreamSessionFiles GetStreamSession ListStreamSessions ListStreamSessionsByAccount StartStreamSession
			TerminateStreamSession`,
	},
	{
		service: 'geo-maps',
		resourceTypes: ['AWS::GeoMaps::Provider'],
		page: dataEventsGuide,
		actions: 'GetStaticMap GetTile',
	},
	{
		service: 'geo-places',
		resourceTypes: ['AWS::GeoPlaces::Provider'],
		page: dataEventsGuide,
		actions: 'Autocomplete Geocode GetPlace ReverseGeocode SearchNearby SearchText Suggest',
	},
	{
		service: 'geo-routes',
		resourceTypes: ['AWS::GeoRoutes::Provider'],
		page: dataEventsGuide,
		actions: 'CalculateIsolines CalculateRouteMatrix CalculateRoutes OptimizeWaypoints SnapToRoads',
	},
	{
		service: 'greengrass',
		resourceTypes: ['AWS::GreengrassV2::ComponentVersion', 'AWS::GreengrassV2::Deployment'],
		page: dataEventsGuide,
		actions: 'Discover GetComponentVersionArtifact ResolveComponentCandidates',
	},
	{
		service: 'iot',
		resourceTypes: ['AWS::IoT::Thing'],
		page: dataEventsGuide,
		actions: 'ListNamedShadowsForThing',
	},
	{
		service: 'iotsitewise',
		resourceTypes: ['AWS::IoTSiteWise::Asset', 'AWS::IoTSiteWise::TimeSeries'],
		page: dataEventsGuide,
		actions: `
			BatchGetAssetPropertyAggregates BatchGetAssetPropertyValue BatchGetAssetPropertyValueHistory BatchPutAssetPropertyValue
			GetAssetPropertyAggregates GetAssetPropertyValue GetAssetPropertyValueHistory GetInterpolatedAssetPropertyValues`,
	},
	{
		service: 'iottwinmaker',
		resourceTypes: ['AWS::IoTTwinMaker::Entity'],
		page: dataEventsGuide,
		actions: 'BatchPutPropertyValues CreateEntity DeleteEntity GetEntity GetPropertyValue GetPropertyValueHistory ListEntities UpdateEntity',
	},
	{
		service: 'kendra-ranking',
		resourceTypes: ['AWS::KendraRanking::ExecutionPlan'],
		page: dataEventsGuide,
		actions: 'Rescore',
	},
	{
		service: 'kinesis',
		resourceTypes: ['AWS::Kinesis::Stream'],
		page: 'https://docs.aws.amazon.com/streams/latest/dev/logging-using-cloudtrail.html',
		actions: 'GetRecords GetShardIterator PutRecord PutRecords',
	},
	{
		service: 'kinesis',
		resourceTypes: ['AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer'],
		page: 'https://docs.aws.amazon.com/streams/latest/dev/logging-using-cloudtrail.html',
		actions: 'SubscribeToShard',
	},
	{
		service: 'firehose',
		resourceTypes: ['AWS::KinesisFirehose::DeliveryStream'],
		page: dataEventsGuide,
		actions: 'PutRecord PutRecordBatch',
	},
	{
		service: 'kinesisvideo',
		resourceTypes: ['AWS::KinesisVideo::SignalingChannel'],
		page: dataEventsGuide,
		actions: 'ConnectAsMaster ConnectAsViewer',
	},
	{
		service: 'kinesisvideo',
		resourceTypes: ['AWS::KinesisVideo::Stream'],
		page: dataEventsGuide,
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
		page: dataEventsGuide,
		actions: 'InvokeRestApi',
	},
	{
		service: 'machinelearning',
		resourceTypes: ['AWS::MachineLearning::MlModel'],
		page: dataEventsGuide,
		actions: 'Predict',
	},
	{
		service: 'managedblockchain-query',
		resourceTypes: ['AWS::ManagedBlockchainQuery::QueryAPI'],
		page: dataEventsGuide,
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
		page: dataEventsGuide,
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
		page: dataEventsGuide,
		actions: 'PutEvents SendMessages SendUsersMessages',
	},
	{
		service: 'qbusiness',
		resourceTypes: ['AWS::QBusiness::Application'],
		page: dataEventsGuide,
		actions: 'BatchDeleteDocument BatchPutDocument Chat ChatSync DeleteConversation GetMedia ListConversations ListMessages PutFeedback',
	},
	{
		service: 'rds-data',
		resourceTypes: ['AWS::RDS::DBCluster'],
		alsoManagement: true,
		page: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/logging-using-cloudtrail-data-api.html',
		actions: 'BatchExecuteStatement BeginTransaction CommitTransaction ExecuteSql ExecuteStatement RollbackTransaction',
	},
	{
		service: 'rum',
		resourceTypes: ['AWS::RUM::AppMonitor'],
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: 'PutRumEvents',
	},
	// A request through an access point holds the object among its resources, too:
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-monitoring-logging.html
	{
		service: 's3',
		resourceTypes: ['AWS::S3::Object'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html',
		actions: `
			DeleteObjectAnnotation GetObjectAnnotation ListObjectAnnotations PutObjectAnnotation
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
		page: dataEventsGuide,
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
		page: dataEventsGuide,
		actions: `
			SendDestinationNumberVerificationCode SendMediaMessage SendNotifyTextMessage SendNotifyVoiceMessage SendRcsMessage SendTextMessage
			SendVoiceMessage`,
	},
	{
		service: 'sns',
		resourceTypes: ['AWS::SNS::Topic', 'AWS::SNS::PlatformEndpoint'],
		unrecorded: 'messages to phone numbers',
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
		page: dataEventsGuide,
		actions: 'RequestManagedInstanceRoleToken',
	},
	{
		service: 'ssmmessages',
		resourceTypes: ['AWS::SSMMessages::ControlChannel'],
		page: dataEventsGuide,
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
		page: dataEventsGuide,
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
		page: dataEventsGuide,
		actions: 'DiscoverInstances DiscoverInstancesRevision',
	},
	{
		service: 'social-messaging',
		resourceTypes: ['AWS::SocialMessaging::PhoneNumberId', 'AWS::SocialMessaging::WabaId'],
		page: dataEventsGuide,
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
	{
		service: 'events',
		resourceTypes: ['AWS::Events::EventBus', 'AWS::Events::Endpoint', 'AWS::Events::EventSource', 'AWS::Events::Rule'],
		page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-cw-api-calls-eb.html',
		actions: 'PutEvents PutPartnerEvents PutRawEvents',
	},
	{
		service: 'states',
		resourceTypes: ['AWS::StepFunctions::Activity', 'AWS::StepFunctions::StateMachine'],
		page: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cloud-trail.html',
		actions: 'SendTaskFailure SendTaskHeartbeat SendTaskSuccess',
	},
	{
		service: 'agent-registry',
		resourceTypes: ['AWS::AgentRegistry::Registry'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'agentaccess-mcp',
		resourceTypes: ['AWS::AgentAccessMCP::Tools'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'aws-external-anthropic',
		resourceTypes: ['AWS::AWSExternalAnthropic::Workspace'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'aiops',
		resourceTypes: ['AWS::AIOps::InvestigationGroup'],
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: `
			CreateInvestigation CreateInvestigationEvent CreateInvestigationResource CreateReport DeleteInvestigation GenerateReport
			GetEphemeralInvestigationResults GetFact GetFactVersions GetInvestigation GetInvestigationEvent GetInvestigationResource GetReport ListFacts
			ListInvestigationEvents ListInvestigations ListReports PutFact UpdateInvestigation UpdateInvestigationEvent UpdateReport`,
	},
	{
		service: 'aidevops',
		resourceTypes: ['AWS::AIDevOps::AgentSpace', 'AWS::AIDevOps::Association', 'AWS::AIDevOps::OperatorAppTeam', 'AWS::AIDevOps::PipelineMetadata', 'AWS::AIDevOps::Service'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'aoss',
		resourceTypes: ['AWS::AOSS::Collection'],
		page: dataEventsGuide,
		actions: 'CreateIndex DeleteIndex GetIndex UpdateIndex',
	},
	{
		service: 'application-signals',
		resourceTypes: ['AWS::ApplicationSignals::InstrumentationConfig'],
		page: dataEventsGuide,
		actions: `
			BatchDeleteInstrumentationConfigurations CreateInstrumentationConfiguration DeleteInstrumentationConfiguration
			GetInstrumentationConfiguration GetInstrumentationConfigurationStatus ListInstrumentationConfigurations
			ReportInstrumentationConfigurationStatus`,
	},
	{
		service: 'appconfig',
		resourceTypes: ['AWS::AppConfig::Configuration'],
		page: 'https://docs.aws.amazon.com/appconfig/latest/userguide/logging-using-cloudtrail.html',
		actions: 'GetConfiguration',
	},
	{
		service: 'acm',
		resourceTypes: ['AWS::CertificateManager::AcmeEndpoint'],
		page: dataEventsGuide,
		actions: `
			CreateAcmeDomainValidation CreateAcmeEndpoint CreateAcmeExternalAccountBinding DeleteAcmeDomainValidation DeleteAcmeEndpoint
			DeleteAcmeExternalAccountBinding DescribeAcmeAccount DescribeAcmeDomainValidation DescribeAcmeEndpoint DescribeAcmeExternalAccountBinding
			GetAcmeExternalAccountBindingCredentials ListAcmeAccounts ListAcmeDomainValidations ListAcmeEndpoints ListAcmeExternalAccountBindings
			RevokeAcmeAccount RevokeAcmeExternalAccountBinding UpdateAcmeDomainValidation UpdateAcmeEndpoint`,
	},
	{
		service: 'backup',
		resourceTypes: ['AWS::Backup::BackupAccessPoint'],
		page: dataEventsGuide,
		actions: 'ListBackupAccessPoints ListBackupAccessPointsByRecoveryPoint ListBackupAccessPointsByResource',
	},
	{
		service: 'bedrock',
		resourceTypes: [
			'AWS::Bedrock::Blueprint',
			'AWS::Bedrock::DataAutomationInvocation',
			'AWS::Bedrock::DataAutomationProfile',
			'AWS::Bedrock::DataAutomationProject',
			'AWS::Bedrock::Model',
			'AWS::Bedrock::Tool',
		],
		page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html',
		actions: `
			CountTokens CreateBlueprint CreateBlueprintVersion CreateDataAutomationLibrary CreateDataAutomationProject DeleteBlueprint
			DeleteDataAutomationLibrary DeleteDataAutomationProject GetBlueprint GetDataAutomationLibrary GetDataAutomationLibraryEntity
			GetDataAutomationLibraryIngestionJob GetDataAutomationProject GetDataAutomationStatus InvokeDataAutomation
			InvokeDataAutomationLibraryIngestionJob InvokeTool ListAsyncInvokes ListBlueprints ListDataAutomationLibraries
			ListDataAutomationLibraryEntities ListDataAutomationLibraryIngestionJobs ListDataAutomationProjects UpdateBlueprint
			UpdateDataAutomationLibrary UpdateDataAutomationProject`,
	},
	{
		service: 'bedrock-agentcore',
		resourceTypes: [
			'AWS::BedrockAgentCore::ABTest',
			'AWS::BedrockAgentCore::APIKeyCredentialProvider',
			'AWS::BedrockAgentCore::BatchEvaluate',
			'AWS::BedrockAgentCore::BrowserProfile',
			'AWS::BedrockAgentCore::CapacityProvider',
			'AWS::BedrockAgentCore::Evaluator',
			'AWS::BedrockAgentCore::OAuth2CredentialProvider',
			'AWS::BedrockAgentCore::Payments',
			'AWS::BedrockAgentCore::Policy',
			'AWS::BedrockAgentCore::PolicyEngine',
			'AWS::BedrockAgentCore::Recommendation',
			'AWS::BedrockAgentCore::Registry',
		],
		page: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/logging-using-cloudtrail.html',
		actions: '*',
	},
	{
		service: 'bedrock-mantle',
		resourceTypes: ['AWS::BedrockMantle::Project'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'eks',
		resourceTypes: ['AWS::EKS::Dashboard'],
		page: dataEventsGuide,
		actions: 'ListDashboardData ListDashboardResources',
	},
	{
		service: 'guardduty',
		resourceTypes: ['AWS::GuardDuty::Detector', 'AWS::GuardDuty::MalwareScan'],
		page: 'https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html',
		actions: 'SendObjectMalwareScan SendSecurityTelemetry',
	},
	{
		service: 'health-agent',
		resourceTypes: [
			'AWS::HealthAgent::Domain',
			'AWS::HealthAgent::Integration',
			'AWS::HealthAgent::PatientInsightsJob',
			'AWS::HealthAgent::Session',
			'AWS::HealthAgent::Subscription',
		],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'iot',
		resourceTypes: ['AWS::IoT::Tunnel'],
		page: dataEventsGuide,
		actions: 'CloseTunnel DescribeTunnel ListTunnels OpenTunnel RotateTunnelAccessToken',
	},
	{
		service: 'iotsitewise',
		resourceTypes: ['AWS::IoTSiteWise::Asset', 'AWS::IoTSiteWise::Dataset', 'AWS::IoTSiteWise::Pipeline', 'AWS::IoTSiteWise::Workspace'],
		page: 'https://docs.aws.amazon.com/iot-sitewise/latest/userguide/logging-using-cloudtrail.html',
		actions: `
			BatchAssociateDataSegmentsToDataset BatchDeleteDatasetDataSegments BatchDisassociateDataSegmentsFromDataset CancelPipelineExecution
			CancelQuery CreateDataset CreateDatasetExportJob CreatePipeline CreateWorkspace DeleteDataset DeletePipeline DeleteWorkspace DescribeDataset
			DescribeDatasetExportJob DescribePipeline DescribePipelineExecution DescribeQuery DescribeSearch DescribeWorkspace ExecuteAction ExecuteQuery
			GetCaptureData GetQueryResults GetSearchResults InvokeAssistant ListDatasetDataSegmentRelationships ListDatasetDataSegments
			ListDatasetExportJobs ListDatasets ListPipelineExecutions ListPipelines ListQueries ListSearches ListWorkspaces StartPipelineExecution
			StartQuery StartSearch UpdateDataset UpdatePipeline UpdateWorkspace`,
	},
	{
		service: 'iottwinmaker',
		resourceTypes: ['AWS::IoTTwinMaker::Workspace'],
		page: dataEventsGuide,
		actions: 'CreateWorkspace DeleteWorkspace ExecuteQuery GetWorkspace ListWorkspaces UpdateWorkspace',
	},
	{
		service: 'lambda',
		resourceTypes: ['AWS::Lambda::MicrovmImage'],
		page: dataEventsGuide,
		actions: 'CreateMicrovmAuthToken CreateMicrovmShellAuthToken GetMicrovm ListMicrovms ResumeMicrovm RunMicrovm SuspendMicrovm TerminateMicrovm',
	},
	{
		service: 'lex',
		resourceTypes: ['AWS::Lex::Bot', 'AWS::Lex::BotAlias'],
		page: dataEventsGuide,
		actions: 'DeleteSession GetSession PostContent PostText PutSession RecognizeText RecognizeUtterance StartConversation',
	},
	{
		service: 'logs',
		resourceTypes: ['AWS::Logs::ScheduledQuery'],
		page: dataEventsGuide,
		actions: 'GetScheduledQueryHistory',
	},
	{
		service: 'nova-act',
		resourceTypes: ['AWS::NovaAct::WorkflowDefinition', 'AWS::NovaAct::WorkflowRun'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'qapps',
		resourceTypes: ['AWS::QApps::QApp', 'AWS::QApps::QAppSession'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'quicksight',
		resourceTypes: ['AWS::QuickSight::App', 'AWS::QuickSight::AutomationJob', 'AWS::QuickSight::Flow', 'AWS::QuickSight::FlowSession', 'AWS::Quicksight::ActionConnector'],
		page: dataEventsGuide,
		actions: `
			CreateActionConnector CreateFlow DeleteActionConnector DeleteApp DeleteFlow DescribeActionConnector DescribeActionConnectorPermissions
			DescribeApp DescribeAppPermissions DescribeAutomationJob DescribeFlow GetFlowMetadata GetFlowPermissions ListActionConnectors ListApps
			ListFlows SearchActionConnectors SearchApps SearchFlows StartAutomationJob UpdateActionConnector UpdateActionConnectorPermissions
			UpdateAppPermissions UpdateFlow UpdateFlowPermissions`,
	},
	{
		service: 'resource-explorer-2',
		resourceTypes: ['AWS::ResourceExplorer2::View', 'AWS::ResourceExplorer2::ManagedView'],
		page: dataEventsGuide,
		actions: 'Search',
	},
	{
		service: 's3-outposts',
		resourceTypes: ['AWS::S3Outposts::Object'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/s3-outposts/S3OutpostsCloudTrail.html',
		actions: 'ListBucketMultipartUploads ListBucketVersions PutObjectAcl',
	},
	{
		service: 's3tables',
		resourceTypes: ['AWS::S3Tables::Table', 'AWS::S3Tables::TableBucket'],
		page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-logging.html',
		actions: 'GetTableMetadataLocation UpdateTableMetadataLocation',
	},
	{
		service: 'sagemaker',
		resourceTypes: ['AWS::SageMaker::Hub', 'AWS::SageMaker::Job', 'AWS::SageMaker::TrainingSession'],
		page: dataEventsGuide,
		actions: 'CreateHubContentPresignedUrls CreateJob DeleteJob DescribeHubContent DescribeJob ListHubContentVersions ListHubContents StartSession StopJob',
	},
	{
		service: 'scn',
		resourceTypes: ['AWS::SCN::Instance'],
		page: dataEventsGuide,
		actions: 'SendDataIntegrationEvent',
	},
	{
		service: 'signer',
		resourceTypes: ['AWS::Signer::SigningJob', 'AWS::Signer::SigningProfile'],
		page: dataEventsGuide,
		actions: 'GetRevocationStatus SignPayload',
	},
	{
		service: 'ssm',
		resourceTypes: ['AWS::SSM::ExecutionPreview'],
		page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-cloudtrail-logs.html',
		actions: 'GetExecutionPreview StartExecutionPreview',
	},
	{
		service: 'uxc',
		resourceTypes: ['AWS::UXC::AccountCustomization'],
		page: dataEventsGuide,
		actions: '*',
	},
	{
		service: 'wellarchitected',
		resourceTypes: ['AWS::WellArchitected::AgentRecommendation'],
		page: dataEventsGuide,
		actions: `
			GetAgentRecommendation GetAgentRecommendationGeneration ListAgentRecommendationGenerations ListAgentRecommendationItems
			ListAgentRecommendations PutAgentRecommendationFeedback StartAgentRecommendationGeneration UpdateAgentRecommendationStatus`,
	},
	{
		service: 'deadline',
		resourceTypes: ['AWS::Deadline::Fleet', 'AWS::Deadline::Job', 'AWS::Deadline::Queue', 'AWS::Deadline::Worker'],
		page: 'https://docs.aws.amazon.com/deadline-cloud/latest/userguide/logging-using-cloudtrail.html',
		actions: `
			AssumeFleetRoleForRead AssumeFleetRoleForWorker AssumeQueueRoleForRead AssumeQueueRoleForUser AssumeQueueRoleForWorker BatchGetJobEntity
			CopyJobTemplate CreateJob CreateWorker DeleteWorker GetJob GetSession GetSessionAction GetStep GetTask GetWorker ListJobParameterDefinitions
			ListJobs ListSessionActions ListSessions ListSessionsForWorker ListStepConsumers ListStepDependencies ListSteps ListTasks ListWorkers
			SearchJobs SearchSteps SearchTasks SearchWorkers UpdateJob UpdateSession UpdateStep UpdateTask UpdateWorker UpdateWorkerSchedule`,
	},
];
