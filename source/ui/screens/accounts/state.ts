import {trailWords} from '../../../app/places.js';
import type {AccountChoice} from '../../../app/workspace.js';
import {terminalText} from '../../../lib/terminal-text.js';
import type {Stroke} from '../../keys.js';
import {listOf, pressList, selectedOf, showRows, type ListState} from '../../list-state.js';
import type {Step, Surroundings} from '../../step.js';

/** A line of the account picker. */
export type AccountItem = {readonly key: string; readonly label: string; readonly account: AccountChoice | null};

export type AccountsState = {readonly list: ListState<AccountItem>};

const keyOf = (item: AccountItem) => item.key;

/** The picker's lines: the configured accounts, the demo, and the way to add one. */
export function accountItems(accounts: readonly AccountChoice[]): readonly AccountItem[] {
	return [
		...accounts.map(account => ({key: account.key, label: accountLabel(account), account})),
		{key: '+', label: 'Add an account, from a profile or files…', account: null},
	];
}

function accountLabel(account: AccountChoice): string {
	const name = [account.name, account.id].filter(part => part !== null).join(' · ');
	if (account.origin === 'demo') {
		return `${account.name ?? 'demo'} · a made-up account to try the program on`;
	}

	return terminalText([name, account.trail ? trailWords(account.trail) : 'no CloudTrail path yet'].filter(part => part !== '').join(' · '));
}

export function initAccounts(accounts: readonly AccountChoice[]): AccountsState {
	return {list: listOf(accountItems(accounts))};
}

/** Shows the accounts as they are now, the cursor on `key`. */
export function showAccounts(state: AccountsState, accounts: readonly AccountChoice[], key: string): AccountsState {
	const items = accountItems(accounts);
	return {list: showRows({...state.list, anchor: key}, items, keyOf, items.length)};
}

export function accountsReducer(state: AccountsState, press: Stroke, {height}: Surroundings): Step<AccountsState> {
	const {command} = press;
	const selected = selectedOf(state.list);
	if (command === 'open' && selected) {
		return {state, intent: selected.account ? {type: 'choose-account', account: selected.account} : {type: 'add-account'}};
	}

	// A picker of a few lines has no filter.
	return command === 'filter' ? {state} : {state: {list: pressList(state.list, press, keyOf, height).list}};
}
