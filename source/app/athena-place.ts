import type {AwsSession} from '../aws/session.js';
import type {TrailSettings} from '../domain/trail-config.js';
import {UserError} from '../lib/errors.js';
import type {Task} from '../lib/task.js';
import {bytesText, dollarsText} from '../trail/athena/cost.js';
import type {DiscoveredTrail} from '../trail/athena/discover.js';
import type {AthenaOptions, ScanEstimate} from '../trail/athena/options.js';
import type {TrailPlace} from './places.js';

export type AthenaPlace = Extract<TrailPlace, {kind: 'athena'}>;

/** What the command line says about scans. */
export type ScanLimits = {
	/** Scan without asking. */
	readonly yes: boolean;
	/** Refuse a scan that would read more; null for no limit. */
	readonly maxBytes: number | null;
	/** Take the table as it is. */
	readonly skipSetup: boolean;
};

/** What {@link athenaOptions} needs beside the place. */
export type AthenaContext = {
	readonly accountId: string;
	readonly cacheFolder: string;
	readonly session: AwsSession;
	readonly limits: ScanLimits;
	/** The task that asks now: its user is asked and told. */
	readonly task: () => Task;
};

/** Names that the program gives what it makes, where the account names nothing else. */
const defaults = {database: 'cloudtracker_tui', table: 'cloudtrail', workgroup: 'primary'} as const;

/** The question before a scan. */
export function scanQuestion({bytes, dollars, files, firstDay, lastDay}: ScanEstimate): string {
	return `Athena will scan ${bytesText(bytes)} in ${files.toLocaleString('en-US')} log files of ${firstDay} to ${lastDay}, for about ${dollarsText(dollars)}. Scan?`;
}

/** Whether the user wants the scan. Throws UserError where nobody can be asked. */
async function confirmScan(estimate: ScanEstimate, {yes}: ScanLimits, task: Task): Promise<boolean> {
	if (yes) {
		return true;
	}

	if (!task.confirm) {
		throw new UserError(`a scan of ${bytesText(estimate.bytes)} (about ${dollarsText(estimate.dollars)}) was not confirmed`, {hint: 'give --yes to scan without being asked, with --max-scan 50GB to refuse larger ones'});
	}

	return task.confirm(scanQuestion(estimate));
}

/** What DescribeTrails says of a trail: neither its selectors nor whether it is switched on. */
function settingsOf({name, ownerId, isOrganization, homeRegion, isMultiRegion, hasGlobalEvents}: DiscoveredTrail): TrailSettings {
	return {
		name, accountId: ownerId === '' ? null : ownerId, organization: isOrganization, homeRegion, multiRegion: isMultiRegion, globalServiceEvents: hasGlobalEvents, logging: null, selectors: null,
	};
}

/** The bucket of the trail that records the account, and what is known of the trails that write to it. Throws UserError where there is none, or more than one to choose from. */
async function discovered({organizationId}: AthenaPlace, {session, task}: AthenaContext): Promise<Pick<AthenaOptions, 'bucket' | 'prefix' | 'organizationId' | 'trailSettings'> & {region: string}> {
	const {discoverTrails} = await import('../trail/athena/discover.js');
	const trails = await discoverTrails({region: session.region, credentials: session.credentials, organizationId}, task());
	const [first, ...others] = trails;
	if (!first) {
		throw new UserError('CloudTrail has no trail that writes this account\'s logs to a bucket', {exitCode: 3, hint: 'name a bucket with --trail s3://BUCKET/PREFIX, or take IAM\'s own data with --trail last-accessed'});
	}

	if (others.some(({bucket, prefix}) => bucket !== first.bucket || prefix !== first.prefix)) {
		const places = trails.map(({name, bucket, prefix}) => `s3://${[bucket, prefix].filter(part => part !== '').join('/')} (${name})`);
		throw new UserError(`which trail? There are ${places.join(', ')}`, {hint: 'name one with --trail s3://BUCKET/PREFIX; "cloudtracker-tui trail discover" tells them apart'});
	}

	if (first.isOrganization && first.organizationId === null) {
		throw new UserError(`trail ${first.name} is an organization's, and which organization's could not be read from its bucket ${first.bucket}`, {
			exitCode: 3, hint: 'name the organization with --trail s3://BUCKET/PREFIX/AWSLogs/o-ID/, or allow s3:ListBucket on the bucket',
		});
	}

	// Each of them may have written what lies there: only what all of them record is certain to be there.
	const trailSettings = trails.map(trail => settingsOf(trail));
	return {bucket: first.bucket, prefix: first.prefix, organizationId: first.organizationId, region: first.bucketRegion ?? session.region, trailSettings};
}

/** What Athena is asked with for an account and its place. Throws UserError and CancelledError. */
export async function athenaOptions(place: AthenaPlace, context: AthenaContext): Promise<AthenaOptions> {
	const {accountId, cacheFolder, session, limits, task} = context;
	const {partitionOf} = await import('../aws/session.js');
	const found = place.bucket === undefined
		? await discovered(place, context)
		: {bucket: place.bucket, prefix: place.prefix ?? '', organizationId: place.organizationId ?? null, region: session.region};
	const region = place.region ?? found.region;
	return {
		...found,
		region,
		credentials: session.credentials,
		partition: partitionOf(region),
		accountId,
		database: place.database ?? defaults.database,
		table: place.table ?? defaults.table,
		workgroup: place.workgroup ?? defaults.workgroup,
		outputLocation: place.outputLocation ?? null,
		cacheFolder,
		skipSetup: limits.skipSetup,
		maxScanBytes: limits.maxBytes,
		confirm: async estimate => confirmScan(estimate, limits, task()),
		onScan({bytes, dollars, reused}) {
			task().note?.(reused ? 'Athena gave the answer of an earlier scan: nothing was scanned' : `Athena scanned ${bytesText(bytes)} for ${dollarsText(dollars)}`);
		},
	};
}
