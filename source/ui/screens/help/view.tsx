import {Box} from 'ink';
import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import {Line} from '../../components/line.js';
import {footerText, type Hint, type Keys} from '../../keys.js';
import type {Size} from '../../layout.js';
import {helpHeight, helpLines} from './state.js';

const close: Hint = {command: 'back', words: 'close'};

/** What the prefixes mean, and every key. */
export function HelpView({first, size, keys: held}: {readonly first: number; readonly size: Size; readonly keys: Keys}): ReactNode {
	const lines = helpLines(held);
	const height = helpHeight(size);
	const shown = lines.slice(first, first + height);
	const isWhole = lines.length <= height;
	return (
		<Box flexDirection='column' height={size.rows - 1}>
			<Line tone='head' text={`Help${isWhole ? '' : ` · lines ${first + 1}-${first + shown.length} of ${lines.length}`}`}/>
			<Box flexDirection='column' height={height}>
				{shown.map(({keys, words, isHeading}) => (
					<Line key={`${keys} ${words}`} tone={isHeading ? 'head' : 'plain'} text={cutEnd(isHeading ? words : `  ${keys.padEnd(16)}${words}`, size.columns)}/>
				))}
			</Box>
			<Line tone='quiet' text={footerText(isWhole ? [close] : [close, {command: 'up', words: ''}, {command: 'down', words: 'scroll'}], size.columns, held)}/>
		</Box>
	);
}
