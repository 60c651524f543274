import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ActionSet} from '../../source/domain/action-set.js';

const size = 100;
const someIds = fc.array(fc.integer({min: 0, max: size - 1}));

describe('ActionSet agrees with a Set of numbers', () => {
	it('in union, intersection, difference, complement, count and order', () => {
		fc.assert(fc.property(someIds, someIds, (a, b) => {
			const left = ActionSet.of(size, a);
			const right = ActionSet.of(size, b);
			const all = Array.from({length: size}, (_, id) => id);
			expect([...left.union(right).ids()]).toEqual(all.filter(id => a.includes(id) || b.includes(id)));
			expect([...left.intersect(right).ids()]).toEqual(all.filter(id => a.includes(id) && b.includes(id)));
			expect([...left.minus(right).ids()]).toEqual(all.filter(id => a.includes(id) && !b.includes(id)));
			expect([...left.complement().ids()]).toEqual(all.filter(id => !a.includes(id)));
			expect(left.count()).toBe(new Set(a).size);
			expect(left.isEmpty()).toBe(a.length === 0);
			expect(left.equals(right)).toBe(left.minus(right).isEmpty() && right.minus(left).isEmpty());
		}));
	});

	it('in ranges of any alignment', () => {
		fc.assert(fc.property(fc.integer({min: 0, max: size}), fc.integer({min: 0, max: size}), (a, b) => {
			const [from, to] = [Math.min(a, b), Math.max(a, b)];
			expect([...new ActionSet(size).addRange(from, to).ids()]).toEqual(Array.from({length: to - from}, (_, index) => from + index));
		}));
	});
});

describe('ActionSet', () => {
	it('holds the 32nd bit of a word, which is negative as a number', () => {
		const set = ActionSet.of(64, [31, 63]);
		expect([...set.ids()]).toEqual([31, 63]);
		expect(set.count()).toBe(2);
		expect(set.equals(ActionSet.of(64, [63, 31]))).toBe(true);
	});

	it('leaves a clone alone when the original changes', () => {
		const set = ActionSet.of(size, [1]);
		const copy = set.clone();
		set.add(2);
		expect([...copy.ids()]).toEqual([1]);
	});

	it('has no id outside its size', () => {
		const set = ActionSet.all(size);
		expect([set.has(-1), set.has(size), set.has(size - 1)]).toEqual([false, false, true]);
	});

	it.each([-1, size, 1.5])('refuses to add %s', id => {
		expect(() => new ActionSet(size).add(id)).toThrow(RangeError);
	});

	it('refuses to combine sets of different sizes', () => {
		expect(() => new ActionSet(1).unionWith(new ActionSet(2))).toThrow(RangeError);
	});
});
