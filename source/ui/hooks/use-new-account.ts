import {homedir} from 'node:os';
import {useEffect, type Dispatch} from 'react';
import type {Workspace} from '../../app/workspace.js';
import {UserError} from '../../lib/errors.js';
import type {AppEvent} from '../app-reducer.js';
import {formAccount, isReady, type AddAccountState} from '../screens/add-account/state.js';
import {counted} from '../words.js';

/** A path as a shell would read it: without the quotes of a paste, "~/" in the home folder. */
export function typedPath(text: string, home: string): string {
	const path = text.trim().replace(/^(["'])(.*)\1$/, '$2');
	return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
}

type Finding = {readonly words: string; readonly proposedName?: string};

async function checkPath(workspace: Workspace, field: 'iam' | 'trail', path: string): Promise<Finding> {
	if (field === 'trail') {
		const {files} = await workspace.checkTrailPath(path);
		return {words: counted(files, 'file')};
	}

	const {accountId, users, roles} = await workspace.checkIamFile(path);
	return {words: `account ${accountId}, ${counted(users, 'user')}, ${counted(roles, 'role')}`, proposedName: accountId};
}

/** What the hooks need: the form (undefined while it is not on the screen), and where its answers go. An error that is not the user's goes to `onBug`. */
export type FormContext = {
	readonly form: AddAccountState | undefined;
	readonly workspace: Workspace;
	readonly dispatch: Dispatch<AppEvent>;
	readonly onBug: (error: unknown) => void;
};

/** Runs the checks that the form asks for, and stores its account when it is complete. */
export function useNewAccount(context: FormContext): void {
	const {form, workspace, dispatch, onBug} = context;
	useCheck('iam', context);
	useCheck('trail', context);
	const {name, iam, trail} = form && isReady(form) ? formAccount(form) : {name: '', iam: '', trail: ''};
	useEffect(() => {
		if (name === '') {
			return;
		}

		const store = async () => {
			try {
				const account = await workspace.addAccount({name, iam: {kind: 'file', path: typedPath(iam, homedir())}, trail: {kind: 'files', path: typedPath(trail, homedir())}});
				dispatch({type: 'added', account, accounts: workspace.accounts()});
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'not-added', error: wordsOf(error)});
				} else {
					onBug(error);
				}
			}
		};

		void store();
	}, [name, iam, trail, workspace, dispatch, onBug]);
}

function useCheck(field: 'iam' | 'trail', {form, workspace, dispatch, onBug}: FormContext): void {
	const current = form?.checks[field];
	const request = current?.status === 'checking' ? current.request : undefined;
	const path = form?.fields[field].text ?? '';
	useEffect(() => {
		if (request === undefined) {
			return;
		}

		const run = async () => {
			try {
				const {words, ...rest} = await checkPath(workspace, field, typedPath(path, homedir()));
				dispatch({type: 'checked', field, request, check: {status: 'good', words}, ...rest});
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'checked', field, request, check: {status: 'bad', words: wordsOf(error)}});
				} else {
					onBug(error);
				}
			}
		};

		void run();
	}, [request, field, path, workspace, dispatch, onBug]);
}

function wordsOf({message, hint}: UserError): string {
	return hint === undefined ? message : `${message} · ${hint}`;
}
