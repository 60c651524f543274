/** Thrown when a text is not a row of JSON values; the message says where it stops being one. */
export class JsonPagesError extends Error {
	/** The text ends inside a value: it was cut off. */
	readonly cutOff: boolean;

	constructor(message: string, cutOff: boolean) {
		super(message);
		this.name = 'JsonPagesError';
		this.cutOff = cutOff;
	}
}

/**
The JSON values of a text: one, or several one after another as a shell's `>>` leaves them; arrays are opened. Linear in the text's length.
@throws JsonPagesError
*/
export function parseJsonPages(text: string): unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value as unknown[] : [value];
	} catch {
		// More than one value, or none: the slower way finds out which.
	}

	return splitValues(text).flatMap((slice, index, slices) => {
		try {
			const value: unknown = JSON.parse(slice);
			return Array.isArray(value) ? value as unknown[] : [value];
		} catch (error) {
			const where = slices.length === 1 ? '' : `page ${index + 1} of ${slices.length}: `;
			throw new JsonPagesError(where + (error instanceof Error ? error.message : String(error)), false);
		}
	});
}

const quote = 0x22;
const backslash = 0x5C;
const openers: ReadonlySet<number> = new Set([0x5B, 0x7B]);
const closers: ReadonlySet<number> = new Set([0x5D, 0x7D]);

/** Cuts a text after each bracket that closes the outermost one. What stands outside of brackets stays with the value that follows. */
function splitValues(text: string): string[] {
	const slices: string[] = [];
	let depth = 0;
	let from = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.codePointAt(index) ?? 0;
		if (code === quote) {
			index = endOfString(text, index);
		} else if (openers.has(code)) {
			depth++;
		} else if (closers.has(code) && --depth === 0) {
			slices.push(text.slice(from, index + 1));
			from = index + 1;
		}
	}

	if (depth > 0) {
		throw new JsonPagesError(`the text ends in the middle of page ${slices.length + 1}`, true);
	}

	const rest = text.slice(from);
	return rest.trim() === '' ? slices : [...slices, rest];
}

/** Index of the quote that ends the string which begins at `start`; the text's length when nothing ends it. */
function endOfString(text: string, start: number): number {
	let index = start;
	do {
		index = text.indexOf('"', index + 1);
		if (index === -1) {
			return text.length;
		}
	} while (isEscaped(text, index, start));

	return index;
}

/** Whether an odd number of backslashes stands before `index`. */
function isEscaped(text: string, index: number, start: number): boolean {
	let before = index - 1;
	while (before > start && text.codePointAt(before) === backslash) {
		before--;
	}

	return (index - 1 - before) % 2 === 1;
}
