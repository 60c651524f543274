/**
Actions that a call may need besides its own, depending on its parameters, and of which CloudTrail keeps no event of their own: by the action of the call.
They come on top of the Service Authorization Reference's dependent actions (generated/dependent-actions.ts).

iam:PassRole: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html ("PassRole … is not an API call … CloudTrail logs are not generated").
Tags at creation: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html .
*/
export const conditionalActions: Readonly<Record<string, string>> = {
	'iam:PassRole': `
		apprunner:CreateService apprunner:UpdateService autoscaling:CreateLaunchConfiguration autoscaling:CreateAutoScalingGroup batch:CreateComputeEnvironment
		batch:RegisterJobDefinition cloudformation:CreateChangeSet cloudformation:CreateStack cloudformation:DeleteStack cloudformation:UpdateStack
		cloudtrail:CreateTrail cloudtrail:UpdateTrail codebuild:CreateProject codebuild:UpdateProject codepipeline:CreatePipeline codepipeline:UpdatePipeline
		config:PutConfigurationRecorder datasync:CreateLocationS3 ec2:AssociateIamInstanceProfile ec2:CreateFlowLogs ec2:CreateFleet ec2:ReplaceIamInstanceProfileAssociation
		ec2:RequestSpotFleet ec2:RequestSpotInstances ec2:RunInstances ecs:CreateService ecs:RegisterTaskDefinition ecs:RunTask ecs:StartTask ecs:UpdateService
		eks:CreateCluster eks:CreateNodegroup eks:CreateFargateProfile elasticmapreduce:RunJobFlow events:PutTargets events:PutRule firehose:CreateDeliveryStream
		glue:CreateCrawler glue:CreateDevEndpoint glue:CreateJob glue:UpdateCrawler glue:UpdateJob iot:CreateTopicRule lambda:CreateFunction lambda:UpdateFunctionConfiguration
		logs:PutSubscriptionFilter pipes:CreatePipe rds:AddRoleToDBCluster rds:AddRoleToDBInstance rds:CreateDBInstance rds:CreateDBCluster redshift:CreateCluster
		s3:CreateJob s3:PutReplicationConfiguration sagemaker:CreateEndpointConfig sagemaker:CreateModel sagemaker:CreateNotebookInstance sagemaker:CreateProcessingJob
		sagemaker:CreateTrainingJob scheduler:CreateSchedule scheduler:UpdateSchedule ssm:CreateActivation ssm:SendCommand ssm:StartAutomationExecution
		states:CreateStateMachine states:UpdateStateMachine transfer:CreateServer transfer:CreateUser`,
	'ec2:CreateTags': `
		autoscaling:CreateAutoScalingGroup ec2:RunInstances ec2:CreateFleet ec2:RequestSpotFleet ec2:RequestSpotInstances`,
};
