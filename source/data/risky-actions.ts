/** What an attacker gains through an action: more permissions, the data itself, or a resource opened to others. */
export type RiskKind = 'privilege-escalation' | 'data-exfiltration' | 'resource-exposure';

/** Actions of one kind that one page tells of. */
export type RiskyActions = {
	readonly kind: RiskKind;
	readonly source: string;
	/** A line per action: its name, then what it opens, in our words. */
	readonly actions: string;
};

const rhino = 'https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/';
const hackingTheCloud = 'https://hackingthe.cloud/aws/exploitation/iam_privilege_escalation/';
const cloudsplaining = 'https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py';
const sensitiveActions = 'https://github.com/primeharbor/sensitive_iam_actions/blob/main/actions.yaml';

/** AWS's own page of what a service's actions do. */
const reference = (service: string): string => `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html`;

/**
Known steps of privilege escalation, data exfiltration and resource exposure. Kept by hand from the pages that are named; where research names none,
the page is AWS's own, and the judgement ours. Each action stands once, under what it is known for most. An action that is not here is not safe: it is only not known.
*/
export const riskyActions: readonly RiskyActions[] = [
	{
		kind: 'privilege-escalation', source: rhino, actions: `
cloudformation:CreateStack creates anything a passed role may create
datapipeline:CreatePipeline with PutPipelineDefinition runs commands under a passed role
datapipeline:PutPipelineDefinition decides which commands a pipeline runs under its role
ec2:RunInstances starts a machine with a passed role, whose keys its user data can read
glue:CreateDevEndpoint opens a shell that holds a passed role
glue:UpdateDevEndpoint puts one's own SSH key on an endpoint that holds a role
iam:AddUserToGroup joins a group that may do more
iam:AttachGroupPolicy attaches any policy, an administrator's too, to a group one is in
iam:AttachRolePolicy attaches any policy, an administrator's too, to a role one can assume
iam:AttachUserPolicy attaches any policy, an administrator's too, to oneself
iam:CreateAccessKey makes an access key for another user
iam:CreateLoginProfile sets a console password for a user that has none
iam:CreatePolicyVersion rewrites a managed policy and makes the new version count
iam:PassRole hands a stronger role to a service that then acts for the caller
iam:PutGroupPolicy writes an inline policy into a group one is in
iam:PutRolePolicy writes an inline policy into a role one can assume
iam:PutUserPolicy writes an inline policy into oneself
iam:SetDefaultPolicyVersion brings back an older, wider version of a policy
iam:UpdateAssumeRolePolicy lets oneself assume any role
iam:UpdateLoginProfile changes another user's console password
lambda:CreateEventSourceMapping makes a table's or a queue's events run a function under its role
lambda:CreateFunction runs one's own code under a passed role
lambda:InvokeFunction runs a function, and what its role may do with it
lambda:UpdateFunctionCode replaces the code that runs under a function's role`,
	},
	{
		kind: 'privilege-escalation', source: hackingTheCloud, actions: `
autoscaling:CreateLaunchConfiguration decides which role new machines hold
codestar:CreateProject makes a project with a passed service role that is wide
glue:CreateJob runs one's own script under a passed role
glue:UpdateJob changes the script that runs under a job's role
iam:DeleteRolePermissionsBoundary lifts the ceiling of a role
iam:DeleteRolePolicy removes a role's policy, its Deny with it
iam:DeleteUserPermissionsBoundary lifts the ceiling of a user
iam:DeleteUserPolicy removes a user's policy, its Deny with it
iam:DetachRolePolicy takes a policy off a role, its Deny with it
iam:DetachUserPolicy takes a policy off a user, its Deny with it
iam:PutRolePermissionsBoundary sets another ceiling, such as none to speak of, on a role
iam:PutUserPermissionsBoundary sets another ceiling, such as none to speak of, on a user
lambda:UpdateFunctionConfiguration adds a layer whose code runs under the function's role`,
	},
	{
		kind: 'privilege-escalation', source: cloudsplaining, actions: `
apprunner:CreateService runs one's own container under a passed role
cloudformation:CreateChangeSet changes a stack under the role that the stack already has
cloudformation:CreateStackSet creates stacks under a passed role
cloudformation:ExecuteChangeSet carries the change out under the stack's role
cloudformation:UpdateStackSet changes stacks under the role of their set
codebuild:CreateProject builds with one's own commands under a passed role
codebuild:StartBuild overrides a project's commands, which run under its role
ec2-instance-connect:SendSSHPublicKey logs in to a machine, which holds a role
ec2:CreateLaunchTemplateVersion changes what the next machines run, and under which role
ec2:ModifyInstanceAttribute replaces the user data that a machine runs at its start
ec2:RequestSpotInstances starts a machine with a passed role, as RunInstances does
ecs:CreateService keeps a task running, under a passed role
ecs:ExecuteCommand opens a shell in a container that holds a role
ecs:RegisterTaskDefinition defines a container with a passed role
ecs:RunTask overrides a task's command, which runs under its role
ecs:StartTask overrides a task's command, which runs under its role
iam:CreateServiceSpecificCredential makes another user's credential for a service
iam:ResetServiceSpecificCredential renews another user's credential for a service, and reads it
iam:UpdateAccessKey turns a disabled access key on again
lightsail:DownloadDefaultKeyPair reads the private key of machines
sagemaker:CreateNotebookInstance starts a notebook that holds a passed role
sagemaker:CreatePresignedNotebookInstanceUrl opens a notebook that runs, with its role
sagemaker:CreateProcessingJob runs one's own container under a passed role
sagemaker:CreateTrainingJob runs one's own container under a passed role
ssm:SendCommand runs commands on machines, which hold roles
sts:AssumeRole becomes another role, as far as its trust policy lets one
sts:GetFederationToken makes a session that outlives the key that made it`,
	},
	{
		kind: 'privilege-escalation', source: sensitiveActions, actions: `
cloudformation:SetStackPolicy lifts what protects a stack's resources
cognito-identity:SetIdentityPoolRoles gives an identity pool's visitors a stronger role
iam:AddRoleToInstanceProfile gives the machines of a profile another role
iam:CreateOpenIDConnectProvider lets a token issuer of one's own vouch for workloads
iam:CreateRole makes an identity of which its maker says who may assume it
iam:CreateSAMLProvider lets an identity provider of one's own vouch for people
iam:DeactivateMFADevice takes a user's second factor away
iam:UpdateSAMLProvider replaces the identity provider that vouches for people
redshift:ModifyClusterIamRoles gives a cluster another role
sso-directory:AddMemberToGroup joins a group of IAM Identity Center that may do more`,
	},
	{
		kind: 'privilege-escalation', source: reference('amazonec2'), actions: `
ec2:AssociateIamInstanceProfile gives a running machine a role
ec2:ReplaceIamInstanceProfileAssociation swaps a machine's role for a stronger one`,
	},
	{
		kind: 'privilege-escalation', source: reference('awscloudformation'), actions: `
cloudformation:UpdateStack changes a stack under the role that the stack already has`,
	},
	{
		kind: 'privilege-escalation', source: reference('awscodebuild'), actions: `
codebuild:UpdateProject changes the commands that run under a project's role`,
	},
	{
		kind: 'privilege-escalation', source: reference('awsiamidentitycenter'), actions: `
sso:AttachManagedPolicyToPermissionSet widens what a permission set grants in every account
sso:CreateAccountAssignment gives a user or a group a permission set in an account
sso:PutInlinePolicyToPermissionSet writes what a permission set grants in every account`,
	},
	{
		kind: 'privilege-escalation', source: reference('awssystemsmanager'), actions: `
ssm:StartSession opens a shell on a machine, which holds a role`,
	},
	{
		kind: 'data-exfiltration', source: cloudsplaining, actions: `
ec2:GetPasswordData reads a Windows machine's first password, encrypted
rds:CopyDBSnapshot copies a database's content to where it can be shared
rds:CreateDBSnapshot freezes a database's content for sharing
redshift:GetClusterCredentials makes credentials for a database
s3:GetObject reads objects
secretsmanager:GetSecretValue reads secrets
ssm:GetParameter reads parameters, secrets among them
ssm:GetParameters reads parameters, secrets among them
ssm:GetParametersByPath reads whole trees of parameters`,
	},
	{
		kind: 'data-exfiltration', source: sensitiveActions, actions: `
athena:GetQueryResults reads what queries found
cassandra:Select reads tables
cloudformation:GetTemplate reads templates, and the secrets left in them
cloudtrail:LookupEvents reads what everybody did
codecommit:GetFile reads source code
codecommit:GitPull reads source code
cognito-idp:AdminGetUser reads a user's attributes
cognito-idp:ListUsers reads every user's attributes
dynamodb:BatchGetItem reads items of tables
dynamodb:GetItem reads items of tables
dynamodb:Query reads items of tables
dynamodb:Scan reads whole tables
ecr:GetDownloadUrlForLayer pulls images, and what is built into them
es:ESHttpGet reads documents of a search domain
kinesis:GetRecords reads streams
lambda:GetFunction reads a function's code and its variables
lambda:GetLayerVersion reads a layer's code
logs:GetLogEvents reads logs, and what programs wrote into them
logs:GetQueryResults reads what queries of logs found
logs:Unmask reads what data protection hides in logs
rds:DownloadCompleteDBLogFile reads a database's logs, and the statements in them
s3:GetObjectVersion reads former content of objects
sqs:ReceiveMessage reads messages
ssm:GetParameterHistory reads former values of parameters`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazoncloudwatchlogs'), actions: `
logs:CreateExportTask writes log groups to a bucket
logs:FilterLogEvents reads logs, and what programs wrote into them`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazondynamodb'), actions: `
dynamodb:ExportTableToPointInTime writes a whole table to a bucket, of another account too
dynamodb:PartiQLSelect reads items of tables`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonec2'), actions: `
ec2:CreateSnapshot freezes a disk's content for sharing
ec2:GetConsoleScreenshot shows what is on a machine's screen`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonelasticblockstore'), actions: `
ebs:GetSnapshotBlock reads a disk's content block by block`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonelasticcontainerregistry'), actions: `
ecr:BatchGetImage pulls images, and what is built into them`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonrds'), actions: `
rds:StartExportTask writes a database's content to a bucket`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonrdsdataapi'), actions: `
rds-data:ExecuteStatement queries a database`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazonredshiftdataapi'), actions: `
redshift-data:GetStatementResult reads what queries found`,
	},
	{
		kind: 'data-exfiltration', source: reference('amazons3glacier'), actions: `
glacier:GetJobOutput reads archives`,
	},
	{
		kind: 'data-exfiltration', source: reference('awskeymanagementservice'), actions: `
kms:Decrypt reads what a key protects`,
	},
	{
		kind: 'resource-exposure', source: sensitiveActions, actions: `
acm-pca:PutPolicy opens a certificate authority to other accounts
backup:PutBackupVaultAccessPolicy opens a backup vault to other accounts
codebuild:PutResourcePolicy opens build projects and reports to other accounts
ec2:DisableImageBlockPublicAccess lifts the guard against public images
ec2:ModifySnapshotAttribute shares a disk's snapshot with other accounts, or with all
ecr:SetRepositoryPolicy opens an image repository to other accounts
elasticfilesystem:PutFileSystemPolicy opens a file system
es:UpdateElasticsearchDomainConfig writes a search domain's access policy, among other things
glacier:SetVaultAccessPolicy opens an archive vault to other accounts
glue:PutResourcePolicy opens the data catalog to other accounts
iot:AttachPolicy widens what a device or an identity may do
kms:CreateGrant lets another principal use a key
kms:PutKeyPolicy says who may use and administer a key
lakeformation:GrantPermissions grants access to the data lake
lambda:AddLayerVersionPermission opens a layer to other accounts, or to all
lambda:AddPermission lets others run a function
logs:PutResourcePolicy lets other services and accounts write logs
mediastore:PutContainerPolicy opens a container of objects
ram:AssociateResourceShare adds resources, or accounts, to a share
ram:CreateResourceShare shares resources with other accounts
redshift:AuthorizeSnapshotAccess shares a cluster's snapshot with another account
s3:DeleteBucketPolicy removes a bucket's policy, its Deny with it
s3:PutAccessPointPolicy opens an access point to other accounts, or to all
s3:PutAccountPublicAccessBlock lifts the account's guard against public buckets
s3:PutBucketAcl opens a bucket to other accounts, or to all
s3:PutBucketPolicy opens a bucket to other accounts, or to all
s3:PutBucketPublicAccessBlock lifts a bucket's guard against public access
s3:PutObjectAcl opens objects to other accounts, or to all
s3:PutObjectVersionAcl opens former content of objects to other accounts, or to all
secretsmanager:PutResourcePolicy opens a secret to other accounts
servicecatalog:CreatePortfolioShare shares a portfolio with other accounts
sns:AddPermission opens a topic to other accounts
sns:SetTopicAttributes writes a topic's policy, among other things
sqs:AddPermission opens a queue to other accounts
sqs:SetQueueAttributes writes a queue's policy, among other things
ssm:ModifyDocumentPermission shares a document with other accounts, or with all`,
	},
	{
		kind: 'resource-exposure', source: reference('amazondynamodb'), actions: `
dynamodb:PutResourcePolicy opens a table to other accounts`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonec2'), actions: `
ec2:AuthorizeSecurityGroupIngress opens ports of machines
ec2:ModifyImageAttribute shares an image with other accounts, or with all`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonelasticcontainerregistrypublic'), actions: `
ecr-public:SetRepositoryPolicy decides who may change a public repository`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonkinesisdatastreams'), actions: `
kinesis:PutResourcePolicy opens a stream to other accounts`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonrds'), actions: `
rds:ModifyDBClusterSnapshotAttribute shares a cluster's snapshot with other accounts, or with all
rds:ModifyDBInstance makes a database reachable from the internet, among other things
rds:ModifyDBSnapshotAttribute shares a database's snapshot with other accounts, or with all`,
	},
	{
		kind: 'resource-exposure', source: reference('amazons3'), actions: `
s3:PutReplicationConfiguration copies every new object to another bucket`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonses'), actions: `
ses:PutIdentityPolicy lets others send mail in one's name`,
	},
	{
		kind: 'resource-exposure', source: reference('amazonvpclattice'), actions: `
vpc-lattice:PutResourcePolicy opens a service to other accounts`,
	},
	{
		kind: 'resource-exposure', source: reference('awslambda'), actions: `
lambda:CreateFunctionUrlConfig gives a function an address on the internet`,
	},
];
