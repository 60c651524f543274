import type {Analysis, PrincipalDetail} from '../../app/analysis.js';
import type {Screen} from '../app-state.js';
import type {Layout} from '../layout.js';
import type {Stroke} from '../keys.js';
import type {Intent} from '../step.js';
import {accountsReducer} from './accounts/state.js';
import {actionReducer, fitAction, initAction} from './action/state.js';
import {addAccountReducer} from './add-account/state.js';
import {exportReducer} from './export/state.js';
import {fitLines, linesAbout, linesReducer, refreshLines} from './lines/state.js';
import {fitPeople, initPeople, peopleReducer} from './people/state.js';
import {fitPolicy, initPolicy, policyReducer} from './policy/state.js';
import {fitPrincipal, principalReducer, refreshPrincipal} from './principal/state.js';
import {fitPrincipals, principalsReducer, refreshPrincipals} from './principals/state.js';
import {startDateReducer} from './start-date/state.js';

/** Whether keys are typed into a text field of the screen. */
export function isTyping(screen: Screen): boolean {
	switch (screen.name) {
		case 'add-account':
		case 'export': {
			return true;
		}

		case 'start-date': {
			return screen.state.editing;
		}

		case 'principals': {
			return screen.state[screen.state.tab].list.editing;
		}

		case 'principal':
		case 'people':
		case 'lines': {
			return screen.state.list.editing;
		}

		case 'accounts':
		case 'action':
		case 'policy':
		case 'failed':
		case 'loading': {
			return false;
		}
	}
}

/** What the screens' reducers may know. */
export type Around = {readonly layout: Layout; readonly today: Date; readonly nextRequest: number};

/** Hands a press to the screen's own reducer. */
export function pressScreen(screen: Screen, press: Stroke, {layout, today, nextRequest}: Around): {readonly screen: Screen; readonly intent: Intent | undefined} {
	const surroundings = {height: layout.list, today};
	switch (screen.name) {
		case 'accounts': {
			const {state, intent} = accountsReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}

		case 'add-account': {
			const {state, intent} = addAccountReducer(screen.state, press);
			return {screen: {...screen, state}, intent};
		}

		case 'start-date': {
			const {state, intent} = startDateReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}

		case 'policy': {
			const {state, intent} = policyReducer(screen.state, press, layout);
			return {screen: {...screen, state}, intent};
		}

		case 'export': {
			const {state, intent} = exportReducer(screen.state, press, nextRequest);
			return {screen: {...screen, state}, intent};
		}

		case 'loading': {
			return {screen, intent: press.command === 'back' ? {type: 'back'} : undefined};
		}

		case 'failed': {
			const {command} = press;
			return {screen, intent: command === 'back' ? {type: 'back'} : (command === 'refresh' ? {type: 'retry'} : undefined)};
		}

		case 'principals': {
			const {state, intent} = principalsReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}

		case 'principal': {
			const {state, intent} = principalReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}

		case 'action': {
			const {state, intent} = actionReducer(screen.state, press, layout);
			return {screen: {...screen, state}, intent};
		}

		case 'people': {
			const {state, intent} = peopleReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}

		case 'lines': {
			const {state, intent} = linesReducer(screen.state, press, surroundings);
			return {screen: {...screen, state}, intent};
		}
	}
}

/** Fits what a screen draws into another size. */
export function fitScreen(screen: Screen, layout: Layout): Screen {
	const height = layout.list;
	switch (screen.name) {
		case 'principals': {
			return {...screen, state: fitPrincipals(screen.state, height)};
		}

		case 'principal': {
			return {...screen, state: fitPrincipal(screen.state, height)};
		}

		case 'action': {
			return {...screen, state: fitAction(screen.state, layout)};
		}

		case 'policy': {
			return {...screen, state: fitPolicy(screen.state, layout)};
		}

		case 'people': {
			return {...screen, state: fitPeople(screen.state, height)};
		}

		case 'lines': {
			return {...screen, state: fitLines(screen.state, height)};
		}

		case 'accounts':
		case 'add-account':
		case 'start-date':
		case 'export':
		case 'loading':
		case 'failed': {
			return screen;
		}
	}
}

/** Puts a newer analysis under the screens of a stack; from the first screen on whose principal or action is gone, they are closed. An open action asks the log anew. */
export function refreshScreens(stack: readonly Screen[], analysis: Analysis, layout: Layout, request: number): readonly Screen[] {
	const fresh: Screen[] = [];
	let detail: PrincipalDetail | null = null;
	for (const screen of stack) {
		if (screen.name === 'principal' && screen.state.session === null) {
			detail = detailIn(analysis, screen.state.detail.principal.arn);
		}

		const newer = refreshScreen(screen, {analysis, detail, height: layout.list, request});
		if (!newer) {
			break;
		}

		fresh.push(newer);
		// What stands above it rests on the answer that is asked for anew.
		if (screen.name === 'people') {
			break;
		}
	}

	return fresh;
}

function detailIn(analysis: Analysis, arn: string): PrincipalDetail | null {
	return analysis.principals.some(principal => principal.arn === arn) ? analysis.principal(arn) : null;
}

type Newer = {readonly analysis: Analysis; readonly detail: PrincipalDetail | null; readonly height: number; readonly request: number};

/** The screen over newer data; undefined where what it shows is gone. */
function refreshScreen(screen: Screen, {analysis, detail, height, request}: Newer): Screen | undefined {
	switch (screen.name) {
		case 'principals': {
			return {...screen, state: refreshPrincipals(screen.state, analysis, height)};
		}

		case 'principal': {
			return detail ? {...screen, state: refreshPrincipal(screen.state, detail, height)} : undefined;
		}

		case 'action': {
			const row = detail?.actions.find(({lower}) => lower === screen.state.row.lower);
			return detail && row ? {...screen, state: initAction(row, detail, request)} : undefined;
		}

		case 'policy': {
			return detail ? {...screen, state: initPolicy(screen.state.arn, stillMarked(screen.state.marks, detail), request)} : undefined;
		}

		case 'people': {
			return detail ? {...screen, state: initPeople(detail.principal, analysis, request, screen.state.tab)} : undefined;
		}

		case 'lines': {
			return screen.kind === 'split' ? undefined : {...screen, state: refreshLines(screen.state, linesAbout(screen.kind, analysis, detail), height)};
		}

		case 'accounts':
		case 'add-account':
		case 'start-date':
		case 'export':
		case 'loading':
		case 'failed': {
			return screen;
		}
	}
}

/** The marks of what is still granted. */
function stillMarked(marks: readonly string[], {actions}: PrincipalDetail): readonly string[] {
	const granted = new Set(actions.filter(({verdict}) => verdict !== 'ungranted').map(({lower}) => lower));
	return marks.filter(lower => granted.has(lower));
}
