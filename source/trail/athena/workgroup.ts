import type {WorkGroup, WorkGroupConfiguration} from '@aws-sdk/client-athena';
import {UserError} from '../../lib/errors.js';
import type {Clients} from './clients.js';
import {callFailure, isDenied, isNotFound, isOtherRegion} from './failures.js';
import type {AthenaOptions} from './options.js';

/** What a workgroup lets a query do, and where its results go. */
export type WorkgroupSettings = {
	/** Where the query is told to write; null where the workgroup decides. */
	readonly outputLocation: string | null;
	/** In words, for people: "s3://…", "managed by Athena". */
	readonly results: string;
	/** A query may take the result of an earlier one of the same text (engine version 3). */
	readonly mayReuse: boolean;
	/** The workgroup stops a query that scans more; null without a limit. */
	readonly bytesLimit: number | null;
	/** What was decided for the user, in words; null where nothing was. */
	readonly note: string | null;
};

/** The bucket that Athena's console proposes: https://docs.aws.amazon.com/athena/latest/ug/querying.html ("query result location"). */
export function defaultOutputBucket({accountId, region}: Pick<AthenaOptions, 'accountId' | 'region'>): string {
	return `aws-athena-query-results-${accountId}-${region}`;
}

/** A location ends in one slash: Athena puts the execution's id behind it as it is. */
function asFolder(location: string): string {
	return `${location.replace(/\/+$/, '')}/`;
}

type Wanted = Pick<AthenaOptions, 'accountId' | 'region' | 'workgroup' | 'outputLocation'>;

/** The workgroup as Athena describes it. Throws UserError where there is none, or where it is disabled. */
async function describeWorkgroup(clients: Clients, {workgroup, region}: Wanted, signal: AbortSignal): Promise<WorkGroupConfiguration> {
	const [{GetWorkGroupCommand}, client] = await Promise.all([import('@aws-sdk/client-athena'), clients.athena()]);
	let found: WorkGroup | undefined;
	try {
		const answer = await client.send(new GetWorkGroupCommand({WorkGroup: workgroup}), {abortSignal: signal});
		found = answer.WorkGroup;
	} catch (error) {
		throw /not found|does not exist/i.test(String(error)) && !isDenied(error)
			? new UserError(`there is no workgroup ${workgroup} in ${region}`, {hint: 'name another one; every region has "primary"', cause: error})
			: callFailure(error, {action: 'athena:GetWorkGroup', on: `workgroup ${workgroup}`}, signal);
	}

	if (found?.State === 'DISABLED') {
		throw new UserError(`the workgroup ${workgroup} is disabled`, {hint: 'enable it in Athena\'s console, or name another one'});
	}

	return found?.Configuration ?? {};
}

/** Reads the workgroup's settings. Throws UserError where it is disabled, or where there is no place for results. */
export async function readWorkgroup(clients: Clients, wanted: Wanted, signal: AbortSignal): Promise<WorkgroupSettings> {
	const settings = await describeWorkgroup(clients, wanted, signal);
	const version = settings.EngineVersion?.EffectiveEngineVersion ?? settings.EngineVersion?.SelectedEngineVersion ?? '';
	const common = {mayReuse: !/version [12]$/.test(version), bytesLimit: settings.BytesScannedCutoffPerQuery ?? null};
	if (settings.ManagedQueryResultsConfiguration?.Enabled === true) {
		return {...common, outputLocation: null, results: 'managed by Athena', note: ignored(wanted, 'its results are managed by Athena')};
	}

	const isEnforced = settings.EnforceWorkGroupConfiguration === true;
	const own = settings.ResultConfiguration?.OutputLocation ?? '';
	if (own !== '' && (isEnforced || wanted.outputLocation === null)) {
		return {...common, outputLocation: null, results: own, note: isEnforced ? ignored(wanted, `it enforces ${own}`) : null};
	}

	if (wanted.outputLocation !== null) {
		const outputLocation = asFolder(wanted.outputLocation);
		return {...common, outputLocation, results: outputLocation, note: null};
	}

	return {...common, ...await consoleDefault(clients, wanted, signal)};
}

function ignored({workgroup, outputLocation}: Wanted, why: string): string | null {
	return outputLocation === null ? null : `the output location ${outputLocation} is not used: workgroup ${workgroup} decides, and ${why}`;
}

async function consoleDefault(clients: Clients, wanted: Wanted, signal: AbortSignal): Promise<Pick<WorkgroupSettings, 'outputLocation' | 'results' | 'note'>> {
	const bucket = defaultOutputBucket(wanted);
	const [{HeadBucketCommand}, client] = await Promise.all([import('@aws-sdk/client-s3'), clients.s3()]);
	try {
		await client.send(new HeadBucketCommand({Bucket: bucket}), {abortSignal: signal});
	} catch (error) {
		if (isNotFound(error)) {
			throw new UserError(`there is no place for Athena's results: workgroup ${wanted.workgroup} names none, the account neither, and the bucket ${bucket} that Athena's console would take does not exist`, {
				hint: `make it with "aws s3 mb s3://${bucket} --region ${wanted.region}", or name an output location in the account`,
				cause: error,
			});
		}

		throw isOtherRegion(error)
			? new UserError(`the bucket ${bucket} lies in another region than Athena (${wanted.region})`, {hint: 'name an output location of that region in the account', exitCode: 3, cause: error})
			: callFailure(error, {action: 's3:ListBucket', on: `bucket ${bucket}`}, signal);
	}

	const outputLocation = `s3://${bucket}/`;
	return {outputLocation, results: outputLocation, note: `Athena's results go to ${outputLocation}, as in its console: neither workgroup ${wanted.workgroup} nor the account names another place`};
}
