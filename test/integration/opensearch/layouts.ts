import type {LogRecord} from '../../support/trail-records.js';

/** How a kind of shipper writes CloudTrail records: the mapping of its index, and a record as its document. */
export type ShippedLayout = {
	readonly name: string;
	readonly keyPrefix: string | null;
	readonly mappings: Readonly<Record<string, unknown>>;
	readonly document: (record: LogRecord) => LogRecord;
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): Json => (isObject(value) ? value : {});
const time = {type: 'date', ignore_malformed: true};
const keyword = {type: 'keyword', ignore_above: 1024};
/** What a server maps a text to by itself. */
const text = {type: 'text', fields: {keyword: {type: 'keyword', ignore_above: 256}}};
const texts = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, text]));

/** Servers refuse a document whose values do not fit: shippers' pipelines drop such values. */
function fitting(record: LogRecord): LogRecord {
	const objects = ['requestParameters', 'responseElements', 'userIdentity', 'tlsDetails'];
	return Object.fromEntries(Object.entries(record).filter(([name, value]) =>
		!(objects.includes(name) && !isObject(value)) && !(['readOnly', 'managementEvent'].includes(name) && typeof value !== 'boolean') && value !== undefined));
}

const cloudTrailProperties = {
	eventTime: time,
	// Some values look like dates and others are none, some are objects and others texts: shippers' mappings take care.
	apiVersion: keyword,
	additionalEventData: {enabled: false},
	serviceEventDetails: {enabled: false},
	readOnly: {type: 'boolean'},
	managementEvent: {type: 'boolean'},
	// Parameters have another shape in each service: a mapping that took them all would soon be too large.
	requestParameters: {dynamic: false, properties: {...texts(['roleArn', 'serviceNamespace', 'sourceIdentity']), tags: {properties: texts(['key'])}}},
	responseElements: {dynamic: false, properties: texts(['ConsoleLogin', 'SwitchRole', 'ExitRole', 'RenewRole', 'CheckMfa'])},
};

/** Fields that documents of these tests may lack, so that the server would not map them by itself. */
const always = {
	...texts(['eventID', 'eventSource', 'eventName', 'eventType', 'eventCategory', 'awsRegion', 'errorCode', 'errorMessage', 'recipientAccountId', 'sharedEventID', 'sourceIPAddress', 'userAgent']),
	userIdentity: {properties: {...texts(['type', 'arn', 'userName', 'principalId', 'accountId', 'accessKeyId', 'invokedBy']), sessionContext: {properties: {...texts(['sourceIdentity']), sessionIssuer: {properties: texts(['type', 'arn', 'principalId'])}}}}},
	tlsDetails: {properties: texts(['clientProvidedHostHeader'])},
};

/** A mapping from before anybody asked for access keys, which takes no field by itself and keeps short ARNs alone: documents hold what the index does not know. */
const keyless = {
	dynamic: false,
	properties: {
		...Object.fromEntries(Object.entries(always.userIdentity.properties).filter(([name]) => name !== 'accessKeyId')),
		arn: {type: 'text', fields: {keyword: {type: 'keyword', ignore_above: 40}}},
	},
};

const raw: ShippedLayout = {
	name: 'CloudTrail\'s own names, texts with .keyword',
	keyPrefix: null,
	mappings: {date_detection: false, properties: {...always, ...cloudTrailProperties}},
	document: fitting,
};

const prefixed: ShippedLayout = {
	name: 'a key prefix',
	keyPrefix: 'cloudtrail',
	mappings: {date_detection: false, properties: {cloudtrail: {properties: {...always, ...cloudTrailProperties, userIdentity: keyless}}}},
	document: record => ({cloudtrail: fitting(record), host: 'shipper'}),
};

/** Text of an object as Elastic's pipeline makes it, with Java's toString. */
function javaText(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(item => javaText(item)).join(', ')}]`;
	}

	return isObject(value) ? `{${Object.entries(value).map(([key, inner]) => `${key}=${javaText(inner)}`).join(', ')}}` : String(value);
}

/** The pipeline drops what is null or empty. */
function dropped(value: unknown): unknown {
	if (!isObject(value)) {
		return value === null || value === '' ? undefined : value;
	}

	const kept = Object.entries(value).map(([key, inner]) => [key, dropped(inner)] as const).filter(([, inner]) => inner !== undefined);
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function ecsDocument(record: LogRecord): LogRecord {
	const fit = fitting(record);
	const identity = objectOf(fit.userIdentity);
	const issuer = objectOf(objectOf(identity.sessionContext).sessionIssuer);
	const shaped = (value: unknown) => (isObject(value) ? javaText(value) : undefined);
	const document = dropped({
		'@timestamp': Number.isNaN(Date.parse(String(fit.eventTime))) ? undefined : fit.eventTime,
		event: {id: fit.eventID, provider: fit.eventSource, action: fit.eventName, kind: 'event', outcome: fit.errorCode ? 'failure' : 'success'},
		cloud: {region: fit.awsRegion, account: {id: identity.accountId}},
		user: {id: identity.principalId, name: issuer.userName ?? identity.userName},
		source: {address: fit.sourceIPAddress},
		user_agent: {original: fit.userAgent},
		tls: {client: {server_name: objectOf(fit.tlsDetails).clientProvidedHostHeader}},
		aws: {cloudtrail: {
			event_type: fit.eventType,
			event_category: fit.eventCategory,
			management_event: fit.managementEvent,
			read_only: fit.readOnly,
			error_code: fit.errorCode,
			error_message: fit.errorMessage,
			recipient_account_id: fit.recipientAccountId,
			shared_event_id: fit.sharedEventID,
			request_parameters: shaped(fit.requestParameters),
			response_elements: shaped(fit.responseElements),
			user_identity: {
				type: identity.type,
				arn: identity.arn,
				access_key_id: identity.accessKeyId,
				invoked_by: identity.invokedBy,
				session_context: {session_issuer: {arn: issuer.arn, type: issuer.type, principal_id: issuer.principalId}},
			},
		}},
	});
	const cloudtrail = objectOf(objectOf(objectOf(document).aws).cloudtrail);
	// Parameters are kept beside, as they are.
	return {...objectOf(document), aws: {cloudtrail: {...cloudtrail, flattened: {request_parameters: fit.requestParameters, response_elements: fit.responseElements}}}};
}

const keywords = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, keyword]));

const ecs: ShippedLayout = {
	name: 'ECS',
	keyPrefix: null,
	mappings: {properties: {
		'@timestamp': {type: 'date'},
		event: {properties: keywords(['id', 'provider', 'action', 'kind', 'outcome'])},
		cloud: {properties: {region: keyword, account: {properties: {id: keyword}}}},
		user: {properties: keywords(['id', 'name'])},
		source: {properties: {address: keyword}},
		user_agent: {properties: {original: keyword}},
		tls: {properties: {client: {properties: {server_name: keyword}}}},
		aws: {properties: {cloudtrail: {properties: {
			...keywords(['event_type', 'event_category', 'management_event', 'error_code', 'error_message', 'recipient_account_id', 'shared_event_id', 'request_parameters', 'response_elements']),
			read_only: {type: 'boolean'},
			user_identity: {properties: {...keywords(['type', 'arn', 'access_key_id', 'invoked_by']), session_context: {properties: {session_issuer: {properties: keywords(['arn', 'type', 'principal_id'])}}}}},
			// Elasticsearch's `flattened`; this is the nearest that OpenSearch has.
			flattened: {properties: {request_parameters: {type: 'flat_object'}, response_elements: {type: 'flat_object'}}},
		}}}},
	}},
	document: ecsDocument,
};

/** The materialized view of OpenSearch Integrations: dotted names as they are, parameters as JSON texts, errors without a prefix. */
function integrationsDocument(record: LogRecord): LogRecord {
	const fit = fitting(record);
	const identity = objectOf(fit.userIdentity);
	const issuer = objectOf(objectOf(identity.sessionContext).sessionIssuer);
	const json = (value: unknown) => (value === undefined ? undefined : JSON.stringify(value));
	const at = (fields: LogRecord) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [`aws.cloudtrail.${name}`, value]));
	return {
		'@timestamp': Number.isNaN(Date.parse(String(fit.eventTime))) ? undefined : fit.eventTime,
		errorCode: fit.errorCode,
		errorMessage: fit.errorMessage,
		...at({
			eventId: fit.eventID,
			eventSource: fit.eventSource,
			eventName: fit.eventName,
			eventType: fit.eventType,
			eventCategory: fit.eventCategory,
			managementEvent: fit.managementEvent,
			readOnly: fit.readOnly,
			awsRegion: fit.awsRegion,
			recipientAccountId: fit.recipientAccountId,
			sharedEventId: fit.sharedEventID,
			sourceIPAddress: fit.sourceIPAddress,
			userAgent: fit.userAgent,
			requestParameter: json(fit.requestParameters),
			responseElements: json(fit.responseElements),
			tlsDetailsclient_provided_host_header: objectOf(fit.tlsDetails).clientProvidedHostHeader,
			'userIdentity.type': identity.type,
			'userIdentity.arn': identity.arn,
			'userIdentity.userName': identity.userName,
			'userIdentity.principalId': identity.principalId,
			'userIdentity.accountId': identity.accountId,
			'userIdentity.accessKeyId': identity.accessKeyId,
			'userIdentity.invokedBy': identity.invokedBy,
			'userIdentity.sessionContext.sessionIssuer.arn': issuer.arn,
			'userIdentity.sessionContext.sessionIssuer.type': issuer.type,
			'userIdentity.sessionContext.sessionIssuer.principalId': issuer.principalId,
		}),
	};
}

const integrations: ShippedLayout = {
	name: 'OpenSearch Integrations',
	keyPrefix: null,
	mappings: {properties: {
		'@timestamp': {type: 'date'},
		...texts(['errorCode', 'errorMessage']),
		aws: {properties: {cloudtrail: {properties: {
			...keywords(['eventSource', 'eventName', 'eventType', 'eventCategory', 'sourceIPAddress', 'awsRegion']),
			...texts(['eventId', 'recipientAccountId', 'sharedEventId', 'userAgent', 'requestParameter', 'responseElements', 'tlsDetailsclient_provided_host_header']),
			managementEvent: {type: 'boolean'},
			readOnly: {type: 'boolean'},
			userIdentity: always.userIdentity,
		}}}},
	}},
	document: integrationsDocument,
};

export const shippedLayouts: readonly ShippedLayout[] = [raw, prefixed, ecs, integrations];
