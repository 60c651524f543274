import * as z from 'zod';

const text = z.string().min(1);

// Unions by `kind`: a later kind becomes a further member, and old files stay valid.
const iamSchema = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('file'), path: text}),
	/** From the account itself, through its profile. */
	z.object({kind: z.literal('live')}),
]);

/** Names an environment variable: a password or a key is never kept in the file. */
const variable = z.string().regex(/^[A-Za-z_]\w*$/, 'name an environment variable, not the secret itself');

/** "https://user:password@host": the address is shown on the screen and in reports. */
function holdsUser(url: string): boolean {
	const {username, password} = new URL(url);
	return username !== '' || password !== '';
}

const searchAuthSchema = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('none')}),
	z.object({kind: z.literal('basic'), user: text, passwordVariable: variable}),
	z.object({kind: z.literal('api-key'), keyVariable: variable}),
	/** Signed with AWS credentials; `aoss` is OpenSearch Serverless. */
	z.object({kind: z.literal('sigv4'), service: z.enum(['es', 'aoss']).default('es')}),
]);

const trailSchema = z.discriminatedUnion('kind', [
	z.object({kind: z.literal('files'), path: text}),
	/** What is left out is found: the trail by DescribeTrails, the rest as AWS's console makes it. */
	z.object({
		kind: z.literal('athena'),
		bucket: text.optional(),
		/** What stands before AWSLogs/ in the bucket; without slashes at its ends. */
		prefix: z.string().optional(),
		organizationId: z.string().regex(/^o-[a-z\d]{10,32}$/, 'an organization id is o- and 10 to 32 letters and digits').optional(),
		database: text.optional(),
		table: text.optional(),
		workgroup: text.optional(),
		outputLocation: z.string().startsWith('s3://').optional(),
		/** Where Athena runs, when that is not the account's own region or profile. */
		region: text.optional(),
		profile: text.optional(),
	}),
	/** IAM's own service last accessed data, with no trail. */
	z.object({kind: z.literal('last-accessed')}),
	z.object({
		kind: z.literal('opensearch'),
		url: z.url({protocol: /^https?$/}).refine(url => !URL.canParse(url) || !holdsUser(url), 'an address holds no user and no password: name them in auth'),
		index: text,
		auth: searchAuthSchema.default({kind: 'none'}),
		caFile: text.optional(),
		keyPrefix: z.string().optional(),
		timestampField: text.optional(),
		region: text.optional(),
		profile: text.optional(),
	}),
]);

const accountSchema = z.object({
	name: text,
	/** Twelve digits, as text: a number would lose its zeros. */
	id: z.string().regex(/^\d{12}$/, 'an account id has twelve digits').optional(),
	/** A profile of ~/.aws; without one the SDK's own chain finds the credentials. */
	profile: text.optional(),
	region: text.optional(),
	iam: iamSchema,
	trail: trailSchema,
});

const keySchema = z.string().min(1);

/** A preference that this version does not know stays as it is. */
const preferencesSchema = z.looseObject({
	/** Keys by command, for the screen; one key may stand without a list, an empty list switches the command off. */
	keys: z.record(z.string(), z.union([z.array(keySchema), keySchema.transform(key => [key])])).default({}),
});

/** What config.json holds. */
export const configSchema = z.object({
	accounts: z.array(accountSchema).default([]),
	preferences: preferencesSchema.default({keys: {}}),
});

export type StoredAccount = z.infer<typeof accountSchema>;
export type Preferences = z.infer<typeof preferencesSchema>;
export type StoredConfig = z.infer<typeof configSchema>;
/** Where the IAM snapshot of an account comes from. */
export type IamPlace = z.infer<typeof iamSchema>;
/** Where the usage of an account comes from. */
export type TrailPlace = z.infer<typeof trailSchema>;
export type SearchAuth = z.infer<typeof searchAuthSchema>;
