import type {ReactNode} from 'react';
import type {Layout} from '../layout.js';
import {Line} from './line.js';

/** The selected row in full, below the list: under a rule where there is room, else its first line alone. */
export function Detail({lines, layout}: {readonly lines: readonly string[]; readonly layout: Layout}): ReactNode {
	const room = layout.detail > 1 ? layout.detail - 1 : 1;
	const shown = Array.from({length: room}, (_, index) => ({key: `line ${index}`, text: lines[index] ?? ''}));
	return (
		<>
			{layout.detail > 1 && <Line tone='quiet' text={'─'.repeat(layout.columns)}/>}
			{shown.map(({key, text}) => <Line key={key} text={text}/>)}
		</>
	);
}
