/** Operations of the SDK's models that map to no IAM action of today, with the reason. */
export const sdkExceptions: ReadonlyArray<{readonly label: string; readonly operations: readonly string[]; readonly reason: string}> = [
	{
		label: 'cloudfront',
		operations: ['DeleteServiceLinkedRole'],
		reason: 'only in the API version of 2017; the operation is gone',
	},
	{
		label: 'cloudhsm',
		operations: [
			'AddTagsToResource', 'CreateHapg', 'CreateLunaClient', 'DeleteHapg', 'DeleteLunaClient', 'DescribeHapg', 'DescribeHsm', 'DescribeLunaClient', 'GetConfig',
			'ListAvailableZones', 'ListHapgs', 'ListHsms', 'ListLunaClients', 'ListTagsForResource', 'ModifyHapg', 'ModifyHsm', 'ModifyLunaClient', 'RemoveTagsFromResource',
		],
		reason: 'CloudHSM Classic is retired',
	},
	{
		label: 'cloudsearch',
		operations: [
			'DefineRankExpression', 'DeleteRankExpression', 'DescribeDefaultSearchField', 'DescribeRankExpressions', 'DescribeStemmingOptions', 'DescribeStopwordOptions',
			'DescribeSynonymOptions', 'UpdateDefaultSearchField', 'UpdateStemmingOptions', 'UpdateStopwordOptions', 'UpdateSynonymOptions',
		],
		reason: 'the API version of 2011 is retired',
	},
	{
		label: 'cloudtrail',
		operations: ['ListInsightsMetricData'],
		reason: 'not in the Service Authorization Reference',
	},
	{
		label: 'glue',
		operations: ['ListDataQualityStatisticAnnotations', 'ListDataQualityStatistics'],
		reason: 'not in the Service Authorization Reference',
	},
	{
		label: 'lambda',
		operations: ['AddEventSource', 'GetEventSource', 'ListEventSources', 'RemoveEventSource', 'UploadFunction'],
		reason: 'the API version of 2014 is retired',
	},
];
