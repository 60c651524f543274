import {useCallback, useRef} from 'react';
import {CancelledError, UserError} from '../../lib/errors.js';

/** Takes work on the logs, and what to do with an error of the user's; gives back what aborts it. */
export type Enqueue = (run: (signal: AbortSignal) => Promise<void>, onRefused: (error: UserError) => void) => () => void;

/**
One piece of work at a time, since all read and write the same store: what is aborted before its turn never begins, and the next one waits until the
one before has let go. An error that is not the user's goes to `onBug`.
*/
export function useQueue(onBug: (error: unknown) => void): Enqueue {
	const previous = useRef<Promise<void>>(Promise.resolve());
	return useCallback((run, onRefused) => {
		const controller = new AbortController();
		const {signal} = controller;
		const start = async (before: Promise<void>) => {
			await before;
			// The screen is drawn before the first heavy import blocks the loop.
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			if (signal.aborted) {
				return;
			}

			try {
				await run(signal);
			} catch (error) {
				if (error instanceof UserError) {
					onRefused(error);
				} else if (!(error instanceof CancelledError) && !signal.aborted) {
					onBug(error);
				}
			}
		};

		previous.current = start(previous.current);
		return () => {
			controller.abort();
		};
	}, [onBug]);
}
