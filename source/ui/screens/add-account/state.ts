import type {Press} from '../../press.js';
import {editText, emptyField, type TextField} from '../../text-field.js';
import type {Step} from '../../step.js';

/** What is known of what stands in a field. `request` numbers the checks: an answer to an older one is dropped. */
export type Check
	= | {readonly status: 'none'}
		| {readonly status: 'checking'; readonly request: number}
		| {readonly status: 'good'; readonly words: string}
		| {readonly status: 'bad'; readonly words: string};

/** A CloudTracker config.yaml: whether it names the logs of its accounts, too. */
export type ConfigFile = {readonly namesLogs: boolean};

export type FieldName = 'iam' | 'trail' | 'name';

/** The fields in the order of the form. */
export const fieldNames: readonly FieldName[] = ['iam', 'trail', 'name'];

export type AddAccountState = {
	readonly fields: Readonly<Record<FieldName, TextField>>;
	readonly checks: Readonly<Record<FieldName, Check>>;
	readonly focus: FieldName;
	/** Proposed as the name while none is typed. */
	readonly proposedName: string;
	readonly nextRequest: number;
	/** Enter was pressed on the last field: store as soon as all checks are good. */
	readonly submitted: boolean;
	/** Why storing failed; null while it has not. */
	readonly error: string | null;
	/** What the config.yaml that stands in the field of IAM holds; null while none does. */
	readonly configFile: ConfigFile | null;
	/** Names of the profiles of ~/.aws, as far as they are known. */
	readonly profiles: readonly string[];
};

export function initAddAccount(): AddAccountState {
	const none: Check = {status: 'none'};
	return {
		fields: {iam: emptyField, trail: emptyField, name: emptyField},
		checks: {iam: none, trail: none, name: none},
		focus: 'iam',
		proposedName: '',
		nextRequest: 1,
		submitted: false,
		error: null,
		configFile: null,
		profiles: [],
	};
}

/** The account that the form describes. */
export function formAccount(state: AddAccountState): {readonly name: string; readonly iam: string; readonly trail: string} {
	const {iam, trail, name} = state.fields;
	return {name: name.text.trim() || state.proposedName, iam: iam.text.trim(), trail: trail.text.trim()};
}

/** Whether a field may be left empty: the accounts of a config.yaml have names, and may have logs. */
function isOptional({configFile, proposedName}: AddAccountState, field: FieldName): boolean {
	switch (field) {
		case 'iam': {
			return false;
		}

		case 'trail': {
			return configFile?.namesLogs === true;
		}

		case 'name': {
			return configFile !== null || proposedName !== '';
		}
	}
}

/** Whether the form is complete and what it describes can be stored now. */
export function isReady(state: AddAccountState): boolean {
	return state.submitted && fieldNames.every(name => state.fields[name].text.trim() === '' ? isOptional(state, name) : name === 'name' || state.checks[name].status === 'good');
}

export type CheckAnswer = {readonly field: FieldName; readonly request: number; readonly check: Check; readonly proposedName?: string; readonly configFile?: ConfigFile};

/** Takes the answer to a check; `proposedName` where the answer says whose account it is, `configFile` where a config.yaml was named. */
export function answerCheck(
	state: AddAccountState,
	answer: CheckAnswer,
): AddAccountState {
	const current = state.checks[answer.field];
	if (current.status !== 'checking' || current.request !== answer.request) {
		return state;
	}

	const {field, check, proposedName = state.proposedName} = answer;
	const configFile = field === 'iam' ? answer.configFile ?? null : state.configFile;
	const checked = {...state, checks: {...state.checks, [field]: check}, proposedName, configFile};
	return check.status === 'bad' && state.submitted ? {...checked, submitted: false, focus: field} : missing(checked);
}

/** Says why the account could not be stored. */
export function refuseAccount(state: AddAccountState, error: string): AddAccountState {
	return {...state, submitted: false, error};
}

export function addAccountReducer(state: AddAccountState, press: Press): Step<AddAccountState> {
	const index = fieldNames.indexOf(state.focus);
	switch (press.key) {
		case 'escape': {
			return {state, intent: {type: 'back'}};
		}

		case 'enter': {
			return {state: state.focus === 'name' ? submit(state) : leaveTo(state, index + 1)};
		}

		case 'tab':
		case 'down': {
			return {state: leaveTo(state, index + 1)};
		}

		case 'shift-tab':
		case 'up': {
			return {state: leaveTo(state, index - 1)};
		}

		default: {
			const field = editText(state.fields[state.focus], press);
			const changed = field.text !== state.fields[state.focus].text;
			const edited = {...state, fields: {...state.fields, [state.focus]: field}, configFile: changed && state.focus === 'iam' ? null : state.configFile};
			return {state: changed ? {...edited, submitted: false, error: null, checks: {...state.checks, [state.focus]: {status: 'none'}}} : edited};
		}
	}
}

/** Checks the field that is left, and goes to another one. */
function leaveTo(state: AddAccountState, index: number): AddAccountState {
	const target = fieldNames[(index + fieldNames.length) % fieldNames.length] ?? 'iam';
	return {...startCheck(state, state.focus), focus: target};
}

function startCheck(state: AddAccountState, field: FieldName): AddAccountState {
	if (field === 'name' || state.checks[field].status === 'good' || state.checks[field].status === 'checking') {
		return state;
	}

	const check: Check = state.fields[field].text.trim() === ''
		? {status: 'none'}
		: {status: 'checking', request: state.nextRequest};
	return {...state, checks: {...state.checks, [field]: check}, nextRequest: state.nextRequest + 1};
}

/** Asks for the first field that must not be empty, of a form that is to be stored. Which fields must not be is known once the field of IAM is checked. */
function missing(state: AddAccountState): AddAccountState {
	const empty = state.submitted && state.checks.iam.status !== 'checking' ? fieldNames.find(name => state.fields[name].text.trim() === '' && !isOptional(state, name)) : undefined;
	return empty === undefined ? state : {...state, submitted: false, focus: empty, checks: {...state.checks, [empty]: {status: 'bad', words: asked[empty]}}};
}

const asked: Readonly<Record<FieldName, string>> = {
	iam: 'type a path, or profile:NAME',
	trail: 'type a path, or where else the logs are',
	name: 'type a name',
};

/** Checks what is not checked yet; what is empty is asked for first. */
function submit(state: AddAccountState): AddAccountState {
	return missing({...startCheck(startCheck(state, 'iam'), 'trail'), submitted: true, error: null});
}
