import {useEffect, useRef, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import {CancelledError, throwIfCancelled} from '../../lib/errors.js';
import type {Progress} from '../../lib/task.js';
import type {AppEvent} from '../app-reducer.js';
import type {Job} from '../app-state.js';
import type {Enqueue} from './use-queue.js';

/** How often progress reaches the screen, in milliseconds. */
const progressInterval = 100;

/** Runs the job of the state, tells its progress and its end. A job that is replaced or taken away is aborted at once. */
export function useJob(job: Job | null, workspace: Workspace, dispatch: Dispatch<AppEvent>, enqueue: Enqueue): void {
	const {id, account, window: period, kind, agreed} = job ?? {};
	const answer = useRef<(() => void) | undefined>(undefined);
	useEffect(() => {
		if (agreed !== undefined && agreed > 0) {
			answer.current?.();
			answer.current = undefined;
		}
	}, [agreed]);
	useEffect(() => {
		if (id === undefined || !account || !period) {
			return;
		}

		const began = performance.now();
		let progress: Progress | null = null;
		const timer = setInterval(() => {
			dispatch({type: 'progress', job: id, progress, elapsedMs: performance.now() - began});
		}, progressInterval);
		const run = async (signal: AbortSignal) => {
			const task = {
				signal,
				progress(next: Progress) {
					progress = next;
				},
				async confirm(question: string) {
					throwIfCancelled(signal);
					return new Promise<boolean>((resolve, reject) => {
						answer.current = () => {
							resolve(true);
						};

						// Nobody says no but by ending the job.
						signal.addEventListener('abort', () => {
							reject(new CancelledError());
						}, {once: true});
						dispatch({type: 'asked', job: id, question});
					});
				},
				note(words: string) {
					dispatch({type: 'noted', words});
				},
			};
			try {
				const analysis = await workspace.analyze(account, period, task, {refresh: kind === 'refresh'});
				dispatch({type: 'analyzed', job: id, analysis, accounts: workspace.accounts()});
			} finally {
				clearInterval(timer);
			}
		};

		const abort = enqueue(run, ({message, hint}) => {
			dispatch({type: 'failed', job: id, message, hint: hint ?? null});
		});
		return () => {
			clearInterval(timer);
			abort();
		};
	}, [id, account, period, kind, workspace, dispatch, enqueue]);
}
