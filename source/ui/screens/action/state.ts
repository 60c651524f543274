import type {ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import type {Grant} from '../../../domain/grants.js';
import {commandOf} from '../../keymap.js';
import {fitList, listOf, pressList, type ListState} from '../../list-state.js';
import type {Press} from '../../press.js';
import type {Step, Surroundings} from '../../step.js';

export type ActionState = {
	readonly row: ActionRow;
	/** The statements that grant it; the cursor shows one in full. */
	readonly grants: ListState<Grant>;
};

const keyOf = (grant: Grant) => [grant.policyArn ?? grant.policy, grant.via.kind, grant.via.name, grant.statement].join(' ');

/** The evidence for one action of a principal. */
export function initAction(row: ActionRow, detail: PrincipalDetail): ActionState {
	return {row, grants: listOf(detail.grantedBy(row))};
}

/** Fits the drawn part into another height. */
export function fitAction(state: ActionState, height: number): ActionState {
	return {...state, grants: fitList(state.grants, height)};
}

export function actionReducer(state: ActionState, press: Press, {height}: Surroundings): Step<ActionState> {
	const command = commandOf(press.key);
	if (command === 'back') {
		return {state, intent: {type: 'back'}};
	}

	if (command === 'previous' || command === 'next') {
		return {state, intent: {type: 'step-action', by: command === 'next' ? 1 : -1}};
	}

	// One action has no rows to filter.
	return command === 'filter' ? {state} : {state: {...state, grants: pressList(state.grants, press, keyOf, height).list}};
}

/** Rows of the words above the statements, and of the table's head: on a screen with room for all of them, and on a low one. */
const allWords = 10;
const fewWords = 6;

/** How the rows of the body are shared out. */
export type EvidenceRows = {
	/** There is room for every word. */
	readonly isFull: boolean;
	/** Statements in the table. */
	readonly grants: number;
	/** Lines in which the selected statement stands in full; 0 where there is no room. */
	readonly selected: number;
};

/** Shares out the rows of the body: the selected statement needs five lines at most, and an empty one above. */
export function evidenceRows(body: number): EvidenceRows {
	const spare = body - allWords - 1;
	if (spare < 3) {
		return {isFull: false, grants: Math.max(1, body - fewWords), selected: 0};
	}

	const selected = Math.min(5, Math.ceil(spare / 2));
	return {isFull: true, grants: spare - selected, selected};
}
