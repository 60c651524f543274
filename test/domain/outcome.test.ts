import {describe, expect, test} from 'vitest';
import {bareErrorCode, judgeOutcome, namedAction, type Outcome} from '../../source/domain/outcome.js';
import {usageRow} from './rows.js';

const byCode: Record<Exclude<Outcome, 'succeeded'>, string[]> = {
	failed: [
		'NoSuchEntity',
		'NoSuchEntityException',
		'NoSuchKey',
		'ResourceNotFoundException',
		'Client.InvalidInstanceID.NotFound',
		'DBInstanceNotFoundFault',
		'EntityAlreadyExists',
		'BucketAlreadyOwnedByYouAlreadyExists',
		'ResourceAlreadyExistsException',
		'ResourceInUseException',
		'Client.VolumeInUse',
		'ConflictException',
		'DeleteConflict',
		'LimitExceeded',
		'LimitExceededException',
		'InvalidStateTransition',
		'InvalidState',
		'EntityTemporarilyUnmodifiable',
		'IncorrectKeyException',
	],
	denied: [
		'AccessDenied',
		'AccessDeniedException',
		'AccessDeniedFault',
		'UnauthorizedOperation',
		'Client.UnauthorizedOperation',
		'client.unauthorizedoperation',
		'Unauthorized',
		'UnauthorizedException',
		'UnauthorizedAccess',
		'UnauthorizedAccessException',
		'NotAuthorized',
		'AuthorizationError',
		'AuthorizationErrorException',
		'Forbidden',
		'ForbiddenException',
		'InsufficientPrivileges',
		'InsufficientPrivilegesException',
		'VpceAccessDenied',
		'com.amazon.coral.service#AccessDeniedException',
		'AccessDeniedException:http://internal.amazon.com/coral/com.amazon.coral.service/',
		'ACCESSDENIED',
	],
	unauthenticated: [
		'InvalidClientTokenId',
		'UnrecognizedClientException',
		'InvalidAccessKeyId',
		'ExpiredToken',
		'ExpiredTokenException',
		'RequestExpired',
		'SignatureDoesNotMatch',
		'InvalidSignatureException',
		'IncompleteSignature',
		'MissingAuthenticationToken',
		'MissingAuthenticationTokenException',
		'RequestTimeTooSkewed',
		'AuthFailure',
		'Client.AuthFailure',
	],
	'no-proof': [
		'OptInRequired',
		'SubscriptionRequiredException',
		'Blocked',
		'PendingVerification',
		'Throttling',
		'ThrottlingException',
		'ThrottledException',
		'Client.RequestLimitExceeded',
		'RequestLimitExceeded',
		'TooManyRequestsException',
		'SlowDown',
		'InternalFailure',
		'InternalError',
		'Server.InternalError',
		'InternalServerErrorException',
		'ServiceUnavailable',
		'ServiceUnavailableException',
		'ValidationException',
		'ValidationError',
		'InvalidParameterValue',
		'Client.InvalidParameterValue',
		'InvalidParameterCombination',
		'MissingParameter',
		'MissingRequiredParameterException',
		'MalformedPolicyDocument',
		'SerializationException',
		'InvalidAction',
		'NoSuchBucket',
		'KMSAccessDeniedException',
		'KMS.KMSAccessDeniedException',
		'SomethingNobodyListed',
		'',
	],
};

describe('how a call ended, by its error code (Domain rules, section 2)', () => {
	for (const [outcome, codes] of Object.entries(byCode)) {
		test.each(codes)(`${outcome}: %s`, errorCode => {
			expect(judgeOutcome(usageRow({errorCode, hasErrorMessage: true}))).toBe(outcome);
		});
	}

	test('the table holds at least 80 codes', () => {
		expect(Object.values(byCode).flat().length).toBeGreaterThanOrEqual(80);
	});
});

describe('how a call ended, by what else the record says', () => {
	const cases: Array<{name: string; row: Parameters<typeof usageRow>[0]; expected: Outcome}> = [
		{name: 'no code and no message is success', row: {}, expected: 'succeeded'},
		{name: 'a message without a code proves nothing', row: {hasErrorMessage: true}, expected: 'no-proof'},
		{name: 'a message without a code that says "not authorized" is a denial', row: {hasErrorMessage: true, messageDenies: true}, expected: 'denied'},
		{name: 'an unlisted code whose message says "is not authorized to perform" is a denial', row: {errorCode: 'InvalidRequest', hasErrorMessage: true, messageDenies: true}, expected: 'denied'},
		{name: 'a validation code whose message says "explicit deny" is a denial', row: {errorCode: 'ValidationException', hasErrorMessage: true, messageDenies: true}, expected: 'denied'},
		{name: 'a dry run that would have succeeded', row: {errorCode: 'Client.DryRunOperation', hasErrorMessage: true}, expected: 'succeeded'},
		{name: 'a failed sign-in has no error code', row: {eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', signInFailed: true}, expected: 'unauthenticated'},
		{name: 'Cognito says NotAuthorizedException for a wrong password', row: {eventSource: 'cognito-idp.amazonaws.com', errorCode: 'NotAuthorizedException'}, expected: 'unauthenticated'},
		{name: 'elsewhere NotAuthorizedException is a denial', row: {eventSource: 'proton.amazonaws.com', errorCode: 'NotAuthorizedException'}, expected: 'denied'},
	];
	test.each(cases)('$name', ({row, expected}) => {
		expect(judgeOutcome(usageRow(row))).toBe(expected);
	});
});

test('an error code is read without its namespace, its side and its URL', () => {
	expect(['Client.UnauthorizedOperation', 'a.b#AccessDenied', 'X:http://a/b#c', 'Server.Internal'].map(code => bareErrorCode(code)))
		.toEqual(['unauthorizedoperation', 'accessdenied', 'x', 'internal']);
});

test('the action that a refusal names is read without punctuation, and anything else is none', () => {
	expect(['iam:PassRole', 'ecs:RunTask.', 'S3:GetObject"', 'nonsense', '', 'arn:aws:iam::1:user/x', null].map(deniedAction => namedAction({deniedAction})))
		.toEqual(['iam:passrole', 'ecs:runtask', 's3:getobject', null, null, null, null]);
});
