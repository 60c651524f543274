import {Text} from 'ink';
import {memo, type ReactNode} from 'react';
import {matchRanges, parseQuery} from '../../domain/view.js';
import {theme, type Tone} from '../theme.js';

export type RowLineProps = {
	/** The whole row as it is drawn. */
	readonly text: string;
	readonly tone: Tone;
	readonly isSelected: boolean;
	/** Words of the filter: where they occur is underlined. */
	readonly filter: string;
	/** The part of the text that the filter looks at. */
	readonly from: number;
	readonly to: number;
};

/** One row of a list: a single text node where nothing is marked, for speed. */
export const RowLine = memo(({text, tone, isSelected, filter, from, to}: RowLineProps): ReactNode => (
	<Text {...theme[tone]} inverse={isSelected} wrap='truncate-end'>{filter === '' ? text : marked(text, filter, from, to)}</Text>
));

RowLine.displayName = 'RowLine';

function marked(text: string, filter: string, from: number, to: number): ReactNode[] {
	const parts: ReactNode[] = [];
	let done = 0;
	for (const [start, end] of matchRanges(text.slice(from, to), parseQuery(filter))) {
		parts.push(text.slice(done, from + start), <Text key={start} bold underline>{text.slice(from + start, from + end)}</Text>);
		done = from + end;
	}

	parts.push(text.slice(done));
	return parts;
}
