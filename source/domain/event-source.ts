import {endpointPrefixes, sharedSources, sourcePrefixes} from '../data/event-sources.js';
import {ownValue} from './own-value.js';

/** The label of an event source: "S3.amazonaws.com" and "s3.amazonaws.com.cn" are "s3". */
export function eventSourceLabel(eventSource: string): string {
	return eventSource.toLowerCase().replace(/\.(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.amazon\.com|amazon\.com)$/, '');
}

/** The IAM prefix behind one label; the label itself where no table names another. */
function prefixOf(label: string): string {
	return ownValue(sourcePrefixes, label) ?? ownValue(endpointPrefixes, label) ?? label;
}

/** The IAM prefix that a TLS host header names: "application-autoscaling.us-east-1.amazonaws.com" is application-autoscaling. */
function prefixOfHost(host: string): string {
	return prefixOf(host.toLowerCase().split('.')[0] ?? '');
}

/** What tells the services of a shared event source apart. */
export type SourceHints = {
	/** requestParameters.serviceNamespace: only Application Auto Scaling has it. */
	readonly serviceNamespace: string | null;
	/** tlsDetails.clientProvidedHostHeader */
	readonly clientHost: string | null;
};

/**
IAM prefixes that an event source may stand for, the likeliest first. A prefix need not exist in the catalog.
The service namespace goes before the host header, the host header before the table's order.
https://docs.aws.amazon.com/autoscaling/application/userguide/logging-using-cloudtrail.html
*/
export function iamPrefixesOf(eventSource: string, hints: SourceHints): readonly string[] {
	const label = eventSourceLabel(eventSource);
	const shared = ownValue(sharedSources, label);
	if (!shared) {
		return [prefixOf(label)];
	}

	const told = [
		label === 'autoscaling' && hints.serviceNamespace ? 'application-autoscaling' : '',
		hints.clientHost ? prefixOfHost(hints.clientHost) : '',
	].filter(prefix => shared.includes(prefix));
	return [...new Set([...told, ...shared])];
}
