import {z} from 'zod';

// Unions by `kind`, of one member each today: live IAM, Athena and OpenSearch become further members, and old files stay valid.
const iamSchema = z.discriminatedUnion('kind', [z.object({kind: z.literal('file'), path: z.string().min(1)})]);
const trailSchema = z.discriminatedUnion('kind', [z.object({kind: z.literal('files'), path: z.string().min(1)})]);

const accountSchema = z.object({
	name: z.string().min(1),
	/** Twelve digits, as text: a number would lose its zeros. */
	id: z.string().regex(/^\d{12}$/, 'an account id has twelve digits').optional(),
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
