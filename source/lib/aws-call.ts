import {CancelledError, messageOf, UserError} from './errors.js';

/** Error codes by what the user can do. https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const expired = new Set(['ExpiredToken', 'ExpiredTokenException']);
const refused = new Set(['InvalidClientTokenId', 'SignatureDoesNotMatch', 'UnrecognizedClientException', 'CredentialsProviderError', 'TokenProviderError']);
const throttled = new Set(['Throttling', 'ThrottlingException', 'RequestLimitExceeded', 'TooManyRequestsException']);

/** Whether IAM does not know what it was asked about: a principal that was deleted, or a job that these credentials did not start. */
export const isNoSuchEntity = (error: unknown): boolean => error instanceof Error && error.name.startsWith('NoSuchEntity');

/**
What a failed call means for the user; what was thrown where it is no error of AWS or of the network.
@param action the permission that the call needs: "iam:ListUsers"
*/
export function callError(error: unknown, action: string): unknown {
	if (error instanceof UserError || error instanceof CancelledError || !(error instanceof Error)) {
		return error;
	}

	if (error.name === 'AbortError') {
		return new CancelledError();
	}

	const problem = (message: string, hint?: string) => new UserError(message, {exitCode: 3, cause: error, ...hint !== undefined && {hint}});
	if (error.name.startsWith('AccessDenied')) {
		return problem(`AWS denies ${action}`, `allow ${action} for the identity of these credentials: docs/iam-permissions.md has the policy`);
	}

	if (expired.has(error.name)) {
		return problem('the AWS credentials have expired', 'sign in again, for instance with: aws sso login');
	}

	if (refused.has(error.name)) {
		return problem(`AWS does not accept the credentials (${error.name})`, 'check them with: aws sts get-caller-identity');
	}

	if (throttled.has(error.name)) {
		return problem(`AWS throttles ${action}, after several attempts`, 'try again in a few minutes');
	}

	const isOfAws = '$metadata' in error || '$fault' in error;
	return isOfAws || 'code' in error || error.name === 'TimeoutError' ? problem(`${action} failed: ${messageOf(error)}`, 'check the network and the proxy, then try again') : error;
}
