import type {ReactNode} from 'react';
import type {Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
import {keyFor, type Keys} from '../../keys.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import type {LinesState, TextLine} from './state.js';

const keyOf = (line: TextLine) => line.key;
const prefixOf = () => '  ';
const toneOf = () => 'plain' as const;

/** A plain list; the selected line stands in full below it. */
export function LinesView({state, layout, keys}: {readonly state: LinesState; readonly layout: Layout; readonly keys: Keys}): ReactNode {
	const {list, all} = state;
	const [lead, text] = state.columns;
	const isCount = lead === 'EVENTS';
	const columns: ReadonlyArray<Column<TextLine>> = [
		{head: lead, width: isCount ? 9 : 18, align: isCount ? 'right' : 'left', cut: 'end', text: line => line.lead},
		{head: text, width: null, align: 'left', cut: 'middle', text: line => line.text},
	];
	return (
		<>
			<List
				list={list}
				columns={columns}
				keyOf={keyOf}
				prefixOf={prefixOf}
				toneOf={toneOf}
				width={layout.columns}
				height={layout.list}
				empty={<Line text={`  ${all.length === 0 ? state.empty : `No line matches the filter; ${keyFor(keys, 'back')} clears it.`}`}/>}
			/>
			<Detail texts={[selectedOf(list)?.more ?? '']} layout={layout}/>
		</>
	);
}
