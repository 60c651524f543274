import {useEffect, type Dispatch} from 'react';
import {UserError} from '../../lib/errors.js';
import type {AppEvent} from '../app-reducer.js';
import type {PlanRequest} from '../app-state.js';

/** Works out what an open policy screen asks for, once that screen was drawn. An error that is not the user's goes to `onBug`. */
export function usePlan(wanted: PlanRequest | null, dispatch: Dispatch<AppEvent>, onBug: (error: unknown) => void): void {
	const {request, analysis, arn, marks} = wanted ?? {};
	useEffect(() => {
		if (request === undefined || !analysis || arn === undefined || !marks) {
			return;
		}

		// It blocks the loop for a while: the screen says so first.
		const timer = setTimeout(() => {
			try {
				dispatch({type: 'planned', request, answer: {status: 'ready', plan: analysis.plan(arn, marks)}});
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'planned', request, answer: {status: 'failed', message: error.message, hint: error.hint ?? null}});
				} else {
					onBug(error);
				}
			}
		}, 20);
		return () => {
			clearTimeout(timer);
		};
	}, [request, analysis, arn, marks, dispatch, onBug]);
}
