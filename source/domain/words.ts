/** "1 event", "2 events". */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The later of two instants in ISO 8601 UTC; null only where both are. */
export const later = (a: string | null, b: string | null): string | null => a === null || (b !== null && b > a) ? b : a;

/** The first three, and how many more there are: "a, b, c and 4 more". */
export const someOf = (values: readonly string[]): string => values.length > 3 ? `${values.slice(0, 3).join(', ')} and ${values.length - 3} more` : values.join(', ');
