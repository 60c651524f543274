import type {ReactNode} from 'react';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {fitText} from '../../wrap.js';

export type FailedViewProps = {readonly message: string; readonly hint: string | null; readonly layout: Layout};

/** What went wrong, and what to do next. */
export function FailedView({message, hint, layout}: FailedViewProps): ReactNode {
	const {columns, body} = layout;
	const hints = hint === null ? [] : fitText([hint], columns, Math.floor(body / 2) - 1);
	return (
		<>
			<Line text=''/>
			{fitText([message], columns, body - hints.length - 2).map(line => <Line key={`message ${line}`} tone='error' text={line}/>)}
			<Line text=''/>
			{hints.map(line => <Line key={`hint ${line}`} text={line}/>)}
		</>
	);
}
