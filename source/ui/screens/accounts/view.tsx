import type {ReactNode} from 'react';
import {cutEnd} from '../../../lib/terminal-text.js';
import type {AppState} from '../../app-state.js';
import {Line} from '../../components/line.js';
import {Picker} from '../../components/picker.js';
import type {Layout} from '../../layout.js';
import {windowWords} from '../../words.js';
import {overviewLines} from '../lines/overview.js';
import type {AccountsState} from './state.js';

/** Pick an account, try the demo, or add an account. */
export function AccountsView({state, layout, result}: {readonly state: AccountsState; readonly layout: Layout; readonly result: AppState['result']}): ReactNode {
	const {rows, cursor} = state.list;
	const summary = result !== null && rows[cursor]?.account?.key === result.account.key ? summaryOf(result, layout, rows.length) : [];
	const isFirstRun = !rows.some(({account}) => account && account.origin !== 'demo');
	return (
		<>
			<Line text=''/>
			<Line text={isFirstRun ? 'No account is configured yet. Try the demo, or add an account:' : 'Which account?'}/>
			<Line text=''/>
			<Picker items={rows} cursor={cursor} width={layout.columns} height={layout.body - 3 - summary.length}/>
			{summary.map(({key, text}, index) => <Line key={key} tone={index === 1 ? 'head' : 'plain'} text={text}/>)}
		</>
	);
}

/** What the last analysis of the selected account came to, as far as there is room below the picker. */
function summaryOf({analysis, window}: NonNullable<AppState['result']>, {body, columns}: Layout, items: number): ReadonlyArray<{readonly key: string; readonly text: string}> {
	const room = Math.max(0, body - 3 - items);
	const lines = overviewLines(analysis).map(({key, lead, text}) => ({key, text: cutEnd(`${lead.padEnd(12)}${text}`, columns)}));
	return room < 3 ? [] : [{key: 'gap', text: ''}, {key: 'window', text: windowWords(window)}, ...lines].slice(0, room);
}
