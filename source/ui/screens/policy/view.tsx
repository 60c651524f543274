import type {ReactNode} from 'react';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {policyDocument} from './document.js';
import type {PolicyState} from './state.js';

/** What becomes of the policies without the marked actions. */
export function PolicyView({state, layout}: {readonly state: PolicyState; readonly layout: Layout}): ReactNode {
	const {first} = state;
	return policyDocument(state, layout.columns)
		.slice(first, first + layout.body)
		.map((row, index) => ({...row, key: `row ${first + index}`}))
		.map(({key, tone, text}) => <Line key={key} tone={tone} text={text}/>);
}
