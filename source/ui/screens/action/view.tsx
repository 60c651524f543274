import type {ReactNode} from 'react';
import {GrantsTable} from '../../components/grants-table.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {actionDocument, grantsIn, type DocumentRow} from './document.js';
import type {ActionState} from './state.js';

type Numbered = DocumentRow & {readonly key: string};

/** Why an action has its verdict: the statements that grant it, what blocks it, and what the log holds. */
export function ActionView({state, layout}: {readonly state: ActionState; readonly layout: Layout}): ReactNode {
	const {columns, body} = layout;
	const shown = actionDocument(state, columns)
		.slice(state.first, state.first + body)
		.map((row, index): Numbered => ({...row, key: `row ${state.first + index}`}));
	const table = shown.findIndex(({kind}) => kind === 'table');
	const lines = shown.filter(({kind}) => kind === 'table').length;
	const [first] = shown.slice(Math.max(0, table));
	return (
		<>
			{textRows(table === -1 ? shown : shown.slice(0, table))}
			{first?.kind === 'table' && <GrantsTable grants={grantsIn(state)} width={columns} first={first.line} height={lines}/>}
			{table !== -1 && textRows(shown.slice(table + lines))}
		</>
	);
}

function textRows(rows: readonly Numbered[]): ReactNode {
	return rows.map(row => row.kind === 'text' && <Line key={row.key} tone={row.tone} text={row.text}/>);
}
