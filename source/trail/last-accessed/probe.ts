import {UserError} from '../../lib/errors.js';
import {openClient, type LastAccessedOptions} from './client.js';
import {runJob} from './job.js';

/**
Tries both calls on the first of the principals; what was found, in words.
@throws UserError where a call fails, CancelledError
*/
export async function probeLastAccessed(options: LastAccessedOptions, signal: AbortSignal): Promise<string> {
	const [arn] = options.principals;
	if (arn === undefined) {
		return 'the account has no user and no role to ask about';
	}

	const client = await openClient(options);
	try {
		const result = await runJob(client, arn, signal);
		if (result.kind === 'failed') {
			throw new UserError(`IAM could make no report on ${arn}: ${result.reason}`, {exitCode: 3, hint: 'try again in a few minutes'});
		}

		return result.kind === 'gone' ? `IAM answers, and does not know ${arn} any more` : `IAM's report on ${arn} lists ${result.report.services.length} services`;
	} finally {
		client.destroy();
	}
}
