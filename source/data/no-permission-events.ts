/**
Events that no IAM permission decides about: they are never "used without being granted". By event source label (or IAM prefix); "*" stands for every
event of the source that is not an IAM action.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html ("No permissions are required"),
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html ,
sign-in: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html ,
access portal: https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html (authorized by the portal's token),
OIDC: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html (unauthenticated),
identity pools: https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html ("This is a public API"),
user pools: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html (unauthenticated and token-authorized operations),
chat participants: https://docs.aws.amazon.com/connect-participant/latest/APIReference/Welcome.html (authorized by the participant's token),
FinSpace data: https://docs.aws.amazon.com/finspace/latest/data-api/fs-api-welcome.html (users and groups of FinSpace itself),
Roles Anywhere (authenticated by a certificate): https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html ,
CORS preflight requests: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html ,
CloudShell (of the session itself): https://docs.aws.amazon.com/cloudshell/latest/userguide/logging-and-monitoring.html ,
CodeCatalyst: https://docs.aws.amazon.com/codecatalyst/latest/APIReference/welcome.html (bearer token of a builder ID or Identity Center),
sources without an IAM prefix in the Service Authorization Reference, most of them of services that were shut down (iot1click, iotthingsgraph, elastic-inference, …).
Lake Formation: https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_AssumeDecoratedRoleWithSAML.html (the SAML assertion).
*/
export const noPermissionEvents: Readonly<Record<string, string>> = {
	'ams-k8s': '*',
	'api.elastic-inference': '*',
	'application-cost-profiler': '*',
	cloudshell: 'RedeemCode SendHeartBeat',
	codecatalyst: '*',
	'cognito-identity': 'GetId GetOpenIdToken GetCredentialsForIdentity UnlinkIdentity',
	'cognito-idp': `
		AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword ConfirmSignUp DeleteUser
		DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetClientToken GetDevice GetTokensFromRefreshToken GetUser
		GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut InitiateAuth ListDevices ListUserSessions ListWebAuthnCredentials
		ResendConfirmationCode RespondToAuthChallenge RevokeToken RevokeUserSession SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration UpdateDeviceStatus
		UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute`,
	connectparticipant: '*',
	deepracer: '*',
	'devices.iot1click': '*',
	dynamodb: 'DescribeEndpoints',
	'elastic-inference': '*',
	expertq: '*',
	'finspace-api': '*',
	iot1click: '*',
	iotthingsgraph: '*',
	lakeformation: 'AssumeDecoratedRoleWithSAML',
	managedservices: '*',
	'participant.connect': '*',
	'projects.iot1click': '*',
	rolesanywhere: 'CreateSession',
	s3: 'OptionsObject PreflightObject',
	sdkmetrics: '*',
	signin: '*',
	signup: '*',
	sso: 'Authenticate CredentialChallenge CredentialVerification Federate GetRoleCredentials ListAccountRoles ListAccounts ListApplications ListProfilesForApplication Logout UserAuthentication',
	awsssoportal: '*',
	'portal.sso': '*',
	'sso-oauth': 'CreateToken RegisterClient StartDeviceAuthorization',
	sts: 'GetCallerIdentity GetSessionToken',
};
