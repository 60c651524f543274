import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {terminalText} from '../../../lib/terminal-text.js';
import {Line} from '../../components/line.js';
import {theme} from '../../theme.js';

/** What went wrong, and what to do next. */
export function FailedView({message, hint}: {readonly message: string; readonly hint: string | null}): ReactNode {
	return (
		<Box flexDirection='column'>
			<Line text=''/>
			<Text {...theme.error}>{terminalText(message)}</Text>
			<Line text=''/>
			{hint !== null && <Text>{terminalText(hint)}</Text>}
		</Box>
	);
}
