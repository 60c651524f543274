import type {RemediationPlan} from '../../../app/remediation.js';
import {exportFormats, type Exporter, type ExportFormat, type ShownRows} from '../../exporter.js';
import type {Stroke} from '../../keys.js';
import type {Step} from '../../step.js';
import {editText, fieldOf, type TextField} from '../../text-field.js';

/** What is taken along: the rows of a screen, with proposed names by format; or the files of a plan. */
export type ExportWhat
	= | {readonly kind: 'rows'; readonly shown: ShownRows; readonly names: Readonly<Record<ExportFormat, string>>}
		| {readonly kind: 'plan'; readonly plan: RemediationPlan};

export type ExportState = {
	readonly what: ExportWhat;
	readonly format: ExportFormat;
	readonly field: TextField;
	/** Numbers the writings; null while none runs. */
	readonly request: number | null;
	/** Why it could not be written; null while nothing is wrong. */
	readonly error: string | null;
};

/** Asks for the format and the file of what is on the screen. */
export function initExport(shown: ShownRows, {fileName}: Exporter): ExportState {
	const names = {text: fileName(shown, 'text'), csv: fileName(shown, 'csv'), json: fileName(shown, 'json'), md: fileName(shown, 'md')};
	return {what: {kind: 'rows', shown, names}, format: 'csv', field: fieldOf(names.csv), request: null, error: null};
}

/** Asks for the folder of a plan's files. */
export function initPlanExport(plan: RemediationPlan): ExportState {
	const name = plan.name.replaceAll(/[^\w.+=@-]+/g, '-');
	return {what: {kind: 'plan', plan}, format: 'json', field: fieldOf(`policies-${name}`), request: null, error: null};
}

/** Says why the file could not be written. */
export function refuseExport(state: ExportState, request: number, error: string): ExportState {
	return state.request === request ? {...state, request: null, error} : state;
}

/** Another format; a name that was proposed goes along, one that was typed stays. */
function turn(state: ExportState, by: 1 | -1): ExportState {
	const {what} = state;
	if (what.kind === 'plan') {
		return state;
	}

	const {length} = exportFormats;
	const format = exportFormats[(exportFormats.indexOf(state.format) + by + length) % length] ?? 'csv';
	const isProposed = state.field.text === what.names[state.format];
	return {...state, format, error: null, field: isProposed ? fieldOf(what.names[format]) : state.field};
}

export function exportReducer(state: ExportState, press: Stroke, nextRequest: number): Step<ExportState> {
	switch (press.key) {
		case 'escape': {
			return {state, intent: {type: 'back'}};
		}

		case 'tab':
		case 'down': {
			return {state: turn(state, 1)};
		}

		case 'shift-tab':
		case 'up': {
			return {state: turn(state, -1)};
		}

		case 'enter': {
			if (state.request !== null) {
				return {state};
			}

			return state.field.text.trim() === ''
				? {state: {...state, error: state.what.kind === 'plan' ? 'type the name of a folder' : 'type the name of a file'}}
				: {state: {...state, request: nextRequest, error: null}, intent: {type: 'take-number'}};
		}

		default: {
			return {state: state.request === null ? {...state, field: editText(state.field, press), error: null} : state};
		}
	}
}
