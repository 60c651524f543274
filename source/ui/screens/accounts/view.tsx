import type {ReactNode} from 'react';
import {Line} from '../../components/line.js';
import {Picker} from '../../components/picker.js';
import type {Layout} from '../../layout.js';
import type {AccountsState} from './state.js';

/** Pick an account, try the demo, or add an account. */
export function AccountsView({state, layout}: {readonly state: AccountsState; readonly layout: Layout}): ReactNode {
	const {rows, cursor} = state.list;
	const isFirstRun = !rows.some(({account}) => account && account.origin !== 'demo');
	return (
		<>
			<Line text=''/>
			<Line text={isFirstRun ? 'No account is configured yet. Try the demo, or add an account from files:' : 'Which account?'}/>
			<Line text=''/>
			<Picker items={rows} cursor={cursor} width={layout.columns} height={layout.body - 3}/>
		</>
	);
}
