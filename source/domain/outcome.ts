import type {UsageRow} from './usage.js';

/**
What the end of a call proves about the permission:
`succeeded` and `failed` (an error that comes after authorization) prove its use, `denied` proves its lack,
`no-proof` proves nothing, and neither does `unauthenticated`, which is not even the principal's own call for certain.
*/
export type Outcome = 'succeeded' | 'failed' | 'denied' | 'no-proof' | 'unauthenticated';

type ErrorFacts = Pick<UsageRow, 'eventSource' | 'errorCode' | 'hasErrorMessage' | 'messageDenies' | 'signInFailed'>;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
Codes that say "not authorized". Whole codes: KMSAccessDenied is another service's refusal, not this call's.
Source: the "Common Errors" page of each AWS API reference and the codes in real logs.
*/
const deniedCodes = words(`
	accessdenied accessdeniedexception accessdeniedfault unauthorizedoperation unauthorized unauthorizedexception
	unauthorizedaccess unauthorizedaccessexception notauthorized notauthorizedexception authorizationerror authorizationerrorexception
	forbidden forbiddenexception insufficientprivileges insufficientprivilegesexception vpceaccessdenied
`);

/** The caller was not who it said it was, or could not prove it. */
const unauthenticated = new RegExp('^(' + [
	'invalidclienttokenid.*',
	'unrecognizedclient.*',
	'invalidaccesskeyid.*',
	'expiredtoken.*',
	'requestexpired.*',
	'signaturedoesnotmatch.*',
	'invalidsignature.*',
	'incompletesignature.*',
	'missingauthenticationtoken.*',
	'requesttimetooskewed.*',
	'authfailure.*',
].join('|') + ')$');

/** Account state, throttling, server faults, validation, another service's refusal: their order against authorization is not knowable. */
const noProof = new RegExp('^(' + [
	'optinrequired.*',
	'subscriptionrequired.*',
	'blocked',
	'pendingverification',
	'throttl.*',
	'requestlimitexceeded.*',
	'requestthrottled.*',
	'toomanyrequests.*',
	'slowdown',
	'bandwidthlimitexceeded',
	'provisionedthroughputexceeded.*',
	'internal.*',
	'serviceunavailable.*',
	'servicefailure.*',
	'servererror.*',
	'unavailable',
	'validation.*',
	'invalidparameter.*',
	'missing.*',
	'malformed.*',
	'serialization.*',
	'invalidaction.*',
	'nosuchbucket',
	'kmsaccessdenied.*',
].join('|') + ')$');

/** State errors: the service looked at the resource, so it had let the caller in before. A judgement: no page of AWS states the order. */
const stateErrors = new RegExp('^(' + [
	'nosuchentity(exception)?',
	'nosuchkey',
	'.*notfound.*',
	'.*alreadyexists.*',
	'.*inuse.*',
	'.*conflict.*',
	'limitexceeded.*',
	'invalidstate.*',
	'entitytemporarilyunmodifiable.*',
	'incorrectkeyexception',
].join('|') + ')$');

/** An error code as the tables have it: lower case, without "Client." or "Server.", a namespace before "#" or a URL after ":". */
export function bareErrorCode(code: string): string {
	const withoutUrl = code.replace(/:https?:.*$/i, '');
	return withoutUrl
		.slice(withoutUrl.lastIndexOf('#') + 1)
		.replace(/^(client|server)\./i, '')
		.trim()
		.toLowerCase();
}

/**
Judges how a call ended (one row's error code, message and sign-in result). What no table knows is `no-proof`.
Whether a denial was about another action than the event's own is for the caller to see from `deniedAction`.
*/
export function judgeOutcome(row: ErrorFacts): Outcome {
	if (row.signInFailed) {
		return 'unauthenticated';
	}

	if (row.errorCode === null) {
		if (!row.hasErrorMessage) {
			return 'succeeded';
		}

		return row.messageDenies ? 'denied' : 'no-proof';
	}

	const code = bareErrorCode(row.errorCode);
	// Cognito answers a wrong password or a stale token with NotAuthorizedException (Amazon Cognito API reference, InitiateAuth).
	if (unauthenticated.test(code) || (code === 'notauthorizedexception' && row.eventSource.startsWith('cognito-'))) {
		return 'unauthenticated';
	}

	// The request would have succeeded: authorization was all that it asked for (Amazon EC2 API reference, DryRun).
	if (code === 'dryrunoperation') {
		return 'succeeded';
	}

	if (deniedCodes.has(code) || row.messageDenies) {
		return 'denied';
	}

	if (noProof.test(code)) {
		return 'no-proof';
	}

	return stateErrors.test(code) ? 'failed' : 'no-proof';
}

/** The action that a refusal names ("User: … is not authorized to perform: iam:PassRole on …"), in lower case without closing punctuation; null without one. */
export function namedAction(row: Pick<UsageRow, 'deniedAction'>): string | null {
	const action = row.deniedAction?.replace(/[\s.,;:'")\]]+$/, '').toLowerCase();
	return action && /^[a-z\d-]+:[a-z\d*]+$/.test(action) ? action : null;
}
