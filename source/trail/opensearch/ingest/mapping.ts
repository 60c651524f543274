import {isObject, type Json} from '../../../lib/json-fields.js';
import {added} from '../columns.js';

/** Longer values stay in the document and are not indexed: Lucene refuses more than 32,766 bytes, four for a character at most. */
const keyword = {type: 'keyword', ignore_above: 8191};

/** Whatever it holds is kept in the document and no field is made of it: each service has its own shape, and thousands of fields break an index. */
const kept = {type: 'object', enabled: false};

const keywords = (...names: readonly string[]) => Object.fromEntries(names.map(name => [name, keyword]));

/**
Fields of an index that our ingest makes: CloudTrail's own names, and below "cloudtracker" what every question asks and the index could not tell
otherwise. Fields that are not named here are kept in the document and not indexed.
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
*/
export const properties: Json = {
	eventTime: {type: 'date', ignore_malformed: true},
	readOnly: {type: 'boolean'},
	managementEvent: {type: 'boolean'},
	...keywords('eventID', 'eventSource', 'eventName', 'eventType', 'eventCategory', 'eventVersion', 'awsRegion', 'errorCode', 'errorMessage', 'recipientAccountId', 'sharedEventID', 'sourceIPAddress', 'userAgent', 'requestID', 'vpcEndpointId', 'apiVersion'),
	userIdentity: {properties: {
		...keywords('type', 'arn', 'userName', 'principalId', 'accountId', 'accessKeyId', 'invokedBy'),
		sessionContext: {properties: {
			...keywords('sourceIdentity'),
			sessionIssuer: {properties: keywords('type', 'arn', 'principalId', 'accountId', 'userName')},
		}},
	}},
	tlsDetails: {properties: keywords('tlsVersion', 'cipherSuite', 'clientProvidedHostHeader')},
	requestParameters: kept,
	responseElements: kept,
	additionalEventData: kept,
	serviceEventDetails: kept,
	[added]: {properties: keywords('arn', 'principalId', 'denial', 'assumedRole', 'sessionTag', 'sourceIdentity', 'serviceNamespace', 'signIn')},
};

/** Body of the request that makes the index. */
export const indexBody: Json = {mappings: {dynamic: false, properties}};

function fittedValue(value: unknown, mapping: Json): unknown {
	if (mapping.enabled === false || value === null || value === undefined) {
		return value ?? undefined;
	}

	if (isObject(mapping.properties)) {
		return isObject(value) ? fitted(value, mapping.properties) : undefined;
	}

	if (mapping.type === 'boolean') {
		return typeof value === 'boolean' || value === 'true' || value === 'false' ? value : undefined;
	}

	if (mapping.type === 'date') {
		return typeof value === 'object' ? undefined : value;
	}

	return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** A record of which every value fits its field: the server refuses a whole document for one that does not. */
export function fitted(record: Json, fields: Json = properties): Json {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => {
		const mapping = Object.hasOwn(fields, name) ? fields[name] : undefined;
		return [name, isObject(mapping) ? fittedValue(value, mapping) : value];
	}));
}
