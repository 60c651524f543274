const shutDown = 'the service was shut down and left the Service Authorization Reference';
const internal = 'no page of the Service Authorization Reference: no action of it can be granted';
const ownEvents = 'only the service\'s own notices carry this name; API calls do not, says the same table';

/** Event source labels (and endpoint prefixes) behind which no IAM prefix stands, with the reason. */
export const labelsWithoutPrefix: ReadonlyArray<{readonly label: string; readonly reason: string}> = [
	{label: 'ams-k8s', reason: internal},
	{label: 'api.elastic-inference', reason: shutDown},
	{label: 'application-cost-profiler', reason: shutDown},
	{label: 'datasync-discovery', reason: ownEvents},
	{label: 'deepracer', reason: shutDown},
	{label: 'devices.iot1click', reason: shutDown},
	{label: 'elastic-inference', reason: shutDown},
	{label: 'emr', reason: ownEvents},
	{label: 'expertq', reason: internal},
	{label: 'glue-dataquality', reason: ownEvents},
	{label: 'iot1click', reason: shutDown},
	{label: 'iotthingsgraph', reason: shutDown},
	{label: 'macie', reason: ownEvents},
	{label: 'managedservices', reason: internal},
	{label: 'networkaccessanalyzer', reason: ownEvents},
	{label: 'private-marketplace', reason: ownEvents},
	{label: 'projects.iot1click', reason: shutDown},
	{label: 'sdkmetrics', reason: internal},
	{label: 'signup', reason: internal},
];
