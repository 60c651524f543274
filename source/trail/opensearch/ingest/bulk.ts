import {UserError} from '../../../lib/errors.js';
import {isObject, type Json, objectsOf, textOf} from '../../../lib/json-fields.js';
import type {Task} from '../../../lib/task.js';
import {type Connection, pausing} from '../connection.js';
import {outOfReach, TooLargeError, UnavailableError} from '../errors.js';
import type {Place} from '../layout.js';
import {fittedDocument, type OutgoingDocument} from './document.js';

/** What became of documents. */
export type Counts = {
	created: number;
	/** Were there already, by their id: repeats, or of an earlier load. */
	existing: number;
	/** Refused by the server, by its reason. */
	readonly failed: Map<string, number>;
};

/** First and longest pause before a request is sent again. */
const firstPauseMs = 500;
const longestPauseMs = 10_000;

export type BulkOptions = {
	/** How long a server that is away or busy is waited for. */
	readonly patienceMs: number;
};

/** One document with what was tried of it. */
type Pending = {readonly document: OutgoingDocument; readonly isFitted: boolean};

function linesOf(pending: readonly Pending[]): string {
	return pending.map(({document}) => `{"create":{"_id":${JSON.stringify(document.id)}}}\n${document.text}\n`).join('');
}

function reasonOf(error: unknown): string {
	if (!isObject(error)) {
		return 'no reason given';
	}

	const cause = isObject(error.caused_by) ? textOf(error.caused_by.reason) : null;
	// Reasons quote the document: without it, equal reasons are counted together.
	return [textOf(error.type), textOf(error.reason), cause].filter(part => part !== null).join(': ').replaceAll(/ in document with id '[^']*'/g, '').replaceAll(/Preview of field's value: .*/gs, '').slice(0, 200);
}

/** Sends batches of documents and sees each of them through: until the server has it, has had it, or refuses it. */
export class BulkSender {
	readonly counts: Counts = {created: 0, existing: 0, failed: new Map()};
	readonly #connection: Connection;
	readonly #place: Place;
	readonly #task: Task;
	readonly #options: BulkOptions;

	constructor(connection: Connection, place: Place, task: Task, options: BulkOptions) {
		this.#connection = connection;
		this.#place = place;
		this.#task = task;
		this.#options = options;
	}

	/** Resolves when every document is settled. Rejects with CancelledError, or UserError when the server stays away. */
	async send(documents: readonly OutgoingDocument[]): Promise<void> {
		await this.#settle(documents.map(document => ({document, isFitted: false})));
	}

	async #settle(pending: readonly Pending[], waited = 0, pause = firstPauseMs): Promise<void> {
		if (pending.length === 0) {
			return;
		}

		const {left, isBusy} = await this.#attempt(pending);
		if (isBusy === undefined) {
			return this.#settle(left);
		}

		if (waited >= this.#options.patienceMs) {
			throw new UserError(`${outOfReach(isBusy).message}; it was waited for ${Math.round(waited / 1000)} s`, {
				hint: 'when the server is back, run the same command again: it goes on where it was', exitCode: 3, cause: isBusy,
			});
		}

		this.#task.progress({stage: `waiting for the server (${isBusy.message})`, done: 0, total: null, unit: null, bytes: null});
		await pausing(pause, this.#task.signal);
		return this.#settle(left, waited + pause, Math.min(longestPauseMs, pause * 2));
	}

	/** Sends documents once; gives those that are not settled, and why where waiting may help. */
	async #attempt(pending: readonly Pending[]): Promise<{readonly left: readonly Pending[]; readonly isBusy?: UnavailableError}> {
		let answer: Json;
		try {
			const call = {method: 'POST', path: `/${encodeURIComponent(this.#place.index)}/_bulk`, lines: linesOf(pending), expected: [413]} as const;
			answer = await this.#connection.once(call, this.#place.where, this.#task.signal);
		} catch (error) {
			if (error instanceof UnavailableError) {
				return {left: pending, isBusy: error};
			}

			if (error instanceof TooLargeError) {
				return {left: pending, isBusy: new UnavailableError(`${this.#place.where}: the server's memory is full for now`)};
			}

			throw error;
		}

		return answer.items === undefined ? this.#halve(pending) : this.#take(pending, objectsOf(answer.items));
	}

	/** Where the server finds a request too large (413), half of it may do. */
	async #halve(pending: readonly Pending[]): Promise<{readonly left: readonly Pending[]}> {
		const middle = Math.ceil(pending.length / 2);
		if (pending.length === 1) {
			this.#fail('the document is larger than the server takes');
			return {left: []};
		}

		await this.#settle(pending.slice(0, middle));
		return {left: pending.slice(middle)};
	}

	#take(pending: readonly Pending[], items: readonly Json[]): {readonly left: readonly Pending[]; readonly isBusy?: UnavailableError} {
		if (items.length !== pending.length) {
			throw new UserError(`${this.#place.where}: the server answered for ${items.length} of ${pending.length} documents`, {exitCode: 3});
		}

		const left: Pending[] = [];
		let isBusy: UnavailableError | undefined;
		for (const [index, one] of pending.entries()) {
			const item = items[index]?.create;
			const status = isObject(item) ? Number(item.status) : 0;
			switch (status) {
				case 201:
				case 200: {
					this.counts.created++;

					break;
				}

				case 409: {
					this.counts.existing++;

					break;
				}

				case 429:
				case 503: {
					left.push(one);
					isBusy ??= new UnavailableError(`${this.#place.where}: the server asks to slow down (${status})`);

					break;
				}

				default: {if (status === 400 && !one.isFitted) {
					left.push({document: fittedDocument(one.document), isFitted: true});
				} else {
					this.#fail(isObject(item) ? reasonOf(item.error) : 'no answer');
				}
				}
			}
		}

		return isBusy === undefined ? {left} : {left, isBusy};
	}

	#fail(reason: string): void {
		this.counts.failed.set(reason, (this.counts.failed.get(reason) ?? 0) + 1);
	}
}
