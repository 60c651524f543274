/** IAM's access levels, as the Service Authorization Reference names them. */
export type AccessLevel = 'List' | 'Read' | 'Write' | 'Permissions management' | 'Tagging';

/**
What CloudTrail does with the calls that an action authorizes:
`management` recorded by default, `data` only where a trail selects them, `never` no event exists,
`no-public-api` permission-only or console-only: no API call of its own to record.
*/
export type TrailClass = 'management' | 'data' | 'never' | 'no-public-api';

/** One IAM action of the catalog. */
export type CatalogAction = {
	/** Index in the catalog, 0 to size - 1, in the order of the lower-case names; a service's actions are contiguous. */
	readonly id: number;
	/** Canonical spelling: "s3:GetObject". */
	readonly name: string;
	/** Service prefix in lower case: "s3". */
	readonly service: string;
	readonly accessLevel: AccessLevel;
	readonly trailClass: TrailClass;
	/** Whether a page of AWS says that CloudTrail records this (or that it does not), or it is only the general rule. */
	readonly documented: boolean;
};

/** All IAM actions that are known. Immutable. */
export type Catalog = {
	readonly size: number;
	/** The action of an id; throws RangeError outside 0..size-1. */
	at(id: number): CatalogAction;
	/** The lower-case name of an id, without building the whole action. */
	lowerName(id: number): string;
	/** The id of "prefix:Name" in any case; undefined when the catalog does not know it. */
	idOf(name: string): number | undefined;
	/** First id and the id after the last of a service prefix (any case); undefined when the prefix is not known. */
	serviceRange(prefix: string): readonly [from: number, to: number] | undefined;
	/** All service prefixes, sorted. */
	readonly services: readonly string[];
};
