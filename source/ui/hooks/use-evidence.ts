import {useEffect, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import type {AppEvent} from '../app-reducer.js';
import type {Lookup} from '../app-state.js';
import type {Enqueue} from './use-queue.js';

/** Looks in the log for what an open action's verdict rests on. A question that is replaced or left is aborted at once. */
export function useEvidence(lookup: Lookup | null, workspace: Workspace, dispatch: Dispatch<AppEvent>, enqueue: Enqueue): void {
	const {request, account, analysis, arn, action} = lookup ?? {};
	useEffect(() => {
		if (request === undefined || !account || !analysis || arn === undefined || action === undefined) {
			return;
		}

		return enqueue(async signal => {
			const note = (words: string): void => {
				dispatch({type: 'noted', words});
			};

			const evidence = await workspace.explain(account, analysis, {arn, action}, {signal, progress() {}, note});
			dispatch({type: 'explained', request, answer: {status: 'found', evidence}});
		}, ({message, hint}) => {
			dispatch({type: 'explained', request, answer: {status: 'failed', message, hint: hint ?? null}});
		});
	}, [request, account, analysis, arn, action, workspace, dispatch, enqueue]);
}
