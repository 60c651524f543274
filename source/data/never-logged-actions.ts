/** Actions that authorize something CloudTrail keeps no event of. */
export type NeverLoggedActions = {
	/** IAM prefix. */
	readonly service: string;
	/** Why there is no event, for the user to read. */
	readonly reason: string;
	/** The page of AWS that says so; null where it is our judgement, because no page lists them as logged. */
	readonly page: string | null;
	/** Action names without prefix, separated by white space; "*" stands for the whole service. */
	readonly actions: string;
};

/** Sources: the page of each entry. Where no page was found the action stays here: a wrong "unused" is worse than an "unknown". */
export const neverLoggedActions: readonly NeverLoggedActions[] = [
	{service: 'aoss', reason: 'the data plane of OpenSearch Serverless', page: null, actions: 'APIAccessAll DashboardsAccessAll'},
	{
		service: 'cloudsearch',
		reason: 'search requests go to the domain, not to an API',
		page: 'https://docs.aws.amazon.com/cloudsearch/latest/developerguide/logging-config-api-calls.html',
		actions: 'document search suggest',
	},
	{
		service: 'ec2messages',
		reason: 'message delivery to the SSM Agent',
		page: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html',
		actions: '*',
	},
	{service: 'elasticache', reason: 'connections to a cache', page: null, actions: 'Connect'},
	{
		service: 'es',
		reason: 'requests to a domain; audit logs hold them',
		page: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudtrailauditing.html',
		actions: 'ESHttpDelete ESHttpGet ESHttpHead ESHttpPatch ESHttpPost ESHttpPut',
	},
	{service: 'execute-api', reason: 'calls of a deployed API; access logs hold them', page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/cloudtrail.html', actions: '*'},
	{
		service: 'iot',
		reason: 'MQTT messages and device shadows',
		page: 'https://docs.aws.amazon.com/iot/latest/developerguide/iot-using-cloudtrail.html',
		actions: 'Connect DeleteThingShadow GetRetainedMessage GetThingShadow ListRetainedMessages ListThings ListTopicRules Publish Receive RetainPublish Subscribe UpdateThingShadow',
	},
	{service: 'kafka-cluster', reason: 'Kafka protocol', page: 'https://docs.aws.amazon.com/msk/latest/developerguide/logging-using-cloudtrail.html', actions: '*'},
	{
		service: 'logs',
		reason: 'not among the actions of CloudWatch Logs that CloudTrail records',
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html',
		actions: 'PutLogEvents',
	},
	{service: 'memorydb', reason: 'connections to a cluster', page: null, actions: 'Connect'},
	{service: 'neptune-db', reason: 'queries of a cluster; audit logs hold them', page: 'https://docs.aws.amazon.com/neptune/latest/userguide/cloudtrail.html', actions: '*'},
	{service: 'rds-db', reason: 'connections to a database', page: null, actions: 'connect'},
	{
		service: 's3',
		reason: 'checked inside other requests or by replication, without an event of its own',
		page: null,
		actions: 'BypassGovernanceRetention GetObjectVersionForReplication InitiateReplication ObjectOwnerOverrideToBucketOwner ReplicateDelete ReplicateObject ReplicateTags',
	},
	{service: 'ses', reason: 'sending over SMTP is not recorded', page: 'https://docs.aws.amazon.com/ses/latest/dg/logging-using-cloudtrail.html', actions: 'SendRawEmail'},
	{service: 'ssmmessages', reason: 'session traffic of the SSM Agent', page: null, actions: 'CreateDataChannel OpenDataChannel'},
	{
		service: 'sts',
		reason: 'a parameter of AssumeRole and its kind',
		page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
		actions: 'SetContext SetSourceIdentity TagSession',
	},
	{
		service: 'timestream',
		reason: 'not among the operations of Timestream that CloudTrail records',
		page: 'https://docs.aws.amazon.com/timestream/latest/developerguide/logging-using-cloudtrail.html',
		actions: 'DescribeEndpoints WriteRecords',
	},
	{
		service: 'dynamodb',
		reason: 'not among the operations of DynamoDB that CloudTrail records',
		page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html',
		actions: 'DescribeEndpoints',
	},
	{
		service: 'dax',
		reason: 'data plane: items are read and written over DAX\'s own protocol',
		page: null,
		actions: 'BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem GetItem PutItem Query Scan UpdateItem',
	},
	{service: 'evidently', reason: 'data plane: evaluations and events of an application', page: null, actions: 'BatchEvaluateFeature EvaluateFeature PutProjectEvents'},
	{service: 'forecast', reason: 'data plane: forecast queries', page: null, actions: 'QueryForecast QueryWhatIfForecast'},
	{service: 'geo', reason: 'data plane: map tiles, positions, geofences and routes of an application', page: null, actions: `
		BatchDeleteDevicePositionHistory BatchEvaluateGeofences BatchGetDevicePosition BatchUpdateDevicePosition CalculateRoute CalculateRouteMatrix
		ForecastGeofenceEvents GetDevicePosition GetDevicePositionHistory GetMapGlyphs GetMapSprites GetMapStyleDescriptor GetMapTile GetPlace
		ListDevicePositions SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText VerifyDevicePosition`},
	{service: 'iotanalytics', reason: 'data plane: messages of devices', page: null, actions: 'BatchPutMessage GetDatasetContent RunPipelineActivity SampleChannelData'},
	{service: 'iotevents', reason: 'data plane: messages and alarms of devices', page: null, actions: `
		BatchAcknowledgeAlarm BatchDeleteDetector BatchDisableAlarm BatchEnableAlarm BatchPutMessage BatchResetAlarm BatchSnoozeAlarm BatchUpdateDetector
		DescribeAlarm DescribeDetector ListAlarms ListDetectors`},
	{service: 'iotjobsdata', reason: 'data plane: job documents of devices', page: null, actions: '*'},
	{service: 'mediastore', reason: 'data plane: objects of a container', page: null, actions: 'DeleteObject DescribeObject GetObject ListItems PutObject'},
	{service: 'mobileanalytics', reason: 'data plane: events of an application', page: null, actions: 'PutEvents'},
	{
		service: 'personalize',
		reason: 'data plane: recommendations and events of an application',
		page: null,
		actions: 'GetActionRecommendations GetPersonalizedRanking GetRecommendations PutActionInteractions PutActions PutEvents PutItems PutUsers',
	},
	{service: 'qldb', reason: 'data plane: statements of a session', page: null, actions: 'SendCommand'},
	{service: 'route53-recovery-cluster', reason: 'data plane: the cluster\'s own data plane', page: null, actions: '*'},
	{service: 'connect-campaigns', reason: 'data plane: dial requests', page: null, actions: 'PutDialRequestBatch'},
	{service: 'frauddetector', reason: 'data plane: predictions and events', page: null, actions: 'GetEventPrediction SendEvent'},
	{service: 'voiceid', reason: 'data plane: calls in progress', page: null, actions: 'EvaluateSession'},
	{service: 'workmailmessageflow', reason: 'data plane: messages in flight', page: null, actions: '*'},
	{
		service: 'iot',
		reason: 'calls that change nothing leave no event',
		page: 'https://docs.aws.amazon.com/iot/latest/developerguide/iot-using-cloudtrail.html',
		actions: `
			DescribeAccountAuditConfiguration DescribeAuditFinding DescribeAuditMitigationActionsTask DescribeAuditSuppression DescribeAuditTask
			DescribeAuthorizer DescribeBillingGroup DescribeCACertificate DescribeCertificate DescribeCertificateProvider DescribeCustomMetric
			DescribeDefaultAuthorizer DescribeDetectMitigationActionsTask DescribeDimension DescribeDomainConfiguration DescribeEncryptionConfiguration
			DescribeEndpoint DescribeEventConfigurations DescribeFleetMetric DescribeIndex DescribeJob DescribeJobExecution DescribeJobTemplate
			DescribeManagedJobTemplate DescribeMitigationAction DescribeProvisioningTemplate DescribeProvisioningTemplateVersion DescribeRoleAlias
			DescribeScheduledAudit DescribeSecurityProfile DescribeStream DescribeThing DescribeThingGroup DescribeThingRegistrationTask
			DescribeThingType GetBehaviorModelTrainingSummaries GetBucketsAggregation GetCardinality GetCommand GetCommandExecution GetEffectivePolicies
			GetIndexingConfiguration GetJobDocument GetLoggingOptions GetOTAUpdate GetPackage GetPackageConfiguration GetPackageVersion GetPercentiles
			GetPolicy GetPolicyVersion GetRegistrationCode GetStatistics GetThingConnectivityData GetTopicRule GetTopicRuleDestination
			GetV2LoggingOptions ListActiveViolations ListAttachedPolicies ListAuditFindings ListAuditMitigationActionsExecutions
			ListAuditMitigationActionsTasks ListAuditSuppressions ListAuditTasks ListAuthorizers ListBillingGroups ListCACertificates
			ListCertificateProviders ListCertificates ListCertificatesByCA ListCommandExecutions ListCommands ListCustomMetrics
			ListDetectMitigationActionsExecutions ListDetectMitigationActionsTasks ListDimensions ListDomainConfigurations ListFleetMetrics ListIndices
			ListJobExecutionsForJob ListJobExecutionsForThing ListJobs ListJobTemplates ListManagedJobTemplates ListMetricValues ListMitigationActions
			ListOTAUpdates ListOutgoingCertificates ListPackages ListPackageVersions ListPolicies ListPolicyPrincipals ListPolicyVersions
			ListPrincipalPolicies ListPrincipalThings ListPrincipalThingsV2 ListProvisioningTemplates ListProvisioningTemplateVersions
			ListRelatedResourcesForAuditFinding ListRoleAliases ListSbomValidationResults ListScheduledAudits ListSecurityProfiles
			ListSecurityProfilesForTarget ListStreams ListTagsForResource ListTargetsForPolicy ListTargetsForSecurityProfile ListThingGroups
			ListThingGroupsForThing ListThingPrincipals ListThingPrincipalsV2 ListThingRegistrationTaskReports ListThingRegistrationTasks
			ListThingsInBillingGroup ListThingsInThingGroup ListThingTypes ListTopicRuleDestinations ListV2LoggingLevels ListViolationEvents SearchIndex
			TestAuthorization TestInvokeAuthorizer ValidateSecurityProfileBehaviors`,
	},
	{
		service: 'importexport',
		reason: 'CloudTrail does not support AWS Import/Export',
		page: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-aws-service-specific-topics.html',
		actions: '*',
	},
	{
		service: 'lakeformation',
		reason: 'data plane: governed tables and query results',
		page: 'https://docs.aws.amazon.com/lake-formation/latest/dg/security-event-logging.html',
		actions: 'GetTableObjects GetWorkUnitResults UpdateTableObjects',
	},
	{
		service: 'mobiletargeting',
		reason: 'not among the actions of Pinpoint that CloudTrail records',
		page: 'https://docs.aws.amazon.com/pinpoint/latest/developerguide/pinpoint-cloudtrail-actions.html',
		actions: 'VerifyOTPMessage',
	},
	{
		service: 'comprehend',
		reason: 'not among the actions of Comprehend that CloudTrail records',
		page: 'https://docs.aws.amazon.com/comprehend/latest/dg/logging-using-cloudtrail.html',
		actions: 'BatchDetectTargetedSentiment ContainsPiiEntities DetectTargetedSentiment DetectToxicContent',
	},
	{
		service: 'cloudwatch',
		reason: 'queries of telemetry: not among the actions of CloudWatch that CloudTrail records',
		page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html',
		actions: `
			GetAgentGraph GetContextGraph GetDataset GetRecords GetTelemetryQueryResults InvokeIntegration ListTelemetryFields ListTelemetryQuerySessions
			QueryTraces StartOmniThreadSession StartTelemetryQuery StartTelemetryQuerySession StopTelemetryQuery StopTelemetryQuerySession SubmitFeedback`,
	},
	{service: 'chime', reason: 'data plane: messages of a channel and their connections', page: null, actions: `
		ChannelFlowCallback Connect DeleteChannelMessage GetChannelMessage GetChannelMessageStatus GetMessagingSessionEndpoint ListChannelMessages
		RedactChannelMessage SendChannelMessage UpdateChannelMessage UpdateChannelReadMarker`},
	{service: 'clouddirectory', reason: 'data plane: objects of a directory', page: null, actions: `
		AddFacetToObject AttachObject AttachToIndex AttachTypedLink BatchRead BatchWrite CreateObject DeleteObject DetachFromIndex DetachObject
		DetachTypedLink GetLinkAttributes GetObjectAttributes GetObjectInformation ListAttachedIndices ListIncomingTypedLinks ListIndex
		ListObjectAttributes ListObjectChildren ListObjectParentPaths ListObjectParents ListObjectPolicies ListOutgoingTypedLinks
		ListPolicyAttachments LookupPolicy RemoveFacetFromObject UpdateLinkAttributes UpdateObjectAttributes`},
	{service: 'connect', reason: 'data plane: messages of a chat', page: null, actions: 'SendChatIntegrationEvent'},
	{service: 'datapipeline', reason: 'polling by task runners', page: null, actions: 'EvaluateExpression PollForTask ReportTaskProgress ReportTaskRunnerHeartbeat'},
	{service: 'elemental-inference', reason: 'data plane: media', page: null, actions: 'PutMedia'},
	{service: 'entityresolution', reason: 'a permission without an API call of its own', page: null, actions: 'UseIdNamespace UseWorkflow'},
	{service: 'inspector2', reason: 'reports of an agent', page: null, actions: 'SendCisSessionHealth SendCisSessionTelemetry StartCisSession StopCisSession'},
	{service: 'inspector2-telemetry', reason: 'reports of an agent', page: null, actions: '*'},
	{service: 'iotmanagedintegrations', reason: 'data plane: events and commands of devices', page: null, actions: 'SendConnectorEvent SendManagedThingCommand'},
	{service: 'iotwireless', reason: 'data plane: messages to devices', page: null, actions: 'SendDataToMulticastGroup SendDataToWirelessDevice'},
	{service: 'ivs', reason: 'data plane: metadata in a stream', page: null, actions: 'PutMetadata'},
	{service: 'ivschat', reason: 'data plane: messages of a chat room', page: null, actions: 'DeleteMessage SendEvent'},
	{
		service: 'lambda',
		reason: 'steps of an execution in progress',
		page: null,
		actions: 'CheckpointDurableExecution GetDurableExecutionState SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess',
	},
	{service: 'mediaconnect', reason: 'polling by gateways', page: null, actions: 'DiscoverGatewayPollEndpoint PollGateway SubmitGatewayStateChange'},
	{service: 'medical-imaging', reason: 'data plane: DICOM images', page: null, actions: `
		GetDICOMBulkdata GetDICOMInstance GetDICOMInstanceFrames GetDICOMInstanceMetadata GetDICOMSeriesMetadata SearchDICOMInstances
		SearchDICOMSeries SearchDICOMStudies StoreDICOM StoreDICOMStudy`},
	{service: 'migrationhub-strategy', reason: 'reports of a collector', page: null, actions: 'GetMessage PutLogData PutMetricData SendMessage'},
	{service: 'networkflowmonitor', reason: 'reports of an agent', page: null, actions: 'Publish'},
	{service: 'omics', reason: 'data plane: files of a sequence store', page: null, actions: 'GetReadSet GetReference UploadReadSetPart'},
	{service: 'polly', reason: 'data plane: speech in both directions', page: null, actions: 'StartSpeechSynthesisStream'},
	{service: 'profile', reason: 'data plane: profiles of customers', page: null, actions: `
		AddProfileKey BatchGetCalculatedAttributeForProfile BatchGetProfile CreateProfile DeleteProfile DeleteProfileKey DeleteProfileObject
		GetCalculatedAttributeForProfile GetProfileRecommendations GetSegmentMembership ListCalculatedAttributesForProfile ListProfileObjects MergeProfiles
		PutProfileObject SearchProfiles UpdateProfile`},
	{service: 'sagemaker', reason: 'data plane: inference, devices', page: null, actions: 'CallWithBearerToken Sample SampleWithResponseStream SendHeartbeat'},
	{service: 'wisdom', reason: 'data plane: questions and answers of an agent\'s session', page: null, actions: `
		GetNextMessage GetRecommendations ListMessages NotifyRecommendationsReceived QueryAssistant RenderMessageTemplate Retrieve SearchContent
		SearchQuickResponses SearchSessions SendMessage`},
	{service: 'workspaces', reason: 'a permission without an API call of its own', page: null, actions: 'Stream'},
];
