import type {ActionEvidence, ActionRow, PrincipalDetail} from '../../../app/analysis.js';
import type {Grant} from '../../../domain/grants.js';
import type {Layout} from '../../layout.js';
import type {Stroke} from '../../keys.js';
import {fitScroll, scrollBy} from '../../scroll.js';
import type {Step} from '../../step.js';
import {actionDocument} from './document.js';

/** What the log says of the action: asked for when the screen opens. */
export type Findings
	= | {readonly status: 'looking'; /** Numbers the questions: the answer to an older one is dropped. */ readonly request: number}
		| {readonly status: 'found'; readonly evidence: ActionEvidence}
		| {readonly status: 'failed'; readonly message: string; readonly hint: string | null};

export type ActionState = {
	/** The principal. */
	readonly arn: string;
	readonly row: ActionRow;
	/** The statements that grant it. */
	readonly grants: readonly Grant[];
	readonly findings: Findings;
	/** First drawn line. */
	readonly first: number;
};

/** The evidence for one action of a principal; what the log holds of it is looked for. */
export function initAction(row: ActionRow, detail: PrincipalDetail, request: number): ActionState {
	return {arn: detail.principal.arn, row, grants: detail.grantedBy(row), findings: {status: 'looking', request}, first: 0};
}

/** Asks the log again. */
export function lookAgain(state: ActionState, request: number): ActionState {
	return {...state, findings: {status: 'looking', request}};
}

/** Takes an answer; that to an older question changes nothing. */
export function answerAction(state: ActionState, request: number, answer: Findings): ActionState {
	return state.findings.status === 'looking' && state.findings.request === request ? {...state, findings: answer} : state;
}

/** Fits the drawn part into another size. */
export function fitAction(state: ActionState, {body, columns}: Layout): ActionState {
	const first = fitScroll(state.first, body, actionDocument(state, columns).length);
	return first === state.first ? state : {...state, first};
}

export function actionReducer(state: ActionState, press: Stroke, {body, columns}: Layout): Step<ActionState> {
	const {command} = press;
	switch (command) {
		case 'back': {
			return {state, intent: {type: 'back'}};
		}

		case 'left':
		case 'right': {
			return {state, intent: {type: 'step-action', by: command === 'right' ? 1 : -1}};
		}

		case 'copy': {
			return {state, intent: {type: 'copy', text: state.row.action}};
		}

		case 'copy-arn': {
			return {state, intent: {type: 'copy', text: state.arn}};
		}

		case 'refresh': {
			return state.findings.status === 'failed' ? {state, intent: {type: 'look-again'}} : {state};
		}

		default: {
			return {state: {...state, first: scrollBy(state.first, command, body, actionDocument(state, columns).length)}};
		}
	}
}
