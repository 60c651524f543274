import type {ReactNode} from 'react';
import {FieldLine} from '../../components/field-line.js';
import {Line} from '../../components/line.js';
import {Picker} from '../../components/picker.js';
import type {Layout} from '../../layout.js';
import type {StartDateState} from './state.js';

/** Pick how far back to look. */
export function StartDateView({state, layout}: {readonly state: StartDateState; readonly layout: Layout}): ReactNode {
	const {rows, cursor} = state.list;
	return (
		<>
			<Line text=''/>
			<Line text='What was used, and what was not, since when?'/>
			<Line text=''/>
			<Picker items={rows} cursor={cursor} width={layout.columns} height={layout.body - 5}/>
			{state.editing || state.field.text !== '' ? <DateField state={state} width={layout.columns}/> : null}
			{state.error !== null && <Line tone='error' text={`! ${state.error}`}/>}
		</>
	);
}

function DateField({state, width}: {readonly state: StartDateState; readonly width: number}): ReactNode {
	const placeholder = ' 2018-01-31, or how far back: 90d, 12w, 6m, 1y';
	return <FieldLine label='  Start date: ' field={state.field} isFocused={state.editing} placeholder={placeholder} width={width}/>;
}
