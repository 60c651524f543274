import {homedir} from 'node:os';
import {useEffect, type Dispatch} from 'react';
import {trailPlace, trailWords, type TrailPlace} from '../../app/places.js';
import type {AccountChoice, NewAccount, Workspace} from '../../app/workspace.js';
import {UserError} from '../../lib/errors.js';
import type {AppEvent} from '../app-reducer.js';
import {formAccount, isReady, type AddAccountState, type ConfigFile} from '../screens/add-account/state.js';
import {counted} from '../words.js';

/** A path as a shell would read it: without the quotes of a paste, "~/" in the home folder. */
export function typedPath(text: string, home: string): string {
	const path = text.trim().replace(/^(["'])(.*)\1$/, '$2');
	return path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
}

/** "profile:NAME" names a profile of ~/.aws; undefined for a path. */
export function typedProfile(text: string): string | undefined {
	return /^profile:\s*(.+)$/.exec(text.trim())?.[1];
}

/** Whether a path names a CloudTracker config.yaml: the AWS CLI writes snapshots in this form only where it is told to, and they are not read. */
const isConfigFile = (path: string): boolean => /\.ya?ml$/i.test(path);

/** Where the logs are: what --trail takes, with paths as a shell would read them. Throws UserError. */
function typedTrail(text: string): TrailPlace {
	return trailPlace(typedPath(text, homedir()));
}

type Finding = {readonly words: string; readonly proposedName?: string; readonly configFile?: ConfigFile};

async function checkTyped(workspace: Workspace, field: 'iam' | 'trail', text: string): Promise<Finding> {
	if (field === 'trail') {
		const place = typedTrail(text);
		if (place.kind !== 'files') {
			return {words: trailWords(place)};
		}

		const {files} = await workspace.checkTrailPath(place.path);
		return {words: counted(files, 'file')};
	}

	const profile = typedProfile(text);
	if (profile !== undefined) {
		const {accountId, arn} = await workspace.checkProfile({profile});
		return {words: `account ${accountId}, as ${arn}`, proposedName: profile};
	}

	const file = typedPath(text, homedir());
	if (isConfigFile(file)) {
		const {names, trail} = await workspace.checkConfigFile(file);
		return {words: `${counted(names.length, 'account')}: ${names.join(', ')}${trail === null ? '' : ` · logs: ${trailWords(trail)}`}`, configFile: {namesLogs: trail !== null}};
	}

	const {accountId, users, roles} = await workspace.checkIamFile(file);
	return {words: `account ${accountId}, ${counted(users, 'user')}, ${counted(roles, 'role')}`, proposedName: accountId};
}

/** Stores what the form describes; the first of its accounts. */
async function store(workspace: Workspace, form: {readonly name: string; readonly iam: string; readonly trail: string}): Promise<AccountChoice | undefined> {
	const file = typedPath(form.iam, homedir());
	if (typedProfile(form.iam) === undefined && isConfigFile(file)) {
		const [first] = await workspace.addConfigFile(file, form.trail === '' ? undefined : typedTrail(form.trail));
		return first;
	}

	return workspace.addAccount(newAccount(form));
}

function newAccount(form: {readonly name: string; readonly iam: string; readonly trail: string}): NewAccount {
	const profile = typedProfile(form.iam);
	return {
		name: form.name,
		trail: typedTrail(form.trail),
		...profile === undefined ? {iam: {kind: 'file', path: typedPath(form.iam, homedir())}} : {iam: {kind: 'live'}, profile},
	};
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
	useProfiles(context);
	const {name, iam, trail} = form && isReady(form) ? formAccount(form) : {name: '', iam: '', trail: ''};
	useEffect(() => {
		if (iam === '') {
			return;
		}

		const run = async () => {
			try {
				const account = await store(workspace, {name, iam, trail});
				if (account) {
					dispatch({type: 'added', account, accounts: workspace.accounts()});
				}
			} catch (error) {
				if (error instanceof UserError) {
					dispatch({type: 'not-added', error: wordsOf(error)});
				} else {
					onBug(error);
				}
			}
		};

		void run();
	}, [name, iam, trail, workspace, dispatch, onBug]);
}

function useCheck(field: 'iam' | 'trail', {form, workspace, dispatch, onBug}: FormContext): void {
	const current = form?.checks[field];
	const request = current?.status === 'checking' ? current.request : undefined;
	const text = form?.fields[field].text ?? '';
	useEffect(() => {
		if (request === undefined) {
			return;
		}

		const run = async () => {
			try {
				const {words, ...rest} = await checkTyped(workspace, field, text);
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
	}, [request, field, text, workspace, dispatch, onBug]);
}

/** Tells the form which profiles there are, once it is opened. */
function useProfiles({form, workspace, dispatch, onBug}: FormContext): void {
	const isOpen = form !== undefined;
	useEffect(() => {
		if (!isOpen) {
			return;
		}

		const list = async () => {
			try {
				const profiles = await workspace.profiles();
				dispatch({type: 'profiles', names: profiles.map(({name}) => name)});
			} catch (error) {
				// A file of profiles that cannot be read is said when one of them is named.
				if (!(error instanceof UserError)) {
					onBug(error);
				}
			}
		};

		void list();
	}, [isOpen, workspace, dispatch, onBug]);
}

function wordsOf({message, hint}: UserError): string {
	return hint === undefined ? message : `${message} · ${hint}`;
}
