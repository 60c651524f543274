import {useMemo, type ReactNode} from 'react';
import {verdictPrefix} from '../../../domain/verdict.js';
import {fittedColumns, type Column} from '../../columns.js';
import {Detail} from '../../components/detail.js';
import {Line} from '../../components/line.js';
import {List} from '../../components/list.js';
import type {Keys} from '../../keys.js';
import type {Layout} from '../../layout.js';
import {selectedOf} from '../../list-state.js';
import {dayOf, grouped} from '../../words.js';
import {fitText} from '../../wrap.js';
import type {PersonRow} from './rows.js';
import type {PeopleState, PeopleTab} from './state.js';
import {emptyWords} from './words.js';

const number = (value: number | null): string => value === null ? '' : grouped(value);

const lastColumn: Column<PersonRow> = {head: 'LAST', width: 10, align: 'left', cut: 'end', text: row => row.last === null ? '' : dayOf(row.last)};
const assumedColumn: Column<PersonRow> = {head: 'ASSUMED', width: 7, align: 'right', cut: 'end', text: row => number(row.assumed)};

const columnsByTab: Readonly<Record<PeopleTab, ReadonlyArray<Column<PersonRow>>>> = {
	people: [
		{head: 'KIND', width: 9, drop: 2, align: 'left', cut: 'end', text: row => row.kind},
		{head: 'WHO', width: null, align: 'left', cut: 'middle', text: row => row.name},
		lastColumn,
		assumedColumn,
		{head: 'USED', width: 5, align: 'right', cut: 'end', text: row => number(row.usedActions)},
		{head: 'KNOWN BY', width: 12, drop: 1, align: 'left', cut: 'end', text: row => row.link},
	],
	roles: [
		{head: 'ROLE', width: null, align: 'left', cut: 'middle', text: row => row.name},
		lastColumn,
		assumedColumn,
	],
};

/** Columns that a name is to have at least. */
const nameRoom = 24;

const keyOf = (row: PersonRow) => row.key;
const prefixOf = (row: PersonRow) => verdictPrefix[row.verdict];
const toneOf = (row: PersonRow) => row.verdict;

/** Who was in a role, or which roles somebody assumed. */
export function PeopleView({state, layout, keys}: {readonly state: PeopleState; readonly layout: Layout; readonly keys: Keys}): ReactNode {
	const {list, tab} = state;
	const columns = useMemo(() => fittedColumns(columnsByTab[tab], layout.columns, nameRoom), [tab, layout.columns]);
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
				empty={fitText([emptyWords(state, keys)], layout.columns - 2, layout.list).map(line => <Line key={line} text={`  ${line}`}/>)}
			/>
			<Detail texts={selectedOf(list)?.more ?? []} layout={layout}/>
		</>
	);
}
