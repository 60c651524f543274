import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import {FieldLine} from '../../components/field-line.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import type {Tone} from '../../theme.js';
import {fieldNames, type AddAccountState, type Check, type FieldName} from './state.js';

const labels: Readonly<Record<FieldName, string>> = {
	iam: 'IAM snapshot    ',
	trail: 'CloudTrail path ',
	name: 'Name            ',
};

const help: Readonly<Record<FieldName, string>> = {
	iam: 'the file that this makes: aws iam get-account-authorization-details > iam.json',
	trail: 'a folder of CloudTrail files (.json.gz, .json), searched at any depth, or one such file',
	name: 'what the account is called here',
};

/** Name the files of a new account; each path is checked when its field is left. */
export function AddAccountView({state, layout}: {readonly state: AddAccountState; readonly layout: Layout}): ReactNode {
	const width = layout.columns;
	return (
		<>
			<Line text=''/>
			{fieldNames.map(name => (
				<Field key={name} state={state} name={name} width={width}/>
			))}
			<Line text=''/>
			<Line tone='quiet' text={cutEnd(help[state.focus], width)}/>
			{state.error !== null && <Line tone='error' text={cutEnd(`! ${state.error}`, width)}/>}
		</>
	);
}

function Field({state, name, width}: {readonly state: AddAccountState; readonly name: FieldName; readonly width: number}): ReactNode {
	const isFocused = state.focus === name;
	const {words, tone} = checkWords(state.checks[name]);
	return (
		<>
			<FieldLine
				label={`${isFocused ? '> ' : '  '}${labels[name]}`}
				field={state.fields[name]}
				isFocused={isFocused}
				placeholder={name === 'name' ? state.proposedName : ''}
				width={width}
			/>
			<Line tone={tone} text={cutEnd(' '.repeat(18) + words, width)}/>
		</>
	);
}

function checkWords(check: Check): {readonly words: string; readonly tone: Tone} {
	switch (check.status) {
		case 'none': {
			return {words: '', tone: 'quiet'};
		}

		case 'checking': {
			return {words: 'checking…', tone: 'quiet'};
		}

		case 'good': {
			return {words: `ok: ${check.words}`, tone: 'good'};
		}

		case 'bad': {
			return {words: `! ${check.words}`, tone: 'error'};
		}
	}
}
