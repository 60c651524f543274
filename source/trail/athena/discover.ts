import {UserError} from '../../lib/errors.js';
import type {Task} from '../../lib/task.js';
import {accountsFolder, TrailBucket} from './bucket.js';
import {clientConfig, Clients} from './clients.js';
import {callFailure} from './failures.js';
import type {AwsAccess, TrailPlace} from './options.js';

/** A trail of CloudTrail, as far as its logs are concerned. */
export type DiscoveredTrail = TrailPlace & {
	readonly name: string;
	readonly arn: string;
	/** Whether it is an organization's; `organizationId` is null where nobody could tell of which. */
	readonly isOrganization: boolean;
	/** Where the trail was made. */
	readonly homeRegion: string;
	/** Where the bucket lies: Athena is asked there. Null where S3 does not tell it to this profile. */
	readonly bucketRegion: string | null;
	readonly isMultiRegion: boolean;
	/** Events of IAM, STS and the like, which us-east-1 records. */
	readonly hasGlobalEvents: boolean;
	/** Twelve digits: the account that owns the trail. For an organization's trail this is the management account or a delegated one. */
	readonly ownerId: string;
};

/** How AWS is reached, and the organization's id where it is known. */
export type DiscoveryAccess = AwsAccess & {readonly organizationId?: string | null | undefined};

/**
The trails that record the account, with the place of their logs: its own in all regions, and its organization's.
DescribeTrails says that a trail is an organization's, not of which: the bucket's folders tell that.
Throws UserError and CancelledError.
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
*/
export async function discoverTrails(access: DiscoveryAccess, task: Task): Promise<DiscoveredTrail[]> {
	const config = clientConfig(access);
	const {CloudTrailClient, DescribeTrailsCommand} = await import('@aws-sdk/client-cloudtrail');
	const client = new CloudTrailClient(config);
	try {
		const {trailList: trails = []} = await client.send(new DescribeTrailsCommand({includeShadowTrails: true}), {abortSignal: task.signal});
		const found = trails.flatMap(trail => trail.S3BucketName === undefined
			? []
			: [{
				name: trail.Name ?? '',
				arn: trail.TrailARN ?? '',
				bucket: trail.S3BucketName,
				prefix: trail.S3KeyPrefix ?? '',
				isOrganization: trail.IsOrganizationTrail === true,
				homeRegion: trail.HomeRegion ?? access.region,
				isMultiRegion: trail.IsMultiRegionTrail === true,
				hasGlobalEvents: trail.IncludeGlobalServiceEvents === true,
				ownerId: trail.TrailARN?.split(':')[4] ?? '',
			}]);
		const places = await Promise.all(found.map(async trail => ({...trail, ...await askBucket(access, trail, task)})));
		return places.toSorted((a, b) => Number(b.isMultiRegion) - Number(a.isMultiRegion) || Number(a.name > b.name) - Number(a.name < b.name));
	} catch (error) {
		throw callFailure(error, {action: 'cloudtrail:DescribeTrails', on: `region ${access.region}`}, task.signal);
	} finally {
		client.destroy();
	}
}

/** What the bucket itself tells: its region, and the organization's id from its folders "AWSLogs/o-…/". Null where this profile may not see it. */
async function askBucket(access: DiscoveryAccess, {bucket, prefix, isOrganization}: {readonly bucket: string; readonly prefix: string; readonly isOrganization: boolean}, task: Task): Promise<{bucketRegion: string | null; organizationId: string | null}> {
	const place = {bucket, prefix, organizationId: null};
	const homeClients = new Clients(access);
	try {
		const bucketRegion = await new TrailBucket(homeClients, place, access.region).region(task.signal);
		if (!isOrganization || (access.organizationId ?? null) !== null || bucketRegion === null) {
			return {bucketRegion, organizationId: isOrganization ? access.organizationId ?? null : null};
		}

		const clients = new Clients({...access, region: bucketRegion});
		try {
			const names = await new TrailBucket(clients, place, bucketRegion).folders(accountsFolder(place), task.signal);
			const organizations = names.filter(name => name.startsWith('o-'));
			return {bucketRegion, organizationId: organizations.length === 1 ? organizations[0] ?? null : null};
		} catch (error) {
			if (error instanceof UserError) {
				return {bucketRegion, organizationId: null};
			}

			throw error;
		} finally {
			await clients.close();
		}
	} finally {
		await homeClients.close();
	}
}
