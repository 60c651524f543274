import type {ActionRow} from '../../app/analysis.js';
import type {Verdict} from '../../domain/verdict.js';
import {terminalText} from '../../lib/terminal-text.js';

/** Verdicts by their number in the page's data. */
export const verdictNumbers: readonly Verdict[] = ['used', 'unused', 'unknown', 'ungranted'];

const levelLetters = {List: 'L', Read: 'R', Write: 'W', 'Permissions management': 'P', Tagging: 'T'} as const;

/** A row with numbers of its own: action, reason, events, failed, denied, first and last use. */
type FullRow = readonly [action: number, reason: number, count: number, failed: number, denied: number, firstUsed: string, lastUsed: string];

/** One principal: the actions that are as usual, those that are not by their reason, and those that were called. */
type PrincipalData = readonly [usual: string, others: ReadonlyArray<readonly [reason: number, actions: string]>, full: readonly FullRow[]];

/** What the page makes its tables of actions from. Actions are named by their index in `actions`. */
export type ActionData = {
	readonly actions: readonly string[];
	/** A letter each: the access level, "-" where none is known. */
	readonly levels: string;
	readonly risks: Readonly<Record<number, readonly [kind: string, note: string]>>;
	readonly reasons: ReadonlyArray<readonly [verdict: number, text: string]>;
	/** For each action the reason that most principals have for it who never called it. */
	readonly usual: readonly number[];
	readonly principals: readonly PrincipalData[];
};

/** Sorted numbers as runs in base 36: "5.3,2" is 5, 6, 7 and 10 (a gap after the run before, and a length where it is not 1). */
export function encodeRuns(numbers: readonly number[]): string {
	const parts: string[] = [];
	let end = 0;
	for (let index = 0; index < numbers.length;) {
		const start = numbers[index]!;
		let length = 1;
		while (numbers[index + length] === start + length) {
			length++;
		}

		parts.push((start - end).toString(36) + (length === 1 ? '' : `.${length.toString(36)}`));
		end = start + length;
		index += length;
	}

	return parts.join(',');
}

type Collected = {readonly bare: Array<readonly [action: number, reason: number]>; readonly full: FullRow[]};

/** Gathers the rows of one principal after another. Most rows were never called and say what they say for every principal: those cost a few bits. */
export class ActionDataBuilder {
	readonly #actions = new Map<string, {id: number; row: ActionRow; reasons: Map<number, number>}>();
	readonly #reasons = new Map<string, {id: number; verdict: number; text: string}>();
	readonly #principals: Collected[] = [];

	add(rows: readonly ActionRow[]): void {
		const collected: Collected = {bare: [], full: []};
		for (const row of rows) {
			const action = this.#action(row);
			const reason = this.#reason(row);
			if (row.count === 0 && row.denied === 0) {
				collected.bare.push([action.id, reason]);
				action.reasons.set(reason, (action.reasons.get(reason) ?? 0) + 1);
			} else {
				collected.full.push([action.id, reason, row.count, row.failed, row.denied, row.firstUsed ?? '', row.lastUsed ?? '']);
			}
		}

		this.#principals.push(collected);
	}

	/** The data of all that was added. */
	build(): ActionData {
		const sorted = [...this.#actions.values()].toSorted((a, b) => a.row.lower < b.row.lower ? -1 : (a.row.lower > b.row.lower ? 1 : 0));
		const rank: number[] = [];
		for (const [index, {id}] of sorted.entries()) {
			rank[id] = index;
		}

		const usual = sorted.map(({reasons}) => mostFrequent(reasons));
		return {
			actions: sorted.map(({row}) => terminalText(row.action)),
			levels: sorted.map(({row}) => row.accessLevel === null ? '-' : levelLetters[row.accessLevel]).join(''),
			risks: Object.fromEntries(sorted.flatMap(({row}, index) => row.risk === null ? [] : [[index, [row.risk.kind, terminalText(row.risk.note)]]])),
			reasons: [...this.#reasons.values()].map(({verdict, text}) => [verdict, terminalText(text)]),
			usual,
			principals: this.#principals.map(({bare, full}) => encodePrincipal(bare.map(([id, reason]) => [rank[id]!, reason]), full.map(([id, ...rest]) => [rank[id]!, ...rest]), usual)),
		};
	}

	#action(row: ActionRow) {
		let entry = this.#actions.get(row.action);
		if (entry === undefined) {
			entry = {id: this.#actions.size, row, reasons: new Map()};
			this.#actions.set(row.action, entry);
		}

		return entry;
	}

	#reason({verdict, reason, deniedInPart, blockedBy}: ActionRow): number {
		const text = deniedInPart ? `${reason}; denied in part by ${blockedBy.join(', ')}` : reason;
		const key = `${verdict}\n${text}`;
		let entry = this.#reasons.get(key);
		if (entry === undefined) {
			entry = {id: this.#reasons.size, verdict: verdictNumbers.indexOf(verdict), text};
			this.#reasons.set(key, entry);
		}

		return entry.id;
	}
}

/** The key with the highest count, the first of equals; -1 without any. */
function mostFrequent(counts: ReadonlyMap<number, number>): number {
	let [best, most] = [-1, 0];
	for (const [key, count] of counts) {
		if (count > most) {
			[best, most] = [key, count];
		}
	}

	return best;
}

function encodePrincipal(bare: ReadonlyArray<readonly [action: number, reason: number]>, full: readonly FullRow[], usual: readonly number[]): PrincipalData {
	const asUsual: number[] = [];
	const others = new Map<number, number[]>();
	for (const [action, reason] of bare.toSorted((a, b) => a[0] - b[0])) {
		if (usual[action] === reason) {
			asUsual.push(action);
		} else {
			const list = others.get(reason) ?? [];
			list.push(action);
			others.set(reason, list);
		}
	}

	return [encodeRuns(asUsual), [...others].map(([reason, actions]) => [reason, encodeRuns(actions)]), full];
}
