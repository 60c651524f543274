/** Does work for one item after the other, each when the one before has finished and its result was taken. Leaving the loop stops it. */
export async function * inOrder<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<Awaited<R>> {
	for (const item of items) {
		yield work(item);
	}
}

/** 0, 1, 2, … up to and without `end`. */
export function * numbers(end = Number.POSITIVE_INFINITY): Generator<number> {
	for (let index = 0; index < end; index++) {
		yield index;
	}
}
