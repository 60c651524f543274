import type {ReactNode} from 'react';
import type {Layout} from '../layout.js';
import {fitText} from '../wrap.js';
import {Line} from './line.js';

/** The selected row in full, below the list. */
export function Detail({texts, layout}: {readonly texts: readonly string[]; readonly layout: Layout}): ReactNode {
	const lines = fitText(texts, layout.columns, layout.detail);
	const shown = Array.from({length: layout.detail}, (_, index) => ({key: `line ${index}`, text: lines[index] ?? ''}));
	return (
		<>
			{layout.gap > 0 && <Line text=''/>}
			{shown.map(({key, text}) => <Line key={key} text={text}/>)}
		</>
	);
}
