import type {DiscoveredTrail} from '../app/discover.js';
import {terminalText} from '../lib/terminal-text.js';

function lines({name, bucket, prefix, organizationId, isOrganization, homeRegion, bucketRegion, isMultiRegion, hasGlobalEvents, ownerId}: DiscoveredTrail): string[] {
	const place = `s3://${[bucket, prefix].filter(part => part !== '').join('/')}${organizationId === null ? '' : `/AWSLogs/${organizationId}`}`;
	return [
		`${name} of account ${ownerId}`,
		`  logs      ${place}${bucketRegion === null ? '' : `, bucket in ${bucketRegion}`}`,
		`  records   ${isMultiRegion ? 'all regions' : `${homeRegion} alone`}, ${hasGlobalEvents ? 'with' : 'without'} global services such as IAM${isOrganization ? ', for the whole organization' : ''}`,
		`  use       --trail ${place}${bucketRegion === null || bucketRegion === homeRegion ? '' : ` --region ${bucketRegion}`}`,
	];
}

/** Trails as lines, each with the flag that takes its logs; ends with a line break. */
export function discoveredLines(trails: readonly DiscoveredTrail[]): string {
	return trails.length === 0
		? 'CloudTrail has no trail that writes to a bucket; without one, --trail last-accessed takes IAM\'s own data\n'
		: `${trails.flatMap(trail => lines(trail)).map(line => terminalText(line)).join('\n')}\n`;
}
