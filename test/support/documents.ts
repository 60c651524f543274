import {z} from 'zod';

const objectSchema = z.record(z.string(), z.unknown());
const actionsSchema = z.object({actions: z.array(z.object({action: z.string(), verdict: z.string()}))});

/** A printed JSON document. */
export function objectOf(json: string): Record<string, unknown> {
	return objectSchema.parse(JSON.parse(json));
}

/** The actions of a printed principal, in their order. */
export function actionsOf(json: string): Array<{action: string; verdict: string}> {
	return actionsSchema.parse(JSON.parse(json)).actions;
}
