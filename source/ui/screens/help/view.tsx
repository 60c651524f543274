import {Box} from 'ink';
import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import {Line} from '../../components/line.js';
import type {Size} from '../../layout.js';
import {helpHeight, helpLines} from './state.js';

/** What the prefixes mean, and every key. */
export function HelpView({first, size}: {readonly first: number; readonly size: Size}): ReactNode {
	const height = helpHeight(size);
	const shown = helpLines.slice(first, first + height);
	const isWhole = helpLines.length <= height;
	return (
		<Box flexDirection='column' height={size.rows - 1}>
			<Line tone='head' text={`Help${isWhole ? '' : ` · lines ${first + 1}-${first + shown.length} of ${helpLines.length}`}`}/>
			<Box flexDirection='column' height={height}>
				{shown.map(({keys, words, isHeading}) => (
					<Line key={`${keys} ${words}`} tone={isHeading ? 'head' : 'plain'} text={cutEnd(isHeading ? words : `  ${keys.padEnd(16)}${words}`, size.columns)}/>
				))}
			</Box>
			<Line tone='quiet' text={isWhole ? 'esc close' : 'esc close  ↑ ↓ scroll'}/>
		</Box>
	);
}
