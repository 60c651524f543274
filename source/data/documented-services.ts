/** Services of which a page of AWS says that CloudTrail records their API calls, by IAM prefix. The rest is only assumed. */
export const documentedServices: Readonly<Record<string, string>> = {
	s3: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html',
};
