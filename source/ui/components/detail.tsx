import type {ReactNode} from 'react';
import {cutMiddle} from '../../lib/terminal-text.js';
import type {Layout} from '../layout.js';
import {fitText} from '../wrap.js';
import {Line} from './line.js';

/** The selected row in full, below the list and an empty line; where there is no room for that, one line of it. */
export function Detail({texts, layout}: {readonly texts: readonly string[]; readonly layout: Layout}): ReactNode {
	const room = layout.detail > 1 ? layout.detail - 1 : 1;
	const [first = ''] = texts;
	const lines = layout.detail > 1 ? fitText(texts, layout.columns, room) : [cutMiddle(first, layout.columns)];
	const shown = Array.from({length: room}, (_, index) => ({key: `line ${index}`, text: lines[index] ?? ''}));
	return (
		<>
			{layout.detail > 1 && <Line text=''/>}
			{shown.map(({key, text}) => <Line key={key} text={text}/>)}
		</>
	);
}
