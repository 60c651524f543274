import type {RemediationPlan} from '../../../app/remediation.js';
import type {Stroke} from '../../keys.js';
import type {Layout} from '../../layout.js';
import {fitScroll, scrollBy} from '../../scroll.js';
import type {Step} from '../../step.js';
import {policyDocument} from './document.js';

/** What becomes of the policies: worked out once the screen is drawn. */
export type Planning
	= | {readonly status: 'working'; /** Numbers the plans: an older one is dropped. */ readonly request: number}
		| {readonly status: 'ready'; readonly plan: RemediationPlan}
		| {readonly status: 'failed'; readonly message: string; readonly hint: string | null};

export type PolicyState = {
	/** The principal. */
	readonly arn: string;
	/** Actions (lower case) that are to go. */
	readonly marks: readonly string[];
	readonly planning: Planning;
	/** The edited policies, or a new one in place of all. */
	readonly side: 'edits' | 'standalone';
	/** First drawn line. */
	readonly first: number;
};

/** What the marked actions leave of a principal's policies. */
export function initPolicy(arn: string, marks: readonly string[], request: number): PolicyState {
	return {arn, marks, planning: {status: 'working', request}, side: 'edits', first: 0};
}

/** Takes a plan; an older one changes nothing. */
export function answerPlan(state: PolicyState, request: number, planning: Planning): PolicyState {
	return state.planning.status === 'working' && state.planning.request === request ? {...state, planning} : state;
}

/** Fits the drawn part into another size. */
export function fitPolicy(state: PolicyState, {body, columns}: Layout): PolicyState {
	const first = fitScroll(state.first, body, policyDocument(state, columns).length);
	return first === state.first ? state : {...state, first};
}

export function policyReducer(state: PolicyState, {command}: Stroke, {body, columns}: Layout): Step<PolicyState> {
	const {planning} = state;
	switch (command) {
		case 'back': {
			return {state, intent: {type: 'back'}};
		}

		case 'switch': {
			return {state: {...state, side: state.side === 'edits' ? 'standalone' : 'edits', first: 0}};
		}

		case 'export': {
			return planning.status === 'ready' ? {state, intent: {type: 'export-plan', plan: planning.plan}} : {state};
		}

		case 'copy-arn': {
			return {state, intent: {type: 'copy', text: state.arn}};
		}

		default: {
			return {state: {...state, first: scrollBy(state.first, command, body, policyDocument(state, columns).length)}};
		}
	}
}
