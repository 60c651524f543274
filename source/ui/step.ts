import type {RemediationPlan} from '../app/remediation.js';
import type {AccountChoice} from '../app/workspace.js';
import type {ActionRow, Analysis} from '../app/analysis.js';
import type {ShownRows} from './exporter.js';

/** What a screen asks the program to do; the app reducer carries it out. */
export type Intent
	= | {readonly type: 'back'}
		| {readonly type: 'choose-account'; readonly account: AccountChoice}
		| {readonly type: 'add-account'}
		| {readonly type: 'start'; readonly start: string}
		| {readonly type: 'open-principal'; readonly arn: string}
		| {readonly type: 'open-action'; readonly row: ActionRow}
		| {readonly type: 'step-action'; readonly by: 1 | -1}
		| {readonly type: 'look-again'}
		| {/** Who was in the role that is open, or which roles the principal assumed. */ readonly type: 'open-people'}
		| {readonly type: 'next-tab'}
		| {/** What one who was in the role used of it; an index of the usages. */ readonly type: 'open-person'; readonly index: number}
		| {/** A role of this or another account, at the line of whoever assumed it. */ readonly type: 'open-role'; readonly role: string; readonly caller: string}
		| {readonly type: 'open-split'}
		| {readonly type: 'open-account'; readonly accountId: string}
		| {/** The number of the next question was used. */ readonly type: 'take-number'}
		| {readonly type: 'export'; readonly shown: (analysis: Analysis) => ShownRows}
		| {readonly type: 'export-plan'; readonly plan: RemediationPlan}
		| {readonly type: 'open-policy'; readonly arn: string; readonly marks: readonly string[]}
		| {readonly type: 'copy'; readonly text: string}
		| {readonly type: 'say'; /** Stands above the footer until the next key. */ readonly words: string}
		| {readonly type: 'retry'};

/** A screen's next state, and what it asks for. */
export type Step<State> = {readonly state: State; readonly intent?: Intent};

/** What a screen's reducer may know besides its own state. */
export type Surroundings = {
	/** Rows of the screen's scrolling part. */
	readonly height: number;
	/** The last day of the window: today, unless the command line ends it earlier. */
	readonly today: Date;
};
