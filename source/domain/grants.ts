/** One statement that grants an action, and how it reaches the principal. */
export type Grant = {
	/** Name of the policy. */
	readonly policy: string;
	/** ARN of a managed policy; null for an inline one. */
	readonly policyArn: string | null;
	readonly policyType: 'managed' | 'inline';
	/** What the policy hangs on. */
	readonly via: {readonly kind: 'user' | 'role' | 'group'; readonly name: string};
	/** Index of the statement in its document, from 0. */
	readonly statement: number;
	readonly sid: string | null;
	/** The statement has a Condition. */
	readonly conditional: boolean;
	/** Resource, as written; null where the statement has NotResource. */
	readonly resources: readonly string[] | null;
	/** NotResource, as written; null where the statement has Resource. */
	readonly notResources: readonly string[] | null;
};
