import {setTimeout as sleep} from 'node:timers/promises';
import type {IAMClient} from '@aws-sdk/client-iam';
import type {LastAccessedReport, ServiceAccess} from '../../domain/last-accessed.js';
import {awsError, callOf, isNoSuchEntity} from '../../aws/errors.js';
import {CancelledError, throwIfCancelled, UserError} from '../../lib/errors.js';
import {createdOf, servicesOfPage} from './report.js';

/** What became of one principal's report: it, or why there is none. */
export type JobResult
	= | {readonly kind: 'report'; readonly report: LastAccessedReport}
		/** IAM does not know the principal any more. */
		| {readonly kind: 'gone'; readonly arn: string}
		| {readonly kind: 'failed'; readonly arn: string; readonly reason: string};

/** Milliseconds between the questions whether a job is done. */
export function * pollDelays(): Generator<number, never> {
	for (let delay = 250; ; delay = Math.min(delay * 2, 2000)) {
		yield delay;
	}
}

/** How long a job may take before it is given up. */
const patienceMs = 600_000;

/** A wait that ends with CancelledError when the signal is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, {signal}).catch(() => {
		throw new CancelledError();
	});
}

/** Ends with CancelledError when the signal is aborted, at once: the SDK's own waits between attempts do not listen to it. */
async function orCancelled<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
	let stop: (() => void) | undefined;
	const aborted = new Promise<never>((_resolve, reject) => {
		stop = () => {
			reject(new CancelledError());
		};

		signal.addEventListener('abort', stop, {once: true});
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop!);
		work.catch(() => undefined);
	}
}

async function call<Value>(action: string, send: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
	throwIfCancelled(signal);
	try {
		return await orCancelled(send(), signal);
	} catch (error) {
		throw isNoSuchEntity(error) ? error : awsError(error, callOf(action));
	}
}

/** Starts the job of one principal; undefined when IAM does not know the principal. */
async function start(client: IAMClient, arn: string, signal: AbortSignal): Promise<string | undefined> {
	const {GenerateServiceLastAccessedDetailsCommand} = await import('@aws-sdk/client-iam');
	try {
		const {JobId} = await call(
			'iam:GenerateServiceLastAccessedDetails',
			async () => client.send(new GenerateServiceLastAccessedDetailsCommand({Arn: arn, Granularity: 'ACTION_LEVEL'}), {abortSignal: signal}),
			signal,
		);
		return JobId;
	} catch (error) {
		if (isNoSuchEntity(error)) {
			return undefined;
		}

		throw error;
	}
}

async function pageOf(client: IAMClient, jobId: string, marker: string | undefined, signal: AbortSignal) {
	const {GetServiceLastAccessedDetailsCommand} = await import('@aws-sdk/client-iam');
	return call(
		'iam:GetServiceLastAccessedDetails',
		async () => client.send(new GetServiceLastAccessedDetailsCommand({JobId: jobId, MaxItems: 1000, ...marker !== undefined && {Marker: marker}}), {abortSignal: signal}),
		signal,
	);
}

/** Polls until the job is done: its first page, or why it failed. */
async function firstPage(client: IAMClient, arn: string, jobId: string, signal: AbortSignal) {
	const givenUp = Date.now() + patienceMs;
	for (const delay of pollDelays()) {
		// Each answer decides whether there is another question.
		// eslint-disable-next-line no-await-in-loop
		const page = await pageOf(client, jobId, undefined, signal);
		if (page.JobStatus !== 'IN_PROGRESS') {
			return page;
		}

		if (Date.now() > givenUp) {
			throw new UserError(`IAM did not finish its report on ${arn} in ${patienceMs / 60_000} minutes`, {exitCode: 3, hint: 'try again; what was read so far is kept'});
		}

		// eslint-disable-next-line no-await-in-loop
		await pause(delay, signal);
	}

	throw new Error('the delays never end');
}

async function readJob(client: IAMClient, arn: string, jobId: string, signal: AbortSignal): Promise<JobResult> {
	let page = await firstPage(client, arn, jobId, signal);
	if (page.JobStatus === 'FAILED') {
		return {kind: 'failed', arn, reason: page.Error?.Message ?? page.Error?.Code ?? 'no reason was given'};
	}

	const created = createdOf(page);
	if (created === null) {
		return {kind: 'failed', arn, reason: 'IAM\'s answer does not say when the report was made'};
	}

	const services: ServiceAccess[] = [];
	for (;;) {
		services.push(...servicesOfPage(page));
		if (page.IsTruncated !== true) {
			return {kind: 'report', report: {arn, created, complete: true, services}};
		}

		if (!page.Marker) {
			return {kind: 'report', report: {arn, created, complete: false, services}};
		}

		// eslint-disable-next-line no-await-in-loop
		page = await pageOf(client, jobId, page.Marker, signal);
	}
}

/**
The report of one user or role: starts the job, polls it (250 ms at first, 2 s at most) and reads all of its pages.
Only the credentials that started a job may read it, within one session: a job that IAM does not know any more (credentials that were renewed) is started once again.
https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
@throws UserError where a call fails, CancelledError
*/
export async function runJob(client: IAMClient, arn: string, signal: AbortSignal, attempts = 2): Promise<JobResult> {
	const jobId = await start(client, arn, signal);
	if (jobId === undefined) {
		return {kind: 'gone', arn};
	}

	try {
		return await readJob(client, arn, jobId, signal);
	} catch (error) {
		if (!isNoSuchEntity(error)) {
			throw error;
		}

		return attempts > 1
			? runJob(client, arn, signal, attempts - 1)
			: {kind: 'failed', arn, reason: 'IAM does not know the job that was just started: only the credentials that started it may read it'};
	}
}
