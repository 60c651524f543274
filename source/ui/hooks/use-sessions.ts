import {useEffect, useRef, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import type {AppEvent} from '../app-reducer.js';
import type {SessionsLookup} from '../app-state.js';
import {agree, confirmWith} from './confirm.js';
import type {Enqueue} from './use-queue.js';

/** Asks the log who was in a role, for an open screen of people; what costs money, when the user agreed. A question that is replaced or left is aborted at once. */
export function useSessions(lookup: SessionsLookup | null, workspace: Workspace, dispatch: Dispatch<AppEvent>, enqueue: Enqueue): void {
	const {request, account, analysis, arn, agreed} = lookup ?? {};
	const answer = useRef<(() => void) | undefined>(undefined);
	useEffect(() => {
		if (agreed) {
			agree(answer);
		}
	}, [agreed]);
	useEffect(() => {
		if (request === undefined || !account || !analysis || arn === undefined) {
			return;
		}

		return enqueue(async signal => {
			const task = {
				signal,
				progress() {},
				confirm: confirmWith(answer, signal, question => {
					dispatch({type: 'sessions-asked', request, question});
				}),
				note(words: string) {
					dispatch({type: 'noted', words});
				},
			};
			const usages = await workspace.sessions(account, analysis, arn, task);
			dispatch({type: 'sessions', request, answer: {usages, analysis}});
		}, ({message, hint}) => {
			dispatch({type: 'sessions', request, answer: {status: 'failed', message, hint: hint ?? null}});
		});
	}, [request, account, analysis, arn, workspace, dispatch, enqueue]);
}
