import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import {FieldLine} from '../../components/field-line.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {fitText} from '../../wrap.js';
import type {Tone} from '../../theme.js';
import {fieldNames, type AddAccountState, type Check, type FieldName} from './state.js';

const labels: Readonly<Record<FieldName, string>> = {
	iam: 'IAM             ',
	trail: 'CloudTrail logs ',
	name: 'Name            ',
};

function help({focus, profiles, configFile}: AddAccountState): string {
	switch (focus) {
		case 'iam': {
			const names = profiles.length === 0 ? 'a profile of ~/.aws' : `${profiles.join(', ')}`;
			return `profile:NAME to read it from the account (${names}), or the file that this makes: aws iam get-account-authorization-details > iam.json; or CloudTracker's config.yaml, for all its accounts`;
		}

		case 'trail': {
			const own = configFile?.namesLogs ? 'leave it empty for what the config.yaml says, or name ' : '';
			return own + 'a folder or file of CloudTrail logs; or athena, s3://BUCKET/PREFIX, https://HOST:9200/INDEX, last-accessed';
		}

		case 'name': {
			return configFile === null ? 'what the account is called here' : 'the accounts keep the names of the config.yaml';
		}
	}
}

/** Columns before what is said of a field. */
const indent = 18;

/** What is wrong, in full: why the account was not stored, and what has no room beside its field. */
function problems({error, checks}: AddAccountState, width: number): readonly string[] {
	const long = fieldNames.flatMap(name => {
		const check = checks[name];
		return check.status === 'bad' && check.words.length + 2 > width - indent ? [`! ${check.words}`] : [];
	});
	return [...long, ...error === null ? [] : [`! ${error}`]];
}

/** Name where a new account's IAM and logs are; each field is checked when it is left. */
export function AddAccountView({state, layout}: {readonly state: AddAccountState; readonly layout: Layout}): ReactNode {
	const width = layout.columns;
	return (
		<>
			<Line text=''/>
			{fieldNames.map(name => (
				<Field key={name} state={state} name={name} width={width}/>
			))}
			<Line text=''/>
			{fitText([help(state)], width, 3).map(line => <Line key={line} tone='quiet' text={line}/>)}
			{fitText(problems(state, width), width, 4).map(line => <Line key={line} tone='error' text={line}/>)}
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
			<Line tone={tone} text={cutEnd(' '.repeat(indent) + words, width)}/>
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
