import type {AthenaClientConfig} from '@aws-sdk/client-athena';
import type {TrailSettings} from '../../domain/trail-config.js';

/** What a scan will read and cost, as the listing of the bucket tells it. */
export type ScanEstimate = {
	/** Bytes of the log files as they lie in the bucket: what Athena counts. */
	readonly bytes: number;
	readonly files: number;
	readonly dollars: number;
	/** First and last UTC day that will be asked, YYYY-MM-DD. */
	readonly firstDay: string;
	readonly lastDay: string;
	/** Days that are asked, and days of the window that were asked before. */
	readonly days: number;
	readonly knownDays: number;
};

/** What one execution read and cost. */
export type ScanReport = {readonly executionId: string; readonly bytes: number; readonly dollars: number; readonly milliseconds: number; readonly reused: boolean};

/** How the AWS clients are made. */
export type AwsAccess = {
	/** The region of the bucket and of Athena. */
	readonly region: string;
	/** Without them the SDK looks for credentials in its own order. */
	readonly credentials?: AthenaClientConfig['credentials'] | undefined;
	/** Where the services are, where not at AWS: "http://127.0.0.1:9000". */
	readonly endpoint?: string | undefined;
	/** Requests in all for one call that is throttled or fails on the way; the SDK waits longer before each. */
	readonly maxAttempts?: number | undefined;
};

/** Where a trail's logs lie. */
export type TrailPlace = {
	readonly bucket: string;
	/** The trail's own prefix, in front of AWSLogs; empty where it has none. */
	readonly prefix: string;
	/** "o-…" for an organization's trail; null for a single account's. */
	readonly organizationId: string | null;
};

export type AthenaOptions = AwsAccess & TrailPlace & {
	/** Twelve digits. */
	readonly accountId: string;
	/** "aws", "aws-us-gov", "aws-cn". */
	readonly partition: string;
	readonly database: string;
	readonly table: string;
	readonly workgroup: string;
	/** "s3://bucket/folder/"; null for what the workgroup says, else what AWS's console takes. */
	readonly outputLocation: string | null;
	/** The program's cache folder. */
	readonly cacheFolder: string;
	/** What DescribeTrails said of the trails that write to the place; left out where they were not looked for. */
	readonly trailSettings?: readonly TrailSettings[] | undefined;
	/** Take the table as it is: nothing is made, nothing is checked. */
	readonly skipSetup: boolean;
	/** A scan that would read more is refused; null for no limit. */
	readonly maxScanBytes: number | null;
	/** Asked before the first scan, and before a later one of more than {@link unaskedBytes}. False cancels. */
	readonly confirm: (estimate: ScanEstimate) => Promise<boolean>;
	/** Told after each scan. */
	readonly onScan?: ((report: ScanReport) => void) | undefined;
	/** The clock; the system's without it. */
	readonly now?: (() => Date) | undefined;
	/** Milliseconds of the first wait between two looks at a running query; 250 without it. */
	readonly firstWait?: number | undefined;
};

/** A later scan of up to so many bytes is made without asking: it costs half a cent. */
export const unaskedBytes = 1_000_000_000;
