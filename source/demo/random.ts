/** Random numbers that are the same for the same seed, on every machine. */
export type Random = {
	/** A whole number from 0 up to, not including, `below`. */
	next(below: number): number;
	/** That many characters of an alphabet. */
	text(length: number, alphabet: string): string;
	/** A version 4 UUID. */
	uuid(): string;
};

/** Park and Miller's generator: products stay below 2^53, so it needs no bit operations. */
export function createRandom(seed: number): Random {
	let state = seed % 2_147_483_646 + 1;
	const next = (below: number): number => {
		state = state * 48_271 % 2_147_483_647;
		return Math.floor(state / 2_147_483_647 * below);
	};

	const text = (length: number, alphabet: string): string => Array.from({length}, () => alphabet.charAt(next(alphabet.length))).join('');
	const hex = '0123456789abcdef';
	return {
		next,
		text,
		uuid: () => `${text(8, hex)}-${text(4, hex)}-4${text(3, hex)}-${text(1, '89ab')}${text(3, hex)}-${text(12, hex)}`,
	};
}
