import {awsError} from '../../aws/errors.js';
import {CancelledError, messageOf, UserError} from '../../lib/errors.js';
import {isObject} from '../../lib/json-fields.js';

/** A call to AWS, as a right is named: "athena:StartQueryExecution", and what it is made on. */
export type Call = {readonly action: string; readonly on: string};

const docs = 'docs/athena.md lists the rights that are needed';

const expired = /^(?:ExpiredToken|ExpiredTokenException|TokenRefreshRequired|RequestExpired)$/;
/** The SDK could not get credentials: the message may hold the command line of a credential_process, with its secrets. */
const ungiven = /^(?:CredentialsProviderError|TokenProviderError)$/;
const credentials = /^(?:UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|MissingAuthenticationToken(?:Exception)?|InvalidToken)$/;
const denied = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|AllAccessDisabled|403|Forbidden)$/;
const throttled = /^(?:Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|RequestThrottled|RequestThrottledException|503)$/;
const network = /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EPROTO|ERR_SOCKET_CONNECTION_TIMEOUT|TimeoutError)$/;
const cutOff = /unexpected end of (?:json|file|input)|unterminated|premature close|aborted|socket hang up|in json at position|unclosed/i;
const otherRegion = /^(?:PermanentRedirect|301|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/;

/** The names under which an error may say what it is: its own, and those of the errors behind it. */
export function namesOf(error: unknown): string[] {
	if (!isObject(error)) {
		return [];
	}

	const status = isObject(error.$metadata) ? error.$metadata.httpStatusCode : undefined;
	const inner = Array.isArray(error.errors) ? error.errors.flatMap(one => namesOf(one)) : [];
	return [error.name, error.code, error.Code, typeof status === 'number' ? String(status) : '', ...inner].filter(name => typeof name === 'string').filter(Boolean);
}

function is(names: readonly string[], pattern: RegExp): boolean {
	return names.some(name => pattern.test(name));
}

/** Whether AWS refused for want of a right: S3's HEAD calls have no body and say 403 alone; Athena passes the Glue catalog's refusal on in a message. */
export function isDenied(error: unknown): boolean {
	return is(namesOf(error), denied) || (is(namesOf(error), /^(?:MetadataException|InvalidRequestException)$/) && /access ?denied|not authorized/i.test(messageOf(error)));
}

export function isOtherRegion(error: unknown): boolean {
	return is(namesOf(error), otherRegion);
}

/** The catalog's "not found" comes inside of a message: "Entity Not Found (Service: AmazonDataCatalog; …; Error Code: EntityNotFoundException; …)". */
export function isNotFound(error: unknown): boolean {
	return !isDenied(error) && (is(namesOf(error), /^(?:404|NotFound|NoSuchBucket|NoSuchKey|EntityNotFoundException|ResourceNotFoundException)$/)
		|| (is(namesOf(error), /^MetadataException$/) && /entity ?not ?found|table .* not found|database .* not found/i.test(messageOf(error))));
}

/** What went wrong with a call, in words that lead on. A UserError or CancelledError is passed through. */
export function callFailure(error: unknown, {action, on}: Call, signal?: AbortSignal): Error {
	if (error instanceof UserError || error instanceof CancelledError) {
		return error;
	}

	if (signal?.aborted) {
		return new CancelledError();
	}

	const names = namesOf(error);
	const message = messageOf(error);
	const failure = (text: string, hint: string) => new UserError(text, {hint, exitCode: 3, cause: error});
	if (is(names, expired)) {
		return failure(`the credentials have expired (${action})`, 'sign in again, with "aws sso login" for a profile of IAM Identity Center, and start again: what was read before is kept');
	}

	if (error instanceof Error && ungiven.test(error.name)) {
		const said = awsError(error, {});
		return said instanceof Error ? said : failure(`no credentials for ${action}`, 'see why with: aws sts get-caller-identity');
	}

	if (is(names, credentials)) {
		return failure(`AWS does not take the credentials (${action}: ${message})`, 'check the profile with "aws sts get-caller-identity"; sign in again with "aws sso login"');
	}

	if (isDenied(error)) {
		return failure(`AWS refuses ${action} on ${on}: ${message}`, `give the profile ${action}; ${docs}`);
	}

	if (is(names, throttled)) {
		return failure(`AWS asks for fewer requests (${action} on ${on}: ${message})`, 'wait a little and start again; other queries of the workgroup may take its share');
	}

	if (is(names, network)) {
		return failure(`no connection to AWS (${action}: ${message})`, 'check the network, the proxy and the account\'s region, and start again: what was read before is kept');
	}

	if (is(names, otherRegion)) {
		return failure(`${on} lies in another region than the one that was asked (${action})`, 'name the bucket\'s region in the account: "aws s3api get-bucket-location" tells it');
	}

	if (cutOff.test(message)) {
		return failure(`the answer to ${action} ended before its end: ${message}`, 'start again: nothing of the half answer was kept');
	}

	return failure(`${action} failed on ${on}: ${names[0] ?? 'error'}: ${message}`, `see what AWS says of it; ${docs}`);
}

type Reason = {readonly pattern: RegExp; readonly text: string; readonly hint: string};

/** Why Athena gives up on a query: https://docs.aws.amazon.com/athena/latest/ug/troubleshooting-athena.html */
const reasons: readonly Reason[] = [
	{pattern: /bytes scanned limit/i, text: 'the scan reached the limit of bytes that the workgroup sets for a query', hint: 'ask for a shorter window first (what was read is kept), or have the limit raised'},
	{pattern: /HIVE_BAD_DATA/, text: 'a log file holds what is no CloudTrail record', hint: 'the reason may name the file: mend it or take it out of the bucket\'s prefix, or ask for a window without its day'},
	{pattern: /HIVE_CURSOR_ERROR/, text: 'a log file cannot be read: it is cut off, encrypted with a key that this profile may not use, or archived', hint: 'mend or restore the file that the reason names, allow kms:Decrypt on its key, or ask for a window without its day'},
	{pattern: /access ?denied|not authorized|403/i, text: 'Athena may not read the logs or write its results for this profile', hint: `allow s3:GetObject and s3:ListBucket on the log bucket, s3:PutObject on the results, kms:Decrypt on their keys; ${docs}`},
	{pattern: /TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|COLUMN_NOT_FOUND|TYPE_MISMATCH/, text: 'the table is missing or is not one of CloudTrail logs', hint: 'leave --skip-setup out and the table is made and checked'},
	{pattern: /exhausted|exceeded_(?:memory|local)|timed? ?out|timeout/i, text: 'the window holds more than Athena takes on at once', hint: 'ask for a shorter window first, then a longer one: the days that were read are kept and not asked again'},
	{pattern: /permanentredirect|must be addressed using the specified endpoint/i, text: 'the bucket lies in another region than Athena', hint: 'name the bucket\'s region in the account'},
	{pattern: /output ?location|result location|nosuchbucket/i, text: 'Athena cannot write its results', hint: 'check the output location: the bucket must exist and lie in Athena\'s region'},
];

/** Why an execution ended in FAILED or CANCELLED. */
export function executionFailure(state: string, reason: string, id: string): UserError {
	const known = reasons.find(({pattern}) => pattern.test(reason));
	const ended = state === 'CANCELLED' ? 'was cancelled at Athena' : 'failed at Athena';
	const said = reason === '' ? 'no reason was given' : reason;
	return new UserError(`the query ${ended}${known ? `: ${known.text}` : ''} (${said}; execution ${id})`, {
		hint: known?.hint ?? (state === 'CANCELLED' ? 'somebody stopped it in the console, or the workgroup did; start again' : 'look the execution up in Athena\'s console'),
		exitCode: 3,
	});
}
