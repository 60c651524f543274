import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import type {Job} from '../../app-state.js';
import {Line} from '../../components/line.js';
import type {Layout} from '../../layout.js';
import {fitText} from '../../wrap.js';
import {elapsedWords} from '../../words.js';
import {progressBar, progressWords} from './state.js';

/** What is done now, how far it is, and for how long; or what is asked before it goes on. */
export function LoadingView({job, layout}: {readonly job: Job; readonly layout: Layout}): ReactNode {
	const {progress, elapsedMs, question} = job;
	if (question !== null) {
		return (
			<>
				<Line text=''/>
				{fitText([question], layout.columns, layout.body - 2).map(line => <Line key={line} tone='warning' text={line}/>)}
				<Line text=''/>
			</>
		);
	}

	const words = [progress ? progressWords(progress) : '', elapsedWords(elapsedMs)].filter(part => part !== '').join(' · ');
	return (
		<>
			<Line text=''/>
			<Line text={cutEnd(progress?.stage ?? 'starting', layout.columns)}/>
			<Line text={cutEnd(words, layout.columns)}/>
			<Line text=''/>
			<Line text={progress ? progressBar(progress, layout.columns) : ''}/>
		</>
	);
}
