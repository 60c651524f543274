import {CancelledError, throwIfCancelled} from '../../lib/errors.js';

/** Where a question waits for its yes; undefined while none does. */
export type Waiting = {current: (() => void) | undefined};

/** A task's way to ask the user: `ask` shows the question, calling what waits says yes, and nobody says no but by cancelling. */
export function confirmWith(waiting: Waiting, signal: AbortSignal, ask: (question: string) => void): (question: string) => Promise<boolean> {
	return async question => {
		throwIfCancelled(signal);
		return new Promise<boolean>((resolve, reject) => {
			waiting.current = () => {
				resolve(true);
			};

			signal.addEventListener('abort', () => {
				reject(new CancelledError());
			}, {once: true});
			ask(question);
		});
	};
}

/** Says yes to what waits. */
export function agree(waiting: Waiting): void {
	waiting.current?.();
	waiting.current = undefined;
}
