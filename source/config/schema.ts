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

/** What config.json holds. */
export const configSchema = z.object({
	accounts: z.array(accountSchema).default([]),
	preferences: z.record(z.string(), z.unknown()).default({}),
});

export type StoredAccount = z.infer<typeof accountSchema>;
export type StoredConfig = z.infer<typeof configSchema>;
