import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {Pane} from '../layout.js';
import type {Tone} from '../theme.js';
import {wrapIndented} from '../wrap.js';
import {Line} from './line.js';

/** Columns of the border with its space. */
const border = 2;

/** A line of the pane, of any length: spaces at its start are kept. */
export type PaneText = {readonly text: string; readonly tone?: Tone};

type Drawn = {readonly key: string; readonly text: string; readonly tone: Tone};

/** The texts wrapped into a pane's rows; where they have no room, the last row says how many lines are left out. */
export function paneLines(texts: readonly PaneText[], columns: number, rows: number): readonly Drawn[] {
	const lines = texts.flatMap(({text, tone = 'plain'}) => wrapIndented(text, columns).map(line => ({text: line, tone})));
	const shown = lines.length <= rows ? lines : lines.slice(0, rows - 1);
	const left = lines.length - shown.length;
	return Array.from({length: rows}, (_, row) => ({
		key: `row ${row}`,
		...shown[row] ?? {text: left > 0 && row === rows - 1 ? `… ${left} more lines: open the action` : '', tone: 'quiet' as const},
	}));
}

/** What is known of the selected row, right of a list or below it. */
export function PaneView({texts, pane}: {readonly texts: readonly PaneText[]; readonly pane: Pane}): ReactNode {
	if (pane.place === 'below') {
		return (
			<>
				<Line tone='quiet' text={'─'.repeat(pane.columns)}/>
				{paneLines(texts, pane.columns, pane.rows - 1).map(({key, text, tone}) => <Line key={key} tone={tone} text={text}/>)}
			</>
		);
	}

	return (
		<Box flexDirection='column' width={pane.columns} flexShrink={0}>
			{paneLines(texts, pane.columns - border, pane.rows).map(({key, text, tone}) => <Line key={key} tone={tone} text={`│ ${text}`}/>)}
		</Box>
	);
}
