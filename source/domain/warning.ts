/** Something true that the user must know beside the result; printed to stderr and kept in the JSON. */
export type Warning = {
	/** Stable kebab-case code, for scripts: "unreadable-files". */
	readonly code: string;
	/** One sentence for the user. */
	readonly message: string;
};
