import {Box} from 'ink';
import type {ReactNode} from 'react';
import {cellsText, gutter, headText, restWidth, type Column} from '../columns.js';
import type {KeyOf, ListState} from '../list-state.js';
import type {Tone} from '../theme.js';
import {Line} from './line.js';
import {RowLine} from './row-line.js';

export type ListProps<Row> = {
	readonly list: ListState<Row>;
	readonly columns: ReadonlyArray<Column<Row>>;
	readonly keyOf: KeyOf<Row>;
	/** The two characters before a row's cells. */
	readonly prefixOf: (row: Row) => string;
	readonly toneOf: (row: Row) => Tone;
	/** One character between the cursor and the prefix; none is a space. */
	readonly signOf?: (row: Row) => string;
	/** Whether the filter's words are looked for in a row, and underlined; in all unless it says otherwise. */
	readonly isMatched?: (row: Row) => boolean;
	readonly width: number;
	readonly height: number;
	/** What stands in the place of the rows where there are none. */
	readonly empty: ReactNode;
};

/** Column heads and the rows in the window; only these are mounted. */
export function List<Row>({list, columns, keyOf, prefixOf, toneOf, signOf, isMatched, width, height, empty}: ListProps<Row>): ReactNode {
	const visible = list.rows.slice(list.offset, list.offset + height);
	const first = columns.findIndex(column => column.width === null);
	const from = gutter + columns.slice(0, first).reduce((sum, column) => sum + (column.width ?? 0) + 1, 0);
	const to = from + restWidth(columns, width);
	return (
		<Box flexDirection='column' height={height + 1}>
			<Line tone='quiet' text={headText(columns, width)}/>
			{visible.length === 0
				? empty
				: visible.map((row, index) => {
					const isSelected = list.offset + index === list.cursor;
					const text = `${isSelected ? '>' : ' '}${signOf?.(row) ?? ' '}${prefixOf(row)}${cellsText(columns, width, row)}`;
					return (
						<RowLine
							key={keyOf(row)}
							// Every character costs time: only the selected row is drawn to its end.
							text={isSelected ? text : text.trimEnd()}
							tone={toneOf(row)}
							isSelected={isSelected}
							filter={isMatched?.(row) === false ? '' : list.filter.text}
							from={from}
							to={to}
						/>
					);
				})}
		</Box>
	);
}
