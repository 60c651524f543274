import {useStdout} from 'ink';
import {useEffect, type Dispatch} from 'react';
import {copyText} from '../../lib/clipboard.js';
import {cutMiddle, terminalText} from '../../lib/terminal-text.js';
import type {AppEvent} from '../app-reducer.js';
import type {Copy} from '../app-state.js';

/** Longer ones are cut where it is said what was copied. */
const shownWidth = 44;

/** Copies what the state asks for, and says by what. Controls are copied as they are shown: a paste must never be keys. */
export function useClipboard(copy: Copy | null, dispatch: Dispatch<AppEvent>): void {
	const {stdout} = useStdout();
	useEffect(() => {
		if (!copy) {
			return;
		}

		const {request} = copy;
		const text = terminalText(copy.text);
		const run = async () => {
			const way = await copyText(text, sequence => {
				stdout.write(sequence);
			});
			const by = way === 'OSC 52' ? 'sent to the terminal\'s clipboard (OSC 52)' : `copied with ${way}`;
			dispatch({type: 'copied', request, words: `${by}: ${cutMiddle(text, shownWidth)}`});
		};

		void run();
	}, [copy, stdout, dispatch]);
}
