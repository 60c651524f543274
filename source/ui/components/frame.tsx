import {Box} from 'ink';
import type {ReactNode} from 'react';
import {cutEnd, cutMiddle, displayWidth, padEnd} from '../../lib/terminal-text.js';
import type {Layout} from '../layout.js';
import {Line} from './line.js';

export type FrameProps = {
	readonly layout: Layout;
	/** Account · source · window. */
	readonly head: string;
	/** "accounts › demo › users". */
	readonly crumbs: string;
	/** Counts, filter and toggles; stands at the right of the breadcrumbs. */
	readonly status: string;
	readonly warnings: readonly string[];
	readonly footer: ReactNode;
	readonly children: ReactNode;
};

/** What every screen has around it. */
export function Frame({layout, head, crumbs, status, warnings, footer, children}: FrameProps): ReactNode {
	const {columns} = layout;
	const right = cutMiddle(status, columns - 20);
	const left = cutMiddle(crumbs, columns - displayWidth(right) - 2);
	return (
		<Box flexDirection='column' height={layout.frame} width={columns}>
			<Line tone='head' text={cutMiddle(head, columns)}/>
			<Line text={padEnd(left, columns - displayWidth(right)) + right}/>
			{warnings.map(warning => <Line key={warning} tone='warning' text={cutEnd(`! ${warning}`, columns)}/>)}
			<Box flexDirection='column' height={layout.body}>{children}</Box>
			{footer}
		</Box>
	);
}
