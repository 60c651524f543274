import {useEffect, useRef, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import type {Progress} from '../../lib/task.js';
import type {AppEvent} from '../app-reducer.js';
import type {Job} from '../app-state.js';
import {agree, confirmWith} from './confirm.js';
import type {Enqueue} from './use-queue.js';

/** How often progress reaches the screen, in milliseconds. */
const progressInterval = 100;

/** Runs the job of the state, tells its progress and its end. A job that is replaced or taken away is aborted at once. */
export function useJob(job: Job | null, workspace: Workspace, dispatch: Dispatch<AppEvent>, enqueue: Enqueue): void {
	const {id, account, window: period, kind, agreed} = job ?? {};
	const answer = useRef<(() => void) | undefined>(undefined);
	useEffect(() => {
		if (agreed !== undefined && agreed > 0) {
			agree(answer);
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
				confirm: confirmWith(answer, signal, question => {
					dispatch({type: 'asked', job: id, question});
				}),
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
