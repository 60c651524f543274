/** What signs a request to AWS. */
export type AwsKeys = {readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string};

/** How we prove who we are. Secrets are held in memory alone: they are neither stored, logged nor shown. */
export type OpenSearchAuth
	= | {readonly kind: 'none'}
		| {readonly kind: 'basic'; readonly username: string; readonly password: string}
		/** Elasticsearch's key: "ID:KEY", or the base64 text of it that the server printed. */
		| {readonly kind: 'api-key'; readonly apiKey: string}
		/** Amazon OpenSearch Service ("es") or Serverless ("aoss"); credentials as the AWS SDK finds them, unless given. */
		| {readonly kind: 'sigv4'; readonly region: string; readonly service?: 'es' | 'aoss'; readonly profile?: string; readonly credentials?: () => Promise<AwsKeys>};

/** A server and what of it is meant. */
export type OpenSearchTarget = {
	/** "https://host:9200", with a path where a proxy needs one. */
	readonly url: string;
	/** An index, an alias, a data stream, a pattern ("cloudtrail-*") or several with commas. */
	readonly index: string;
	readonly auth: OpenSearchAuth;
	/** PEM file of the certificate authority that signed the server's certificate; null where the system's are enough. */
	readonly caFile: string | null;
};

export type OpenSearchSourceOptions = OpenSearchTarget & {
	/** Twelve digits. */
	readonly accountId: string;
	/** What stands before CloudTrail's own field names, without the dot ("cloudtrail"); null to find it out. */
	readonly keyPrefix: string | null;
	/** The date field of the event's time; null to take the layout's own. */
	readonly timestampField: string | null;
};
