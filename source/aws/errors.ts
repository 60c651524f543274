import {CancelledError, messageOf, UserError} from '../lib/errors.js';

/** What was being asked of AWS when it failed. */
export type AwsCall = {
	/** Undefined where the SDK's own chain decides. */
	readonly profile?: string | undefined;
	/** IAM prefix of the service: "iam", "athena"; undefined while the credentials are looked for. */
	readonly service?: string;
	/** Name of the call: "GetAccountAuthorizationDetails". */
	readonly call?: string;
	/** The permission it needs where that is not service:call: "s3:ListBucket" of ListObjectsV2. */
	readonly action?: string;
	readonly region?: string;
};

type Trouble = 'expired' | 'clock' | 'refused' | 'denied' | 'throttled' | 'region' | 'network';

/** Error codes by what the user can do about them, the first that fits. https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const troubles: ReadonlyArray<readonly [Trouble, readonly string[]]> = [
	['expired', ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']],
	['clock', ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture']],
	['refused', [
		'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidSignatureException', 'IncompleteSignature',
		'MissingAuthenticationToken', 'MissingAuthenticationTokenException', 'AuthFailure', 'InvalidToken', 'NotAuthorized',
	]],
	['denied', ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError', 'UnauthorizedException']],
	['throttled', [
		'Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottled', 'RequestThrottledException', 'RequestLimitExceeded',
		'TooManyRequestsException', 'SlowDown', 'BandwidthLimitExceeded',
	]],
	['region', ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException', 'OptInRequired', 'RegionDisabledException']],
	['network', [
		'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EPIPE', 'TimeoutError', 'NetworkingError',
		'CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	]],
];

/** Names and codes that an error and its causes bear. */
function marksOf(error: unknown): string[] {
	const marks: string[] = [];
	for (let current = error; current instanceof Error && marks.length < 20; current = current.cause) {
		marks.push(current.name);
		if ('code' in current && typeof current.code === 'string') {
			marks.push(current.code);
		}
	}

	return marks;
}

function troubleOf(error: unknown): Trouble | undefined {
	const marks = marksOf(error);
	const found = troubles.find(([, codes]) => codes.some(code => marks.includes(code)))?.[0];
	// STS says with one code that a key is unknown and that a signature is too old.
	return found === 'refused' && /signature (?:expired|not yet current)/i.test(messageOf(error)) ? 'clock' : found;
}

/** Where credentials come from, in words. */
const sourceWords = (profile: string | undefined): string => profile === undefined ? 'AWS credentials' : `the credentials of profile ${profile}`;

const withProfile = (command: string, profile: string | undefined): string => profile === undefined ? command : `${command} --profile ${profile}`;

/** AWS's own sentence, cut to a line, and without anything that looks like an access key. */
function saying(error: unknown): string {
	const line = messageOf(error).split('\n')[0]?.trim() ?? '';
	return (line.length > 400 ? `${line.slice(0, 400)}…` : line).replaceAll(/\bA[A-Z]{3}[A-Z\d]{12,}\b/g, 'an access key');
}

/** The SDK found no credentials, or could not refresh them. Its message may hold a command line or a token's place: ours does not repeat it. */
function credentialsError(error: Error, profile: string | undefined): UserError {
	const {message} = error;
	const problem = (what: string, hint: string): UserError => new UserError(what, {exitCode: 3, hint, cause: error});
	if (/sso|aws login/i.test(message) && !/not configured with sso|skipping sso|missing required property|could not be found|conflicting|is configured with invalid/i.test(message)) {
		const command = message.includes('aws login') ? 'aws login' : 'aws sso login';
		return problem(`the sign-in of ${profile === undefined ? 'the default profile' : `profile ${profile}`} has expired or was never made`, `sign in with: ${withProfile(command, profile)}`);
	}

	if (/multi-factor/i.test(message)) {
		return problem(
			`profile ${profile ?? 'default'} asks for a code of a multi-factor device, which this program does not read`,
			`let the AWS CLI ask for it, then run again without --profile: eval "$(${withProfile('aws configure export-credentials', profile)} --format env)"`,
		);
	}

	if (profile !== undefined && /could not be found|was not found|could not resolve credentials using profile/i.test(message)) {
		return problem(`profile ${profile} gives no credentials: it is not in ~/.aws/config or ~/.aws/credentials, or it is not whole`, `see the profiles with: aws configure list-profiles; what is missing with: ${withProfile('aws sts get-caller-identity', profile)}`);
	}

	return problem(
		profile === undefined ? 'no AWS credentials were found' : `profile ${profile} gives no credentials`,
		profile === undefined ? 'name a profile with --profile NAME, or set one up with: aws configure sso' : `see why with: ${withProfile('aws sts get-caller-identity', profile)}`,
	);
}

/** Whether IAM does not know what it was asked about: a principal that was deleted, or a job that these credentials did not start. */
export const isNoSuchEntity = (error: unknown): boolean => error instanceof Error && error.name.startsWith('NoSuchEntity');

/** The call behind a permission: "iam:ListUsers". */
export function callOf(permission: string): Pick<AwsCall, 'service' | 'call'> {
	const [service = '', call = ''] = permission.split(':');
	return {service, call};
}

/** What to say of a failed call by its kind of trouble. */
function callError(trouble: Trouble | undefined, error: unknown, {profile, service, call, action, region}: AwsCall): UserError {
	const asked = [service, call].filter(Boolean).join(':') || 'the call to AWS';
	const problem = (message: string, hint?: string): UserError => new UserError(message, {exitCode: 3, ...hint !== undefined && {hint}, cause: error});
	switch (trouble) {
		case 'expired': {
			return problem(`${sourceWords(profile)} have expired`, `sign in again, for instance with: ${withProfile('aws sso login', profile)}`);
		}

		case 'clock': {
			return problem(`AWS refuses ${asked}: the clock of this machine is wrong`, 'set the clock, then try again');
		}

		case 'refused': {
			return problem(
				`AWS does not accept ${sourceWords(profile)}${region === undefined ? '' : ` in ${region}`}`,
				`check them with: ${withProfile('aws sts get-caller-identity', profile)}; accounts of GovCloud and China need a region of their own: --region us-gov-west-1`,
			);
		}

		case 'denied': {
			return problem(`AWS denies ${asked}: ${saying(error)}`, `allow ${action ?? asked} for ${profile === undefined ? 'this identity' : `the identity of profile ${profile}`}: ${withProfile('aws sts get-caller-identity', profile)} says which that is; docs/iam-permissions.md has the policy`);
		}

		case 'throttled': {
			return problem(`AWS throttles ${asked}, after several attempts: other programs of the account are calling, too`, 'try again in a few minutes');
		}

		case 'region': {
			return problem(`${asked} was sent to the wrong region${region === undefined ? '' : ` (${region})`}: ${saying(error)}`, 'name the right one with --region');
		}

		case 'network': {
			return problem(`AWS cannot be reached for ${asked}${region === undefined ? '' : ` in ${region}`}: ${saying(error)}`, 'check the network and the proxy, and that the region exists');
		}

		case undefined: {
			return problem(`${asked} failed: ${saying(error)}`);
		}
	}
}

/**
What anything thrown by an AWS client means for the user: a UserError with the next step, or the CancelledError of an aborted call.
Errors that are the program's own (no error of the SDK, no network) are given back as they are.
*/
export function awsError(error: unknown, call: AwsCall): unknown {
	if (error instanceof UserError || error instanceof CancelledError || !(error instanceof Error)) {
		return error;
	}

	if (error.name === 'AbortError') {
		return new CancelledError();
	}

	if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError') {
		return credentialsError(error, call.profile);
	}

	const trouble = troubleOf(error);
	// Every error of a client has what it knows of the exchange; our own bugs have not.
	return trouble !== undefined || '$metadata' in error || '$fault' in error || '$response' in error ? callError(trouble, error, call) : error;
}
