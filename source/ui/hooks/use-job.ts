import {useEffect, useRef, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import {CancelledError, UserError} from '../../lib/errors.js';
import type {Progress} from '../../lib/task.js';
import type {AppEvent} from '../app-reducer.js';
import type {Job} from '../app-state.js';

/** How often progress reaches the screen, in milliseconds. */
const progressInterval = 100;

/**
Runs the job of the state, tells its progress and its end. A job that is replaced or taken away is aborted at once; the next one waits until it has
let go, since both read and write the same store. An error that is not the user's goes to `onBug`.
*/
export function useJob(job: Job | null, workspace: Workspace, dispatch: Dispatch<AppEvent>, onBug: (error: unknown) => void): void {
	const previous = useRef<Promise<void>>(Promise.resolve());
	const {id, account, window: period} = job ?? {};
	useEffect(() => {
		if (id === undefined || !account || !period) {
			return;
		}

		const controller = new AbortController();
		const {signal} = controller;
		const began = performance.now();
		let progress: Progress | null = null;
		const timer = setInterval(() => {
			dispatch({type: 'progress', job: id, progress, elapsedMs: performance.now() - began});
		}, progressInterval);
		const run = async () => {
			const task = {
				signal,
				progress(next: Progress) {
					progress = next;
				},
			};
			const analysis = await workspace.analyze(account, period, task);
			dispatch({type: 'analyzed', job: id, analysis, accounts: workspace.accounts()});
		};

		const start = async () => {
			await previous.current;
			// The loading screen is drawn before the first heavy import blocks the loop.
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			if (signal.aborted) {
				return;
			}

			try {
				await run();
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'failed', job: id, message: error.message, hint: error.hint ?? null});
				} else if (!(error instanceof CancelledError) && !signal.aborted) {
					onBug(error);
				}
			} finally {
				clearInterval(timer);
			}
		};

		previous.current = start();
		return () => {
			clearInterval(timer);
			controller.abort();
		};
	}, [id, account, period, workspace, dispatch, onBug]);
}
