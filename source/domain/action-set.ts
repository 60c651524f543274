/** A set of catalog ids, one bit per action: union, intersection and difference are word operations. */
export class ActionSet {
	/** Number of ids that may be members: 0 to size - 1. */
	readonly size: number;
	readonly #words: Uint32Array;

	/** An empty set over the ids 0 to `size` - 1. */
	constructor(size: number) {
		this.size = size;
		this.#words = new Uint32Array(Math.ceil(size / 32));
	}

	/** The set of the given ids; throws RangeError for one outside 0..size-1. */
	static of(size: number, ids: Iterable<number>): ActionSet {
		const set = new ActionSet(size);
		for (const id of ids) {
			set.add(id);
		}

		return set;
	}

	/** The set of all ids. */
	static all(size: number): ActionSet {
		return new ActionSet(size).addRange(0, size);
	}

	/** Adds one id; throws RangeError outside 0..size-1. */
	add(id: number): this {
		if (!Number.isInteger(id) || id < 0 || id >= this.size) {
			throw new RangeError(`no action ${id} among ${this.size}`);
		}

		this.#put(id >>> 5, 1 << (id & 31));
		return this;
	}

	/** Adds `from` up to, not including, `to`; throws RangeError when they are not within the set's size. */
	addRange(from: number, to: number): this {
		if (from < 0 || to > this.size || from > to) {
			throw new RangeError(`no actions ${from} to ${to} among ${this.size}`);
		}

		let id = from;
		while (id < to && (id & 31) !== 0) {
			this.#put(id >>> 5, 1 << (id & 31));
			id++;
		}

		while (id + 32 <= to) {
			this.#words[id >>> 5] = 0xFF_FF_FF_FF;
			id += 32;
		}

		while (id < to) {
			this.#put(id >>> 5, 1 << (id & 31));
			id++;
		}

		return this;
	}

	/** Whether the id is a member; false for any number outside 0..size-1. */
	has(id: number): boolean {
		return id >= 0 && id < this.size && ((this.#words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
	}

	/** Adds every member of the other set, in place; throws RangeError for a set of another size. */
	unionWith(other: ActionSet): this {
		return this.#combine(other, (mine, theirs) => mine | theirs);
	}

	/** Keeps only the members that the other set has too, in place; throws RangeError for a set of another size. */
	intersectWith(other: ActionSet): this {
		return this.#combine(other, (mine, theirs) => mine & theirs);
	}

	/** Removes every member of the other set, in place; throws RangeError for a set of another size. */
	minusWith(other: ActionSet): this {
		return this.#combine(other, (mine, theirs) => mine & ~theirs);
	}

	/** A new set of the members of either. */
	union(other: ActionSet): ActionSet {
		return this.clone().unionWith(other);
	}

	/** A new set of the members of both. */
	intersect(other: ActionSet): ActionSet {
		return this.clone().intersectWith(other);
	}

	/** A new set of the members that the other has not. */
	minus(other: ActionSet): ActionSet {
		return this.clone().minusWith(other);
	}

	/** A new set of the ids that are no members. */
	complement(): ActionSet {
		return ActionSet.all(this.size).minusWith(this);
	}

	/** A copy that shares nothing. */
	clone(): ActionSet {
		const copy = new ActionSet(this.size);
		copy.#words.set(this.#words);
		return copy;
	}

	/** Number of members. */
	count(): number {
		let total = 0;
		for (const word of this.#words) {
			total += bitsIn(word);
		}

		return total;
	}

	isEmpty(): boolean {
		return this.#words.every(word => word === 0);
	}

	/** Whether both hold the same ids of the same size. */
	equals(other: ActionSet): boolean {
		return this.size === other.size && this.#words.every((word, index) => word === other.#words[index]);
	}

	/** The members in ascending order. */
	* ids(): Generator<number, void> {
		for (const [index, word] of this.#words.entries()) {
			let rest = word;
			while (rest !== 0) {
				yield (index << 5) + 31 - Math.clz32(rest & -rest);
				rest &= rest - 1;
			}
		}
	}

	#put(index: number, bit: number): void {
		this.#words[index] = (this.#words[index] ?? 0) | bit;
	}

	#combine(other: ActionSet, operation: (mine: number, theirs: number) => number): this {
		if (other.size !== this.size) {
			throw new RangeError(`a set over ${other.size} actions does not fit one over ${this.size}`);
		}

		for (let index = 0; index < this.#words.length; index++) {
			this.#words[index] = operation(this.#words[index] ?? 0, other.#words[index] ?? 0);
		}

		return this;
	}
}

/** Set bits of a 32-bit word, by adding neighbours pairwise. */
function bitsIn(word: number): number {
	let bits = word - ((word >>> 1) & 0x55_55_55_55);
	bits = (bits & 0x33_33_33_33) + ((bits >>> 2) & 0x33_33_33_33);
	return Math.imul((bits + (bits >>> 4)) & 0x0F_0F_0F_0F, 0x01_01_01_01) >>> 24;
}
