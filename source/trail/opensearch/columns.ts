/** What is read of an event, by our names. */
export const columns = [
	'eventId', 'time', 'eventSource', 'eventName', 'eventType', 'eventCategory', 'managementEvent', 'readOnly', 'region', 'errorCode', 'errorMessage',
	'recipientAccount', 'sharedEventId', 'identityType', 'arn', 'userName', 'principalId', 'identityAccount', 'issuerArn', 'issuerType', 'issuerId',
	'clientHost', 'serviceNamespace', 'assumedRole', 'sessionTag', 'sourceIdentity', 'signIn', 'sourceAddress', 'userAgent', 'requestParameters', 'responseElements',
	'foldedArn', 'foldedPrincipalId', 'denial', 'original', 'accessKey', 'invokedBy', 'sessionIdentity',
] as const;

export type Column = (typeof columns)[number];

/** Something for each column. */
export function eachColumn<T>(make: (column: Column) => T): Readonly<Record<Column, T>> {
	const made: Partial<Record<Column, T>> = {};
	for (const column of columns) {
		made[column] = make(column);
	}

	// Each column is there: the loop is over all of them.
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
	return made as Record<Column, T>;
}

/** Paths of each column in one way of writing CloudTrail events into documents; the first that is mapped counts. */
export type LayoutTable = Readonly<Record<Column, readonly string[]>>;

/** What our own ingest adds to each document, so that one aggregation tells all: see ingest/document.ts. */
export const added = 'cloudtracker';

/** Response elements that tell how a sign-in ended (CloudTrail user guide, "AWS Management Console sign-in events"). */
export const signInElements = ['ConsoleLogin', 'SwitchRole', 'ExitRole', 'RenewRole', 'CheckMfa'];

/**
CloudTrail's own names, below a prefix ("" or ending in a dot): as Logstash, Hindsight, Lambda functions or our ingest write them. The second
spellings are those of the materialized view in OpenSearch Integrations, which also leaves error code and message without a prefix.
*/
export function cloudTrailNames(prefix: string): LayoutTable {
	const at = (...names: readonly string[]) => names.map(name => prefix + name);
	const parameters = ['requestParameters', 'requestParameter'];
	return {
		eventId: at('eventID', 'eventId'),
		time: [...at('eventTime'), '@timestamp'],
		eventSource: at('eventSource'),
		eventName: at('eventName'),
		eventType: at('eventType'),
		eventCategory: at('eventCategory'),
		managementEvent: at('managementEvent'),
		readOnly: at('readOnly'),
		region: at('awsRegion'),
		errorCode: [...at('errorCode'), 'errorCode'],
		errorMessage: [...at('errorMessage'), 'errorMessage'],
		recipientAccount: at('recipientAccountId'),
		sharedEventId: at('sharedEventID', 'sharedEventId'),
		identityType: at('userIdentity.type'),
		arn: at('userIdentity.arn'),
		userName: at('userIdentity.userName'),
		principalId: at('userIdentity.principalId'),
		identityAccount: at('userIdentity.accountId'),
		issuerArn: at('userIdentity.sessionContext.sessionIssuer.arn'),
		issuerType: at('userIdentity.sessionContext.sessionIssuer.type'),
		issuerId: at('userIdentity.sessionContext.sessionIssuer.principalId'),
		clientHost: at('tlsDetails.clientProvidedHostHeader', 'tlsDetailsclient_provided_host_header'),
		serviceNamespace: [`${added}.serviceNamespace`, ...parameters.map(name => `${prefix}${name}.serviceNamespace`)],
		assumedRole: [`${added}.assumedRole`, ...parameters.map(name => `${prefix}${name}.roleArn`)],
		sessionTag: [`${added}.sessionTag`, ...parameters.map(name => `${prefix}${name}.tags.key`)],
		sourceIdentity: [`${added}.sourceIdentity`, ...parameters.map(name => `${prefix}${name}.sourceIdentity`)],
		signIn: [`${added}.signIn`, ...signInElements.map(name => `${prefix}responseElements.${name}`)],
		sourceAddress: at('sourceIPAddress'),
		userAgent: at('userAgent'),
		requestParameters: at(...parameters),
		responseElements: at('responseElements'),
		foldedArn: [`${added}.arn`],
		foldedPrincipalId: [`${added}.principalId`],
		denial: [`${added}.denial`],
		original: [],
		accessKey: at('userIdentity.accessKeyId'),
		invokedBy: at('userIdentity.invokedBy'),
		sessionIdentity: at('userIdentity.sessionContext.sourceIdentity'),
	};
}

/**
The Elastic Common Schema, as Filebeat's aws module and Elastic Agent's aws integration write it (elastic/integrations,
packages/aws/data_stream/cloudtrail: fields/fields.yml and the ingest pipeline). `user.name` is the issuer's name where there is one.
*/
export const elasticCommonSchema: LayoutTable = {
	eventId: ['event.id'],
	time: ['@timestamp'],
	eventSource: ['event.provider'],
	eventName: ['event.action'],
	eventType: ['aws.cloudtrail.event_type'],
	eventCategory: ['aws.cloudtrail.event_category'],
	managementEvent: ['aws.cloudtrail.management_event'],
	readOnly: ['aws.cloudtrail.read_only'],
	region: ['cloud.region'],
	errorCode: ['aws.cloudtrail.error_code'],
	errorMessage: ['aws.cloudtrail.error_message'],
	recipientAccount: ['aws.cloudtrail.recipient_account_id'],
	sharedEventId: ['aws.cloudtrail.shared_event_id'],
	identityType: ['aws.cloudtrail.user_identity.type'],
	arn: ['aws.cloudtrail.user_identity.arn'],
	userName: ['user.name'],
	principalId: ['user.id'],
	identityAccount: ['cloud.account.id'],
	issuerArn: ['aws.cloudtrail.user_identity.session_context.session_issuer.arn'],
	issuerType: ['aws.cloudtrail.user_identity.session_context.session_issuer.type'],
	issuerId: ['aws.cloudtrail.user_identity.session_context.session_issuer.principal_id'],
	clientHost: ['tls.client.server_name'],
	serviceNamespace: ['aws.cloudtrail.flattened.request_parameters.serviceNamespace'],
	assumedRole: ['aws.cloudtrail.flattened.request_parameters.roleArn'],
	sessionTag: ['aws.cloudtrail.flattened.request_parameters.tags.key'],
	sourceIdentity: ['aws.cloudtrail.flattened.request_parameters.sourceIdentity'],
	signIn: signInElements.map(name => `aws.cloudtrail.flattened.response_elements.${name}`),
	sourceAddress: ['source.address'],
	userAgent: ['user_agent.original'],
	requestParameters: ['aws.cloudtrail.flattened.request_parameters', 'aws.cloudtrail.request_parameters'],
	responseElements: ['aws.cloudtrail.flattened.response_elements', 'aws.cloudtrail.response_elements'],
	foldedArn: [],
	foldedPrincipalId: [],
	denial: [],
	original: ['event.original'],
	accessKey: ['aws.cloudtrail.user_identity.access_key_id'],
	invokedBy: ['aws.cloudtrail.user_identity.invoked_by'],
	// The pipeline keeps none of a session: the call that opened it tells it.
	sessionIdentity: [],
};
